package coalition

import (
	"errors"
	"math"
	"math/big"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func linear(t rapid.TB, targets []TargetRow, resources []ResourceRow, choices []Choice) *Linear {
	t.Helper()
	l, err := NewLinear(targets, resources, choices)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func solved(t rapid.TB, l *Linear, s Mask) LinearSupply {
	t.Helper()
	got, err := l.Solve(s)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// exclusive is the cooperation of TestExclusiveOptions, in GWh and thousands of
// euro: the options of the first member share one stock, unless told otherwise.
func exclusive(group string) []Choice {
	return []Choice{
		{ID: "D", Group: group, Toward: []float64{60}, Cost: 900},
		{ID: "A", Group: group, Toward: []float64{100}, Cost: 2000},
		{ID: "B", Group: group, Toward: []float64{180}, Cost: 5400},
		{ID: "C", Group: group, Toward: []float64{150}, Cost: 5000},
		{ID: "R1", Member: 1, Toward: []float64{50}, Cost: 1250},
		{ID: "R2", Member: 1, Toward: []float64{80}, Cost: 3600},
	}
}

func TestLinearExclusiveOptions(t *testing.T) {
	targets := []TargetRow{{ID: "energy", Targets: []float64{90, 90}}}
	l := linear(t, targets, nil, exclusive("stock"))
	for s, cost := range []float64{0, 1725, 3050, 4525} {
		if got := solved(t, l, Mask(s)); got.Cost != cost {
			t.Errorf("C(%02b) = %v, want %v", s, got.Cost, cost)
		}
	}
	joint := solved(t, l, 3)
	if joint.TargetPrices[0] != 42.5 || joint.Met[0] != 180 || joint.BackstopUsed || len(joint.Used) != 0 {
		t.Errorf("got %+v, want the price 42.5 and 180 GWh", joint)
	}
	sameFloats(t, "taken", joint.Taken, []float64{0, 0.625, 0.375, 0, 1, 0}, 1e-15)
	g, err := l.MoneyGame()
	if err != nil || g.Total() != 250*100 || l.Members() != 2 {
		t.Errorf("v(N) = %d, want 250 (%v)", g.Total(), err)
	}
	price, err := l.PricePoint()
	if err != nil {
		t.Fatal(err)
	}
	sameFloats(t, "charges", price.Charge, []float64{42.5*90 - 2250, 42.5*90 - 17.5*50}, 1e-15)
	sameFloats(t, "gains", price.Gain, []float64{150, 100}, 1e-15)

	if got := solved(t, linear(t, targets, nil, exclusive("")), 3); got.Cost != 3400 {
		t.Errorf("without the group C = %v, want the 3400 that is too cheap", got.Cost)
	}
	for target, cost := range map[float64]float64{60: 900, 80: 1450, 120: 2850, 150: 4125, 180: 5400} {
		targets := []TargetRow{{ID: "energy", Targets: []float64{target, 0}}}
		if got := solved(t, linear(t, targets, nil, exclusive("stock")), 1); got.Cost != cost {
			t.Errorf("C at %v GWh = %v, want %v", target, got.Cost, cost)
		}
	}
}

// Biomass is cheap for the first member and grows at the second. Per MWh: a
// boiler 10 EUR and 2 t, a heat pump 50 EUR. With 60 t the pair makes 30 MWh with
// boilers; a tonne more would save (50-10)/2 = 20 EUR.
func TestLinearResourceBinds(t *testing.T) {
	l := linear(t,
		[]TargetRow{{ID: "heat", Targets: []float64{100, 20}}},
		[]ResourceRow{{ID: "biomass", Available: []float64{10, 50}}},
		[]Choice{
			{ID: "boiler", Toward: []float64{100}, Uses: []float64{200}, Cost: 1000},
			{ID: "pump", Toward: []float64{200}, Uses: []float64{0}, Cost: 10000},
			{ID: "pump", Member: 1, Toward: []float64{100}, Uses: []float64{0}, Cost: 5000},
		})
	for s, cost := range []float64{0, 50 + 95*50, 1000, 300 + 90*50} {
		if got := solved(t, l, Mask(s)); got.Cost != cost {
			t.Errorf("C(%02b) = %v, want %v", s, got.Cost, cost)
		}
	}
	joint := solved(t, l, 3)
	if joint.TargetPrices[0] != 50 || joint.ResourcePrices[0] != 20 || joint.Used[0] != 60 || joint.Met[0] != 120 {
		t.Errorf("got %+v, want prices 50 and 20, 60 t used and 120 MWh", joint)
	}
	price, err := l.PricePoint()
	if err != nil {
		t.Fatal(err)
	}
	// The second member is paid for its biomass: 50 x 20 EUR.
	sameFloats(t, "charges", price.Charge, []float64{50*100 - 20*10, 50*20 - 20*50}, 0)
	sameFloats(t, "gains", price.Gain, []float64{0, 1000}, 0)
	if price.TargetPrices[0] != 50 || price.ResourcePrices[0] != 20 {
		t.Errorf("prices %v and %v, want 50 and 20", price.TargetPrices, price.ResourcePrices)
	}
}

// A measure that saves energy and raises CO2 needs another beside it.
func TestLinearTwoTargets(t *testing.T) {
	l := linear(t,
		[]TargetRow{{ID: "energy", Targets: []float64{100}}, {ID: "co2", Targets: []float64{10}}}, nil,
		[]Choice{
			{ID: "gas", Toward: []float64{200, -20}, Cost: 2000},
			{ID: "wind", Toward: []float64{0, 100}, Cost: 3000},
		})
	// Half the gas measure, and wind for 10 + 10 t: 1000 + 600.
	got := solved(t, l, 1)
	if got.Cost != 1600 || got.Taken[0] != 0.5 || got.Taken[1] != 0.2 {
		t.Errorf("got %+v, want 1600 EUR with shares 0.5 and 0.2", got)
	}
	// One MWh asks for 10 EUR of gas and 0.1 t of wind at 30 EUR.
	sameFloats(t, "prices", got.TargetPrices, []float64{13, 30}, 0)
}

func TestLinearNegativeCosts(t *testing.T) {
	l := linear(t,
		[]TargetRow{{ID: "energy", Targets: []float64{3}}}, nil,
		[]Choice{
			{ID: "a", Toward: []float64{5}, Cost: -50},
			{ID: "b", Toward: []float64{10}, Cost: 400},
			{ID: "sells", Toward: []float64{-1}, Cost: -30}, // worth more than it takes away
		})
	got := solved(t, l, 1)
	if got.Cost != -80 || got.Met[0] != 4 || got.TargetPrices[0] != 0 || !slices.Equal(got.Taken, []float64{1, 0, 1}) {
		t.Errorf("got %+v, want -80 EUR and 4 MWh at the price 0", got)
	}
	if empty := solved(t, l, 0); empty.Cost != 0 || !slices.Equal(empty.Taken, []float64{0, 0, 0}) {
		t.Errorf("nobody: %+v, want nothing", empty)
	}
}

// At the end of a step every price from 10 to 20 proves the cost.
func TestLinearTakesTheLowerPrice(t *testing.T) {
	l := linear(t,
		[]TargetRow{{ID: "energy", Targets: []float64{5, 0}}, {ID: "idle", Targets: []float64{0, 0}, Backstop: 7}}, nil,
		[]Choice{
			{ID: "a", Toward: []float64{5, 0}, Cost: 50},
			{ID: "b", Toward: []float64{10, 0}, Cost: 400},
			{ID: "a", Member: 1, Toward: []float64{10, 0}, Cost: 200},
		})
	if got := solved(t, l, 3); !slices.Equal(got.TargetPrices, []float64{10, 0}) {
		t.Errorf("prices %v, want 10 and 0", got.TargetPrices)
	}
	price, err := l.PricePoint()
	if err != nil || !slices.Equal(price.Charge, []float64{50, 0}) {
		t.Errorf("charges %v, want 50 and 0 (%v)", price.Charge, err)
	}
}

func TestLinearBackstopAndOutOfReach(t *testing.T) {
	rows := func(backstop float64) []TargetRow {
		return []TargetRow{{ID: "energy", Targets: []float64{10, 5}, Backstop: backstop}, {ID: "co2", Targets: []float64{1, 1}}}
	}
	choices := []Choice{
		{ID: "x", Toward: []float64{8, 1}, Uses: []float64{1}, Cost: 240},
		{ID: "y", Member: 1, Toward: []float64{20, 2}, Uses: []float64{0}, Cost: 500},
	}
	budget := []ResourceRow{{ID: "budget", Available: []float64{1, 0}}}
	l := linear(t, rows(200), budget, choices)
	for s, want := range []float64{0, 640, 250, 490} {
		got := solved(t, l, Mask(s))
		if !near(got.Cost, want, 1e-15) || got.BackstopUsed != (s == 1) || got.BackstopUsed != (got.Backstop[0] > 0) {
			t.Errorf("coalition %b: %+v, want cost %v", s, got, want)
		}
	}
	if got := solved(t, l, 1); got.Backstop[0] != 2 || got.Met[0] != 10 || got.TargetPrices[0] != 200 {
		t.Errorf("alone: %+v, want 2 of 10 MWh at 200 EUR", got)
	}
	if _, used, err := l.Costs(); err != nil || !used {
		t.Errorf("the backstop was used and not reported (%v)", err)
	}
	l = linear(t, rows(0), budget, choices)
	_, err := l.Solve(1)
	if !errors.Is(err, ErrTarget) || !strings.Contains(err.Error(), `"energy"`) || strings.Contains(err.Error(), `"co2"`) {
		t.Errorf("got %v, want %v for the energy target", err, ErrTarget)
	}
	if _, err := l.PricePoint(); !errors.Is(err, ErrTarget) {
		t.Errorf("price point: %v, want %v", err, ErrTarget)
	}
	if _, err := l.MoneyGame(); !errors.Is(err, ErrTarget) {
		t.Errorf("game: %v, want %v", err, ErrTarget)
	}
	if got := solved(t, l, 3); got.Cost != 490 || got.Met[1] != 2 {
		t.Errorf("together %+v, want both targets met for 490 EUR", got)
	}
	// What is enough without the budget is not enough with it.
	l = linear(t, []TargetRow{{ID: "energy", Targets: []float64{8, 0}}, {ID: "co2", Targets: []float64{0, 0}}},
		[]ResourceRow{{ID: "budget", Available: []float64{0.5, 0}}}, choices)
	if _, err := l.Solve(1); !errors.Is(err, ErrTarget) || !strings.Contains(err.Error(), `"energy" and "budget"`) {
		t.Errorf("got %v, want both rows named", err)
	}
}

func TestLinearRejects(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	row := func(targets ...float64) []TargetRow { return []TargetRow{{ID: "energy", Targets: targets}} }
	ok := Choice{ID: "a", Toward: []float64{1}, Cost: 1}
	with := func(change func(*Choice)) []Choice {
		c := Choice{ID: "b", Toward: []float64{1}}
		change(&c)
		return []Choice{ok, c}
	}
	for name, c := range map[string]struct {
		targets   []TargetRow
		resources []ResourceRow
		choices   []Choice
		says      string
	}{
		"no rows":         {says: "no targets"},
		"no members":      {targets: row(), says: "no targets"},
		"negative target": {targets: row(1, -1), says: `"energy" of member 1 is -1`},
		"target NaN":      {targets: row(nan), says: "NaN"},
		"backstop":        {targets: []TargetRow{{ID: "e", Targets: []float64{1}, Backstop: -1}}, says: "backstop"},
		"backstop Inf":    {targets: []TargetRow{{ID: "e", Targets: []float64{1}, Backstop: inf}}, says: "backstop"},
		"backstop NaN":    {targets: []TargetRow{{ID: "e", Targets: []float64{1}, Backstop: nan}}, says: "backstop"},
		"unequal rows":    {targets: append(row(1, 2), TargetRow{ID: "co2", Targets: []float64{1}}), says: `"co2" has 1 members, expected 2`},
		"row twice":       {targets: append(row(1), row(1)...), says: `"energy" occurs twice`},
		"resource":        {targets: row(1), resources: []ResourceRow{{ID: "r", Available: []float64{-2}}}, says: `"r" of member 0 is -2`},
		"resource length": {targets: row(1), resources: []ResourceRow{{ID: "r"}}, says: `"r" has 0 members`},
		"member":          {targets: row(1), choices: with(func(c *Choice) { c.Member = 1 }), says: `"b" belongs to member 1`},
		"negative member": {targets: row(1), choices: with(func(c *Choice) { c.Member = -1 }), says: `"b" belongs to member -1`},
		"twice":           {targets: row(1), choices: with(func(c *Choice) { c.ID, c.Group = "a", "g" }), says: `"a" occurs twice`},
		"contributions":   {targets: row(1), choices: with(func(c *Choice) { c.Toward = nil }), says: "0 contributions"},
		"uses":            {targets: row(1), choices: with(func(c *Choice) { c.Uses = []float64{1} }), says: "1 uses, expected 1 and 0"},
		"contribution":    {targets: row(1), choices: with(func(c *Choice) { c.Toward[0] = nan }), says: `row "energy"`},
		"cost":            {targets: row(1), choices: with(func(c *Choice) { c.Cost = inf }), says: "costs +Inf EUR"},
		"huge cost":       {targets: row(1), choices: with(func(c *Choice) { c.Cost = -1e12 }), says: "add up"},
		"huge amounts":    {targets: row(9e11), choices: with(func(c *Choice) { c.Toward[0] = -2e11 }), says: `row "energy" add up`},
		"huge targets":    {targets: row(9e11, 9e11), says: `row "energy" add up`},
	} {
		_, err := NewLinear(c.targets, c.resources, c.choices)
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: got %v, want an error with %q", name, err, c.says)
		}
	}
	l := linear(t, row(1), nil, []Choice{ok})
	if _, err := l.Solve(2); !errors.Is(err, ErrPlayers) {
		t.Errorf("stranger: %v, want %v", err, ErrPlayers)
	}
}

func TestLinearVerifyCatchesWrongSolutions(t *testing.T) {
	l := linear(t,
		[]TargetRow{{ID: "heat", Targets: []float64{120}, Backstop: 300}},
		[]ResourceRow{{ID: "biomass", Available: []float64{60}}},
		[]Choice{
			{ID: "boiler", Toward: []float64{100}, Uses: []float64{200}, Cost: 1000},
			{ID: "pump", Toward: []float64{200}, Uses: []float64{0}, Cost: 10000},
		})
	for name, spoil := range map[string]func(*mixture){
		"share":     func(m *mixture) { m.share[0] = new(big.Rat).Add(m.share[0], big.NewRat(1, 1e9)) },
		"negative":  func(m *mixture) { m.share[0] = new(big.Rat).Neg(m.share[0]) },
		"cost":      func(m *mixture) { m.cost = new(big.Rat).Sub(m.cost, big.NewRat(1, 1e9)) },
		"price":     func(m *mixture) { m.price[0] = new(big.Rat).Add(m.price[0], big.NewRat(1, 1e9)) },
		"ceiling":   func(m *mixture) { m.price[0] = big.NewRat(301, 1) },
		"need":      func(m *mixture) { m.need[0]++ },
		"available": func(m *mixture) { m.need[1]++ },
		"backstop":  func(m *mixture) { m.backstop[0] = big.NewRat(1, 1) },
	} {
		m, err := l.cheapest([]int{0})
		if err != nil {
			t.Fatal(err)
		}
		spoil(m)
		if err := m.verify(); !errors.Is(err, ErrPrecision) {
			t.Errorf("%s: got %v, want %v", name, err, ErrPrecision)
		}
	}
}

// The fast cost knows strangers and targets out of reach.
func TestLinearCostFails(t *testing.T) {
	l := linear(t, []TargetRow{{ID: "energy", Targets: []float64{190, 90}}}, nil, exclusive("stock"))
	if _, err := l.Cost(4); !errors.Is(err, ErrPlayers) {
		t.Errorf("a stranger: %v", err)
	}
	if _, err := l.Cost(1); !errors.Is(err, ErrTarget) {
		t.Errorf("180 of 190 and no backstop: %v", err)
	}
	if got, err := l.Cost(3); err != nil || got != solved(t, l, 3).Cost {
		t.Errorf("together %v (%v)", got, err)
	}
}
