package joint

import (
	"math"
	"strings"

	"samkraft/transforms/coalition"
)

// round rounds to a stated number of decimals, which is how published numbers
// are rounded, once. What is not a number is null.
func round(f float64, decimals int) any {
	if math.IsNaN(f) {
		return nil
	}
	scale := math.Pow10(decimals)
	r := math.Round(f*scale) / scale
	if r == 0 {
		return 0.0 // not minus zero
	}
	return r
}

func cents(f float64) any { return round(f, 2) }

// euro, megawatthours and tonnes write whole cents, kWh and kg.
func euro(cents int64) float64 { return float64(cents) / 100 }
func thousand(x int64) float64 { return float64(x) / 1000 }

// together is a game that several have played: an agreement's, or that of all.
type together struct {
	id      string
	players []int
	game    game
	shares  []sharing
	example bool
}

func (e *engine) memberRows(rows Rows, d *deal) {
	for at, member := range d.players {
		m := e.in.Members[member]
		var weight any
		if d.weights != nil {
			weight = round(d.weights[at], 9)
		}
		rows.add("agreement_member", e.in.Plan, d.ID, m.Country, m.Code, weight)
	}
}

// gameRows writes the tables of a game and of the ways of sharing it.
func (e *engine) gameRows(rows Rows, t together, u *uncertainty) error {
	e.coalitionRows(rows, t, u)
	e.allocationRows(rows, t, u)
	return e.stabilityRows(rows, t, u)
}

func (e *engine) coalitionRows(rows Rows, t together, u *uncertainty) {
	n, g := len(t.players), t.game
	for s := 1; s < 1<<n; s++ {
		mask := coalition.Mask(s)
		if !shown(mask.Size(), n) {
			continue
		}
		var low, median, high, lambda, lambdaT, cover any
		if u != nil {
			if q, watched := u.groups[mask]; watched {
				low, median, high = cents(q.p10), cents(q.p50), cents(q.p90)
			}
		}
		if g.lambda != nil && g.lambda[s] > 0 {
			lambda = round(g.lambda[s], 6)
		}
		if g.lambdaT != nil && g.lambdaT[s] > 0 {
			lambdaT = round(g.lambdaT[s], 6)
		}
		if g.cover != nil {
			cover = euro(g.cover.Game.Value(mask))
		}
		rows.add("coalition_value", e.in.Plan, Scenario, t.id, uint64(global(t.players, mask)), mask.Size(), strings.Join(e.in.names(t.players, mask), ", "),
			euro(g.cost[s]), euro(g.money.Value(mask)), low, median, high, cover, g.value(mwh, mask), g.value(tonne, mask), thousand(g.byproduct[s]),
			lambda, lambdaT, g.short[s], e.in.PriceYear, t.example)
	}
}

func (e *engine) allocationRows(rows Rows, t together, u *uncertainty) {
	alone := func(i int) int64 { return t.game.cost[1<<i] }
	for _, s := range t.shares {
		for i, member := range t.players {
			m := e.in.Members[member]
			gain := euro(s.money[i])
			var energy, carbon any
			if s.energy != nil {
				energy = thousand(s.energy[i])
			}
			if s.carbon != nil {
				carbon = thousand(s.carbon[i])
			}
			cells := []any{e.in.Plan, Scenario, t.id, s.rule, m.Country, m.Code, gain, euro(alone(i) - s.money[i]), energy, carbon,
				perhaps(gain/m.Population, 6), perhaps(gain/m.Energy, 6)}
			cells = append(cells, u.member(i, s, t.game.money.Total())...)
			rows.add("allocation", append(cells, s.method, s.inCore, e.in.PriceYear, t.example)...)
		}
	}
}

// perhaps rounds a quotient; null where the divisor is unknown or nothing.
func perhaps(f float64, decimals int) any {
	if math.IsInf(f, 0) {
		return nil
	}
	return round(f, decimals)
}

// member is what a way of sharing gives a player in the draws: the 10th, 50th and
// 90th percentile and how often it gains; null without draws, and where nobody can
// say what it would get.
func (u *uncertainty) member(i int, s sharing, total int64) []any {
	if u == nil {
		return make([]any, 4)
	}
	var q quantity
	switch {
	case s.rule == "price":
		q = u.price[i]
	case s.anew():
		q = u.keyed[i]
	default:
		parts := u.parts(s, total)
		if parts == nil {
			return make([]any, 4)
		}
		q = u.money.times(parts[i])
	}
	return q.cells()
}

// cells are the 10th, 50th and 90th percentile of a sum of money, and how often it is
// above nothing.
func (q quantity) cells() []any {
	return []any{cents(q.p10), cents(q.p50), cents(q.p90), round(q.positive, 6)}
}

// stabilityRows certifies every way of sharing.
func (e *engine) stabilityRows(rows Rows, t together, u *uncertainty) error {
	for _, of := range t.game.currencies() {
		g := t.game.of(of)
		superadditive, convex := shape(g)
		nulls, alike := e.nulls(t.players, g), e.alike(t.players, g)
		total := g.Total()
		var least any
		var leastShare any
		if g.Players() > 1 && (of == eur || !large(g)) {
			core, err := coalition.LeastCore(g)
			if err != nil && !noAnswer(err) {
				return err
			}
			if err == nil {
				epsilon, _ := core.Epsilon.Float64()
				if of == eur {
					least = cents(epsilon / 100)
				}
				if total > 0 {
					leastShare = round(epsilon/float64(total), 6)
				}
			}
		}
		var verified any // a nucleolus that is not verified is an error; there may be none
		for _, s := range t.shares {
			if s.rule == "nucleolus" && *s.part(of) != nil {
				verified = true
			}
		}
		for k, s := range t.shares {
			part := *s.part(of)
			if part == nil {
				continue
			}
			var excess, share, blocking, stable any
			inCore := true
			if g.Players() > 1 {
				most, mask, err := coalition.MaxExcess(g, part)
				if err != nil {
					return err
				}
				inCore = most <= int64(g.Players())
				if total > 0 {
					share = round(float64(most)/float64(total), 6)
				}
				if of == eur {
					excess = euro(most)
				}
				if !inCore {
					blocking = strings.Join(e.in.names(t.players, mask), ", ")
				}
			}
			if of == eur && u != nil {
				stable = round(u.stable[k], 6)
			}
			steady, err := monotone(g, s)
			if err != nil {
				return err
			}
			rows.add("stability", e.in.Plan, Scenario, t.id, of.String(), s.rule, coalition.Efficient(g, part), coalition.IndividuallyRational(g, part), inCore, stable,
				share, excess, blocking, leastShare, leastShare, least, superadditive, convex, steady, nulls, alike, verified, t.example)
		}
	}
	return nil
}

func (c currency) String() string { return [...]string{"eur", "mwh", "t"}[c] }
