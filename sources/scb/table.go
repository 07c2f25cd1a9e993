package scb

import (
	"samkraft/pipeline"
	"samkraft/sources"
)

// kreTable is one of the energy tables. As a file it has three columns of labels,
// then one column per year; in an answer of the service these are four variables.
type kreTable struct {
	dataSet, title string
	header         [3]string // as SCB writes it; also the texts of the service's variables
	variables      [3]string // their codes in the service
	contents       []string  // the codes of what is counted, newest table first
	second, third  axis
	table          string
	about          string
	columns        [2]pipeline.Column // of the codes
}

const (
	slutAnvSektor = "SlutAnvSektor"
	prodbrEl      = "ProdbrEl"
	prodbrFj      = "ProdbrFj"
	energiKommKat = "EnergiKommKat"
)

const fuelCodes = "905 liquid fossil, 910 solid fossil, 915 gaseous fossil, 920 liquid renewable, 925 solid renewable, 930 gaseous renewable, other (a row of its own in 2005-2008)"

var kreTables = []kreTable{
	{
		dataSet:   slutAnvSektor,
		title:     "Final energy use by user category and fuel (SlutAnvSektor, TAB3654; 2005-2008 000000BS)",
		header:    [3]string{"region", "förbrukarkategori", "bränsletyp"},
		variables: [3]string{"Region", "Forbrukningskategri", "Bransle"},
		contents:  []string{"EN0203AE", "000000BS"},
		second:    newAxis(categoryPairs),
		third:     newAxis(usePairs),
		table:     "scb_final_use",
		about:     "Final energy use of Swedish municipalities, counties and the nation, by user category and fuel: delivered energy, not corrected for weather. Fuels for transport are deliveries to filling stations in the municipality. A secret part may be missing from a total, and a total may be secret itself.",
		columns: [2]pipeline.Column{
			sources.Text("category", "User category, SCB's code: 911 agriculture, forestry and fishing; 921 industry and construction; 931 public services; 941 transport; 951 other services; 98 one- and two-dwelling houses; 97 multi-dwelling buildings; 964 holiday homes; 999 all."),
			sources.Text("fuel", "Fuel or carrier, SCB's code: "+fuelCodes+", 14 district heat, 16 electricity, 955 all."),
		},
	},
	{
		dataSet:   prodbrEl,
		title:     "Electricity production and its fuels by production type (ProdbrEl, TAB3451; 2005-2008 000000BQ)",
		header:    [3]string{"region", "produktionssätt", "bränsletyp"},
		variables: [3]string{"Region", "Produktionssatt", "Bransle"},
		contents:  []string{"EN0203AD", "000000BQ"},
		second:    newAxis(electricityTypePairs),
		third:     newAxis(electricityPairs),
		table:     "scb_electricity_production",
		about:     "Electricity produced in Swedish municipalities, counties and the nation, and the fuels put in, by production type. Before 2012 wind power is secret in many municipalities, and the total leaves it out without saying so.",
		columns: [2]pipeline.Column{
			sources.Text("production_type", "Production type, SCB's code: 4.1 hydro power, 4.2 wind power, 4.7 solar power, 4.5+4.6 combined heat and power and industrial back-pressure, 4.3+4.4 other thermal power (nuclear, condensing); total: all types that are shown."),
			sources.Text("fuel", "What is counted, SCB's code: 17 electricity produced; fuel put in: "+fuelCodes+", 950 all fuels."),
		},
	},
	{
		dataSet:   prodbrFj,
		title:     "District heat production and its fuels by production type (ProdbrFj, TAB3452; 2005-2008 000000BR)",
		header:    [3]string{"region", "produktionssätt", "bränsletyp"},
		variables: [3]string{"Region", "Produktionssatt", "Bransle"},
		contents:  []string{"EN0203AC", "000000BR"},
		second:    newAxis(heatTypePairs),
		third:     newAxis(heatPairs),
		table:     "scb_district_heat_production",
		about:     "District heat produced in Swedish municipalities, counties and the nation, and the fuels put in, by production type.",
		columns: [2]pipeline.Column{
			sources.Text("production_type", "Production type, SCB's code: 4.6 combined heat and power plants, 4.7 heat-only plants (not solar power, which has this code in the electricity table), 01 electric boilers, 4.6.1+4.7.1 heat pumps, 4.6.2+4.7.2 waste heat; flue_gas_condensation; total: all types."),
			sources.Text("fuel", "What is counted, SCB's code: 20 heat produced; fuel put in: "+fuelCodes+", 950 all fuels."),
		},
	},
	{
		dataSet:   energiKommKat,
		title:     "Energy by category and energy type, 1990 and 1995-2008 (EnergiKommKat, closed)",
		header:    [3]string{"region", "kategori", "energityp"},
		variables: [3]string{"Region", "Kategori", "Energityp"},
		contents:  []string{"EN0203AB"},
		second:    axis{categoryNumber, categoryNumbers},
		third:     newAxis(carrierPairs),
		table:     "scb_energy_by_category",
		about:     "Energy balance of Swedish municipalities, counties and the nation by category and energy type, 1990, 1995 and 2000-2008; closed, with other categories than the tables of today. Figures may be below zero: net export of electricity, and corrections.",
		columns: [2]pipeline.Column{
			sources.Text("category", "SCB's number: 2 gross supply; 3 put into conversion, 3.1-3.7.1 by kind of plant; 4 given by conversion, 4.1-4.7.2 by kind of plant; 5 own use of the energy sector, 5.1-5.7.1 by kind of plant; 7 transmission losses; 9 final use: 9.1 agriculture, forestry and fishing, 9.2 industry and construction, 9.3 public services, 9.4 transport, 9.5 other services, 9.6 households (9.6.1 one- and two-dwelling houses, 9.6.1.1 those heated by electricity, 9.6.2 multi-dwelling buildings, 9.6.3 holiday homes). A number is part of the shorter number it begins with."),
			sources.Text("carrier", "Energy type: waste, black_liquor, petrol, diesel, electricity, light_fuel_oil (eldningsolja 1), heavy_fuel_oil (eldningsolja >1), district_heat, lpg, coke, natural_gas, coal, peat, wood_fuel, other, total."),
		},
	},
}

// declaration describes the staged table. The order of columns is that of the
// values in decode.
func (t kreTable) declaration() pipeline.Table {
	return pipeline.Table{
		Name:        t.table,
		Description: t.about,
		Key:         []string{"country", "region_code", "year", t.columns[0].Name, t.columns[1].Name},
		Columns: []pipeline.Column{
			sources.SwedishCountry,
			sources.Text("region_code", "SCB's code of the area: 00 nation, two digits county, four digits municipality. Heby is 1917 until 2006 and 0331 from 2007."),
			sources.Text("level", "What the area is: nation, county or municipality."),
			sources.Text("muni_code", "Municipality that the figure is about, by today's code; empty for nation and counties, and where the code was not in use that year."),
			{Name: "year", Kind: pipeline.Integer, Unit: "1", Description: "Calendar year."},
			t.columns[0],
			t.columns[1],
			{Name: "energy_mwh", Kind: pipeline.Decimal3, Unit: "MWh", Description: "Energy in the year; empty where the publisher gives none."},
			sources.Text("value_status", "What stands behind the figure: observed, zero, suppressed (secret), not_applicable (the area's code was not in use that year)."),
		},
	}
}
