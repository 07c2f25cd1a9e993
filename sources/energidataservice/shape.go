package energidataservice

import (
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
)

// shape is how a record is written. The records of an answer are written alike: the
// same stands between their values. A record that fits the shape of one before is
// well-formed and whole without a second look at its names.
type shape struct {
	members []member
	tail    string // behind the last value
}

// member is one of the columns.
type member struct {
	column int
	lead   string // from the value before to this one: comma, name, colon and white space
	text   string // the value of the record before, with its quotes; "" where it is no plain text
}

// read reads a record of this shape. Of another record, and of one with a value that
// is not written plainly, it says that it is none.
func (s *shape) read(object string, r *record) bool {
	for i := range s.members {
		m := &s.members[i]
		rest, found := strings.CutPrefix(object, m.lead)
		if !found {
			return false
		}
		value := m.text
		if value == "" || !strings.HasPrefix(rest, value) { // most texts stand in the record before
			if value = plain(rest); value == "" {
				return false
			}
			if value[0] == '"' {
				m.text = value
			}
		}
		r.set(m.column, value)
		object = rest[len(value):]
	}
	return object == s.tail && object != ""
}

// set takes a plain value for a column.
func (r *record) set(column int, value string) {
	switch value[0] {
	case '"':
		r.texts[column], r.quoted[column] = value[1:len(value)-1], true
	case 'n':
		r.texts[column], r.quoted[column] = "", false
	default:
		r.texts[column], r.quoted[column] = value, false
	}
}

// plain returns the value that a text begins with if it is null, a number without an
// exponent, or a text without escapes; else "".
func plain(text string) string {
	switch {
	case text == "":
	case text[0] == '"':
		return plainText(text)
	case text[0] == 'n':
		if strings.HasPrefix(text, "null") {
			return text[:len("null")]
		}
	default:
		return plainNumber(text)
	}
	return ""
}

func plainText(text string) string {
	ascii := true
	for i := 1; i < len(text); i++ {
		switch c := text[i]; {
		case c == '"':
			if value := text[:i+1]; ascii || utf8.ValidString(value) {
				return value
			}
			return ""
		case c == '\\' || c < ' ':
			return ""
		case c >= utf8.RuneSelf:
			ascii = false
		}
	}
	return ""
}

// plainNumber: digits that do not begin with a zero too many, and perhaps a sign and a
// fraction.
func plainNumber(text string) string {
	whole := text
	if text[0] == '-' {
		whole = text[1:]
	}
	n := digits(whole)
	if n == 0 || n > 1 && whole[0] == '0' {
		return ""
	}
	rest := whole[n:]
	if strings.HasPrefix(rest, ".") {
		n = digits(rest[1:])
		if n == 0 {
			return ""
		}
		rest = rest[1+n:]
	}
	return text[:len(text)-len(rest)]
}

// digits counts the digits that a text begins with.
func digits(text string) int {
	for i := 0; i < len(text); i++ {
		if text[i] < '0' || text[i] > '9' {
			return i
		}
	}
	return len(text)
}

// text returns what a JSON text says; anything else as it stands there.
func text(raw string) string {
	if jsontext.Value(raw).Kind() != '"' {
		return raw
	}
	plain, err := jsontext.AppendUnquote(nil, raw)
	if err != nil {
		return raw
	}
	return string(plain)
}
