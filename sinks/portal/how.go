package portal

import (
	"html/template"
	"slices"
	"strings"

	"samkraft/sinks/tables"
)

// how tells where the figures of a table come from: the rows that pages show, whole,
// and the publishers' files behind each of them.
type how struct {
	Name, Description string
	Parquet           string
	Columns           []column
	Steps             []step   // how the table is computed, itself first
	Behind            []origin // files behind the whole table
	Sums              []addition
	Rows              []record
}

// column is a column of a table in words.
type column struct {
	Label, Description, Unit string
}

// record is a row with all of its cells.
type record struct {
	ID     string
	Row    int
	Key    template.HTML
	Rows   string        // address at which a server shows the row, and leads to those it is made of; "" in files
	Cells  template.HTML // written here: there are so many that a template would take most of the time of all pages
	Behind []origin      // nothing where it is that of the whole table
}

// addition is a sum of cells that a page shows.
type addition struct {
	ID, Label string
	Total     template.HTML
	Parts     []template.HTML
}

// origin is a place in a publisher's file.
type origin struct {
	Address         string
	Source, DataSet string
	Location        string // "" for the whole of it
}

func howOf(s *scribe, name string) (any, error) {
	heading, err := s.snapshot.Heading(name)
	if err != nil {
		return nil, err
	}
	t := s.table(name)
	_, description := s.lang.Table(name)
	page := how{Name: name, Description: description, Parquet: s.parquet(name)}
	for _, c := range heading.Columns {
		label, about := s.lang.Column(name, c.Name)
		page.Columns = append(page.Columns, column{label, about, s.lang.Unit(c.Unit)})
	}
	for _, one := range s.computed.Chain(name) {
		page.Steps = append(page.Steps, s.step(one))
	}
	for _, r := range s.origins[[2]string{name, everyRow}] {
		page.Behind = append(page.Behind, s.place(r))
	}
	list := s.shown[name]
	var rows []int
	for i := range list.rows {
		rows = append(rows, i)
	}
	slices.Sort(rows)
	columns := s.besideKey(t)
	for _, i := range rows {
		page.Rows = append(page.Rows, s.record(t.Row(i), columns))
	}
	for i, f := range list.sums {
		label, _ := s.lang.Column(name, f.column)
		var parts []template.HTML
		for _, r := range f.rows {
			parts = append(parts, s.exactly(at(r, f.column)))
		}
		page.Sums = append(page.Sums, addition{sumID(i), label, s.exactly(f), parts})
	}
	return page, nil
}

// labelled is a column with the markup before each of its cells.
type labelled struct {
	tables.Column
	before string
}

// besideKey are the columns that are not part of a table's key.
func (s *scribe) besideKey(t *tables.Table) (all []labelled) {
	for _, c := range t.Columns {
		if !slices.Contains(t.Key, c.Name) {
			label, _ := s.lang.Column(t.Name, c.Name)
			all = append(all, labelled{c, "<div><dt>" + template.HTMLEscapeString(label) + `</dt><dd data-column="` + template.HTMLEscapeString(c.Name) + `">`})
		}
	}
	return all
}

// record writes a row whole, its cells as they are, exactly.
func (s *scribe) record(r tables.Row, columns []labelled) record {
	t := r.Table()
	var cells strings.Builder
	for _, c := range columns {
		cells.WriteString(c.before)
		if r.Null(c.Name) {
			cells.WriteString(string(s.say("empty")))
		} else {
			cells.WriteString(template.HTMLEscapeString(plain(r, c.Name)))
		}
		unit := c.Unit
		if unit == "value_unit" {
			unit = r.Text("value_unit")
		}
		if unit = s.lang.Unit(unit); unit != "" {
			cells.WriteString(" <span>" + template.HTMLEscapeString(unit) + "</span>")
		}
		cells.WriteString("</dd></div>\n")
	}
	rec := record{ID: rowID(r), Row: r.Index(), Key: template.HTML(template.HTMLEscapeString(strings.Join(keyOf(r), " · "))), Cells: template.HTML(cells.String()), Rows: s.rowAt(r)}
	for _, o := range s.origins[[2]string{t.Name, rowKey(r)}] {
		rec.Behind = append(rec.Behind, s.place(o))
	}
	return rec
}

// place writes a row of table lineage.
func (s *scribe) place(r tables.Row) origin {
	o := origin{Address: s.up() + "sources.html#" + extractID(r.Text("extract_sha256")), Source: r.Text("source_id"), DataSet: r.Text("dataset")}
	if r.Text("location") != "-" {
		o.Location = r.Text("location")
	}
	return o
}

// extractID is where the page of sources tells of an extract.
func extractID(sha string) string { return "x" + sha[:min(len(sha), 16)] }

// exactly writes a figure with all of its digits.
func (s *scribe) exactly(f figure) template.HTML {
	return s.write(f, "", func(v float64) string { return exact(v) })
}

// parquet is the address of a table's file.
func (s *scribe) parquet(table string) string {
	if s.stage.known == nil {
		return s.up() + s.stage.tables + table + ".parquet"
	}
	return s.stage.tables + table + ".parquet"
}
