package coalition

import (
	"fmt"
	"math"
)

// The functions below tabulate the mechanism over all coalitions. Their cost is
// 2^n times n log M for n members and M increments.

// Costs returns C(S) in whole cents per year for every coalition, indexed by
// [Mask], and whether any coalition needed the backstop.
//
// It fails with [ErrPlayers], or with [ErrTarget] without a backstop.
func (p *PooledTarget) Costs() (cents []int64, backstopUsed bool, err error) {
	cents, err = tabulateGroups(p.Members(), 100, func(group []int) (float64, error) {
		supply, err := p.solve(group)
		backstopUsed = backstopUsed || supply.BackstopUsed
		return supply.Cost, err
	})
	return cents, backstopUsed, err
}

// CO2 returns the CO2 cut in whole kg per year by the least-cost plan of every
// coalition, indexed by [Mask]. Its difference from the members acting alone is
// a by-product of saving money, and it may be negative.
func (p *PooledTarget) CO2() ([]int64, error) {
	return tabulateGroups(p.Members(), 1000, func(group []int) (float64, error) {
		supply, err := p.solve(group)
		return supply.CO2, err
	})
}

// MoneyGame returns the savings game in cents per year at equal targets.
//
// It fails as [PooledTarget.Costs] does.
func (p *PooledTarget) MoneyGame() (Game, error) {
	cents, _, err := p.Costs()
	if err != nil {
		return Game{}, err
	}
	return FromCosts(p.Members(), cents)
}

// EnergyGame returns the game in kWh per year at equal money: what a coalition
// saves when it spends together what its members would spend alone, minus what
// they save alone with the same money,
//
//	v(S) = max { sum of E_m x_m : cost <= sum of C({i}) } - sum over i of the same for {i}.
//
// It fails as [PooledTarget.Costs] does.
func (p *PooledTarget) EnergyGame() (Game, error) {
	return p.equalMoney(p.curve, p.limit, p.backstop)
}

// CO2Game returns the game in kg of CO2 per year at equal money: what a
// coalition cuts when it spends what its members need alone for their energy
// targets on cutting CO2 instead, minus what each of them would cut alone in
// that way. The backstop sells energy and not CO2, so it has no part in it.
//
// It fails as [PooledTarget.Costs] does.
func (p *PooledTarget) CO2Game(abatements []Abatement) (Game, error) {
	c, err := abatementCurve(p.Members(), abatements)
	if err != nil {
		return Game{}, err
	}
	return p.equalMoney(c, len(c.steps), math.Inf(1))
}

func (p *PooledTarget) equalMoney(c *curve, limit int, backstop float64) (Game, error) {
	if err := checkPlayers(p.Members()); err != nil {
		return Game{}, err
	}
	alone, err := p.alone()
	if err != nil {
		return Game{}, err
	}
	amounts, err := tabulateGroups(p.Members(), 1000, func(group []int) (float64, error) {
		return c.amountFor(group, sumOf(alone, group), limit, backstop), nil
	})
	if err != nil {
		return Game{}, err
	}
	// FromCosts subtracts the group from its members; here more is better.
	for s := range amounts {
		amounts[s] = -amounts[s]
	}
	return FromCosts(p.Members(), amounts)
}

// alone returns the cost of each member on its own, EUR per year.
func (p *PooledTarget) alone() ([]float64, error) {
	costs := make([]float64, p.Members())
	for i := range costs {
		supply, err := p.solve([]int{i})
		if err != nil {
			return nil, err
		}
		costs[i] = supply.Cost
	}
	return costs, nil
}

// amountFor returns the largest amount (MWh or tonnes) that the group can have
// for a budget in EUR.
func (c *curve) amountFor(group []int, budget float64, limit int, backstop float64) float64 {
	rank := c.rankWithin(group, budget, limit)
	amount := toUnits(c.amountAt(group, rank))
	left := max(0, budget-c.costAt(group, rank))
	price := backstop
	if next := c.next(group, rank, limit); next < limit {
		price = c.steps[next].price
	}
	if price <= 0 { // a step that costs nothing and lies beyond the budget only by rounding
		return amount
	}
	return amount + left/price
}

// tabulateGroups does what [tabulate] does for a function of a list of members
// that may fail.
func tabulateGroups(n int, factor float64, f func(group []int) (float64, error)) ([]int64, error) {
	if err := checkPlayers(n); err != nil {
		return nil, err
	}
	table := make([]int64, 1<<n)
	group := make([]int, 0, n)
	for s := 1; s < len(table); s++ {
		group = Mask(s).appendMembers(group[:0])
		x, err := f(group)
		if err == nil {
			table[s], err = toWhole(x * factor)
		}
		if err != nil {
			return nil, fmt.Errorf("coalition %b: %w", s, err)
		}
	}
	return table, nil
}
