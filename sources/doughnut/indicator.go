package doughnut

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"samkraft/pipeline"
	"samkraft/sources"
)

// indicator is one of the files: a header and what becomes of a row. rows gives
// the last day that the row covers, or "" where the file does not say.
type indicator struct {
	id, title string
	header    []string
	table     pipeline.Table
	rows      func(r *row, out pipeline.Output) (string, error)
}

var indicators = []indicator{capacity, districtHeating, dwellingHeating, emissions}

// Recognise knows a file by its column names. Two of them may differ, so that a
// changed header is named as such; a file that has the columns of several
// indicators is the project's master table and not read.
func (Source) Recognise(f pipeline.Sniff) (pipeline.Claim, bool) {
	line := sources.FirstLine(f.Head)
	if len(line) > 1000 {
		return pipeline.Claim{}, false
	}
	names := strings.FieldsFunc(line, func(r rune) bool { return strings.ContainsRune(",;\t\"\r ", r) })
	found := ""
	for _, s := range indicators {
		known := 0
		for _, name := range s.header {
			if slices.Contains(names, name) && !shared(name) {
				known++
			}
		}
		own := 0
		for _, name := range s.header {
			if !shared(name) {
				own++
			}
		}
		if known*2 <= own || len(names) > len(s.header)+2 {
			continue
		}
		if found != "" {
			return pipeline.Claim{}, false
		}
		found = s.id
	}
	return pipeline.Claim{DataSet: found}, found != ""
}

// shared reports the columns that tell nothing of the file.
func shared(name string) bool {
	switch name {
	case "kommune_kode", "kommune_navn", "befolkning", "year":
		return true
	}
	return false
}

func (s indicator) decode(ctx context.Context, part pipeline.Part, out pipeline.Output) (pipeline.Edition, error) {
	c, err := sources.OpenCSV(part, ',', sources.UTF8)
	if err != nil {
		return pipeline.Edition{}, err
	}
	defer c.Close()
	if err := c.Expect(s.header...); err != nil {
		return pipeline.Edition{}, err
	}
	asOf := ""
	err = c.Each(ctx, func(cells []string) error {
		r := &row{CSV: c, header: s.header, cells: cells}
		if err := r.findMunicipality(); err != nil {
			return err
		}
		day, err := s.rows(r, out)
		asOf = max(asOf, day)
		return err
	})
	if err != nil {
		return pipeline.Edition{}, err
	}
	if !c.EndsInLineBreak() {
		return pipeline.Edition{}, &pipeline.Problem{File: part.Name, Row: c.Line(), What: "the last line has no line end, so the file may have been cut short", Expected: "a line end behind the last figure", Remedy: "copy or download it again"}
	}
	return pipeline.Edition{AsOf: asOf}, nil
}

// findMunicipality resolves the code and holds it against the name where there
// is one: a list that was sorted without its codes would be believed.
func (r *row) findMunicipality() error {
	m, err := pipeline.FindMunicipality("DK", r.text("kommune_kode"))
	if err != nil {
		return r.problem("kommune_kode", err.Error(), "a Danish municipality of today")
	}
	r.m = m
	if !slices.Contains(r.header, "kommune_navn") {
		return nil
	}
	if n, err := pipeline.FindMunicipality("DK", r.text("kommune_navn")); err != nil || n != m {
		return r.problem("kommune_navn", fmt.Sprintf("%q is not the municipality of code %s", r.text("kommune_navn"), m.Code), m.Name)
	}
	return nil
}
