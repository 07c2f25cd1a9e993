package explore

import (
	"errors"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"samkraft/sinks/chart"
	"samkraft/sinks/query"
	"samkraft/sinks/tables"
	"samkraft/sinks/words"
)

// tablePage is what a table's page shows.
type tablePage struct {
	Name, Title, Description string
	Total                    string
	Faults                   []string
	Filters                  []filter
	Filtered, Grouped        bool
	Sortable, Sums           []option
	By                       []option
	Hows                     []option
	Down                     bool
	Head                     []headCell
	Rows                     [][]cell
	Chart                    template.HTML
	Caption                  string
	Before, After            string // addresses
	SQL, Ask                 string // the same question, and where to ask it otherwise
	Note                     string
}

type option struct {
	Value, Text string
	Chosen      bool
}

// filter is the part of the form that is about a column.
type filter struct {
	Name, Label, Unit, Text string
	Kind                    string // "choice", "text", "number", "day"
	Is, Min, Max            string
	Choices                 []option
}

type headCell struct {
	Text, Unit, Name string
	Number           bool
	Sort             string // address of the same sorted by it; "": it cannot be
	Order            string // "ascending", "descending", or ""
}

// exploring answers with a table's page, or its rows as a file.
func (v *visit) exploring() error {
	heading, ok := v.asked.headings[v.place.table]
	if !ok {
		return errNone
	}
	if tidy, blank := tidied(v.form); blank {
		v.w.Header().Set("Cache-Control", "no-cache")
		http.Redirect(v.w, v.r, (&url.URL{Path: v.r.URL.Path, RawQuery: tidy.Encode()}).String(), http.StatusSeeOther)
		return nil
	}
	s, faults := read(heading, v.form)
	p := &tablePage{Name: heading.Name, SQL: s.sql(true), Down: s.down, Grouped: s.grouped() || len(faults) > 0}
	p.Title, p.Description = v.lang.Table(heading.Name)
	p.Total = v.lang.Number(float64(heading.Rows), 0)
	p.Ask = "../query?" + url.Values{"sql": {p.SQL}}.Encode()
	for _, f := range faults {
		p.Faults = append(p.Faults, v.say(f.key, f.pairs...))
	}
	turn, err := v.turn()
	if err == nil {
		defer turn.Leave()
		if format := v.form.Get("format"); kinds[format] != "" && len(faults) == 0 && !v.foreign() {
			if err = v.file(turn, p.SQL, format, heading.Name, s.units()); err == nil {
				return nil
			}
		} else if len(faults) == 0 {
			err = v.fillRows(p, s)
		}
	}
	status := http.StatusOK
	if len(faults) > 0 {
		status = http.StatusBadRequest
	}
	if err != nil {
		var text string
		if status, text = v.refusal(err); text == "" {
			return err
		}
		p.Faults = append(p.Faults, text)
	}
	var choices map[string][]string
	if turn != nil {
		if choices, err = v.choicesOf(s); err != nil {
			v.site.Report(err)
		}
		turn.Finish()
	}
	v.fillForm(p, s, choices)
	return v.show(status, "table", p.Title, p)
}

// tidied is a form without what is empty: an address is to say what is chosen.
func tidied(form url.Values) (url.Values, bool) {
	tidy := url.Values{}
	blank := false
	for key, values := range form {
		for _, value := range values {
			if value == "" {
				blank = true
				continue
			}
			tidy.Add(key, value)
		}
	}
	return tidy, blank
}

// fillRows asks for the rows of the page.
func (v *visit) fillRows(p *tablePage, s selection) error {
	result, err := v.table(s.sql(false), perPage+1)
	if err != nil {
		return err
	}
	if len(result.Cells) > perPage || result.More {
		result.Cells = result.Cells[:min(len(result.Cells), perPage)]
		p.After = v.with("page", strconv.Itoa(s.page+2))
	}
	if s.page > 0 {
		p.Before = v.with("page", strconv.Itoa(s.page))
	}
	units := s.units()
	for i, c := range result.Columns {
		p.Head = append(p.Head, v.head(s, c, units[c.Name]))
		about, _ := column(s.table, c.Name)
		for _, row := range result.Cells {
			row[i] = v.spoken(row[i], about, c.Name == rowsColumn || c.Name == unknownColumn)
		}
	}
	p.Rows = result.Cells
	p.Caption = p.Title
	if s.grouped() && s.how != "" && s.of != "" {
		p.Note = v.say("note_sum")
		p.Chart = v.drawn(p, s, units[s.figure()])
	}
	return nil
}

// head is the head of a column of the result.
func (v *visit) head(s selection, c query.Column, unit string) headCell {
	h := headCell{Name: c.Name, Number: c.IsNumber()}
	about, ok := column(s.table, c.Name)
	sort := c.Name
	switch {
	case c.Name == rowsColumn:
		h.Text = v.say("rows")
	case c.Name == unknownColumn:
		h.Text = v.say("unknown_rows")
	case ok:
		h.Text, _ = v.lang.Column(s.table.Name, c.Name)
		h.Unit = v.lang.Unit(about.Unit)
	default: // the figure
		label, _ := v.lang.Column(s.table.Name, s.of)
		h.Text = v.say("how_"+s.how) + ": " + label
		h.Unit, sort = v.lang.Unit(unit), s.of
	}
	if !slices.Contains(s.sortable(), sort) || c.Name == rowsColumn || c.Name == unknownColumn {
		return h
	}
	form := url.Values{}
	for key, values := range v.form {
		form[key] = values
	}
	form.Set("sort", sort)
	form.Del("page")
	form.Del("dir")
	if s.sort == sort {
		h.Order = "ascending"
		if s.down {
			h.Order = "descending"
		} else {
			form.Set("dir", "desc")
		}
	}
	h.Sort = "?" + form.Encode()
	return h
}

// exactDigits are the digits of a number on a page; the exact one stands beside it in
// the markup.
const exactDigits = 6

// spoken writes a cell in the reader's language.
func (v *visit) spoken(c cell, about tables.Column, whole bool) cell {
	switch {
	case c.Null:
		c.Text = v.say("unknown")
	case c.Number && about.Unit != "year" && about.Name != "year":
		number, err := strconv.ParseFloat(c.Text, 64)
		if err != nil {
			break
		}
		c.Exact = c.Text
		if whole || isWhole(about.Type) || number == float64(int64(number)) {
			c.Text = v.lang.Number(number, 0)
		} else {
			c.Text = v.lang.Significant(number, exactDigits)
		}
	case about.Type == "BOOLEAN":
		c.Exact = c.Text
		c.Text = v.say("no")
		if c.Exact == "true" {
			c.Text = v.say("yes")
		}
	case about.Type == "VARCHAR":
		if said := v.lang.Code(about.Name, c.Text); said != c.Text {
			c.Text, c.Exact = said, c.Text
		}
	}
	return c
}

// mostBars is how many groups a chart shows.
const mostBars = 40

// drawn draws the groups of the page.
func (v *visit) drawn(p *tablePage, s selection, unit string) template.HTML {
	if len(s.by) == 0 || len(p.Rows) == 0 || len(p.Rows) > mostBars {
		return ""
	}
	bars := chart.Bars{
		Title: p.Title, Unit: v.lang.Unit(unit), Horizontal: len(p.Rows) > 6,
		Format: func(n float64) string { return v.lang.Significant(n, 3) },
		Words:  chart.Words{Nothing: v.say("nothing"), Unknown: v.say("unknown")},
	}
	series := chart.Series{Name: p.Head[len(s.by)+1].Text}
	for _, row := range p.Rows {
		name := ""
		for i := range s.by {
			if i > 0 {
				name += ", "
			}
			name += row[i].Text
		}
		bars.Categories = append(bars.Categories, name)
		figure := row[len(s.by)+1]
		number, err := strconv.ParseFloat(figure.exact(), 64)
		value := chart.Known(number)
		if figure.Null || err != nil {
			value = chart.Unknown(v.say("unknown"))
		}
		series.Values = append(series.Values, value)
	}
	bars.Series = []chart.Series{series}
	return bars.SVG()
}

// exact is a cell as the table has it.
func (c cell) exact() string {
	if c.Exact != "" {
		return c.Exact
	}
	return c.Text
}

// choicesOf are the values to choose from, of columns of text that have few. They are
// asked for once.
func (v *visit) choicesOf(s selection) (map[string][]string, error) {
	v.asked.mu.Lock()
	known, ok := v.asked.choices[s.table.Name]
	v.asked.mu.Unlock()
	if ok {
		return known, nil
	}
	known = map[string][]string{}
	if sql := s.choicesSQL(); sql != "" {
		result, err := v.table(sql, int64(len(s.table.Columns)*(mostChoices+1)))
		if err != nil {
			return nil, errors.New("values to choose from: " + err.Error())
		}
		for _, row := range result.Cells {
			known[row[0].Text] = append(known[row[0].Text], row[1].Text)
		}
	}
	for name, values := range known {
		slices.Sort(values)
		if len(values) > mostChoices {
			delete(known, name)
		}
	}
	v.asked.mu.Lock()
	v.asked.choices[s.table.Name] = known
	v.asked.mu.Unlock()
	return known, nil
}

// fillForm fills the form with what is chosen and what can be.
func (v *visit) fillForm(p *tablePage, s selection, choices map[string][]string) {
	for _, c := range s.table.Columns {
		label, description := v.lang.Column(s.table.Name, c.Name)
		f := filter{Name: c.Name, Label: label, Text: description, Unit: v.lang.Unit(c.Unit), Kind: "text",
			Is: v.form.Get("is." + c.Name), Min: v.form.Get("min." + c.Name), Max: v.form.Get("max." + c.Name)}
		p.Filtered = p.Filtered || f.Is != "" || f.Min != "" || f.Max != ""
		switch values := choices[c.Name]; {
		case isNumber(c.Type):
			f.Kind = "number"
		case isTime(c.Type):
			f.Kind = "day"
		case c.Type == "BOOLEAN":
			f.Kind = "choice"
			f.Choices = []option{{"true", v.say("yes"), f.Is == "true"}, {"false", v.say("no"), f.Is == "false"}}
		case len(values) > 0:
			f.Kind = "choice"
			for _, value := range values {
				f.Choices = append(f.Choices, option{value, named(v.lang, c.Name, value), f.Is == value})
			}
		}
		p.Filters = append(p.Filters, f)
		p.By = append(p.By, option{c.Name, label, slices.Contains(s.by, c.Name)})
		if isNumber(c.Type) {
			p.Sums = append(p.Sums, option{c.Name, label, s.of == c.Name})
		}
	}
	for _, name := range s.sortable() {
		label, _ := v.lang.Column(s.table.Name, name)
		p.Sortable = append(p.Sortable, option{name, label, s.sort == name})
	}
	for _, how := range hows {
		p.Hows = append(p.Hows, option{how, v.say("how_" + how), s.how == how})
	}
}

// named is a value with what it means.
func named(l words.Language, column, value string) string {
	if said := l.Code(column, value); said != value {
		return said + " (" + value + ")"
	}
	return value
}
