package sources

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"samkraft/pipeline"
)

// CSV reads a delimited text, row by row, and remembers where it stands.
type CSV struct {
	name   string
	close  func() error
	reader *csv.Reader
	last   *lastByte
	strict bool
	header []string
	line   int
	count  int
}

// Encoding of a delimited text.
type Encoding int

// The encodings that publishers use. Damaged is UTF-8 in which letters have been
// replaced by U+FFFD: the caller keys on codes.
const (
	UTF8 Encoding = iota
	Latin1
	Damaged
)

// OpenCSV opens a part as delimited text. A byte order mark is skipped. With
// UTF8, bytes that are no UTF-8 and replacement characters are an error when
// they are read. Rows with another number of fields than the header are an error.
func OpenCSV(part pipeline.Part, comma rune, encoding Encoding) (*CSV, error) {
	body, err := part.Open()
	if err != nil {
		return nil, &pipeline.Problem{File: part.Name, What: err.Error()}
	}
	last := &lastByte{r: body}
	var r io.Reader = last
	if encoding == Latin1 {
		r = charmap.ISO8859_1.NewDecoder().Reader(last)
	}
	reader := csv.NewReader(SkipMark(r))
	reader.Comma = comma
	reader.ReuseRecord = true
	c := &CSV{name: part.Name, close: body.Close, reader: reader, last: last, strict: encoding != Damaged}
	header, err := c.read()
	if errors.Is(err, io.EOF) {
		body.Close()
		return nil, &pipeline.Problem{File: part.Name, What: "the file is empty", Expected: "a header and rows"}
	}
	if err != nil {
		body.Close()
		return nil, err
	}
	c.header = append([]string(nil), header...)
	return c, nil
}

// Header returns the column names.
func (c *CSV) Header() []string { return c.header }

// Expect checks that the header is exactly the given names, in order.
func (c *CSV) Expect(names ...string) error {
	for i, want := range names {
		if i >= len(c.header) {
			return &pipeline.Problem{File: c.name, Row: 1, What: fmt.Sprintf("column %q is missing", want), Expected: "the header " + strings.Join(names, ", ")}
		}
		if c.header[i] != want {
			return &pipeline.Problem{File: c.name, Row: 1, Column: c.header[i], What: fmt.Sprintf("the header has changed in place %d", i+1), Expected: fmt.Sprintf("%q", want)}
		}
	}
	if len(c.header) > len(names) {
		return &pipeline.Problem{File: c.name, Row: 1, Column: c.header[len(names)], What: "an extra column", Expected: "the header " + strings.Join(names, ", ")}
	}
	return nil
}

// Read returns the next row; the slice is valid until the next call. The end is
// io.EOF.
func (c *CSV) Read() ([]string, error) {
	row, err := c.read()
	if errors.Is(err, io.EOF) && c.count <= 1 {
		return nil, &pipeline.Problem{File: c.name, What: "there is a header and no row", Expected: "rows"}
	}
	return row, err
}

// Each calls row for every row, in order, until one fails or ctx is done, whose
// error is then returned as it is. Cells are valid until row returns.
func (c *CSV) Each(ctx context.Context, row func(cells []string) error) error {
	for n := 0; ; n++ {
		if n%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		cells, err := c.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := row(cells); err != nil {
			return err
		}
	}
}

// EndsInLineBreak reports, once all rows have been read, whether the last line
// has its end. Where it has none the text may have been cut within its last
// figure, which then reads as a smaller one: 223174 as 2231.
func (c *CSV) EndsInLineBreak() bool { return c.last.b == '\n' }

// lastByte remembers the last byte that was read.
type lastByte struct {
	r io.Reader
	b byte
}

func (l *lastByte) Read(p []byte) (int, error) {
	n, err := l.r.Read(p)
	if n > 0 {
		l.b = p[n-1]
	}
	return n, err
}

func (c *CSV) read() ([]string, error) {
	row, err := c.reader.Read()
	if errors.Is(err, io.EOF) {
		return nil, io.EOF
	}
	var parse *csv.ParseError
	if errors.As(err, &parse) {
		p := &pipeline.Problem{File: c.name, Row: parse.StartLine, What: parse.Err.Error()}
		if errors.Is(parse.Err, csv.ErrFieldCount) {
			p.What = fmt.Sprintf("the row has %d fields", len(row))
			p.Expected = fmt.Sprintf("%d", len(c.header))
		}
		return nil, p
	}
	if err != nil {
		return nil, &pipeline.Problem{File: c.name, Row: c.line + 1, What: "cannot be read further: " + err.Error(), Expected: "a whole file"}
	}
	c.count++
	c.line, _ = c.reader.FieldPos(0)
	if c.strict {
		for i, cell := range row {
			if !utf8.ValidString(cell) || strings.ContainsRune(cell, utf8.RuneError) {
				return nil, c.Problem(i, fmt.Sprintf("%q is not UTF-8 text", cell), "UTF-8, as the publisher writes it")
			}
		}
	}
	return row, nil
}

// Location names the row that was read last, for lineage.
func (c *CSV) Location() string { return fmt.Sprintf("line %d", c.line) }

// Line is the line of the row that was read last, counted from 1.
func (c *CSV) Line() int { return c.line }

// Problem describes what is wrong in a cell of the row that was read last.
func (c *CSV) Problem(column int, what, expected string) *pipeline.Problem {
	p := &pipeline.Problem{File: c.name, Row: c.line, What: what, Expected: expected}
	if column >= 0 && column < len(c.header) {
		p.Column = c.header[column]
	}
	return p
}

// Close releases the file.
func (c *CSV) Close() error { return c.close() }
