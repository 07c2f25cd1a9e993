package coalition

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// What holds for the mechanisms (a) pooled target, (b) scale, (c) netting, (d)
// plants and networks, whatever their numbers.

// mechanism is a drawn game, and by how much rounding can break a sum of values.
type mechanism struct {
	name     string
	game     Game
	rounding int64
}

// mechanisms draws a game of each kind. Costs of a pool are whole; what its money
// buys at best, and a scale exponent, are not.
func mechanisms(t *rapid.T) []mechanism {
	n := players(t)
	pool := pools(n, 5).Draw(t, "pool")
	p, c, network := pool.build(t), drawNetting(t, n), drawNetwork(t, n)
	return []mechanism{
		{name: "pooled target", game: moneyGame(t, p)},
		{name: "energy at equal money", game: must(t, p.EnergyGame), rounding: 1},
		{name: "CO2 at equal money", game: must(t, func() (Game, error) { return p.CO2Game(pool.abatements()) }), rounding: 1},
		{name: "scale", game: must(t, drawScale(t, n).Game), rounding: 1},
		{name: "netting", game: must(t, c.EnergyGame)},
		{name: "netting in money", game: must(t, c.MoneyGame)},
		{name: "plants", game: must(t, drawPlants(t, n).Solve).Game},
		{name: "network", game: must(t, func() (Game, error) { return FromCosts(n, must(t, network.Costs)) })},
	}
}

func must[T any](t rapid.TB, f func() (T, error)) T {
	t.Helper()
	got, err := f()
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// P1.
func TestPropertyAloneThereIsNoGain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		for _, m := range mechanisms(t) {
			for i := range m.game.Players() {
				if v := m.game.Value(1 << i); v != 0 {
					t.Errorf("%s: player %d alone gains %d", m.name, i, v)
				}
			}
		}
	})
}

// P2.
func TestPropertyJoiningLosesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		for _, m := range mechanisms(t) {
			if _, _, worst := Superadditive(m.game); worst.Lack > m.rounding {
				t.Errorf("%s: not superadditive, %+v", m.name, worst)
			}
		}
	})
}

// P3.
func TestPropertyScaleIsConvexWithShapleyInTheCore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := players(t)
		g := must(t, drawScale(t, n).Game)
		if _, worst := Convex(g); worst.Lack > 2 { // four costs, rounded to cents
			t.Errorf("not convex, %+v", worst)
		}
		if excess, at, err := MaxExcessFloat(g, Floats(Shapley(g))); err != nil || excess > float64(n) {
			t.Errorf("the Shapley value misses the core by %v cents at %b (%v)", excess, at, err)
		}
	})
}

// inCore holds gains to the worth of every coalition before it is rounded: they
// add up to it, and no excess is above 1e-9 of the scale.
func inCore(t rapid.TB, what string, gains []float64, scale float64, worth func(Mask) float64) {
	t.Helper()
	for s := Mask(1); s <= All(len(gains)); s++ {
		excess := worth(s) - sumOf(gains, s.Members())
		if excess > 1e-9*max(1, scale) || s == All(len(gains)) && excess < -1e-9*max(1, scale) {
			t.Errorf("%s: coalition %b is worth %v and gets %v less", what, s, worth(s), excess)
		}
	}
}

// P4, pooled target.
func TestPropertyPooledPriceIsInTheCore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pool := pools(players(t), 5).Draw(t, "pool")
		p := pool.build(t)
		alone, spent := must(t, p.alone), 0.0
		for _, cost := range alone {
			spent += math.Abs(cost)
		}
		price := must(t, p.PricePoint)
		inCore(t, "money", price.Gain, spent, func(s Mask) float64 { return sumOf(alone, s.Members()) - solvedPool(t, p, s).Cost })
		if joint := solvedPool(t, p, All(p.Members())); !near(sumOf(price.Charge, p.everybody()), joint.Cost, 1e-12) || price.Price != joint.Lambda {
			t.Errorf("charged %v at %v for %+v", price.Charge, price.Price, joint)
		}
		for _, c := range []struct {
			what  string
			price PriceShares
			money *EqualMoney
		}{
			{"energy", must(t, p.EnergyPricePoint), must(t, p.EnergyForMoney)},
			{
				"CO2", must(t, func() (PriceShares, error) { return p.CO2PricePoint(pool.abatements()) }),
				must(t, func() (*EqualMoney, error) { return p.CO2ForMoney(pool.abatements()) }),
			},
		} {
			inCore(t, c.what, c.price.Gain, c.money.Amount(All(p.Members())), func(s Mask) float64 {
				gain := c.money.Amount(s)
				for _, i := range s.Members() {
					gain -= c.money.Amount(1 << i)
				}
				return gain
			})
		}
	})
}

func solvedPool(t rapid.TB, p *PooledTarget, s Mask) Supply {
	t.Helper()
	return must(t, func() (Supply, error) { return p.Solve(s) })
}

// P4, netting.
func TestPropertyHourlyPriceIsInTheCore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawNetting(t, players(t))
		energy, money := c.PricePoint()
		inKWh, inCents := must(t, c.EnergyGame), must(t, c.MoneyGame)
		inCore(t, "energy", energy, float64(inKWh.Total())/1000, func(s Mask) float64 { return float64(inKWh.Value(s)) / 1000 })
		inCore(t, "money", money, float64(inCents.Total())/100, func(s Mask) float64 { return float64(inCents.Value(s)) / 100 })
	})
}

// P4, networks.
func TestPropertyBirdIsInTheCore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawNetwork(t, players(t))
		costs, gains := must(t, c.Costs), c.Bird()
		g := must(t, func() (Game, error) { return FromCosts(c.Members(), costs) })
		for i := range gains {
			gains[i] = costs[1<<i] - gains[i]
		}
		if !InCore(g, gains) {
			t.Errorf("Bird's gains %v are not in the core", gains)
		}
	})
}

// P5, pooled target. The order of the increments decides nothing either.
func TestPropertyPoolRelabelling(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := players(t)
		before := pools(n, 4).Draw(t, "pool")
		to := drawOrder(t, n)
		after := pool{targets: moved(before.targets, to), backstop: before.backstop}
		for _, m := range rapid.Permutation(before.increments).Draw(t, "increments in another order") {
			m.Member = to[m.Member]
			after.increments = append(after.increments, m)
		}
		p, q := before.build(t), after.build(t)
		for s := range Mask(1) << n {
			// Money is exact; tonnes may be added up in another order.
			x, y := solvedPool(t, p, s), solvedPool(t, q, relabelled(s, to))
			if x.Cost != y.Cost || x.Energy != y.Energy || x.Lambda != y.Lambda || x.LambdaUpper != y.LambdaUpper || x.Backstop != y.Backstop {
				t.Errorf("coalition %b: %+v, and %+v under other numbers", s, x, y)
			}
		}
		x, y := must(t, p.PricePoint), must(t, q.PricePoint)
		if !slices.Equal(moved(x.Gain, to), y.Gain) || !slices.Equal(moved(x.Charge, to), y.Charge) || x.Price != y.Price {
			t.Errorf("%+v, and %+v under other numbers", x, y)
		}
	})
}

// P7 and P10, pooled target.
func TestPropertyPriceOfNullAndIdenticalMembers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := players(t)
		p := pools(n, 4).Draw(t, "pool")
		// Member n is member 0 again, and n+1 has neither target nor measures.
		p.targets = append(p.targets, p.targets[0], 0)
		for _, m := range p.increments {
			if m.Member == 0 {
				m.Member = n
				p.increments = append(p.increments, m)
			}
		}
		price := must(t, p.build(t).PricePoint)
		if price.Gain[0] != price.Gain[n] || price.Gain[n+1] != 0 {
			t.Errorf("identical members gain %v and %v, one without a part gains %v", price.Gain[0], price.Gain[n], price.Gain[n+1])
		}
	})
}

// comparePools reports where a change of one member's lowers a cost (sign 1) or
// raises it (sign -1), and where it reaches coalitions without that member.
func comparePools(t rapid.TB, member int, sign int64, before, after pool) {
	t.Helper()
	costs := func(p pool) []int64 {
		table, _, err := p.build(t).Costs()
		if err != nil {
			t.Fatal(err)
		}
		return table
	}
	old, changed := costs(before), costs(after)
	for s := range old {
		more := (changed[s] - old[s]) * sign
		if more < 0 || more != 0 && !Mask(s).Has(member) {
			t.Errorf("coalition %b costs %d, and after the change of member %d %d", s, old[s], member, changed[s])
		}
	}
}

// P11: costs and shares in EUR do not depend on the unit in which energy comes.
func TestPropertyUnitOfEnergyDoesNotMatter(t *testing.T) {
	const gj = 3.6 // of a MWh
	rapid.Check(t, func(t *rapid.T) {
		n := players(t)
		mwh := pools(n, 5).Draw(t, "pool")
		other := pool{backstop: mwh.backstop / gj}
		for _, target := range mwh.targets {
			other.targets = append(other.targets, target*gj)
		}
		for _, m := range mwh.increments {
			m.Energy, m.UnitCost = m.Energy*gj, m.UnitCost/gj
			other.increments = append(other.increments, m)
		}
		before, _, err := mwh.build(t).Costs()
		if err != nil {
			t.Fatal(err)
		}
		after, _, err := other.build(t).Costs()
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(before, after) {
			t.Errorf("groups cost %d in MWh, %d in GJ", before, after)
		}
	})
}

// P13.
func TestPropertyMoreTargetNeverCostsLess(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := players(t)
		before := pools(n, 5).Draw(t, "pool")
		before.backstop = 150 // keeps any target within reach
		after := before
		after.targets = slices.Clone(before.targets)
		i := rapid.IntRange(0, n-1).Draw(t, "member")
		after.targets[i] += float64(rapid.IntRange(0, 1000).Draw(t, "more"))
		comparePools(t, i, 1, before, after)
	})
}

// P14.
func TestPropertyAnotherMeasureNeverCostsMore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := players(t)
		before := pools(n, 5).Draw(t, "pool")
		after := before
		i := rapid.IntRange(0, n-1).Draw(t, "member")
		after.increments = append(slices.Clone(before.increments), increments(i, len(before.increments)).Draw(t, "another"))
		comparePools(t, i, -1, before, after)
	})
}

// P15, for every coalition: imports and exports fall by the same, and by no more
// than there were.
func TestPropertyNettingIsWithinImportsAndExports(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawNetting(t, players(t))
		g := must(t, c.EnergyGame)
		for s := Mask(1); s <= All(g.Players()); s++ {
			var imports, exports float64
			for _, i := range s.Members() {
				imports += c.Of(1 << i).Import
				exports += c.Of(1 << i).Export
			}
			netted := float64(g.Value(s)) / 1000
			if netted < 0 || netted > min(imports, exports) || netted != imports-c.Of(s).Import || netted != exports-c.Of(s).Export {
				t.Errorf("coalition %b nets %v MWh of %v imported and %v exported, and is left with %+v", s, netted, imports, exports, c.Of(s))
			}
		}
	})
}
