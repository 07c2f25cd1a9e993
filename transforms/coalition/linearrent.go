package coalition

import "math/big"

// tariff is a price for each row of a [Linear] and a weight of costs, as whole
// numbers over one denominator, so that comparing alternatives is exact and fast.
type tariff struct {
	denominator *big.Int
	price       []*big.Int // by row
	cost        *big.Int
}

func newTariff(price []*big.Rat, weight int64) tariff {
	t := tariff{denominator: big.NewInt(1)}
	for _, y := range price {
		common := new(big.Int).GCD(nil, nil, t.denominator, y.Denom())
		t.denominator.Mul(t.denominator, common.Quo(y.Denom(), common))
	}
	for _, y := range price {
		factor := new(big.Int).Quo(t.denominator, y.Denom())
		t.price = append(t.price, factor.Mul(factor, y.Num()))
	}
	t.cost = new(big.Int).Mul(t.denominator, big.NewInt(weight))
	return t
}

// worth is what amounts by row are worth less a cost, over the denominator.
func (t tariff) worth(amounts []int64, cost int64, worth, term *big.Int) *big.Int {
	worth.Mul(t.cost, term.SetInt64(-cost))
	for r, amount := range amounts {
		if amount != 0 && t.price[r].Sign() != 0 {
			worth.Add(worth, term.Mul(t.price[r], term.SetInt64(amount)))
		}
	}
	return worth
}

// pick returns the alternative of a group that is worth most, the first of equal
// ones, and adds its worth, which is the rent of the group, to rents; -1 when none
// is worth anything.
func (t tariff) pick(group []alternative, rents *big.Int) int {
	chosen := -1
	var rent, worth, term big.Int
	for k, a := range group {
		if t.worth(a.amount, a.cost, &worth, &term).Cmp(&rent) > 0 {
			chosen = k
			rent.Set(&worth)
		}
	}
	rents.Add(rents, &rent)
	return chosen
}

// best returns the plan that is worth most at the present prices: each group
// picks for itself. With costs (weight 1), what the group of members needs is
// worth at these prices less all rents is a lower bound of its cost, because
// prices and rents solve the dual program. Without (weight 0), a bound above 0
// proves that the needs cannot be met.
func (m *mixture) best(weight int64) (plan wholePlan, bound *big.Rat) {
	t := newTariff(m.price, weight)
	rents := new(big.Int)
	plan.amount = make([]int64, len(m.need))
	for _, i := range m.group {
		for _, group := range m.l.groups[i] {
			chosen := t.pick(group, rents)
			if chosen < 0 {
				continue
			}
			a := group[chosen]
			plan.taken = append(plan.taken, a.source)
			plan.cost += a.cost
			for r, amount := range a.amount {
				plan.amount[r] += amount
			}
		}
	}
	value := t.worth(m.need, 0, new(big.Int), new(big.Int))
	return plan, new(big.Rat).SetFrac(value.Sub(value, rents), t.denominator)
}

// charges returns that bound by member, for prices that prove the cost: what the
// needs of a member are worth less its own rents.
func (m *mixture) charges() []*big.Rat {
	t := newTariff(m.price, 1)
	charges := make([]*big.Rat, len(m.group))
	need := make([]int64, len(m.need))
	for at, i := range m.group {
		rents := new(big.Int)
		for _, group := range m.l.groups[i] {
			t.pick(group, rents)
		}
		for r, row := range m.l.rows {
			need[r] = row.need[i]
		}
		value := t.worth(need, 0, new(big.Int), new(big.Int))
		charges[at] = new(big.Rat).SetFrac(value.Sub(value, rents), t.denominator)
	}
	return charges
}
