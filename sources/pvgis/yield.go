package pvgis

import (
	"fmt"
	"math"

	"samkraft/pipeline"
	"samkraft/sources"
)

// month is a month of a mean year.
type month struct {
	Month  *int
	Energy *float64 `json:"E_m"`
	Sun    *float64 `json:"H(i)_m"`
	Spread *float64 `json:"SD_m"`
}

// total is a mean year. Losses stand beside it, one of them as a text that may be
// "?(0)": they are not read.
type total struct {
	Energy *float64 `json:"E_y"`
	Sun    *float64 `json:"H(i)_y"`
	Spread *float64 `json:"SD_y"`
}

// figures is what PVcalc gives.
type figures struct {
	Monthly struct{ Fixed []month }
	Totals  struct{ Fixed *total }
}

func decodeYield(part pipeline.Part, out pipeline.Output) (pipeline.Edition, error) {
	var f figures
	a, err := read(part, func(j *sources.JSON) error { return j.Broken("outputs", j.Decode(&f)) })
	if err != nil {
		return pipeline.Edition{}, err
	}
	for _, u := range [][3]string{
		{"monthly", "E_m", "kWh/mo"}, {"monthly", "H(i)_m", "kWh/m2/mo"}, {"monthly", "SD_m", "kWh"},
		{"totals", "E_y", "kWh/y"}, {"totals", "H(i)_y", "kWh/m2/y"}, {"totals", "SD_y", "kWh"},
	} {
		if err := a.unit(u[0], u[1], u[2]); err != nil {
			return pipeline.Edition{}, err
		}
	}
	if err := a.checkFigures(f); err != nil {
		return pipeline.Edition{}, err
	}
	m, in, year := a.muni, a.in, f.Totals.Fixed
	kw := *in.Module.PeakPower
	if err := out.Row(yieldTable, "outputs.totals.fixed", m.Country, m.Code, per(*year.Energy, kw), per(*year.Spread, kw), *year.Sun,
		*in.Mounting.Fixed.Slope.Value, *in.Mounting.Fixed.Azimuth.Value, *in.Module.Loss, in.Module.Technology, in.Meteo.Database, in.Meteo.FirstYear, in.Meteo.LastYear); err != nil {
		return pipeline.Edition{}, err
	}
	for i, v := range f.Monthly.Fixed {
		if err := out.Row(monthTable, fmt.Sprintf("outputs.monthly.fixed[%d]", i), m.Country, m.Code, *v.Month, per(*v.Energy, kw), per(*v.Spread, kw), *v.Sun); err != nil {
			return pipeline.Edition{}, err
		}
	}
	return pipeline.Edition{AsOf: sources.EndOfYear(in.Meteo.LastYear)}, nil
}

// checkFigures checks that there are twelve months that make up the year: so the
// keys mean what they are taken for.
func (a *answer) checkFigures(f figures) error {
	if len(f.Monthly.Fixed) != 12 {
		return a.json.Problem("outputs.monthly.fixed", fmt.Sprintf("there are %d months", len(f.Monthly.Fixed)), "twelve months of fixed panels")
	}
	year := f.Totals.Fixed
	if year == nil || !positive(year.Energy) || !positive(year.Sun) || !positive(year.Spread) {
		return a.json.Problem("outputs.totals.fixed", "E_y, H(i)_y or SD_y is missing or negative", "the year's energy, sunlight and spread")
	}
	var energy, sun float64
	for i, v := range f.Monthly.Fixed {
		path := fmt.Sprintf("outputs.monthly.fixed[%d]", i)
		if v.Month == nil || *v.Month != i+1 {
			return a.json.Problem(path+".month", "is missing or out of order", fmt.Sprintf("month %d", i+1))
		}
		if !positive(v.Energy) || !positive(v.Sun) || !positive(v.Spread) {
			return a.json.Problem(path, "E_m, H(i)_m or SD_m is missing or negative", "the month's energy, sunlight and spread")
		}
		energy += *v.Energy
		sun += *v.Sun
	}
	for _, sum := range []struct {
		key         string
		months, all float64
	}{{"E_y", energy, *year.Energy}, {"H(i)_y", sun, *year.Sun}} {
		if math.Abs(sum.months-sum.all) > rounding {
			return a.json.Problem("outputs.totals.fixed."+sum.key, fmt.Sprintf("is %v, and the months add up to %.2f", sum.all, sum.months), "the sum of the months")
		}
	}
	return nil
}

// rounding is what two decimals of twelve months and of the year can add up to, and
// as much again.
const rounding = 0.13

func positive(v *float64) bool { return v != nil && *v >= 0 && *v < 1e10 }

// per divides by the peak power and drops what binary fractions add behind the
// digits.
func per(v, kw float64) float64 { return math.Round(v/kw*1e6) / 1e6 }
