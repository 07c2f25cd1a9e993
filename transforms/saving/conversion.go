package saving

import "slices"

// conversion is another supply for what the other measures of a package leave of a
// stock's heat: a heat pump, a boiler, a network. Its place is last.
type conversion struct {
	efficiency int // heat by energy bought; none: the supply stays
	part       int // of the heat that it can give, where that is not all
	price      int // EUR/MWh of what it takes
	burn           // of that
}

// carriers say what a MWh costs and emits that another supply takes.
var carriers = []struct {
	id, price, emission string
	loss                bool // the emission of a Danish network is per MWh fed in
}{
	{"electricity", electricityPrice, electricityEmission, false},
	{"district_heat", districtPrice, districtEmission, true},
	{"wood_pellets", "price_wood_pellets", "ef_biogenic_in_total", false},
}

// convert gives a package its other supply and returns the places of the factors
// behind its cost.
func (c *compiler) convert(s Stock, o *offer, p Part, m Measure, st step) []int {
	if o.conversion.efficiency != none {
		c.fail("package %s on %s has two supplies of heat", p.Package, p.Stock)
	}
	for _, to := range carriers {
		if to.id != m.CarrierTo {
			continue
		}
		o.conversion = conversion{st.saving, st.part, c.price(to.price, s), burn{c.emission(to.emission, s.Country), none}}
		if to.loss && s.Country == "DK" {
			o.conversion.loss = c.factor(networkLoss, s.Country, average, belowOne)
		}
		return []int{o.conversion.price}
	}
	c.fail("measure %s takes %q, expected electricity, district_heat or wood_pellets", m.ID, m.CarrierTo)
	return nil
}

// possible reports whether a member can have a package: one with district heat only
// where there is a network that gives some.
func (c *compiler) possible(s Stock, parts []Part) bool {
	for _, p := range parts {
		at := slices.IndexFunc(c.Measures, func(m Measure) bool { return m.ID == p.Measure })
		if at < 0 || c.Measures[at].CarrierTo != "district_heat" {
			continue
		}
		if !slices.ContainsFunc(c.Stocks, func(n Stock) bool { return n.Member == s.Member && n.ID == "heat_district" && n.Energy > 0 }) {
			return false
		}
	}
	return true
}
