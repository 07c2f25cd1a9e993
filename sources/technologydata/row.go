package technologydata

import (
	"fmt"
	"strings"

	"samkraft/pipeline"
	"samkraft/sources"
)

const priceBase = 2025

type row struct {
	technology, parameter, unit string
	text                        string // value as it is written
	value                       pipeline.Decimal
	source, priceBase, original any // nil where there is none
}

func readRow(c *sources.CSV, cells []string) (row, error) {
	r := row{technology: strings.TrimSpace(cells[0]), parameter: strings.TrimSpace(cells[1]), unit: strings.TrimSpace(cells[3]), text: cells[2]}
	for i, cell := range []string{r.technology, r.parameter, r.text, r.unit} {
		if cell == "" {
			return row{}, c.Problem(i, "is empty", "a value in every row")
		}
	}
	d, err := pipeline.ParseDecimal(r.text, '.')
	if err != nil {
		return row{}, c.Problem(2, err.Error(), "a number with a decimal point")
	}
	if f := d.Float(); f > 1e12 || f < -1e12 {
		return row{}, c.Problem(2, r.text+" is no figure of a technology", "at most 1e12")
	}
	r.value = d
	if s := strings.TrimSpace(cells[4]); s != "" {
		r.source = s
	}
	// The year of prices is written as 2015.0; it is missing where a figure is no
	// price, and given as well for many that are none.
	if cells[6] != "" {
		y, err := pipeline.ParseDecimal(cells[6], '.')
		if err != nil || y.Exponent < 0 || y.Exponent > 3 || y.Float() < 1900 || y.Float() > 2100 {
			return row{}, c.Problem(6, fmt.Sprintf("%q is not a year", cells[6]), "a year of prices, such as 2015.0, or nothing")
		}
		r.original = int64(y.Float())
	}
	r.priceBase = baseOf(r)
	return r, nil
}

// baseOf tells the prices that a row is in. The compiler restates investment,
// VOM and fuel only (adjust_for_inflation in its scripts/_helpers.py).
func baseOf(r row) any {
	if !strings.Contains(r.unit, "EUR") && !strings.Contains(r.unit, "USD") {
		return nil
	}
	switch r.parameter {
	case "investment", "VOM", "fuel":
		return priceBase
	}
	return r.original
}

// onshoreWind is the investment in onshore wind by year, EUR of 2025 per kW, in
// release v0.14.0. It tells whether a file is of that price base and of the year
// that its name says.
var onshoreWind = map[int]float64{
	2020: 1494.4631,
	2025: 1438.8845,
	2030: 1383.3059,
	2035: 1344.5703,
	2040: 1305.8347,
	2045: 1296.1508,
	2050: 1286.4669,
}

// since2020 is the compiler's inflation from 2020 to 2025.
const since2020 = 1.2623

// checkRelease refuses a file whose investment in onshore wind is that of an
// older release or of another year. A later release may bring another figure;
// one within a tenth of the known one is taken, since the price bases lie a
// fifth apart.
func checkRelease(c *sources.CSV, year int, r row) error {
	got, want := r.value.Float(), onshoreWind[year]
	expected := fmt.Sprintf("about %.2f for %d in EUR of %d", want, year, priceBase)
	if near(got*since2020, want, 0.01) {
		p := c.Problem(2, fmt.Sprintf("onshore wind at %s %s is in EUR of 2020: the file is of a release before v0.14.0", r.text, r.unit), expected)
		p.Remedy = "take the file of release v0.14.0 or later"
		return p
	}
	if near(got, want, 0.0001) {
		return nil
	}
	for y := 2020; y <= 2050; y += 5 {
		if near(got, onshoreWind[y], 0.0001) {
			p := c.Problem(2, fmt.Sprintf("the file is named as %d and its onshore wind is that of %d", year, y), expected)
			p.Remedy = "give the file back the name under which it was downloaded"
			return p
		}
	}
	if !near(got, want, 0.1) {
		return c.Problem(2, fmt.Sprintf("onshore wind at %s %s: the prices that the file is in are not known", r.text, r.unit), expected)
	}
	return nil
}

func near(a, b, share float64) bool { return a > b*(1-share) && a < b*(1+share) }
