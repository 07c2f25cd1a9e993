package sources

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"samkraft/pipeline"
)

// JSON reads a JSON text value by value, so that memory is bounded and the
// second of two equal keys does not win in silence. Its methods name the file and
// the path of what is wrong.
type JSON struct {
	*json.Decoder
	name, form string
	close      func() error
}

// OpenJSON opens a part of at most limit bytes as JSON and skips a byte order
// mark. Errors say that usual is expected of a larger part, and form where the
// text is not what it should be.
func OpenJSON(part pipeline.Part, limit int64, usual, form string) (*JSON, error) {
	j := &JSON{name: part.Name, form: form}
	if part.Bytes > limit {
		return nil, j.Problem("", fmt.Sprintf("holds %d bytes", part.Bytes), usual)
	}
	body, err := part.Open()
	if err != nil {
		return nil, j.Problem("", err.Error(), "")
	}
	j.Decoder, j.close = json.NewDecoder(SkipMark(body)), body.Close
	return j, nil
}

// Key reads the next key of an object.
func (j *JSON) Key(path string) (string, error) {
	token, err := j.Token()
	key, _ := token.(string) // within an object the reader gives nothing else
	return key, j.Broken(path, err)
}

// Delim reads a bracket or brace.
func (j *JSON) Delim(path string, want json.Delim) error {
	token, err := j.Token()
	if err == nil && token != want {
		return j.Problem(path, fmt.Sprintf("%v stands there", token), fmt.Sprintf("%q", want.String()))
	}
	return j.Broken(path, err)
}

// Object reads an object and gives each of its keys to each, which reads the value.
// A key that stands twice is an error.
func (j *JSON) Object(path string, each func(key string) error) error {
	if err := j.Delim(path, '{'); err != nil {
		return err
	}
	seen := map[string]bool{}
	for j.More() {
		key, err := j.Key(path)
		if err != nil {
			return err
		}
		if seen[key] {
			return j.Problem(path, fmt.Sprintf("the key %q stands twice", key), "every key once")
		}
		seen[key] = true
		if err := each(key); err != nil {
			return err
		}
	}
	return j.Delim(path, '}')
}

// End checks that nothing follows what has been read, which is named in errors.
func (j *JSON) End(what string) error {
	if _, err := j.Token(); !errors.Is(err, io.EOF) {
		return j.Problem("", "something follows "+what, "the end of the file")
	}
	return nil
}

// Broken tells an error of the JSON reader as a Problem; nil stays nil.
func (j *JSON) Broken(path string, err error) error {
	var kind *json.UnmarshalTypeError
	switch {
	case err == nil:
		return nil
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		p := j.Problem(path, "the file ends in the middle", "a whole file")
		p.Remedy = "copy or download it again"
		return p
	case errors.As(err, &kind):
		return j.Problem(path, fmt.Sprintf("%q is a %s", kind.Field, kind.Value), j.form)
	}
	return j.Problem(path, "cannot be read further: "+err.Error(), j.form)
}

// Problem describes what is wrong at a path.
func (j *JSON) Problem(path, what, expected string) *pipeline.Problem {
	return &pipeline.Problem{File: j.name, Path: path, What: what, Expected: expected}
}

// Close releases the file.
func (j *JSON) Close() error { return j.close() }
