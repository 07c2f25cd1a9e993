package saving

import (
	"cmp"
	"math"
	"slices"

	"samkraft/transforms/coalition"
)

// Own is a member's own measure: this school, that street. What it saves and costs
// is stated, not computed from the stock on which it acts.
type Own struct {
	Member int
	Code   string // of the municipality
	Stock  string
	Group  string // of measures of which one can be done; "" is that of the packages on the stock
	ID     string
	Saved  coalition.Spread // final energy, MWh per year
	Invest coalition.Spread // once, EUR
	Upkeep float64          // EUR per year
	Life   float64          // years
	CO2    float64          // t saved per year; NaN: as the energy saved emits
	Mark   string
}

// stated is what an own measure saves and costs, with the places of what is
// uncertain of it.
type stated struct {
	saved, invest     int
	upkeep, life, co2 float64
}

// Excludes reports whether only one of two packages can be chosen.
func (p Package) Excludes(o Package) bool {
	return p.Member == o.Member && p.Stock == o.Stock && p.Group == o.Group
}

// ownOffers returns the own measures on a stock, by group and id.
func (c *compiler) ownOffers(s Stock, use int, burns burn) []offer {
	var list []Own
	for _, o := range c.Own {
		if o.Member == s.Member && o.Stock == s.ID {
			list = append(list, o)
		}
	}
	slices.SortFunc(list, func(a, b Own) int { return cmp.Or(cmp.Compare(a.Group, b.Group), cmp.Compare(a.ID, b.ID)) })
	var offers []offer
	for _, m := range list {
		same := func(o Own) bool { return o.Member == m.Member && o.ID == m.ID }
		if first := slices.IndexFunc(c.Own, same); slices.ContainsFunc(c.Own[first+1:], same) {
			c.fail("municipality %s has the own measure %s twice", m.Code, m.ID)
		}
		if !(m.Life > 0) || !(m.Saved.Mode <= s.Energy) {
			c.fail("own measure %s of municipality %s saves %v MWh a year for %v years, expected no more than the %v MWh of its stock and a lifetime above 0", m.ID, m.Code, m.Saved.Mode, m.Life, s.Energy)
		}
		offer := c.supplied(s, use, burns, m.ID)
		offer.known.Own, offer.known.Group = true, m.Group
		offer.own = &stated{
			saved:  c.place(m.param("saved", m.Saved, "MWh"), notNegative),
			invest: c.place(m.param("investment", m.Invest, "EUR"), notNegative),
			upkeep: m.Upkeep, life: m.Life, co2: m.CO2,
		}
		offer.known.AssumptionShare = c.assumed([]int{offer.own.saved, offer.own.invest, offer.price})
		offers = append(offers, offer)
	}
	return offers
}

// param makes a figure of an own measure a parameter: one without a range is not
// drawn.
func (m Own) param(figure string, spread coalition.Spread, unit string) Param {
	distribution := "tri"
	if spread.Low == spread.High {
		distribution = "fix"
	}
	return Param{"own_" + m.ID + "@" + m.Code + "_" + figure, spread, distribution, m.Mark, unit}
}

// evaluateOwn values what an own measure saves at the price of its stock. It never
// saves more than the stock uses.
func (o *offer) evaluateOwn(v []float64, rate float64) Package {
	p := o.known
	p.Saved = math.Min(v[o.own.saved], o.energy*v[o.use])
	p.Invest, p.OM, p.Life = v[o.own.invest], o.own.upkeep, o.own.life
	yearly := p.Invest*CRF(rate, p.Life) + p.OM
	p.LCSE = math.NaN()
	if p.Saved > 0 {
		p.LCSE = yearly / p.Saved
	}
	p.NAC = yearly - p.Saved*v[o.price]
	p.CO2 = o.own.co2
	if math.IsNaN(p.CO2) {
		p.CO2 = p.Saved * o.burn.of(v) / 1000
	}
	return p
}
