package coalition

import (
	"math/big"
	"math/rand"
	"testing"
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

func TestLeastCoreHoldsItsPromise(t *testing.T) {
	rng := rand.New(rand.NewSource(4))
	for n := 2; n <= 10; n++ {
		for range 3 {
			g := randomGame(t, rng, n)
			got, err := LeastCore(g)
			if err != nil {
				t.Fatal(err)
			}
			epsilon, _ := got.Epsilon.Float64()
			excess, _, err := MaxExcessFloat(g, Floats(got.Shares))
			if err != nil || !near(excess, epsilon, 1e-9) {
				t.Errorf("n = %d: excess %v, epsilon %v (%v)", n, excess, epsilon, err)
			}
			// The prenucleolus is in the least core.
			pre, err := Prenucleolus(g)
			if err != nil || !pre.Verified {
				t.Fatal(err, pre.Verified)
			}
			if worst, _, _ := MaxExcessExact(g, pre.Shares); worst.Cmp(got.Epsilon) != 0 {
				t.Errorf("n = %d: prenucleolus has excess %s, epsilon is %s", n, worst.RatString(), got.Epsilon.RatString())
			}
			for _, s := range got.Binding {
				value := new(big.Rat).SetInt64(g.Value(s))
				for _, i := range s.Members() {
					value.Sub(value, pre.Shares[i])
				}
				if value.Cmp(got.Epsilon) != 0 {
					t.Errorf("n = %d: %b is not binding", n, s)
				}
			}
		}
	}
	if got, err := LeastCore(game(t, 5)); err != nil || got.Epsilon.Sign() != 0 {
		t.Errorf("one player: %+v (%v)", got, err)
	}
}
