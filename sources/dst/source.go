package dst

import (
	"context"
	"fmt"

	"samkraft/pipeline"
	"samkraft/sources"
)

// Source reads StatBank answers.
type Source struct{}

var _ pipeline.Source = Source{}

const (
	areaSet         = "ARE207"
	populationSet   = "FOLK1A"
	areaTable       = "dst_area"
	populationTable = "dst_population"
)

// Publisher describes Statistics Denmark.
func (Source) Publisher() pipeline.Publisher {
	return pipeline.Publisher{
		ID:              "dst",
		Title:           "StatBank Denmark",
		Name:            "Danmarks Statistik (Statistics Denmark)",
		Licence:         "CC-BY-4.0",
		Attribution:     "Source: Statistics Denmark, StatBank",
		Redistributable: true,
		Address:         "https://api.statbank.dk/v1/data",
		DataSets: []pipeline.DataSet{
			{
				ID: areaSet, Title: "Area of the municipalities on 1 January", Countries: []string{"DK"}, Mode: pipeline.Upsert, Version: 1,
				Tables: []pipeline.Table{{
					Name:        areaTable,
					Description: "Area of each municipality on 1 January of the year. From 2011 it is the area of the cadastre, without lakes that belong to no plot; in 2011-2013 also without the roads of København and Frederiksberg.",
					Key:         []string{"country", "muni_code", "year"},
					Columns: []pipeline.Column{
						sources.DanishCountry, sources.DanishMuniCode,
						{Name: "year", Kind: pipeline.Integer, Unit: "1", Description: "Year; the area is that of 1 January"},
						{Name: "area_km2", Kind: pipeline.Decimal3, Unit: "km2", Description: "Area in square kilometres; empty where the publisher has no figure or states zero (Christiansø, which has no cadastre)"},
						{Name: "value_status", Kind: pipeline.Text, Description: "What stands behind area_km2: observed, not_available, not_applicable or suppressed"},
					},
				}},
			},
			{
				ID: populationSet, Title: "Population on the first day of the quarter or month (FOLK1A, FOLK1AM)", Countries: []string{"DK"}, Mode: pipeline.Upsert, Version: 1,
				Tables: []pipeline.Table{{
					Name:        populationTable,
					Description: "Population of each municipality, all sexes and ages, on the first day of a quarter (FOLK1A) or month (FOLK1AM).",
					Key:         []string{"country", "muni_code", "date"},
					Columns: []pipeline.Column{
						sources.DanishCountry, sources.DanishMuniCode,
						{Name: "date", Kind: pipeline.Date, Description: "The day of the count: the first day of the quarter or month"},
						{Name: "population", Kind: pipeline.Integer, Unit: "1", Description: "Inhabitants; empty where the publisher has no figure"},
						{Name: "value_status", Kind: pipeline.Text, Description: "What stands behind population: observed, not_available, not_applicable or suppressed"},
					},
				}},
			},
			buildings,
			dwellings,
		},
	}
}

// Decode reads an answer of one of the tables.
func (Source) Decode(ctx context.Context, x pipeline.Extract, out pipeline.Output) (pipeline.Edition, error) {
	switch x.DataSet {
	case buildingSet:
		return decodeBuildings(ctx, x, out)
	case dwellingSet:
		return decodeDwellings(ctx, x, out)
	}
	if len(x.Parts) != 1 {
		return pipeline.Edition{}, &pipeline.Problem{What: fmt.Sprintf("an answer is one file, not %d", len(x.Parts))}
	}
	switch x.DataSet {
	case areaSet:
		return decodeArea(ctx, x.Parts[0], out)
	case populationSet:
		return decodePopulation(ctx, x.Parts[0], out)
	}
	return pipeline.Edition{}, &pipeline.Problem{File: x.Parts[0].Name, What: fmt.Sprintf("unknown data set %q", x.DataSet)}
}
