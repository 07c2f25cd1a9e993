package saving

import "math"

// CRF is the capital recovery factor: the part of an investment that, paid at the
// end of each of so many years at this rate of interest, pays it back. It is
// r / (1 - (1+r)^-L), and 1/L without interest.
//
// The rate is real, per year, above -1. The lifetime is positive and need not be
// whole.
func CRF(rate, years float64) float64 {
	if rate == 0 {
		return 1 / years
	}
	// expm1 and log1p keep the digits that 1 - (1+r)^-L loses at small rates.
	return rate / -math.Expm1(-years*math.Log1p(rate))
}

// Tier is a rate of interest that counts up to and including a year; the last of
// several counts from there on.
type Tier struct {
	Through int
	Rate    float64
}

// TieredCRF is the capital recovery factor of a rate that falls with time, as
// Denmark's for public projects: one over the sum of the discount factors of the
// years, each the product of 1/(1+r) up to it. Tiers stand in order of time.
func TieredCRF(tiers []Tier, years int) float64 {
	discount, sum := 1.0, 0.0
	for year, tier := 1, 0; year <= years; year++ {
		if year > tiers[tier].Through && tier < len(tiers)-1 {
			tier++
		}
		discount /= 1 + tiers[tier].Rate
		sum += discount
	}
	return 1 / sum
}
