package coalition

import (
	"math"
	"testing"
)

// Six hours of four members: Greve, Solrød, Køge, Stevns. Invented.
func sixHours(t testing.TB) *Netting {
	t.Helper()
	c, err := NewNetting(
		[][]float64{{30, 28, 35, 40, 45, 38}, {12, 11, 14, 16, 18, 15}, {40, 38, 50, 55, 58, 48}, {10, 9, 11, 12, 14, 12}},
		[][]float64{{2, 2, 8, 15, 6, 1}, {5, 6, 20, 30, 10, 3}, {20, 25, 60, 70, 40, 18}, {30, 35, 25, 20, 28, 32}},
		[]float64{40, 35, 20, 15, 60, 55})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestNettingFourMembers(t *testing.T) {
	c := sixHours(t)
	want := [][4]float64{{}, {182, 0, 0, 0}, {32, 20, 0, 0}, {194, 0, 20, 330}, {81, 25, 0, 0}, {238, 0, 25, 425}, {113, 45, 0, 0},
		{254, 4, 41, 695}, {0, 102, 0, 0}, {80, 0, 102, 4050}, {0, 90, 32, 1595}, {92, 0, 122, 4380}, {14, 60, 67, 3195},
		{136, 0, 127, 4475}, {41, 75, 72, 3370}, {163, 15, 132, 4565}}
	energy, err := c.EnergyGame()
	if err != nil {
		t.Fatal(err)
	}
	money, err := c.MoneyGame()
	if err != nil {
		t.Fatal(err)
	}
	for s := Mask(1); s < 16; s++ {
		got := c.Of(s)
		if got.Import != want[s][0] || got.Export != want[s][1] || energy.Value(s) != int64(want[s][2]*1000) || money.Value(s) != int64(want[s][3]*100) {
			t.Errorf("%04b: %+v, %d kWh, %d cents, want %v", s, got, energy.Value(s), money.Value(s), want[s])
		}
		// The export side must give the same energy.
		exports := -got.Export
		for _, i := range s.Members() {
			exports += c.Of(1 << i).Export
		}
		if int64(math.Round(exports*1000)) != energy.Value(s) {
			t.Errorf("%04b: %v MWh by exports, %d kWh by imports", s, exports, energy.Value(s))
		}
	}
	all := c.Of(15)
	sameFloats(t, "self-sufficiency and self-consumption", []float64{all.SelfSufficiency, all.SelfConsumption}, []float64{0.752656, 0.970646}, 1e-6)
	for i, ss := range []float64{.157407, .627907, .719723, 1} {
		if got := c.Of(1 << i).SelfSufficiency; !near(got, ss, 1e-6) {
			t.Errorf("self-sufficiency of %d is %v, want %v", i, got, ss)
		}
	}
	for _, game := range []struct {
		name               string
		game               Game
		unit               int64
		shapley, nucleolus string
		excess             string
	}{
		{"energy", energy, 1000, "259/6 9 52/3 125/2", "187/4 5/2 5 311/4", "22/3"},
		{"money", money, 100, "6575/6 495/2 1685/3 2660", "3505/4 45 185/2 14205/4", "1130/3"},
	} {
		shapley := Shapley(game.game)
		sameRats(t, game.name+": Shapley", shapley, scaled(rats(t, game.shapley), game.unit))
		excess, blocking, _ := MaxExcessExact(game.game, shapley)
		if excess.Cmp(scaled(rats(t, game.excess), game.unit)[0]) != 0 || blocking != 0b1011 {
			t.Errorf("%s: excess %s at %04b, want %s at 1011", game.name, excess.RatString(), blocking, game.excess)
		}
		nucleolus, err := Nucleolus(game.game)
		if err != nil || !nucleolus.Verified {
			t.Fatal(err, nucleolus.Verified)
		}
		sameRats(t, game.name+": nucleolus", nucleolus.Shares, scaled(rats(t, game.nucleolus), game.unit))
	}
	inEnergy, inMoney := c.PricePoint()
	sameFloats(t, "price point, energy", inEnergy, []float64{52, 0, 0, 80}, 0)
	sameFloats(t, "price point, money", inMoney, []float64{915, 0, 0, 3650}, 0)
}

func TestNettingRejects(t *testing.T) {
	for name, f := range map[string]func() error{
		"no members": func() error { _, err := NewNetting(nil, nil, nil); return err },
		"production": func() error { _, err := NewNetting([][]float64{{1}}, nil, []float64{0}); return err },
		"hours":      func() error { _, err := NewNetting([][]float64{{1}}, [][]float64{{1, 2}}, []float64{0}); return err },
		"negative":   func() error { _, err := NewNetting([][]float64{{-1}}, [][]float64{{1}}, []float64{0}); return err },
		"wedge": func() error {
			_, err := NewNetting([][]float64{{1}}, [][]float64{{1}}, []float64{math.NaN()})
			return err
		},
		"number": func() error {
			_, err := NewNetting([][]float64{{math.NaN()}}, [][]float64{{1}}, []float64{0})
			return err
		},
	} {
		if f() == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
