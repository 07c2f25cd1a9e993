package balmorel

import (
	"samkraft/pipeline"
	"samkraft/sources"
)

// layout is a data set as its file shows it.
type layout struct {
	set    pipeline.DataSet
	table  string   // that holds the figures
	sets   []string // over which it is declared, in order
	area   int      // the place of the municipality among them
	year   int      // the place of the year, or -1
	item   int      // the place of the user, fuel or technology, or -1
	suffix []string // that a municipality's name must carry, by place among items; nil means none
	items  []item
	model  string // the parameter that the model reads and the table must be copied to; "" where the table is it
	status bool   // the staged table has value_status
	scaled bool   // the columns that are read must be rescaled by a statement
	dated  bool   // the year is a past one, that the figures are measured or counted for
}

// item is a label of the file and its name in the staged table; an empty name
// means that the label is known and not read.
type item struct{ label, name string }

func year(what string) pipeline.Column {
	return pipeline.Column{Name: "year", Kind: pipeline.Integer, Unit: "a", Description: what}
}

func statusOf(column string) pipeline.Column {
	return pipeline.Column{Name: "value_status", Kind: pipeline.Text, Description: "What stands behind " + column + ": observed (as the file states it) or zero"}
}

// declare builds a data set of one table keyed by municipality and more.
func declare(id, title, table, description string, key []string, columns ...pipeline.Column) pipeline.DataSet {
	all := append([]pipeline.Column{
		{Name: "country", Kind: pipeline.Text, Description: "DK"},
		{Name: "muni_code", Kind: pipeline.Text, Description: "Municipality, three digits"},
	}, columns...)
	return pipeline.DataSet{ID: id, Title: title, Countries: []string{"DK"}, Mode: pipeline.Replace, Version: 1,
		Tables: []pipeline.Table{{Name: table, Description: description, Key: append([]string{"country", "muni_code"}, key...), Columns: all}}}
}

func heat(id, title, table, description, users string) pipeline.DataSet {
	return declare(id, title, table, description, []string{"year", "heat_user"},
		year("Calendar year of the demand"),
		pipeline.Column{Name: "heat_user", Kind: pipeline.Text, Description: users},
		pipeline.Column{Name: "heat_mwh", Kind: pipeline.Decimal3, Unit: "MWh", Description: "Heat demand in the year, gross, as modelled by Varmeplan Danmark 2021 (AAU)"},
		statusOf("heat_mwh"))
}

func fullLoad(id, title, table, description string) pipeline.DataSet {
	return declare(id, title, table, description, nil,
		pipeline.Column{Name: "full_load_h", Kind: pipeline.Decimal6, Unit: "h", Description: "Hours at full capacity that give the year's production, weather of 2023, modelled"})
}

var layouts = []layout{
	{
		set: declare("DE", "Electricity consumption by sector", "bal_electricity",
			"Electricity consumption by municipality and sector, summed from Energinet's hourly ConsumptionIndustry", []string{"year", "user"},
			year("Year of the consumption, counted as ISO weeks 1 to 52: 2023 is 2 January to 31 December"),
			pipeline.Column{Name: "user", Kind: pipeline.Text, Description: "Sector: RESE households, PII business, OTHER public; Energinet's Privat, Erhverv, Offentligt"},
			pipeline.Column{Name: "energy_mwh", Kind: pipeline.Decimal3, Unit: "MWh", Description: "Electricity consumption in the year; the file gives seven digits"},
			statusOf("energy_mwh")),
		table: "DE1", sets: []string{"RRR", "DEUSER", "YYY"}, area: 0, item: 1, year: 2, model: "DE", status: true, dated: true,
		items: []item{{"RESE", "RESE"}, {"PII", "PII"}, {"OTHER", "OTHER"}},
	},
	{
		set: heat("DH", "District heating demand", "bal_district_heat",
			"Demand for district heating by municipality", "RESH: buildings with district heating"),
		table: "DH1", sets: []string{"DHUSER", "AAA", "YYY"}, item: 0, area: 1, year: 2, model: "DH", status: true, dated: true,
		items: []item{{"RESH", "RESH"}}, suffix: []string{"_A"},
	},
	{
		set: heat("INDIVUSERS_DH", "Heat demand of individually heated buildings", "bal_individual_heat",
			"Heat demand of buildings with their own heating by municipality", "RESIDENTIAL: buildings with their own heating"),
		table: "DH1_INDIVHEATING", sets: []string{"DHUSER", "AAA", "YYY"}, item: 0, area: 1, year: 2, model: "DH", status: true, dated: true,
		items: []item{{"RESIDENTIAL", "RESIDENTIAL"}}, suffix: []string{"_IDVU-SPACEHEAT"},
	},
	{
		set: heat("INDUSTRY_DH", "Industrial heat demand by temperature", "bal_industry_heat",
			"Industrial heat demand outside district heating by municipality and temperature", "Temperature of the heat: IND-PHL low, IND-PHM medium, IND-PHH high"),
		table: "DH1_IND", sets: []string{"DHUSER", "AAA", "YYY"}, item: 0, area: 1, year: 2, model: "DH", status: true, dated: true,
		items:  []item{{"IND-PHL", "IND-PHL"}, {"IND-PHM", "IND-PHM"}, {"IND-PHH", "IND-PHH"}},
		suffix: []string{"_IND-LT-NODH", "_IND-MT-NODH", "_IND-HT-NODH"},
	},
	{
		set: declare("SUBTECHGROUPKPOT", "Potential of solar and wind on land", "bal_capacity_potential",
			"Largest capacity of solar power on the ground and wind on land by municipality, modelled", []string{"technology"},
			pipeline.Column{Name: "technology", Kind: pipeline.Text, Description: "pv_ground (solar power on the ground) or wind_onshore"},
			pipeline.Column{Name: "capacity_mw", Kind: pipeline.Decimal6, Unit: "MW", Description: "Capacity that the model may build at most; modelled, not measured"}),
		table: "SUBTECHGROUPKPOT", sets: []string{"CCCRRRAAA", "TECH_GROUP", "SUBTECH_GROUP"}, area: 0, item: 1, year: -1, suffix: []string{"_A", "_A"},
		items: []item{{"SOLARPV.RG1", "pv_ground"}, {"WINDTURBINE_ONSHORE.RG1", "wind_onshore"}},
	},
	{
		set:   fullLoad("SOLEFLH", "Full load hours of solar power", "bal_solar_full_load_hours", "Full load hours of solar power by municipality, modelled"),
		table: "SOLEFLH", sets: []string{"AAA"}, area: 0, item: -1, year: -1, suffix: []string{"_A"},
	},
	{
		set:   fullLoad("WNDFLH", "Full load hours of wind on land", "bal_wind_full_load_hours", "Full load hours of wind turbines on land by municipality, modelled"),
		table: "WNDFLH", sets: []string{"AAA"}, area: 0, item: -1, year: -1, suffix: []string{"_A"},
	},
	{
		set: declare("GMAXF", "Potential of straw and wood", "bal_biomass_potential",
			"Most straw and wood that may be used in a year by municipality: a national amount, spread by the file's own key", []string{"year", "fuel"},
			year("Year of the model's scenario that the limit is for"),
			pipeline.Column{Name: "fuel", Kind: pipeline.Text, Description: "straw or wood"},
			pipeline.Column{Name: "energy_gj", Kind: pipeline.Decimal6, Unit: "GJ", Description: "Fuel energy per year after the rescaling that the file's last lines order; modelled, not measured"},
			statusOf("energy_gj")),
		table: "GMAXF", sets: []string{"YYY", "CCCRRRAAA", "FFF"}, year: 0, area: 1, item: 2, status: true, scaled: true,
		items: []item{{"BIOGAS", ""}, {"STRAW", "straw"}, {"WOOD", "wood"}, {"WOODCHIPS", ""}, {"WOODPELLETS", ""}, {"WOODWASTE", ""}},
	},
}

// asOf is the last day of the last year that the figures are counted for. A
// scenario year says nothing about the age of a file.
func (l *layout) asOf(values []value) string {
	last := 0
	for _, v := range values {
		last = max(last, v.year)
	}
	if !l.dated || last == 0 {
		return ""
	}
	return sources.EndOfYear(last)
}
