package coalition

import (
	"math"
	"testing"
)

func TestCO2AtEqualMoney(t *testing.T) {
	// Each member saves 10 MWh for 100 EUR alone. Together they hold the
	// cheapest cuts first: 200 EUR buy 10 t at 5 EUR/t and 10 t at 15 EUR/t.
	p, err := NewPooledTarget([]float64{10, 10}, []Increment{
		{ID: "e", Member: 0, Energy: 10, UnitCost: 10},
		{ID: "e", Member: 1, Energy: 10, UnitCost: 10},
	}, 0)
	if err != nil {
		t.Fatal(err)
	}
	cuts := []Abatement{
		{ID: "wood", Member: 0, CO2: 10, Cost: 50},
		{ID: "pump", Member: 0, CO2: 10, Cost: 250},
		{ID: "pump", Member: 1, CO2: 40, Cost: 600},
		{ID: "dirty", Member: 1, CO2: -5, Cost: 10},
		{ID: "free", Member: 1, CO2: 2, Cost: 0},
	}
	g, err := p.CO2Game(cuts)
	if err != nil {
		t.Fatal(err)
	}
	// Alone: 10 + 50/25 = 12 t, and 2 + 100/15 t. Together: 2 + 10 + 150/15 t.
	alone, joint := math.Round(12*1000)+math.Round((2+100.0/15)*1000), math.Round(22*1000)
	if got := float64(g.Total()); got != joint-alone {
		t.Errorf("v(N) = %v kg, want %v", got, joint-alone)
	}
	price, err := p.CO2PricePoint(cuts)
	if err != nil || !near((price.Gain[0]+price.Gain[1])*1000, joint-alone, 1e-3) || price.Price != 15 {
		t.Errorf("price point %+v, want the price 15 and gains of %v kg (%v)", price, joint-alone, err)
	}
}
