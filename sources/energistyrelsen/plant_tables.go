package energistyrelsen

import "samkraft/pipeline"

var plantYearTable = pipeline.Table{
	Name:        "ens_plant_year",
	Description: "Units of Danish plants that produce electricity or district heat, one row per unit and year. Production stands where the plant stands, not where its heat is used.",
	Key:         []string{"unit_id", "year"},
	Columns: []pipeline.Column{
		{Name: "plant_id", Kind: pipeline.Text, Description: "Number of the plant; null where the agency withholds it"},
		{Name: "unit_id", Kind: pipeline.Text, Description: "Number of the unit (plant-unit, as 1-14); where the agency withholds it, a name made of municipality, day of commissioning and a running number (withheld-259-2003-01-10-1)"},
		{Name: "year", Kind: pipeline.Integer, Unit: "year", Description: "Calendar year"},
		{Name: "country", Kind: pipeline.Text, Description: "DK"},
		{Name: "muni_code", Kind: pipeline.Text, Description: "Municipality in which the plant stands, three digits; null where the agency states none (0)"},
		{Name: "plant_name", Kind: pipeline.Text, Description: "Name of the plant; null where withheld"},
		{Name: "network_id", Kind: pipeline.Text, Description: "District heating net that the unit feeds (888 stands for block heating outside the nets); null where it feeds none"},
		{Name: "network_name", Kind: pipeline.Text, Description: "Name of the net; null where the unit feeds none"},
		{Name: "plant_type", Kind: pipeline.Text, Description: "central, decentral, district_heating, industrial, local or hydro"},
		{Name: "unit_type", Kind: pipeline.Text, Description: "Kind of unit in the agency's words: Kedel (boiler), Forbrændingsmotor (engine), Varmepumpe Luft (air heat pump), Elpatron (electric boiler), Solvarme, ..."},
		{Name: "industry_code", Kind: pipeline.Text, Description: "Industry of the plant by DB07, six digits; null where withheld"},
		{Name: "commissioned", Kind: pipeline.Date, Description: "Day on which the unit was taken into use"},
		{Name: "scrapped", Kind: pipeline.Date, Description: "Day on which the unit was scrapped; null while it is in use"},
		{Name: "fuel_capacity_mw", Kind: pipeline.Decimal6, Unit: "MW", Description: "Rated input of fuel"},
		{Name: "electric_capacity_mw", Kind: pipeline.Decimal6, Unit: "MW", Description: "Rated electric output"},
		{Name: "heat_capacity_mw", Kind: pipeline.Decimal6, Unit: "MW", Description: "Rated heat output"},
		{Name: "gross_tj", Kind: pipeline.Decimal6, Unit: "TJ", Description: "Fuel and other energy put in during the year"},
		{Name: "heat_produced_tj", Kind: pipeline.Decimal6, Unit: "TJ", Description: "Heat produced"},
		{Name: "heat_delivered_tj", Kind: pipeline.Decimal6, Unit: "TJ", Description: "Heat delivered to a net or a buyer; a few are negative, where a unit was kept warm by the net"},
		{Name: "electricity_produced_tj", Kind: pipeline.Decimal6, Unit: "TJ", Description: "Electricity produced"},
		{Name: "electricity_delivered_tj", Kind: pipeline.Decimal6, Unit: "TJ", Description: "Electricity delivered to the grid"},
		{Name: "share_heat", Kind: pipeline.Number, Unit: "1", Description: "Part of the input that the agency counts to delivered heat"},
		{Name: "share_electricity", Kind: pipeline.Number, Unit: "1", Description: "Part of the input that the agency counts to electricity"},
		{Name: "share_process", Kind: pipeline.Number, Unit: "1", Description: "Part of the input that the agency counts to process heat"},
		{Name: "identity_withheld", Kind: pipeline.Flag, Description: "The agency withholds which plant this is"},
	},
}

var plantFuelYearTable = pipeline.Table{
	Name:        "ens_plant_fuel_year",
	Description: "Energy put into each unit by fuel and year; a fuel that a unit did not use has no row.",
	Key:         []string{"unit_id", "year", "fuel"},
	Columns: []pipeline.Column{
		{Name: "unit_id", Kind: pipeline.Text, Description: "Number of the unit, as in ens_plant_year"},
		{Name: "year", Kind: pipeline.Integer, Unit: "year", Description: "Calendar year"},
		{Name: "fuel", Kind: pipeline.Text, Description: "coal, fuel_oil, waste_oil, gas_oil, refinery_gas, lpg, petroleum_coke, natural_gas, waste, biogas, straw, wood_chips, wood_waste, wood_pellets, bio_oil, fuel_free (surplus heat and the like), solar, hydro, electricity or ambient_heat"},
		{Name: "energy_tj", Kind: pipeline.Decimal6, Unit: "TJ", Description: "Energy put in, lower heating value"},
	},
}
