package standin

import (
	"slices"
	"time"
)

// edsTable is a data set of Energi Data Service: a row is a time, a place, and a
// class of each kind.
type edsTable struct {
	name       string
	utc, local string        // columns of time; "" for none
	step       time.Duration // 0: months
	place      string        // the column of the municipality or the price area; "" for none
	names      bool          // the municipality's name and region stand there too
	areas      []string      // of the places; nil: municipalities
	unknown    bool          // there is also the municipality "1": not known
	classes    []edsClass
	values     []edsValue
	from, to   string // the first and the day after the last day, Danish; "" for no end
	lag        time.Duration
}

// edsClass is a column that tells rows of one time and place apart.
type edsClass struct {
	name   string
	values []string
}

// edsValue is a column with figures.
type edsValue struct {
	name     string
	decimals int
	mean     int64 // of a place of middle size, in the last decimal
	day      *[24]int64
	sparse   bool // many places have none
	signed   bool // may be below zero
}

// days in percent of the mean, by Danish hour.
var (
	edsUse = &[24]int64{62, 58, 55, 54, 56, 66, 88, 112, 116, 112, 108, 106, 108, 106, 104, 106, 118, 142, 150, 138, 122, 106, 90, 72}
	edsSun = &[24]int64{0, 0, 0, 0, 0, 6, 30, 80, 140, 195, 235, 255, 258, 245, 215, 170, 115, 65, 28, 8, 0, 0, 0, 0}
)

var (
	edsMuni    = "MunicipalityNo"
	edsZones   = []string{"DK1", "DK2"}
	edsAreas   = []string{"DE", "DK1", "DK2", "NO2", "SE3", "SE4", "SYSTEM"}
	edsHousing = edsClass{"HousingCategory", []string{"Etageejendom", "Fritidshus", "Parcelhus"}}
	edsHeating = edsClass{"HeatingCategory", []string{"-", "Andet", "Elvarme eller varmepumpe"}}
)

const edsDay = 24 * time.Hour

// edsFigures are columns of one kind.
func edsFigures(decimals int, mean int64, day *[24]int64, sparse, signed bool, names ...string) []edsValue {
	var values []edsValue
	for _, n := range names {
		values = append(values, edsValue{n, decimals, mean, day, sparse, signed})
	}
	return values
}

var edsTables = []edsTable{
	{name: "ConsumptionIndustry", utc: "HourUTC", local: "HourDK", step: time.Hour, place: edsMuni, from: "2021-01-01", lag: 5 * edsDay,
		classes: []edsClass{{"Branche", []string{"Erhverv", "Offentligt", "Privat"}}}, values: edsFigures(3, 12_500_000, edsUse, false, false, "ConsumptionkWh")},
	{name: "ProductionMunicipalityHour", utc: "HourUTC", local: "HourDK", step: time.Hour, place: edsMuni, from: "2019-01-01", lag: 5 * edsDay,
		values: slices.Concat(edsFigures(6, 4_200_000, edsSun, false, false, "SolarMWh"),
			edsFigures(6, 9_000_000, nil, true, false, "OffshoreWindLt100MW_MWh", "OffshoreWindGe100MW_MWh", "OnshoreWindMWh", "ThermalPowerMWh"))},
	{name: "CapacityPerMunicipality", local: "Month", place: edsMuni, unknown: true, from: "2016-01-01", lag: 20 * edsDay,
		values: slices.Concat(edsFigures(3, 40_000, nil, true, false, "CapacityGe100MW"), edsFigures(3, 30_000, nil, false, false, "CapacityLt100MW"),
			edsFigures(3, 25_000, nil, true, false, "OffshoreWindCapacity"), edsFigures(3, 28_000, nil, false, false, "OnshoreWindCapacity", "SolarPowerCapacity"),
			edsFigures(0, 6, nil, true, false, "NumberGenerationUnitsGe100MW"), edsFigures(0, 40, nil, false, false, "NumberGenerationUnitsLt100MW"),
			edsFigures(0, 12, nil, true, false, "NumberOffshoreWindGenerators"), edsFigures(0, 60, nil, false, false, "NumberOnshoreWindGenerators"),
			edsFigures(0, 2_400, nil, false, false, "NumberSolarPanels"))},
	{name: "PrivIndustryConsumptionHour", utc: "HourUTC", local: "HourDK", step: time.Hour, place: edsMuni, from: "2021-01-01", lag: 14 * edsDay,
		classes: []edsClass{edsHousing, edsHeating}, values: edsFigures(3, 1_400_000, edsUse, false, false, "ConsumptionkWh")},
	{name: "PrivateConsumptionHeatingHour", utc: "TimeUTC", local: "TimeDK", step: time.Hour, place: "MunicipalityCode", names: true, from: "2021-01-01", lag: 7 * edsDay,
		classes: []edsClass{edsHousing, edsHeating}, values: edsFigures(3, 1_400_000, edsUse, false, false, "ConsumptionkWh")},
	{name: "PrivateConsumptionHeatingMonth", local: "Month", place: "MunicipalityCode", names: true, from: "2021-01-01", lag: 7 * edsDay,
		classes: []edsClass{edsHousing, edsHeating}, values: edsFigures(3, 1_000_000_000, nil, false, false, "ConsumptionkWh")},
	{name: "PrivateConsumptionHeatingNationalHour", utc: "TimeUTC", local: "TimeDK", step: time.Hour, from: "2021-01-01", lag: 7 * edsDay,
		classes: []edsClass{edsHousing, edsHeating}, values: edsFigures(3, 140_000_000, edsUse, false, false, "ConsumptionkWh")},
	{name: "DatahubMeasuringPointStatisticsMunicipality", local: "Month", place: edsMuni, from: "2020-01-01", lag: 20 * edsDay,
		classes: []edsClass{{"MP_TypeDescription", []string{"Forbrug", "Produktion"}}, {"MP_PhysicalStatusDescription", []string{"Afbrudt", "Tilsluttet"}}},
		values:  edsFigures(0, 9_000, nil, false, false, "Number_MP")},
	{name: "ReCoverageMunicipality", local: "HourDK", step: time.Hour, place: edsMuni, from: "2021-01-01", lag: 5 * edsDay,
		values: slices.Concat(edsFigures(3, 9_000_000, nil, false, false, "REekWhKeep"), edsFigures(3, 30_000_000, edsUse, false, false, "ConsumptionkWh"))},

	{name: "Elspotprices", utc: "HourUTC", local: "HourDK", step: time.Hour, place: "PriceArea", areas: edsAreas, from: "2015-01-01", to: "2025-10-01", lag: -edsDay,
		values: slices.Concat(edsFigures(6, 700_000_000, edsUse, false, true, "SpotPriceDKK"), edsFigures(6, 94_000_000, edsUse, false, true, "SpotPriceEUR"))},
	{name: "DayAheadPrices", utc: "TimeUTC", local: "TimeDK", step: 15 * time.Minute, place: "PriceArea", areas: edsAreas, from: "2025-10-01", lag: -edsDay,
		values: slices.Concat(edsFigures(6, 700_000_000, edsUse, false, true, "DayAheadPriceDKK"), edsFigures(6, 94_000_000, edsUse, false, true, "DayAheadPriceEUR"))},
	{name: "CO2Emis", utc: "Minutes5UTC", local: "Minutes5DK", step: 5 * time.Minute, place: "PriceArea", areas: edsZones, from: "2017-01-01",
		values: edsFigures(0, 95, nil, false, false, "CO2Emission")},
	{name: "DeclarationGridEmission", local: "HourDK", step: time.Hour, place: "PriceArea", areas: edsZones, from: "2017-01-01", lag: 10 * edsDay,
		classes: []edsClass{{"FuelAllocationMethod", []string{"125%", "200%"}}}, values: edsFigures(6, 90_000_000, nil, false, false, "CO2PerkWh", "CH4PerkWh", "N2OPerkWh")},
	{name: "ElectricityBalanceNonv", utc: "HourUTC", local: "HourDK", step: time.Hour, place: "PriceArea", areas: edsZones, from: "2016-01-01", to: "2026-01-06",
		values: slices.Concat(edsFigures(6, 2_000_000_000, edsUse, false, false, "TotalLoad"),
			edsFigures(6, 150_000_000, nil, false, false, "Biomass", "FossilGas", "FossilHardCoal", "FossilOil"), edsFigures(6, 3_000_000, nil, true, false, "HydroPower", "OtherRenewable"),
			edsFigures(6, 200_000_000, edsSun, false, false, "SolarPower"), edsFigures(6, 60_000_000, nil, false, false, "Waste"),
			edsFigures(6, 700_000_000, nil, false, false, "OnshoreWindPower", "OffshoreWindPower"),
			edsFigures(6, 500_000_000, nil, false, true, "ExchangeContinent", "ExchangeGreatBelt", "ExchangeNordicCountries"), edsFigures(6, 1_000_000, nil, true, true, "ExchangeGreatBritain"))},
	// All but the last and ExchangeSE_MWh from memory.
	{name: "ProductionConsumptionSettlement", utc: "HourUTC", local: "HourDK", step: time.Hour, place: "PriceArea", areas: edsZones, from: "2005-01-01", lag: 9 * edsDay,
		values: slices.Concat(edsFigures(6, 300_000_000, nil, false, false, "CentralPowerMWh", "LocalPowerMWh", "CommercialPowerMWh", "LocalPowerSelfConMWh",
			"OffshoreWindLt100MW_MWh", "OffshoreWindGe100MW_MWh", "OnshoreWindLt50kW_MWh", "OnshoreWindGe50kW_MWh"), edsFigures(6, 1_000_000, nil, true, false, "HydroPowerMWh"),
			edsFigures(6, 60_000_000, edsSun, false, false, "SolarPowerLt10kW_MWh", "SolarPowerGe10Lt40kW_MWh", "SolarPowerGe40kW_MWh", "SolarPowerSelfConMWh"),
			edsFigures(6, 1_000_000, nil, true, false, "UnknownProdMWh"), edsFigures(6, 400_000_000, nil, true, true, "ExchangeNO_MWh", "ExchangeSE_MWh", "ExchangeGE_MWh", "ExchangeNL_MWh", "ExchangeGB_MWh", "ExchangeGreatBelt_MWh"),
			edsFigures(6, 2_000_000_000, edsUse, false, false, "GrossConsumptionMWh"), edsFigures(6, 30_000_000, nil, false, false, "GridLossTransmissionMWh", "GridLossInterconnectorsMWh", "GridLossDistributionMWh"),
			edsFigures(6, 50_000_000, nil, true, false, "PowerToHeatMWh"))},
}

func edsTableOf(name string) *edsTable {
	for i := range edsTables {
		if edsTables[i].name == name {
			return &edsTables[i]
		}
	}
	return nil
}
