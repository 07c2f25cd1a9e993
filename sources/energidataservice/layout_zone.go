package energidataservice

import (
	"time"

	"samkraft/pipeline"
	"samkraft/sources"
)

var zoneLayouts = []layout{
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
		feed: feed{by: year, zones: pricedZones, begin: "1999-07-01", end: "2025-10-01", late: 3 * day},
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
		feed: feed{by: month, zones: pricedZones, begin: "2025-10-01", late: 3 * day},
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
		// It stopped on 2026-01-06 at 12:15, and still answers.
		feed: feed{by: year, zones: danishZones, begin: "2016-01-01", end: "2026-01-07", late: 3 * day},
	},
	{
		set: declare("ProductionConsumptionSettlement", "Settled production and consumption of the bidding zones, hourly", pipeline.Table{
			Name: "eds_zone_settlement", Key: []string{"zone", "series", "hour_utc"},
			Description: "Settled production by source, consumption, grid losses and exchange by bidding zone and hour; an empty field of the file is no row",
			Columns: []pipeline.Column{zone,
				sources.Text("series", "The service's column, such as GrossConsumptionMWh or ExchangeSE_MWh"), hour,
				quantity("energy_mwh", pipeline.Decimal6, "MWh", "Energy in the hour; exchange is positive into the zone")},
		}),
		columns: []string{"HourUTC", "HourDK", "PriceArea", "CentralPowerMWh", "LocalPowerMWh", "CommercialPowerMWh", "LocalPowerSelfConMWh",
			"OffshoreWindLt100MW_MWh", "OffshoreWindGe100MW_MWh", "OnshoreWindLt50kW_MWh", "OnshoreWindGe50kW_MWh", "HydroPowerMWh",
			"SolarPowerLt10kW_MWh", "SolarPowerGe10Lt40kW_MWh", "SolarPowerGe40kW_MWh", "SolarPowerSelfConMWh", "UnknownProdMWh",
			"ExchangeNO_MWh", "ExchangeSE_MWh", "ExchangeGE_MWh", "ExchangeNL_MWh", "ExchangeGB_MWh", "ExchangeGreatBelt_MWh",
			"GrossConsumptionMWh", "GridLossTransmissionMWh", "GridLossInterconnectorsMWh", "GridLossDistributionMWh", "PowerToHeatMWh"},
		step: time.Hour, rows: (*decoder).settlement,
		feed: feed{by: year, zones: danishZones, begin: "2005-01-01", late: 30 * day, settled: true},
	},
	{
		set: declare("CO2Emis", "CO2 emission of electricity consumed, every 5 minutes", pipeline.Table{
			Name: "eds_co2_emission", Key: []string{"zone", "start_utc"},
			Description: "CO2 emission of electricity consumed, by bidding zone and five minutes",
			Columns: []pipeline.Column{zone,
				{Name: "start_utc", Kind: pipeline.Instant, Description: "Begin of the five minutes, UTC"},
				quantity("co2_g_per_kwh", pipeline.Number, "g/kWh", "CO2 emission per electricity consumed")},
		}),
		columns: []string{"Minutes5UTC", "Minutes5DK", "PriceArea", "CO2Emission"},
		step:    5 * time.Minute, rows: (*decoder).emission,
		feed: feed{by: month, zones: danishZones, begin: "2017-01-01", late: 3 * day},
	},
	{
		set: declare("DeclarationGridEmission", "Declared emission of grid electricity, hourly", pipeline.Table{
			Name: "eds_declared_emission", Key: []string{"zone", "allocation", "hour_dk", "occurrence"},
			Description: "Declared CO2 emission of electricity from the grid by bidding zone, allocation of fuel and hour of Danish time; methane and nitrous oxide are left out, for their unit was not seen",
			Columns: []pipeline.Column{zone,
				sources.Text("allocation", "How fuel is allocated to heat (FuelAllocationMethod), such as 125%"), hourDK, occurrence,
				quantity("co2_g_per_kwh", pipeline.Number, "g/kWh", "CO2 emission per electricity from the grid")},
		}),
		columns: []string{"HourDK", "PriceArea", "FuelAllocationMethod", "CO2PerkWh", "CH4PerkWh", "N2OPerkWh"},
		step:    time.Hour, rows: (*decoder).declaration,
		feed: feed{by: year, zones: danishZones, begin: "2017-01-01", late: 60 * day, settled: true},
	},
}
