// Package opsd reads the hourly time series of Open Power System Data (OPSD):
// load, wind, solar power and day-ahead prices by bidding zone, which OPSD put
// together from the transparency platform of ENTSO-E.
//
// What to know about it:
//
//   - A column is a zone and what of it, as DK_2_load_actual_entsoe_transparency.
//     Which columns a file has differs from release to release, and people pass on
//     cuts of a year or of some columns: columns go by their name.
//   - Only the bidding zones of Denmark and Sweden are read. Other countries, and
//     the sums of whole countries (DK, SE), are passed over.
//   - A power is the mean of the hour in MW, which is the energy of the hour in MWh.
//   - A blank is a value that is missing, never zero. Swedish zones have no solar
//     power at all, and no wind power at sea.
//   - Wind comes as a whole and by place; where a zone has no turbines at sea, the
//     whole may be missing.
//   - The same package is published by the quarter and half of an hour, with the same
//     column names: those are refused.
//   - Nothing in a file tells the release that it is of.
package opsd

import (
	"context"
	"strings"

	"samkraft/pipeline"
	"samkraft/sources"
)

// Source is Open Power System Data.
type Source struct{}

var _ pipeline.Source = Source{}

const (
	dataSet    = "time_series_60min"
	zoneTable  = "opsd_zone_hour"
	priceTable = "opsd_price"
)

var (
	zone = sources.Text("zone", "Bidding zone: DK1, DK2, SE1, SE2, SE3 or SE4")
	hour = pipeline.Column{Name: "hour_utc", Kind: pipeline.Instant, Description: "Begin of the hour, UTC"}
)

var tables = []pipeline.Table{
	{
		Name: zoneTable, Key: []string{"zone", "series", "hour_utc"},
		Description: "Load and production of wind and solar power by bidding zone and hour; a blank cell of the file is no row",
		Columns: []pipeline.Column{zone,
			sources.Text("series", "total_load, solar_power, onshore_wind_power, offshore_wind_power, or wind_power (all of it)"), hour,
			{Name: "energy_mwh", Kind: pipeline.Decimal6, Unit: "MWh", Description: "Energy in the hour: the mean power in MW"}},
	},
	{
		Name: priceTable, Key: []string{"zone", "hour_utc"},
		Description: "Day-ahead price of electricity by bidding zone and hour; a blank cell of the file is no row",
		Columns: []pipeline.Column{zone, hour,
			{Name: "price_eur_per_mwh", Kind: pipeline.Number, Unit: "EUR/MWh", Description: "Price in euro of the day, without taxes and tariffs"}},
	},
}

// Publisher describes the time series.
func (Source) Publisher() pipeline.Publisher {
	return pipeline.Publisher{
		ID:              "opsd",
		Title:           "Open Power System Data, time series",
		Name:            "Open Power System Data, from the ENTSO-E Transparency Platform",
		Licence:         "CC0-1.0 for the recorded extract (github.com/anders-o/res_course_project); the figures are those of ENTSO-E Transparency, to be credited",
		Attribution:     "Open Power System Data, Data Package Time series; source: ENTSO-E Transparency",
		Redistributable: true,
		Address:         "https://data.open-power-system-data.org/time_series",
		DataSets: []pipeline.DataSet{{
			ID: dataSet, Title: "Load, wind, solar power and prices by bidding zone, hourly",
			Countries: []string{"DK", "SE"}, Mode: pipeline.Upsert, Version: 1, Tables: tables,
		}},
	}
}

// Recognise knows the file by its header: the two times, and columns that are
// named as OPSD names them. One time may be missing or renamed, so that the error
// names the file.
func (Source) Recognise(f pipeline.Sniff) (pipeline.Claim, bool) {
	if f.Sheets != nil {
		return pipeline.Claim{}, false
	}
	signs, named := 0, false
	for _, column := range strings.Split(sources.FirstLine(f.Head), ",") {
		if column == utcColumn || column == localColumn {
			signs++
		}
		_, what := split(column)
		_, known := series[what]
		named = named || known
	}
	if named {
		signs++
	}
	return pipeline.Claim{DataSet: dataSet}, signs >= 2
}

// Decode reads the series of the Danish and Swedish bidding zones.
func (Source) Decode(ctx context.Context, x pipeline.Extract, out pipeline.Output) (pipeline.Edition, error) {
	if x.DataSet != dataSet || len(x.Parts) == 0 {
		return pipeline.Edition{}, &pipeline.Problem{What: "opsd has no data set " + x.DataSet}
	}
	return read(ctx, x.Parts[0], out)
}
