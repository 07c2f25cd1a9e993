package coalition

import (
	"errors"
	"math/big"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestNucleolusOfPublishedGames(t *testing.T) {
	for _, known := range literature(t) {
		got, err := Nucleolus(known.game)
		if known.nucleolus == "" {
			if !errors.Is(err, ErrNoImputation) {
				t.Errorf("%s: %v, want %v", known.name, err, ErrNoImputation)
			}
			continue
		}
		if err != nil {
			t.Fatalf("%s: %v", known.name, err)
		}
		sameRats(t, known.name, got.Shares, rats(t, known.nucleolus))
		if !got.Verified {
			t.Errorf("%s: not verified", known.name)
		}
	}
}

func TestPerCapitaNucleolusOfYoung(t *testing.T) {
	g := fromCosts(t, 3, 15, 20, 55, 35, 61, 65, 78)
	got, err := PerCapitaNucleolus(g)
	if err != nil || !got.Verified {
		t.Fatal(err, got.Verified)
	}
	sameRats(t, "per-capita nucleolus", got.Shares, rats(t, "2/3 7/6 61/6"))
}

func TestNucleolusFourMembers(t *testing.T) {
	g, err := fourMembers(t).MoneyGame()
	if err != nil {
		t.Fatal(err)
	}
	got, err := Nucleolus(g)
	if err != nil || !got.Verified {
		t.Fatal(err, got.Verified)
	}
	sameRats(t, "nucleolus", got.Shares, scaled(rats(t, "20 10 349/2 351/2"), centsPerThousand))
	sameRats(t, "levels", got.Levels, scaled(rats(t, "10 20 187/2"), centsPerThousand))
	if excess, _, _ := MaxExcessExact(g, got.Shares); excess.Cmp(big.NewRat(-10*centsPerThousand, 1)) != 0 {
		t.Errorf("excess %s, want -10 kEUR", excess.RatString())
	}
	energy, err := Nucleolus(energyFourMembers(t))
	if err != nil || !energy.Verified {
		t.Fatal(err, energy.Verified)
	}
	sameRats(t, "energy", energy.Shares, scaled(rats(t, "67/180 1/10 9361/2232 39437/11160"), energyScale))
}

func TestNucleolusFiveMembers(t *testing.T) {
	g, err := fiveMembers(t).MoneyGame()
	if err != nil {
		t.Fatal(err)
	}
	got, err := Nucleolus(g)
	if err != nil || !got.Verified {
		t.Fatal(err, got.Verified)
	}
	sameRats(t, "nucleolus", got.Shares, scaled(rats(t, "137/2 13 4 608 125/2"), centsPerThousand))
	sameRats(t, "levels", got.Levels, scaled(rats(t, "4 7 23/2 67/2"), centsPerThousand))
}

// Both ways to compare excesses must give the same order.
func TestPropertyOrderByExcess(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := drawGame(t)
		weight := func(s Mask) int64 { return int64(s.Size()) }
		whole, rational := orderByExcess(g, Shapley(g), weight), orderByRationals(g, Shapley(g), weight)
		a := 1 + drawCoalition(t, g.Players()-1)
		for b := Mask(1); b < All(g.Players()); b++ {
			if whole(a, b) != rational(a, b) {
				t.Errorf("coalitions %b and %b compare as %d and %d", a, b, whole(a, b), rational(a, b))
			}
		}
	})
}

func TestKohlbergRejectsOtherShares(t *testing.T) {
	g, err := fourMembers(t).MoneyGame()
	if err != nil {
		t.Fatal(err)
	}
	for _, list := range []string{"20 10 174 176", "121/3 37/2 490/3 947/6", "95 95 95 95", "20 10 349/2 100", "-1 31 349/2 351/2"} {
		if ok, err := Kohlberg(g, scaled(rats(t, list), centsPerThousand)); ok || err != nil {
			t.Errorf("%s passes as the nucleolus (%v)", list, err)
		}
	}
	if _, err := Kohlberg(g, rats(t, "1 2")); !errors.Is(err, ErrShares) {
		t.Errorf("got %v, want %v", err, ErrShares)
	}
}

// Player 3 is worth something alone and spoils every coalition it joins: its
// prenucleolus share is below what it has alone.
func TestPrenucleolusIsKeptApart(t *testing.T) {
	g := bySize(t, 3, 0, 0, 0, 10, 0, 0, 4)
	pre, err := Prenucleolus(g)
	if err != nil || !pre.Verified {
		t.Fatal(err, pre.Verified)
	}
	nucleolus, err := Nucleolus(g)
	if err != nil || !nucleolus.Verified {
		t.Fatal(err, nucleolus.Verified)
	}
	sameRats(t, "nucleolus", nucleolus.Shares, rats(t, "2 2 0"))
	sameRats(t, "prenucleolus", pre.Shares, rats(t, "7/2 7/2 -3"))
	if ok, _ := Kohlberg(g, pre.Shares); ok {
		t.Error("the prenucleolus passes as the nucleolus")
	}
}

func TestNucleolusOfOneAndTwo(t *testing.T) {
	got, err := Nucleolus(game(t, 7))
	if err != nil || !got.Verified {
		t.Fatal(err, got.Verified)
	}
	sameRats(t, "one player", got.Shares, rats(t, "7"))
	got, err = Nucleolus(game(t, 1, 2, 8))
	if err != nil || !got.Verified {
		t.Fatal(err, got.Verified)
	}
	sameRats(t, "two players", got.Shares, rats(t, "7/2 9/2"))
}

func TestWeightedNucleolus(t *testing.T) {
	// Two players of weights 1 and 3 split the surplus in that proportion.
	got, err := WeightedNucleolus(game(t, 0, 0, 8), []int64{1, 3})
	if err != nil || !got.Verified {
		t.Fatal(err, got.Verified)
	}
	sameRats(t, "weights 1 and 3", got.Shares, rats(t, "2 6"))
	for _, bad := range [][]int64{{1}, {0, 1}, {1e9, 1e9}} {
		if _, err := WeightedNucleolus(game(t, 0, 0, 8), bad); !errors.Is(err, ErrShares) {
			t.Errorf("weights %v: %v, want %v", bad, err, ErrShares)
		}
	}
}

// Inhabitants as weights give shares with large denominators.
func TestPropertyWeightedNucleolusIsVerified(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := drawGame(t)
		n := g.Players()
		inhabitants := rapid.SliceOfN(rapid.Int64Range(10_000, 100_000), n, n).Draw(t, "inhabitants")
		verified(t, g, func(g Game) (NucleolusResult, error) { return WeightedNucleolus(g, inhabitants) })
	})
}

// The two arithmetics must find the same nucleolus.
func TestPropertyNucleolusInFloatingPoint(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := drawGame(t)
		float := verified(t, g, func(g Game) (NucleolusResult, error) { return certified(floating{}, g, unweighted, true) })
		sameRats(t, "floating point", float, theNucleolus(t, g))
	})
}

func TestNucleolusOfLargerGames(t *testing.T) {
	sizes := []int{10, 12}
	if long() {
		sizes = []int{10, 12, 14, 16, 18, 20}
	}
	for _, n := range sizes {
		for _, g := range []Game{moneyGame(t, pools(n, 20).Example(3).build(t)), tabulated(t, n, func(s Mask) int64 { return int64(s.Size() * s.Size()) })} {
			start := time.Now()
			got, err := Nucleolus(g)
			if err != nil || !got.Verified {
				t.Fatalf("n = %d: %v, verified %v", n, err, got.Verified)
			}
			t.Logf("n = %d: %d programs, %v", n, got.Programs, time.Since(start))
		}
	}
}

func moneyGame(t rapid.TB, p *PooledTarget) Game {
	t.Helper()
	g, err := p.MoneyGame()
	if err != nil {
		t.Fatal(err)
	}
	return g
}
