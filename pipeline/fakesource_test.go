package pipeline_test

import (
	"bufio"
	"context"
	"fmt"
	"slices"
	"strings"

	"samkraft/pipeline"
)

// fakeSource is a publisher whose files are text: the first line
// "#PUBLISHER DATASET AS_OF [ROLE GROUP]" (AS_OF may be -), then lines
// "code;what;value". A workbook whose first sheet has the publisher's id is
// its data set book.
type fakeSource struct{ publisher pipeline.Publisher }

func fakeSet(id, country string, roles ...string) pipeline.DataSet {
	return pipeline.DataSet{ID: id, Title: id, Countries: []string{country}, Mode: pipeline.Upsert, Version: 1, Roles: roles,
		Tables: []pipeline.Table{{Name: id, Description: "what was measured", Key: []string{"muni_code", "what"}, Columns: []pipeline.Column{
			{Name: "muni_code", Kind: pipeline.Text, Description: "the municipality's code"},
			{Name: "what", Kind: pipeline.Text, Description: "what was measured"},
			{Name: "energy_mwh", Kind: pipeline.Decimal3, Unit: "MWh", Description: "its energy"},
		}}}}
}

// alpha is about Denmark and beta about Sweden.
var (
	alpha = fakeSource{pipeline.Publisher{ID: "alpha", Title: "Alpha", Licence: "CC0-1.0",
		DataSets: []pipeline.DataSet{fakeSet("energy", "DK"), fakeSet("people", "DK", "data", "labels"), fakeSet("book", "DK")}}}
	beta = fakeSource{pipeline.Publisher{ID: "beta", Title: "Beta", Licence: "CC-BY-4.0", DataSets: []pipeline.DataSet{fakeSet("trees", "SE")}}}
)

func (s fakeSource) Publisher() pipeline.Publisher { return s.publisher }

func (s fakeSource) Recognise(f pipeline.Sniff) (pipeline.Claim, bool) {
	if len(f.Sheets) > 0 && f.Sheets[0] == s.publisher.ID {
		return pipeline.Claim{DataSet: "book"}, true
	}
	first, _, _ := strings.Cut(string(f.Head), "\n")
	words := strings.Fields(first)
	if len(words) < 3 || words[0] != "#"+s.publisher.ID {
		return pipeline.Claim{}, false
	}
	if !slices.ContainsFunc(s.publisher.DataSets, func(d pipeline.DataSet) bool { return d.ID == words[1] }) {
		return pipeline.Claim{}, false
	}
	c := pipeline.Claim{DataSet: words[1]}
	if len(words) == 5 {
		c.Role, c.Group = words[3], words[4]
	}
	return c, true
}

func (s fakeSource) Decode(ctx context.Context, x pipeline.Extract, out pipeline.Output) (pipeline.Edition, error) {
	var edition pipeline.Edition
	r, err := x.Parts[0].Open()
	if err != nil {
		return edition, err
	}
	defer r.Close()
	lines := bufio.NewScanner(r)
	for n := 1; lines.Scan(); n++ {
		if ctx.Err() != nil {
			return edition, ctx.Err()
		}
		if n == 1 {
			if words := strings.Fields(lines.Text()); words[2] != "-" {
				edition.AsOf = words[2]
			}
			continue
		}
		problem := func(what string) error {
			return &pipeline.Problem{File: x.Parts[0].Name, Row: n, What: what, Expected: "code;what;value"}
		}
		cells := strings.Split(lines.Text(), ";")
		if len(cells) != 3 {
			return edition, problem(fmt.Sprintf("%d cells", len(cells)))
		}
		m, err := pipeline.FindMunicipality(s.publisher.DataSets[0].Countries[0], cells[0])
		if err != nil {
			return edition, problem(err.Error())
		}
		value, err := pipeline.ParseDecimal(cells[2], '.')
		if err != nil {
			return edition, problem(err.Error())
		}
		if err := out.Row(x.DataSet, fmt.Sprintf("line %d", n), m.Code, cells[1], value); err != nil {
			return edition, err
		}
	}
	return edition, lines.Err()
}
