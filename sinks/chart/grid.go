package chart

import "strconv"

// write is a number as text: by the format handed in, or else plainly.
func (f Format) write(number float64) string {
	if f == nil {
		return strconv.FormatFloat(number, 'g', 6, 64)
	}
	return plain(f(number))
}

// full is a value with its unit, or why it is not known.
func (f Format) full(v Value, unit string, words Words) string {
	number, known := v.number()
	switch {
	case known && unit != "":
		return f.write(number) + "\u00a0" + unit
	case known:
		return f.write(number)
	case v.Why != "":
		return words.Unknown + ": " + v.Why
	}
	return words.Unknown
}

// cell is a value as the table has it: without its unit, which stands in the head.
func (f Format) cell(v Value, words Words) string { return f.full(v, "", words) }

// headed is a column's heading with the unit of its numbers.
func headed(name, unit string) string {
	switch {
	case unit == "":
		return name
	case name == "":
		return unit
	}
	return name + " (" + unit + ")"
}

// table makes a grid of rows that begin with a name.
type table struct {
	grid   Grid
	format Format
	words  Words
}

func newTable(format Format, words Words, name string, columns ...string) *table {
	t := &table{format: format, words: words}
	t.grid.Head = append([]string{name}, columns...)
	t.grid.Numeric = make([]bool, len(t.grid.Head))
	for i := range columns {
		t.grid.Numeric[i+1] = true
	}
	return t
}

func (t *table) row(name string, values ...Value) {
	texts := []string{name}
	cells := []Value{{}}
	for _, v := range values {
		texts = append(texts, t.format.cell(v, t.words))
		cells = append(cells, v)
	}
	t.grid.Rows = append(t.grid.Rows, texts)
	t.grid.Values = append(t.grid.Values, cells)
}
