package pipeline

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"math"
	"strconv"
	"time"

	"github.com/zeebo/xxh3"
)

// Checked returns an Output that holds a decoder to its tables: every row has
// the declared columns and kinds, no key part is null, no key comes twice. Rows
// go on to next with plain values by kind: string, int64 (Integer, and Decimal3
// and Decimal6 in units of their last digit), float64, time.Time in UTC, bool,
// or nil.
func Checked(x Extract, tables []Table, next func(table Table, location string, values []any) error) Output {
	return newChecked(x, tables, firstPlaces(nil), next)
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

func newChecked(x Extract, tables []Table, known keyCheck, next func(Table, string, []any) error) *checked {
	c := &checked{extract: x, known: known, next: next}
	for _, t := range tables {
		ct := &checkedTable{table: t, values: make([]any, len(t.Columns))}
		for _, k := range t.Key {
			ct.key = append(ct.key, t.Column(k))
		}
		c.tables = append(c.tables, ct)
	}
	return c
}

type checked struct {
	extract Extract
	tables  []*checkedTable
	known   keyCheck
	next    func(Table, string, []any) error
}

type checkedTable struct {
	table  Table
	key    []int
	values []any
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
	for i := range values {
		column := &t.table.Columns[i]
		v, err := plain(column.Kind, values[i])
		if err != nil {
			return c.problem(location, column.Name, err.Error())
		}
		t.values[i] = v
	}
	t.buffer = append(t.buffer[:0], table...)
	for _, i := range t.key {
		if t.values[i] == nil {
			return c.problem(location, t.table.Columns[i].Name, "has no value, and a row is known by it")
		}
		t.buffer = appendKey(t.buffer, t.values[i])
	}
	first, err := c.known(xxh3.Hash128(t.buffer), location)
	if err != nil {
		return err
	}
	if first != "" {
		key := ""
		for _, i := range t.key {
			key += fmt.Sprintf(" %v", t.values[i])
		}
		return c.problem(location, "", fmt.Sprintf("the same key stands already at %s:%s", first, key))
	}
	return c.next(t.table, location, t.values)
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

func appendKey(b []byte, v any) []byte {
	switch v := v.(type) {
	case string:
		b = append(binary.BigEndian.AppendUint32(b, uint32(len(v))), v...)
	case int64:
		b = binary.BigEndian.AppendUint64(b, uint64(v))
	case float64:
		b = binary.BigEndian.AppendUint64(b, math.Float64bits(v))
	case time.Time:
		b = binary.BigEndian.AppendUint64(b, uint64(v.UnixMicro()))
	case bool:
		b = strconv.AppendBool(b, v)
	}
	return append(b, 0x1f)
}

// plain turns a decoder's value into the plain value of its kind. Values that are
// plain already are handed on as they are, which spares a copy per cell.
func plain(kind Kind, given any) (any, error) {
	if given == nil {
		return nil, nil
	}
	switch v := given.(type) {
	case string:
		if kind == Text {
			return given, nil
		}
	case Status:
		if kind == Text {
			return statusText(v), nil
		}
	case int:
		if kind == Integer {
			return int64(v), nil
		}
	case int64:
		if kind == Integer {
			return given, nil
		}
	case float64:
		if kind == Number {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				return nil, fmt.Errorf("%v is not a finite number", v)
			}
			return given, nil
		}
	case Decimal:
		switch kind {
		case Number:
			f := v.Float()
			if math.IsInf(f, 0) {
				return nil, fmt.Errorf("%s is not a finite number", v)
			}
			return f, nil
		case Decimal3:
			return v.Rescale(3)
		case Decimal6:
			return v.Rescale(6)
		case Integer:
			n, err := v.Rescale(0)
			for c, e := v.Coefficient, v.Exponent; err == nil && c != 0 && e < 0; c, e = c/10, e+1 {
				if c%10 != 0 {
					err = fmt.Errorf("%v is not a whole number", v.Float())
				}
			}
			return n, err
		}
	case time.Time:
		switch kind {
		case Instant:
			if v.Location() == time.UTC {
				return given, nil
			}
			return v.UTC(), nil
		case Date:
			if v.Hour() != 0 || v.Minute() != 0 || v.Second() != 0 {
				return nil, fmt.Errorf("%v is not a date", v)
			}
			return time.Date(v.Year(), v.Month(), v.Day(), 0, 0, 0, 0, time.UTC), nil
		}
	case bool:
		if kind == Flag {
			return v, nil
		}
	}
	return nil, fmt.Errorf("the decoder gives %T where the column holds %s", given, kind)
}

// statusText is string(s), made once for the statuses that every cell may have.
func statusText(s Status) any {
	switch s {
	case Observed:
		return observedText
	case Zero:
		return zeroText
	case Suppressed:
		return suppressedText
	}
	return string(s)
}

var observedText, zeroText, suppressedText any = string(Observed), string(Zero), string(Suppressed)
