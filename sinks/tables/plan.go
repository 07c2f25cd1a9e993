package tables

import "math"

// AllAgreements is the agreement_id of what all agreements whose gain counts bring
// together.
const AllAgreements = "ALL"

// ExchangeRate finds what a euro is in the plan's currency among rows of table factor:
// the rate of the year whose euro money is stated in, or of the nearest; of two as near,
// the first. It reports whether there is one.
func ExchangeRate(plan Row, rates []Row) (rate Row, found bool) {
	price, _ := plan.Number("price_year")
	best := math.Inf(1)
	for _, r := range rates {
		year, _ := r.Number("year")
		value, known := r.Number("value")
		if away := math.Abs(year - price); known && value > 0 && away < best {
			rate, best, found = r, away, true
		}
	}
	return rate, found
}

// AccountYear finds the year of which a member's account is shown, among its rows of
// table energy_balance: the base year, or the nearest to it in which a final use is
// known; of two as near, the first. It reports whether there is one.
func AccountYear(plan Row, account []Row) (year int64, found bool) {
	base, _ := plan.Int("base_year")
	best := math.Inf(1)
	for _, r := range account {
		y, _ := r.Int("year")
		if away := math.Abs(float64(y - base)); r.Text("flow") == "FINAL" && !r.Null("energy_mwh") && away < best {
			year, best, found = y, away, true
		}
	}
	return year, found
}

// SolarParts are the resources of table renewable_potential that also stand in a row of
// their sum, solar.
func SolarParts() []string { return []string{"solar_roof", "solar_ground"} }
