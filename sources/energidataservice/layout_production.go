package energidataservice

import (
	"time"

	"samkraft/pipeline"
	"samkraft/sources"
)

var productionLayouts = []layout{
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
		feed: feed{by: month, begin: "2019-01-01", late: 21 * day, settled: true},
	},
	{
		set: declare("CapacityPerMunicipality", "Generation capacity per municipality, monthly", pipeline.Table{
			Name: "eds_capacity", Key: []string{"country", "muni_code", "month"},
			Description: "Capacity and number of generation units by municipality and month; units of no known municipality (code 1) are left out",
			Columns: []pipeline.Column{country, muni,
				firstDay,
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
		feed: feed{by: year, begin: "2016-01-01", late: 100 * day},
	},
}
