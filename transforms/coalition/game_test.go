package coalition

import (
	"errors"
	"math"
	"slices"
	"testing"
)

func TestFromCosts(t *testing.T) {
	g, err := FromCosts(2, []int64{0, 10, 20, 25})
	if err != nil {
		t.Fatal(err)
	}
	if want := []int64{0, 0, 0, 5}; !slices.Equal(g.Values(), want) {
		t.Errorf("savings %v, want %v", g.Values(), want)
	}
	if g.Players() != 2 || g.Total() != 5 || g.Value(3) != 5 || g.Value(4) != 0 {
		t.Errorf("players %d, total %d, value %d, outside %d", g.Players(), g.Total(), g.Value(3), g.Value(4))
	}
}

func TestGameRejects(t *testing.T) {
	for name, c := range map[string]struct {
		n      int
		values []int64
		want   error
	}{
		"no players": {0, []int64{0}, ErrPlayers},
		"too many":   {MaxPlayers + 1, nil, ErrPlayers},
		"short":      {2, []int64{0, 1, 2}, ErrTable},
		"empty":      {1, []int64{1, 2}, ErrTable},
		"large":      {1, []int64{0, MaxValue + 1}, ErrTable},
	} {
		if _, err := New(c.n, c.values); !errors.Is(err, c.want) {
			t.Errorf("%s: New: %v, want %v", name, err, c.want)
		}
		if _, err := FromCosts(c.n, c.values); !errors.Is(err, c.want) {
			t.Errorf("%s: FromCosts: %v, want %v", name, err, c.want)
		}
	}
}

func TestAdd(t *testing.T) {
	g, h := game(t, 1, 2, 4), game(t, 10, 20, 40)
	sum, err := g.Add(h)
	if err != nil || !slices.Equal(sum.Values(), []int64{0, 11, 22, 44}) {
		t.Errorf("sum %v (%v)", sum.Values(), err)
	}
	if _, err := g.Add(game(t, 1)); !errors.Is(err, ErrPlayers) {
		t.Errorf("got %v, want %v", err, ErrPlayers)
	}
}

func TestRound(t *testing.T) {
	for _, c := range []struct {
		shares string
		total  int64
		want   []int64
	}{
		{"1/3 1/3 1/3", 1, []int64{1, 0, 0}},
		{"10/3 10/3 10/3", 10, []int64{4, 3, 3}},
		{"-1/3 -2/3 2", 1, []int64{0, -1, 2}},
		{"1/2 3/2 -1", 1, []int64{1, 1, -1}},
		{"5", 5, []int64{5}},
	} {
		got, err := Round(rats(t, c.shares), c.total)
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("Round(%s) = %v, want %v (%v)", c.shares, got, c.want, err)
		}
		got, err = RoundFloats(Floats(rats(t, c.shares)), c.total)
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("RoundFloats(%s) = %v, want %v (%v)", c.shares, got, c.want, err)
		}
	}
	if _, err := Round(rats(t, "1/3 1/3"), 1); !errors.Is(err, ErrShares) {
		t.Errorf("shares that miss the total: %v, want %v", err, ErrShares)
	}
	for _, bad := range [][]float64{{1, 5}, {math.NaN()}, {math.Inf(1)}} {
		if _, err := RoundFloats(bad, 1); !errors.Is(err, ErrShares) {
			t.Errorf("%v: %v, want %v", bad, err, ErrShares)
		}
	}
}

func TestMaxExcessForms(t *testing.T) {
	g := game(t, 0, 0, 6, 0, 4, 5, 9)
	x := []int64{1, 4, 4}
	whole, at, err := MaxExcess(g, x)
	if err != nil || whole != 1 || at != 0b011 {
		t.Errorf("MaxExcess = %d at %03b (%v), want 1 at 011", whole, at, err)
	}
	if excess, at, err := MaxExcessFloat(g, []float64{1, 4, 4}); err != nil || excess != 1 || at != 0b011 {
		t.Errorf("MaxExcessFloat = %v at %03b (%v)", excess, at, err)
	}
	if excess, at, err := MaxExcessExact(g, rats(t, "1 4 4")); err != nil || excess.RatString() != "1" || at != 0b011 {
		t.Errorf("MaxExcessExact = %v at %03b (%v)", excess, at, err)
	}
	if InCore(g, x) || !InCore(g, []int64{3, 3, 3}) || InCore(g, []int64{3, 3, 2}) {
		t.Error("core membership is wrong")
	}
	if !Efficient(g, x) || Efficient(g, x[:2]) || !IndividuallyRational(g, x) || IndividuallyRational(g, []int64{-1, 5, 5}) {
		t.Error("efficiency or individual rationality is wrong")
	}
	if excess, at, err := MaxExcess(game(t, 7), []int64{7}); err != nil || excess != 0 || at != 0 {
		t.Errorf("one player: %d at %b (%v), want nothing", excess, at, err)
	}
	if _, _, err := MaxExcess(g, []int64{1}); !errors.Is(err, ErrShares) {
		t.Errorf("got %v, want %v", err, ErrShares)
	}
	if _, _, err := MaxExcessFloat(g, nil); !errors.Is(err, ErrShares) {
		t.Errorf("got %v, want %v", err, ErrShares)
	}
	if _, _, err := MaxExcessExact(Game{}, nil); !errors.Is(err, ErrShares) {
		t.Errorf("got %v, want %v", err, ErrShares)
	}
}
