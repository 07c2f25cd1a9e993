package own

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"samkraft/pipeline"
	"samkraft/sources"
)

// row is a row of a plan's own files with its place.
type row struct {
	kind   kind
	file   string
	line   int
	values []any
}

func (r row) text(column string) string {
	text, _ := r.values[r.kind.table.Column(column)].(string)
	return text
}

func (r row) problem(column, what, expected string) error {
	return &pipeline.Problem{File: r.file, Row: r.line, Column: column, What: what, Expected: expected}
}

// Check reads all of a plan's own files and reports the first fault, a *Problem with
// file, line and column: what Decode refuses, and what only shows beside the plan
// and the other files. That is a municipality that is no member, two rows about
// one thing in two files, and a package with a measure that nobody knows. Builtin
// are the ids of the program's own measures.
func Check(ctx context.Context, p pipeline.Plan, builtin []string) error {
	rows, err := readAll(ctx, p)
	if err != nil {
		return err
	}
	known := map[string][]string{} // measures of the catalogue, with the stocks of the plan's own
	if p.Own != nil && (p.Own.Catalogue == nil || p.Own.Catalogue.Extends != "") {
		for _, id := range builtin {
			known[id] = nil
		}
	}
	first := map[string]row{}
	for _, r := range rows {
		if err := r.ofMember(p); err != nil {
			return err
		}
		key := r.kind.about() + "|" + r.kind.key(r.values)
		if other, twice := first[key]; twice {
			return r.problem(r.kind.fields[0].name, fmt.Sprintf("%s, line %d, is about the same %s already", other.file, other.line, r.kind.about()), "one row about each")
		}
		first[key] = r
		if r.kind.id == "catalogue" {
			known[r.text("measure_id")] = strings.Fields(r.text("stocks"))
		}
	}
	for _, r := range rows {
		if r.kind.id != "packages" {
			continue
		}
		for _, id := range strings.Split(r.text("package_id"), "+") {
			on, found := known[id]
			if !found {
				return r.problem("measures", fmt.Sprintf("there is no measure %q", id), "measures of the plan's own catalogue, or of the program where the plan extends those")
			}
			if on != nil && !slices.Contains(on, r.text("stock")) {
				return r.problem("stock", fmt.Sprintf("measure %s is not for the stock %s", id, r.text("stock")), "one of "+strings.Join(on, ", "))
			}
		}
	}
	return nil
}

// readAll decodes the files in the plan's order.
func readAll(ctx context.Context, p pipeline.Plan) ([]row, error) {
	var rows []row
	for _, f := range p.OwnFiles {
		x := f.Extract()
		at := slices.IndexFunc(kinds, func(k kind) bool { return k.id == f.Kind })
		if err := misplaced(x, f.Kind); err != nil {
			return nil, err
		}
		out := pipeline.Checked(x, []pipeline.Table{kinds[at].table}, func(_ pipeline.Table, location string, values []any) error {
			r := row{kind: kinds[at], file: f.Name, values: slices.Clone(values)}
			_, err := fmt.Sscanf(location, "line %d", &r.line)
			rows = append(rows, r)
			return err
		})
		if err := kinds[at].decode(ctx, x.Parts[0], out); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// misplaced reports a file whose header is that of another kind.
func misplaced(x pipeline.Extract, wanted string) error {
	head, err := sources.Head(x.Parts[0], 1<<12)
	if err != nil {
		return err
	}
	claim, known := Source{}.Recognise(pipeline.Sniff{Head: head})
	if known && claim.DataSet != wanted {
		return &pipeline.Problem{File: x.Parts[0].Name, Row: 1, What: "the columns are those of a file of " + claim.DataSet, Expected: "a file of " + wanted, Remedy: "put it under another key of own in the plan file"}
	}
	return nil
}

// ofMember reports a row about a municipality that is not in the plan.
func (r row) ofMember(p pipeline.Plan) error {
	if r.kind.table.Column("muni_code") < 0 {
		return nil
	}
	country, code := r.text("country"), r.text("muni_code")
	if slices.Contains(p.Members, pipeline.Member{Country: country, Code: code}) {
		return nil
	}
	m, err := pipeline.FindMunicipality(country, code)
	if err != nil {
		return err
	}
	return r.problem("municipality", m.String()+" is no member of the plan", "one of its members")
}
