// Package energistyrelsen reads the workbooks of the Danish Energy Agency
// (Energistyrelsen): the register of wind turbines, the count of heat and power
// producers, and the district heating nets.
//
// What to know about them:
//
//   - The turbine register has had two layouts. The old one has a sheet of
//     standing and one of decommissioned turbines (with one more column), eighteen
//     rows of titles, total rows at the foot, and production by year since 1977
//     and by month of the running year. The new one ("Vinddata.xlsx") is text
//     throughout, with decimal commas and production by month, and the contents of
//     its columns Kommune and Type af placering have changed places.
//   - Rotor and hub of 0 or 0.1 m are made up, and so is the position E 500000,
//     N 6250000: all three stand for "unknown".
//   - A blank production cell means different things: in the old layout that no
//     figure is stated, in the new one that the figure of a private owner is
//     withheld, or counted with its park in another workbook, which is not read.
//   - The producer count lists small plants of private owners without name and
//     number (blank or 0), and its columns differ from edition to edition.
//   - The district heating nets come by two methods of sharing fuel between heat
//     and power, and the two give different CO2 for the same heat.
//   - The agency has no service, only downloads whose addresses change with every
//     edition: they are found on its page of downloads by what the page calls them,
//     and known by their content. Old addresses go on answering.
package energistyrelsen

import (
	"context"
	"strings"

	"samkraft/pipeline"
	"samkraft/sources"
)

// Source is the Danish Energy Agency.
type Source struct{}

var _ pipeline.Source = Source{}

const (
	turbineRegister = "Stamdataregister"
	producerCount   = "Energiproducenttaellingen"
	heatNetworks    = "Fjernvarmenet"
)

// Publisher describes the agency and the data sets that are read.
func (Source) Publisher() pipeline.Publisher {
	return pipeline.Publisher{
		ID:              "energistyrelsen",
		Title:           "Danish Energy Agency",
		Name:            "Energistyrelsen",
		Licence:         "Energistyrelsen's terms for data: free use, with the source, the data set and its date named",
		Attribution:     "Contains data of Energistyrelsen (Danish Energy Agency)",
		Redistributable: true,
		Address:         "https://ens.dk",
		DataSets: []pipeline.DataSet{
			{
				ID: turbineRegister, Title: "Register of wind turbines (Stamdataregister for vindkraftanlæg)",
				Countries: []string{"DK"}, Mode: pipeline.Upsert, Version: 1,
				Tables: []pipeline.Table{turbineTable, turbineYearTable, turbineMonthTable},
			},
			{
				ID: producerCount, Title: "Count of heat and power producers (Energiproducenttællingen)",
				Countries: []string{"DK"}, Mode: pipeline.Upsert, Version: 1,
				Tables: []pipeline.Table{plantYearTable, plantFuelYearTable},
			},
			{
				ID: heatNetworks, Title: "District heating nets, fuels and CO2 (data om fjernvarmenet)",
				Countries: []string{"DK"}, Mode: pipeline.Upsert, Version: 1,
				Tables: []pipeline.Table{heatNetworkTable},
			},
		},
	}
}

// Recognise knows the workbooks by names of sheets that no other publisher uses
// and by the agency's own column names.
func (Source) Recognise(f pipeline.Sniff) (pipeline.Claim, bool) {
	for _, sheet := range f.Sheets {
		switch sheet {
		case oldStanding.name, oldDecommissioned.name, newSheet:
			return pipeline.Claim{DataSet: turbineRegister}, true
		case networkSheet:
			return pipeline.Claim{DataSet: heatNetworks}, true
		}
		if producerSheet(sheet) {
			return pipeline.Claim{DataSet: producerCount}, true
		}
	}
	switch {
	case f.Sheets == nil && f.Texts == "":
		return pipeline.Claim{}, false
	case holds(f.Texts, 3, "<t>vrkanl_ny<", "<t>brutto_TJ<", "<t>varmelev_TJ<", "<t>andel_varmelev<", "<t>indfyretkapacitet_MW<"):
		return pipeline.Claim{DataSet: producerCount}, true
	case holds(f.Texts, 2, "FV_NetID", "Varme_Lev_til_net", "Ellev (el/varme)"):
		return pipeline.Claim{DataSet: heatNetworks}, true
	}
	return pipeline.Claim{}, false
}

// producerSheet reports whether a sheet is named after the producer count and its
// years, as "EPT2021-2023".
func producerSheet(name string) bool {
	years, ok := strings.CutPrefix(name, "EPT")
	return ok && len(years) >= 4 && sources.Digits(years[:4])
}

// holds reports whether at least so many of the words stand in the text.
func holds(text string, least int, words ...string) bool {
	for _, w := range words {
		if strings.Contains(text, w) {
			least--
		}
	}
	return least <= 0
}

// Decode reads a workbook.
func (Source) Decode(ctx context.Context, x pipeline.Extract, out pipeline.Output) (pipeline.Edition, error) {
	book, err := sources.OpenWorkbook(x.Parts[0])
	if err != nil {
		return pipeline.Edition{}, err
	}
	defer book.Close()
	switch x.DataSet {
	case turbineRegister:
		return decodeTurbines(ctx, book, out)
	case producerCount:
		return decodePlants(ctx, book, out)
	case heatNetworks:
		return decodeNetworks(ctx, book, out)
	}
	return pipeline.Edition{}, &pipeline.Problem{File: x.Parts[0].Name, What: "the data set " + x.DataSet + " is not one of Energistyrelsen"}
}
