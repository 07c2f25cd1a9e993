package energidataservice

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"samkraft/pipeline"
	"samkraft/sources"
)

// answer reads a JSON answer token by token: its memory does not grow with the
// number of records.
type answer struct {
	file   string
	layout *layout
	d      *json.Decoder
	window *window
	count  int // of records
	each   func(*record) error
}

func readJSON(part pipeline.Part, l *layout, each func(*record) error) error {
	body, err := part.Open()
	if err != nil {
		return &pipeline.Problem{File: part.Name, What: err.Error()}
	}
	defer body.Close()
	w := &window{r: sources.SkipMark(body)}
	a := answer{file: part.Name, layout: l, d: json.NewDecoder(w), window: w, each: each}
	a.d.UseNumber()
	if err := a.read(); err != nil {
		return err
	}
	if a.count == 0 {
		return a.problem("", "the answer holds no records", "records", "ask for another period, or leave the file out")
	}
	return nil
}

func (a *answer) problem(path, what, expected, remedy string) error {
	return &pipeline.Problem{File: a.file, Path: path, What: what, Expected: expected, Remedy: remedy}
}

// path names the record that is being read.
func (a *answer) path() string { return fmt.Sprintf("records[%d]", a.count) }

// token returns the next token; the end of the file is an error.
func (a *answer) token() (json.Token, error) {
	a.window.limit = a.d.InputOffset() + maxToken
	t, err := a.d.Token()
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return nil, a.problem(a.path(), "cannot be read further: "+err.Error(), "a whole JSON answer", "download it again")
	}
	return t, nil
}

func (a *answer) read() error {
	first, err := a.token()
	if err != nil {
		return err
	}
	switch first {
	case json.Delim('['):
		err = a.records()
	case json.Delim('{'):
		err = a.members()
	default:
		return a.problem("", fmt.Sprintf("the file begins with %v", first), "an object or an array", "")
	}
	if err != nil {
		return err
	}
	a.window.limit = a.d.InputOffset() + maxToken
	if t, err := a.d.Token(); !errors.Is(err, io.EOF) {
		return a.problem("", fmt.Sprintf("something stands behind the end of the answer: %.40v", t), "nothing", "")
	}
	return nil
}

// members reads the object around the records. What else it holds (total, sort,
// limit, filters) echoes the question and is passed over.
func (a *answer) members() error {
	found := false
	for a.d.More() {
		key, err := a.token()
		if err != nil {
			return err
		}
		value, err := a.token()
		if err != nil {
			return err
		}
		switch {
		case key == "dataset" && value != a.layout.set.ID:
			return a.problem("dataset", fmt.Sprintf("the answer is of the data set %.60v", value), a.layout.set.ID, "")
		case key == "records" && (found || value != json.Delim('[')):
			return a.problem("records", "is no array or stands there twice", "one array of records", "")
		case key == "records":
			found = true
			err = a.records()
		default:
			err = skip(a.token, value)
		}
		if err != nil {
			return err
		}
	}
	if _, err := a.token(); err != nil {
		return err
	}
	if !found {
		return a.problem("", "the answer has no member records", "total, dataset, records", "")
	}
	return nil
}

// records reads an array of records up to its bracket.
func (a *answer) records() error {
	columns := len(a.layout.columns)
	r := record{texts: make([]string, columns), quoted: make([]bool, columns), mark: '.'}
	seen := make([]bool, columns)
	r.fail = func(column int, what, expected string) error {
		return a.problem(a.path()+"."+a.layout.columns[column], what, expected, "")
	}
	for a.d.More() {
		if err := a.fields(&r, seen); err != nil {
			return err
		}
		for i, there := range seen {
			if !there {
				return a.problem(a.path(), fmt.Sprintf("the column %q is missing", a.layout.columns[i]), "all columns of "+a.layout.set.ID, "ask without the parameter columns")
			}
		}
		r.location = a.path()
		if err := a.each(&r); err != nil {
			return err
		}
		a.count++
	}
	_, err := a.token()
	return err
}

// fields reads one record.
func (a *answer) fields(r *record, seen []bool) error {
	if t, err := a.token(); err != nil {
		return err
	} else if t != json.Delim('{') {
		return a.problem(a.path(), fmt.Sprintf("is %.40v", t), "an object", "")
	}
	clear(seen)
	for a.d.More() {
		key, err := a.token()
		if err != nil {
			return err
		}
		name, _ := key.(string)
		i := a.layout.column(name)
		if i < 0 {
			return a.problem(a.path(), fmt.Sprintf("unknown column %.60q", name), "the columns of "+a.layout.set.ID, "")
		}
		if seen[i] {
			return a.problem(a.path(), fmt.Sprintf("the column %q comes twice", name), "each column once", "")
		}
		value, err := a.token()
		if err != nil {
			return err
		}
		switch v := value.(type) {
		case string:
			r.texts[i], r.quoted[i] = v, true
		case json.Number:
			r.texts[i], r.quoted[i] = v.String(), false
		case nil:
			r.texts[i], r.quoted[i] = "", false
		default:
			return r.fail(i, fmt.Sprintf("is %.40v", v), "a text, a number or null")
		}
		seen[i] = true
	}
	_, err := a.token()
	return err
}

// maxToken bounds what may be read ahead of a token: a text without an end would
// otherwise fill memory.
const maxToken = 1 << 20

// window refuses to read further than limit.
type window struct {
	r     io.Reader
	n     int64
	limit int64
}

func (w *window) Read(p []byte) (int, error) {
	if w.n >= w.limit {
		return 0, fmt.Errorf("a text of more than %d bytes", maxToken)
	}
	n, err := w.r.Read(p)
	w.n += int64(n)
	return n, err
}
