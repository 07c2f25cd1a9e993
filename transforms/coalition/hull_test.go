package coalition

import "testing"

// Two members, invented: the stock of the first has options that exclude each other.
func TestExclusiveOptions(t *testing.T) {
	hull, err := Hull(0, []Option{
		{ID: "D", Energy: 60e3, Cost: 900e3},
		{ID: "A", Energy: 100e3, Cost: 2000e3},
		{ID: "B", Energy: 180e3, Cost: 5400e3},
		{ID: "C", Energy: 150e3, Cost: 5000e3},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []Increment{
		{ID: "D", Energy: 60e3, UnitCost: 15},
		{ID: "A", Energy: 40e3, UnitCost: 27.5},
		{ID: "B", Energy: 80e3, UnitCost: 42.5},
	}
	if len(hull) != len(want) {
		t.Fatalf("hull %+v, want %+v", hull, want)
	}
	for k := range want {
		if hull[k] != want[k] {
			t.Errorf("increment %d is %+v, want %+v", k, hull[k], want[k])
		}
	}
	increments := append(hull, Increment{ID: "R1", Member: 1, Energy: 50e3, UnitCost: 25}, Increment{ID: "R2", Member: 1, Energy: 80e3, UnitCost: 45})
	p, err := NewPooledTarget([]float64{90e3, 90e3}, increments, 0)
	if err != nil {
		t.Fatal(err)
	}
	for s, cost := range []float64{0, 1725e3, 3050e3, 4525e3} {
		if got, err := p.Solve(Mask(s)); err != nil || !near(got.Cost, cost, 1e-12) {
			t.Errorf("C(%02b) = %v, want %v (%v)", s, got.Cost, cost, err)
		}
	}
	if got, _ := p.Solve(3); got.Lambda != 42.5 {
		t.Errorf("lambda %v, want 42.5", got.Lambda)
	}
	for target, cost := range map[float64]float64{60: 900, 80: 1450, 120: 2850, 150: 4125, 180: 5400} {
		p, err := NewPooledTarget([]float64{target * 1e3}, hull, 0)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := p.Solve(1); err != nil || !near(got.Cost, cost*1e3, 1e-12) {
			t.Errorf("C at %v GWh = %v, want %v kEUR (%v)", target, got.Cost, cost, err)
		}
	}
}

func TestHullStartsWithWhatPaysForItself(t *testing.T) {
	hull, err := Hull(2, []Option{
		{ID: "small", Energy: 10, Cost: -100, CO2: 3},
		{ID: "middle", Energy: 20, Cost: -120, CO2: 7},
		{ID: "large", Energy: 30, Cost: 80, CO2: 5},
		{ID: "twin", Energy: 30, Cost: 80, CO2: 5},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []Increment{
		{ID: "small", Member: 2, Energy: 10, UnitCost: -10, CO2: 3},
		{ID: "middle", Member: 2, Energy: 10, UnitCost: -2, CO2: 4},
		{ID: "large", Member: 2, Energy: 10, UnitCost: 20, CO2: -2},
	}
	if len(hull) != 3 || hull[0] != want[0] || hull[1] != want[1] || hull[2] != want[2] {
		t.Errorf("hull %+v, want %+v", hull, want)
	}
	if none, err := Hull(0, nil); err != nil || len(none) != 0 {
		t.Errorf("no options: %v, %v", none, err)
	}
	for _, bad := range [][]Option{{{ID: "x"}}, {{ID: "x", Energy: 1}, {ID: "x", Energy: 2}}} {
		if _, err := Hull(0, bad); err == nil {
			t.Errorf("%+v: no error", bad)
		}
	}
}

func TestHullCO2(t *testing.T) {
	got, err := HullCO2(0, []Option{
		{ID: "oil", CO2: -5, Cost: -100},
		{ID: "pump", CO2: 20, Cost: 200},
		{ID: "chips", CO2: 10, Cost: 10},
		{ID: "worse", CO2: -8, Cost: -90},
	})
	if err != nil {
		t.Fatal(err)
	}
	// Oil is the cheapest way; doing nothing lies above the way from oil to chips.
	want := []Abatement{
		{ID: "oil", CO2: -5, Cost: -100},
		{ID: "chips after oil", CO2: 15, Cost: 110},
		{ID: "pump after chips", CO2: 10, Cost: 190},
	}
	if len(got) != len(want) {
		t.Fatalf("hull %+v, want %+v", got, want)
	}
	for k := range want {
		if got[k] != want[k] {
			t.Errorf("block %d is %+v, want %+v", k, got[k], want[k])
		}
	}
}
