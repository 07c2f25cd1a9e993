package energimyndigheten

import (
	"context"
	"fmt"
	"strings"

	"samkraft/pipeline"
	"samkraft/sources"
)

// answer is what the database gives to a question for figures.
type answer struct {
	Columns []struct{ Code, Type string }
	Data    []struct{ Key, Values []string }
}

// plants is one row to be: the two figures stand in two cells of the answer.
type plants struct {
	code   string
	year   int
	at     string
	figure [2]any
	status [2]any
}

// decodeAnswer reads an answer with the help of the table's metadata. An answer
// that has lost its columns is read in the order of the metadata's variables,
// which is the order of the keys.
//
// The two answers carry no common stamp: metadata of another day can be told only
// where a code has no label any more. They belong in one download.
func decodeAnswer(ctx context.Context, data, meta pipeline.Part, out pipeline.Output) (pipeline.Edition, error) {
	m, err := readMetadata(meta)
	if err != nil {
		return pipeline.Edition{}, err
	}
	var a answer
	if err := readJSON(data, &a); err != nil {
		return pipeline.Edition{}, err
	}
	problem := func(path, what, expected string) error {
		return &pipeline.Problem{File: data.Name, Path: path, What: what, Expected: expected}
	}
	place, err := places(a, m, problem)
	if err != nil {
		return pipeline.Edition{}, err
	}
	byKey := map[[2]string]*plants{}
	var inOrder []*plants
	last := 0
	for i, cell := range a.Data {
		if i%4096 == 0 && ctx.Err() != nil {
			return pipeline.Edition{}, ctx.Err()
		}
		at := fmt.Sprintf("data[%d]", i)
		if len(cell.Key) != len(variables) || len(cell.Values) != 1 {
			return pipeline.Edition{}, problem(at, fmt.Sprintf("a key of %d parts and %d values", len(cell.Key), len(cell.Values)), "a key of 4 parts and one value")
		}
		label := map[string]string{}
		for _, v := range variables {
			code := cell.Key[place[v]]
			l, ok := m.labels[v][code]
			if !ok || l == "" {
				return pipeline.Edition{}, problem(at, fmt.Sprintf("%s has the code %q, for which the metadata %s have no label", v, code, meta.Name), "metadata of the same day as the answer")
			}
			label[v] = l
		}
		y, ok := sources.Year(label["År"])
		if !ok {
			return pipeline.Edition{}, m.problem("År", fmt.Sprintf("the label %q is no year", label["År"]), "a year such as 2024")
		}
		q, ok := category(label["Kategori"])
		if !ok {
			return pipeline.Edition{}, m.problem("Kategori", fmt.Sprintf("unknown label %q", label["Kategori"]), `"Solcellsanläggningar, antal" or "Installerad effekt (MW)"`)
		}
		muni, skip, err := municipality(label["Region"])
		if err != nil {
			return pipeline.Edition{}, m.problem("Region", err.Error(), `a label such as "1380 Halmstad"`)
		}
		if skip || !isTotal(label["Effektklass"]) {
			continue
		}
		key := [2]string{muni, label["År"]}
		p := byKey[key]
		if p == nil {
			p = &plants{code: muni, year: y, at: at}
			byKey[key] = p
			inOrder = append(inOrder, p)
		}
		if p.status[q] != nil {
			return pipeline.Edition{}, problem(at, fmt.Sprintf("%s of %s in %d stands there twice", label["Kategori"], label["Region"], y), "one figure")
		}
		if p.figure[q], p.status[q], err = figure(cell.Values[0], q); err != nil {
			return pipeline.Edition{}, problem(at, err.Error(), `a figure such as "166.00", or ".." for a secret one`)
		}
		last = max(last, y)
	}
	if len(inOrder) == 0 {
		return pipeline.Edition{}, problem("data", "there is no figure of a municipality for all power classes", `cells of the power class "Totalt"`)
	}
	for _, p := range inOrder {
		if p.status[installations] == nil || p.status[capacity] == nil {
			return pipeline.Edition{}, problem(p.at, fmt.Sprintf("municipality %s has only one of the two figures in %d", p.code, p.year), "number of plants and installed power")
		}
		if err := out.Row("em_pv", p.at, "SE", p.code, p.year, p.figure[installations], p.status[installations], p.figure[capacity], p.status[capacity]); err != nil {
			return pipeline.Edition{}, err
		}
	}
	return pipeline.Edition{AsOf: sources.EndOfYear(last)}, nil
}

// places tells where in a key each variable stands.
func places(a answer, m *metadata, problem func(path, what, expected string) error) (map[string]int, error) {
	order := m.order
	if a.Columns != nil {
		order = nil
		for i, c := range a.Columns {
			if c.Type == "c" {
				continue // the content: it stands among the values, not in the key
			}
			if !isVariable(c.Code) {
				return nil, problem(fmt.Sprintf("columns[%d]", i), fmt.Sprintf("unknown column %q", c.Code), strings.Join(variables, ", "))
			}
			order = append(order, c.Code)
		}
	}
	place := map[string]int{}
	for i, v := range order {
		if _, twice := place[v]; twice {
			return nil, problem("columns", fmt.Sprintf("the column %q comes twice", v), strings.Join(variables, ", "))
		}
		place[v] = i
	}
	for _, v := range variables {
		if _, ok := place[v]; !ok {
			return nil, problem("columns", fmt.Sprintf("the column %q is missing", v), strings.Join(variables, ", "))
		}
	}
	return place, nil
}

// figure reads a cell. Plants are counted in whole numbers.
func figure(cell string, q quantity) (value any, status any, err error) {
	v, s, err := marks.Read(cell, '.')
	if err != nil {
		return nil, nil, fmt.Errorf("%q is no figure", cell)
	}
	if d, ok := v.(pipeline.Decimal); ok {
		n, err := d.Rescale(0)
		if err != nil || d.Coefficient < 0 || n > 10_000_000 {
			return nil, nil, fmt.Errorf("%q is out of reason", cell)
		}
		if q == installations && d.Exponent < 0 {
			return nil, nil, fmt.Errorf("%q is no whole number of plants", cell)
		}
	}
	return v, s, nil
}
