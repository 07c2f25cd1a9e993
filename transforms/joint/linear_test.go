package joint

import (
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"samkraft/pipeline"
	"samkraft/transforms/coalition"
	"samkraft/transforms/saving"
)

// block is a measure on a stock that saves a part of it at EUR per MWh. Lives are of
// one year, there is no interest and energy is worth nothing, so that a MWh costs
// what is invested in it. Gas emits 200 kg per MWh, electricity 100.
type block struct {
	member      int
	stock, id   string
	energy      float64 // of the stock, MWh
	saved, cost float64 // share, EUR per MWh
}

// blockPlan is a plan of members that have stocks with blocks, of which those on one
// stock exclude each other, under one agreement of all.
func blockPlan(t testing.TB, halfWidth float64, blocks []block, members ...Member) Input {
	t.Helper()
	factor := func(id string, value float64) saving.Factor {
		return saving.Factor{ID: id, Spread: coalition.Spread{Low: value, Mode: value, High: value}, Distribution: "fix", Mark: "S", Unit: "1"}
	}
	marginal := factor("ef_electricity", 100)
	marginal.Role = "marginal"
	model := saving.Input{Year: 2025, Factors: []saving.Factor{marginal, factor("discount_rate_0_35", 0), factor("one_year", 1), factor("ef_natural_gas", 200),
		factor("price_natural_gas", 0), factor("price_electricity_delivered", 0), factor("price_backstop", 200), factor("price_backstop_co2", 900)}}
	seen := map[string]bool{}
	for _, b := range blocks {
		m := members[b.member]
		if key := m.Code + b.stock; !seen[key] {
			seen[key] = true
			model.Stocks = append(model.Stocks, saving.Stock{Member: b.member, Country: "DK", Code: m.Code, Name: m.Name, ID: b.stock, Energy: b.energy, Heat: math.NaN(), HalfWidth: halfWidth,
				Industry: b.stock == "heat_industry" || b.stock == "electricity_business"})
		}
		model.Measures = append(model.Measures, saving.Measure{ID: b.id, Saving: b.id + "_saving", SavingPer: "share", Invest: b.id + "_invest", InvestPer: "mwh", Life: "one_year"})
		model.Parts = append(model.Parts, saving.Part{Stock: b.stock, Package: b.id, Measure: b.id})
		model.Factors = append(model.Factors, factor(b.id+"_saving", b.saved), factor(b.id+"_invest", b.cost))
	}
	made, err := saving.New(model)
	if err != nil {
		t.Fatal(err)
	}
	return Input{Plan: "blocks", PriceYear: 2025, Members: members, Measures: made, Factors: model.Factors, Amounts: map[string][]float64{}, Seed: 3,
		Agreements: []pipeline.Agreement{{ID: "together", Title: pipeline.Texts{EN: "Together", DA: "Sammen", SV: "Tillsammans"}, Status: "signed", Mechanism: "pooled_target",
			Quorum: 2, Signatories: pipeline.Who{All: true}, Key: pipeline.CostKey{Type: "equal", Shares: "gain"}}}}
}

// gasAndPower is a member that burns gas, G at 200 EUR per t, and one twice as large
// that uses electricity, E at 100 EUR per t.
func gasAndPower(t testing.TB, halfWidth float64) Input {
	t.Helper()
	return blockPlan(t, halfWidth, []block{
		{0, "heat_industry", "G", 100_000, 0.5, 40}, {1, "electricity_business", "E", 200_000, 0.5, 10},
	}, Member{Code: "253", Name: "Greve", Country: "DK", Energy: 100_000, Target: 20_000, HasTarget: true, Cut: 5_000, HasCut: true, Industry: true, CutIndustry: true, Complete: true},
		Member{Code: "259", Name: "Køge", Country: "DK", Energy: 200_000, Target: 30_000, HasTarget: true, Cut: 2_000, HasCut: true, Industry: true, CutIndustry: true, Complete: true})
}

// cells returns some columns of a row.
func cells(r row, names ...string) []any {
	var list []any
	for _, name := range names {
		list = append(list, r[name])
	}
	return list
}

// TestLinearAsPooled holds the linear program to the merit order where there is one:
// a single kind of target, and nothing scarce.
func TestLinearAsPooled(t *testing.T) {
	in := blockPlan(t, 0.3, []block{
		{0, "heat_industry", "G1", 100_000, 0.2, 15}, {0, "heat_industry", "G2", 100_000, 0.5, 40}, {0, "heat_industry", "G3", 100_000, 0.4, 60},
		{1, "electricity_business", "E1", 300_000, 0.1, 20}, {1, "electricity_business", "E2", 300_000, 0.3, 31},
		{2, "electricity_household", "H1", 50_000, 0.3, 12}, {2, "electricity_household", "H2", 50_000, 0.7, 55},
	}, Member{Code: "253", Name: "Greve", Country: "DK", Target: 30_000, HasTarget: true, Industry: true}, Member{Code: "259", Name: "Køge", Country: "DK", Target: 40_000, HasTarget: true, Industry: true},
		Member{Code: "336", Name: "Stevns", Country: "DK", Target: 41_000, HasTarget: true})
	e, err := newEngine(&in)
	if err != nil {
		t.Fatal(err)
	}
	players := []int{0, 1, 2}
	merit, missing, err := e.pooled(in.Agreements[0], players)
	if err != nil || missing != nil {
		t.Fatal(missing, err)
	}
	program, missing, err := e.linear(in.Agreements[0], players)
	if err != nil || missing != nil {
		t.Fatal(missing, err)
	}
	for draw := range 5 {
		values := slices.Clone(e.params.central)
		for i, p := range e.params.list {
			if draw > 0 && p.ID != discountRate {
				values[i] = drawn(p, coalition.Stream{Seed: 5}.Uniform(draw, p.ID))
			}
		}
		s, err := e.state(values, nil)
		if err != nil {
			t.Fatal(err)
		}
		a, err := merit.at(s)
		if err != nil {
			t.Fatal(err)
		}
		b, err := program.at(s)
		if err != nil {
			t.Fatal(err)
		}
		for mask := coalition.Mask(1); mask < 8; mask++ {
			x, err := a.outcome(mask)
			if err != nil {
				t.Fatal(err)
			}
			y, err := b.outcome(mask)
			if err != nil {
				t.Fatal(err)
			}
			fast, err := costOf(b, mask)
			if err != nil {
				t.Fatal(err)
			}
			if math.Abs(x.cost-y.cost) > 0.005 || math.Abs(fast-y.cost) > 0.005 || x.short != y.short || math.Abs(x.lambda-y.lambda) > 1e-6 || math.Abs(x.co2-y.co2) > 1e-3 {
				t.Errorf("draw %d, group %b: merit order %+v, linear program %+v and %v", draw, mask, x, y, fast)
			}
		}
		x, _, err := a.price(eur)
		if err != nil {
			t.Fatal(err)
		}
		y, ok, err := b.price(eur)
		if err != nil || !ok {
			t.Fatal(ok, err)
		}
		for i := range x {
			if math.Abs(x[i]-y[i]) > 0.005 {
				t.Errorf("draw %d: at the common price %v and %v", draw, x, y)
			}
		}
	}
	// Stevns cannot reach its target: the test has met the backstop.
	central, err := e.state(e.params.central, nil)
	if err != nil {
		t.Fatal(err)
	}
	if x, err := program.at(central); err != nil {
		t.Fatal(err)
	} else if alone, err := x.outcome(4); err != nil || !alone.short || math.Abs(alone.cost-(35_000*55+6_000*200)) > 0.005 {
		t.Errorf("Stevns alone: %+v (%v)", alone, err)
	}
}

// TestCO2Binds computes by hand: alone Greve needs 25 GWh of G for its CO2, Køge 30 GWh
// of E for its energy; together 70 GWh of E for the CO2 of both, where 50 would do
// for the energy.
func TestCO2Binds(t *testing.T) {
	tables := solve(t, gasAndPower(t, 0))
	got := one(t, tables["joint_savings"], "agreement_id", "together")
	near(t, "alone, joint and gain", []float64{got["alone_eur"].(float64), got["joint_eur"].(float64), got["gain_eur"].(float64)}, 0, 1_300_000, 700_000, 600_000)
	if answer := cells(got, "gain_mwh", "gain_t", "target_mwh", "target_t"); !reflect.DeepEqual(answer, []any{nil, nil, 50_000.0, 7_000.0}) {
		t.Errorf("more energy and CO2 for the same money, and targets: %v", answer)
	}
	for i, part := range []string{"reach their targets (50.0 GWh and 7 000 t of CO2 a year)", "når deres mål (50,0 GWh og 7.000 t CO2 om året)", "når sina mål (50,0 GWh och 7\u00a0000 t CO2 per år)"} {
		if text := got["sentence_"+[]string{"en", "da", "sv"}[i]].(string); !strings.Contains(text, part) {
			t.Errorf("%q does not say %q", text, part)
		}
	}
	// Both pay 100 EUR for a tonne of CO2 that they want: 500 000 and 200 000 instead
	// of 1 000 000 and 300 000. Energy costs nothing more.
	var gains []any
	for _, r := range where(tables["allocation"], "agreement_id", "together", "rule", "price") {
		gains = append(gains, cells(r, "gain_eur", "gain_mwh", "gain_t")...)
	}
	if want := []any{500_000.0, nil, nil, 100_000.0, nil, nil}; !reflect.DeepEqual(gains, want) {
		t.Errorf("at the common price %v, expected %v", gains, want)
	}
	both := one(t, tables["coalition_value"], "agreement_id", "together", "coalition_mask", uint64(3))
	if answer := cells(both, "marginal_eur_per_mwh", "marginal_eur_per_t", "backstop_used"); !reflect.DeepEqual(answer, []any{nil, 100.0, false}) {
		t.Errorf("marginal cost by MWh and by t, and backstop: %v", answer)
	}
	for _, r := range tables["stability"] {
		if r["game"] != "eur" {
			t.Errorf("a game of %v is certified that is not played", r["game"])
		}
	}
}

// TestResourceBinds allows Køge 40 GWh of E, by the MWh or by what they cost: the
// other 3 000 t then come from 15 GWh of G.
func TestResourceBinds(t *testing.T) {
	for _, r := range []pipeline.Resource{
		{ID: "fitters", Per: "mwh", Measures: []string{"E"}, Available: map[string]float64{"253": 0, "259": 40_000}},
		{ID: "budget", Per: "eur", Measures: []string{"E"}, Available: map[string]float64{"253": 100_000, "259": 300_000}},
	} {
		in := gasAndPower(t, 0)
		in.Agreements[0].Parameters.Resources = []pipeline.Resource{r}
		got := cells(one(t, solve(t, in)["joint_savings"], "agreement_id", "together"), "alone_eur", "joint_eur", "gain_eur")
		if want := []any{1_300_000.0, 1_000_000.0, 300_000.0}; !reflect.DeepEqual(got, want) {
			t.Errorf("%s: alone, joint and gain %v, expected %v", r.ID, got, want)
		}
	}
	// A budget for everything: alone Greve has 900 000 EUR for what costs a million, and
	// buys the last 500 t at the backstop price.
	in := gasAndPower(t, 0)
	in.Agreements[0].Parameters.Resources = []pipeline.Resource{{ID: "budget", Per: "eur", Available: map[string]float64{"253": 900_000, "259": 300_000}}}
	got := cells(one(t, solve(t, in)["joint_savings"], "agreement_id", "together"), "alone_eur", "joint_eur", "gain_eur", "backstop_used")
	if want := []any{900_000 + 500*900.0 + 300_000, 700_000.0, 950_000.0, true}; !reflect.DeepEqual(got, want) {
		t.Errorf("alone, joint, gain and backstop %v, expected %v", got, want)
	}
}

// TestKindsOfTargets gives the members targets of different kinds.
func TestKindsOfTargets(t *testing.T) {
	for _, c := range []struct {
		name                string
		change              func(greve, koge *Member)
		alone, joint        any
		energy, carbon, key any
	}{
		// 25 GWh of G, nothing of E; together 50 GWh of E.
		{"CO2 of Greve alone", func(g, k *Member) { g.HasTarget, g.Target, k.HasCut, k.Cut = false, math.NaN(), false, math.NaN() }, 1_300_000.0, 500_000.0, 30_000.0, 5_000.0, nil},
		{"CO2 of both, energy of none", func(g, k *Member) {
			g.HasTarget, g.Target, k.HasTarget, k.Target = false, math.NaN(), false, math.NaN()
		}, 1_200_000.0, 700_000.0, nil, 7_000.0, "by_target"},
		// Without industry nothing is known in Greve on which its target could act.
		{"no industry in Greve's CO2", func(g, _ *Member) { g.CutIndustry = false }, nil, nil, nil, nil, nil},
		{"no target", func(g, _ *Member) { g.HasTarget, g.HasCut, g.Target, g.Cut = false, false, math.NaN(), math.NaN() }, nil, nil, nil, nil, nil},
	} {
		in := gasAndPower(t, 0)
		c.change(&in.Members[0], &in.Members[1])
		tables := solve(t, in)
		got := cells(one(t, tables["joint_savings"], "agreement_id", "together"), "alone_eur", "joint_eur", "target_mwh", "target_t")
		if want := []any{c.alone, c.joint, c.energy, c.carbon}; !reflect.DeepEqual(got, want) {
			t.Errorf("%s: alone, joint, and targets in MWh and t %v, expected %v", c.name, got, want)
		}
		byTarget := len(where(tables["allocation"], "agreement_id", "together", "rule", "by_target")) > 0
		if byTarget != (c.key != nil) {
			t.Errorf("%s: shared by target: %v", c.name, byTarget)
		}
	}
}

// TestScopeOfCO2 gives Greve homes, of which alone its CO2 counts: alone H saves 5 GWh
// and 500 t, G the other 15 GWh, and 4 500 t are bought. Together E does for all.
func TestScopeOfCO2(t *testing.T) {
	in := gasAndPower(t, 0)
	in = blockPlan(t, 0, []block{
		{0, "heat_industry", "G", 100_000, 0.5, 40}, {0, "electricity_household", "H", 10_000, 0.5, 50}, {1, "electricity_business", "E", 200_000, 0.5, 10},
	}, in.Members...)
	in.Members[0].CutIndustry = false
	got := cells(one(t, solve(t, in)["joint_savings"], "agreement_id", "together"), "alone_eur", "joint_eur", "target_mwh", "target_t")
	if want := []any{5_000*50 + 15_000*40 + 4_500*900 + 300_000.0, 700_000.0, 50_000.0, 7_000.0}; !reflect.DeepEqual(got, want) {
		t.Errorf("alone, joint, and targets in MWh and t %v, expected %v", got, want)
	}
}

// TestLinearAssumption buys a part at a backstop price that is assumed: 50 of 200 GWh,
// or where CO2 alone is wanted 5 of 25 thousand t.
func TestLinearAssumption(t *testing.T) {
	for _, c := range []struct {
		change func(greve, koge *Member)
		want   float64
	}{
		{func(_, k *Member) { k.Target = 180_000 }, 0.25},
		{func(g, k *Member) { g.HasTarget, k.HasTarget, g.Cut, k.Cut = false, false, 20_000, 5_000 }, 0.2},
	} {
		in := gasAndPower(t, 0)
		c.change(&in.Members[0], &in.Members[1])
		for _, mark := range []string{"S", "A"} {
			for i := range in.Factors {
				if strings.HasPrefix(in.Factors[i].ID, "price_backstop") {
					in.Factors[i].Mark = mark
				}
			}
			want := 0.0
			if mark == "A" {
				want = c.want
			}
			same(t, "assumption", one(t, solve(t, in)["joint_savings"], "agreement_id", "together")["assumption_share"], want)
		}
	}
}
