package klimaregnskabet

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"samkraft/pipeline"
)

// document locates errors in the JSON document: the path, and the municipality
// once it is known.
type document struct {
	file, member string
}

func (d document) problem(path, what, expected string) *pipeline.Problem {
	return &pipeline.Problem{File: d.file, Path: path, Member: d.member, What: what, Expected: expected}
}

// object reads an object that has exactly the given keys but for the optional
// ones. Go's own decoder would take the last of two values of a key and a key in
// another case; here both are errors.
func (d document) object(decoder *json.Decoder, path string, keys []string, optional []string, value func(key string) error) error {
	if err := d.open(decoder, path, '{', "an object"); err != nil {
		return err
	}
	seen, known := map[string]bool{}, slices.Concat(keys, optional)
	for decoder.More() {
		token, err := decoder.Token()
		if err != nil {
			return d.broken(path, err)
		}
		key, _ := token.(string)
		if !slices.Contains(known, key) {
			return d.problem(path, fmt.Sprintf("the key %s is unknown", shown(key)), strings.Join(known, ", "))
		}
		if seen[key] {
			return d.problem(join(path, key), "the key comes twice", "it once")
		}
		seen[key] = true
		if err := value(key); err != nil {
			return err
		}
	}
	if _, err := decoder.Token(); err != nil {
		return d.broken(path, err)
	}
	for _, k := range keys {
		if !seen[k] {
			return d.problem(path, fmt.Sprintf("the key %q is missing", k), strings.Join(keys, ", "))
		}
	}
	return nil
}

// array calls item for every item of an array of at most limit items.
func (d document) array(decoder *json.Decoder, path string, limit int, item func(i int) error) error {
	if err := d.open(decoder, path, '[', "an array"); err != nil {
		return err
	}
	for i := 0; decoder.More(); i++ {
		if i == limit {
			return d.problem(path, fmt.Sprintf("more than %d items", limit), "fewer")
		}
		if err := item(i); err != nil {
			return err
		}
	}
	if _, err := decoder.Token(); err != nil {
		return d.broken(path, err)
	}
	return nil
}

func (d document) open(decoder *json.Decoder, path string, delimiter json.Delim, expected string) error {
	token, err := decoder.Token()
	if err != nil {
		return d.broken(path, err)
	}
	if token != delimiter {
		return d.problem(path, fmt.Sprintf("%s stands here", shown(token)), expected)
	}
	return nil
}

// scalar reads a text, number, null or flag as it is written.
func (d document) scalar(decoder *json.Decoder, path, expected string) (any, error) {
	token, err := decoder.Token()
	if err != nil {
		return nil, d.broken(path, err)
	}
	if _, nested := token.(json.Delim); nested {
		return nil, d.problem(path, fmt.Sprintf("%s stands here", shown(token)), expected)
	}
	return token, nil
}

// skip passes over a value that is not kept.
func (d document) skip(decoder *json.Decoder, path string) error {
	var raw json.RawMessage
	if err := decoder.Decode(&raw); err != nil {
		return d.broken(path, err)
	}
	return nil
}

func (d document) broken(path string, err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		p := d.problem(path, "the file ends here", "a whole file")
		p.Remedy = "copy or download it again"
		return p
	}
	return d.problem(path, "is no JSON: "+err.Error(), "a whole file as published")
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// shown writes a token for an error, short.
func shown(token any) string {
	text := fmt.Sprint(token)
	switch t := token.(type) {
	case nil:
		text = "null"
	case string:
		text = fmt.Sprintf("%q", t)
	}
	if r := []rune(text); len(r) > 60 {
		text = string(r[:60]) + "..."
	}
	return text
}
