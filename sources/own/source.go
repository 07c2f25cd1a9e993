// Package own reads the data that a plan brings itself: CSV files in which the
// members state their own measures, buildings and figures, correct publishers'
// figures, and name measures that the program does not know.
//
// It is a source like the publishers' so that receipts, archive, stage and
// lineage are the same for these files, and an error names file, line and column.
// Two things differ. The files come with the plan file that names them, never from
// a mirror: a correction stays when publishers' files are exchanged. And because
// a mistake in them is a mistake in the plan, [Check] reads them together with it,
// before anything is run.
//
// They are written by hand, mostly in Excel: columns stand in any order, fields are
// parted by comma or semicolon, and a decimal mark is a point or a comma, the
// same in all of a file. docs/own-data.md has the columns for people.
package own

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"samkraft/pipeline"
	"samkraft/sources"
)

// Source reads a plan's own files.
type Source struct{}

var _ pipeline.Source = Source{}

// kind is what a file can hold. A row of the file is a row of the table, or none
// where read gives none.
type kind struct {
	id, title string
	table     pipeline.Table
	fields    []field
	read      func(*sheet) ([]any, error)
}

// kinds are all of them, by id.
var kinds = []kind{buildings, catalogue, corrections, figures, measures, packages}

// Publisher describes the members' own data.
func (Source) Publisher() pipeline.Publisher {
	p := pipeline.Publisher{
		ID:              pipeline.OwnSource,
		Title:           "The plan's own data",
		Name:            "The members of the plan",
		Licence:         "The members' own",
		Attribution:     "Source: the members of the plan",
		Redistributable: false,
		Address:         "the plan file, key own",
	}
	for _, k := range kinds {
		p.DataSets = append(p.DataSets, pipeline.DataSet{
			ID: k.id, Title: k.title, Countries: []string{"DK", "SE"}, Mode: pipeline.Upsert, Version: 1, Tables: []pipeline.Table{k.table},
		})
	}
	return p
}

// Recognise tells what a file holds by its header. Files of a mirror are not
// asked: it serves to say that a file stands under the wrong key of the plan.
func (Source) Recognise(f pipeline.Sniff) (pipeline.Claim, bool) {
	if f.Sheets != nil {
		return pipeline.Claim{}, false
	}
	line := sources.FirstLine(f.Head)
	names := strings.Split(strings.ToLower(line), string(sources.Separator(line)))
	for i := range names {
		names[i] = strings.Trim(names[i], "\" \t")
	}
	for _, k := range kinds {
		if k.has(names) {
			return pipeline.Claim{DataSet: k.id}, true
		}
	}
	return pipeline.Claim{}, false
}

// Decode reads a file.
func (Source) Decode(ctx context.Context, x pipeline.Extract, out pipeline.Output) (pipeline.Edition, error) {
	if len(x.Parts) != 1 {
		return pipeline.Edition{}, &pipeline.Problem{What: fmt.Sprintf("own data are one file, not %d", len(x.Parts))}
	}
	for _, k := range kinds {
		if k.id == x.DataSet {
			return pipeline.Edition{}, k.decode(ctx, x.Parts[0], out)
		}
	}
	return pipeline.Edition{}, &pipeline.Problem{File: x.Parts[0].Name, What: fmt.Sprintf("unknown data set %q", x.DataSet)}
}

func (k kind) decode(ctx context.Context, part pipeline.Part, out pipeline.Output) error {
	s, err := open(part, k)
	if err != nil {
		return err
	}
	defer s.Close()
	first := map[string]int{} // line in which a key stands
	for n := 0; ; n++ {
		if n%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		err := s.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		values, err := k.read(s)
		if err != nil {
			return err
		}
		key := k.key(values)
		if line, twice := first[key]; twice {
			return s.problem(k.fields[0].name, fmt.Sprintf("line %d is about the same %s already", line, k.about()), "one row about each")
		}
		first[key] = s.Line()
		if err := out.Row(k.table.Name, s.Location(), values...); err != nil {
			return err
		}
	}
}

// key joins what tells the table's rows apart.
func (k kind) key(values []any) string {
	var parts []string
	for _, name := range k.table.Key {
		parts = append(parts, fmt.Sprint(values[k.table.Column(name)]))
	}
	return strings.Join(parts, "|")
}

// about says what a row is about.
func (k kind) about() string {
	switch k.id {
	case "corrections", "figures":
		return "cell"
	case "packages":
		return "package on the stock"
	case "buildings":
		return "building, year and carrier"
	}
	return "measure"
}
