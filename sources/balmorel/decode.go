package balmorel

import (
	"fmt"
	"math/big"
	"strings"

	"samkraft/pipeline"
	"samkraft/sources"
)

// marks are the words that stand in place of a number. EPS is GAMS's zero that
// is stored: the file states zero. Nothing else occurs; GAMS's NA, INF and UNDF
// are errors until somebody has seen what they would mean here.
var marks = sources.Marks{"EPS": pipeline.Zero}

// national is the row of the whole country. It is not a municipality and is
// needed only as the divisor of the key.
const national = "DENMARK"

// value is one cell of the table.
type value struct {
	line   int
	area   string // as the file spells it
	code   string // of the municipality, empty for the whole country
	year   int
	item   int // place among the layout's items
	number pipeline.Decimal
	status pipeline.Status
	factor *big.Rat // by which the statements multiply it; nil for 1
}

// decoder turns a program into values.
type decoder struct {
	layout *layout
	file   string
	values []value
	copied bool             // the table has been copied to the model's parameter
	empty  bool             // and emptied after that
	totals map[key]*big.Rat // the whole country's values as the statements leave them
	scaled map[key]bool     // what a statement has rescaled
	years  map[int]bool     // of the table
}

type key struct{ year, item int }

func (d *decoder) problem(line int, column, what, expected string) error {
	return &pipeline.Problem{File: d.file, Row: line, Column: column, What: what, Expected: expected}
}

func (d *decoder) run(p program) error {
	d.totals, d.scaled, d.years = map[key]*big.Rat{}, map[key]bool{}, map[int]bool{}
	want := fmt.Sprintf("%s(%s)", d.layout.table, strings.Join(d.layout.sets, ","))
	if len(p.tables) != 1 {
		return d.problem(0, "", fmt.Sprintf("the file holds %d tables", len(p.tables)), "one: "+want)
	}
	t := p.tables[0]
	if got := fmt.Sprintf("%s(%s)", t.name, strings.Join(t.sets, ",")); !strings.EqualFold(got, want) {
		return d.problem(t.line, "", "the declaration has changed: "+got, want)
	}
	if err := d.header(t); err != nil {
		return err
	}
	for _, r := range t.rows {
		for _, c := range r.cells {
			v, err := d.value(t, r, c)
			if err != nil {
				return err
			}
			d.values = append(d.values, v)
			d.years[v.year] = true
			if v.code == "" {
				d.totals[key{v.year, v.item}] = rational(v.number)
			}
		}
		if err := d.whole(t, r); err != nil {
			return err
		}
	}
	for _, a := range p.assignments {
		if err := d.execute(a); err != nil {
			return err
		}
	}
	return d.finished(t)
}

// header checks the labels where the items are columns; years and rows are
// checked as they come.
func (d *decoder) header(t table) error {
	keys := len(d.layout.sets) - 1
	if d.layout.item >= 0 && len(t.columns) > 0 {
		keys = len(d.layout.sets) - 1 - strings.Count(t.columns[0], ".")
	}
	if d.layout.item < keys {
		return nil
	}
	var labels []string
	for _, i := range d.layout.items {
		labels = append(labels, i.label)
	}
	if got, want := strings.Join(t.columns, ", "), strings.Join(labels, ", "); got != want {
		return d.problem(t.line, "", "the header has changed: "+got, want)
	}
	return nil
}

// whole checks that a municipality's row has a figure in every column that is
// read, as all rows have: the files write EPS for nothing, so that a gap is a
// figure that has slipped under another column.
func (d *decoder) whole(t table, r row) error {
	if d.layout.item < len(r.keys) || len(r.keys) > d.layout.area && r.keys[d.layout.area] == national {
		return nil
	}
	for column, i := range d.layout.items {
		found := i.name == ""
		for _, c := range r.cells {
			found = found || c.column == column
		}
		if !found {
			return d.problem(r.line, i.label, strings.Join(r.keys, " . ")+" has no value", "a number or EPS under "+i.label)
		}
	}
	return nil
}

// value reads a cell: which municipality, year and item it is about.
func (d *decoder) value(t table, r row, c cell) (value, error) {
	label := func(place int) string {
		switch {
		case place < 0:
			return ""
		case place < len(r.keys):
			return r.keys[place]
		}
		return t.columns[c.column]
	}
	l := d.layout
	v := value{line: r.line, area: label(l.area), item: -1}
	if l.year >= 0 {
		var ok bool
		if v.year, ok = sources.Year(label(l.year)); !ok {
			return v, d.problem(r.line, "", fmt.Sprintf("%q is no year", label(l.year)), "four digits, 1900 to 2100")
		}
	}
	suffix := ""
	if l.item >= 0 {
		for i, known := range l.items {
			if known.label == label(l.item) {
				v.item = i
			}
		}
		if v.item < 0 {
			return v, d.problem(r.line, "", fmt.Sprintf("%q is unknown", label(l.item)), fmt.Sprintf("a label of %s", l.sets[l.item]))
		}
	}
	if l.suffix != nil {
		suffix = l.suffix[max(v.item, 0)]
	}
	if v.area != national {
		name, ok := strings.CutSuffix(v.area, suffix)
		if !ok {
			return v, d.problem(r.line, "", fmt.Sprintf("%q is no area of this table", v.area), "a municipality with "+suffix)
		}
		// The suffix is off: a second one would be another area.
		m, err := pipeline.FindMunicipality("DK", name)
		if err != nil || strings.HasSuffix(name, "_A") || digit(name[0]) {
			return v, d.problem(r.line, "", fmt.Sprintf("unknown municipality %q in DK", v.area), "a Danish municipality in ASCII, such as Koege"+suffix)
		}
		v.code = m.Code
	}
	n, status, err := marks.Read(c.text, '.')
	if err == nil && n.(pipeline.Decimal).Coefficient < 0 {
		err = fmt.Errorf("%q is negative", c.text)
	}
	if err != nil {
		return v, d.problem(r.line, t.columns[c.column], err.Error(), "a number with a decimal point, or EPS")
	}
	v.number, v.status = n.(pipeline.Decimal), status
	return v, nil
}

// write gives the rows in the order of the file.
func (d *decoder) write(out pipeline.Output) error {
	l := d.layout
	values := make([]any, 0, 6)
	for _, v := range d.values {
		if v.code == "" || v.item >= 0 && l.items[v.item].name == "" {
			continue
		}
		values = append(values[:0], "DK", v.code)
		if l.year >= 0 {
			values = append(values, v.year)
		}
		if l.item >= 0 {
			values = append(values, l.items[v.item].name)
		}
		number, err := v.scaledNumber()
		if err != nil {
			return d.problem(v.line, "", fmt.Sprintf("%s: %v", v.area, err), "an amount of at most 12 digits")
		}
		values = append(values, number)
		if l.status {
			values = append(values, v.status)
		}
		if err := out.Row(l.set.Tables[0].Name, fmt.Sprintf("line %d", v.line), values...); err != nil {
			return err
		}
	}
	return nil
}
