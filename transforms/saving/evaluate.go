package saving

import (
	"fmt"
	"math"
	"slices"
)

// Package is what one package of measures on a member's stock saves and costs in
// a year when it is done wherever it applies.
type Package struct {
	Member         int
	Stock, Measure string // Measure is the package's id
	Own            bool   // a member's own measure
	Group          string // of an own measure; "" is that of all packages on the stock: one can be chosen
	Industry       bool
	Floor          string  // where the floor is from, [OwnFloor] or [NationalFloor]; "" of a package that does not go by floor
	Saved          float64 // final energy, MWh; below zero where another supply takes more than the one before
	Invest         float64 // once, EUR
	OM             float64 // operation and maintenance more than before, EUR
	Life           float64 // investment-weighted mean, years; NaN of a package without investment
	LCSE           float64 // levelised cost of saved energy, EUR/MWh; NaN where nothing is saved
	NAC            float64 // net annual cost: annuity and OM less the value of the energy saved, EUR
	CO2            float64 // t saved
	// AssumptionShare is the share of the factors behind saving and cost that are
	// not seen in a source. It does not depend on the values.
	AssumptionShare float64
}

// Evaluate returns all packages at these values of the parameters, which stand in
// the order of [Model.Params]; by member, stock and group, in the stock's group first
// the packages and then the own measures, by id. It writes into the
// given slice when that is long enough, and then allocates nothing.
//
// It fails on a value outside of where its parameter makes sense, and where a
// measure would save more than there is.
func (m *Model) Evaluate(values []float64, into []Package) ([]Package, error) {
	if err := m.check(values); err != nil {
		return nil, err
	}
	into = slices.Grow(into[:0], len(m.offers))[:len(m.offers)]
	for i := range m.offers {
		o := &m.offers[i]
		left := o.left(values)
		if !(left >= 0) {
			return nil, fmt.Errorf("saving: package %s saves more than all of the stock %s; expected factors with which it does not", o.known.Measure, o.known.Stock)
		}
		into[i] = o.evaluate(values, left, values[m.rate])
	}
	return into, nil
}

// Invested returns how much of each package's investment is in the measures named,
// in EUR, at these values of the parameters and in the order of [Model.Evaluate].
func (m *Model) Invested(values []float64, measures []string) []float64 {
	invested := make([]float64, len(m.offers))
	for i := range m.offers {
		o := &m.offers[i]
		left := o.left(values)
		for k := range o.steps {
			if s := &o.steps[k]; slices.Contains(measures, s.measure) {
				invested[i] += o.invest(s, values, left)
			}
		}
	}
	return invested
}

// at is the value at a place, or what counts where there is none.
func at(values []float64, place int, otherwise float64) float64 {
	if place == none {
		return otherwise
	}
	return values[place]
}

// left is the share of demand that the package's measures leave: they act one
// after the other. It is NaN when one of them saves more than everything.
func (o *offer) left(v []float64) float64 {
	left := 1.0
	for i := range o.steps {
		saved := o.saved(&o.steps[i], v)
		if !(saved <= 1) {
			return math.NaN()
		}
		left *= 1 - saved
	}
	return left
}

// saved is the share of demand that a measure saves by itself.
func (o *offer) saved(s *step, v []float64) float64 {
	part := at(v, s.part, 1)
	switch s.saves {
	case perArea:
		return part * v[s.realised] * v[s.saving] / v[o.demand] // both per m2, so that of no heat nothing is saved
	case ofHeat:
		return part * v[s.realised] * v[s.saving]
	case ofDemand:
		return part * v[s.saving]
	default:
		return 0 // another supply leaves the demand as it is
	}
}

// floor is how much floor the stock warms, or serves, in m2.
func (o *offer) floor(v []float64) float64 {
	use := o.heat
	if math.IsNaN(use) {
		use = o.energy
	}
	return use * v[o.use] * 1000 / v[o.demand]
}

// invest is what a measure costs once, in EUR.
func (o *offer) invest(s *step, v []float64, left float64) float64 {
	switch s.pays {
	case forArea:
		return o.floor(v) * at(v, s.floorPart, 1) * v[s.invest]
	case forEnergy:
		return o.energy * v[o.use] * o.saved(s, v) * v[s.invest]
	case forHouse:
		return o.houses(s, v) * v[s.invest]
	default: // sized for the heat that it gives of what the other measures leave
		return 1000 / v[o.hours] * v[s.invest] * (o.heat * v[o.use]) * left * o.part(v)
	}
}

// houses is how many houses a supply that can be had by house is for.
func (o *offer) houses(s *step, v []float64) float64 {
	return o.heat * v[o.use] / v[s.house] * o.part(v)
}

// part is how much of the heat another supply can give.
func (o *offer) part(v []float64) float64 {
	if o.conversion.efficiency == none {
		return 1
	}
	return at(v, o.conversion.part, 1)
}

func (o *offer) evaluate(v []float64, left, rate float64) Package {
	if o.own != nil {
		return o.evaluateOwn(v, rate)
	}
	p := o.known
	annuity, years := 0.0, 0.0
	for i := range o.steps {
		s := &o.steps[i]
		invest := o.invest(s, v, left)
		p.Invest += invest
		if s.perHouse {
			p.OM += o.houses(s, v) * at(v, s.upkeep, 0)
		} else {
			p.OM += invest * at(v, s.upkeep, 0)
		}
		if s.saves == bySupply {
			p.OM += o.heat * v[o.use] * left * o.part(v) * at(v, s.variable, 0)
		}
		annuity += invest * CRF(rate, v[s.life])
		years += invest * v[s.life]
	}
	p.Life = years / p.Invest

	before, price := o.energy*v[o.use], v[o.price]
	emission := o.burn.of(v)
	// Afterwards the same supply but less of it, and what another one takes.
	kept, bought, priceBought, emissionBought := before*left, 0.0, 0.0, 0.0
	if c := &o.conversion; c.efficiency != none {
		kept = before * left * (1 - o.part(v))
		bought = o.heat * v[o.use] * left * o.part(v) / v[c.efficiency]
		priceBought, emissionBought = v[c.price], c.burn.of(v)
	}
	p.Saved = before - (kept + bought)
	p.LCSE = math.NaN()
	if p.Saved > 0 {
		p.LCSE = (annuity + p.OM) / p.Saved
	}
	p.NAC = annuity + p.OM - before*price + kept*price + bought*priceBought
	p.CO2 = (before*emission - kept*emission - bought*emissionBought) / 1000
	return p
}
