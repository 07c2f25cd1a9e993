package coalition

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// What holds for a pooled target with several rows, whatever its numbers.

// linearInput is what a [Linear] is built from, so that properties can change it.
type linearInput struct {
	targets   []TargetRow
	resources []ResourceRow
	choices   []Choice
}

func (in linearInput) build(t rapid.TB) *Linear {
	t.Helper()
	return linear(t, in.targets, in.resources, in.choices)
}

// linears have as many choices at each of n members, of which half share a group
// with others. Amounts are round, so that ties and degenerate programs are common;
// some choices work against a target, some pay for themselves.
func linears(n, each, targets, resources int) *rapid.Generator[linearInput] {
	return rapid.Custom(func(t *rapid.T) linearInput {
		var in linearInput
		// Most numbers are good; one in eight is not.
		amounts := func(count, most int, unit float64) []float64 {
			list := whole(count, most).Draw(t, "amounts")
			for k := range list {
				if list[k] *= unit; rapid.IntRange(0, 7).Draw(t, "against") == 7 {
					list[k] /= -4
				}
			}
			return list
		}
		rounds := func(most int) []float64 {
			list := whole(n, most).Draw(t, "row")
			for i := range list {
				list[i] *= 10
			}
			return list
		}
		for k := range n * each {
			c := Choice{
				ID: fmt.Sprintf("c%03d", k), Member: k % n, Cost: amounts(1, 200, 100)[0],
				Toward: amounts(targets, 20, 20), Uses: amounts(resources, 5, 20),
			}
			if rapid.Bool().Draw(t, "exclusive") {
				c.Group = fmt.Sprint("g", rapid.IntRange(0, each/3).Draw(t, "group"))
			}
			in.choices = append(in.choices, c)
		}
		for r := range targets {
			in.targets = append(in.targets, TargetRow{ID: fmt.Sprint("t", r), Targets: rounds(4 * each), Backstop: 300})
		}
		for r := range resources {
			in.resources = append(in.resources, ResourceRow{ID: fmt.Sprint("r", r), Available: rounds(2 * each)})
		}
		return in
	})
}

// drawLinear draws fewer choices where there are many members: each coalition is a
// program of its own.
func drawLinear(t *rapid.T) linearInput {
	n := players(t)
	each := rapid.IntRange(1, 16/n).Draw(t, "choices of each")
	return linears(n, each, rapid.IntRange(1, 3).Draw(t, "targets"), rapid.IntRange(0, 2).Draw(t, "resources")).Draw(t, "linear")
}

// stock is a group of options that exclude each other.
type stock struct {
	member  int
	options []Option
}

// With one target and no resource the merit order over the hulls is optimal, and
// its lower price is the dual price.
func TestPropertyLinearEqualsMeritOrder(t *testing.T) {
	option := rapid.Custom(func(t *rapid.T) Option {
		return Option{Energy: float64(rapid.IntRange(1, 40).Draw(t, "energy")), Cost: float64(rapid.IntRange(0, 4000).Draw(t, "cost") - 400)}
	})
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 4).Draw(t, "members")
		backstop := rapid.SampledFrom([]float64{0, 150}).Draw(t, "backstop")
		stocks := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) stock {
			return stock{rapid.IntRange(0, n-1).Draw(t, "member"), rapid.SliceOfN(option, 1, 4).Draw(t, "options")}
		}), 1, 4*n).Draw(t, "stocks")
		targets := make([]float64, n)
		var choices []Choice
		var increments []Increment
		for g, s := range stocks {
			reach := 0
			for k := range s.options {
				o := &s.options[k]
				o.ID = fmt.Sprintf("g%d.%d", g, k)
				choices = append(choices, Choice{ID: o.ID, Member: s.member, Group: fmt.Sprint(g), Cost: o.Cost, Toward: []float64{o.Energy}})
				reach = max(reach, int(o.Energy))
			}
			hull, err := Hull(s.member, s.options)
			if err != nil {
				t.Fatal(err)
			}
			increments = append(increments, hull...)
			targets[s.member] += float64(rapid.IntRange(0, reach).Draw(t, "target"))
		}
		p := pool{targets, increments, backstop}.build(t)
		l := linear(t, []TargetRow{{ID: "energy", Targets: targets, Backstop: backstop}}, nil, choices)
		for s := range Mask(1) << n {
			got, want := solved(t, l, s), solvedPool(t, p, s)
			if !near(got.Cost, want.Cost, 1e-9) || !near(got.TargetPrices[0], want.Lambda, 1e-9) || got.BackstopUsed != want.BackstopUsed {
				t.Errorf("coalition %b: %+v, merit order %+v", s, got, want)
			}
		}
		got, want := must(t, l.PricePoint), must(t, p.PricePoint)
		sameFloats(t, "charges", got.Charge, want.Charge, 1e-9)
		sameFloats(t, "gains", got.Gain, want.Gain, 1e-9)
	})
}

// P2 and P4 with several rows, before costs are rounded.
func TestPropertyLinearIsSuperadditiveWithItsPriceInTheCore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := drawLinear(t).build(t)
		everybody := All(l.Members())
		cost, size := make([]float64, everybody+1), 1.0
		for s := range cost {
			cost[s] = solved(t, l, Mask(s)).Cost
			size = max(size, math.Abs(cost[s]))
		}
		for union := Mask(1); union <= everybody; union++ {
			for s := union; s != 0; s = (s - 1) & union {
				if cost[union] > cost[s]+cost[union&^s]+1e-9*size {
					t.Errorf("coalition %b costs %v, and %v in two parts, of which one is %b", union, cost[union], cost[s]+cost[union&^s], s)
				}
			}
		}
		price := must(t, l.PricePoint)
		inCore(t, "money", price.Gain, size, func(s Mask) float64 {
			worth := -cost[s]
			for _, i := range s.Members() {
				worth += cost[1<<i]
			}
			return worth
		})
		joint, paid := solved(t, l, everybody), 0.0
		for _, charge := range price.Charge {
			paid += charge
		}
		if !near(paid, joint.Cost, 1e-12) || !slices.Equal(joint.TargetPrices, price.TargetPrices) {
			t.Errorf("paid %v of %v at %v and %v", paid, joint.Cost, price.TargetPrices, joint.TargetPrices)
		}
	})
}

// The fast cost is the exact one, but for what floating point loses.
func TestPropertyLinearCost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := drawLinear(t).build(t)
		for s := range All(l.Members()) + 1 {
			if got, err := l.Cost(s); err != nil || !near(got, solved(t, l, s).Cost, 1e-9) {
				t.Errorf("coalition %b costs %v (%v), exactly %v", s, got, err, solved(t, l, s).Cost)
			}
		}
	})
}

// P13 and P14 with several rows, for a coalition with the member that changes and
// without it.
func TestPropertyLinearMoreTargetCostsMoreAndMoreMeansLess(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := drawLinear(t)
		i := in.choices[0].Member
		raised := func(list []float64) []float64 {
			list = slices.Clone(list)
			list[i] += 30
			return list
		}
		target, missing, resources := in, in, in
		target.targets = slices.Clone(in.targets)
		target.targets[0].Targets = raised(in.targets[0].Targets)
		missing.choices = in.choices[1:]
		resources.resources = slices.Clone(in.resources)
		for q := range in.resources {
			resources.resources[q].Available = raised(in.resources[q].Available)
		}
		others := drawCoalition(t, len(in.targets[0].Targets)) &^ (1 << i)
		before := in.build(t)
		for _, c := range []struct {
			what string
			sign float64
			in   linearInput
		}{{"a larger target", 1, target}, {"a choice missing", 1, missing}, {"more resources", -1, resources}} {
			after := c.in.build(t)
			with := others | 1<<i
			if old, got := solved(t, before, with).Cost, solved(t, after, with).Cost; (got-old)*c.sign < 0 {
				t.Errorf("coalition %b costs %v, and with %s of member %d %v", with, old, c.what, i, got)
			}
			if old, got := solved(t, before, others).Cost, solved(t, after, others).Cost; got != old {
				t.Errorf("coalition %b costs %v, and with %s of member %d %v", others, old, c.what, i, got)
			}
		}
	})
}

// P5 with several rows. The order of the choices decides nothing either.
func TestPropertyLinearRelabelling(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := drawLinear(t)
		to := drawOrder(t, len(in.targets[0].Targets))
		var other linearInput
		for _, r := range in.targets {
			other.targets = append(other.targets, TargetRow{r.ID, moved(r.Targets, to), r.Backstop})
		}
		for _, r := range in.resources {
			other.resources = append(other.resources, ResourceRow{r.ID, moved(r.Available, to)})
		}
		for _, c := range rapid.Permutation(in.choices).Draw(t, "choices in another order") {
			c.Member = to[c.Member]
			other.choices = append(other.choices, c)
		}
		before, after := in.build(t), other.build(t)
		s := drawCoalition(t, len(to))
		if x, y := solved(t, before, s).Cost, solved(t, after, relabelled(s, to)).Cost; x != y {
			t.Errorf("coalition %b costs %v, and %v under other numbers", s, x, y)
		}
		// Exact programs with unique prices: the same to the last bit.
		x, y := must(t, before.PricePoint), must(t, after.PricePoint)
		if !slices.Equal(moved(x.Charge, to), y.Charge) || !slices.Equal(moved(x.Gain, to), y.Gain) ||
			!slices.Equal(x.TargetPrices, y.TargetPrices) || !slices.Equal(x.ResourcePrices, y.ResourcePrices) {
			t.Errorf("%+v, and under other numbers %+v", x, y)
		}
	})
}

// Numbers of very different size in one program lose nothing.
func TestLinearKeepsSmallBesideLarge(t *testing.T) {
	l := linear(t,
		[]TargetRow{{ID: "energy", Targets: []float64{3e9, 2e-6}}, {ID: "co2", Targets: []float64{0, 1}, Backstop: 1e9}}, nil,
		[]Choice{
			{ID: "large", Toward: []float64{6e9, 0}, Cost: 4e10},
			{ID: "small", Member: 1, Toward: []float64{4e-6, 2}, Cost: 0.02},
		})
	for s, want := range []float64{0, 2e10, 0.01} {
		if got := solved(t, l, Mask(s)); got.Cost != want {
			t.Errorf("C(%02b) = %v, want %v", s, got.Cost, want)
		}
	}
	// Half of the small choice is needed for CO2, and then gives all its energy.
	if got := solved(t, l, 3); math.Abs(got.Cost-2e10-0.01) > 1e-5 {
		t.Errorf("C(11) = %v, want 2e10 and a cent", got.Cost)
	}
}
