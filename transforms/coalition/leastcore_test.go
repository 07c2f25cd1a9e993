package coalition

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

func TestLeastCoreOfMajority(t *testing.T) {
	got, err := LeastCore(bySize(t, 3, 0, 0, 0, 1, 1, 1, 1))
	if err != nil || got.Epsilon.Cmp(big.NewRat(1, 3)) != 0 || len(got.Binding) != 3 || !got.Exact {
		t.Errorf("got %+v (%v), want 1/3 bound by the three pairs", got, err)
	}
	sameRats(t, "shares", got.Shares, rats(t, "1/3 1/3 1/3"))
}

func TestLeastCoreFourMembers(t *testing.T) {
	got, err := LeastCore(moneyGame(t, fourMembers(t)))
	if err != nil || got.Epsilon.Cmp(big.NewRat(-10*centsPerThousand, 1)) != 0 {
		t.Errorf("epsilon %v, want -10 kEUR (%v)", got.Epsilon, err)
	}
}

// Above eight players the shares come from floating point.
func TestPropertyLeastCoreHoldsItsPromise(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := players(t) + rapid.IntRange(0, 2).Draw(t, "more")
		g := newGame(t, tables(n).Draw(t, "values"))
		got, err := LeastCore(g)
		if err != nil || got.Exact != (n <= ExactPlayers) {
			t.Fatal(err, got.Exact)
		}
		epsilon, _ := got.Epsilon.Float64()
		if excess, _, err := MaxExcessFloat(g, Floats(got.Shares)); err != nil || !near(excess, epsilon, 1e-9) {
			t.Errorf("excess %v, epsilon %v (%v)", excess, epsilon, err)
		}
		// The prenucleolus is one of its vectors.
		pre := verified(t, g, Prenucleolus)
		for _, s := range got.Binding {
			value := new(big.Rat).SetInt64(g.Value(s))
			for _, i := range s.Members() {
				value.Sub(value, pre[i])
			}
			if value.Cmp(got.Epsilon) != 0 {
				t.Errorf("%b is not binding", s)
			}
		}
	})
	if got, err := LeastCore(game(t, 5)); err != nil || got.Epsilon.Sign() != 0 {
		t.Errorf("one player: %+v (%v)", got, err)
	}
}
