package doughnut

import (
	"fmt"
	"strconv"

	"samkraft/pipeline"
	"samkraft/sources"
)

// emissions is klimaregnskab_kontekst.csv, compiled from klimaregnskabet.dk. Its
// columns energiforbrug and ve_selvforsyning have no stated unit and are not read.
var emissions = indicator{
	id:     "klimaregnskab_kontekst",
	title:  "Emissions per inhabitant of the municipalities by sector",
	header: []string{"kommune_kode", "kommune_navn", "klima_landbrug", "klima_energi", "klima_transport", "energiforbrug", "ve_selvforsyning", "year"},
	table: pipeline.Table{
		Name:        "dn_emission_per_capita",
		Description: "Greenhouse gas emissions per inhabitant of each municipality in agriculture, energy and transport, from the national municipal account.",
		Key:         []string{"country", "muni_code", "year", "publisher_sector"},
		Columns: []pipeline.Column{
			sources.DanishCountry, sources.DanishMuniCode,
			{Name: "year", Kind: pipeline.Integer, Unit: "1", Description: "Year of the account"},
			{Name: "publisher_sector", Kind: pipeline.Text, Description: "Sector in the publisher's words: landbrug, energi or transport"},
			{Name: "t_co2e_per_capita", Kind: pipeline.Number, Unit: "t/person", Description: "Tonnes of CO2 equivalents per inhabitant and year; below zero where land stores more than the sector emits"},
			{Name: "value_status", Kind: pipeline.Text, Description: "What stands behind t_co2e_per_capita: observed, zero or not_available"},
		},
	},
	rows: emissionRows,
}

func emissionRows(r *row, out pipeline.Output) (string, error) {
	year, err := strconv.Atoi(r.text("year"))
	if err != nil || year < 1990 || year > 2100 {
		return "", r.problem("year", fmt.Sprintf("%q is no year of an account", r.text("year")), "a year from 1990")
	}
	for _, sector := range []string{"landbrug", "energi", "transport"} {
		d, status, err := r.number("klima_"+sector, -1000, 1000)
		if err != nil {
			return "", err
		}
		var value any
		if d != nil {
			value = *d
		}
		if err := out.Row("dn_emission_per_capita", r.Location(), r.m.Country, r.m.Code, year, sector, value, status); err != nil {
			return "", err
		}
	}
	return sources.EndOfYear(year), nil
}
