package coalition

import (
	"fmt"
	"math"
	"math/rand"
	"slices"
	"testing"
)

// linearInput is what a [Linear] is built from, so that properties can change it.
type linearInput struct {
	targets   []TargetRow
	resources []ResourceRow
	choices   []Choice
}

func (in linearInput) build(t testing.TB) *Linear {
	return linear(t, in.targets, in.resources, in.choices)
}

// randomLinear draws choices of which half share a group with others. Amounts are
// round, so that ties and degenerate programs are common; some choices work
// against a target, some pay for themselves.
func randomLinear(rng *rand.Rand, n, perMember, targets, resources int) linearInput {
	var in linearInput
	for k := range n * perMember {
		c := Choice{ID: fmt.Sprintf("c%03d", k), Member: k % n, Cost: float64(rng.Intn(220)-20) * 100}
		if rng.Intn(2) == 0 {
			c.Group = fmt.Sprint("g", rng.Intn(perMember/3+1))
		}
		for range targets {
			c.Toward = append(c.Toward, float64(rng.Intn(22)-2)*10)
		}
		for range resources {
			c.Uses = append(c.Uses, float64(rng.Intn(11)-1)*10)
		}
		in.choices = append(in.choices, c)
	}
	amounts := func(most int) []float64 {
		list := make([]float64, n)
		for i := range list {
			list[i] = float64(rng.Intn(most+1)) * 10
		}
		return list
	}
	for r := range targets {
		in.targets = append(in.targets, TargetRow{ID: fmt.Sprint("t", r), Targets: amounts(4 * perMember), Backstop: 300})
	}
	for r := range resources {
		in.resources = append(in.resources, ResourceRow{ID: fmt.Sprint("r", r), Available: amounts(2 * perMember)})
	}
	return in
}

func linearRounds(t *testing.T, seed int64, rounds int, check func(t *testing.T, rng *rand.Rand, in linearInput)) {
	rng := rand.New(rand.NewSource(seed))
	if long() {
		rounds *= 5
	}
	for range rounds {
		check(t, rng, randomLinear(rng, 1+rng.Intn(5), 1+rng.Intn(9), 1+rng.Intn(3), rng.Intn(3)))
	}
}

// With one target and no resource the merit order over the hulls is optimal, and
// its lower price is the dual price.
func TestPropertyLinearEqualsMeritOrder(t *testing.T) {
	rng := rand.New(rand.NewSource(41))
	for range 60 {
		n, backstop := 1+rng.Intn(4), float64(rng.Intn(2)*150)
		targets := make([]float64, n)
		var choices []Choice
		var increments []Increment
		for i := range n {
			for g := range 1 + rng.Intn(4) {
				var options []Option
				most := 0
				for k := range 1 + rng.Intn(4) {
					o := Option{ID: fmt.Sprintf("g%d.%d", g, k), Energy: float64(1 + rng.Intn(40)), Cost: float64(rng.Intn(4000) - 400)}
					options = append(options, o)
					choices = append(choices, Choice{ID: o.ID, Member: i, Group: fmt.Sprint(g), Cost: o.Cost, Toward: []float64{o.Energy}})
					most = max(most, int(o.Energy))
				}
				hull, err := Hull(i, options)
				if err != nil {
					t.Fatal(err)
				}
				increments = append(increments, hull...)
				targets[i] += float64(rng.Intn(most + 1))
			}
		}
		p, err := NewPooledTarget(targets, increments, backstop)
		if err != nil {
			t.Fatal(err)
		}
		l := linear(t, []TargetRow{{ID: "energy", Targets: targets, Backstop: backstop}}, nil, choices)
		for s := range Mask(1) << n {
			want, err := p.Solve(s)
			if err != nil {
				t.Fatal(err)
			}
			got := solved(t, l, s)
			if !near(got.Cost, want.Cost, 1e-9) || !near(got.TargetPrices[0], want.Lambda, 1e-9) || got.BackstopUsed != want.BackstopUsed {
				t.Errorf("coalition %b: %+v, merit order %+v", s, got, want)
			}
		}
		want, err := p.PricePoint()
		if err != nil {
			t.Fatal(err)
		}
		got, err := l.PricePoint()
		if err != nil {
			t.Fatal(err)
		}
		sameFloats(t, "charges", got.Charge, want.Charge, 1e-9)
		sameFloats(t, "gains", got.Gain, want.Gain, 1e-9)
	}
}

func TestPropertyLinearIsSuperadditiveWithItsPriceInTheCore(t *testing.T) {
	linearRounds(t, 43, 40, func(t *testing.T, _ *rand.Rand, in linearInput) {
		l := in.build(t)
		n := l.Members()
		g, err := l.MoneyGame()
		if err != nil {
			t.Fatal(err)
		}
		// Costs are rounded to cents, at each member and for the group.
		slack := float64(n+1) / 2
		if _, _, worst := Superadditive(g); float64(worst.Lack) > slack {
			t.Errorf("not superadditive by %d", worst.Lack)
		}
		price, err := l.PricePoint()
		if err != nil {
			t.Fatal(err)
		}
		cents := make([]float64, n)
		paid := 0.0
		for i, gain := range price.Gain {
			cents[i] = gain * 100
			paid += price.Charge[i]
		}
		if excess, blocking, err := MaxExcessFloat(g, cents); err != nil || excess > slack {
			t.Errorf("excess %v cents at %b (%v)", excess, blocking, err)
		}
		if joint := solved(t, l, All(n)); !near(paid, joint.Cost, 1e-12) || !slices.Equal(joint.TargetPrices, price.TargetPrices) {
			t.Errorf("paid %v of %v at %v and %v", paid, joint.Cost, price.TargetPrices, joint.TargetPrices)
		}
		if _, err := RoundFloats(cents, g.Total()); err != nil {
			t.Error(err)
		}
	})
}

func TestPropertyLinearMoreTargetCostsMoreAndMoreMeansLess(t *testing.T) {
	linearRounds(t, 44, 30, func(t *testing.T, rng *rand.Rand, in linearInput) {
		costs := func(change func(*linearInput)) []int64 {
			other := linearInput{slices.Clone(in.targets), slices.Clone(in.resources), in.choices}
			change(&other)
			table, _, err := other.build(t).Costs()
			if err != nil {
				t.Fatal(err)
			}
			return table
		}
		raised := func(list []float64) []float64 {
			list = slices.Clone(list)
			list[rng.Intn(len(list))] += 30
			return list
		}
		base := costs(func(*linearInput) {})
		for name, c := range map[string]struct {
			sign  int64
			table []int64
		}{
			"a larger target":  {1, costs(func(in *linearInput) { in.targets[0].Targets = raised(in.targets[0].Targets) })},
			"a choice missing": {1, costs(func(in *linearInput) { in.choices = in.choices[1:] })},
			"more resources": {-1, costs(func(in *linearInput) {
				for q := range in.resources {
					in.resources[q].Available = raised(in.resources[q].Available)
				}
			})},
		} {
			for s := range base {
				if (c.table[s]-base[s])*c.sign < 0 {
					t.Errorf("coalition %b costs %d, and with %s %d", s, base[s], name, c.table[s])
				}
			}
		}
	})
}

func TestPropertyLinearRelabelling(t *testing.T) {
	linearRounds(t, 45, 30, func(t *testing.T, rng *rand.Rand, in linearInput) {
		n := len(in.targets[0].Targets)
		to := rng.Perm(n)
		moved := func(list []float64) []float64 {
			out := make([]float64, n)
			for i, j := range to {
				out[j] = list[i]
			}
			return out
		}
		var other linearInput
		for _, r := range in.targets {
			other.targets = append(other.targets, TargetRow{r.ID, moved(r.Targets), r.Backstop})
		}
		for _, r := range in.resources {
			other.resources = append(other.resources, ResourceRow{r.ID, moved(r.Available)})
		}
		for _, c := range in.choices {
			c.Member = to[c.Member]
			other.choices = append(other.choices, c)
		}
		rng.Shuffle(len(other.choices), func(i, j int) {
			other.choices[i], other.choices[j] = other.choices[j], other.choices[i]
		})
		before, after := in.build(t), other.build(t)
		costs, _, err := before.Costs()
		if err != nil {
			t.Fatal(err)
		}
		movedCosts, _, err := after.Costs()
		if err != nil {
			t.Fatal(err)
		}
		for s := range costs {
			image := Mask(0)
			for _, i := range Mask(s).Members() {
				image |= 1 << to[i]
			}
			if costs[s] != movedCosts[image] {
				t.Errorf("coalition %b costs %d, and %d under other numbers", s, costs[s], movedCosts[image])
			}
		}
		first, err := before.PricePoint()
		if err != nil {
			t.Fatal(err)
		}
		second, err := after.PricePoint()
		if err != nil {
			t.Fatal(err)
		}
		// Exact programs with unique prices: the same to the last bit.
		if !slices.Equal(moved(first.Charge), second.Charge) || !slices.Equal(moved(first.Gain), second.Gain) ||
			!slices.Equal(first.TargetPrices, second.TargetPrices) || !slices.Equal(first.ResourcePrices, second.ResourcePrices) {
			t.Errorf("%+v, and under other numbers %+v", first, second)
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
