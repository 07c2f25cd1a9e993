package energidataservice

import (
	"bytes"
	"encoding/json"

	"samkraft/pipeline"
	"samkraft/sources"
)

// isJSON tells JSON from CSV by the first character.
func isJSON(head []byte) bool {
	head = sources.Begin(head)
	return len(head) > 0 && (head[0] == '{' || head[0] == '[')
}

func startsAsJSON(part pipeline.Part) (bool, error) {
	head, err := sources.Head(part, 64)
	return isJSON(head), err
}

// sniffJSON returns the data set that a JSON answer names, or that has the keys
// of its first record.
func sniffJSON(head []byte) string {
	d := json.NewDecoder(bytes.NewReader(sources.Begin(head)))
	first, err := d.Token()
	if err == nil && first == json.Delim('[') {
		return known(firstKeys(d))
	}
	for err == nil && d.More() {
		var key, value json.Token
		if key, err = d.Token(); err != nil {
			break
		}
		if value, err = d.Token(); err != nil {
			break
		}
		switch name, isText := value.(string); {
		case key == "dataset" && isText:
			if layoutOf(name) == nil {
				return ""
			}
			return name
		case key == "records" && value == json.Delim('['):
			return known(firstKeys(d))
		}
		err = skip(d.Token, value)
	}
	return ""
}

// firstKeys returns the keys of the first object of an array, as far as they can
// be read.
func firstKeys(d *json.Decoder) []string {
	var keys []string
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return nil
	}
	for d.More() && len(keys) < 100 {
		key, err := d.Token()
		if err != nil {
			break
		}
		if name, ok := key.(string); ok {
			keys = append(keys, name)
		}
		value, err := d.Token()
		if err != nil || skip(d.Token, value) != nil {
			break
		}
	}
	return keys
}

// skip passes over the rest of a value whose first token has been read.
func skip(next func() (json.Token, error), first json.Token) error {
	depth := 0
	for t := first; ; {
		switch t {
		case json.Delim('{'), json.Delim('['):
			depth++
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
		if depth <= 0 {
			return nil
		}
		var err error
		if t, err = next(); err != nil {
			return err
		}
	}
}
