package pipeline

import (
	"errors"
	"fmt"

	"github.com/apache/arrow-go/v18/parquet/file"
)

// groupRows is how many rows make a row group: what is held in memory, twice.
const groupRows = 1 << 17

// rowGroup gathers rows by column until they are written.
type rowGroup struct {
	columns []column
	rows    int
	defined []int16 // of the column that is being written: 0 where it is null, else 1
	err     error   // of writing it
}

// column holds the cells of a column. Nulls are listed by row and stand nowhere in
// the values, which is how Parquet keeps them. Texts are kept by their place, not
// by pointers, of which the garbage collector would have to follow millions.
type column struct {
	kind   Kind
	nulls  []int32
	text   []place
	bytes  []byte // of texts
	whole  []int64
	small  []int32
	number []float64
	flag   []bool
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

func (g *rowGroup) append(location string, cells []cell) {
	for i := range cells {
		c := &g.columns[i]
		if cells[i].null {
			c.nulls = append(c.nulls, int32(g.rows))
		} else {
			c.append(&cells[i])
		}
	}
	g.columns[len(cells)].appendText(location)
	g.rows++
}

func (c *column) append(v *cell) {
	switch c.kind {
	case Text:
		c.appendText(v.text)
	case Number:
		c.number = append(c.number, v.number)
	case Date:
		c.small = append(c.small, int32(v.whole))
	case Flag:
		c.flag = append(c.flag, v.whole == 1)
	default:
		c.whole = append(c.whole, v.whole)
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

// definedIn tells the writer in which rows a column has a value.
func (g *rowGroup) definedIn(c *column) []int16 {
	if cap(g.defined) < g.rows {
		g.defined = make([]int16, g.rows)
	}
	g.defined = g.defined[:g.rows]
	for i := range g.defined {
		g.defined[i] = 1
	}
	for _, row := range c.nulls {
		g.defined[row] = 0
	}
	return g.defined
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
		defined := g.definedIn(c)
		switch w := w.(type) {
		case *file.ByteArrayColumnChunkWriter:
			err = c.writeTexts(w, defined)
		case *file.Int64ColumnChunkWriter:
			_, err = w.WriteBatch(c.whole, defined, nil)
		case *file.Int32ColumnChunkWriter:
			_, err = w.WriteBatch(c.small, defined, nil)
		case *file.Float64ColumnChunkWriter:
			_, err = w.WriteBatch(c.number, defined, nil)
		case *file.BooleanColumnChunkWriter:
			_, err = w.WriteBatch(c.flag, defined, nil)
		default:
			err = fmt.Errorf("no way to stage a column of kind %s", c.kind)
		}
		if err := errors.Join(err, w.Close()); err != nil {
			return err
		}
		c.nulls, c.bytes = c.nulls[:0], c.bytes[:0]
		c.text, c.whole, c.small, c.number, c.flag = c.text[:0], c.whole[:0], c.small[:0], c.number[:0], c.flag[:0]
	}
	g.rows = 0
	return group.Close()
}
