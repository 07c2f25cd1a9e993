package coalition

import (
	"errors"
	"math"
	"math/big"
	"testing"
)

// centsPerThousand turns thousands of euro into cents.
const centsPerThousand = 100_000

func TestPooledTargetFourMembers(t *testing.T) {
	p := fourMembers(t)
	costs := []float64{0, 1130, 488, 1608, 1072, 2111, 1504, 2579, 1054, 2100, 1514, 2560, 1806, 2896, 2274, 3364}
	lambdas := []float64{0, 50, 55, 50, 28, 45, 30, 45, 62, 62, 62, 62, 45, 45, 45, 45}
	gains := []int64{0, 0, 0, 10, 0, 91, 56, 111, 0, 84, 28, 112, 320, 360, 340, 380}
	for s := 1; s < 16; s++ {
		supply, err := p.Solve(Mask(s))
		if err != nil {
			t.Fatal(err)
		}
		if !near(supply.Cost, costs[s]*1000, 1e-12) || supply.Lambda != lambdas[s] || supply.BackstopUsed {
			t.Errorf("coalition %04b: %+v, want cost %v and lambda %v", s, supply, costs[s]*1000, lambdas[s])
		}
	}
	g, err := p.MoneyGame()
	if err != nil {
		t.Fatal(err)
	}
	for s, gain := range gains {
		if got := g.Value(Mask(s)); got != gain*centsPerThousand {
			t.Errorf("v(%04b) = %d cents, want %d kEUR", s, got, gain)
		}
	}
	shapley := Shapley(g)
	sameRats(t, "Shapley", shapley, scaled(rats(t, "121/3 37/2 490/3 947/6"), centsPerThousand))
	excess, blocking, err := MaxExcessExact(g, shapley)
	if err != nil || excess.Cmp(big.NewRat(centsPerThousand, 3)) != 0 || blocking != 0b1110 {
		t.Errorf("Shapley value: excess %v at %04b (%v), want 1/3 kEUR at 1110", excess, blocking, err)
	}
	taken, err := p.Taken(All(4))
	if err != nil {
		t.Fatal(err)
	}
	everybody, err := p.SolveMembers([]int{0, 1, 2, 3})
	if all, allErr := p.SolveAll(); err != nil || allErr != nil || all != everybody || p.Members() != 4 {
		t.Errorf("all members %+v, listed %+v (%v)", all, everybody, err)
	}
	if _, err := p.SolveMembers([]int{1, 0}); !errors.Is(err, ErrPlayers) {
		t.Errorf("got %v, want %v", err, ErrPlayers)
	}
	// Every toy increment cuts 0.1 t per MWh, and everybody meets the target.
	co2, err := p.CO2()
	if err != nil || co2[15] != 103e5 || co2[1] != 30e5 {
		t.Errorf("CO2 %v kg (%v)", co2, err)
	}
	byMember := make([]float64, 4)
	for at, amount := range taken {
		byMember[at/4] += amount
	}
	sameFloats(t, "local savings", byMember, []float64{22000, 13000, 67000, 1000}, 0)

	price, err := p.PricePoint()
	if err != nil {
		t.Fatal(err)
	}
	sameFloats(t, "charges", price.Charge, []float64{1090e3, 468e3, 1021e3, 785e3}, 1e-12)
	sameFloats(t, "gains", price.Gain, []float64{40e3, 20e3, 51e3, 269e3}, 1e-12)
	whole, err := RoundFloats([]float64{price.Gain[0] * 100, price.Gain[1] * 100, price.Gain[2] * 100, price.Gain[3] * 100}, g.Total())
	if err != nil {
		t.Fatal(err)
	}
	if worst, _, _ := MaxExcess(g, whole); worst != 0 || !InCore(g, whole) || !IndividuallyRational(g, whole) {
		t.Errorf("price point %v: excess %d, want 0 and in the core", whole, worst)
	}
}

// The energy game of the four members has fractions with denominators 5, 9, 31
// and 45; multiplied by 1395 GWh they are whole numbers, and the rules exact.
const energyScale = 1395

func energyFourMembers(t testing.TB) Game {
	list := rats(t, "0 0 0 1/5 0 91/45 71/45 37/15 0 42/31 14/31 56/31 64/9 8 68/9 41/5")
	values := make([]int64, len(list))
	for s, r := range scaled(list, energyScale) {
		if !r.IsInt() {
			t.Fatalf("value %d is not whole", s)
		}
		values[s] = r.Num().Int64()
	}
	return game(t, values[1:]...)
}

func TestEnergyAtEqualMoneyFourMembers(t *testing.T) {
	p := fourMembers(t)
	g, err := p.EnergyGame()
	if err != nil {
		t.Fatal(err)
	}
	exact := energyFourMembers(t)
	for s := Mask(0); s < 16; s++ {
		want := math.Round(float64(exact.Value(s)) / energyScale * 1e6)
		if got := g.Value(s); float64(got) != want {
			t.Errorf("v(%04b) = %d kWh, want %v", s, got, want)
		}
	}
	sameRats(t, "Shapley", Shapley(exact), scaled(rats(t, "4019/5580 1939/5580 21347/5580 18451/5580"), energyScale))

	price, err := p.EnergyPricePoint()
	if err != nil {
		t.Fatal(err)
	}
	sum := 0.0
	for _, gain := range price.Gain {
		sum += gain
	}
	if price.Price != 50 || !near(sum, 8200, 1e-12) {
		t.Errorf("price %v and sum of gains %v, want 50 EUR/MWh and 8200 MWh", price.Price, sum)
	}
	inKWh := make([]float64, 4)
	for i, gain := range price.Gain {
		inKWh[i] = gain * 1000
	}
	if worst, at, _ := MaxExcessFloat(g, inKWh); worst > 1 {
		t.Errorf("price point: excess %v kWh at %04b, want at most rounding", worst, at)
	}
}

func TestPooledTargetFiveMembers(t *testing.T) {
	p := fiveMembers(t)
	want := []int64{0, 472, 508, 948, 1830, 2252, 2328, 2736, 120, 264, 312, 512, 1390, 1782, 1878, 2270, 864,
		1312, 1356, 1796, 2664, 3104, 3156, 3596, 440, 744, 832, 1216, 2158, 2550, 2646, 3038}
	costs, backstop, err := p.Costs()
	if err != nil || backstop {
		t.Fatal(err, backstop)
	}
	for s := range want {
		if costs[s] != want[s]*centsPerThousand {
			t.Errorf("C(%05b) = %d cents, want %d kEUR", s, costs[s], want[s])
		}
	}
	g, err := p.MoneyGame()
	if err != nil || g.Total() != 756*centsPerThousand {
		t.Fatalf("v(N) = %d, want 756 kEUR (%v)", g.Total(), err)
	}
	shapley := Shapley(g)
	sameRats(t, "Shapley", shapley, scaled(rats(t, "733/10 1279/30 339/5 14249/30 973/10"), centsPerThousand))
	excess, blocking, _ := MaxExcessExact(g, shapley)
	if excess.Cmp(big.NewRat(1993*centsPerThousand, 30)) != 0 || blocking != 0b11001 {
		t.Errorf("excess %s at %05b, want 1993/30 kEUR at 11001", excess.RatString(), blocking)
	}
	price, err := p.PricePoint()
	if err != nil || price.Price != 38 {
		t.Fatalf("price %v, want 38 (%v)", price.Price, err)
	}
	sameFloats(t, "gains", price.Gain, []float64{80e3, 20e3, 0, 560e3, 96e3}, 1e-12)
}

func TestNegativeCostIsTakenBeyondTheTarget(t *testing.T) {
	p, err := NewPooledTarget([]float64{3}, []Increment{
		{ID: "a", Energy: 5, UnitCost: -10, CO2: 1},
		{ID: "b", Energy: 10, UnitCost: 40, CO2: 1},
	}, 0)
	if err != nil {
		t.Fatal(err)
	}
	got, err := p.Solve(1)
	if want := (Supply{Cost: -50, Energy: 5, CO2: 1}); err != nil || got != want {
		t.Errorf("got %+v, want %+v (%v)", got, want, err)
	}
}

func TestTargetAtTheEndOfAStepHasTwoPrices(t *testing.T) {
	p, err := NewPooledTarget([]float64{5, 0}, []Increment{
		{ID: "a", Energy: 5, UnitCost: 10},
		{ID: "b", Energy: 10, UnitCost: 40},
		{ID: "a", Member: 1, Energy: 10, UnitCost: 20},
	}, 0)
	if err != nil {
		t.Fatal(err)
	}
	for s, upper := range map[Mask]float64{1: 40, 3: 20} {
		if got, err := p.Solve(s); err != nil || got.Lambda != 10 || got.LambdaUpper != upper {
			t.Errorf("coalition %b: prices %v to %v, want 10 to %v (%v)", s, got.Lambda, got.LambdaUpper, upper, err)
		}
	}
	if got, err := p.Solve(2); err != nil || got.Lambda != 0 || got.LambdaUpper != 20 {
		t.Errorf("no target: %+v, want prices 0 to 20 (%v)", got, err)
	}
}

func TestBackstop(t *testing.T) {
	increments := []Increment{
		{ID: "x", Member: 0, Energy: 8, UnitCost: 30},
		{ID: "y", Member: 1, Energy: 20, UnitCost: 25},
	}
	p, err := NewPooledTarget([]float64{10, 5}, increments, 200)
	if err != nil {
		t.Fatal(err)
	}
	for s, want := range []float64{0, 640, 125, 375} {
		got, err := p.Solve(Mask(s))
		if err != nil || got.Cost != want || got.BackstopUsed != (s == 1) {
			t.Errorf("coalition %b: %+v, want cost %v (%v)", s, got, want, err)
		}
	}
	g, err := p.MoneyGame()
	if err != nil || g.Total() != 390*100 {
		t.Errorf("v = %d cents, want 390 EUR (%v)", g.Total(), err)
	}
	if _, used, _ := p.Costs(); !used {
		t.Error("the backstop was used and not reported")
	}
	without, err := NewPooledTarget([]float64{10, 5}, increments, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := without.Solve(1); !errors.Is(err, ErrTarget) {
		t.Errorf("got %v, want %v", err, ErrTarget)
	}
	if _, err := without.Solve(3); err != nil {
		t.Error(err)
	}
}

func TestIdenticalMembersGainNothing(t *testing.T) {
	ladder := []rung{{4, 10}, {6, 30}}
	p := toyPool(t, []float64{5, 5, 5}, [][]rung{ladder, ladder, ladder}, 0)
	g, err := p.MoneyGame()
	if err != nil {
		t.Fatal(err)
	}
	for s, v := range g.Values() {
		if v != 0 {
			t.Errorf("v(%03b) = %d, want 0", s, v)
		}
	}
	alone := toyPool(t, []float64{5}, [][]rung{ladder}, 0)
	if g, err = alone.MoneyGame(); err != nil || g.Total() != 0 || Shapley(g)[0].Sign() != 0 {
		t.Errorf("one member alone: v = %d (%v), want 0", g.Total(), err)
	}
}

func TestPooledTargetRejects(t *testing.T) {
	ok := Increment{ID: "a", Energy: 1, UnitCost: 1}
	nan := math.NaN()
	for name, f := range map[string]func() error{
		"no members":      func() error { _, err := NewPooledTarget(nil, nil, 0); return err },
		"negative target": func() error { _, err := NewPooledTarget([]float64{-1}, nil, 0); return err },
		"target NaN":      func() error { _, err := NewPooledTarget([]float64{nan}, nil, 0); return err },
		"backstop":        func() error { _, err := NewPooledTarget([]float64{1}, nil, -1); return err },
		"member":          func() error { _, err := NewPooledTarget([]float64{1}, []Increment{{Member: 1}}, 0); return err },
		"twice":           func() error { _, err := NewPooledTarget([]float64{1}, []Increment{ok, ok}, 0); return err },
		"energy":          func() error { _, err := NewPooledTarget([]float64{1}, []Increment{{Energy: -1}}, 0); return err },
		"price":           func() error { _, err := NewPooledTarget([]float64{1}, []Increment{{UnitCost: nan}}, 0); return err },
		"huge": func() error {
			_, err := NewPooledTarget([]float64{1}, []Increment{{ID: "a", Energy: 9e11}, {ID: "b", Energy: 9e11}}, 0)
			return err
		},
		"stranger": func() error {
			p, err := NewPooledTarget([]float64{1}, []Increment{ok}, 0)
			if err != nil {
				t.Fatal(err)
			}
			_, err = p.Solve(2)
			return err
		},
	} {
		if f() == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
