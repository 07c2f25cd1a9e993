package coalition

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

// A published game, with the answers that are known for it.
type knownGame struct {
	name      string
	game      Game
	shapley   string // fractions
	nucleolus string // fractions; empty when there is no imputation
}

// literature holds games from textbooks and papers. Most are listed in the tests
// of the R package CoopGame.
func literature(t testing.TB) []knownGame {
	glove := func(n int, left Mask) Game {
		return tabulated(t, n, func(s Mask) int64 { return int64(min((s & left).Size(), (s &^ left).Size())) })
	}
	airport := func(costs ...int64) Game {
		return airportGame(t, costs)
	}
	talmud := func(estate int64) Game {
		claims := []int64{100, 200, 300}
		return tabulated(t, 3, func(s Mask) int64 {
			left := estate
			for i, claim := range claims {
				if !s.Has(i) {
					left -= claim
				}
			}
			return max(0, left)
		})
	}
	return []knownGame{
		{"K1a gloves 1 and 2", bySize(t, 3, 0, 0, 0, 1, 1, 0, 1), "2/3 1/6 1/6", "1 0 0"},
		{"K1b gloves 2 and 1", bySize(t, 3, 0, 0, 0, 0, 1, 1, 1), "1/6 1/6 2/3", "0 0 1"},
		{"K1c gloves 1 and 9", glove(10, 1), "9/10 1/90 1/90 1/90 1/90 1/90 1/90 1/90 1/90 1/90", "1 0 0 0 0 0 0 0 0 0"},
		{"K1d gloves 2 and 3", glove(5, 0b11), "13/20 13/20 7/30 7/30 7/30", "1 1 0 0 0"},
		{"K2 majority", bySize(t, 3, 0, 0, 0, 1, 1, 1, 1), "1/3 1/3 1/3", "1/3 1/3 1/3"},
		// Airports: the shares below are of the cost.
		{"K3 airport 12 18 24 30", airport(12, 18, 24, 30), "-3 -5 -8 -14", "-6 -6 -6 -12"},
		{"K3 airport 1 2 3", airport(1, 2, 3), "-1/3 -5/6 -11/6", "-1/2 -3/4 -7/4"},
		{"K3 airport 5 6 7 20", airport(5, 6, 7, 20), "-5/4 -19/12 -25/12 -181/12", "-7/4 -7/4 -7/4 -59/4"},
		{"K7 Talmud 100", talmud(100), "100/3 100/3 100/3", "100/3 100/3 100/3"},
		{"K7 Talmud 200", talmud(200), "100/3 250/3 250/3", "50 75 75"},
		{"K7 Talmud 300", talmud(300), "50 100 150", "50 100 150"},
		{"K8", bySize(t, 3, 2, 4, 5, 18, 14, 9, 24), "19/2 8 13/2", "23/2 7 11/2"},
		{"K9 Ferguson", bySize(t, 3, -1, 0, 1, 3, 4, 2, 5), "5/3 7/6 13/6", "8/3 2/3 5/3"},
		{"K10", bySize(t, 4, 0, 0, 0, 0, 5, 5, 8, 9, 10, 8, 13, 15, 16, 17, 21), "47/12 21/4 21/4 79/12", "7/2 9/2 11/2 15/2"},
		{"K12 Ibn Ezra", bySize(t, 4, 120, 60, 40, 30, 120, 120, 120, 60, 60, 40, 120, 120, 120, 60, 120), "485/6 125/6 65/6 15/2", ""},
		{"K13 Young", fromCosts(t, 3, 15, 20, 55, 35, 61, 65, 78), "13/6 8/3 43/6", "1 3/2 19/2"},
		{"K15 shared flat", fromCosts(t, 3, 300, 270, 280, 410, 410, 410, 550), "325/3 280/3 295/3", "350/3 260/3 290/3"},
	}
}

// fromCosts builds the savings game of costs listed by size.
func fromCosts(t testing.TB, n int, costs ...int64) Game {
	t.Helper()
	g, err := FromCosts(n, bySize(t, n, costs...).Values())
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// airportGame is the game of minus the largest cost among the members, so that
// minus a share is what the player pays.
func airportGame(t rapid.TB, costs []int64) Game {
	return tabulated(t, len(costs), func(s Mask) int64 {
		largest := int64(0)
		for _, i := range s.Members() {
			largest = max(largest, costs[i])
		}
		return -largest
	})
}

func TestShapleyOfPublishedGames(t *testing.T) {
	for _, known := range literature(t) {
		sameRats(t, known.name, Shapley(known.game), rats(t, known.shapley))
	}
}

func TestShapleyOutsideTheCore(t *testing.T) {
	g := bySize(t, 3, 0, 0, 0, 1, 1, 0, 1)
	excess, blocking, err := MaxExcessExact(g, Shapley(g))
	if err != nil || excess.Cmp(big.NewRat(1, 6)) != 0 || blocking != 0b011 {
		t.Errorf("excess %v at %03b, want 1/6 at 011 (%v)", excess, blocking, err)
	}
	g = bySize(t, 4, 0, 0, 0, 0, 5, 5, 8, 9, 10, 8, 13, 15, 16, 17, 21)
	if excess, _, _ := MaxExcessExact(g, Shapley(g)); excess.Cmp(big.NewRat(1, 4)) != 0 {
		t.Errorf("excess %v, want 1/4", excess)
	}
}
