package dst

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"samkraft/pipeline"
	"samkraft/sources"
)

// marks is what StatBank writes where it has no number. In the legend "-" is
// nil, ".." not available (too uncertain or confidential, which it does not tell
// apart), "." not applicable; "x" is seen for confidential figures.
//
// A figure of nil, written "-", "0" or "0,00", is no observation here: no
// municipality is without land and inhabitants, and the tables' own description
// says that 0 stands for withheld figures. See withoutZero.
var marks = sources.Marks{
	"-":  pipeline.Zero,
	"..": pipeline.NotAvailable,
	".":  pipeline.NotApplicable,
	"x":  pipeline.Suppressed,
}

// withoutZero reads a figure of which nil means that there is none: ARE207 has
// 0,00 for Christiansø since 2015, ".." before that and 0,40 until 2010.
func withoutZero(cell string) (any, pipeline.Status, error) {
	value, status, err := marks.Read(cell, ',')
	if err == nil && status == pipeline.Zero {
		return nil, pipeline.NotAvailable, nil
	}
	return value, status, err
}

// answer is an open StatBank answer whose columns are known by name, since their
// order is the asker's choice.
type answer struct {
	*sources.CSV
	file   string
	column map[string]int
	known  map[string]place
}

type place struct {
	pipeline.Municipality
	isMunicipality bool
}

// open opens an answer that must have the required columns, may have the
// optional ones and no other.
func open(part pipeline.Part, required []string, optional ...string) (*answer, error) {
	head, err := sources.Head(part, 4096)
	if err != nil {
		return nil, err
	}
	c, err := sources.OpenCSV(part, sources.Separator(sources.FirstLine(head)), sources.UTF8)
	if err != nil {
		return nil, err
	}
	a := &answer{CSV: c, file: part.Name, column: map[string]int{}, known: map[string]place{}}
	if err := a.readHeader(required, optional); err != nil {
		c.Close()
		return nil, err
	}
	return a, nil
}

func (a *answer) readHeader(required, optional []string) error {
	expected := "the columns " + strings.Join(required, ", ")
	for i, name := range a.Header() {
		if _, twice := a.column[name]; twice {
			return &pipeline.Problem{File: a.file, Row: 1, Column: name, What: "the column comes twice", Expected: expected}
		}
		a.column[name] = i
	}
	for _, name := range required {
		if _, ok := a.column[name]; !ok {
			return &pipeline.Problem{File: a.file, Row: 1, What: fmt.Sprintf("column %q is missing in the header %s", name, strings.Join(a.Header(), ", ")), Expected: expected}
		}
	}
	for _, name := range a.Header() {
		if !slices.Contains(required, name) && !slices.Contains(optional, name) {
			return &pipeline.Problem{File: a.file, Row: 1, Column: name, What: "an extra column", Expected: expected}
		}
	}
	return nil
}

// each calls row for every row. A file whose last line has no end is refused.
func (a *answer) each(ctx context.Context, row func(cells []string) error) error {
	if err := a.Each(ctx, row); err != nil {
		return err
	}
	if !a.EndsInLineBreak() {
		return &pipeline.Problem{File: a.file, Row: a.Line(), What: "the last line has no line end, so the file may have been cut short", Expected: "a line end behind the last figure, as the publisher writes it", Remedy: "download it again"}
	}
	return nil
}

// territory resolves an area and remembers it: an answer names the same hundred
// areas over and over.
func (a *answer) territory(cell string) (pipeline.Municipality, bool, error) {
	if p, ok := a.known[cell]; ok {
		return p.Municipality, p.isMunicipality, nil
	}
	m, isMunicipality, err := territory(cell)
	if err != nil {
		return m, false, a.problem("OMRÅDE", err.Error(), "a Danish municipality, region or province, or the nation")
	}
	if len(a.known) < 1000 {
		a.known[cell] = place{m, isMunicipality}
	}
	return m, isMunicipality, nil
}

// problem describes what is wrong in a cell of the row that was read last.
func (a *answer) problem(column, what, expected string) *pipeline.Problem {
	return a.Problem(a.column[column], what, expected)
}
