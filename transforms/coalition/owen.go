package coalition

import "math"

// PriceShares is an allocation by one common price, see [PooledTarget.PricePoint].
type PriceShares struct {
	Price  float64   // EUR per MWh or EUR per tonne
	Charge []float64 // per member: EUR per year to pay, or MWh (tonnes) per year to be credited with
	Gain   []float64 // per member: its gain over acting alone, EUR, MWh or tonnes per year
}

// PricePoint shares the joint cost by the marginal price lambda of everybody
// together: each member pays lambda for its target and is paid lambda for the
// energy of its own increments that are cheaper,
//
//	y_i = lambda T_i - sum over own m of max(0, lambda - c_m) E_m,   x_i = C({i}) - y_i.
//
// The gains x are in the core for any number of members. In plain words, members
// with cheap measures sell what they have left at the common price, and the
// others buy; a member whose own marginal cost equals lambda gains nothing. Where
// the price is not unique the lower one is used. Source: Owen (1975).
//
// It fails with [ErrTarget] without a backstop.
func (p *PooledTarget) PricePoint() (PriceShares, error) {
	joint, err := p.SolveAll()
	if err != nil {
		return PriceShares{}, err
	}
	alone, err := p.alone()
	if err != nil {
		return PriceShares{}, err
	}
	charge := make([]float64, p.Members())
	for i, target := range p.targets {
		charge[i] = joint.Lambda * toUnits(target)
	}
	for _, s := range p.curve.steps {
		charge[s.member] -= max(0, joint.Lambda-s.price) * toUnits(s.amount)
	}
	gain := make([]float64, len(charge))
	for i := range gain {
		gain[i] = alone[i] - charge[i]
	}
	return PriceShares{Price: joint.Lambda, Charge: charge, Gain: gain}, nil
}

// EnergyPricePoint is the price point of [PooledTarget.EnergyGame]: with the
// price mu of the last MWh that the joint money buys, a member is credited with
// what its money is worth at that price and with the advantage of its own
// cheaper increments,
//
//	q_i = C({i}) / mu + sum over own m of max(0, 1 - c_m / mu) E_m.
//
// The gains, q_i minus what the member saves alone, are in the core.
//
// It fails with [ErrTarget] without a backstop.
func (p *PooledTarget) EnergyPricePoint() (PriceShares, error) {
	alone, err := p.alone()
	if err != nil {
		return PriceShares{}, err
	}
	return p.curve.pricePoint(alone, p.limit, p.backstop), nil
}

// CO2PricePoint does what [PooledTarget.EnergyPricePoint] does for
// [PooledTarget.CO2Game].
func (p *PooledTarget) CO2PricePoint(abatements []Abatement) (PriceShares, error) {
	c, err := abatementCurve(p.Members(), abatements)
	if err != nil {
		return PriceShares{}, err
	}
	alone, err := p.alone()
	if err != nil {
		return PriceShares{}, err
	}
	return c.pricePoint(alone, len(c.steps), math.Inf(1)), nil
}

// pricePoint shares the amount that the budgets of all members buy together.
func (c *curve) pricePoint(budgets []float64, limit int, backstop float64) PriceShares {
	everybody := make([]int, c.members)
	for i := range everybody {
		everybody[i] = i
	}
	rank := c.rankWithin(everybody, sumOf(budgets, everybody), limit)
	for rank < limit && c.steps[rank].price <= 0 {
		rank++ // beyond the budget only by rounding
	}
	price := backstop
	if rank < limit {
		price = c.steps[rank].price
	}
	credit := make([]float64, c.members)
	for i := range credit {
		// The base comes first and is taken always: its amount is the member's
		// own, and its cost, which is not positive, adds to the money.
		credit[i] = toUnits(c.amount[i]) + (budgets[i]-c.cost[i])/price
	}
	for _, s := range c.steps[:limit] {
		if s.price < price {
			credit[s.member] += (1 - s.price/price) * toUnits(s.amount)
		}
	}
	gain := make([]float64, c.members)
	for i := range gain {
		gain[i] = credit[i] - c.amountFor(everybody[i:i+1], budgets[i], limit, backstop)
	}
	return PriceShares{Price: price, Charge: credit, Gain: gain}
}
