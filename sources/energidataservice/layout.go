package energidataservice

import (
	"slices"
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
	feed    feed
}

// layoutOf returns the layout of a data set, nil where there is none.
func layoutOf(dataSet string) *layout {
	for i := range layouts {
		if layouts[i].set.ID == dataSet {
			return &layouts[i]
		}
	}
	return nil
}

// column returns the place of a column, or -1. The municipality column has two
// names, and a data set may go over from one to the other.
func (l *layout) column(name string) int {
	for i, c := range l.columns {
		if c == name || isMunicipality(c) && isMunicipality(name) {
			return i
		}
	}
	return -1
}

func isMunicipality(column string) bool {
	return column == "MunicipalityNo" || column == "MunicipalityCode"
}

func declare(id, title string, table pipeline.Table) pipeline.DataSet {
	return pipeline.DataSet{ID: id, Title: title, Countries: []string{"DK"}, Mode: pipeline.Upsert, Version: 1, Tables: []pipeline.Table{table}}
}

func quantity(name string, kind pipeline.Kind, unit, description string) pipeline.Column {
	return pipeline.Column{Name: name, Kind: kind, Unit: unit, Description: description}
}

var (
	country    = sources.Text("country", "DK")
	muni       = sources.Text("muni_code", "Municipality, three digits")
	zone       = sources.Text("zone", "Bidding zone: DK1, DK2 or a neighbour")
	hour       = pipeline.Column{Name: "hour_utc", Kind: pipeline.Instant, Description: "Begin of the hour, UTC"}
	offset     = quantity("utc_offset_min", pipeline.Integer, "min", "Danish local time minus UTC in that hour: 60 in winter, 120 in summer")
	firstDay   = pipeline.Column{Name: "month", Kind: pipeline.Date, Description: "First day of the month"}
	hourDK     = sources.Text("hour_dk", "Begin of the hour as clocks in Denmark show it: the service gives no other time")
	occurrence = quantity("occurrence", pipeline.Integer, "1", "1; 2 for the second record of the autumn hour that clocks show twice, of which the service does not say which is which")
	housing    = sources.Text("housing", "Kind of housing, in the words of the service, such as Parcelhus")
	heating    = sources.Text("heating", "Elvarme eller varmepumpe (electric heating or a heat pump), Andet (other), or - (not told)")
	energyKWh  = quantity("energy_kwh", pipeline.Decimal6, "kWh", "Electricity consumed in the period; null where the field is empty")
	status     = sources.Text("value_status", "What stands behind the energy: observed, zero or not_available")
)

var layouts = slices.Concat(consumptionLayouts, productionLayouts, zoneLayouts)

var consumptionLayouts = []layout{
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
		feed: feed{by: month, begin: "2021-01-01", late: 21 * day, settled: true},
	},
	{
		set: declare("PrivIndustryConsumptionHour", "Electricity consumption per municipality, housing and heating, hourly (older name)", pipeline.Table{
			Name: "eds_priv_industry_consumption", Key: []string{"country", "muni_code", "housing", "heating", "hour_utc"},
			Description: "Electricity consumption by municipality, housing, heating and hour, under the name that the data set had first",
			Columns:     []pipeline.Column{country, muni, housing, heating, hour, energyKWh, status, offset},
		}),
		columns: []string{"HourUTC", "HourDK", "MunicipalityNo", "HousingCategory", "HeatingCategory", "ConsumptionkWh"},
		step:    time.Hour, rows: (*decoder).heating,
		feed: feed{by: month, begin: "2021-01-01", late: 21 * day, settled: true},
	},
	{
		set: declare("PrivateConsumptionHeatingHour", "Electricity consumption of homes per municipality, housing and heating, hourly", pipeline.Table{
			Name: "eds_heating_consumption", Key: []string{"country", "muni_code", "housing", "heating", "hour_utc"},
			Description: "Electricity consumption of homes by municipality, housing, heating and hour",
			Columns:     []pipeline.Column{country, muni, housing, heating, hour, energyKWh, status, offset},
		}),
		columns: []string{"TimeUTC", "TimeDK", "MunicipalityCode", "Municipality", "RegionName", "HousingCategory", "HeatingCategory", "ConsumptionkWh"},
		step:    time.Hour, rows: (*decoder).heating,
		feed: feed{by: month, begin: "2021-01-01", late: 21 * day, settled: true},
	},
	{
		set: declare("PrivateConsumptionHeatingMonth", "Electricity consumption of homes per municipality, housing and heating, monthly", pipeline.Table{
			Name: "eds_heating_consumption_month", Key: []string{"country", "muni_code", "housing", "heating", "month"},
			Description: "Electricity consumption of homes by municipality, housing, heating and month",
			Columns:     []pipeline.Column{country, muni, housing, heating, firstDay, energyKWh, status},
		}),
		columns: []string{"Month", "MunicipalityCode", "Municipality", "RegionName", "HousingCategory", "HeatingCategory", "ConsumptionkWh"},
		rows:    (*decoder).heatingMonth,
		feed:    feed{by: year, begin: "2021-01-01", late: 100 * day, settled: true},
	},
	{
		set: declare("DatahubMeasuringPointStatisticsMunicipality", "Measuring points per municipality, monthly", pipeline.Table{
			Name: "eds_measuring_point", Key: []string{"country", "muni_code", "type", "state", "month"},
			Description: "Number of metering points by municipality, type, physical state and month",
			Columns: []pipeline.Column{country, muni,
				sources.Text("type", "Type of the metering point, in the words of the service, such as Production"),
				sources.Text("state", "Physical state, in the words of the service, such as New"), firstDay,
				quantity("points", pipeline.Integer, "1", "Metering points; null where the field is empty")},
		}),
		columns: []string{"Month", "MunicipalityNo", "MP_TypeDescription", "MP_PhysicalStatusDescription", "Number_MP"},
		rows:    (*decoder).measuringPoints,
		feed:    feed{by: year, begin: "2016-01-01", late: 100 * day},
	},
	{
		set: declare("ReCoverageMunicipality", "Consumption covered by renewable production of the municipality, hourly", pipeline.Table{
			Name: "eds_renewable_coverage", Key: []string{"country", "muni_code", "hour_dk", "occurrence"},
			Description: "Renewable electricity that is produced and consumed in the same hour within the municipality, and its consumption, by hour of Danish time",
			Columns: []pipeline.Column{country, muni, hourDK, occurrence,
				quantity("renewable_kept_kwh", pipeline.Decimal6, "kWh", "Renewable electricity produced in the municipality and consumed there in the hour (REekWhKeep)"),
				quantity("consumption_kwh", pipeline.Decimal6, "kWh", "Electricity consumed in the municipality in the hour")},
		}),
		columns: []string{"HourDK", "MunicipalityNo", "REekWhKeep", "ConsumptionkWh"},
		step:    time.Hour, rows: (*decoder).coverage,
		feed: feed{by: month, begin: "2021-01-01", late: 21 * day, settled: true},
	},
}
