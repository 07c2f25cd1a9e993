package joint

import (
	"fmt"
	"math"

	"samkraft/transforms/coalition"
)

// game is an agreement's three games, by mask of players.
type game struct {
	money     coalition.Game // cents
	energy    coalition.Game // kWh more for the same money
	carbon    coalition.Game // kg of CO2 more for the same money
	unplayed  [3]bool        // by currency: the mechanism has no answer for it, and the game is empty
	byproduct []int64        // kg of CO2 that the plan which saves money cuts more
	cost      []int64        // cents
	lambda    []float64      // EUR/MWh
	lambdaT   []float64      // EUR/t
	short     []bool         // the backstop is used
	cover     *coalition.Cover
}

// play tabulates the games of n players. Below the quorum there is no agreement:
// each goes alone.
func play(n, quorum int, at solved) (game, error) {
	size := 1 << n
	g := game{byproduct: make([]int64, size), cost: make([]int64, size), lambda: make([]float64, size), lambdaT: make([]float64, size), short: make([]bool, size)}
	money, energy, carbon := make([]int64, size), make([]int64, size), make([]int64, size)
	have, cuts, cut := make([]int64, size), make([]int64, size), make([]int64, size)
	for s := 1; s < size; s++ {
		mask := coalition.Mask(s)
		var alone, haveAlone, cutsAlone, cutAlone int64
		if mask.Size() > 1 {
			for _, i := range mask.Members() {
				alone += g.cost[1<<i]
				haveAlone += have[1<<i]
				cutsAlone += cuts[1<<i]
				cutAlone += cut[1<<i]
				g.short[s] = g.short[s] || g.short[1<<i]
			}
			if mask.Size() < quorum {
				g.cost[s], have[s], cuts[s], cut[s] = alone, haveAlone, cutsAlone, cutAlone
				continue
			}
		}
		out, err := at.outcome(mask)
		if err != nil {
			return g, err
		}
		saves, err := at.energy(mask)
		if err != nil {
			return g, err
		}
		cutsFor, err := at.carbon(mask)
		if err != nil {
			return g, err
		}
		if !(math.Abs(out.cost*100) <= coalition.MaxValue) {
			return g, fmt.Errorf("a cost of %g EUR a year is too large to be shared, expected at most %d", out.cost, int64(coalition.MaxValue)/100)
		}
		if math.IsNaN(saves) {
			g.unplayed[mwh], saves = true, 0
		}
		if math.IsNaN(cutsFor) {
			g.unplayed[tonne], cutsFor = true, 0
		}
		// What a member lacks alone decides the gain of every group it is in.
		g.cost[s], g.lambda[s], g.lambdaT[s], g.short[s] = whole(out.cost*100), out.lambda, out.lambdaT, out.short || g.short[s]
		have[s], cuts[s], cut[s] = whole(saves*1000), whole(cutsFor*1000), whole(out.co2*1000)
		if mask.Size() > 1 {
			money[s] = rounded(alone-g.cost[s], mask)
			energy[s] = rounded(have[s]-haveAlone, mask)
			carbon[s] = rounded(cuts[s]-cutsAlone, mask)
			g.cost[s] = alone - money[s]
			g.byproduct[s] = cut[s] - cutAlone
		}
	}
	return g, g.fill(n, money, energy, carbon)
}

func (g *game) fill(n int, money, energy, carbon []int64) error {
	var err error
	if g.money, err = coalition.New(n, money); err != nil {
		return err
	}
	if g.energy, err = coalition.New(n, energy); err != nil {
		return err
	}
	if g.carbon, err = coalition.New(n, carbon); err != nil {
		return err
	}
	if n <= allCoalitions {
		cover, err := coalition.SuperadditiveCover(g.money, int64(n))
		if err != nil {
			return err
		}
		g.cover = &cover
	}
	return nil
}

func whole(x float64) int64 { return int64(math.Round(x)) }

// rounded takes away what rounding each member's figure to whole units can make
// of a gain of nothing: less than a unit a member below zero.
func rounded(gain int64, mask coalition.Mask) int64 {
	if gain < 0 && gain > -int64(mask.Size()) {
		return 0
	}
	return gain
}

// allCoalitions is how many players an agreement may have for every group to be
// published; of larger ones the single members, all but one, and all.
const allCoalitions = 12

// shown reports whether a group of so many of n is published.
func shown(size, n int) bool { return n <= allCoalitions || size == 1 || size >= n-1 }

// of is one of the three games.
func (g game) of(c currency) coalition.Game {
	switch c {
	case eur:
		return g.money
	case mwh:
		return g.energy
	default:
		return g.carbon
	}
}

// currencies are those that the game is played for.
func (g game) currencies() []currency {
	var played []currency
	for _, c := range currencies {
		if !g.unplayed[c] {
			played = append(played, c)
		}
	}
	return played
}

// value is what a coalition gains in one of the games, MWh or t; null where that is
// not played.
func (g game) value(c currency, s coalition.Mask) any {
	if g.unplayed[c] {
		return nil
	}
	return thousand(g.of(c).Value(s))
}

func (g game) backstop() bool {
	for _, short := range g.short {
		if short {
			return true
		}
	}
	return false
}

// in lifts a game of players to the members of a plan: a coalition is worth what
// the players in it are.
func lifted(n int, players []int, value func(coalition.Mask) int64, add []int64) {
	place := make([]int, n)
	for i := range place {
		place[i] = -1
	}
	for at, member := range players {
		place[member] = at
	}
	// The players of each coalition, from those of it without its lowest member.
	within := make([]coalition.Mask, len(add))
	for s := 1; s < len(add); s++ {
		mask := coalition.Mask(s)
		low := mask & -mask
		within[s] = within[mask&^low]
		if at := place[low.Members()[0]]; at >= 0 {
			within[s] |= 1 << at
		}
		add[s] += value(within[s])
	}
}
