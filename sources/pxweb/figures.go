package pxweb

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"samkraft/pipeline"
)

// Figures is an answer with figures, of either format. Of the format json the
// variables have no values: each cell brings its own.
type Figures struct {
	Table
	name  string
	cells []Cell
	value []string // json-stat2: a number, or empty for null
	signs []string // json-stat2: what stands for it
}

// Cell is one figure.
type Cell struct {
	At     string  // where it stands: "value[17]"
	Values []Value // one for each variable, in their order
	Text   string  // the figure or the sign in its place, as the database writes it
}

// Column is a column of an answer in the format json. Type is t for time, d for
// other variables and c for figures.
type Column struct{ Code, Text, Type string }

// Answer is an answer in the format json as it stands.
type Answer struct {
	Columns []Column // nil where somebody has left them out
	Data    []Row
	Updated string // the day of the last change, where newer services tell it
}

// Row is a figure, or several, with the codes that it stands for.
type Row struct{ Key, Values []string }

type answer struct {
	Columns  []Column
	Data     []Row
	Metadata json.RawMessage
}

// ReadAnswer reads an answer in the format json, for those who know its variables
// where it has no columns.
func ReadAnswer(part pipeline.Part) (Answer, error) {
	var a answer
	if err := read(part, &a); err != nil {
		return Answer{}, err
	}
	return Answer{a.Columns, a.Data, updated(a.Metadata)}, nil
}

// most bounds the cells of an answer, far above what a service gives.
const most = 2_000_000

// ReadFigures reads an answer with figures.
func ReadFigures(part pipeline.Part) (*Figures, error) {
	var set struct {
		answer
		stat
		Value, Status json.RawMessage
	}
	if err := read(part, &set); err != nil {
		return nil, err
	}
	f := &Figures{name: part.Name}
	var err error
	switch {
	case set.Dimension != nil:
		if f.Table, err = set.table(part.Name); err != nil {
			return nil, err
		}
		return f, f.fill(set.Value, set.Status)
	case set.Columns == nil:
		return nil, f.Problem("columns", "there are neither columns nor dimensions", "an answer in the format json or json-stat2")
	}
	f.Updated = updated(set.Metadata)
	contents := Variable{Code: Contents}
	for _, c := range set.Columns {
		if c.Type == "c" {
			contents.Values = append(contents.Values, Value{Code: c.Code, Label: c.Text})
			continue
		}
		f.Variables = append(f.Variables, Variable{Code: c.Code, Text: c.Text})
	}
	keys := len(f.Variables)
	f.Variables = append(f.Variables, contents)
	if len(contents.Values) == 0 {
		return nil, f.Problem("columns", "there is no column of figures", `a column of the type "c"`)
	}
	for i, row := range set.Data {
		at := fmt.Sprintf("data[%d]", i)
		if len(row.Key) != keys || len(row.Values) != len(contents.Values) {
			return nil, f.Problem(at, fmt.Sprintf("a key of %d parts and %d values", len(row.Key), len(row.Values)), fmt.Sprintf("a key of %d parts and %d values", keys, len(contents.Values)))
		}
		for j, text := range row.Values {
			values := make([]Value, keys+1)
			for k, code := range row.Key {
				values[k].Code = code
			}
			values[keys] = contents.Values[j]
			f.cells = append(f.cells, Cell{At: at, Values: values, Text: text})
		}
	}
	return f, nil
}

// updated returns the day of the last change that newer services tell in an answer
// in the format json, or nothing.
func updated(metadata json.RawMessage) string {
	var tables []struct{ Updated string }
	if json.Unmarshal(metadata, &tables) != nil || len(tables) != 1 {
		return ""
	}
	day, _, _ := strings.Cut(tables[0].Updated, "T")
	if _, err := time.Parse(time.DateOnly, day); err != nil {
		return ""
	}
	return day
}

// fill reads the figures of a json-stat2 data set and their signs, each a list or an
// object by place. A figure that is null has a sign that says why.
func (f *Figures) fill(value, status json.RawMessage) error {
	n := 1
	for _, v := range f.Variables {
		if n *= len(v.Values); n > most {
			return f.Problem("size", "the sizes multiply to more cells than any service gives", fmt.Sprintf("at most %d", most))
		}
	}
	list, err := places[json.Number](value)
	switch {
	case err != nil:
		return f.Problem("value", "cannot be read: "+err.Error(), "numbers, and null where there is none")
	case len(value) == 0 || string(value) == "null":
		return f.Problem("value", "there are no figures: these are metadata", "the answer to a question for figures")
	}
	if list.length >= 0 && list.length != n {
		return f.Problem("value", fmt.Sprintf("%d figures for %d cells", list.length, n), "a figure or null for every cell")
	}
	signs, err := places[string](status)
	if err != nil {
		return f.Problem("status", "cannot be read: "+err.Error(), `signs by place, such as {"17": ".."}`)
	}
	f.value, f.signs = make([]string, n), make([]string, n)
	for i := range f.value {
		if v := list.at(i); v != nil {
			f.value[i] = v.String()
		}
		if s := signs.at(i); s != nil {
			f.signs[i] = *s
		}
		switch at := fmt.Sprintf("value[%d]", i); {
		case f.value[i] == "" && f.signs[i] == "":
			return f.Problem(at, "there is no figure, and no status says why", `a status such as ".."`)
		case f.value[i] != "" && f.signs[i] != "":
			return f.Problem(at, fmt.Sprintf("the figure %s has the status %q", f.value[i], f.signs[i]), "a figure, or null with a status")
		}
	}
	return nil
}

// byPlace is a list, or an object with places as keys.
type byPlace[T any] struct {
	length int // of the list; -1 for an object, whose absent places are null
	list   []*T
	object map[string]*T
}

func places[T any](text json.RawMessage) (byPlace[T], error) {
	p := byPlace[T]{length: -1}
	if len(text) == 0 || string(text) == "null" {
		return p, nil
	}
	if text[0] == '[' {
		err := json.Unmarshal(text, &p.list)
		p.length = len(p.list)
		return p, err
	}
	return p, json.Unmarshal(text, &p.object)
}

func (p byPlace[T]) at(i int) *T {
	if p.object != nil {
		return p.object[strconv.Itoa(i)]
	}
	if i < len(p.list) {
		return p.list[i]
	}
	return nil
}

// Each gives every cell to see, in the answer's order, until one fails or ctx is
// done. The values of a cell are valid until see returns.
func (f *Figures) Each(ctx context.Context, see func(c Cell) error) error {
	for i, c := range f.cells {
		if i%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if err := see(c); err != nil {
			return err
		}
	}
	place, values := make([]int, len(f.Variables)), make([]Value, len(f.Variables))
	for i, text := range f.value {
		if i%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		for v, j := range place {
			values[v] = f.Variables[v].Values[j]
		}
		if text == "" {
			text = f.signs[i]
		}
		if err := see(Cell{At: "value[" + strconv.Itoa(i) + "]", Values: values, Text: text}); err != nil {
			return err
		}
		for v := len(place) - 1; v >= 0; v-- { // row-major: the last variable runs first
			if place[v]++; place[v] < len(f.Variables[v].Values) {
				break
			}
			place[v] = 0
		}
	}
	return nil
}

// Problem describes what is wrong at a path of the answer.
func (f *Figures) Problem(path, what, expected string) error {
	return &pipeline.Problem{File: f.name, Path: path, What: what, Expected: expected}
}
