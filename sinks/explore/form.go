package explore

import (
	"fmt"
	"slices"

	"samkraft/sinks/tables"
)

// form is the form of a table's page.
type form struct {
	Filters            []filter
	Open               bool // the filters
	Grouped            bool
	By                 []option
	Hows, Sums, Charts []option
	Sorts              [][]direction // one for each place to sort by
}

type option struct {
	Value, Text string
	Chosen      bool
}

// direction are the columns to sort by in one direction.
type direction struct {
	Text    string
	Columns []option
}

// filter is the part of the form that is about a column.
type filter struct {
	Name, Label, Unit, Text string
	Kind                    string // "choice", "text", "number", "day"; "": it is the same in all rows
	Is, Min, Max            string
	Choices                 []option
	Known                   []option // empty where all values are known, or none
}

// values are what a table has in its columns.
type values struct {
	choices map[string][]string // of columns of text that have few different ones
	gaps    map[string]bool     // columns in which some are known and some are not
}

// valuesOf are the values of a table. They are asked for once.
func (v *visit) valuesOf(s selection) (values, error) {
	v.asked.mu.Lock()
	known, ok := v.asked.values[s.table.Name]
	v.asked.mu.Unlock()
	if ok {
		return known, nil
	}
	known = values{map[string][]string{}, map[string]bool{}}
	if sql := s.choicesSQL(); sql != "" {
		result, err := v.table(sql, int64(len(s.table.Columns)*(mostChoices+1)))
		if err != nil {
			return values{}, fmt.Errorf("values to choose from: %w", err)
		}
		for _, row := range result.Cells {
			known.choices[row[0].Text] = append(known.choices[row[0].Text], row[1].Text)
		}
	}
	for name, choices := range known.choices {
		slices.Sort(choices)
		if len(choices) > mostChoices {
			delete(known.choices, name)
		}
	}
	counts, err := v.table(s.gapsSQL(), 1)
	if err != nil || len(counts.Cells) != 1 {
		return values{}, fmt.Errorf("columns with something unknown: %w", err)
	}
	for i, c := range s.table.Columns {
		n := counts.Cells[0][i].Text
		known.gaps[c.Name] = n != "0" && n != fmt.Sprint(s.table.Rows)
	}
	v.asked.mu.Lock()
	v.asked.values[s.table.Name] = known
	v.asked.mu.Unlock()
	return known, nil
}

// fillForm fills the form with what is chosen and what can be.
func (v *visit) fillForm(p *tablePage, s selection, known values) {
	f := &p.Form
	f.Grouped = len(s.by) > 0 || s.of != "" || s.chart != "" || p.Parts != ""
	f.Open = len(p.Faults) > 0 && p.Parts == ""
	for _, c := range s.table.Columns {
		label, _ := v.lang.Column(s.table.Name, c.Name)
		f.Filters = append(f.Filters, v.filter(s, c, known))
		if c.Name != "plan" {
			f.By = append(f.By, option{c.Name, label, slices.Contains(s.by, c.Name)})
		}
		if isNumber(c.Type) {
			f.Sums = append(f.Sums, option{c.Name, label, s.of == c.Name})
		}
	}
	for i := range min(len(s.sorts)+1, mostSorts) {
		now := order{}
		if i < len(s.sorts) {
			now = s.sorts[i]
		}
		up, down := direction{Text: v.say("sort_up")}, direction{Text: v.say("sort_down")}
		for _, name := range s.sortable() {
			label, _ := v.lang.Column(s.table.Name, name)
			up.Columns = append(up.Columns, option{name, label, now == order{name, false}})
			down.Columns = append(down.Columns, option{"-" + name, label, now == order{name, true}})
		}
		f.Sorts = append(f.Sorts, []direction{up, down})
	}
	for _, how := range hows {
		f.Hows = append(f.Hows, option{how, v.say("how_" + how), s.how == how})
	}
	for _, chart := range charts {
		f.Charts = append(f.Charts, option{chart, v.say("chart_" + chart), s.chart == chart})
	}
	for _, r := range s.rules {
		p.Chosen = append(p.Chosen, chosen{v.ruleText(s, r), "?" + v.formWithout(r.kind+"."+r.column.Name, "page").Encode()})
	}
}

// filter is the part of the form about a column.
func (v *visit) filter(s selection, c tables.Column, known values) filter {
	label, description := v.lang.Column(s.table.Name, c.Name)
	f := filter{Name: c.Name, Label: label, Text: description, Unit: v.unit(c), Kind: "text",
		Is: v.form.Get("is." + c.Name), Min: v.form.Get("min." + c.Name), Max: v.form.Get("max." + c.Name)}
	switch choices := known.choices[c.Name]; {
	case c.Name == "plan":
		f.Kind = ""
	case isNumber(c.Type):
		f.Kind = "number"
	case isTime(c.Type):
		f.Kind = "day"
	case c.Type == "BOOLEAN":
		f.Kind = "choice"
		f.Choices = []option{{"true", v.say("yes"), f.Is == "true"}, {"false", v.say("no"), f.Is == "false"}}
	case len(choices) > 0:
		f.Kind = "choice"
		for _, value := range choices {
			f.Choices = append(f.Choices, option{value, v.named(c.Name, value), f.Is == value})
		}
	}
	if now := v.form.Get("known." + c.Name); known.gaps[c.Name] || now != "" {
		f.Known = []option{{"yes", v.say("known_yes"), now == "yes"}, {"no", v.say("known_no"), now == "no"}}
	}
	return f
}

// ruleText is a filter in words.
func (v *visit) ruleText(s selection, r rule) string {
	label, _ := v.lang.Column(s.table.Name, r.column.Name)
	value := v.named(r.column.Name, r.value)
	switch {
	case r.kind == "known":
		return label + ": " + v.say("known_"+r.value)
	case r.kind == "is" && r.column.Type == "BOOLEAN":
		value = v.spoken(cell{Text: r.value}, r.column).Text
	case r.kind == "min":
		value = v.say("from") + " " + r.value
	case r.kind == "max":
		value = v.say("to") + " " + r.value
	}
	return label + ": " + value
}
