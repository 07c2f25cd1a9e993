package scb

import (
	"context"

	"samkraft/pipeline"
)

// Source is Statistics Sweden.
type Source struct{}

var _ pipeline.Source = Source{}

// Publisher describes the source.
func (Source) Publisher() pipeline.Publisher {
	p := pipeline.Publisher{
		ID:              "scb",
		Title:           "Statistics Sweden: energy statistics of municipalities and regions, population",
		Name:            "Statistiska centralbyrån (SCB)",
		Licence:         "SCB open data: free to use, credit asked for",
		Attribution:     "Statistics Sweden (SCB); energy: the Swedish Energy Agency (Energimyndigheten) through SCB",
		Redistributable: true,
		Address:         "https://www.statistikdatabasen.scb.se",
	}
	for _, t := range kreTables {
		p.DataSets = append(p.DataSets, pipeline.DataSet{
			ID: t.dataSet, Title: t.title, Countries: []string{"SE"}, Mode: pipeline.Upsert, Version: 1,
			Tables: []pipeline.Table{t.declaration()},
		})
	}
	p.DataSets = append(p.DataSets, pipeline.DataSet{
		ID: folkmangd, Title: "Population of municipalities on 31 December (workbook be0101_tabhel)", Countries: []string{"SE"}, Mode: pipeline.Upsert, Version: 1,
		Tables: []pipeline.Table{populationTable},
	})
	return p
}

// Decode turns an extract into rows: a file, or the answers to a question.
func (Source) Decode(ctx context.Context, x pipeline.Extract, out pipeline.Output) (pipeline.Edition, error) {
	answer, err := isAnswer(x.Parts[0])
	if err != nil {
		return pipeline.Edition{}, err
	}
	if x.DataSet == folkmangd {
		if answer {
			return decodePopulationAnswers(ctx, x.Parts, out)
		}
		return decodePopulation(ctx, x.Parts[0], out)
	}
	t, ok := tableOf(x.DataSet)
	switch {
	case !ok:
		return pipeline.Edition{}, &pipeline.Problem{File: x.Parts[0].Name, What: "scb has no data set " + x.DataSet}
	case answer:
		return t.decodeAnswers(ctx, x.Parts, out)
	}
	return t.decode(ctx, x.Parts[0], out)
}

// tableOf returns the energy table of a data set.
func tableOf(dataSet string) (kreTable, bool) {
	for _, t := range kreTables {
		if t.dataSet == dataSet {
			return t, true
		}
	}
	return kreTable{}, false
}
