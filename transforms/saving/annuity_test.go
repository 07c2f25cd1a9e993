package saving

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// TestCRF compares with values that were computed in another way, to twelve
// decimals.
func TestCRF(t *testing.T) {
	for _, c := range []struct{ rate, years, want float64 }{
		{0.035, 20, 0.070361076783}, {0.035, 40, 0.046827282259}, {0.04, 20, 0.073581750329},
		{0.03, 25, 0.057427871040}, {0.06, 18, 0.092356540553}, {0, 20, 0.05}, {0, 12.5, 0.08},
	} {
		if got := CRF(c.rate, c.years); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("CRF(%v, %v) is %.12f, expected %.12f", c.rate, c.years, got, c.want)
		}
	}
}

// TestTieredCRF is for the Danish social rate: 3.5 % for 35 years, 2.5 % up to
// 70, 1.5 % after.
func TestTieredCRF(t *testing.T) {
	tiers := []Tier{{35, 0.035}, {70, 0.025}, {math.MaxInt, 0.015}}
	for years, factor := range map[int]float64{20: 14.212403302, 35: 20.000661095, 40: 21.394302147, 60: 25.527547713, 75: 27.548206592} {
		if got := 1 / TieredCRF(tiers, years); math.Abs(got-factor) > 5e-10 {
			t.Errorf("annuity factor of %d years is %.9f, expected %.9f", years, got, factor)
		}
	}
	if got := TieredCRF(tiers, 40); math.Abs(got-0.046741417) > 5e-10 {
		t.Errorf("annuity of 40 years is %.9f, expected 0.046741417", got)
	}
}

func TestPropertyCRF(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rate := rapid.Float64Range(0, 0.2).Draw(t, "rate")
		years := rapid.IntRange(1, 80).Draw(t, "years")
		part := rapid.Float64Range(0.01, 0.99).Draw(t, "part of a year")
		flat := TieredCRF([]Tier{{1, rate}}, years)
		if got := CRF(rate, float64(years)); math.Abs(got/flat-1) > 1e-12 {
			t.Fatalf("CRF(%v, %v) is %v; one over the sum of discount factors %v", rate, years, got, flat)
		}
		// A lifetime in between costs something in between.
		between := CRF(rate, float64(years)+part)
		if between >= CRF(rate, float64(years)) || between <= CRF(rate, float64(years+1)) {
			t.Fatalf("CRF(%v, %v) is %v, not between those of the whole years", rate, float64(years)+part, between)
		}
	})
	// Almost no interest is almost no interest.
	if got := CRF(1e-15, 40); math.Abs(got-0.025) > 1e-14 {
		t.Errorf("CRF(1e-15, 40) is %v, expected 0.025", got)
	}
}
