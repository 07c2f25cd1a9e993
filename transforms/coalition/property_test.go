package coalition

import (
	"math/big"
	"math/rand"
	"slices"
	"testing"
)

// every runs a property on random games and random pooled targets of 2 to 8
// players; the default form stops at 6.
func every(t *testing.T, seed int64, check func(t *testing.T, rng *rand.Rand, g Game)) {
	rng := rand.New(rand.NewSource(seed))
	largest, rounds := 6, 3
	if long() {
		largest, rounds = 8, 10
	}
	for n := 2; n <= largest; n++ {
		for range rounds {
			check(t, rng, randomGame(t, rng, n))
			check(t, rng, moneyGame(t, randomPool(t, rng, n, 5*n)))
		}
	}
}

func nucleolus(t *testing.T, g Game) []*big.Rat {
	t.Helper()
	got, err := Nucleolus(g)
	if err != nil || !got.Verified {
		t.Fatal(err, got.Verified)
	}
	return got.Shares
}

func TestPropertyRelabellingPermutes(t *testing.T) {
	every(t, 21, func(t *testing.T, rng *rand.Rand, g Game) {
		to := rng.Perm(g.Players())
		other := tabulated(t, g.Players(), func(s Mask) int64 {
			old := Mask(0)
			for i, j := range to {
				if s.Has(j) {
					old |= 1 << i
				}
			}
			return g.Value(old)
		})
		for name, rule := range map[string]func(Game) []*big.Rat{
			"Shapley": Shapley, "nucleolus": func(g Game) []*big.Rat { return nucleolus(t, g) },
		} {
			before, after := rule(g), rule(other)
			for i, j := range to {
				if before[i].Cmp(after[j]) != 0 {
					t.Errorf("%s: player %d gets %s, and %s under another number", name, i, before[i].RatString(), after[j].RatString())
				}
			}
		}
	})
}

func TestPropertyScalingAndShifting(t *testing.T) {
	every(t, 22, func(t *testing.T, rng *rand.Rand, g Game) {
		factor, shift := int64(1+rng.Intn(9)), make([]int64, g.Players())
		for i := range shift {
			shift[i] = int64(rng.Intn(1000) - 500)
		}
		other := tabulated(t, g.Players(), func(s Mask) int64 {
			value := factor * g.Value(s)
			for _, i := range s.Members() {
				value += shift[i]
			}
			return value
		})
		moved := func(shares []*big.Rat) []*big.Rat {
			out := scaled(shares, factor)
			for i := range out {
				out[i].Add(out[i], new(big.Rat).SetInt64(shift[i]))
			}
			return out
		}
		sameRats(t, "Shapley", Shapley(other), moved(Shapley(g)))
		sameRats(t, "nucleolus", nucleolus(t, other), moved(nucleolus(t, g)))
		costs := make([]int64, 1<<g.Players())
		for s := range costs {
			costs[s] = -g.Value(Mask(s))
			for _, i := range Mask(s).Members() {
				costs[s] += shift[i]
			}
		}
		if same, err := FromCosts(g.Players(), costs); err != nil || !slices.Equal(same.Values(), g.Values()) {
			t.Errorf("adding stand-alone costs changes the savings (%v)", err)
		}
	})
}

func TestPropertyNullAndIdenticalPlayers(t *testing.T) {
	every(t, 23, func(t *testing.T, _ *rand.Rand, g Game) {
		n := g.Players()
		null := tabulated(t, n+1, func(s Mask) int64 { return g.Value(s & All(n)) })
		if share := Shapley(null)[n]; share.Sign() != 0 {
			t.Errorf("the Shapley value gives a null player %s", share.RatString())
		}
		least, err := LeastCore(null)
		if err != nil {
			t.Fatal(err)
		}
		if share := nucleolus(t, null)[n]; least.Epsilon.Sign() <= 0 && share.Sign() != 0 {
			t.Errorf("a vector of the core gives a null player %s", share.RatString())
		}
		// Players 0 and 1 made alike: every coalition with one of them counts as
		// the mean of both, doubled to stay whole.
		twin := tabulated(t, n, func(s Mask) int64 {
			swapped := s
			if s.Has(0) != s.Has(1) {
				swapped ^= 0b11
			}
			return g.Value(s) + g.Value(swapped)
		})
		shapley, stable := Shapley(twin), nucleolus(t, twin)
		if shapley[0].Cmp(shapley[1]) != 0 || stable[0].Cmp(stable[1]) != 0 {
			t.Error("identical players get unequal shares")
		}
	})
}

func TestPropertyShapleyThreeWays(t *testing.T) {
	every(t, 24, func(t *testing.T, rng *rand.Rand, g Game) {
		dividends, err := Dividends(g)
		if err != nil {
			t.Fatal(err)
		}
		shapley := Shapley(g)
		sameRats(t, "dividends", shapleyFromDividends(g.Players(), dividends), shapley)
		h := randomGame(t, rng, g.Players())
		sum, err := g.Add(h)
		if err != nil {
			t.Fatal(err)
		}
		added := Shapley(h)
		for i := range added {
			added[i].Add(added[i], shapley[i])
		}
		sameRats(t, "additivity", Shapley(sum), added)
	})
}

func TestPropertyNucleolusInLeastCore(t *testing.T) {
	every(t, 25, func(t *testing.T, _ *rand.Rand, g Game) {
		least, err := LeastCore(g)
		if err != nil {
			t.Fatal(err)
		}
		shares := nucleolus(t, g)
		excess, _, err := MaxExcessExact(g, shares)
		if err != nil {
			t.Fatal(err)
		}
		// Over imputations the least excess can be larger, but not when the core has members.
		if order := excess.Cmp(least.Epsilon); order < 0 || least.Epsilon.Sign() <= 0 && order != 0 {
			t.Errorf("excess %s, epsilon %s", excess.RatString(), least.Epsilon.RatString())
		}
		if ok, err := Kohlberg(g, shares); err != nil || !ok {
			t.Errorf("not the nucleolus (%v)", err)
		}
	})
}
