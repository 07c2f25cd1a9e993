// Package energidataservice reads Energinet's Energi Data Service: hourly
// electricity of municipalities and of the two Danish bidding zones, as the CSV
// download and as the JSON answer of the same data sets.
//
// Traps: the CSV has a decimal comma and a semicolon, and two layouts of time
// beside that of the JSON; times carry no zone, and of HourUTC and HourDK only
// the first tells the two autumn hours apart; consumption is in kWh, production
// in MWh; the municipality column has two names; an answer may hold fewer
// records than its total, for it may be one page of several; a refused request
// is JSON too, and is not a data set.
package energidataservice

import (
	"context"
	"fmt"

	"samkraft/pipeline"
)

// Source is the publisher.
type Source struct{}

var _ pipeline.Source = Source{}

// Publisher describes the source.
func (Source) Publisher() pipeline.Publisher {
	p := pipeline.Publisher{
		ID:              "energidataservice",
		Title:           "Energi Data Service",
		Name:            "Energinet",
		Licence:         "CC-BY-4.0",
		Attribution:     "Source: Energinet (www.energidataservice.dk)",
		Redistributable: true,
		Address:         "https://www.energidataservice.dk",
	}
	for _, l := range layouts {
		p.DataSets = append(p.DataSets, l.set)
	}
	return p
}

// Recognise knows a CSV by its header, and JSON by its member dataset or the
// keys of its first record.
func (Source) Recognise(f pipeline.Sniff) (pipeline.Claim, bool) {
	if f.Sheets != nil {
		return pipeline.Claim{}, false
	}
	var id string
	if isJSON(f.Head) {
		id = sniffJSON(f.Head)
	} else {
		id = sniffCSV(f.Head)
	}
	return pipeline.Claim{DataSet: id}, id != ""
}

// known returns the data set that has these columns. One may be missing or
// renamed and one too many, so that a file which is slightly wrong is named by
// its error; two of another data set are another data set. The best fit wins.
func known(columns []string) string {
	found, best := "", 0 // how well it fits: 0 is exactly, and else less
	for _, l := range layouts {
		shared, extra := 0, 0
		for _, c := range columns {
			if l.column(c) >= 0 {
				shared++
			} else {
				extra++
			}
		}
		if fit := shared - extra - len(l.columns); shared >= len(l.columns)-1 && extra <= 1 && (found == "" || fit > best) {
			found, best = l.set.ID, fit
		}
	}
	return found
}

// Decode reads a CSV download or a JSON answer; both give the same rows.
func (Source) Decode(ctx context.Context, x pipeline.Extract, out pipeline.Output) (pipeline.Edition, error) {
	l := layoutOf(x.DataSet)
	if l == nil || len(x.Parts) == 0 {
		return pipeline.Edition{}, &pipeline.Problem{What: fmt.Sprintf("energidataservice has no data set %q", x.DataSet)}
	}
	d := decoder{layout: l, out: out, table: l.set.Tables[0].Name}
	n := 0
	each := func(r *record) error {
		if n++; n%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		return l.rows(&d, r)
	}
	asJSON, err := startsAsJSON(x.Parts[0])
	if err == nil && asJSON {
		var a *answer
		if a, err = readJSON(x.Parts[0], l, each); err == nil && a.count == 0 {
			err = a.problem("", "the answer holds no records", "records", "ask for another period, or leave the file out")
		}
	} else if err == nil {
		err = readCSV(x.Parts[0], l, each)
	}
	if err != nil {
		return pipeline.Edition{}, err
	}
	return pipeline.Edition{AsOf: d.asOf()}, nil
}
