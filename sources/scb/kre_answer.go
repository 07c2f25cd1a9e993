package scb

import (
	"context"
	"fmt"

	"samkraft/pipeline"
	"samkraft/sources"
	"samkraft/sources/pxweb"
)

// decodeAnswers reads the answers to the parts of one question.
func (t kreTable) decodeAnswers(ctx context.Context, parts []pipeline.Part, out pipeline.Output) (pipeline.Edition, error) {
	d := answers{kreTable: t, out: out, regions: map[string]*region{}, seconds: map[pxweb.Value]string{}, thirds: map[pxweb.Value]string{}}
	for _, part := range parts {
		f, err := pxweb.ReadFigures(part)
		if err != nil {
			return pipeline.Edition{}, err
		}
		d.updated = max(d.updated, f.Updated)
		a, err := t.places(f.Table, f.Problem)
		if err != nil {
			return pipeline.Edition{}, err
		}
		if err := f.Each(ctx, func(c pxweb.Cell) error { return d.cell(f, a, c) }); err != nil {
			return pipeline.Edition{}, err
		}
	}
	if len(d.inOrder) == 0 {
		return pipeline.Edition{}, &pipeline.Problem{File: parts[0].Name, What: "there is no figure", Expected: "cells"}
	}
	for _, r := range d.inOrder {
		if r.lines != d.inOrder[0].lines {
			return pipeline.Edition{}, &pipeline.Problem{File: parts[0].Name, What: fmt.Sprintf("region %v has %d cells and region %v has %d", r.code, r.lines, d.inOrder[0].code, d.inOrder[0].lines),
				Expected: "the same categories and fuels for every region, as the database writes them", Remedy: "copy or download it again"}
		}
	}
	if d.updated != "" {
		return pipeline.Edition{AsOf: d.updated}, nil
	}
	return pipeline.Edition{AsOf: sources.EndOfYear(d.last)}, nil
}

// answers is the state of reading an energy table from answers.
type answers struct {
	kreTable
	out             pipeline.Output
	regions         map[string]*region
	inOrder         []*region
	seconds, thirds map[pxweb.Value]string
	last            int
	updated         string
}

// cell writes the row of a cell.
func (d *answers) cell(f *pxweb.Figures, a places, c pxweb.Cell) error {
	if a.contents >= 0 {
		if err := isContents(c.Values[a.contents], d.contents, "MWh"); err != nil {
			return f.Problem(c.At, err.Error(), "energy in MWh")
		}
	}
	area := c.Values[a.region]
	r := d.regions[area.Code]
	if r == nil {
		found, wrong := areaOf(area)
		if wrong != "" {
			return f.Problem(c.At, fmt.Sprintf("%q (%s) %s", area.Code, area.Label, wrong), "a code such as 1380, 13 or 00")
		}
		r = found
		d.regions[area.Code] = r
		d.inOrder = append(d.inOrder, r)
	}
	r.lines++
	second, err := resolve(d.seconds, c.Values[a.second], d.second)
	if err != nil {
		return f.Problem(c.At, err.Error(), "a code or a label of SCB's table "+d.dataSet)
	}
	third, err := resolve(d.thirds, c.Values[a.third], d.third)
	if err != nil {
		return f.Problem(c.At, err.Error(), "a code or a label of SCB's table "+d.dataSet)
	}
	y, ok := year(c.Values[a.year])
	if !ok {
		return f.Problem(c.At, fmt.Sprintf("%q is no year", c.Values[a.year].Code), "a year such as 2020")
	}
	d.last = max(d.last, y)
	value, status, ok := readCell(c.Text)
	if !ok {
		return f.Problem(c.At, fmt.Sprintf("%q is no figure", c.Text), expectedCell)
	}
	muni := r.muni
	if y < r.from || y > r.to {
		if status == pipeline.Observed {
			return f.Problem(c.At, fmt.Sprintf("%s for %q, a code that was not in use in %d", c.Text, area.Code, y), `0 or ".."`)
		}
		muni, value, status = nil, nil, pipeline.NotApplicable
	}
	return d.out.Row(d.table, c.At, "SE", r.code, r.level, muni, y, second, third, value, boxedStatus(status))
}

// resolve resolves a value once, for it stands in thousands of cells.
func resolve(known map[pxweb.Value]string, v pxweb.Value, a axis) (string, error) {
	if code, ok := known[v]; ok {
		return code, nil
	}
	code, err := a.codeOf(v)
	if err == nil {
		known[v] = code
	}
	return code, err
}
