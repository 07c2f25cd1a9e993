package joint

import (
	"math"
	"testing"
)

// growing gives members a use without a plan that grows by 1 GWh a year from 2025,
// or by nothing or 2 GWh, and targets that lie five years on.
func growing(in Input) Input {
	for i := range in.Members {
		m := &in.Members[i]
		m.Year, m.CutYear = 2030, 2030
		for year := 2025; year <= 2030; year++ {
			ahead := float64(year - 2025)
			m.Reference = append(m.Reference, Use{year, m.Energy + 1000*ahead, m.Energy, m.Energy + 2000*ahead})
		}
	}
	return in
}

// TestScenarios holds the scenarios of G10's four members to what its ladders give by
// hand. Alone they pay 1130, 488, 1072 and 1054 kEUR. Together they save at the price
// of 45 EUR, the last 24 GWh at Køge, for 3364; for the 3744 they also take Køge's
// other 6 GWh at 45 and 2.2 GWh at Greve for 50.
func TestScenarios(t *testing.T) {
	tables := solve(t, growing(plan(t, fourMembers())))
	end := func(scenario, code string) row {
		return one(t, tables["scenario"], "scenario_id", scenario, "muni_code", code, "year", 2030)
	}
	for _, c := range []struct {
		scenario, code string
		saved, cost    float64 // GWh, kEUR
	}{
		{"REF", "-", 0, 0}, {"REF", "259", 0, 0},
		{"PLAN_ALONE", "253", 30, 1130}, {"PLAN_ALONE", "269", 15, 488}, {"PLAN_ALONE", "259", 40, 1072}, {"PLAN_ALONE", "336", 18, 1054}, {"PLAN_ALONE", "-", 103, 3744},
		{"PLAN_JOINT", "253", 22, 730}, {"PLAN_JOINT", "269", 13, 378}, {"PLAN_JOINT", "259", 67, 2236}, {"PLAN_JOINT", "336", 1, 20}, {"PLAN_JOINT", "-", 103, 3364},
		{"PLAN_JOINT_budget", "253", 24.2, 840}, {"PLAN_JOINT_budget", "259", 73, 2506}, {"PLAN_JOINT_budget", "-", 111.2, 3744},
	} {
		r := end(c.scenario, c.code)
		near(t, c.scenario+" "+c.code+" saves and pays", []float64{r["saved_mwh"].(float64), r["cost_eur"].(float64)}, 0.011, c.saved*1000, c.cost*1000)
	}
	// Half of the saving comes in half of the time, from a use that has grown.
	greve := one(t, tables["scenario"], "scenario_id", "PLAN_ALONE", "muni_code", "253", "year", 2027)
	near(t, "Greve after two years of five", []float64{greve["energy_mwh"].(float64), greve["low_growth_mwh"].(float64), greve["high_growth_mwh"].(float64), greve["saved_mwh"].(float64), greve["level_mwh"].(float64)}, 0.0005,
		47000+2000-12000, 47000-12000, 47000+4000-12000, 12000, 47000-0.4*25000)
	for _, id := range []string{"REF", "PLAN_ALONE", "PLAN_JOINT", "PLAN_JOINT_budget"} {
		for year := 2025; year <= 2030; year++ {
			rows := where(tables["scenario"], "scenario_id", id, "year", year)
			if len(rows) != 5 {
				t.Fatalf("%s has %d rows of %d, expected the four members and their sum", id, len(rows), year)
			}
			for _, name := range []string{"energy_mwh", "low_growth_mwh", "high_growth_mwh", "level_mwh", "saved_mwh", "cut_t", "cost_eur"} {
				all := one(t, rows, "muni_code", "-")[name].(float64)
				near(t, id+" "+name+", members and sum", []float64{sum(column(t, rows, name)) - all}, 0.05, all)
			}
		}
	}
	same(t, "what a member buys for itself together", end("PLAN_JOINT", "253")["bought_mwh"], nil)
	same(t, "what all buy together", end("PLAN_JOINT", "-")["bought_mwh"], 0.0)
}

// TestScenarioBeyondMeasures: what measures do not reach is bought, and is not energy
// that is saved.
func TestScenarioBeyondMeasures(t *testing.T) {
	members := fourMembers()
	members[1].Target = 30000 // Solrød's measures save 24 GWh
	tables := solve(t, growing(plan(t, members)))
	solroed := one(t, tables["scenario"], "scenario_id", "PLAN_ALONE", "muni_code", "269", "year", 2030)
	near(t, "saved, bought and paid for it", []float64{solroed["saved_mwh"].(float64), solroed["bought_mwh"].(float64), solroed["bought_eur"].(float64)}, 0.0005, 24000, 6000, 6000*200)
}

// TestScenarioOfCO2: with targets of CO2 there is no one thing that a budget buys, and
// no amount of energy to lay on anybody.
func TestScenarioOfCO2(t *testing.T) {
	in := growing(gasAndPower(t, 0))
	tables := solve(t, in)
	if len(where(tables["scenario"], "scenario_id", "PLAN_JOINT")) == 0 {
		t.Fatal("there is no joint plan")
	}
	if n := len(where(tables["scenario"], "scenario_id", "PLAN_JOINT_budget")) + len(tables["burden"]); n > 0 {
		t.Errorf("%d rows say what one amount would buy or lay on members", n)
	}
	joint := one(t, tables["coalition_value"], "coalition_mask", uint64(3), "agreement_id", "together")
	all := one(t, tables["scenario"], "scenario_id", "PLAN_JOINT", "muni_code", "-", "year", 2030)
	near(t, "what all pay, by the scenario and by the agreement", []float64{all["cost_eur"].(float64) + all["bought_eur"].(float64)}, 0.011, joint["cost_eur"].(float64))
	for _, m := range in.Members {
		if level := one(t, tables["scenario"], "scenario_id", "REF", "muni_code", m.Code, "year", 2030)["level_mwh"]; (level == nil) == m.HasTarget {
			t.Errorf("the level of %s is %v", m.Name, level)
		}
	}
}

// TestStatedLevel: of a level in MWh the saving follows the use, of a share it is a share.
func TestStatedLevel(t *testing.T) {
	m := aim{of: mwh, targets: []float64{10, 10, 0}, wants: []float64{10, 10, -5}, levels: []float64{0, 90, 105}, scope: [][]int{{0}, {1}, {2}}, central: []float64{100, 100, 100}}
	near(t, "targets when use is a tenth more", m.at(&state{energy: []float64{110, 110, 110}}), 1e-9, 11, 20, 5)
	near(t, "targets when use is a fifth less", m.at(&state{energy: []float64{80, 80, 80}}), 1e-9, 8, 0, 0)
}

// TestBurden holds the rules to G10's members by hand: equal_share asks 103 of 196 GWh of
// each, and together it costs the same whoever is to save.
func TestBurden(t *testing.T) {
	tables := solve(t, growing(plan(t, fourMembers())))
	for _, rule := range []string{"by_potential", "equal_share", "own_target", "per_capita"} {
		rows := where(tables["burden"], "rule", rule)
		if len(rows) != 5 {
			t.Fatalf("%s has %d rows", rule, len(rows))
		}
		all := one(t, rows, "muni_code", "-")
		near(t, rule+": to be saved, and paid together", []float64{all["target_mwh"].(float64), all["joint_eur"].(float64)}, 0.011, 103000, 3364000)
		for _, name := range []string{"target_mwh", "alone_eur", "bought_mwh", "joint_eur", "gain_eur"} {
			near(t, rule+" "+name+", members and sum", []float64{sum(column(t, rows, name)) - all[name].(float64)}, 0.05, all[name].(float64))
		}
		for _, gain := range column(t, rows, "gain_eur") {
			if gain < -0.01 {
				t.Errorf("%s: at one price somebody loses %v", rule, gain)
			}
		}
	}
	greve := one(t, tables["burden"], "rule", "equal_share", "muni_code", "253")
	// 24.699 GWh: 2 at 15, 20 at 35, 2.699 at 50.
	near(t, "Greve's equal share", []float64{greve["target_mwh"].(float64), greve["target_share"].(float64), greve["alone_eur"].(float64)}, 0.5, 103000.0*47/196, 103.0/196, 730000+(103000.0*47/196-22000)*50)
	greve = one(t, tables["burden"], "rule", "per_capita", "muni_code", "253")
	near(t, "Greve's part by inhabitants", []float64{greve["target_mwh"].(float64)}, 0.0005, math.Round(103000.0*51/160*1000)/1000)
	greve = one(t, tables["burden"], "rule", "own_target", "muni_code", "253")
	near(t, "Greve's own target, and its part at 45 EUR", []float64{greve["alone_eur"].(float64), greve["joint_eur"].(float64)}, 0.011, 1130000, 730000+8000*45)
}

// TestScenarioScope: Greve wants no gas any more, of which it burns 3 GWh, and Køge saves
// 40 GWh of electricity, for which it is cheapest to save at Greve. What Greve's own
// target counts, gas, does not become less than nothing by that.
func TestScenarioScope(t *testing.T) {
	in := growing(blockPlan(t, 0, []block{
		{0, "heat_industry", "G", 3_000, 0.9, 40}, {0, "electricity_household", "H", 100_000, 0.5, 10}, {1, "electricity_business", "E", 200_000, 0.5, 60},
	}, Member{Code: "253", Name: "Greve", Country: "DK", Energy: 3_000, Cut: 400, HasCut: true, CutStock: "heat_industry", CutIndustry: true, Complete: true},
		Member{Code: "259", Name: "Køge", Country: "DK", Energy: 200_000, Target: 40_000, HasTarget: true, Industry: true, CutIndustry: true, Complete: true}))
	greve := one(t, solve(t, in)["scenario"], "scenario_id", "PLAN_JOINT", "muni_code", "253", "year", 2030)
	// 400 t are 2 GWh of gas; the use without a plan has grown by 5 GWh.
	near(t, "gas that Greve uses, and all that is saved there", []float64{greve["energy_mwh"].(float64), greve["saved_mwh"].(float64)}, 0.0005, 3000+5000-2000, 2000+38000)
}
