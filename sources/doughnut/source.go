// Package doughnut reads indicators of the Danish municipalities that the
// doughnut project compiled from other publishers' data
// (github.com/augustseptimius-beep/doughnut, folder data): solar and wind
// capacity, the fuels of district heating, fossil heating of dwellings and
// emissions per inhabitant.
//
// They are third-hand figures, of use where the publishers' own files are not at
// hand, and their traps come from the compiling. No file but the emissions
// states its date. Shares are percent. A capacity that the source did not have
// was written 0.0. In the district heating file the columns mean one thing where
// the municipality has plants of its own (their fuels) and another where it has
// not (the mix of the network that supplies it), and a status tells which. Two
// columns of the emissions file, energiforbrug and ve_selvforsyning, have no
// stated unit and are not read.
package doughnut

import (
	"context"
	"fmt"

	"samkraft/pipeline"
)

// Source reads the compiled indicators.
type Source struct{}

var _ pipeline.Source = Source{}

// Publisher describes the compilation.
func (Source) Publisher() pipeline.Publisher {
	p := pipeline.Publisher{
		ID:              "doughnut",
		Title:           "Indicators of Danish municipalities, compiled by the doughnut project",
		Name:            "augustseptimius-beep/doughnut",
		Licence:         "Follows the source data: CC-BY-4.0 (Energinet, Statistics Denmark), free use with credit (Energistyrelsen, klimaregnskabet.dk)",
		Attribution:     "Source: Energinet, Statistics Denmark, Energistyrelsen and klimaregnskabet.dk, compiled by github.com/augustseptimius-beep/doughnut",
		Redistributable: true,
		Address:         "https://github.com/augustseptimius-beep/doughnut",
	}
	for _, s := range indicators {
		p.DataSets = append(p.DataSets, pipeline.DataSet{
			ID: s.id, Title: s.title, Countries: []string{"DK"}, Mode: pipeline.Replace, Version: 1, Tables: []pipeline.Table{s.table},
		})
	}
	return p
}

// Decode reads one of the files.
func (Source) Decode(ctx context.Context, x pipeline.Extract, out pipeline.Output) (pipeline.Edition, error) {
	if len(x.Parts) != 1 {
		return pipeline.Edition{}, &pipeline.Problem{What: fmt.Sprintf("an indicator is one file, not %d", len(x.Parts))}
	}
	for _, s := range indicators {
		if s.id == x.DataSet {
			return s.decode(ctx, x.Parts[0], out)
		}
	}
	return pipeline.Edition{}, &pipeline.Problem{File: x.Parts[0].Name, What: fmt.Sprintf("unknown data set %q", x.DataSet)}
}
