package energistyrelsen

import "samkraft/pipeline"

var turbineTable = pipeline.Table{
	Name:        "ens_turbine",
	Description: "Wind turbines of Denmark, standing and decommissioned, one row each.",
	Key:         []string{"turbine_id"},
	Columns: []pipeline.Column{
		{Name: "turbine_id", Kind: pipeline.Text, Description: "The turbine's number (GSRN, 18 digits), the same in all editions and layouts of the register"},
		{Name: "country", Kind: pipeline.Text, Description: "DK"},
		{Name: "muni_code", Kind: pipeline.Text, Description: "Municipality in which the turbine stands, three digits; null where the register does not know it. A turbine at sea can carry the municipality of its cable"},
		{Name: "status", Kind: pipeline.Text, Description: "standing or decommissioned"},
		{Name: "placement", Kind: pipeline.Text, Description: "land or sea"},
		{Name: "capacity_kw", Kind: pipeline.Decimal3, Unit: "kW", Description: "Rated electric capacity; null where it is not stated"},
		{Name: "rotor_m", Kind: pipeline.Number, Unit: "m", Description: "Rotor diameter; null where the register holds no figure or a made-up one (0 or 0.1)"},
		{Name: "hub_m", Kind: pipeline.Number, Unit: "m", Description: "Height of the hub above ground; null where the register holds no figure or a made-up one (0 or 0.1)"},
		{Name: "manufacturer", Kind: pipeline.Text, Description: "Manufacturer; null where unknown"},
		{Name: "model", Kind: pipeline.Text, Description: "Type of turbine as the register writes it; null where unknown"},
		{Name: "x_m", Kind: pipeline.Number, Unit: "m", Description: "Easting in UTM zone 32N, ETRS89 (EPSG:25832); null where withheld (turbines of private homes) or made up"},
		{Name: "y_m", Kind: pipeline.Number, Unit: "m", Description: "Northing in UTM zone 32N, ETRS89 (EPSG:25832); null where withheld (turbines of private homes) or made up"},
		{Name: "lon_deg", Kind: pipeline.Number, Unit: "deg", Description: "Longitude east, computed from the position; null where there is none or it lies outside Denmark"},
		{Name: "lat_deg", Kind: pipeline.Number, Unit: "deg", Description: "Latitude north, computed from the position; null where there is none or it lies outside Denmark"},
		{Name: "connected", Kind: pipeline.Date, Description: "Day of the first connection to the grid"},
		{Name: "decommissioned", Kind: pipeline.Date, Description: "Day on which the turbine was taken out of the register; null while it stands"},
	},
}

var turbineYearTable = pipeline.Table{
	Name:        "ens_turbine_year",
	Description: "Electricity fed in by each Danish wind turbine and year. A year for which the register states nothing has no row. From 2019 the turbine owner's own use is included.",
	Key:         []string{"turbine_id", "year"},
	Columns: []pipeline.Column{
		{Name: "turbine_id", Kind: pipeline.Text, Description: "The turbine's number (GSRN, 18 digits)"},
		{Name: "year", Kind: pipeline.Integer, Unit: "year", Description: "Calendar year"},
		{Name: "energy_kwh", Kind: pipeline.Decimal3, Unit: "kWh", Description: "Electricity produced in the year; a few are negative, where a turbine drew more than it fed in or a figure was corrected"},
		{Name: "value_status", Kind: pipeline.Text, Description: "What stands behind the figure: observed or zero"},
	},
}

var turbineMonthTable = pipeline.Table{
	Name:        "ens_turbine_month",
	Description: "Electricity fed in by each Danish wind turbine and month: the running year of the old layout, 2023 and later of the new one. Some turbines are read every quarter, so that a quarter can stand in one month.",
	Key:         []string{"turbine_id", "month"},
	Columns: []pipeline.Column{
		{Name: "turbine_id", Kind: pipeline.Text, Description: "The turbine's number (GSRN, 18 digits)"},
		{Name: "month", Kind: pipeline.Date, Description: "First day of the month"},
		{Name: "energy_kwh", Kind: pipeline.Decimal3, Unit: "kWh", Description: "Electricity produced in the month; null where it is withheld"},
		{Name: "value_status", Kind: pipeline.Text, Description: "What stands behind the figure: observed, zero, or suppressed where a private owner's production is withheld"},
	},
}
