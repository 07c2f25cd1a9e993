package energidataservice

import (
	"errors"
	"fmt"
	"io"
	"strconv"

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
	total  int // of records that match the question, as the answer says; -1: it does not
	cut    int // records that have been cut out of the stream
	count  int // records that have been decoded
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
	a.window = &window{r: sources.SkipMark(body)}
	// A key that comes twice is found by its column.
	a.d = jsontext.NewDecoder(a.window, jsontext.AllowDuplicateNames(true))
	return a, a.read()
}

func (a *answer) problem(path, what, expected, remedy string) error {
	return &pipeline.Problem{File: a.file, Path: path, What: what, Expected: expected, Remedy: remedy}
}

// path names the record that is being decoded.
func (a *answer) path() string { return recordPath(a.count) }

func recordPath(i int) string { return "records[" + strconv.Itoa(i) + "]" }

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
		return nil, a.broken(err)
	}
	return v, nil
}

// token passes over the next bracket or brace.
func (a *answer) token() error {
	a.window.limit = a.window.n + maxValue
	if _, err := a.d.ReadToken(); err != nil {
		return a.broken(err)
	}
	return nil
}

func (a *answer) broken(err error) error {
	var at *jsontext.SyntacticError
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		err = io.ErrUnexpectedEOF
	case errors.As(err, &at):
		err = fmt.Errorf("%w after byte %d", at.Err, at.ByteOffset)
	}
	return a.problem(recordPath(a.cut), "cannot be read further: "+err.Error(), "a whole JSON answer", "download it again")
}

func (a *answer) read() error {
	var err error
	switch a.peek() {
	case '[':
		err = a.records()
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
			if err := a.records(); err != nil {
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

// records reads an array of records up to its bracket.
func (a *answer) records() error {
	if err := a.token(); err != nil {
		return err
	}
	columns := a.layout.columns
	r := record{texts: make([]string, len(columns)), quoted: make([]bool, len(columns)), numbers: make([]pipeline.Decimal, len(columns)), mark: '.'}
	r.fail = func(column int, what, expected string) error {
		return a.problem(a.path()+"."+columns[column], what, expected, "")
	}
	likely := make([]member, len(columns))
	for i, name := range columns {
		likely[i].name = `"` + name + `":`
	}
	seen := make([]bool, len(columns))
	err := a.ahead(func(object, path string) error {
		if object[0] != '{' {
			return a.problem(a.path(), fmt.Sprintf("is %.40s", object), "an object", "")
		}
		if err := a.fields(object, &r, likely, seen); err != nil {
			return err
		}
		r.location = path
		if err := a.each(&r); err != nil {
			return err
		}
		a.count++
		return nil
	})
	if err != nil {
		return err
	}
	return a.token()
}

// fields reads one record. The columns that are likely to come are those behind
// the last, with the texts of the record before.
func (a *answer) fields(object string, r *record, likely []member, seen []bool) error {
	clear(seen)
	f := fieldsOf(object)
	for next := 0; ; next++ {
		var expected member
		if next < len(likely) {
			expected = likely[next]
		}
		if !f.next(expected) {
			break
		}
		if next >= len(seen) || f.name != expected.name[:len(expected.name)-1] {
			name := text(f.name)
			if next = a.layout.column(name); next < 0 {
				return a.problem(a.path(), fmt.Sprintf("unknown column %.60q", name), "the columns of "+a.layout.set.ID, "")
			}
			likely[next].name = f.name + ":" // in this spelling from now on
		}
		if seen[next] {
			return a.problem(a.path(), fmt.Sprintf("the column %q comes twice", text(f.name)), "each column once", "")
		}
		seen[next] = true
		switch c := f.value[0]; {
		case f.escaped:
			r.texts[next], r.quoted[next] = text(f.value), true
		case c == '"':
			r.texts[next], r.quoted[next] = f.value[1:len(f.value)-1], true
			likely[next].value = f.value
		case c == '-' || '0' <= c && c <= '9':
			r.texts[next], r.quoted[next] = f.value, false
		case c == 'n':
			r.texts[next], r.quoted[next] = "", false
		default:
			return r.fail(next, fmt.Sprintf("is %.40s", f.value), "a text, a number or null")
		}
	}
	for i, there := range seen {
		if !there {
			return a.problem(a.path(), fmt.Sprintf("the column %q is missing", a.layout.columns[i]), "all columns of "+a.layout.set.ID, "ask without the parameter columns")
		}
	}
	return nil
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
