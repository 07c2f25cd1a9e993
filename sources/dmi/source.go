// Package dmi reads the Danish weather service's climate data by municipality
// (climateData, collection municipalityValue), and asks for them: temperature,
// heating degree days, radiation, wind and rain as means or sums of the area of a
// municipality.
//
// What the answers hold against their reader:
//
//   - Municipalities have four digits with a leading zero ("0253").
//   - A day is the Danish calendar day, 23 to 23 or 22 to 22 UTC. Labels are not
//     always reliable: a day that is labelled by the other season's hour, or from
//     midnight to midnight UTC, is taken for the Danish day that is nearest.
//   - No unit stands in the answer. mean_radiation is W/m2 by the hour and MJ/m2 by
//     the day and longer: figures are held to what the unit allows.
//   - calculatedAt has no zone. noValuesInCalculation is absent for hours.
//   - What the publisher marks as invalid (validity false) is no figure here, and it
//     replaces the figure that was there before.
//   - Degree days have base 17 degrees on every day of the year. Other definitions
//     (heating season, base 15 or 19) are not comparable.
package dmi

import (
	"bytes"
	"context"

	"samkraft/pipeline"
	"samkraft/sources"
)

// Source is the Danish Meteorological Institute.
type Source struct{}

var _ pipeline.Live = Source{}

const (
	valueSet   = "municipalityValue"
	valueTable = "dmi_value"
)

// Publisher describes the source.
func (Source) Publisher() pipeline.Publisher {
	return pipeline.Publisher{
		ID:              "dmi",
		Title:           "DMI climate data by municipality",
		Name:            "Danish Meteorological Institute (DMI)",
		Licence:         "CC-BY-4.0",
		Attribution:     "Source: Danish Meteorological Institute (DMI), climateData",
		Redistributable: true,
		Address:         "https://opendataapi.dmi.dk/v2/climateData",
		DataSets: []pipeline.DataSet{{
			ID: valueSet, Title: "Temperature, heating degree days, radiation, wind and rain by municipality", Countries: []string{"DK"}, Mode: pipeline.Upsert, Version: 1,
			Tables: []pipeline.Table{{
				Name:        valueTable,
				Description: "Weather of each municipality by hour, day, month or year, as the publisher computes it for its area. Days, months and years are those of the Danish calendar.",
				Key:         []string{"country", "muni_code", "parameter", "resolution", "from_utc"},
				Columns: []pipeline.Column{
					sources.DanishCountry, sources.DanishMuniCode,
					sources.Text("parameter", "What is given: mean_temp, acc_heating_degree_days_17 (base 17 degrees C, every day of the year), mean_radiation, mean_wind_speed, acc_precip"),
					sources.Text("resolution", "Length of the period: hour, day, month or year"),
					{Name: "date", Kind: pipeline.Date, Description: "First day of the period in the Danish calendar; of an hour, the day that it is in"},
					{Name: "from_utc", Kind: pipeline.Instant, Description: "Begin of the period"},
					{Name: "to_utc", Kind: pipeline.Instant, Description: "End of the period, exclusive"},
					{Name: "value", Kind: pipeline.Number, Unit: "as unit", Description: "The figure, in the unit of unit; empty where the publisher has none or marks it as invalid. Whether mean_radiation of a month is the mean or the sum of its days is not confirmed"},
					sources.Text("unit", "Unit of value, which the publisher fixes for each parameter and resolution and does not write: degC, K d, W/m2, MJ/m2, m/s, mm"),
					sources.Text("value_status", "What stands behind value: observed, zero, or not_available (none, or marked as invalid)"),
					{Name: "valid", Kind: pipeline.Flag, Description: "Whether the publisher takes the figure for valid"},
					sources.Text("quality", "How the publisher has checked it (qcStatus): none or manual"),
					sources.Text("calculated_at", "When the publisher computed it, as it writes it: without a time zone"),
				},
			}},
		}},
	}
}

// Recognise knows an answer by what its features have, or where it has none by the
// collection in its links. Other collections of the service (stations, squares of a
// grid) have the same parameters and another place.
func (Source) Recognise(f pipeline.Sniff) (pipeline.Claim, bool) {
	head := sources.Begin(f.Head)
	has := func(text string) bool { return bytes.Contains(head, []byte(text)) }
	if !bytes.HasPrefix(head, []byte("{")) || !has(`"features"`) {
		return pipeline.Claim{}, false
	}
	known := has(`"municipalityId"`) && has(`"parameterId"`) && (has(`"timeResolution"`) || has(`"calculatedAt"`))
	if !known && !has("/collections/municipalityValue/items") {
		return pipeline.Claim{}, false
	}
	return pipeline.Claim{DataSet: valueSet}, true
}

// Decode turns an answer, of one page or of several, into rows.
func (Source) Decode(ctx context.Context, x pipeline.Extract, out pipeline.Output) (pipeline.Edition, error) {
	return decode(ctx, x, out)
}
