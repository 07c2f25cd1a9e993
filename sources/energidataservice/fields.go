package energidataservice

import (
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// fields walks over the members of a record. The record has been found to be
// well-formed when it was read, so that its parts only have to be told apart.
type fields struct {
	rest    string
	name    string // with its quotes, as it stands there
	value   string // as it stands there; of a nested object or array its first byte
	escaped bool   // the value is a text that holds an escape
}

// fieldsOf begins before the first member of an object.
func fieldsOf(object string) fields { return fields{rest: object[1:]} }

// member is what is likely to come next: its name with quotes and colon, and its
// value as it stands in the record before where that is a text without escapes,
// or "". What comes as expected does not have to be looked at byte by byte.
type member struct{ name, value string }

// next goes on to the next member, and reports whether there is one.
func (f *fields) next(likely member) bool {
	f.blank()
	if f.rest[0] == ',' {
		f.rest = f.rest[1:]
		f.blank()
	}
	if f.rest[0] == '}' {
		return false
	}
	if n := len(likely.name); n > 0 && strings.HasPrefix(f.rest, likely.name) {
		f.name, f.rest = likely.name[:n-1], f.rest[n:]
	} else {
		f.name, _ = f.text()
		f.blank()
		f.rest = f.rest[1:] // the colon
	}
	f.blank()
	f.escaped = false
	if n := len(likely.value); n > 0 && strings.HasPrefix(f.rest, likely.value) {
		f.value, f.rest = likely.value, f.rest[n:]
		return true
	}
	switch f.rest[0] {
	case '"':
		f.value, f.escaped = f.text()
	case '{', '[':
		f.value = f.rest[:1] // which ends the reading: no field is nested
	default:
		end := 1
		for c := f.rest[end]; c != ',' && c != '}' && c > ' '; c = f.rest[end] {
			end++
		}
		f.value, f.rest = f.rest[:end], f.rest[end:]
	}
	return true
}

// blank passes over white space.
func (f *fields) blank() {
	for f.rest[0] <= ' ' {
		f.rest = f.rest[1:]
	}
}

// text takes a text with its quotes.
func (f *fields) text() (raw string, escaped bool) {
	end := 1
	for ; f.rest[end] != '"'; end++ {
		if f.rest[end] == '\\' {
			escaped = true
			end++
		}
	}
	raw, f.rest = f.rest[:end+1], f.rest[end+1:]
	return raw, escaped
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
