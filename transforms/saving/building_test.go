package saving

import "testing"

// TestOwnBuildings gives a member of 900 and 200 MWh of heat 120 kWh/m2, and one five
// times as large 62.5 kWh/m2, in place of the countries' 100 and 125.
func TestOwnBuildings(t *testing.T) {
	in := twoMembers()
	in.Buildings = []Building{{0, "253", 120, 0.3}, {1, "1382", 62.5, 0.3}}
	m := model(t, in)
	packages := evaluate(t, m)
	for _, c := range []struct {
		member         int
		stock, measure string
		invest, saved  float64
		floor          string
	}{
		// 7500 m2: B5 leaves 0.9; B2 saves 0.25 x 0.5 x 20 kWh/m2 = 18.75 of 900 MWh and leaves 47/48; the pump gives
		// 0.9 x 47/48 x 900 = 793.125 MWh in 2000 hours, of a third of that.
		{0, "heat_fossil", "B5+B2+H2", 15000 + 30000 + 396562.5, 1000 - 264.375, OwnFloor},
		{0, "heat_fossil", "B5", 15000, 100, OwnFloor},
		{0, "heat_district", "B5", 10000 / 3.0, 20, OwnFloor},
		{1, "heat_district", "B5", 160000, 500, OwnFloor}, // 80 000 m2
		// Light goes by the floor of services, of which nothing is known of its own; business by none.
		{1, "electricity_service", "E2", 800000, 400, NationalFloor},
		{1, "electricity_business", "I1E", 45000, 300, ""},
	} {
		p := pick(t, packages, c.member, c.stock, c.measure)
		near(t, c.stock+" "+c.measure+": investment", p.Invest, c.invest, 1e-8)
		near(t, c.stock+" "+c.measure+": saved", p.Saved, c.saved, 1e-9)
		if p.Floor != c.floor {
			t.Errorf("%s %s: the floor is from %q, expected %q", c.stock, c.measure, p.Floor, c.floor)
		}
	}
	// The member's demand is one parameter for its stocks, as wide as its grade; nobody uses the country's.
	p, at := param(t, m, "heat_demand@253")
	if p.Spread.Low != 84 || p.Spread.Mode != 120 || p.Spread.High != 156 || p.Mark != "A" {
		t.Errorf("the member's demand is %+v, expected 84 to 156 around 120, assumed", p)
	}
	for _, q := range m.Params() {
		if q.ID == "heat_demand_dk_dwelling_mean|DK" {
			t.Error("the country's mean is a parameter, though no stock goes by it")
		}
	}
	values := m.Central()
	values[at] = 60
	halved, err := m.Evaluate(values, nil)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "investment at half of the demand", pick(t, halved, 0, "heat_district", "B5").Invest, 20000/3.0, 1e-9)
	near(t, "the other member's", pick(t, halved, 1, "heat_district", "B5").Invest, 160000, 1e-9)
}

// TestOneMembersBuildings leaves a member without buildings at its country's mean.
func TestOneMembersBuildings(t *testing.T) {
	in := twoMembers()
	in.Buildings = []Building{{0, "253", 120, 0.3}}
	p := pick(t, evaluate(t, model(t, in)), 1, "heat_district", "B5")
	if p.Invest != 80000 || p.Floor != NationalFloor {
		t.Errorf("B5 costs %v EUR by the floor of %q, expected 80 000 by that of the country's mean", p.Invest, p.Floor)
	}
	in.Buildings[0].Demand = 0
	refuse(t, "a demand of nothing", in, "heat_demand@253")
}
