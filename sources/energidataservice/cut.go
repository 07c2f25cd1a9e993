package energidataservice

import (
	"bytes"
	"io"
	"strings"
)

// cutter cuts the records of an array out of a stream, by their braces alone: whether
// a record is well-formed is found where it is read. It stops before what is no
// record; what it has not cut is read from it.
type cutter struct {
	r      io.Reader
	err    error // of reading
	buffer []byte
	begin  int // of what has been read and not been cut
	end    int
	offset int64 // of begin in the stream
	count  int   // of records
	path   []byte
}

// batch is records that have been cut out together. That all are parts of one text
// spares a copy of every field.
type batch struct {
	text    string
	offset  int64 // in the stream
	paths   string
	records []extent
}

// extent is where in a batch a record and its path stand.
type extent struct{ begin, end, path int }

// batchBytes is about how many bytes of records are handed over at a time.
const batchBytes = 1 << 17

func newCutter(r io.Reader) *cutter {
	return &cutter{r: r, buffer: make([]byte, batchBytes), path: []byte("records[0]")}
}

// ahead cuts records out of the stream while those before are decoded by each: so a
// second processor has something to do.
func (c *cutter) ahead(each func(*batch) error) error {
	full, empty := make(chan *batch), make(chan *batch, 2)
	empty <- &batch{}
	empty <- &batch{}
	go func() {
		defer close(full)
		for b := range empty {
			if !c.fill(b) {
				return
			}
			full <- b
		}
	}()
	var err error
	for b := range full {
		if err = each(b); err != nil {
			break
		}
		empty <- b
	}
	close(empty)
	for range full { // until nobody reads from the stream any more
	}
	return err
}

// fill cuts out at least one record, and reports whether there was one.
func (c *cutter) fill(b *batch) bool {
	b.records = b.records[:0]
	for len(b.records) == 0 {
		if !c.more() {
			return false
		}
		c.cut(b)
	}
	return true
}

// more reads as much as there is room for, and reports whether something came.
func (c *cutter) more() bool {
	if c.end-c.begin == len(c.buffer) { // one record, and not whole
		if len(c.buffer) >= maxValue {
			return false
		}
		c.buffer = append(c.buffer, c.buffer...)
	}
	c.end = copy(c.buffer, c.buffer[c.begin:c.end])
	c.begin = 0
	before := c.end
	for c.err == nil && c.end < len(c.buffer) {
		var n int
		n, c.err = c.r.Read(c.buffer[c.end:])
		c.end += n
	}
	return c.end > before
}

// cut cuts out the records that are whole.
func (c *cutter) cut(b *batch) {
	var paths strings.Builder
	read, at := c.buffer[c.begin:c.end], 0
	for {
		begin := c.record(read, at)
		n := objectLength(read[begin:])
		if n == 0 {
			break
		}
		at = begin + n
		paths.Write(c.path)
		b.records = append(b.records, extent{begin, at, paths.Len()})
		c.count++
		increment(&c.path)
	}
	b.text, b.offset, b.paths = string(read[:at]), c.offset, paths.String()
	c.begin += at
	c.offset += int64(at)
}

// record finds the begin of the next record: behind a comma, if it is not the first.
func (c *cutter) record(read []byte, at int) int {
	at += blank(read[at:])
	if c.count > 0 && at < len(read) && read[at] == ',' {
		at++
		return at + blank(read[at:])
	}
	if c.count > 0 {
		return len(read)
	}
	return at
}

// blank returns the length of the white space that a text begins with.
func blank(text []byte) int {
	for i, c := range text {
		if c != ' ' && c != '\n' && c != '\t' && c != '\r' {
			return i
		}
	}
	return len(text)
}

// objectLength returns the length of the object that a text begins with, 0 where it
// begins with none or the end is not there.
func objectLength(text []byte) int {
	if len(text) == 0 || text[0] != '{' {
		return 0
	}
	// Nearly every record ends with the first brace.
	if n := bytes.IndexByte(text, '}') + 1; n > 0 {
		if inner := text[1:n]; bytes.IndexByte(inner, '{') < 0 && bytes.IndexByte(inner, '\\') < 0 && bytes.Count(inner, quoteMark)%2 == 0 {
			return n
		}
	}
	depth, inText := 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '"':
			inText = !inText
		case inText && c == '\\':
			i++
		case inText:
		case c == '{':
			depth++
		case c == '}':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return 0
}

var quoteMark = []byte{'"'}

// increment adds one to the number in a path such as records[99].
func increment(path *[]byte) {
	p := *path
	for i := len(p) - 2; ; i-- {
		switch p[i] {
		case '9':
			p[i] = '0'
		case '[':
			*path = append(append(p[:i+1:i+1], '1'), p[i+1:]...)
			return
		default:
			p[i]++
			return
		}
	}
}

// Read reads what has not been cut.
func (c *cutter) Read(p []byte) (int, error) {
	if c.begin < c.end {
		n := copy(p, c.buffer[c.begin:c.end])
		c.begin += n
		return n, nil
	}
	if c.err != nil {
		return 0, c.err
	}
	return c.r.Read(p)
}
