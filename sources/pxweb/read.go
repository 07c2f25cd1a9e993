package pxweb

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"samkraft/pipeline"
	"samkraft/sources"
)

// maxFile bounds what is held in memory. The largest answer that a service gives,
// 150 000 cells with their keys, has less than 20 MB.
const maxFile = 64 << 20

// ReadAll reads a part to its end.
func ReadAll(part pipeline.Part) ([]byte, error) {
	body, err := part.Open()
	if err != nil {
		return nil, &pipeline.Problem{File: part.Name, What: err.Error()}
	}
	defer body.Close()
	content, err := io.ReadAll(io.LimitReader(body, maxFile+1))
	if err != nil {
		return nil, &pipeline.Problem{File: part.Name, What: "cannot be read to its end: " + err.Error(), Expected: "a whole file"}
	}
	if len(content) > maxFile {
		return nil, &pipeline.Problem{File: part.Name, What: fmt.Sprintf("is larger than %d bytes", maxFile)}
	}
	return content, nil
}

// read reads a part into v.
func read(part pipeline.Part, v any) error {
	content, err := ReadAll(part)
	if err != nil {
		return err
	}
	content = sources.Begin(content)
	if err := plain(part.Name, content); err != nil {
		return err
	}
	err = json.Unmarshal(content, v)
	var kind *json.UnmarshalTypeError
	if errors.As(err, &kind) {
		return &pipeline.Problem{File: part.Name, Path: kind.Field, What: fmt.Sprintf("a %s, at byte %d", kind.Value, kind.Offset), Expected: "what the database writes there: all keys and figures are texts"}
	}
	if err != nil {
		return &pipeline.Problem{File: part.Name, What: "is no answer of the database: " + err.Error(), Expected: "a whole JSON answer", Remedy: "copy or download it again"}
	}
	return nil
}

// Answered checks by its first characters that a part is an answer at all. Services
// refuse a question in plain words: "Bad Request".
func Answered(part pipeline.Part) error {
	head, err := sources.Head(part, 1<<10)
	if err != nil {
		return err
	}
	if head = sources.Begin(head); len(head) == 0 {
		return &pipeline.Problem{File: part.Name, What: "is empty", Expected: "a JSON answer of the database"}
	}
	return plain(part.Name, head)
}

func plain(name string, content []byte) error {
	if len(content) == 0 || content[0] == '{' {
		return nil
	}
	return &pipeline.Problem{File: name, What: fmt.Sprintf("is no answer but the text %q", cut(content, 200)), Expected: "a JSON answer of the database"}
}

// cut returns the beginning of a text, of at most n bytes.
func cut(text []byte, n int) string {
	text = bytes.TrimSpace(text)
	return string(bytes.ToValidUTF8(text[:min(n, len(text))], nil))
}
