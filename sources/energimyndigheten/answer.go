package energimyndigheten

import (
	"context"
	"fmt"
	"slices"

	"samkraft/pipeline"
	"samkraft/sources"
	"samkraft/sources/pxweb"
)

// plants is one row to be: the two figures stand in two cells of the answer.
type plants struct {
	code   string
	year   int
	file   string
	at     string
	figure [2]any
	status [2]any
}

// collection gathers the cells of the answers of one extract.
type collection struct {
	pxTable
	meta    *metadata
	byKey   map[[2]string]*plants
	inOrder []*plants
	last    int
	updated string
}

// decode reads an answer, or the answers to the parts of a divided question, with
// the help of the table's metadata. An answer that has lost its columns is read in
// the order of the metadata's variables, which is the order of the keys.
//
// The answers carry no common stamp: metadata of another day can be told only where
// a code has no label any more. They belong in one download.
func (t pxTable) decode(ctx context.Context, answers []pipeline.Part, meta pipeline.Part, out pipeline.Output) (pipeline.Edition, error) {
	m, err := t.readMetadata(meta)
	if err != nil {
		return pipeline.Edition{}, err
	}
	c := &collection{pxTable: t, meta: m, byKey: map[[2]string]*plants{}}
	for _, part := range answers {
		if err := c.add(ctx, part); err != nil {
			return pipeline.Edition{}, err
		}
	}
	if len(c.inOrder) == 0 {
		what, expected := "there is no figure of a municipality", "cells of municipalities"
		if t.classes != "" {
			what, expected = what+" for all power classes", `cells of the power class "Totalt"`
		}
		return pipeline.Edition{}, &pipeline.Problem{File: answers[0].Name, Path: "data", What: what, Expected: expected}
	}
	for _, p := range c.inOrder {
		if p.status[installations] == nil || p.status[capacity] == nil {
			return pipeline.Edition{}, &pipeline.Problem{File: p.file, Path: p.at, What: fmt.Sprintf("municipality %s has only one of the two figures in %d", p.code, p.year),
				Expected: "number of plants and installed power"}
		}
		if err := out.Row(t.table.Name, p.at, "SE", p.code, p.year, p.figure[installations], p.status[installations], p.figure[capacity], p.status[capacity]); err != nil {
			return pipeline.Edition{}, err
		}
	}
	if c.updated != "" {
		return pipeline.Edition{AsOf: c.updated}, nil
	}
	return pipeline.Edition{AsOf: sources.EndOfYear(c.last)}, nil
}

// add reads the cells of one answer.
func (c *collection) add(ctx context.Context, part pipeline.Part) error {
	a, err := pxweb.ReadAnswer(part)
	if err != nil {
		return err
	}
	problem := func(path, what, expected string) error {
		return &pipeline.Problem{File: part.Name, Path: path, What: what, Expected: expected}
	}
	order, err := c.order(a, problem)
	if err != nil {
		return err
	}
	c.updated = max(c.updated, a.Updated)
	for i, cell := range a.Data {
		if i%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		at := fmt.Sprintf("data[%d]", i)
		if len(cell.Key) != len(order) || len(cell.Values) != 1 {
			return problem(at, fmt.Sprintf("a key of %d parts and %d values", len(cell.Key), len(cell.Values)), fmt.Sprintf("a key of %d parts and one value", len(order)))
		}
		label := map[string]string{}
		for j, v := range order {
			code := cell.Key[j]
			if label[v] = c.meta.labels[v][code]; label[v] == "" {
				return problem(at, fmt.Sprintf("%s has the code %q, for which the metadata %s have no label", v, code, c.meta.name), "metadata of the same day as the answer")
			}
		}
		if err := c.cell(cell.Values[0], label, part.Name, at); err != nil {
			return err
		}
	}
	return nil
}

// cell puts a figure into its row, as its labels say.
func (c *collection) cell(text string, label map[string]string, file, at string) error {
	problem := func(what, expected string) error {
		return &pipeline.Problem{File: file, Path: at, What: what, Expected: expected}
	}
	y, ok := sources.Year(label["År"])
	if !ok {
		return c.meta.problem("År", fmt.Sprintf("the label %q is no year", label["År"]), "a year such as 2024")
	}
	q, ok := category(label["Kategori"])
	if !ok {
		return c.meta.problem("Kategori", fmt.Sprintf("unknown label %q", label["Kategori"]), fmt.Sprintf(`%q or "Installerad effekt (MW)"`, c.counted))
	}
	muni, skip, err := municipality(label[c.region])
	if err != nil {
		return c.meta.problem(c.region, err.Error(), `a label such as "1380 Halmstad"`)
	}
	if skip || c.classes != "" && !isTotal(label[c.classes]) {
		return nil
	}
	key := [2]string{muni, label["År"]}
	p := c.byKey[key]
	if p == nil {
		p = &plants{code: muni, year: y, file: file, at: at}
		c.byKey[key] = p
		c.inOrder = append(c.inOrder, p)
	}
	if p.status[q] != nil {
		return problem(fmt.Sprintf("%s of %s in %d stands there twice", label["Kategori"], label[c.region], y), "one figure")
	}
	if p.figure[q], p.status[q], err = figure(text, q); err != nil {
		return problem(err.Error(), `a figure such as "166.00", or ".." for a secret one`)
	}
	c.last = max(c.last, y)
	return nil
}

// order tells which variable stands in each place of a key.
func (c *collection) order(a pxweb.Answer, problem func(path, what, expected string) error) ([]string, error) {
	var order []string
	if a.Columns == nil {
		for _, v := range c.meta.Variables {
			order = append(order, v.Code)
		}
	}
	for i, column := range a.Columns {
		if column.Type == "c" {
			continue // the content: it stands among the values, not in the key
		}
		if !c.isVariable(column.Code) {
			return nil, problem(fmt.Sprintf("columns[%d]", i), fmt.Sprintf("unknown column %q", column.Code), c.expected())
		}
		if slices.Contains(order, column.Code) {
			return nil, problem("columns", fmt.Sprintf("the column %q comes twice", column.Code), c.expected())
		}
		order = append(order, column.Code)
	}
	for _, v := range c.variables {
		if !slices.Contains(order, v) {
			return nil, problem("columns", fmt.Sprintf("the column %q is missing", v), c.expected())
		}
	}
	return order, nil
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
