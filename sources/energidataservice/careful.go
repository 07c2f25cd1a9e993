package energidataservice

import (
	"fmt"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"samkraft/pipeline"
)

// records reads the records of an answer: the first, and each that is written
// otherwise than the one before, with care; the others by their shape.
type records struct {
	record
	answer *answer
	shape  shape
	seen   []bool
}

func newRecords(a *answer) *records {
	n := len(a.layout.columns)
	r := &records{answer: a, seen: make([]bool, n)}
	r.record = record{texts: make([]string, n), quoted: make([]bool, n), numbers: make([]pipeline.Decimal, n), mark: '.'}
	r.fail = func(column int, what, expected string) error {
		return a.problem(a.path()+"."+a.layout.columns[column], what, expected, "")
	}
	return r
}

// read reads a record that stands in the file behind offset bytes.
func (r *records) read(object string, offset int64) error {
	if r.shape.read(object, &r.record) {
		return nil
	}
	return r.careful(object, offset)
}

// careful reads a record in whatever form and remembers its shape.
func (r *records) careful(object string, offset int64) error {
	a := r.answer
	clear(r.seen)
	s := shape{members: r.shape.members[:0]}
	d := jsontext.NewDecoder(strings.NewReader(object), keysTwice)
	if _, err := d.ReadToken(); err != nil {
		return a.broken(err, offset)
	}
	end := 0 // of the last value
	for d.PeekKind() == '"' {
		name, err := d.ReadValue()
		if err != nil {
			return a.broken(err, offset)
		}
		key := text(string(name))
		column := a.layout.column(key)
		if column < 0 {
			return a.problem(a.path(), fmt.Sprintf("unknown column %.60q", key), "the columns of "+a.layout.set.ID, "")
		}
		if r.seen[column] {
			return a.problem(a.path(), fmt.Sprintf("the column %q comes twice", key), "each column once", "")
		}
		r.seen[column] = true
		v, err := d.ReadValue()
		if err != nil {
			return a.broken(err, offset)
		}
		begin := int(d.InputOffset()) - len(v)
		m := member{column: column, lead: object[end:begin]}
		end = begin + len(v)
		switch value := object[begin:end]; {
		case value == plain(value):
			r.set(column, value)
		case v.Kind() == '"':
			r.texts[column], r.quoted[column] = text(value), true
		case v.Kind() == '0':
			r.texts[column], r.quoted[column] = value, false
		case v.Kind() == '{', v.Kind() == '[':
			return r.fail(column, "is "+value[:1], "a text, a number or null")
		default:
			return r.fail(column, "is "+value, "a text, a number or null")
		}
		s.members = append(s.members, m)
	}
	if _, err := d.ReadToken(); err != nil {
		return a.broken(err, offset)
	}
	for i, there := range r.seen {
		if !there {
			return a.problem(a.path(), fmt.Sprintf("the column %q is missing", a.layout.columns[i]), "all columns of "+a.layout.set.ID, "ask without the parameter columns")
		}
	}
	s.tail = object[end:]
	r.shape = s
	return nil
}
