package scb

import (
	"context"
	"fmt"
	"strings"

	"samkraft/pipeline"
	"samkraft/sources"
)

// marks are SCB's signs in the energy tables. Two points mean that the figure is
// kept secret or too uncertain to be given; 0 is a true zero and no marker.
var marks = sources.Marks{"..": pipeline.Suppressed}

const expectedCell = `MWh such as 1023915, or ".." for a secret figure`

// decode reads one wide file.
func (t kreTable) decode(ctx context.Context, part pipeline.Part, out pipeline.Output) (pipeline.Edition, error) {
	comma, encoding, err := examine(part)
	if err != nil {
		return pipeline.Edition{}, err
	}
	file, err := sources.OpenCSV(part, comma, encoding)
	if err != nil {
		return pipeline.Edition{}, err
	}
	defer file.Close()
	years, last, err := t.years(file, part.Name)
	if err != nil {
		return pipeline.Edition{}, err
	}
	// Labels and regions recur on thousands of lines: each spelling is resolved
	// once and kept as the value that goes into the rows.
	regions, seconds, thirds := map[string]*region{}, map[string]any{}, map[string]any{}
	var inOrder []*region
	row := make([]any, 9)
	row[0] = "SE"
	err = file.Each(ctx, func(cells []string) error {
		r := regions[cells[0]]
		if r == nil {
			found, wrong := findRegion(cells[0])
			if wrong != "" {
				return file.Problem(0, fmt.Sprintf("%q %s", cells[0], wrong), `a code and a name such as "1380 Halmstad", "13 Hallands län" or "00 Riket"`)
			}
			r = &found
			regions[strings.Clone(cells[0])] = r
			inOrder = append(inOrder, r)
		}
		r.lines++
		if row[5], err = t.label(file, seconds, t.second.code, 1, cells[1]); err != nil {
			return err
		}
		if row[6], err = t.label(file, thirds, t.third.code, 2, cells[2]); err != nil {
			return err
		}
		row[1], row[2] = r.code, r.level
		location := file.Location()
		for i, y := range years {
			value, status, ok := readCell(cells[3+i])
			if !ok {
				return file.Problem(3+i, fmt.Sprintf("%q is no figure", cells[3+i]), expectedCell)
			}
			row[3] = r.muni
			if y.n < r.from || y.n > r.to {
				if status == pipeline.Observed {
					return file.Problem(3+i, fmt.Sprintf("%s for %q, a code that was not in use in %d", cells[3+i], cells[0], y.n), `0 or ".."`)
				}
				row[3], value, status = nil, nil, pipeline.NotApplicable
			}
			row[4], row[7], row[8] = y.boxed, value, boxedStatus(status)
			if err := out.Row(t.table, location, row...); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		err = whole(part.Name, inOrder, file)
	}
	if err != nil {
		return pipeline.Edition{}, err
	}
	return pipeline.Edition{AsOf: sources.EndOfYear(last)}, nil
}

// label resolves a label to its code.
func (t kreTable) label(file *sources.CSV, known map[string]any, resolve func(string) (string, bool), column int, cell string) (any, error) {
	if code, ok := known[cell]; ok {
		return code, nil
	}
	code, ok := resolve(cell)
	if !ok {
		return nil, file.Problem(column, fmt.Sprintf("unknown label %q", cell), "a label of SCB's table "+t.dataSet)
	}
	known[strings.Clone(cell)] = code
	return code, nil
}

type yearColumn struct {
	n     int
	boxed any
}

// years checks the header and returns the years of the columns and the last of
// them. Headers are compared as labels are.
func (t kreTable) years(file *sources.CSV, name string) ([]yearColumn, int, error) {
	header := file.Header()
	expected := strings.Join(t.header[:], ", ") + ", then years"
	var years []yearColumn
	last, seen := 0, map[int]bool{}
	for i, h := range header {
		if i < len(t.header) {
			if fold(h) != fold(t.header[i]) {
				return nil, 0, &pipeline.Problem{File: name, Row: 1, Column: h, What: fmt.Sprintf("the header has changed in place %d", i+1), Expected: "the header " + expected}
			}
			continue
		}
		n, ok := sources.Year(h)
		if !ok || seen[n] {
			return nil, 0, &pipeline.Problem{File: name, Row: 1, Column: h, What: "is no year, or comes twice", Expected: "the header " + expected}
		}
		seen[n] = true
		last = max(last, n)
		years = append(years, yearColumn{n, n})
	}
	if len(years) == 0 {
		return nil, 0, &pipeline.Problem{File: name, Row: 1, What: "the header has no year", Expected: "the header " + expected}
	}
	return years, last, nil
}

// zero is kept as a value because most cells are zero.
var zero any = pipeline.Decimal{}

// readCell reads a figure. Whole numbers are read here: a file has 145 000 cells,
// and nearly all are whole.
func readCell(cell string) (any, pipeline.Status, bool) {
	digits := cell
	if len(cell) > 1 && cell[0] == '-' {
		digits = cell[1:]
	}
	n := int64(0)
	for i := 0; i < len(digits); i++ {
		if digits[i] < '0' || digits[i] > '9' || i == 15 {
			value, status, err := marks.Read(cell, '.')
			return value, status, err == nil
		}
		n = n*10 + int64(digits[i]-'0')
	}
	switch {
	case digits == "":
		return nil, "", false
	case n == 0:
		return zero, pipeline.Zero, true
	case len(digits) < len(cell):
		n = -n
	}
	return pipeline.Decimal{Coefficient: n}, pipeline.Observed, true
}

// boxedStatus avoids an allocation per row: constants are boxed when the program
// is built.
func boxedStatus(s pipeline.Status) any {
	switch s {
	case pipeline.Observed:
		return pipeline.Observed
	case pipeline.Zero:
		return pipeline.Zero
	case pipeline.Suppressed:
		return pipeline.Suppressed
	}
	return pipeline.NotApplicable
}
