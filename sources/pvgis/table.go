package pvgis

import (
	"samkraft/pipeline"
	"samkraft/sources"
)

var country = sources.Text("country", "Country of the municipality: DK or SE")
var muniCode = sources.Text("muni_code", "Municipality code: three digits in Denmark, four in Sweden")

var yields = pipeline.Table{
	Name:        yieldTable,
	Description: "What a kilowatt of photovoltaic panels at the centre of a municipality yields in a mean year of the radiation database, after losses.",
	Key:         []string{"country", "muni_code"},
	Columns: []pipeline.Column{
		country, muniCode,
		{Name: "kwh_per_kwp", Kind: pipeline.Number, Unit: "kWh/kWp", Description: "Energy of a mean year per kilowatt of peak power, after all losses"},
		{Name: "sd_kwh_per_kwp", Kind: pipeline.Number, Unit: "kWh/kWp", Description: "Standard deviation of that energy from year to year"},
		{Name: "irradiation_kwh_per_m2", Kind: pipeline.Number, Unit: "kWh/m2", Description: "Sunlight that falls on the panels' plane in a mean year"},
		{Name: "slope_deg", Kind: pipeline.Number, Unit: "deg", Description: "Slope of the panels from the horizontal"},
		{Name: "azimuth_deg", Kind: pipeline.Number, Unit: "deg", Description: "Direction of the panels: 0 is south, 90 west, -90 east"},
		{Name: "system_loss_percent", Kind: pipeline.Number, Unit: "%", Description: "Losses of cables, inverter and age that were asked for"},
		sources.Text("technology", "Kind of panels, as PVGIS names it: c-Si is crystalline silicon"),
		sources.Text("radiation_db", "Radiation database: PVGIS-SARAH3 from satellites, PVGIS-ERA5 where they do not see"),
		{Name: "first_year", Kind: pipeline.Integer, Unit: "year", Description: "First year of the mean"},
		{Name: "last_year", Kind: pipeline.Integer, Unit: "year", Description: "Last year of the mean"},
	},
}

var months = pipeline.Table{
	Name:        monthTable,
	Description: "What a kilowatt of photovoltaic panels at the centre of a municipality yields in each month of a mean year, after losses.",
	Key:         []string{"country", "muni_code", "month"},
	Columns: []pipeline.Column{
		country, muniCode,
		{Name: "month", Kind: pipeline.Integer, Unit: "1", Description: "Month, 1 to 12"},
		{Name: "kwh_per_kwp", Kind: pipeline.Number, Unit: "kWh/kWp", Description: "Energy of the month in a mean year per kilowatt of peak power, after all losses"},
		{Name: "sd_kwh_per_kwp", Kind: pipeline.Number, Unit: "kWh/kWp", Description: "Standard deviation of that energy from year to year"},
		{Name: "irradiation_kwh_per_m2", Kind: pipeline.Number, Unit: "kWh/m2", Description: "Sunlight that falls on the panels' plane in the month"},
	},
}

var hours = pipeline.Table{
	Name:        hourTable,
	Description: "Power of a kilowatt of photovoltaic panels at the centre of a municipality in each hour of a year, after losses.",
	Key:         []string{"country", "muni_code", "hour_utc"},
	Columns: []pipeline.Column{
		country, muniCode,
		{Name: "hour_utc", Kind: pipeline.Instant, Description: "Begin of the hour, UTC"},
		{Name: "minute", Kind: pipeline.Integer, Unit: "min", Description: "Minute of the hour at which the satellite saw the place: the power is that of this moment, taken for the hour"},
		{Name: "w_per_kwp", Kind: pipeline.Number, Unit: "W/kWp", Description: "Power per kilowatt of peak power, after all losses"},
		{Name: "irradiance_w_per_m2", Kind: pipeline.Number, Unit: "W/m2", Description: "Sunlight on the panels' plane"},
		{Name: "temperature_degc", Kind: pipeline.Number, Unit: "degC", Description: "Air temperature two metres above ground"},
		{Name: "reconstructed", Kind: pipeline.Flag, Description: "Whether the sunlight was reconstructed, for want of a picture"},
		{Name: "slope_deg", Kind: pipeline.Number, Unit: "deg", Description: "Slope of the panels from the horizontal"},
		{Name: "azimuth_deg", Kind: pipeline.Number, Unit: "deg", Description: "Direction of the panels: 0 is south, 90 west, -90 east"},
		sources.Text("radiation_db", "Radiation database: PVGIS-SARAH3 from satellites, PVGIS-ERA5 where they do not see"),
	},
}
