package pipeline

import (
	"cmp"
	"fmt"

	"github.com/zeebo/xxh3"
)

// Checked returns an Output that holds a decoder to its tables: every row has
// the declared columns and kinds, no key part is null, no key comes twice. Rows
// go on to next with plain values by kind: string, int64 (Integer, and Decimal3
// and Decimal6 in units of their last digit), float64, time.Time in UTC, bool,
// or nil.
func Checked(x Extract, tables []Table, next func(table Table, location string, values []any) error) Output {
	return newChecked(x, tables, firstPlaces(nil), func(t Table, location string, cells []cell) error {
		values := make([]any, len(cells))
		for i := range cells {
			values[i] = cells[i].value(t.Columns[i].Kind)
		}
		return next(t, location, values)
	})
}

// keyCheck is told each key and where it stands; it returns where the key stood
// before, or "".
type keyCheck func(key xxh3.Uint128, location string) (first string, err error)

// firstPlaces remembers keys in memory: all, or only some.
func firstPlaces(only map[xxh3.Uint128]bool) keyCheck {
	seen := map[xxh3.Uint128]string{}
	return func(key xxh3.Uint128, location string) (string, error) {
		if only != nil && !only[key] {
			return "", nil
		}
		first := seen[key]
		if first == "" {
			seen[key] = cmp.Or(location, "the begin")
		}
		return first, nil
	}
}

func newChecked(x Extract, tables []Table, known keyCheck, next func(Table, string, []cell) error) *checked {
	c := &checked{extract: x, known: known, next: next}
	for _, t := range tables {
		ct := &checkedTable{table: t, cells: make([]cell, len(t.Columns))}
		for _, k := range t.Key {
			at := t.Column(k)
			ct.key, ct.forms = append(ct.key, at), append(ct.forms, t.Columns[at].Kind.form())
		}
		c.tables = append(c.tables, ct)
	}
	return c
}

type checked struct {
	extract Extract
	tables  []*checkedTable
	known   keyCheck
	next    func(Table, string, []cell) error
}

type checkedTable struct {
	table  Table
	key    []int
	forms  []form // of the key
	cells  []cell
	buffer []byte
}

// find returns a table; there are few.
func (c *checked) find(name string) *checkedTable {
	for _, t := range c.tables {
		if t.table.Name == name {
			return t
		}
	}
	return nil
}

func (c *checked) Row(table, location string, values ...any) error {
	t := c.find(table)
	if t == nil {
		return fmt.Errorf("%s/%s: the decoder writes to the undeclared table %s", c.extract.Source, c.extract.DataSet, table)
	}
	if len(values) != len(t.table.Columns) {
		return fmt.Errorf("%s/%s: table %s has %d columns, the decoder gives %d", c.extract.Source, c.extract.DataSet, table, len(t.table.Columns), len(values))
	}
	for i, v := range values {
		column := &t.table.Columns[i]
		if err := t.cells[i].set(column.Kind, v); err != nil {
			return c.problem(location, column.Name, err.Error())
		}
	}
	t.buffer = append(t.buffer[:0], table...)
	for n, i := range t.key {
		if t.cells[i].null {
			return c.problem(location, t.table.Columns[i].Name, "has no value, and a row is known by it")
		}
		t.buffer = t.cells[i].appendKey(t.buffer, t.forms[n])
	}
	first, err := c.known(xxh3.Hash128(t.buffer), location)
	if err != nil {
		return err
	}
	if first != "" {
		key := ""
		for _, i := range t.key {
			key += fmt.Sprintf(" %v", t.cells[i].value(t.table.Columns[i].Kind))
		}
		return c.problem(location, "", fmt.Sprintf("the same key stands already at %s:%s", first, key))
	}
	return c.next(t.table, location, t.cells)
}

func (c *checked) problem(location, column, what string) error {
	p := &Problem{Path: location, What: what}
	if column != "" {
		p.What = column + ": " + what
	}
	if len(c.extract.Parts) > 0 {
		p.File = c.extract.Parts[0].Name
	}
	return p
}
