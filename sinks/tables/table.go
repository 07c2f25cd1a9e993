package tables

import (
	"iter"
	"slices"
	"time"
)

// Heading is what is said of a table.
type Heading struct {
	Name        string
	Description string // in English
	Key         []string
	Columns     []Column
	Rows        int
	Bytes       int64 // of its file
}

// Column is a column of a table. Unit is empty for what is not a number, and 1
// for shares and counts.
type Column struct {
	Name        string
	Type        string // as DuckDB names it
	Unit        string
	Description string // in English, without the unit
}

// Table is a table in memory. It is not changed after it was read, and may be
// read concurrently.
type Table struct {
	Heading
	index  map[string]int
	values []values
}

// values are the cells of one column.
type values interface {
	// at returns a cell: string, int64, float64, bool, time.Time in UTC, or nil.
	at(row int) any
	// is reports whether a cell is that value, which is nil for none. It makes no
	// copy of the cell, unlike at.
	is(row int, value any) bool
}

// cells are the values of a column and which of them are there.
type cells[T comparable] struct {
	value []T
	there []bool // nil: all
}

func (c cells[T]) at(row int) any {
	if c.there != nil && !c.there[row] {
		return nil
	}
	return c.value[row]
}

func (c cells[T]) is(row int, value any) bool {
	if c.there != nil && !c.there[row] {
		return value == nil
	}
	v, ok := value.(T)
	return ok && c.value[row] == v
}

// Has reports whether there is a column of that name.
func (t *Table) Has(column string) bool {
	_, ok := t.index[column]
	return ok
}

// Row returns one row, from 0 on.
func (t *Table) Row(i int) Row { return Row{t, i} }

// All goes through the rows in their order.
func (t *Table) All() iter.Seq[Row] {
	return func(yield func(Row) bool) {
		for i := range t.Rows {
			if !yield(Row{t, i}) {
				return
			}
		}
	}
}

// Where returns the rows that have all of these values, given as column and value
// in turn: Where("agreement_id", "ALL", "year", 2023). An int stands for an int64.
func (t *Table) Where(pairs ...any) []Row {
	var found []Row
	wanted := t.wanted(pairs)
	for i := range t.Rows {
		if wanted.at(i) {
			found = append(found, Row{t, i})
		}
	}
	return found
}

// First returns the first row that has all of these values, and whether there is one.
func (t *Table) First(pairs ...any) (Row, bool) {
	wanted := t.wanted(pairs)
	for i := range t.Rows {
		if wanted.at(i) {
			return Row{t, i}, true
		}
	}
	return Row{}, false
}

// wanted are values that a row must have to be found.
type wanted []struct {
	values values
	value  any
}

// wanted finds the columns of values once, for all rows.
func (t *Table) wanted(pairs []any) wanted {
	all := make(wanted, len(pairs)/2)
	for i := range all {
		all[i].values, all[i].value = t.values[t.column(pairs[2*i].(string))], pairs[2*i+1]
		if n, ok := all[i].value.(int); ok {
			all[i].value = int64(n)
		}
	}
	return all
}

func (w wanted) at(row int) bool {
	for _, one := range w {
		if !one.values.is(row, one.value) {
			return false
		}
	}
	return true
}

// column is the place of a column.
func (t *Table) column(name string) int {
	i, ok := t.index[name]
	if !ok {
		panic("table " + t.Name + " has no column " + name)
	}
	return i
}

// Row is a row of a table. Asking for a column that the table does not have is a
// mistake of the program and panics.
type Row struct {
	table *Table
	at    int
}

// Table is the table of which it is a row.
func (r Row) Table() *Table { return r.table }

// Index is the place of the row in its table, from 0 on.
func (r Row) Index() int { return r.at }

// Value returns a cell: string, int64, float64 (also of decimals: the nearest one),
// bool, time.Time in UTC, or nil where it is null.
func (r Row) Value(column string) any {
	return r.table.values[r.table.column(column)].at(r.at)
}

// Null reports whether a cell is null.
func (r Row) Null(column string) bool { return r.Value(column) == nil }

// Text returns a text, or "" where it is null.
func (r Row) Text(column string) string {
	text, _ := r.Value(column).(string)
	return text
}

// Number returns a number of any type and whether it is there: what is missing is
// not zero.
func (r Row) Number(column string) (float64, bool) {
	switch v := r.Value(column).(type) {
	case float64:
		return v, true
	case int64:
		return float64(v), true
	}
	return 0, false
}

// Int returns a whole number and whether it is there.
func (r Row) Int(column string) (int64, bool) {
	v, ok := r.Value(column).(int64)
	return v, ok
}

// Bool returns whether a cell is true; null is not.
func (r Row) Bool(column string) bool {
	v, _ := r.Value(column).(bool)
	return v
}

// Time returns a date or a point in time in UTC and whether it is there.
func (r Row) Time(column string) (time.Time, bool) {
	v, ok := r.Value(column).(time.Time)
	return v, ok
}

// Distinct lists the texts of a column in the order in which they first stand.
func (t *Table) Distinct(column string) []string {
	var texts []string
	seen := map[string]bool{}
	for r := range t.All() {
		if text := r.Text(column); !r.Null(column) && !seen[text] {
			seen[text] = true
			texts = append(texts, text)
		}
	}
	return slices.Clip(texts)
}
