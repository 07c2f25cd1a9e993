package coalition

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestPlants(t *testing.T) {
	// Two neighbours can share a plant; the third is too far away, and small.
	p := Plants{
		Amounts:   []float64{60, 50, 10},
		Distance:  [][]float64{{0, 10, 100}, {10, 0, 100}, {100, 100, 0}},
		Transport: 0.1, Revenue: 10, Cost: 1000, Reference: 100, Exponent: 0.7,
	}
	got, err := p.Solve()
	if err != nil {
		t.Fatal(err)
	}
	// Together at the first site: 1100 - 1000*1.1^0.7 - 0.1*10*50 is negative.
	if got.Profit[7] != 0 || len(got.Plants(7)) != 0 {
		t.Errorf("a plant that does not pay was built: %v", got.Plants(7))
	}
	p.Revenue = 12
	if got, err = p.Solve(); err != nil {
		t.Fatal(err)
	}
	plants := got.Plants(7)
	if len(plants) != 1 || plants[0].Members != 0b011 || plants[0].Site != 0 || plants[0].Amount != 110 {
		t.Errorf("plants %+v, want one of the two neighbours at the first", plants)
	}
	if got.Game.Value(3) != got.Profit[3]-got.Profit[1]-got.Profit[2] || got.Game.Value(1) != 0 {
		t.Errorf("game %v, profits %v", got.Game.Values(), got.Profit)
	}
	if ok, _, _ := Superadditive(got.Game); !ok {
		t.Error("the game of plants is not superadditive")
	}
	p.Distance[0][1] = -1
	if _, err := p.Solve(); err == nil {
		t.Error("a negative distance was accepted")
	}
	if _, err := (Plants{}).Solve(); err == nil {
		t.Error("no members were accepted")
	}
}

// Best partitions by dynamic programming against all partitions one by one.
func TestPropertyCoverEqualsAllPartitions(t *testing.T) {
	var best func(g Game, left Mask) int64
	best = func(g Game, left Mask) int64 {
		if left == 0 {
			return 0
		}
		low := left & -left
		top := int64(-1 << 60)
		for block := left; block != 0; block = (block - 1) & left {
			if block&low != 0 {
				top = max(top, g.Value(block)+best(g, left&^block))
			}
		}
		return top
	}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 6).Draw(t, "players")
		g := newGame(t, tables(n).Draw(t, "values"))
		cover, err := SuperadditiveCover(g, 0)
		if err != nil {
			t.Fatal(err)
		}
		for s := Mask(1); s <= All(n); s++ {
			sum, seen := int64(0), Mask(0)
			for _, block := range cover.Partition(s) {
				sum += g.Value(block)
				seen |= block
			}
			if want := best(g, s); cover.Game.Value(s) != want || sum != want || seen != s {
				t.Errorf("cover of %b is %d, partition %d, want %d", s, cover.Game.Value(s), sum, want)
			}
		}
	})
}

// A cent that rounding takes from a group is no reason to split it.
func TestCoverWithinRounding(t *testing.T) {
	g := game(t, 0, 0, 500, 0, 0, 0, 499)
	for slack, want := range map[int64]int64{0: 500, 1: 499} {
		cover, err := SuperadditiveCover(g, slack)
		if err != nil || cover.Game.Total() != want {
			t.Errorf("slack %d: cover %d (%v), want %d", slack, cover.Game.Total(), err, want)
		}
		sum := int64(0)
		for _, block := range cover.Partition(7) {
			sum += g.Value(block)
		}
		if sum != want {
			t.Errorf("slack %d: groups %b are worth %d, want %d", slack, cover.Partition(7), sum, want)
		}
	}
}

func TestNetworkAndBird(t *testing.T) {
	// The source and three members; the cheapest tree is a chain.
	c, err := NewNetwork([][]int64{{0, 10, 20, 30}, {10, 0, 6, 9}, {20, 6, 0, 5}, {30, 9, 5, 0}})
	if err != nil {
		t.Fatal(err)
	}
	tree, err := c.Tree([]int{0, 1, 2})
	if err != nil || !slices.Equal(tree, []Link{{-1, 0, 10}, {0, 1, 6}, {1, 2, 5}}) {
		t.Errorf("tree %v (%v)", tree, err)
	}
	costs, err := c.Costs()
	if err != nil || !slices.Equal(costs, []int64{0, 10, 20, 16, 30, 19, 25, 21}) {
		t.Errorf("costs %v (%v)", costs, err)
	}
	if bird := c.Bird(); !slices.Equal(bird, []int64{10, 6, 5}) {
		t.Errorf("Bird %v, want 10 6 5", bird)
	}
	if _, err := c.Tree([]int{0, 0}); err == nil {
		t.Error("a repeated member was accepted")
	}
	for _, bad := range [][][]int64{nil, {{0}}, {{0, 1}, {2, 0}}, {{0, 1}, {1}}, {{0, -1}, {-1, 0}}} {
		if _, err := NewNetwork(bad); err == nil {
			t.Errorf("%v: no error", bad)
		}
	}
}

func TestPropertiesOfGames(t *testing.T) {
	g := moneyGame(t, fourMembers(t))
	if ok, broken, _ := Superadditive(g); !ok || broken != 0 {
		t.Error("the pooled target is not superadditive")
	}
	if ok, worst := Convex(g); ok || worst.Lack <= 0 {
		t.Error("the pooled target of four passes as convex")
	}
	if balanced, err := Balanced(g); err != nil || !balanced {
		t.Errorf("not balanced (%v)", err)
	}
	majority := bySize(t, 3, 0, 0, 0, 1, 1, 1, 1)
	if balanced, err := Balanced(majority); err != nil || balanced {
		t.Errorf("majority passes as balanced (%v)", err)
	}
	if groups := SymmetricPlayers(majority); len(groups) != 1 || len(groups[0]) != 3 {
		t.Errorf("symmetric players of majority: %v", groups)
	}
	ibnEzra := literature(t)[14]
	if ok, broken, worst := Superadditive(ibnEzra.game); ok || broken == 0 || worst.S&worst.T != 0 {
		t.Errorf("%s passes as superadditive", ibnEzra.name)
	}
	for _, estate := range []int{8, 9, 10} {
		if ok, _ := Convex(literature(t)[estate].game); !ok {
			t.Errorf("%s is not convex", literature(t)[estate].name)
		}
	}
	// Player 1 of three is null; 0 and 2 are alike.
	null := tabulated(t, 3, func(s Mask) int64 { return int64((s & 0b101).Size() / 2 * 6) })
	if list := NullPlayers(null); !slices.Equal(list, []int{1}) {
		t.Errorf("null players %v, want [1]", list)
	}
	if groups := SymmetricPlayers(null); len(groups) != 2 || !slices.Equal(groups[0], []int{0, 2}) {
		t.Errorf("symmetric players %v", groups)
	}
}

func TestKeys(t *testing.T) {
	g := moneyGame(t, fourMembers(t))
	for name, c := range map[string]struct {
		key  []float64
		want float64
	}{
		"target":      {[]float64{30, 15, 40, 18}, 106.019417},
		"stand-alone": {[]float64{1130, 488, 1072, 1054}, 104.220085},
		"equal":       {[]float64{1, 1, 1, 1}, 130},
	} {
		shares, err := Proportional(g.Total(), c.key)
		if err != nil {
			t.Fatal(err)
		}
		excess, blocking, _ := MaxExcessFloat(g, Floats(shares))
		if !near(excess/1e5, c.want, 1e-8) || blocking != 0b1100 {
			t.Errorf("%s: excess %v at %04b, want %v at 1100", name, excess/1e5, blocking, c.want)
		}
	}
	gains, err := GainsFromCharges([]int64{1130e5, 488e5, 1072e5, 1054e5}, 3364e5, []float64{30, 15, 40, 18})
	if err != nil {
		t.Fatal(err)
	}
	kilo := Floats(gains)
	for i := range kilo {
		kilo[i] /= 1e5
	}
	sameFloats(t, "charged by target", kilo, []float64{150.194175, -1.902913, -234.407767, 466.116505}, 1e-6)
	if equal, err := Equal(10, 4); err != nil || equal[0].RatString() != "5/2" {
		t.Errorf("equal shares %v (%v)", equal, err)
	}
	for _, bad := range [][]float64{{0, 0}, {-1, 2}, {}} {
		if _, err := Proportional(1, bad); err == nil {
			t.Errorf("key %v: no error", bad)
		}
	}
}

func TestSeparableCostsEqualGately(t *testing.T) {
	costs := bySize(t, 3, 300, 270, 280, 410, 410, 410, 550).Values()
	charges, err := SeparableCosts(3, costs)
	if err != nil {
		t.Fatal(err)
	}
	// Everybody adds 140 to the cost of the others; 160, 130 and 140 are spared.
	sameRats(t, "SCRB", charges, rats(t, "8100/43 7710/43 7840/43"))
	g, err := FromCosts(3, costs)
	if err != nil {
		t.Fatal(err)
	}
	gains, err := Gately(g)
	if err != nil {
		t.Fatal(err)
	}
	for i, alone := range []int64{300, 270, 280} {
		gains[i].Sub(rats(t, "0")[0].SetInt64(alone), gains[i])
	}
	sameRats(t, "Gately", gains, charges)
	if _, err := Gately(game(t, 0, 0, 0)); err != nil {
		t.Error(err)
	}
	if _, err := Gately(bySize(t, 3, 0, 0, 0, 1, 1, 1, 1)); err == nil {
		t.Error("a game without contributions was shared")
	}
}

func TestDividends(t *testing.T) {
	g := game(t, 1, 2, 5)
	d, err := Dividends(g)
	if err != nil || !slices.Equal(d, []int64{0, 1, 2, 2}) {
		t.Errorf("dividends %v (%v)", d, err)
	}
	for _, known := range literature(t) {
		d, err := Dividends(known.game)
		if err != nil {
			t.Fatal(err)
		}
		sameRats(t, known.name, shapleyFromDividends(known.game.Players(), d), rats(t, known.shapley))
	}
	large := make([]int64, 1<<MaxPlayers)
	large[1] = MaxValue
	g, err = New(MaxPlayers, large)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Dividends(g); err == nil {
		t.Error("dividends that may not fit were accepted")
	}
}
