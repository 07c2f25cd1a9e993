package coalition

import (
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// What holds for the rules, whatever the game. P1 to P17 number the properties of
// the specification.

// rule shares the value of a game.
type rule struct {
	name  string
	share func(rapid.TB, Game) []*big.Rat
}

func theShapley(_ rapid.TB, g Game) []*big.Rat { return Shapley(g) }

// theNucleolus is a rule only where it is verified.
func theNucleolus(t rapid.TB, g Game) []*big.Rat {
	t.Helper()
	return verified(t, g, Nucleolus)
}

func verified(t rapid.TB, g Game, find func(Game) (NucleolusResult, error)) []*big.Rat {
	t.Helper()
	got, err := find(g)
	if err != nil || !got.Verified {
		t.Fatalf("verified %v (%v)", got.Verified, err)
	}
	return got.Shares
}

var rules = []rule{
	{"Shapley", theShapley},
	{"nucleolus", theNucleolus},
	{"per-capita nucleolus", func(t rapid.TB, g Game) []*big.Rat { return verified(t, g, PerCapitaNucleolus) }},
}

// relabelled gives player i the number to[i].
func relabelled(s Mask, to []int) Mask {
	image := Mask(0)
	for _, i := range s.Members() {
		image |= 1 << to[i]
	}
	return image
}

// moved gives the entry of player i to player to[i].
func moved[T any](list []T, to []int) []T {
	out := make([]T, len(list))
	for i, j := range to {
		out[j] = list[i]
	}
	return out
}

func drawOrder(t *rapid.T, n int) []int {
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	return rapid.Permutation(order).Draw(t, "order")
}

// P5.
func TestPropertyRelabellingPermutesShares(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := drawGame(t)
		to := drawOrder(t, g.Players())
		values := make([]int64, 1<<g.Players())
		for s := range values {
			values[relabelled(Mask(s), to)] = g.Value(Mask(s))
		}
		other := newGame(t, values)
		for _, r := range rules {
			sameRats(t, r.name+" under other numbers", r.share(t, other), moved(r.share(t, g), to))
		}
	})
}

// P6.
func TestPropertyScalingScalesAndAddingShifts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := drawGame(t)
		n := g.Players()
		factor := rapid.Int64Range(1, 9).Draw(t, "factor")
		add := rapid.SliceOfN(rapid.Int64Range(-500, 500), n, n).Draw(t, "add")
		additive := func(s Mask) int64 {
			sum := int64(0)
			for _, i := range s.Members() {
				sum += add[i]
			}
			return sum
		}
		other := tabulated(t, n, func(s Mask) int64 { return factor*g.Value(s) + additive(s) })
		for _, r := range []rule{{"Shapley", theShapley}, {"nucleolus", theNucleolus}} {
			want := scaled(r.share(t, g), factor)
			for i := range want {
				want[i].Add(want[i], new(big.Rat).SetInt64(add[i]))
			}
			sameRats(t, r.name, r.share(t, other), want)
		}
		// Gains over acting alone know nothing of what is added.
		costs := make([]int64, 1<<n)
		for s := range costs {
			costs[s] = additive(Mask(s)) - g.Value(Mask(s))
		}
		if same, err := FromCosts(n, costs); err != nil || !slices.Equal(same.Values(), g.Values()) {
			t.Errorf("adding stand-alone costs changes the savings (%v)", err)
		}
	})
}

// P7.
func TestPropertyNullPlayerGetsNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := drawGame(t)
		i := rapid.IntRange(0, g.Players()-1).Draw(t, "null player")
		null := tabulated(t, g.Players(), func(s Mask) int64 { return g.Value(s &^ (1 << i)) })
		if !slices.Contains(NullPlayers(null), i) {
			t.Error("a null player is not listed")
		}
		if share := Shapley(null)[i]; share.Sign() != 0 {
			t.Errorf("the Shapley value gives a null player %s", share.RatString())
		}
		least, err := LeastCore(null)
		if err != nil {
			t.Fatal(err)
		}
		if least.Epsilon.Sign() > 0 {
			return // the core is empty
		}
		for _, x := range [][]*big.Rat{theNucleolus(t, null), least.Shares} {
			if x[i].Sign() != 0 {
				t.Errorf("%v is in the core and gives a null player %s", Floats(x), x[i].RatString())
			}
		}
	})
}

// P8. Nothing of the kind holds for the nucleolus.
func TestPropertyShapleyIsAdditive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := players(t)
		g, h := newGame(t, tables(n).Draw(t, "first")), newGame(t, tables(n).Draw(t, "second"))
		sum, err := g.Add(h)
		if err != nil {
			t.Fatal(err)
		}
		want := Shapley(g)
		for i, share := range Shapley(h) {
			want[i].Add(want[i], share)
		}
		sameRats(t, "Shapley of the sum", Shapley(sum), want)
	})
}

// P9.
func TestPropertyNucleolusIsInTheLeastCore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := drawGame(t)
		least, err := LeastCore(g)
		if err != nil {
			t.Fatal(err)
		}
		shares := theNucleolus(t, g)
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
		if worst, _, _ := MaxExcessExact(g, verified(t, g, Prenucleolus)); worst.Cmp(least.Epsilon) != 0 {
			t.Errorf("the prenucleolus has excess %s, epsilon is %s", worst.RatString(), least.Epsilon.RatString())
		}
	})
}

// P10.
func TestPropertyIdenticalPlayersGetEqualShares(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := drawGame(t)
		// Players 0 and 1 made alike: every coalition with one of them counts as
		// the mean of both, doubled to stay whole.
		twins := tabulated(t, g.Players(), func(s Mask) int64 {
			swapped := s
			if s.Has(0) != s.Has(1) {
				swapped ^= 0b11
			}
			return g.Value(s) + g.Value(swapped)
		})
		if group := SymmetricPlayers(twins)[0]; !slices.Contains(group, 1) {
			t.Errorf("players 0 and 1 are alike, and listed is %v", group)
		}
		for _, r := range rules {
			if x := r.share(t, twins); x[0].Cmp(x[1]) != 0 {
				t.Errorf("%s: identical players get %s and %s", r.name, x[0].RatString(), x[1].RatString())
			}
		}
	})
}

// P17, first half.
func TestPropertyShapleyEqualsSharedDividends(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := drawGame(t)
		dividends, err := Dividends(g)
		if err != nil {
			t.Fatal(err)
		}
		sameRats(t, "dividends", shapleyFromDividends(g.Players(), dividends), Shapley(g))
	})
}

// P17, second half: games that depend on a sum of amounts, which may be 0.
func TestPropertyShapleyEqualsMultilinearExtension(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := players(t)
		amounts := rapid.SliceOfN(rapid.Int64Range(0, 12), n, n).Draw(t, "amounts")
		total := int64(0)
		for _, amount := range amounts {
			total += amount
		}
		values := rapid.SliceOfN(rapid.Int64Range(-1000, 1000), int(total), int(total)).Draw(t, "values by amount")
		of := func(amount int64) int64 {
			if amount == 0 {
				return 0
			}
			return values[amount-1]
		}
		g := tabulated(t, n, func(s Mask) int64 {
			sum := int64(0)
			for _, i := range s.Members() {
				sum += amounts[i]
			}
			return of(sum)
		})
		multilinear, err := AggregateShapley(amounts, func(amount int64) float64 { return float64(of(amount)) })
		if err != nil {
			t.Fatal(err)
		}
		dividends, err := Dividends(g)
		if err != nil {
			t.Fatal(err)
		}
		exact := Shapley(g)
		sameRats(t, "dividends", shapleyFromDividends(n, dividends), exact)
		sameFloats(t, "multilinear", multilinear, Floats(exact), 1e-9)
	})
}
