// Package klimaregnskabet reads the Danish Energy Agency's municipal energy and
// CO2 account (Energi- og CO2-regnskabet, klimaregnskabet.dk): emissions by
// sector and the share of renewable energy, by municipality and year.
//
// The account's own service needs a key and answers for one municipality and
// year at a time. What is read is one JSON document that puts its key figures
// together, as published at github.com/NielsKSchjoedt/groen-trepart-tracker. Its
// traps: municipality codes have four digits ("0253"); figures stand in arrays
// beside an array of years, so an array of another length would shift them;
// sectors may be below zero, and the renewable share above 1 (a municipality can
// produce more than it uses). Of the two totals that the account gives for a
// municipality the document has the smaller, which is the sum of its five
// sectors. The account is territorial and not comparable in method with Swedish
// ones.
package klimaregnskabet

import (
	"bytes"

	"samkraft/pipeline"
	"samkraft/sources"
)

// Source reads the account.
type Source struct{}

var _ pipeline.Source = Source{}

const (
	dataSet       = "by_kommune"
	emissionTable = "kr_sector_emission"
	shareTable    = "kr_renewable_share"
)

// Publisher describes the account.
func (Source) Publisher() pipeline.Publisher {
	year := pipeline.Column{Name: "year", Kind: pipeline.Integer, Unit: "1", Description: "Year of the account"}
	return pipeline.Publisher{
		ID:              "klimaregnskabet",
		Title:           "Energi- og CO2-regnskabet",
		Name:            "Energistyrelsen (Danish Energy Agency)",
		Licence:         "Free use with credit (the agency's terms)",
		Attribution:     "Source: Energi- og CO2-regnskabet, Energistyrelsen / klimaregnskabet.dk",
		Redistributable: true,
		Address:         "https://klimaregnskabet.dk",
		DataSets: []pipeline.DataSet{{
			ID: dataSet, Title: "Emissions by sector and renewable share of the municipalities", Countries: []string{"DK"}, Mode: pipeline.Upsert, Version: 1,
			Tables: []pipeline.Table{
				{
					Name:        emissionTable,
					Description: "Greenhouse gas emissions of each municipality by sector and year, territorial account.",
					Key:         []string{"country", "muni_code", "year", "publisher_sector"},
					Columns: []pipeline.Column{
						sources.DanishCountry, sources.DanishMuniCode, year,
						{Name: "publisher_sector", Kind: pipeline.Text, Description: "Sector in the publisher's words: energi, transport, landbrug, affald, industri; samlet is the publisher's own total"},
						{Name: "t_co2e", Kind: pipeline.Decimal3, Unit: "t", Description: "Tonnes of CO2 equivalents in the year; below zero where the sector stores or displaces more than it emits"},
						{Name: "value_status", Kind: pipeline.Text, Description: "What stands behind t_co2e: observed, zero or not_available"},
					},
				},
				{
					Name:        shareTable,
					Description: "Share of renewable energy in each municipality's energy use by year.",
					Key:         []string{"country", "muni_code", "year"},
					Columns: []pipeline.Column{
						sources.DanishCountry, sources.DanishMuniCode, year,
						{Name: "renewable_share", Kind: pipeline.Number, Unit: "1", Description: "Renewable energy over energy use (veAndel); above 1 where the municipality produces more than it uses"},
						{Name: "value_status", Kind: pipeline.Text, Description: "What stands behind renewable_share: observed, zero or not_available"},
					},
				},
			},
		}},
	}
}

// Recognise knows the document by the account's address and two of its own keys,
// so that a renamed key does not hide it.
func (Source) Recognise(f pipeline.Sniff) (pipeline.Claim, bool) {
	head := sources.Begin(f.Head)
	if !bytes.HasPrefix(head, []byte("{")) || !bytes.Contains(head, []byte("klimaregnskabet.dk")) {
		return pipeline.Claim{}, false
	}
	keys := 0
	for _, key := range []string{`"kommuneKode"`, `"samletUdledning"`, `"udledningPrCapita"`, `"sektorer"`, `"veAndel"`} {
		if bytes.Contains(head, []byte(key)) {
			keys++
		}
	}
	return pipeline.Claim{DataSet: dataSet}, keys >= 2
}
