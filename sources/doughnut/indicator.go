package doughnut

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
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

// Columns that all the tables begin with.
var (
	country  = pipeline.Column{Name: "country", Kind: pipeline.Text, Description: "Country of the municipality, always DK"}
	muniCode = pipeline.Column{Name: "muni_code", Kind: pipeline.Text, Description: "Three-digit municipality code"}
)

// Recognise knows a file by its column names. Two of them may differ, so that a
// changed header is named as such; a file that has the columns of several
// indicators is the project's master table and not read.
func (Source) Recognise(f pipeline.Sniff) (pipeline.Claim, bool) {
	line, _, _ := bytes.Cut(bytes.TrimPrefix(f.Head, []byte("\ufeff")), []byte("\n"))
	if len(line) > 1000 {
		return pipeline.Claim{}, false
	}
	names := strings.FieldsFunc(string(line), func(r rune) bool { return strings.ContainsRune(",;\t\"\r ", r) })
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
	end := &lineEnd{}
	watched := part
	watched.Open = func() (io.ReadCloser, error) {
		r, err := part.Open()
		end.ReadCloser = r
		return end, err
	}
	c, err := sources.OpenCSV(watched, ',', sources.UTF8)
	if err != nil {
		return pipeline.Edition{}, err
	}
	defer c.Close()
	if err := c.Expect(s.header...); err != nil {
		return pipeline.Edition{}, err
	}
	asOf := ""
	for n := 0; ; n++ {
		if n%4096 == 0 && ctx.Err() != nil {
			return pipeline.Edition{}, ctx.Err()
		}
		cells, err := c.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return pipeline.Edition{}, err
		}
		r := &row{CSV: c, header: s.header, cells: cells}
		if err := r.findMunicipality(); err != nil {
			return pipeline.Edition{}, err
		}
		day, err := s.rows(r, out)
		if err != nil {
			return pipeline.Edition{}, err
		}
		asOf = max(asOf, day)
	}
	// A last figure that was cut short would read as a smaller one.
	if end.last != '\n' {
		return pipeline.Edition{}, &pipeline.Problem{File: part.Name, Row: c.Line(), What: "the last line has no line end, so the file may have been cut short", Expected: "a line end behind the last figure", Remedy: "copy or download it again"}
	}
	return pipeline.Edition{AsOf: asOf}, nil
}

// lineEnd remembers the last byte that was read.
type lineEnd struct {
	io.ReadCloser
	last byte
}

func (l *lineEnd) Read(p []byte) (int, error) {
	n, err := l.ReadCloser.Read(p)
	if n > 0 {
		l.last = p[n-1]
	}
	return n, err
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
