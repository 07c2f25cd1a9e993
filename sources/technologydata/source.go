// Package technologydata reads PyPSA's technology-data: costs, efficiencies and
// lifetimes of energy technologies, compiled mostly from the catalogue of the
// Danish Energy Agency, in one file for every fifth year.
//
// Two things are not in the files. The year that the figures are for stands
// only in the file's name: nothing in the content tells it (the seven files have
// the same rows with the same texts), and to guess it from the figures would
// break with the compiler's next release. So this is the one publisher whose
// files must keep their names (costs_2030.csv, also compressed and in any
// folder). The name decides nothing else, and the content is held against it:
// the investment in onshore wind must be one that fits the year.
//
// Nor is the price base. The compiler's release v0.14.0 (February 2026) set it
// from euro of 2020 to euro of 2025, and restates exactly the parameters
// investment, VOM and fuel; other amounts (two rows) stay in the prices of their
// source, whose year is currency_year. Onshore wind tells the releases apart,
// because 2020 and 2025 differ by the factor 1.2623. What is in euro of 2025
// already must not be inflated again by currency_year, which is history there.
//
// Units differ from row to row (EUR/kW, EUR/kW_e, EUR/kWel, ...) and are kept as
// the publisher writes them.
package technologydata

import (
	"context"
	"path"
	"slices"
	"strconv"
	"strings"

	"samkraft/pipeline"
	"samkraft/sources"
)

// Source reads PyPSA's technology-data.
type Source struct{}

var _ pipeline.Source = Source{}

const (
	dataSet = "costs"
	tdCost  = "td_cost"
)

// header of a file; the last column came with prices of several years.
var header = []string{"technology", "parameter", "value", "unit", "source", "further description", "currency_year"}

// Publisher describes technology-data.
func (Source) Publisher() pipeline.Publisher {
	return pipeline.Publisher{
		ID:              "technologydata",
		Title:           "PyPSA technology-data",
		Name:            "PyPSA (compiled; most figures by the Danish Energy Agency)",
		Licence:         "none stated for the compiled tables; different terms for the sources of the rows",
		Attribution:     "PyPSA technology-data; the source of each figure is named beside it",
		Redistributable: false,
		Address:         "https://github.com/PyPSA/technology-data",
		DataSets: []pipeline.DataSet{{
			ID: dataSet, Title: "Costs and efficiencies of energy technologies", Countries: []string{"DK", "SE"}, Mode: pipeline.Upsert, Version: 1,
			Tables: []pipeline.Table{{
				Name:        tdCost,
				Description: "Costs, efficiencies and lifetimes of energy technologies by the year in which they are built. Not about a municipality.",
				Key:         []string{"technology", "parameter", "year"},
				Columns: []pipeline.Column{
					{Name: "technology", Kind: pipeline.Text, Description: "Technology as the publisher names it, for example onwind"},
					{Name: "parameter", Kind: pipeline.Text, Description: "What the value is: investment, FOM (percent of the investment a year), VOM, efficiency, lifetime, ..."},
					{Name: "year", Kind: pipeline.Integer, Unit: "year", Description: "Year that the figure is for, from the file's name"},
					{Name: "value", Kind: pipeline.Number, Unit: "as unit_text", Description: "The figure, in the unit of unit_text"},
					{Name: "unit_text", Kind: pipeline.Text, Description: "Unit as the publisher writes it"},
					{Name: "source_text", Kind: pipeline.Text, Description: "Source of the figure as the publisher names it; empty where it names none"},
					{Name: "price_base_year", Kind: pipeline.Integer, Unit: "year", Description: "Year of the prices in which value is stated; empty where value is no amount of money"},
					{Name: "original_price_year", Kind: pipeline.Integer, Unit: "year", Description: "Year of the prices in the source that value was computed from; never inflate by it where price_base_year is another year"},
				},
			}},
		}},
	}
}

// Recognise knows a file by its header: four of its names, one of them a name
// that no other publisher uses.
func (Source) Recognise(f pipeline.Sniff) (pipeline.Claim, bool) {
	found, own := 0, false
	for i, name := range strings.FieldsFunc(sources.FirstLine(f.Head), func(r rune) bool { return r == ',' || r == ';' || r == '\t' }) {
		if i == 20 {
			break
		}
		name = strings.Trim(name, "\" \r")
		if slices.Contains(header, name) {
			found++
			own = own || name == "further description" || name == "currency_year"
		}
	}
	return pipeline.Claim{DataSet: dataSet}, found >= 4 && own
}

// Decode turns the file of one year into rows.
func (Source) Decode(ctx context.Context, x pipeline.Extract, out pipeline.Output) (pipeline.Edition, error) {
	part := x.Parts[0]
	year, err := yearOf(part.Name)
	if err != nil {
		return pipeline.Edition{}, err
	}
	c, err := sources.OpenCSV(part, ',', sources.UTF8)
	if err != nil {
		return pipeline.Edition{}, err
	}
	defer c.Close()
	if err := c.Expect(header...); err != nil {
		return pipeline.Edition{}, err
	}
	checked := false
	err = c.Each(ctx, func(cells []string) error {
		r, err := readRow(c, cells)
		if err != nil {
			return err
		}
		if r.technology == "onwind" && r.parameter == "investment" {
			if err := checkRelease(c, year, r); err != nil {
				return err
			}
			checked = true
		}
		return out.Row(tdCost, c.Location(), r.technology, r.parameter, year, r.value, r.unit, r.source, r.priceBase, r.original)
	})
	if err != nil {
		return pipeline.Edition{}, err
	}
	if !checked {
		return pipeline.Edition{}, &pipeline.Problem{File: part.Name, What: "there is no row onwind, investment", Expected: "it, because it tells the prices that the file is in"}
	}
	return pipeline.Edition{}, nil
}

// yearOf reads the year from the file's name: costs_2030.csv, in any folder,
// compressed or not.
func yearOf(name string) (int, error) {
	base := path.Base(name)
	_, rest, ok := strings.Cut(base, "costs_")
	year, err := strconv.Atoi(rest[:min(4, len(rest))])
	if ok && err == nil && (len(rest) <= 4 || rest[4] < '0' || rest[4] > '9') {
		if _, known := onshoreWind[year]; known {
			return year, nil
		}
	}
	return 0, &pipeline.Problem{File: name, What: "the year of the figures is not in the file's name, and it stands nowhere else",
		Expected: "the publisher's name for the file, such as costs_2030.csv, with 2020, 2025, 2030, 2035, 2040, 2045 or 2050", Remedy: "name the file as it was downloaded"}
}
