package pvgis

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"samkraft/pipeline"
	"samkraft/sources"
)

// maxHours bounds what is held in memory: forty years.
const maxHours = 40 * 366 * 24

// layout is how PVGIS writes a time: UTC, with the minute of the satellite's picture.
const layout = "20060102:1504"

// hour is one row of the answer. Other keys (wind, height of the sun, the parts of
// the sunlight) are passed over.
type hour struct {
	Time          string
	Power         *float64 `json:"P"`
	Sun           *float64 `json:"G(i)"`
	Temperature   *float64 `json:"T2m"`
	Reconstructed *float64 `json:"Int"`
}

// decodeHours reads all hours before it writes any, because the units stand behind
// them.
func decodeHours(ctx context.Context, part pipeline.Part, out pipeline.Output) (pipeline.Edition, error) {
	var all []hour
	a, err := read(part, func(j *sources.JSON) (err error) {
		all, err = readHours(ctx, j)
		return err
	})
	if err != nil {
		return pipeline.Edition{}, err
	}
	for _, u := range [][2]string{{"P", "W"}, {"G(i)", "W/m2"}, {"T2m", "degree Celsius"}} {
		if err := a.unit("hourly", u[0], u[1]); err != nil {
			return pipeline.Edition{}, err
		}
	}
	if len(all) == 0 {
		return pipeline.Edition{}, a.json.Problem("outputs.hourly", "there is no hour", "the hours of a year")
	}
	fixed := a.in.Mounting.Fixed
	last := time.Time{}
	for i, h := range all {
		path := fmt.Sprintf("outputs.hourly[%d]", i)
		t, err := time.Parse(layout, h.Time)
		if err != nil || t.Year() < a.in.Meteo.FirstYear || t.Year() > a.in.Meteo.LastYear {
			return pipeline.Edition{}, a.json.Problem(path+".time", fmt.Sprintf("%q is not a time of the years %d to %d", h.Time, a.in.Meteo.FirstYear, a.in.Meteo.LastYear), "yyyymmdd:hhmm")
		}
		if what := h.check(*a.in.Module.PeakPower); what != "" {
			return pipeline.Edition{}, a.json.Problem(path, what, "P, G(i), T2m and Int")
		}
		if err := out.Row(hourTable, path, a.muni.Country, a.muni.Code, t.Truncate(time.Hour), t.Minute(), per(*h.Power, *a.in.Module.PeakPower), *h.Sun, *h.Temperature, *h.Reconstructed != 0,
			*fixed.Slope.Value, *fixed.Azimuth.Value, a.in.Meteo.Database); err != nil {
			return pipeline.Edition{}, err
		}
		if t.After(last) {
			last = t
		}
	}
	return pipeline.Edition{AsOf: last.Format(time.DateOnly)}, nil
}

func readHours(ctx context.Context, j *sources.JSON) ([]hour, error) {
	var all []hour
	err := j.Object("outputs", func(key string) error {
		if key != "hourly" {
			var skipped json.RawMessage
			return j.Broken("outputs."+key, j.Decode(&skipped))
		}
		if err := j.Delim("outputs.hourly", '['); err != nil {
			return err
		}
		for i := 0; j.More(); i++ {
			if i%4096 == 0 && ctx.Err() != nil {
				return j.Problem("", ctx.Err().Error(), "")
			}
			if i == maxHours {
				return j.Problem("outputs.hourly", "the hours do not end", "the hours of a few years")
			}
			var h hour
			if err := j.Broken(fmt.Sprintf("outputs.hourly[%d]", i), j.Decode(&h)); err != nil {
				return err
			}
			all = append(all, h)
		}
		return j.Delim("outputs.hourly", ']')
	})
	return all, err
}

// check returns what is wrong with an hour of so many kW of panels, or "". Clouds
// that mirror the sun lift panels a little above their peak.
func (h hour) check(kw float64) string {
	switch {
	case h.Power == nil || h.Sun == nil || h.Temperature == nil || h.Reconstructed == nil:
		return "P, G(i), T2m or Int is missing"
	case *h.Power < 0 || *h.Power > 1500*kw:
		return fmt.Sprintf("P is %v W of %v kW of panels", *h.Power, kw)
	case *h.Sun < 0 || *h.Sun > 2000:
		return fmt.Sprintf("G(i) of %v W/m2 is no sunlight", *h.Sun)
	case *h.Temperature < -60 || *h.Temperature > 60:
		return fmt.Sprintf("T2m of %v degrees Celsius is no air temperature", *h.Temperature)
	case *h.Reconstructed != 0 && *h.Reconstructed != 1:
		return fmt.Sprintf("Int is %v", *h.Reconstructed)
	}
	return ""
}
