package costtable

import (
	"bytes"
	"encoding/json"
	"io"
	"math/big"
	"strings"
)

// jsonDecimals is how many decimals a number has in JSON at most. A double holds
// no more of a share of any size that is paid.
const jsonDecimals = 10

// Number is an exact number that JSON shows rounded.
type Number struct{ *big.Rat }

// MarshalJSON writes the number with at most ten decimals.
func (n Number) MarshalJSON() ([]byte, error) { return []byte(decimal(n.Rat, jsonDecimals)), nil }

// decimal writes a number with at most so many decimals, rounded half away from
// zero.
func decimal(r *big.Rat, decimals int) string {
	text := r.FloatString(decimals)
	if strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	if text == "-0" {
		return "0"
	}
	return text
}

// Object is a JSON object whose keys stay in the order in which they were set: a
// map would sort them, and members belong in file order. A nil object is null.
type Object[T any] []entry[T]

type entry[T any] struct {
	key   string
	value T
}

func (o *Object[T]) set(key string, value T) { *o = append(*o, entry[T]{key, value}) }

// Get returns the value of a key.
func (o Object[T]) Get(key string) (value T, ok bool) {
	for _, e := range o {
		if e.key == key {
			return e.value, true
		}
	}
	return value, false
}

// MarshalJSON writes the object.
func (o Object[T]) MarshalJSON() ([]byte, error) {
	if o == nil {
		return []byte("null"), nil
	}
	var text bytes.Buffer
	text.WriteByte('{')
	for i, e := range o {
		if i > 0 {
			text.WriteByte(',')
		}
		if err := encode(&text, e.key); err != nil {
			return nil, err
		}
		text.WriteByte(':')
		if err := encode(&text, e.value); err != nil {
			return nil, err
		}
	}
	text.WriteByte('}')
	return text.Bytes(), nil
}

// encode writes a value as JSON, with & and < as they are: names are for people.
func encode(w io.Writer, value any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(value)
}

// WriteJSON writes the answer as indented JSON.
func (a *Answer) WriteJSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(a)
}
