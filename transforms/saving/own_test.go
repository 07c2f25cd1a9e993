package saving

import (
	"math"
	"slices"
	"strings"
	"testing"

	"samkraft/transforms/coalition"
)

// withOwn is the two members with measures of their own: a pool and a roof in
// Greve, street lights in Falkenberg five times as large.
func withOwn() Input {
	in := twoMembers()
	exact := func(v float64) coalition.Spread { return coalition.Spread{Low: v, Mode: v, High: v} }
	in.Own = []Own{
		{0, "253", "heat_district", "roofs", "roof", exact(20), exact(9000), 0, 30, 2.5, "M"},
		{0, "253", "heat_district", "", "pool", coalition.Spread{Low: 40, Mode: 50, High: 120}, exact(10000), 100, 20, math.NaN(), "S"},
		{1, "1382", "electricity_service", "", "lights", exact(250), coalition.Spread{Low: 50000, Mode: 60000, High: 80000}, -500, 15, math.NaN(), "A"},
	}
	return in
}

// TestOwn compares with what is computed by hand, without interest.
func TestOwn(t *testing.T) {
	packages := evaluate(t, model(t, withOwn()))
	find := func(id string) Package {
		at := slices.IndexFunc(packages, func(p Package) bool { return p.Measure == id })
		if at < 0 {
			t.Fatalf("there is no package %s", id)
		}
		return packages[at]
	}
	// The network's own price, seen in a source, is 71 EUR/MWh; 48 kg/MWh fed in, of which a fifth is lost.
	for id, want := range map[string]Package{
		"pool":   {Saved: 50, Invest: 10000, OM: 100, Life: 20, LCSE: 600.0 / 50, NAC: 600 - 50*71, CO2: 50 * 48 / 0.8 / 1000, AssumptionShare: 0},
		"roof":   {Saved: 20, Invest: 9000, OM: 0, Life: 30, LCSE: 300.0 / 20, NAC: 300 - 20*71, CO2: 2.5, AssumptionShare: 2.0 / 3},
		"lights": {Saved: 250, Invest: 60000, OM: -500, Life: 15, LCSE: 3500.0 / 250, NAC: 3500 - 250*110, CO2: 250 * 90.0 / 1000, AssumptionShare: 1},
	} {
		got := find(id)
		for name, pair := range map[string][2]float64{"saved": {got.Saved, want.Saved}, "invest": {got.Invest, want.Invest}, "om": {got.OM, want.OM}, "life": {got.Life, want.Life},
			"lcse": {got.LCSE, want.LCSE}, "nac": {got.NAC, want.NAC}, "co2": {got.CO2, want.CO2}, "assumption share": {got.AssumptionShare, want.AssumptionShare}} {
			if math.Abs(pair[0]-pair[1]) > 1e-9 {
				t.Errorf("%s: %s is %v, expected %v", id, name, pair[0], pair[1])
			}
		}
		if !got.Own {
			t.Errorf("%s is not marked as a member's own", id)
		}
	}
	pool, roof := find("pool"), find("roof")
	district := packages[slices.IndexFunc(packages, func(p Package) bool { return p.Member == 0 && p.Stock == "heat_district" })]
	if !pool.Excludes(district) || pool.Excludes(roof) || roof.Excludes(district) {
		t.Error("an own measure excludes the packages on its stock, unless it is of another group")
	}
	// Those that exclude each other stand together.
	groups := 0
	for i, p := range packages {
		if i == 0 || !p.Excludes(packages[i-1]) {
			groups++
		}
	}
	if groups != 6 {
		t.Errorf("%d groups, expected those of five stocks with packages and the roofs", groups)
	}
}

// TestOwnWithinStock checks that in a draw with little use and a large saving no
// more is saved than is used.
func TestOwnWithinStock(t *testing.T) {
	m := model(t, withOwn())
	values := m.Central()
	for i, p := range m.Params() {
		switch p.ID {
		case "use_heat_district@253":
			values[i] = 0.4
		case "own_pool@253_saved":
			values[i] = 120
		}
	}
	packages, err := m.Evaluate(values, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range packages {
		if p.Measure == "pool" && (p.Saved != 80 || math.Abs(p.NAC-(600-80*71)) > 1e-9) {
			t.Errorf("the pool saves %v MWh of 80, at %v EUR", p.Saved, p.NAC)
		}
	}
}

func TestOwnRefused(t *testing.T) {
	for want, spoil := range map[string]func(*Input){
		"own measure pool of municipality 253 saves 201 MWh": func(in *Input) { in.Own[1].Saved = coalition.Spread{Low: 201, Mode: 201, High: 201} },
		"a lifetime above 0":                                  func(in *Input) { in.Own[1].Life = 0 },
		"municipality 253 has the own measure pool twice":     func(in *Input) { in.Own[0].ID = "pool" },
		"factor own_pool@253_saved: its range reaches -1":     func(in *Input) { in.Own[1].Saved.Low = -1 },
		"factor own_pool@253_investment: its low, central an": func(in *Input) { in.Own[1].Invest.Low = 1e6 },
	} {
		in := withOwn()
		spoil(&in)
		if _, err := New(in); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("the error is %v, expected one with %q", err, want)
		}
	}
}
