package energidataservice

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"samkraft/pipeline"
	"samkraft/sources"
)

// answer reads a JSON answer record by record: its memory does not grow with
// their number.
type answer struct {
	file   string
	layout *layout
	d      *jsontext.Decoder
	window *window
	total  int   // of records that match the question, as the answer says; -1: it does not
	shift  int64 // of the decoder's offsets against those in the file
	count  int   // records that have been decoded
	// message is what an answer says that has no records.
	message string
	each    func(*record) error
}

// readJSON gives the records of an answer to each. The answer that comes back
// tells how many there were; an answer without records is no error.
func readJSON(part pipeline.Part, l *layout, each func(*record) error) (*answer, error) {
	a := &answer{file: part.Name, layout: l, total: -1, each: each}
	body, err := part.Open()
	if err != nil {
		return a, a.problem("", err.Error(), "", "")
	}
	defer body.Close()
	a.decode(sources.SkipMark(body), 0)
	return a, a.read()
}

// decode begins to read from r, whose first byte is the one behind shift in the file.
func (a *answer) decode(r io.Reader, shift int64) {
	a.window, a.shift = &window{r: r}, shift
	a.d = jsontext.NewDecoder(a.window, keysTwice)
}

// keysTwice: a key that comes twice is found by what it is of.
var keysTwice = jsontext.AllowDuplicateNames(true)

func (a *answer) problem(path, what, expected, remedy string) error {
	return &pipeline.Problem{File: a.file, Path: path, What: what, Expected: expected, Remedy: remedy}
}

// path names the record that is being decoded.
func (a *answer) path() string { return "records[" + strconv.Itoa(a.count) + "]" }

// peek tells what comes next.
func (a *answer) peek() jsontext.Kind {
	a.window.limit = a.window.n + maxValue
	return a.d.PeekKind()
}

// value returns the next value or name, which is valid until the next call; the
// end of the file is an error.
func (a *answer) value() (jsontext.Value, error) {
	a.window.limit = a.window.n + maxValue
	v, err := a.d.ReadValue()
	if err != nil {
		return nil, a.broken(err, a.shift)
	}
	return v, nil
}

// token passes over the next bracket or brace.
func (a *answer) token() error {
	a.window.limit = a.window.n + maxValue
	if _, err := a.d.ReadToken(); err != nil {
		return a.broken(err, a.shift)
	}
	return nil
}

// broken is an error of the decoder of a part of the file that begins behind shift bytes.
func (a *answer) broken(err error, shift int64) error {
	var at *jsontext.SyntacticError
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		err = io.ErrUnexpectedEOF
	case errors.As(err, &at):
		err = fmt.Errorf("%w after byte %d", at.Err, shift+at.ByteOffset)
	}
	return a.problem(a.path(), "cannot be read further: "+err.Error(), "a whole JSON answer", "download it again")
}

func (a *answer) read() error {
	var err error
	switch a.peek() {
	case '[':
		err = a.records("[")
	case '{':
		err = a.members()
	default:
		v, err := a.value()
		if err != nil {
			return err
		}
		return a.problem("", fmt.Sprintf("the file begins with %.40s", v), "an object or an array", "")
	}
	if err != nil {
		return err
	}
	a.window.limit = a.window.n + maxValue
	v, err := a.d.ReadValue()
	if errors.Is(err, io.EOF) {
		return nil
	}
	if err != nil {
		v = jsontext.Value(err.Error())
	}
	return a.problem("", fmt.Sprintf("something stands behind the end of the answer: %.80s", v), "nothing", "")
}

// members reads the object around the records. Total says how many there are;
// what else it holds (sort, limit, filters) echoes the question and is passed
// over.
func (a *answer) members() error {
	if err := a.token(); err != nil {
		return err
	}
	found := false
	for a.peek() == '"' {
		v, err := a.value()
		if err != nil {
			return err
		}
		key := text(string(v))
		kind := a.peek()
		if key == "records" {
			if found || kind != '[' {
				return a.problem("records", "is no array or stands there twice", "one array of records", "")
			}
			found = true
			if err := a.records(`{"records":[`); err != nil {
				return err
			}
			continue
		}
		if v, err = a.value(); err != nil {
			return err
		}
		if key == "dataset" && text(string(v)) != a.layout.set.ID {
			return a.problem("dataset", fmt.Sprintf("the answer is of the data set %.60s", text(string(v))), a.layout.set.ID, "")
		}
		if n, err := strconv.Atoi(string(v)); key == "total" && err == nil {
			a.total = n
		}
		if key == "message" {
			a.message = text(string(v))
		}
	}
	if err := a.token(); err != nil {
		return err
	}
	if !found {
		return a.refusal()
	}
	return nil
}

// records reads an array of records up to its bracket; before is the shortest answer
// up to its begin. The decoder of JSON reads what stands around the records, and what
// is not as it should be: over all of them it would take longer than all other work.
func (a *answer) records(before string) error {
	if err := a.token(); err != nil {
		return err
	}
	c := newCutter(io.MultiReader(bytes.NewReader(bytes.Clone(a.d.UnreadBuffer())), a.window.r))
	c.offset = a.shift + a.d.InputOffset()
	r := newRecords(a)
	err := c.ahead(func(b *batch) error {
		begin := 0
		for _, e := range b.records {
			r.location = b.paths[begin:e.path]
			if err := r.read(b.text[e.begin:e.end], b.offset+int64(e.begin)); err != nil {
				return err
			}
			if err := a.each(&r.record); err != nil {
				return err
			}
			begin = e.path
			a.count++
		}
		return nil
	})
	if err != nil {
		return err
	}
	return a.behind(c, before)
}

// behind goes on where the records end: another decoder is told that an array has
// begun, with {} in place of the records that were cut out.
func (a *answer) behind(c *cutter, before string) error {
	if c.count > 0 {
		before += "{}"
	}
	a.decode(io.MultiReader(strings.NewReader(before), c), c.offset-int64(len(before)))
	for a.d.InputOffset() < int64(len(before)) {
		if err := a.token(); err != nil {
			return err
		}
	}
	switch kind := a.peek(); kind {
	case ']':
		return a.token()
	case '{':
		if _, err := a.value(); err != nil {
			return err
		}
		return a.problem(a.path(), fmt.Sprintf("is a record of more than %d bytes", maxValue), "a record of the columns of "+a.layout.set.ID, "")
	}
	v, err := a.value()
	if err != nil {
		return err
	}
	return a.problem(a.path(), fmt.Sprintf("is %.40s", v), "an object", "")
}

// maxValue bounds what may be read ahead of a record, or of a value beside the
// records: a text without an end would otherwise fill memory.
const maxValue = 1 << 20

// window refuses to read further than limit.
type window struct {
	r     io.Reader
	n     int64
	limit int64
}

func (w *window) Read(p []byte) (int, error) {
	if w.n >= w.limit {
		return 0, fmt.Errorf("a record of more than %d bytes", maxValue)
	}
	n, err := w.r.Read(p)
	w.n += int64(n)
	return n, err
}
