package joint

import (
	"math"
	"testing"

	"samkraft/pipeline"
	"samkraft/transforms/saving"
)

// Two agreements: a member loses on one and wins overall.
func TestGoodNeighbours(t *testing.T) {
	target := agree("target", "pooled_target")
	target.Key = pipeline.CostKey{Type: "own", Shares: "gain", Own: map[string]float64{"253": 0.1, "269": 0.05, "259": 0.45, "336": 0.4}}
	lamps := scaleOf("lamps")
	lamps.Key.Type = "equal"
	got := solve(t, plan(t, fourMembers(), lamps, target))
	// Of the target 38, 19, 171, 152 kEUR; of the lamps G12's equal shares.
	total := []float64{38e3 + 140358.180, 19e3 - 85777.344, 171e3 + 283024.013, 152e3 - 63966.599}
	all := one(t, got["joint_savings"], "agreement_id", "ALL")
	rows := where(got["agreement_incidence"], "agreement_id", "ALL")
	near(t, "over all", column(t, rows, "gain_eur"), 0.02, total...)
	same(t, "good neighbours", all["good_neighbour_ok"], false)
	near(t, "side payments", column(t, []row{all}, "transfer_individual_eur"), 0.02, -total[1])
	// The winners pay in proportion to what they win.
	won := total[0] + total[2] + total[3]
	near(t, "paid", column(t, rows, "transfer_individual_eur"), 0.02, total[1]*total[0]/won, -total[1], total[1]*total[2]/won, total[1]*total[3]/won)

	// With more of the target's gain for Solrød it wins overall, and still loses on lamps.
	target.Key.Own = map[string]float64{"253": 0, "269": 0.3, "259": 0.3, "336": 0.4}
	got = solve(t, plan(t, fourMembers(), lamps, target))
	all = one(t, got["joint_savings"], "agreement_id", "ALL")
	same(t, "good neighbours", all["good_neighbour_ok"], true)
	near(t, "side payments", column(t, []row{all}, "transfer_individual_eur"), 0, 0)
	same(t, "loses on lamps", one(t, got["agreement_incidence"], "agreement_id", "lamps", "muni_code", "269")["loses"], true)
	same(t, "loses overall", one(t, got["agreement_incidence"], "agreement_id", "ALL", "muni_code", "269")["loses"], false)
	if want := "although Solrød and Stevns lose on lamps"; !contains(all["sentence_en"], want) {
		t.Errorf("%v, expected %q", all["sentence_en"], want)
	}
	// Solrød and Stevns leave the lamps; Greve and Køge pay half of 957.3 each, more
	// than Greve's 458.9: it leaves too, and nothing is left of the lamps.
	near(t, "cherry picking", column(t, []row{all}, "cherry_pick_loss_eur"), 0.02, 273638.249-(458934.802+601600.635-957337.486))
	near(t, "cherry picking on", column(t, []row{all}, "cherry_pick_stable_loss_eur"), 0.02, 273638.249)
	// What all lose without Køge: both agreements' exit values.
	koge := one(t, got["agreement_incidence"], "agreement_id", "ALL", "muni_code", "259")
	near(t, "exit value", column(t, []row{koge}, "exit_value_eur"), 0.02, 268e3+273638.249-(458934.802+232799.278+254610.023-809618.479))
	// The Shapley value of all together is the sum.
	shapley := func(id string) []float64 {
		return column(t, where(got["allocation"], "agreement_id", id, "rule", "shapley"), "gain_eur")
	}
	for i, x := range shapley("ALL") {
		near(t, "Shapley value", []float64{x}, 0.021, shapley("target")[i]+shapley("lamps")[i])
	}
}

func TestBelowQuorum(t *testing.T) {
	a := scaleOf("lamps", "253", "269")
	a.Parameters.Amounts = map[string]float64{"253": 40, "269": 18}
	a.Quorum = 3
	in := plan(t, fourMembers(), a)
	in.Draws = 20
	got := solve(t, in)
	headline := one(t, got["joint_savings"], "agreement_id", "lamps")
	near(t, "alone, joint, gain", []float64{headline["alone_eur"].(float64), headline["joint_eur"].(float64), headline["gain_eur"].(float64)}, 0.01, 691734.08, 691734.08, 0)
	near(t, "gains", column(t, where(got["agreement_incidence"], "agreement_id", "lamps", "signs", true), "gain_eur"), 0, 0, 0)
	near(t, "probability", column(t, []row{headline}, "gain_probability"), 0, 0)
	same(t, "rows at a price", len(where(got["allocation"], "rule", "price")), 0)
	if want := "not in force, 2 take part and 3 are needed"; !contains(headline["sentence_en"], want) {
		t.Errorf("%v, expected %q", headline["sentence_en"], want)
	}
	all := one(t, got["joint_savings"], "agreement_id", "ALL")
	same(t, "all together", all["gain_eur"], 0.0)
}

// One signatory has nobody to gain with, also where it alone is the quorum.
func TestOneSignatory(t *testing.T) {
	for _, quorum := range []int{1, 2} {
		a := agree("target", "pooled_target", "253")
		a.Quorum = quorum
		in := plan(t, fourMembers(), a)
		in.Draws = 20
		got := solve(t, in)
		headline := one(t, got["joint_savings"], "agreement_id", "target")
		near(t, "alone, joint, gain", []float64{headline["alone_eur"].(float64), headline["joint_eur"].(float64), headline["gain_eur"].(float64)}, 0.01, 1130e3, 1130e3, 0)
		if want := "one member alone"; !contains(headline["sentence_en"], want) {
			t.Errorf("%v, expected %q", headline["sentence_en"], want)
		}
		same(t, "groups", len(where(got["coalition_value"], "agreement_id", "target")), 1)
	}
}

// A member that has not signed might: what the others gain by it and what it gets.
func TestEntry(t *testing.T) {
	target := agree("target", "pooled_target", "253", "269", "259")
	target.Key.Type = "target"
	got := solve(t, plan(t, fourMembers(), target))
	stevns := one(t, got["agreement_incidence"], "agreement_id", "target", "muni_code", "336")
	same(t, "signs", stevns["signs"], false)
	for _, cell := range []string{"gain_eur", "loses", "low_eur", "exit_value_eur", "stays"} {
		same(t, cell, stevns[cell], nil)
	}
	near(t, "adds", column(t, []row{stevns}, "entry_value_eur"), 0.01, 269e3)
	near(t, "gets", column(t, []row{stevns}, "entry_gain_eur"), 0.02, 466116.505)
	greve := one(t, got["agreement_incidence"], "agreement_id", "target", "muni_code", "253")
	same(t, "entry value of a signatory", greve["entry_value_eur"], nil)

	// A member that signs nothing has rows all the same, with nothing in them.
	all := one(t, got["agreement_incidence"], "agreement_id", "ALL", "muni_code", "336")
	same(t, "signs", all["signs"], false)
	same(t, "gain", all["gain_eur"], 0.0)
	same(t, "exit value", all["exit_value_eur"], 0.0)
	same(t, "exit losses", len(where(got["exit_loss"], "muni_code", "336")), 0)

	// Of the gain by an equal key it gets a quarter; what it adds does not depend on the key.
	target.Key = pipeline.CostKey{Type: "equal", Shares: "gain"}
	got = solve(t, plan(t, fourMembers(), target))
	stevns = one(t, got["agreement_incidence"], "agreement_id", "target", "muni_code", "336")
	near(t, "gets", column(t, []row{stevns}, "entry_gain_eur"), 0.01, 95e3)

	// A key of the signatories' own says nothing of others.
	target.Key = pipeline.CostKey{Type: "own", Shares: "cost", Own: map[string]float64{"253": 0.5, "269": 0.25, "259": 0.25}}
	got = solve(t, plan(t, fourMembers(), target))
	stevns = one(t, got["agreement_incidence"], "agreement_id", "target", "muni_code", "336")
	near(t, "adds", column(t, []row{stevns}, "entry_value_eur"), 0.01, 269e3)
	same(t, "gets", stevns["entry_gain_eur"], nil)
}

// Working together costs more than it saves: nobody can be given as much as alone.
func TestWorseTogether(t *testing.T) {
	office := staff("office")
	office.Key.Type = "equal"
	in := uncertain(t, fourMembers(), 0, []saving.Factor{ranged("coordination_kappa2", 60, 70, 80)}, office)
	in.Draws = 50
	got := solve(t, in)
	// Alone 360; together 90 + 36 + 6 * 70 = 546. Two gain 90 - 12 - 70 = 8, so do two others.
	headline := one(t, got["joint_savings"], "agreement_id", "office")
	near(t, "gain", column(t, []row{headline}, "gain_eur"), 0.01, -186e3)
	near(t, "share", column(t, []row{headline}, "gain_share"), 1e-6, -186.0/360)
	near(t, "in groups", column(t, []row{headline}, "cover_gain_eur"), 0.01, 16e3)
	same(t, "groups", headline["best_groups"], "Greve, Solrød; Køge, Stevns")
	same(t, "recommended", headline["recommended_rule"], nil)
	same(t, "probability", headline["gain_probability"], 0.0)
	if want := "In smaller groups the members would gain more, 16.0 kEUR a year: Greve, Solrød; Køge, Stevns."; !contains(headline["sentence_en"], want) {
		t.Errorf("%v, expected %q", headline["sentence_en"], want)
	}
	rules := map[any]bool{}
	for _, r := range where(got["allocation"], "agreement_id", "office") {
		rules[r["rule"]] = true
	}
	if rules["nucleolus"] || !rules["shapley"] || !rules["agreed_key"] {
		t.Errorf("rules %v, expected no imputation", rules)
	}
	for _, r := range where(got["stability"], "agreement_id", "office", "game", "eur") {
		same(t, "in the core", r["in_core"], false)
		same(t, "rational", r["individually_rational"], false)
		same(t, "superadditive", r["superadditive"], false)
		same(t, "share of nothing", r["max_excess_share"], nil)
		same(t, "verified", r["nucleolus_verified"], nil)
	}
	all := one(t, got["joint_savings"], "agreement_id", "ALL")
	same(t, "good neighbours", all["good_neighbour_ok"], false)
	same(t, "side payments", all["transfer_individual_eur"], nil)
	same(t, "side payments into the core", all["transfer_core_eur"], nil)
	same(t, "recommended", all["recommended_rule"], nil)
	for _, want := range []string{"cost 186.0 kEUR a year more than acting alone", "No side payments", "With smaller groups for office"} {
		if !contains(all["sentence_en"], want) {
			t.Errorf("%v, expected %q", all["sentence_en"], want)
		}
	}
	// Everybody leaves, and by that gains.
	near(t, "cherry picking", column(t, []row{all}, "cherry_pick_loss_eur"), 0.01, -186e3)
}

// Three gain 8 in pairs and nothing more as three: any sharing leaves two better off alone.
func TestEmptyCore(t *testing.T) {
	office := staff("office", "253", "269", "259")
	office.Key.Type = "equal"
	got := solve(t, uncertain(t, fourMembers(), 0, []saving.Factor{fixed("coordination_kappa2", 50)}, office))
	// Pairs gain 90 - 62 = 28; three 180 - 24 - 150 = 6.
	headline := one(t, got["joint_savings"], "agreement_id", "office")
	near(t, "gain", column(t, []row{headline}, "gain_eur"), 0.01, 6e3)
	nucleolus := one(t, got["stability"], "agreement_id", "office", "game", "eur", "rule", "nucleolus")
	same(t, "in the core", nucleolus["in_core"], false)
	near(t, "least core", column(t, []row{nucleolus}, "least_core_eur"), 0.01, 24e3)
	same(t, "verified", nucleolus["nucleolus_verified"], true)
	same(t, "recommended", headline["recommended_rule"], "nucleolus")
	all := one(t, got["joint_savings"], "agreement_id", "ALL")
	same(t, "side payments", all["transfer_individual_eur"], 0.0)
	same(t, "side payments into the core", all["transfer_core_eur"], nil)
	near(t, "in groups", column(t, []row{all}, "cover_gain_eur"), 0.01, 28e3)
}

// G16: a member whose measures do not reach its target. The gain depends on the
// backstop price wherever that member is, also where the others have enough.
func TestBackstop(t *testing.T) {
	x, y := fourMembers()[0], fourMembers()[1]
	x.Target, x.ladder = 10, []rung{{0.008, 30}}
	y.Target, y.ladder = 5, []rung{{0.020, 25}}
	got := solve(t, plan(t, []toy{x, y}, agree("target", "pooled_target")))
	values := where(got["coalition_value"], "agreement_id", "target")
	near(t, "costs", column(t, values, "cost_eur"), 0.005, 640, 125, 375)
	near(t, "gain", column(t, values, "gain_eur"), 0.005, 0, 0, 390)
	for i, short := range []bool{true, false, true} {
		same(t, "backstop", values[i]["backstop_used"], short)
	}
	for _, id := range []string{"target", "ALL"} {
		headline := one(t, got["joint_savings"], "agreement_id", id)
		same(t, "backstop", headline["backstop_used"], true)
		if want := "depends on the price assumed"; !contains(headline["sentence_en"], want) {
			t.Errorf("%v, expected %q", headline["sentence_en"], want)
		}
	}
	same(t, "backstop of all", one(t, got["coalition_value"], "agreement_id", "ALL", "coalition_mask", uint64(1))["backstop_used"], true)
	// What is bought at an assumed price rests on an assumption.
	assumed := fixed("price_backstop", 200)
	assumed.Mark = "A"
	y.Target = 30 // 40 MWh asked, 28 there
	got = solve(t, uncertain(t, []toy{x, y}, 0, []saving.Factor{assumed}, agree("target", "pooled_target")))
	near(t, "assumed", column(t, where(got["joint_savings"], "agreement_id", "target"), "assumption_share"), 1e-6, 0.3)
}

// A target without any known use of energy has nothing to act on.
func TestTargetWithoutStock(t *testing.T) {
	members := fourMembers()
	in := plan(t, members, agree("target", "pooled_target"))
	in.Measures = model(t, members[1:], 0)
	if _, err := Solve(in); err != nil {
		t.Fatal(err)
	}
	// The model's members are places: the last of the plan has no stock.
	got := solve(t, in)
	headline := one(t, got["joint_savings"], "agreement_id", "target")
	same(t, "gain", headline["gain_eur"], nil)
	if want := "Stevns"; !contains(headline["sentence_en"], want) {
		t.Errorf("%v, expected %q", headline["sentence_en"], want)
	}
}

// Costs beyond what a game can hold are refused, with the agreement's id.
func TestHugeCosts(t *testing.T) {
	a := scaleOf("lamps")
	for _, cost := range []float64{1e12, 1e300} {
		a.Parameters.CostEUR = number(cost)
		if _, err := Solve(plan(t, fourMembers(), a)); err == nil || !contains(err.Error(), "lamps") {
			t.Errorf("cost %v: error %v, expected one that names the agreement", cost, err)
		}
	}
}

// Above eight members the core is found in floating point; the side payments that
// reach it are there all the same, and add up to nothing.
func TestCoreOfNine(t *testing.T) {
	in := plan(t, fourMembers())
	crowd(&in, 9)
	a := agree("lamps", "scale")
	a.Parameters = pipeline.Parameters{Kind: "procurement", Amounts: map[string]float64{}, CostEUR: number(1e6), Reference: number(100), PerMemberEUR: number(0), PerPairEUR: number(0)}
	for i, m := range in.Members {
		a.Parameters.Amounts[m.Code] = float64(3 + 7*i)
	}
	a.Key.Type = "equal"
	in.Agreements = []pipeline.Agreement{a}
	got := solve(t, in)
	all := one(t, got["joint_savings"], "agreement_id", "ALL")
	paid, ok := all["transfer_core_eur"].(float64)
	if !ok || paid <= 0 {
		t.Fatalf("side payments into the core %v", all["transfer_core_eur"])
	}
	rows := where(got["agreement_incidence"], "agreement_id", "ALL")
	near(t, "sum of side payments", []float64{math.Round(100 * sum(column(t, rows, "transfer_core_eur")))}, 0, 0)
}

// The country whose factors count is that of most signatories, whatever the order.
func TestTwoCountries(t *testing.T) {
	members := []toy{fourMembers()[0], fiveMembers()[0], fiveMembers()[1]}
	members[1].stock = "electricity_business"
	members[1].ladder = []rung{{5, 20}}
	changed := []saving.Factor{of("DK", fixed("coordination_kappa2", 7)), of("SE", fixed("coordination_kappa2", 2))}
	for _, order := range [][]int{{0, 1, 2}, {2, 1, 0}, {1, 0, 2}} {
		var some []toy
		for _, i := range order {
			some = append(some, members[i])
		}
		got := solve(t, uncertain(t, some, 0, changed, staff("office")))
		near(t, "joint", column(t, where(got["joint_savings"], "agreement_id", "office"), "joint_eur"), 0.01, 90e3+24e3+6e3)
	}
	// Who joins brings no other factors.
	got := solve(t, uncertain(t, members, 0, changed, staff("office", "1278", "1381")))
	greve := one(t, got["agreement_incidence"], "agreement_id", "office", "muni_code", "253")
	near(t, "adds", column(t, []row{greve}, "entry_value_eur"), 0.01, 90e3-12e3-4e3)
}
