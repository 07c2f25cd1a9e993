package klimatkollen

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"samkraft/pipeline"
	"samkraft/sources"
)

// maxBytes is far above the real file's one and a half megabytes and bounds
// what is held in memory.
const maxBytes = 64 << 20

// reader walks the file token by token, because a decoder into maps would let
// the second of two equal keys win in silence.
type reader struct {
	json *sources.JSON
	file string
	rows []row
}

func readAll(ctx context.Context, part pipeline.Part) ([]row, error) {
	j, err := sources.OpenJSON(part, maxBytes, "a few megabytes", "JSON")
	if err != nil {
		return nil, err
	}
	defer j.Close()
	j.UseNumber()
	r := &reader{json: j, file: part.Name}
	if err := j.Delim("", '['); err != nil {
		return nil, err
	}
	found := map[string]string{} // municipality: where it stood
	for i := 0; j.More(); i++ {
		if ctx.Err() != nil {
			return nil, j.Problem("", ctx.Err().Error(), "")
		}
		if err := r.municipality(fmt.Sprintf("[%d]", i), found); err != nil {
			return nil, err
		}
	}
	if err := j.Delim("", ']'); err != nil {
		return nil, err
	}
	return r.rows, j.End("the array of municipalities")
}

func (r *reader) municipality(path string, found map[string]string) error {
	first := len(r.rows)
	name := ""
	err := r.json.Object(path, func(key string) error {
		switch key {
		case "name":
			token, err := r.json.Token()
			if err != nil {
				return r.json.Broken(path+".name", err)
			}
			text, ok := token.(string)
			if !ok {
				return r.json.Problem(path+".name", fmt.Sprintf("%v is not a name", token), "the name of a municipality")
			}
			name = text
			return nil
		case "sectors":
			return r.sectors(path + ".sectors")
		}
		return r.json.Problem(path, fmt.Sprintf("unknown key %q", key), "name and sectors")
	})
	if err != nil {
		return err
	}
	m, err := pipeline.FindMunicipality("SE", name)
	if err != nil {
		return r.json.Problem(path+".name", err.Error(), "the name of a Swedish municipality")
	}
	if at, twice := found[m.Code]; twice {
		return &pipeline.Problem{File: r.file, Path: path, Member: m.String(), What: "the municipality stands already at " + at, Expected: "every municipality once"}
	}
	found[m.Code] = path
	if len(r.rows) == first {
		return &pipeline.Problem{File: r.file, Path: path, Member: m.String(), What: "the municipality has no figures", Expected: "sectors by year"}
	}
	for i := first; i < len(r.rows); i++ {
		r.rows[i].code = m.Code
	}
	return nil
}

func (r *reader) sectors(path string) error {
	return r.json.Object(path, func(key string) error {
		y, ok := sources.Year(key)
		if !ok {
			return r.json.Problem(path, fmt.Sprintf("%q is not a year", key), "a year")
		}
		path := path + "." + key
		return r.json.Object(path, func(sector string) error {
			if !known(sector) {
				return r.json.Problem(path, fmt.Sprintf("unknown sector %q", sector), strings.Join(knownSectors, ", "))
			}
			location := path + "." + sector
			token, err := r.json.Token()
			if err != nil {
				return r.json.Broken(location, err)
			}
			text := "null"
			switch token := token.(type) {
			case nil:
			case json.Number:
				text = token.String()
			default:
				return r.json.Problem(location, fmt.Sprintf("%q is not a number", fmt.Sprint(token)), "tonnes of CO2 equivalents")
			}
			value, status, what := figure(text)
			if what != "" {
				return r.json.Problem(location, what, "tonnes of CO2 equivalents")
			}
			r.rows = append(r.rows, row{sector: sector, year: y, location: location, value: value, status: status})
			return nil
		})
	})
}
