package explore

import (
	"html/template"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// tablePage is what a table's page shows.
type tablePage struct {
	Name, Title, Description string
	Total                    string // how many rows it has, as a sentence
	Faults                   []string
	Parts                    string // address that mends a sum of totals and parts; "": nothing to mend
	Chosen                   []chosen
	Form                     form
	Answered                 bool   // there is an answer, if of no rows
	Same                     []fact // what is said once, for all rows or of the only one
	Gone                     string // columns in which nothing is known
	Head                     []headCell
	Rows                     [][]cell
	Chart                    template.HTML
	ChartNote                string // why what was chosen is not drawn
	Caption                  string
	Before, After            string // addresses
	Place                    string // which rows of all these are
	SQL, Ask                 string // the same question, and where to ask it otherwise
	Computed                 string // how the table is computed, in English; "" where it is not said
	Steps, Reads             string // addresses of the query that computes it, and of what it reads
	Behind, RowBehind        string // addresses of the files behind the table and the row; "" for none
	From                     []from
	Note                     string
}

// from is a table that the page's table is made of. Filtered says that its address is that
// of the rows of the same member.
type from struct {
	Title, Address string
	Filtered       bool
}

// chosen is a filter in words, and the address of the page without it.
type chosen struct{ Text, Without string }

// fact is a value that all rows have.
type fact struct {
	Label, Unit string
	Cell        cell
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
		return v.listing(http.StatusNotFound, "", v.say("no_table", "name", v.place.table))
	}
	if tidy, blank := tidied(v.form); blank {
		v.w.Header().Set("Cache-Control", "no-cache")
		http.Redirect(v.w, v.r, (&url.URL{Path: v.r.URL.Path, RawQuery: tidy.Encode()}).String(), http.StatusSeeOther)
		return nil
	}
	s, faults := read(heading, v.form)
	p := &tablePage{Name: heading.Name, SQL: s.sql(true)}
	p.Title, p.Description = v.lang.Table(heading.Name)
	p.Total = v.hasRows(float64(heading.Rows))
	v.fillFrom(p, s)
	p.Ask = "../query?" + url.Values{"sql": {p.SQL}}.Encode()
	for _, f := range faults {
		p.Faults = append(p.Faults, v.fault(s, f))
		if f.key == "total_and_parts" {
			p.Parts = v.with("is."+totalColumn, "false")
		}
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
		if status, text, _ = v.refusal(err); text == "" {
			return err
		}
		p.Faults = append(p.Faults, text)
	}
	var known values
	if turn != nil {
		if known, err = v.valuesOf(s); err != nil {
			v.site.Report(err)
		}
		turn.Finish()
	}
	v.fillForm(p, s, known)
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

// fillFrom says how the table is computed, and leads to what it is made of and to the
// publishers' files behind it. Where a query makes the rows of a member of what is said of
// that member, the member goes along.
func (v *visit) fillFrom(p *tablePage, s selection) {
	step := v.asked.computed[p.Name]
	p.Computed = step.Description
	p.Steps = v.rowsAt("model", url.Values{"is.model": {p.Name}})
	p.Reads = v.rowsAt("model_input", url.Values{"is.model": {p.Name}})
	member := url.Values{}
	for _, r := range s.rules {
		if name := r.column.Name; r.kind == "is" && r.value != "-" && slices.Contains(s.table.Key, name) && slices.Contains(ofMember, name) {
			member.Set("is."+name, r.value)
		}
	}
	for _, name := range v.asked.computed.From(p.Name) {
		other, ok := v.asked.headings[name]
		if !ok {
			continue
		}
		one := from{Filtered: step.SQL != "" && len(member) == len(ofMember)}
		for _, c := range ofMember {
			_, has := column(other, c)
			one.Filtered = one.Filtered && has
		}
		filters := url.Values{}
		if one.Filtered {
			maps.Copy(filters, member)
		}
		one.Title, _ = v.lang.Table(name)
		one.Address = v.rowsAt(name, filters)
		p.From = append(p.From, one)
	}
	if _, ok := v.asked.headings["lineage"]; !ok {
		return
	}
	p.Behind = v.rowsAt("lineage", url.Values{"is.table_name": {p.Name}, "is.row_key": {"*"}})
	if key, one := s.rowKey(); one {
		p.RowBehind = v.rowsAt("lineage", url.Values{"is.table_name": {p.Name}, "is.row_key": {key}})
	}
}

// ofMember are the columns that name a member.
var ofMember = []string{"country", "muni_code"}

// rowKey is the key of the only row that a selection can have, as table lineage writes it.
func (s selection) rowKey() (key string, one bool) {
	var parts []string
	for _, name := range s.table.Key {
		i := slices.IndexFunc(s.rules, func(r rule) bool { return r.kind == "is" && r.column.Name == name })
		switch {
		case i >= 0:
			parts = append(parts, s.rules[i].value)
		case name != "plan":
			return "", false
		}
	}
	return strings.Join(parts, "|"), len(parts) > 0
}

// rowsAt is the address of the page with such rows of a table.
func (v *visit) rowsAt(table string, filters url.Values) string {
	if v.Fixed() != "" {
		filters.Set("snapshot", v.Fixed())
	}
	return (&url.URL{Path: v.Base() + "explore/" + table, RawQuery: filters.Encode()}).String()
}

// fault says what does not agree with the table, with columns by what they are called.
func (v *visit) fault(s selection, f fault) string {
	for i := 0; i+1 < len(f.pairs); i += 2 {
		name, is := f.pairs[i+1].(string)
		if _, known := column(s.table, name); is && known && f.pairs[i] == "name" {
			label, _ := v.lang.Column(s.table.Name, name)
			f.pairs[i+1] = label + " (" + name + ")"
		}
	}
	return v.say(f.key, f.pairs...)
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
	if first := s.page * perPage; p.Before != "" || p.After != "" {
		p.Place = v.say("rows_shown", "from", v.lang.Number(float64(first+1), 0), "to", v.lang.Number(float64(first+len(result.Cells)), 0))
	}
	for i, c := range result.Columns {
		p.Head = append(p.Head, v.head(s, c))
		v.speak(s, c, i, result.Cells)
	}
	p.Answered = true
	p.Rows, p.Caption = result.Cells, p.Title
	if s.grouped() && s.how != "" && s.of != "" {
		p.Note = v.say("note_sum")
	}
	if err := v.draw(p, s, result.Columns, result.Cells, p.Before == "" && p.After == ""); err != nil {
		return err
	}
	if !s.grouped() {
		p.fold(result)
	}
	return nil
}

// fold takes columns out of the rows that are the same in all of them: they are said
// once. A single row is said as a whole.
func (p *tablePage) fold(result rows) {
	if len(result.Cells) == 0 {
		return
	}
	var head []headCell
	kept := make([][]cell, len(result.Cells))
	for i, h := range p.Head {
		first, same := result.Cells[0][i], true
		for _, row := range result.Cells {
			same = same && row[i] == first
		}
		switch {
		case same && first.Null && len(kept) > 1:
			if p.Gone != "" {
				p.Gone += ", "
			}
			p.Gone += h.Text
		case same && h.Name == "plan" && len(p.Head) > 1 && p.Name != "plan":
		case same:
			p.Same = append(p.Same, fact{h.Text, h.Unit, first})
		default:
			head = append(head, h)
			for j, row := range result.Cells {
				kept[j] = append(kept[j], row[i])
			}
		}
	}
	p.Head, p.Rows = head, kept
}
