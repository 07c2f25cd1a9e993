package transforms

import (
	"strings"

	"samkraft/transforms/coalition"
)

// game is an agreement's game, played: by mask of signatories.
type game struct {
	money    coalition.Game // cents
	energy   coalition.Game // kWh at equal money
	carbon   []int64        // kg more than alone
	cost     []float64      // EUR
	lambda   []float64      // EUR/MWh
	short    []bool         // the backstop is used
	backstop bool           // by anybody, alone or together
}

func (j *joint) play(a jointAgreement, pooled *coalition.PooledTarget) (game, error) {
	n := len(a.signs)
	size := 1 << n
	g := game{carbon: make([]int64, size), cost: make([]float64, size), lambda: make([]float64, size), short: make([]bool, size)}
	costs, backstop, err := pooled.Costs()
	if err != nil {
		return g, err
	}
	g.backstop = backstop
	energy, err := pooled.EnergyGame()
	if err != nil {
		return g, err
	}
	carbon, err := pooled.CO2()
	if err != nil {
		return g, err
	}
	money, extra := make([]int64, size), make([]int64, size)
	for s := 1; s < size; s++ {
		mask := coalition.Mask(s)
		supply, err := pooled.Solve(mask)
		if err != nil {
			return g, err
		}
		var alone, aloneCarbon int64
		for _, i := range mask.Members() {
			alone += costs[1<<i]
			aloneCarbon += carbon[1<<i]
		}
		g.lambda[s], g.short[s] = supply.Lambda, supply.BackstopUsed
		if int64(mask.Size()) < a.quorum {
			// Below the quorum there is no agreement: each goes alone, and there is no
			// common margin.
			g.cost[s], g.lambda[s], g.short[s] = float64(alone)/100, 0, false
			for _, i := range mask.Members() {
				single, err := pooled.Solve(1 << i)
				if err != nil {
					return g, err
				}
				g.short[s] = g.short[s] || single.BackstopUsed
				if mask.Size() == 1 {
					g.lambda[s] = single.Lambda
				}
			}
			continue
		}
		g.cost[s] = float64(costs[s]) / 100
		money[s], extra[s], g.carbon[s] = rounded(alone-costs[s], mask), rounded(energy.Value(mask), mask), carbon[s]-aloneCarbon
	}
	if g.money, err = coalition.New(n, money); err != nil {
		return g, err
	}
	g.energy, err = coalition.New(n, extra)
	return g, err
}

// rounded takes away what rounding each member's figure to whole units can make
// of a gain of nothing: less than a unit a member below zero.
func rounded(gain int64, mask coalition.Mask) int64 {
	if gain < 0 && gain > -int64(mask.Size()) {
		return 0
	}
	return gain
}

func (j *joint) coalitionRows(a jointAgreement, g game) [][]string {
	var rows [][]string
	n := len(a.signs)
	for s := 1; s < 1<<n; s++ {
		mask := coalition.Mask(s)
		if size := mask.Size(); n > allCoalitions && size > 1 && size < n-1 {
			continue
		}
		var global uint64
		var names []string
		for _, i := range mask.Members() {
			global |= 1 << a.signs[i]
			names = append(names, j.members[a.signs[i]].name)
		}
		lambda := any(round(g.lambda[s], 6))
		if g.lambda[s] <= 0 {
			lambda = nil
		}
		rows = append(rows, literals(j.plan, "PLAN", a.id, global, mask.Size(), strings.Join(names, ", "), cents(g.cost[s]),
			float64(g.money.Value(mask))/100, float64(g.energy.Value(mask))/1000, float64(g.carbon[s])/1000, lambda, g.short[s], j.priceYear, j.example(a)))
	}
	return rows
}
