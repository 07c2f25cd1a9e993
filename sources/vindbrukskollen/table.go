package vindbrukskollen

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"

	"samkraft/pipeline"
	"samkraft/sources"
)

// maxRows bounds the register, which has 23 000 rows for all of Sweden.
const maxRows = 500_000

// columns are the register's columns; operators are those that only the
// publisher's own workbook has.
var (
	columns = []string{"Verk-ID", "Områdes-ID", "Projekteringsområde", "Status", "Handlingstyp", "DNR", "Inlämningsdatum", "Beslutsdatum", "Utfall",
		"Överklagan inlämningsdatum", "Överklagan beslutsdatum", "Överklagan utfall", "Återkallat av sökande", "Laga kraft", "Nätkoncession", "Placering",
		"N-Koordinat", "E-Koordinat", "Markhöjd (m)", "Totalhöjd (m)", "Navhöjd (m)", "Rotordiameter (m)", "Maxeffekt (MW)",
		"Beräknad årsproduktion (GWh)", "Uppmätt årsproduktion (GWh)", "Kommun", "Län", "Elområde", "Tillsynsmyndighet", "Uppfört", "Fabrikat", "Modell",
		"Källljud (db)", "Belysningens färg", "Belysningens intensitet (cd)", "Beräknad årsmedelvind (m/s)", "Uppmätt årsmedelvind (m/s)", "Senast sparad"}
	operators = []string{"Organisationsnummer", "Verksamhetsutövare"}
)

// marks: a blank cell is a figure that the register does not have.
var marks = sources.Marks{"": pipeline.NotAvailable}

// table reads a register in either form, row by row.
type table struct {
	ctx    context.Context
	name   string // of the file
	sheet  string // "" for a CSV
	out    pipeline.Output
	at     map[string]int
	names  []string
	newest string // the last day on which an entry was saved
	row    int
	path   string // of the row within a page of the map service, where it is one
	place  string // of the row, for lineage, where it is one of the map service
	cells  []string
	ended  bool
	rows   int
}

func (t *table) read(part pipeline.Part) error {
	magic, err := sources.Head(part, 4)
	if err != nil {
		return err
	}
	if string(magic) == "PK\x03\x04" {
		err = t.readWorkbook(part)
	} else {
		err = t.readCSV(part)
	}
	if err == nil && t.rows == 0 {
		return &pipeline.Problem{File: t.name, Sheet: t.sheet, What: "there are no turbines", Expected: "a header and rows"}
	}
	return err
}

func (t *table) readCSV(part pipeline.Part) error {
	c, err := sources.OpenCSV(part, ',', sources.UTF8)
	if err != nil {
		return err
	}
	defer c.Close()
	t.row = 1
	if err := t.header(c.Header()); err != nil {
		return err
	}
	return c.Each(t.ctx, func(cells []string) error { return t.line(c.Line(), cells) })
}

func (t *table) readWorkbook(part pipeline.Part) error {
	book, err := sources.OpenWorkbook(part)
	if err != nil {
		return err
	}
	defer book.Close()
	t.sheet = turbineSheet
	return book.Rows(turbineSheet, func(row int, cells []string) error {
		if row == 1 {
			t.row = 1
			return t.header(cells)
		}
		return t.line(row, cells)
	})
}

// header finds the columns by name: the two forms differ in which they have.
func (t *table) header(cells []string) error {
	t.at = map[string]int{}
	for i, c := range cells {
		name := strings.TrimFunc(c, unicode.IsSpace)
		t.names = append(t.names, name)
		if _, twice := t.at[name]; twice {
			return t.problem(i, fmt.Sprintf("column %q stands twice", name), "every column once")
		}
		t.at[name] = i
	}
	known := map[string]bool{}
	for _, name := range columns {
		known[name] = true
		if _, ok := t.at[name]; !ok {
			return t.problem(-1, fmt.Sprintf("column %q is missing", name), "the columns of the register's export, by name")
		}
	}
	for _, name := range operators {
		known[name] = true
	}
	for i, name := range t.names {
		if !known[name] {
			return t.problem(i, fmt.Sprintf("%q is an extra column", name), "the columns of the register's export")
		}
	}
	return nil
}

func (t *table) line(row int, cells []string) error {
	t.row, t.cells = row, cells
	if row%1024 == 0 && t.ctx.Err() != nil {
		return t.problem(-1, "reading was stopped: "+t.ctx.Err().Error(), "")
	}
	if row > maxRows {
		return t.problem(-1, "the table has no end", fmt.Sprintf("at most %d rows", maxRows))
	}
	blank := true
	for _, c := range cells {
		blank = blank && strings.TrimFunc(c, unicode.IsSpace) == ""
	}
	switch {
	case blank:
		t.ended = true
		return nil
	case t.ended:
		return t.problem(-1, "a row stands below the blank rows at the foot", "nothing")
	case len(cells) > len(t.names):
		return t.problem(-1, fmt.Sprintf("the row has %d cells", len(cells)), strconv.Itoa(len(t.names)))
	}
	t.rows++
	return t.turbine()
}

func (t *table) problem(column int, what, expected string) *pipeline.Problem {
	p := &pipeline.Problem{File: t.name, Sheet: t.sheet, Row: t.row, Path: t.path, What: what, Expected: expected}
	if column >= 0 && column < len(t.names) {
		p.Column = t.names[column]
	}
	return p
}

// wrong describes a cell that cannot be used.
func (t *table) wrong(column, what, expected string) error {
	return t.problem(t.at[column], fmt.Sprintf("%q %s", t.text(column), what), expected)
}

func (t *table) location() string {
	if t.place != "" {
		return t.place
	}
	if t.sheet != "" {
		return "sheet " + t.sheet + ", row " + strconv.Itoa(t.row)
	}
	return "line " + strconv.Itoa(t.row)
}

// text returns a cell without its padding.
func (t *table) text(column string) string {
	i := t.at[column]
	if i >= len(t.cells) {
		return ""
	}
	return strings.TrimFunc(t.cells[i], unicode.IsSpace)
}

// words returns a cell as text, null where there is nothing but padding.
func (t *table) words(column string) any {
	if s := t.text(column); s != "" {
		return s
	}
	return nil
}

// number reads a figure between 0 and high, null where there is none.
func (t *table) number(column string, high float64) (any, error) {
	v, _, err := marks.Read(t.text(column), '.')
	if err != nil {
		return nil, t.problem(t.at[column], err.Error(), "a number or a blank cell")
	}
	if v == nil {
		return nil, nil
	}
	if f := v.(pipeline.Decimal).Float(); f < 0 || f > high {
		return nil, t.wrong(column, "is out of range", fmt.Sprintf("0 to %g", high))
	}
	return v, nil
}

// positive reads a figure of which 0 says that it is not known.
func (t *table) positive(column string, high float64) (any, error) {
	v, err := t.number(column, high)
	if v == nil || err != nil || v.(pipeline.Decimal).IsZero() {
		return nil, err
	}
	return v, nil
}

// date reads a day: yyyy-mm-dd, with or without midnight behind it, or a
// spreadsheet's serial number. 1 January 1900, which a spreadsheet numbers 1, is
// what a missing day has been saved as.
func (t *table) date(column string) (any, error) {
	s := t.text(column)
	if s == "" {
		return nil, nil
	}
	d, err := time.Parse(time.DateOnly, strings.TrimSuffix(s, " 00:00:00"))
	if serial, ok := sources.SerialDate(s); ok {
		d, err = serial, nil
	} else if n, number := strconv.Atoi(s); number == nil && n == 1 {
		return nil, nil
	}
	if err != nil || d.Year() < 1900 || d.Year() > 2100 {
		return nil, t.wrong(column, "is not a day", "yyyy-mm-dd, 1900 to 2100")
	}
	if d.Year() == 1900 && d.YearDay() == 1 {
		return nil, nil
	}
	return d, nil
}
