package energidataservice

import (
	"time"

	"samkraft/pipeline"
	"samkraft/sources"
)

// layout is a data set as the service gives it: its columns in the order of the
// CSV download, and what becomes of a record.
type layout struct {
	set     pipeline.DataSet
	columns []string
	step    time.Duration // between two times, 0 for months
	rows    func(d *decoder, r *record) error
}

// column returns the place of a column, or -1. The municipality column has two
// names.
func (l *layout) column(name string) int {
	if name == "MunicipalityCode" {
		name = "MunicipalityNo"
	}
	for i, c := range l.columns {
		if c == name {
			return i
		}
	}
	return -1
}

func declare(id, title string, table pipeline.Table) pipeline.DataSet {
	return pipeline.DataSet{ID: id, Title: title, Countries: []string{"DK"}, Mode: pipeline.Upsert, Version: 1, Tables: []pipeline.Table{table}}
}

func quantity(name string, kind pipeline.Kind, unit, description string) pipeline.Column {
	return pipeline.Column{Name: name, Kind: kind, Unit: unit, Description: description}
}

var (
	country = sources.Text("country", "DK")
	muni    = sources.Text("muni_code", "Municipality, three digits")
	zone    = sources.Text("zone", "Bidding zone: DK1, DK2 or a neighbour")
	hour    = pipeline.Column{Name: "hour_utc", Kind: pipeline.Instant, Description: "Begin of the hour, UTC"}
	offset  = quantity("utc_offset_min", pipeline.Integer, "min", "Danish local time minus UTC in that hour: 60 in winter, 120 in summer")
	status  = sources.Text("value_status", "What stands behind the energy: observed, zero or not_available")
)

var layouts = []layout{
	{
		set: declare("ConsumptionIndustry", "Electricity consumption per municipality and branch, hourly", pipeline.Table{
			Name: "eds_consumption", Key: []string{"country", "muni_code", "branch", "hour_utc"},
			Description: "Electricity consumption by municipality, branch and hour",
			Columns: []pipeline.Column{country, muni,
				sources.Text("branch", "Privat (households), Erhverv (business) or Offentligt (public)"), hour,
				quantity("energy_kwh", pipeline.Decimal6, "kWh", "Electricity consumed in the hour; null where the field is empty"),
				status, offset},
		}),
		columns: []string{"HourUTC", "HourDK", "MunicipalityNo", "Branche", "ConsumptionkWh"},
		step:    time.Hour, rows: (*decoder).consumption,
	},
	{
		set: declare("ProductionMunicipalityHour", "Electricity production per municipality, hourly", pipeline.Table{
			Name: "eds_production", Key: []string{"country", "muni_code", "technology", "hour_utc"},
			Description: "Electricity production by municipality, technology and hour; an empty field of the file is no row",
			Columns: []pipeline.Column{country, muni,
				sources.Text("technology", "pv, wind_offshore_lt100mw (farms below 100 MW), wind_offshore_ge100mw, wind_onshore or thermal"), hour,
				quantity("energy_mwh", pipeline.Decimal6, "MWh", "Electricity produced in the hour"),
				status, offset},
		}),
		columns: []string{"HourUTC", "HourDK", "MunicipalityNo", "SolarMWh", "OffshoreWindLt100MW_MWh", "OffshoreWindGe100MW_MWh", "OnshoreWindMWh", "ThermalPowerMWh"},
		step:    time.Hour, rows: (*decoder).production,
	},
	{
		set: declare("CapacityPerMunicipality", "Generation capacity per municipality, monthly", pipeline.Table{
			Name: "eds_capacity", Key: []string{"country", "muni_code", "month"},
			Description: "Capacity and number of generation units by municipality and month; units of no known municipality (code 1) are left out",
			Columns: []pipeline.Column{country, muni,
				{Name: "month", Kind: pipeline.Date, Description: "First day of the month"},
				quantity("capacity_ge100mw_mw", pipeline.Decimal6, "MW", "Capacity of generation units of 100 MW and more (CapacityGe100MW)"),
				quantity("capacity_lt100mw_mw", pipeline.Decimal6, "MW", "Capacity of generation units below 100 MW (CapacityLt100MW)"),
				quantity("wind_offshore_mw", pipeline.Decimal6, "MW", "Capacity of wind turbines at sea"),
				quantity("wind_onshore_mw", pipeline.Decimal6, "MW", "Capacity of wind turbines on land"),
				quantity("pv_mw", pipeline.Decimal6, "MW", "Capacity of solar power"),
				quantity("units_ge100mw", pipeline.Integer, "1", "Generation units of 100 MW and more"),
				quantity("units_lt100mw", pipeline.Integer, "1", "Generation units below 100 MW"),
				quantity("units_wind_offshore", pipeline.Integer, "1", "Wind turbines at sea"),
				quantity("units_wind_onshore", pipeline.Integer, "1", "Wind turbines on land"),
				quantity("units_pv", pipeline.Integer, "1", "Solar power units"),
			},
		}),
		columns: []string{"Month", "MunicipalityNo", "CapacityGe100MW", "CapacityLt100MW", "OffshoreWindCapacity", "OnshoreWindCapacity", "SolarPowerCapacity",
			"NumberGenerationUnitsGe100MW", "NumberGenerationUnitsLt100MW", "NumberOffshoreWindGenerators", "NumberOnshoreWindGenerators", "NumberSolarPanels"},
		rows: (*decoder).capacity,
	},
	{
		set: declare("Elspotprices", "Spot prices, hourly, to September 2025", pipeline.Table{
			Name: "eds_spot_price", Key: []string{"zone", "hour_utc"},
			Description: "Day-ahead price of electricity by bidding zone and hour",
			Columns: []pipeline.Column{zone, hour,
				quantity("price_dkk_per_mwh", pipeline.Number, "DKK/MWh", "Price in kroner, without taxes and tariffs"),
				quantity("price_eur_per_mwh", pipeline.Number, "EUR/MWh", "Price in euro, without taxes and tariffs")},
		}),
		columns: []string{"HourUTC", "HourDK", "PriceArea", "SpotPriceDKK", "SpotPriceEUR"},
		step:    time.Hour, rows: (*decoder).price,
	},
	{
		set: declare("DayAheadPrices", "Day-ahead prices, every 15 minutes, from October 2025", pipeline.Table{
			Name: "eds_day_ahead_price", Key: []string{"zone", "start_utc"},
			Description: "Day-ahead price of electricity by bidding zone and quarter of an hour",
			Columns: []pipeline.Column{zone,
				{Name: "start_utc", Kind: pipeline.Instant, Description: "Begin of the quarter of an hour, UTC"},
				quantity("price_dkk_per_mwh", pipeline.Number, "DKK/MWh", "Price in kroner, without taxes and tariffs"),
				quantity("price_eur_per_mwh", pipeline.Number, "EUR/MWh", "Price in euro, without taxes and tariffs")},
		}),
		columns: []string{"TimeUTC", "TimeDK", "PriceArea", "DayAheadPriceDKK", "DayAheadPriceEUR"},
		step:    15 * time.Minute, rows: (*decoder).price,
	},
	{
		set: declare("ElectricityBalanceNonv", "Electricity balance of the bidding zones, hourly", pipeline.Table{
			Name: "eds_zone_balance", Key: []string{"zone", "series", "hour_utc"},
			Description: "Load, production by source and exchange by bidding zone and hour; an empty field of the file is no row",
			Columns: []pipeline.Column{zone,
				sources.Text("series", "total_load, a source of production such as biomass or onshore_wind_power, or exchange_ with a neighbour"), hour,
				quantity("energy_mwh", pipeline.Decimal6, "MWh", "Energy in the hour; exchange is positive into the zone")},
		}),
		columns: []string{"HourUTC", "HourDK", "PriceArea", "TotalLoad", "Biomass", "FossilGas", "FossilHardCoal", "FossilOil", "HydroPower", "OtherRenewable", "SolarPower",
			"Waste", "OnshoreWindPower", "OffshoreWindPower", "ExchangeContinent", "ExchangeGreatBelt", "ExchangeNordicCountries", "ExchangeGreatBritain"},
		step: time.Hour, rows: (*decoder).balance,
	},
}
