package pipeline

import (
	"errors"
	"fmt"
	"time"

	"github.com/apache/arrow-go/v18/parquet/file"
)

// groupRows is how many rows make a row group: what is held in memory, twice.
const groupRows = 1 << 17

// rowGroup gathers rows by column until they are written.
type rowGroup struct {
	columns []column
	rows    int
	err     error // of writing it
}

// column holds the cells of a column. Nulls stand in defined as 0 and nowhere in
// the values, which is how Parquet keeps them. Texts are kept by their place, not
// by pointers, of which the garbage collector would have to follow millions.
type column struct {
	kind    Kind
	defined []int16
	text    []place
	bytes   []byte // of texts
	whole   []int64
	small   []int32
	number  []float64
	flag    []bool
}

// place is where in the bytes of its column a text stands.
type place struct{ begin, end uint32 }

// another returns an empty group with the same columns.
func (g *rowGroup) another() *rowGroup {
	n := &rowGroup{columns: make([]column, len(g.columns))}
	for i := range g.columns {
		n.columns[i].kind = g.columns[i].kind
	}
	return n
}

func (g *rowGroup) append(location string, values []any) {
	for i, v := range values {
		g.columns[i].append(v)
	}
	c := &g.columns[len(values)]
	c.defined = append(c.defined, 1)
	c.appendText(location)
	g.rows++
}

func (c *column) append(v any) {
	if v == nil {
		c.defined = append(c.defined, 0)
		return
	}
	c.defined = append(c.defined, 1)
	switch v := v.(type) {
	case string:
		c.appendText(v)
	case int64:
		c.whole = append(c.whole, v)
	case float64:
		c.number = append(c.number, v)
	case bool:
		c.flag = append(c.flag, v)
	case time.Time:
		if c.kind == Date {
			c.small = append(c.small, int32(v.Unix()/86400))
		} else {
			c.whole = append(c.whole, v.UnixMicro())
		}
	}
}

func (c *column) appendText(s string) {
	if n := len(c.text); n > 0 { // most cells repeat the one above
		if last := c.text[n-1]; string(c.bytes[last.begin:last.end]) == s {
			c.text = append(c.text, last)
			return
		}
	}
	begin := len(c.bytes)
	c.bytes = append(c.bytes, s...)
	c.text = append(c.text, place{uint32(begin), uint32(len(c.bytes))})
}

// write writes the group and empties it.
func (g *rowGroup) write(writer *file.Writer) error {
	group, err := writer.AppendRowGroupChecked()
	if err != nil {
		return err
	}
	for i := range g.columns {
		c := &g.columns[i]
		w, err := group.NextColumn()
		if err != nil {
			return err
		}
		switch w := w.(type) {
		case *file.ByteArrayColumnChunkWriter:
			err = c.writeTexts(w)
		case *file.Int64ColumnChunkWriter:
			_, err = w.WriteBatch(c.whole, c.defined, nil)
		case *file.Int32ColumnChunkWriter:
			_, err = w.WriteBatch(c.small, c.defined, nil)
		case *file.Float64ColumnChunkWriter:
			_, err = w.WriteBatch(c.number, c.defined, nil)
		case *file.BooleanColumnChunkWriter:
			_, err = w.WriteBatch(c.flag, c.defined, nil)
		default:
			err = fmt.Errorf("no way to stage a column of kind %s", c.kind)
		}
		if err := errors.Join(err, w.Close()); err != nil {
			return err
		}
		c.bytes = c.bytes[:0]
		c.defined, c.text, c.whole, c.small, c.number, c.flag = c.defined[:0], c.text[:0], c.whole[:0], c.small[:0], c.number[:0], c.flag[:0]
	}
	g.rows = 0
	return group.Close()
}
