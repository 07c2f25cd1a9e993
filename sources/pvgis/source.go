// Package pvgis reads and asks PVGIS, the European Commission's calculator of solar
// power: for the centre of a municipality, the yield of a kilowatt of panels by month
// and year (PVcalc), and its power by hour (seriescalc).
//
// An answer says for which place it was computed and not for which municipality: it
// is told by the place, to two decimals, as pipeline.Municipality has it. Azimuth is
// 0 to the south, 90 to the west. The time of an hour is UTC, and its minute is that
// of the satellite's picture, 10 or another: the hour is floored and the minute kept.
// The power is that of all the panels that were asked for, after losses; here it is
// divided by their peak power. The keys of PVcalc were seen in answers of version 5.2
// that others recorded; here every unit is checked against what the answer states, and
// the months against the year.
package pvgis

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"samkraft/pipeline"
	"samkraft/sources"
)

// Source reads PVGIS.
type Source struct{}

var _ pipeline.Source = Source{}

const (
	calc   = "PVcalc"
	series = "seriescalc"

	yieldTable = "pvgis_yield"
	monthTable = "pvgis_yield_month"
	hourTable  = "pvgis_hour"
)

// Publisher describes PVGIS.
func (Source) Publisher() pipeline.Publisher {
	return pipeline.Publisher{
		ID:              "pvgis",
		Title:           "PVGIS photovoltaic yield",
		Name:            "European Commission, Joint Research Centre (JRC)",
		Licence:         "free reuse with credit to the JRC",
		Attribution:     "PVGIS (c) European Union",
		Redistributable: true,
		Address:         "https://re.jrc.ec.europa.eu/api/v5_3",
		DataSets: []pipeline.DataSet{
			{ID: calc, Title: "Yield of photovoltaic panels by month and year (PVcalc)", Countries: []string{"DK", "SE"}, Mode: pipeline.Upsert, Version: 1,
				Tables: []pipeline.Table{yields, months}},
			{ID: series, Title: "Power of photovoltaic panels by hour (seriescalc)", Countries: []string{"DK", "SE"}, Mode: pipeline.Upsert, Version: 1,
				Tables: []pipeline.Table{hours}},
		},
	}
}

// Recognise knows an answer by the database and the panels that it names, and by
// what it gives; an answer about a place outside Denmark and Sweden is left alone.
func (Source) Recognise(f pipeline.Sniff) (pipeline.Claim, bool) {
	head := sources.Begin(f.Head)
	if !bytes.HasPrefix(head, []byte("{")) || !bytes.Contains(head, []byte(`"radiation_db"`)) || !bytes.Contains(head, []byte(`"peak_power"`)) || !near(head) {
		return pipeline.Claim{}, false
	}
	switch {
	case bytes.Contains(head, []byte(`"hourly"`)):
		return pipeline.Claim{DataSet: series}, true
	case bytes.Contains(head, []byte(`"monthly"`)):
		return pipeline.Claim{DataSet: calc}, true
	}
	return pipeline.Claim{}, false
}

// near reports whether the place that an answer begins with can be in Denmark or
// Sweden. One that cannot be read is not ruled out: the decoder says what it is.
func near(head []byte) bool {
	_, rest, found := bytes.Cut(head, []byte(`"location"`))
	open := bytes.IndexByte(rest, '{')
	end := bytes.IndexByte(rest, '}')
	if !found || open < 0 || end < open {
		return true
	}
	var p struct{ Latitude, Longitude *float64 }
	if json.Unmarshal(rest[open:end+1], &p) != nil || p.Latitude == nil || p.Longitude == nil {
		return true
	}
	return *p.Latitude >= 54 && *p.Latitude <= 70 && *p.Longitude >= 7.5 && *p.Longitude <= 25
}

// Decode turns an answer into rows.
func (Source) Decode(ctx context.Context, x pipeline.Extract, out pipeline.Output) (pipeline.Edition, error) {
	if len(x.Parts) != 1 {
		return pipeline.Edition{}, &pipeline.Problem{What: fmt.Sprintf("an answer is one file, not %d", len(x.Parts))}
	}
	switch x.DataSet {
	case calc:
		return decodeYield(x.Parts[0], out)
	case series:
		return decodeHours(ctx, x.Parts[0], out)
	}
	return pipeline.Edition{}, &pipeline.Problem{File: x.Parts[0].Name, What: fmt.Sprintf("unknown data set %q", x.DataSet)}
}
