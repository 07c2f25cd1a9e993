package energidataservice

import (
	"bytes"

	"github.com/go-json-experiment/json/jsontext"
)

// fields walks over the members of a record. The record has been found to be
// well-formed when it was read, so that its parts only have to be told apart.
type fields struct {
	rest    []byte
	raw     jsontext.Value // the name as it stands there
	name    []byte         // without its quotes
	value   jsontext.Value // a nested object or array: its first byte
	escaped bool           // the value is a text that holds an escape
}

// fieldsOf begins before the first member of an object.
func fieldsOf(object jsontext.Value) fields { return fields{rest: object[1:]} }

// next goes on to the next member, and reports whether there is one.
func (f *fields) next() bool {
	f.blank()
	if f.rest[0] == ',' {
		f.rest = f.rest[1:]
		f.blank()
	}
	if f.rest[0] == '}' {
		return false
	}
	f.raw, _ = f.text()
	f.name = f.raw[1 : len(f.raw)-1]
	f.blank()
	f.rest = f.rest[1:] // the colon
	f.blank()
	f.escaped = false
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
func (f *fields) text() (raw jsontext.Value, escaped bool) {
	end := 1 + bytes.IndexByte(f.rest[1:], '"')
	if bytes.IndexByte(f.rest[1:end], '\\') >= 0 {
		escaped = true
		for end = 1; f.rest[end] != '"'; end++ {
			if f.rest[end] == '\\' {
				end++
			}
		}
	}
	raw, f.rest = f.rest[:end+1], f.rest[end+1:]
	return raw, escaped
}

// text returns what a JSON text says; anything else as it stands there.
func text(v jsontext.Value) string {
	if v.Kind() != '"' {
		return string(v)
	}
	plain, err := jsontext.AppendUnquote(nil, v)
	if err != nil {
		return string(v)
	}
	return string(plain)
}
