// Package eurostat reads and asks Eurostat's heating and cooling degree days of the
// NUTS 3 regions of Denmark and Sweden, by year and by month.
//
// They are of another definition than the plan's own: a day with a mean temperature
// of at most 15 degrees Celsius counts with what it lies below 18 (heating), one of at
// least 24 with what it lies above 21 (cooling), each region as the mean of a weather
// grid. So no figure here is comparable with degree days of base 17, and none is ever
// put in their place.
//
// The answer is JSON-stat 2.0 with sparse values: an object of cells by their flat
// index, in which what is not known is absent, and beside it one of flags. The label
// of the data set, not its code, is what an answer begins with.
package eurostat

import (
	"bytes"
	"context"
	"fmt"

	"samkraft/pipeline"
	"samkraft/sources"
)

// Source reads Eurostat.
type Source struct{}

var _ pipeline.Source = Source{}

const (
	annual  = "nrg_chddr2_a"
	monthly = "nrg_chddr2_m"

	yearTable  = "eurostat_degree_days_year"
	monthTable = "eurostat_degree_days_month"
)

// Publisher describes Eurostat.
func (Source) Publisher() pipeline.Publisher {
	return pipeline.Publisher{
		ID:              "eurostat",
		Title:           "Heating and cooling degree days by region",
		Name:            "Eurostat, from the Joint Research Centre's weather grid",
		Licence:         "free reuse with credit (Commission Decision 2011/833/EU)",
		Attribution:     "Source: Eurostat",
		Redistributable: true,
		Address:         "https://ec.europa.eu/eurostat/databrowser/view/nrg_chddr2_m",
		DataSets: []pipeline.DataSet{
			{ID: annual, Title: "Heating and cooling degree days of regions by year", Countries: []string{"DK", "SE"}, Mode: pipeline.Upsert, Version: 1,
				Tables: []pipeline.Table{table(yearTable, "a year")}},
			{ID: monthly, Title: "Heating and cooling degree days of regions by month", Countries: []string{"DK", "SE"}, Mode: pipeline.Upsert, Version: 1,
				Tables: []pipeline.Table{table(monthTable, "a month", pipeline.Column{Name: "month", Kind: pipeline.Integer, Unit: "1", Description: "Month, 1 to 12"})}},
		},
	}
}

func table(name, period string, more ...pipeline.Column) pipeline.Table {
	t := pipeline.Table{
		Name: name,
		Description: "Eurostat's degree days of " + period + " in a NUTS 3 region. HDD: the sum over days of at most 15 degrees Celsius of what they lie below 18. " +
			"CDD: over days of at least 24, of what they lie above 21. Not comparable with degree days of base 17.",
		Key: []string{"nuts3", "indicator", "year"},
		Columns: []pipeline.Column{
			sources.Text("nuts3", "Region of NUTS 3: SE231 is Halland"),
			sources.Text("indicator", "HDD for heating, CDD for cooling"),
			{Name: "year", Kind: pipeline.Integer, Unit: "year", Description: "Calendar year"},
		},
	}
	for _, c := range more {
		t.Key = append(t.Key, c.Name)
		t.Columns = append(t.Columns, c)
	}
	t.Columns = append(t.Columns,
		pipeline.Column{Name: "degree_days", Kind: pipeline.Decimal3, Unit: "Kd", Description: "Degree days by Eurostat's definition (heating: below 15, from 18; cooling: above 24, from 21); empty where there is no figure"},
		sources.Text("value_status", "What stands behind degree_days: observed, zero, estimated, suppressed, not_applicable or not_available"),
		sources.Text("flag", "Eurostat's flags as they stand: p provisional, e and s estimated, b break in the series, and others; empty without one"))
	return t
}

// Recognise knows an answer by Eurostat's name and by the code of the data set, or,
// where that stands behind more values than are seen, by its label.
func (Source) Recognise(f pipeline.Sniff) (pipeline.Claim, bool) {
	head := bytes.ToLower(sources.Begin(f.Head))
	if !bytes.HasPrefix(head, []byte("{")) || !bytes.Contains(head, []byte(`"estat"`)) {
		return pipeline.Claim{}, false
	}
	label, _, _ := bytes.Cut(head, []byte(`"value"`))
	regional := bytes.Contains(label, []byte("degree days")) && bytes.Contains(label, []byte("nuts 3"))
	switch {
	case bytes.Contains(head, []byte(annual)), regional && bytes.Contains(label, []byte("annual")):
		return pipeline.Claim{DataSet: annual}, true
	case bytes.Contains(head, []byte(monthly)), regional && bytes.Contains(label, []byte("monthly")):
		return pipeline.Claim{DataSet: monthly}, true
	}
	return pipeline.Claim{}, false
}

// Decode turns an answer into rows.
func (Source) Decode(ctx context.Context, x pipeline.Extract, out pipeline.Output) (pipeline.Edition, error) {
	if len(x.Parts) != 1 {
		return pipeline.Edition{}, &pipeline.Problem{What: fmt.Sprintf("an answer is one file, not %d", len(x.Parts))}
	}
	if x.DataSet != annual && x.DataSet != monthly {
		return pipeline.Edition{}, &pipeline.Problem{File: x.Parts[0].Name, What: fmt.Sprintf("unknown data set %q", x.DataSet)}
	}
	return decode(ctx, x.DataSet, x.Parts[0], out)
}
