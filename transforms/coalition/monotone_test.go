package coalition

import (
	"errors"
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

// shares makes a rule of a nucleolus.
func shares(find func(Game) (NucleolusResult, error)) Rule {
	return func(g Game) ([]*big.Rat, error) {
		result, err := find(g)
		return result.Shares, err
	}
}

func exactShapley(g Game) ([]*big.Rat, error) { return Shapley(g), nil }

// Megiddo (1974) found that the nucleolus can give a player more of less, and
// Hokari (2000) that it can even in convex games of four players. This is one of
// those, found by search.
func TestNucleolusIsNotMonotone(t *testing.T) {
	g := game(t, 0, 0, 2, 0, 0, 2, 4, 0, 0, 2, 4, 0, 1, 5, 8)
	less := game(t, 0, 0, 2, 0, 0, 2, 4, 0, 0, 2, 4, 0, 1, 5, 7)
	for _, of := range []struct {
		game   Game
		shares string
	}{{g, "3/2 5/2 2 2"}, {less, "1 3 3/2 3/2"}} {
		if convex, _ := Convex(of.game); !convex {
			t.Errorf("%v is not convex", of.game.Values())
		}
		sameRats(t, "nucleolus", theNucleolus(t, of.game), rats(t, of.shares))
		if ok, err := Kohlberg(of.game, rats(t, of.shares)); err != nil || !ok {
			t.Errorf("%s is not the nucleolus (%v)", of.shares, err)
		}
	}
	for name, c := range map[string]struct {
		rule Rule
		want bool
	}{
		"nucleolus": {shares(Nucleolus), false}, "prenucleolus": {shares(Prenucleolus), false},
		"per-capita nucleolus": {shares(PerCapitaNucleolus), true}, "Shapley": {exactShapley, true},
	} {
		if got, err := Monotone(g, c.rule, 1); err != nil || got != c.want {
			t.Errorf("%s: monotone %v (%v), want %v", name, got, err, c.want)
		}
	}
}

// Of 11 each player loses something without the others. Of 10 two of them bring
// nothing any more, and the first gets all.
func TestGatelyIsNotMonotone(t *testing.T) {
	g, less := game(t, 0, 0, 10, 0, 10, 0, 11), game(t, 0, 0, 10, 0, 10, 0, 10)
	sameRats(t, "of 11", gately(t, g), rats(t, "121/13 11/13 11/13"))
	sameRats(t, "of 10", gately(t, less), rats(t, "10 0 0"))
	if ok, err := Monotone(g, Gately, 1); err != nil || ok {
		t.Errorf("monotone %v (%v)", ok, err)
	}
}

func gately(t *testing.T, g Game) []*big.Rat {
	t.Helper()
	x, err := Gately(g)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func TestMonotoneRefuses(t *testing.T) {
	g := game(t, 0, 0, 3)
	for name, c := range map[string]struct {
		game Game
		rule Rule
		loss int64
		want error
	}{
		"one player":               {game(t, 3), exactShapley, 1, ErrPlayers},
		"no loss":                  {g, exactShapley, 0, ErrTable},
		"a gain":                   {g, exactShapley, -1, ErrTable},
		"too much":                 {game(t, 0, 0, -MaxValue), exactShapley, 1, ErrTable},
		"nothing is left to share": {g, shares(Nucleolus), 4, ErrNoImputation},
	} {
		if _, err := Monotone(c.game, c.rule, c.loss); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
}

// The Shapley value gives nobody more of less, whatever the game, and so does the
// per-capita nucleolus as long as the core has members. Source: Young, Okada and
// Hashimoto (1982).
func TestPropertyShapleyIsMonotone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		loss := rapid.Int64Range(1, 1000).Draw(t, "loss")
		if ok, err := Monotone(drawGame(t), exactShapley, loss); err != nil || !ok {
			t.Errorf("monotone %v (%v)", ok, err)
		}
	})
}

func TestPropertyPerCapitaNucleolusIsMonotoneInTheCore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := drawGame(t)
		loss := rapid.Int64Range(1, 1000).Draw(t, "loss")
		least, err := LeastCore(g)
		if err != nil {
			t.Fatal(err)
		}
		// So much more for each player that the core has members, and the loss.
		values := g.Values()
		if epsilon, _ := least.Epsilon.Float64(); epsilon > 0 {
			values[g.grand()] += int64(g.Players()) * int64(math.Ceil(epsilon))
		}
		values[g.grand()] += loss
		g = newGame(t, values)
		if ok, err := Monotone(g, shares(PerCapitaNucleolus), loss); err != nil || !ok {
			t.Errorf("monotone %v (%v)", ok, err)
		}
	})
}
