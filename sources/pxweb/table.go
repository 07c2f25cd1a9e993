package pxweb

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"samkraft/pipeline"
)

// Table is what a service tells about a table.
type Table struct {
	Title     string
	Updated   string // the day of the last change, yyyy-mm-dd; empty where it is not told
	Variables []Variable
}

// Variable is one of the axes of a table, with its values in the order in which the
// service has them.
type Variable struct {
	Code, Text string
	Values     []Value
}

// Value is a place on an axis. The format json tells no labels, and only json-stat2
// a unit.
type Value struct{ Code, Label, Unit string }

// Contents is the code of the variable of what is counted. Where an answer has no
// such variable but a column of figures, that column is its value.
const Contents = "ContentsCode"

// Find returns the place of the variable whose code or text is one of names, whatever
// the case of its letters, or -1.
func (t Table) Find(names ...string) int {
	for i, v := range t.Variables {
		for _, name := range names {
			if strings.EqualFold(v.Code, name) || strings.EqualFold(v.Text, name) {
				return i
			}
		}
	}
	return -1
}

// ReadTable reads the metadata of a table, of either version of the interface.
func ReadTable(part pipeline.Part) (Table, error) {
	var meta struct {
		stat
		Title     string
		Variables []struct {
			Code, Text         string
			Values, ValueTexts []string
		}
	}
	if err := read(part, &meta); err != nil {
		return Table{}, err
	}
	if meta.Dimension != nil {
		return meta.table(part.Name)
	}
	t := Table{Title: meta.Title}
	for i, v := range meta.Variables {
		path := fmt.Sprintf("variables[%d]", i)
		if len(v.Values) != len(v.ValueTexts) {
			return Table{}, &pipeline.Problem{File: part.Name, Path: path, What: fmt.Sprintf("%s has %d codes and %d labels", v.Code, len(v.Values), len(v.ValueTexts)), Expected: "a label for every code"}
		}
		variable := Variable{Code: v.Code, Text: v.Text}
		seen := map[string]bool{}
		for j, code := range v.Values {
			if seen[code] {
				return Table{}, &pipeline.Problem{File: part.Name, Path: path, What: fmt.Sprintf("%s has the code %q twice", v.Code, code), Expected: "a code of its own for every label"}
			}
			seen[code] = true
			variable.Values = append(variable.Values, Value{Code: code, Label: strings.TrimSpace(v.ValueTexts[j])})
		}
		t.Variables = append(t.Variables, variable)
	}
	return t, nil
}

// stat is a json-stat2 data set but for its figures.
type stat struct {
	Label, Updated string
	ID             []string
	Size           []int
	Dimension      map[string]struct {
		Label    string
		Category struct {
			Index json.RawMessage
			Label map[string]string
			Unit  map[string]struct{ Base string }
		}
	}
}

// table orders the dimensions of a json-stat2 data set and their categories.
func (s stat) table(name string) (Table, error) {
	problem := func(path, what, expected string) (Table, error) {
		return Table{}, &pipeline.Problem{File: name, Path: path, What: what, Expected: expected}
	}
	t := Table{Title: s.Label}
	if s.Updated != "" {
		day, _, _ := strings.Cut(s.Updated, "T")
		if _, err := time.Parse(time.DateOnly, day); err != nil {
			return problem("updated", fmt.Sprintf("%q is no date", s.Updated), "a date such as 2026-03-31T06:00:00Z")
		}
		t.Updated = day
	}
	if len(s.ID) != len(s.Size) || len(s.ID) != len(s.Dimension) {
		return problem("size", fmt.Sprintf("%d names, %d sizes and %d dimensions", len(s.ID), len(s.Size), len(s.Dimension)), "one of each for every dimension")
	}
	for i, code := range s.ID {
		path := "dimension." + code
		d, ok := s.Dimension[code]
		if !ok {
			return problem(path, "is missing", "a dimension for every name in id")
		}
		codes, err := ordered(d.Category.Index)
		if err != nil {
			return problem(path+".category.index", err.Error(), "codes with their places, from 0 on")
		}
		if len(codes) != s.Size[i] {
			return problem(path, fmt.Sprintf("has %d codes and the size %d", len(codes), s.Size[i]), "as many codes as its size says")
		}
		variable := Variable{Code: code, Text: d.Label}
		for _, c := range codes {
			variable.Values = append(variable.Values, Value{Code: c, Label: strings.TrimSpace(d.Category.Label[c]), Unit: d.Category.Unit[c].Base})
		}
		t.Variables = append(t.Variables, variable)
	}
	return t, nil
}

// ordered reads an index, which is a list of codes, or an object that gives each
// code its place.
func ordered(index json.RawMessage) ([]string, error) {
	var list []string
	if err := json.Unmarshal(index, &list); err == nil {
		seen := map[string]bool{}
		for _, code := range list {
			if seen[code] {
				return nil, fmt.Errorf("the code %q stands twice", code)
			}
			seen[code] = true
		}
		return list, nil
	}
	var places map[string]int
	if err := json.Unmarshal(index, &places); err != nil {
		return nil, fmt.Errorf("cannot be read: %w", err)
	}
	list, taken := make([]string, len(places)), make([]bool, len(places))
	for code, place := range places {
		if place < 0 || place >= len(list) || taken[place] {
			return nil, fmt.Errorf("the places are not 0 to %d, each once", len(list)-1)
		}
		list[place], taken[place] = code, true
	}
	return list, nil
}
