// Package vindbrukskollen reads the export of Vindbrukskollen, the register in
// which the Swedish county administrative boards keep every wind turbine that
// stands, is planned, was refused or has gone.
//
// What to know about it:
//
//   - Only the status Uppfört stands; nine in ten rows are plans, and most of them
//     were dropped or refused.
//   - Municipalities come by name only.
//   - Text is padded with blanks and non-breaking spaces, and a cell full of them
//     is empty.
//   - Coordinates of 0 are missing, a capacity of 0 MW is not known (both such
//     turbines in the recorded extract have a rotor), and 1 January 1900 is no day
//     of construction.
//   - Many permitted turbines have no capacity: a sum over them is not a sum of
//     what may be built.
//   - The boards publish a workbook with the turbines on its second sheet; cut-out
//     copies go about as CSV with the same columns but for those that name the
//     operator.
//   - The boards' map service (ArcGIS) has a layer for every state of a turbine, and
//     gives two thousand turbines at a time. It refuses with status 200.
package vindbrukskollen

import (
	"bytes"
	"context"
	"slices"
	"strings"

	"samkraft/pipeline"
	"samkraft/sources"
)

// Source is Vindbrukskollen.
type Source struct{}

var _ pipeline.Source = Source{}

const (
	dataSet      = "Vindkraftverk"
	turbineSheet = "Vindkraftverk"
	areaSheet    = "Projekteringsområden"
)

// Publisher describes the register.
func (Source) Publisher() pipeline.Publisher {
	return pipeline.Publisher{
		ID:              "vindbrukskollen",
		Title:           "Vindbrukskollen, the Swedish register of wind turbines",
		Name:            "Länsstyrelserna (the Swedish county administrative boards)",
		Licence:         "CC0-1.0",
		Attribution:     "Vindbrukskollen, Länsstyrelserna",
		Redistributable: true,
		Address:         "https://vbk.lansstyrelsen.se",
		DataSets: []pipeline.DataSet{{
			ID: dataSet, Title: "Wind turbines and plans for them (export allmän)",
			Countries: []string{"SE"}, Mode: pipeline.Replace, Version: 2,
			Tables: []pipeline.Table{turbineTable},
		}},
	}
}

// Recognise knows the workbook by its sheets and the CSV by its header. The
// register's other table, of planning areas, shares neither: as CSV it is left.
func (Source) Recognise(f pipeline.Sniff) (pipeline.Claim, bool) {
	claim := pipeline.Claim{DataSet: dataSet}
	if f.Sheets != nil || f.Texts != "" {
		turbines, areas := slices.Contains(f.Sheets, turbineSheet), slices.Contains(f.Sheets, areaSheet)
		switch {
		case turbines && areas:
			return claim, true
		case turbines:
			return claim, strings.Contains(f.Texts, "Verk-ID") || strings.Contains(f.Texts, "Maxeffekt (MW)")
		case areas || f.Sheets == nil:
			return claim, strings.Contains(f.Texts, "Områdes-ID")
		}
		return claim, false
	}
	if holdsPage(f.Head) {
		return pipeline.Claim{DataSet: dataSet, Role: pageRole, Group: "map service"}, true
	}
	header, _, _ := bytes.Cut(f.Head[:min(len(f.Head), 4096)], []byte("\n"))
	found := 0
	for _, name := range []string{"Verk-ID", "Handlingstyp", "N-Koordinat", "E-Koordinat", "Maxeffekt (MW)", "Tillsynsmyndighet"} {
		if bytes.Contains(header, []byte(name)) {
			found++
		}
	}
	return claim, found >= 3
}

// holdsPage reports whether a file is a page of the map service. Alone it is no
// register: nothing says that it is whole, and so it belongs to no extract of
// files.
func holdsPage(head []byte) bool {
	for _, word := range []string{`"VERKID"`, `"KOMNAMN"`, `"fields"`, `"esriFieldType`} {
		if !bytes.Contains(head, []byte(word)) {
			return false
		}
	}
	return bytes.HasPrefix(sources.Begin(head), []byte("{"))
}

// Decode reads workbook and CSV, which have the same columns, found by name; or the
// layers of the map service, each its count and its pages.
func (Source) Decode(ctx context.Context, x pipeline.Extract, out pipeline.Output) (pipeline.Edition, error) {
	if role := x.Parts[0].Role; role == countRole || role == pageRole {
		return decodePages(ctx, x.Parts, out)
	}
	t := table{ctx: ctx, name: x.Parts[0].Name, out: out}
	if err := t.read(x.Parts[0]); err != nil {
		return pipeline.Edition{}, err
	}
	return pipeline.Edition{AsOf: t.newest}, nil
}
