package klimatkollen

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"samkraft/pipeline"
)

// maxBytes is far above the real file's one and a half megabytes and bounds
// what is held in memory.
const maxBytes = 64 << 20

// reader walks the file token by token, because a decoder into maps would let
// the second of two equal keys win in silence.
type reader struct {
	part pipeline.Part
	json *json.Decoder
	rows []row
}

func readAll(ctx context.Context, part pipeline.Part) ([]row, error) {
	if part.Bytes > maxBytes {
		return nil, &pipeline.Problem{File: part.Name, What: fmt.Sprintf("holds %d bytes", part.Bytes), Expected: "a few megabytes"}
	}
	body, err := part.Open()
	if err != nil {
		return nil, &pipeline.Problem{File: part.Name, What: err.Error()}
	}
	defer body.Close()
	buffered := bufio.NewReader(body)
	if bom, _ := buffered.Peek(3); string(bom) == "\ufeff" {
		buffered.Discard(3)
	}
	r := &reader{part: part, json: json.NewDecoder(buffered)}
	r.json.UseNumber()
	if err := r.delim("", '['); err != nil {
		return nil, err
	}
	found := map[string]string{} // municipality: where it stood
	for i := 0; r.json.More(); i++ {
		if ctx.Err() != nil {
			return nil, &pipeline.Problem{File: part.Name, What: ctx.Err().Error()}
		}
		if err := r.municipality(fmt.Sprintf("[%d]", i), found); err != nil {
			return nil, err
		}
	}
	if err := r.delim("", ']'); err != nil {
		return nil, err
	}
	if _, err := r.json.Token(); !errors.Is(err, io.EOF) {
		return nil, r.problem("", "something follows the array of municipalities", "the end of the file")
	}
	return r.rows, nil
}

func (r *reader) municipality(path string, found map[string]string) error {
	first := len(r.rows)
	name := ""
	err := r.object(path, func(key string) error {
		switch key {
		case "name":
			token, err := r.json.Token()
			if err != nil {
				return r.broken(path+".name", err)
			}
			text, ok := token.(string)
			if !ok {
				return r.problem(path+".name", fmt.Sprintf("%v is not a name", token), "the name of a municipality")
			}
			name = text
			return nil
		case "sectors":
			return r.sectors(path + ".sectors")
		}
		return r.problem(path, fmt.Sprintf("unknown key %q", key), "name and sectors")
	})
	if err != nil {
		return err
	}
	m, err := pipeline.FindMunicipality("SE", name)
	if err != nil {
		return r.problem(path+".name", err.Error(), "the name of a Swedish municipality")
	}
	if at, twice := found[m.Code]; twice {
		return &pipeline.Problem{File: r.part.Name, Path: path, Member: m.String(), What: "the municipality stands already at " + at, Expected: "every municipality once"}
	}
	found[m.Code] = path
	if len(r.rows) == first {
		return &pipeline.Problem{File: r.part.Name, Path: path, Member: m.String(), What: "the municipality has no figures", Expected: "sectors by year"}
	}
	for i := first; i < len(r.rows); i++ {
		r.rows[i].code = m.Code
	}
	return nil
}

func (r *reader) sectors(path string) error {
	return r.object(path, func(key string) error {
		y, ok := year(key)
		if !ok {
			return r.problem(path, fmt.Sprintf("%q is not a year", key), "a year")
		}
		path := path + "." + key
		return r.object(path, func(sector string) error {
			if !known(sector) {
				return r.problem(path, fmt.Sprintf("unknown sector %q", sector), strings.Join(knownSectors, ", "))
			}
			location := path + "." + sector
			token, err := r.json.Token()
			if err != nil {
				return r.broken(location, err)
			}
			text := "null"
			switch token := token.(type) {
			case nil:
			case json.Number:
				text = token.String()
			default:
				return r.problem(location, fmt.Sprintf("%q is not a number", fmt.Sprint(token)), "tonnes of CO2 equivalents")
			}
			value, status, what := figure(text)
			if what != "" {
				return r.problem(location, what, "tonnes of CO2 equivalents")
			}
			r.rows = append(r.rows, row{sector: sector, year: y, location: location, value: value, status: status})
			return nil
		})
	})
}

// object reads an object and gives each of its keys to each, which reads the value.
func (r *reader) object(path string, each func(key string) error) error {
	if err := r.delim(path, '{'); err != nil {
		return err
	}
	seen := map[string]bool{}
	for r.json.More() {
		token, err := r.json.Token()
		if err != nil {
			return r.broken(path, err)
		}
		key, _ := token.(string) // within an object the reader gives nothing else
		if seen[key] {
			return r.problem(path, fmt.Sprintf("the key %q stands twice", key), "every key once")
		}
		seen[key] = true
		if err := each(key); err != nil {
			return err
		}
	}
	return r.delim(path, '}')
}

func (r *reader) delim(path string, want json.Delim) error {
	token, err := r.json.Token()
	if err != nil {
		return r.broken(path, err)
	}
	if token != want {
		return r.problem(path, fmt.Sprintf("%v stands there", token), fmt.Sprintf("%q", want.String()))
	}
	return nil
}

func (r *reader) broken(path string, err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return &pipeline.Problem{File: r.part.Name, Path: path, What: "the file ends in the middle", Expected: "a whole file", Remedy: "copy or download it again"}
	}
	return r.problem(path, "cannot be read further: "+err.Error(), "JSON")
}

func (r *reader) problem(path, what, expected string) error {
	return &pipeline.Problem{File: r.part.Name, Path: path, What: what, Expected: expected}
}
