package saving

import "samkraft/transforms/coalition"

// Building is what is known of a member's own buildings.
type Building struct {
	Member    int
	Code      string  // of the municipality
	Demand    float64 // kWh of heat per m2 of floor a year
	HalfWidth float64 // how far Demand may be off, as a share of it, 95 %
}

// Where the floor behind a package comes from that goes by floor.
const (
	OwnFloor      = "building_stock" // heat by the member's own heat per m2
	NationalFloor = "national_mean"  // use by the country's mean per m2
)

// demand returns the place of a stock's use per m2 of floor, and where it is from:
// of heat in buildings the member's own, where that is known, else the country's
// mean. The member's is one parameter for all its stocks.
func (c *compiler) demand(id string, s Stock) (int, string) {
	if id == danishFloor || id == swedishFloor {
		for _, b := range c.Buildings {
			if b.Member != s.Member {
				continue
			}
			spread := coalition.Spread{Low: b.Demand * (1 - b.HalfWidth), Mode: b.Demand, High: b.Demand * (1 + b.HalfWidth)}
			return c.place(Param{"heat_demand@" + b.Code, spread, "tri", "A", "kWh/m2/yr"}, positive), OwnFloor
		}
	}
	return c.factor(id, s.Country, average, positive), NationalFloor
}
