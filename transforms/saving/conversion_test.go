package saving

import (
	"math"
	"slices"
	"testing"
)

// converted is the fixture with the ways in which a house, or a factory, can change
// what heats it.
func converted() Input {
	in := twoMembers()
	nan := math.NaN()
	in.Stocks = append(in.Stocks, Stock{0, "DK", "253", "Greve", "heat_industry", 500, 500, true, 0.3, nan, nan},
		Stock{2, "DK", "336", "Stevns", "heat_fossil", 300, 270, false, 0.6, nan, nan}, Stock{2, "DK", "336", "Stevns", "heat_district", 0, 0, false, 0.6, nan, nan})
	in.Measures = append(in.Measures,
		Measure{ID: "H1", Saving: "h1_eff", SavingPer: "spf", Invest: "h1_investment", InvestPer: "house", Life: "h1_lifetime", Upkeep: "h1_om", UpkeepPer: "house", CarrierTo: "district_heat"},
		Measure{ID: "H4", Saving: "h4_eff", SavingPer: "spf", Invest: "h4_investment", InvestPer: "kw", Life: "h4_lifetime", Upkeep: "h4_om", CarrierTo: "wood_pellets"},
		Measure{ID: "I2", Saving: "i2_cop", SavingPer: "spf", Invest: "i2_investment", InvestPer: "kw", Life: "i2_lifetime", Upkeep: "i2_om", Variable: "i2_vom", Share: "i2_share", CarrierTo: "electricity"})
	in.Parts = append(in.Parts, Part{"heat_fossil", "B5+H1", "B5"}, Part{"heat_fossil", "B5+H1", "H1"}, Part{"heat_fossil", "H4", "H4"}, Part{"heat_industry", "I2", "I2"})
	in.Factors = append(in.Factors, seen(factor("h1_eff", 0.9, 1, 1)), seen(factor("h1_investment", 5000, 9000, 14000)), seen(factor("h1_lifetime", 30, 40, 50)), seen(factor("h1_om", 40, 50, 60)),
		factor("h4_eff", 0.7, 0.75, 0.9), factor("h4_investment", 300, 800, 1400), factor("h4_lifetime", 15, 20, 25), factor("h4_om", 0.05, 0.07, 0.09),
		factor("i2_cop", 2, 2.5, 3), factor("i2_investment", 800, 1000, 1200), factor("i2_lifetime", 15, 20, 25), factor("i2_om", 0, 0.001, 0.002), factor("i2_vom", 2, 4, 5), factor("i2_share", 0.2, 0.4, 0.6),
		factor("heat_per_house", 15, 18, 20), factor("industry_full_load_hours", 3000, 5000, 7500),
		of("DK", factor("price_natural_gas", 30, 56, 140)), of("DK", factor("price_wood_pellets", 30, 50, 80)), of("SE", factor("price_wood_pellets", 20, 30, 40)), factor("ef_biogenic_in_total", 0, 0, 0))
	return in
}

// TestConversions is computed by hand, without interest.
func TestConversions(t *testing.T) {
	packages := evaluate(t, model(t, converted()))
	check := func(p Package, saved, invest, om, nac, co2 float64) {
		t.Helper()
		near(t, p.Measure+": saved", p.Saved, saved, 1e-9)
		near(t, p.Measure+": investment", p.Invest, invest, 1e-9)
		near(t, p.Measure+": O&M", p.OM, om, 1e-9)
		near(t, p.Measure+": NAC", p.NAC, nac, 1e-9)
		near(t, p.Measure+": CO2", p.CO2, co2, 1e-9)
	}
	// 900 MWh of heat are 50 houses, whatever control saves: they buy 810 MWh of
	// district heat at the network's own price and what it emits with its loss.
	check(pick(t, packages, 0, "heat_fossil", "B5+H1"), 1000-810, 50*9000+18000, 50*50+360,
		450000/40.0+2500+1800+360-1000*80+810*71, 200-810*48/0.8/1000)
	// A pellet boiler of 450 kW takes 1200 MWh in place of 1000: it saves no energy,
	// so that no cost of saved energy is there, and emits nothing fossil.
	pellets := pick(t, packages, 0, "heat_fossil", "H4")
	check(pellets, -200, 450*800, 450*800*0.07, 450*800/20.0+450*800*0.07-80000+1200*50, 200)
	if !math.IsNaN(pellets.LCSE) {
		t.Errorf("energy that is not saved costs %v EUR/MWh", pellets.LCSE)
	}
	// 200 of 500 MWh come from a heat pump of 40 kW, of 80 MWh; the rest stays.
	check(pick(t, packages, 0, "heat_industry", "I2"), 120, 40*1000, 40+800, 2000+40+800-200*56+80*120, 40-8)
}

// TestNetwork: district heat is had only where a network gives some.
func TestNetwork(t *testing.T) {
	for _, p := range evaluate(t, model(t, converted())) {
		if p.Member == 2 && p.Measure == "B5+H1" {
			t.Error("Stevns, whose network gives nothing, can have district heat")
		}
	}
	in := converted()
	at := slices.IndexFunc(in.Stocks, func(s Stock) bool { return s.Member == 2 && s.ID == "heat_district" })
	in.Stocks[at].Energy, in.Stocks[at].Heat = 10, 10
	pick(t, evaluate(t, model(t, in)), 2, "heat_fossil", "B5+H1")
}

// TestConversionRefused: what a supply takes must be known, its price with it.
func TestConversionRefused(t *testing.T) {
	for what, c := range map[string]struct {
		change func(*Input)
		want   string
	}{
		"unknown carrier": {func(in *Input) { in.Measures[7].CarrierTo = "coal" }, `measure H4 takes "coal", expected electricity, district_heat or wood_pellets`},
		"two supplies":    {func(in *Input) { in.Parts = append(in.Parts, Part{"heat_fossil", "B5+H1", "H4"}) }, "package B5+H1 on heat_fossil has two supplies of heat"},
		"unknown upkeep":  {func(in *Input) { in.Measures[6].UpkeepPer = "street" }, `the upkeep of measure H1 is per "street"`},
	} {
		in := converted()
		c.change(&in)
		refuse(t, what, in, c.want)
	}
}
