package joint

import (
	"math"
	"testing"

	"samkraft/pipeline"
	"samkraft/transforms/coalition"
)

// scaleOf is G12 (i): 1000 (Q/100)^0.85 kEUR for own amounts.
func scaleOf(id string, codes ...string) pipeline.Agreement {
	a := agree(id, "scale", codes...)
	a.Parameters = pipeline.Parameters{Kind: "procurement", Amounts: map[string]float64{"253": 40, "269": 18, "259": 55, "336": 20},
		CostEUR: number(1e6), Reference: number(100), PerMemberEUR: number(0), PerPairEUR: number(0)}
	return a
}

// staff is G12 (ii): 90 kEUR each alone, together 90 and the cost of working together.
func staff(id string, codes ...string) pipeline.Agreement {
	a := agree(id, "scale", codes...)
	a.Parameters.Kind = "shared_staff"
	return a
}

func TestScale(t *testing.T) {
	a := scaleOf("lamps")
	a.Key.Type = "use"
	got := solve(t, plan(t, fourMembers(), a))
	near(t, "costs", column(t, where(got["coalition_value"], "agreement_id", "lamps"), "cost_eur"), 0.01, 458934.802, 232799.278, 629381.241, 601600.635, 957337.486, 765287.168,
		1109472.845, 254610.023, 647781.533, 439355.490, 809618.479, 783072.683, 1126142.022, 940178.913, 1274306.490)
	shares := func(rule string) []float64 {
		return column(t, where(got["allocation"], "agreement_id", "lamps", "rule", rule), "gain_eur")
	}
	near(t, "Shapley value", shares("shapley"), 0.02, 77085.180, 55061.927, 83476.078, 58015.064)
	near(t, "nucleolus", shares("nucleolus"), 0.02, 84184.028, 44011.613, 96289.427, 49153.181)
	near(t, "charged by use", shares("agreed_key"), 0.02, 75684.730, 60336.746, 74631.786, 62984.987)
	certificate := one(t, got["stability"], "agreement_id", "lamps", "game", "eur", "rule", "shapley")
	same(t, "convex", certificate["convex"], true)
	same(t, "Shapley in the core", certificate["in_core"], true)
	headline := one(t, got["joint_savings"], "agreement_id", "lamps")
	same(t, "recommended", headline["recommended_rule"], "shapley")
	same(t, "nature", headline["gain_nature"], "resource")
	same(t, "energy", headline["gain_mwh"], 0.0)

	// A key of equal parts of the cost: small members pay for large ones.
	a.Key.Type = "equal"
	got = solve(t, plan(t, fourMembers(), a))
	near(t, "charged equally", shares("agreed_key"), 0.02, 140358.180, -85777.344, 283024.013, -63966.599)
}

// The three kinds differ in their exponent: of staff the cost does not grow, of
// the others with the factor's power, unless the plan states its own.
func TestScaleKinds(t *testing.T) {
	for _, test := range []struct {
		name     string
		kind     string
		own      *float64
		fixedEUR *float64
		want     float64 // joint cost of Greve's 40 and Køge's 55
	}{
		{"staff", "shared_staff", nil, nil, 1e6 + 90e3 + 17e3},
		{"staff of a stated cost", "shared_staff", nil, number(1000), 1e6 + 1000 + 17e3},
		{"procurement", "procurement", nil, nil, 1e6*math.Pow(0.95, 0.85) + 17e3},
		{"plant", "plant", nil, nil, 1e6*math.Pow(0.95, 0.7) + 17e3},
		{"own exponent", "plant", number(0.5), number(5), 1e6*math.Sqrt(0.95) + 5 + 17e3},
	} {
		a := scaleOf("a", "253", "259")
		p := &a.Parameters
		p.Kind, p.Exponent, p.FixedEUR, p.PerMemberEUR, p.PerPairEUR = test.kind, test.own, test.fixedEUR, nil, nil
		p.Amounts = map[string]float64{"253": 40, "259": 55}
		got := solve(t, plan(t, fourMembers(), a))
		near(t, test.name, column(t, where(got["joint_savings"], "agreement_id", "a"), "joint_eur"), 0.01, test.want)
	}
}

// The amounts that a purchase can count without own ones.
func TestScaleCounts(t *testing.T) {
	a := scaleOf("a", "253", "259")
	a.Parameters.Amounts, a.Parameters.Amount, a.Parameters.Reference = nil, "population", number(100e3)
	got := solve(t, plan(t, fourMembers(), a))
	near(t, "by population", column(t, where(got["joint_savings"], "agreement_id", "a"), "joint_eur"), 0.01, 1e6*math.Pow(1.13, 0.85))
	a.Parameters.Amount, a.Parameters.Reference = "final_energy", number(140e3)
	got = solve(t, plan(t, fourMembers(), a))
	near(t, "by final energy", column(t, where(got["joint_savings"], "agreement_id", "a"), "joint_eur"), 0.01, 1e6)
}

// toyHours is G13: six hours.
func toyHours() *Hours {
	return &Hours{Year: 2023,
		Consumption: [][]float64{{30, 28, 35, 40, 45, 38}, {12, 11, 14, 16, 18, 15}, {40, 38, 50, 55, 58, 48}, {10, 9, 11, 12, 14, 12}},
		Production:  [][]float64{{2, 2, 8, 15, 6, 1}, {5, 6, 20, 30, 10, 3}, {20, 25, 60, 70, 40, 18}, {30, 35, 25, 20, 28, 32}}}
}

func TestNetting(t *testing.T) {
	a := agree("hours", "netting")
	a.Key.Type = "equal"
	in := plan(t, fourMembers(), a)
	in.Hours = toyHours()
	got := solve(t, in)
	near(t, "imports", column(t, got["netting"], "import_mwh"), 0, 182, 32, 194, 81, 238, 113, 254, 0, 80, 0, 92, 14, 136, 41, 163)
	near(t, "exports", column(t, got["netting"], "export_mwh"), 0, 0, 20, 0, 25, 0, 45, 4, 102, 0, 90, 0, 60, 0, 75, 15)
	values := where(got["coalition_value"], "agreement_id", "hours")
	near(t, "netted", column(t, values, "gain_mwh"), 0, 0, 0, 20, 0, 25, 0, 41, 0, 102, 32, 122, 67, 127, 72, 132)
	near(t, "money", column(t, values, "gain_eur"), 0, make([]float64, 15)...)
	all := one(t, got["netting"], "coalition_mask", uint64(15))
	near(t, "self-sufficiency", column(t, []row{all}, "self_sufficiency"), 1e-6, 0.752656)
	near(t, "self-consumption", column(t, []row{all}, "self_consumption"), 1e-6, 0.970646)
	shares := func(rule string) []float64 {
		return column(t, where(got["allocation"], "agreement_id", "hours", "rule", rule), "gain_mwh")
	}
	near(t, "Shapley value", shares("shapley"), 0.001, 259.0/6, 9, 52.0/3, 62.5)
	near(t, "nucleolus", shares("nucleolus"), 0.001, 46.75, 2.5, 5, 77.75)
	near(t, "hourly price", shares("price"), 0.001, 52, 0, 0, 80)
	headline := one(t, got["joint_savings"], "agreement_id", "hours")
	same(t, "nature", headline["gain_nature"], "accounting")
	same(t, "rows of all together", len(where(got["joint_savings"], "agreement_id", "ALL")), 0)
	// Alone they import 182 + 32 + 81 + 0 of 659 MWh.
	if want := "cover 75.3 % of their electricity by their own wind, sun and water in the same hour, and 55.2 % each alone"; !contains(headline["sentence_en"], want) {
		t.Errorf("%v, expected %q", headline["sentence_en"], want)
	}
}

// With a legal basis a MWh netted is worth the wedge: a transfer, which is not
// counted among what all together gain.
func TestNettingWithLegalBasis(t *testing.T) {
	a := agree("hours", "netting")
	a.Key = pipeline.CostKey{Type: "equal", Shares: "gain"}
	a.Parameters = pipeline.Parameters{WedgeEUR: number(37.5), LegalBasis: "a law"}
	in := plan(t, fourMembers(), a, staff("staff"))
	in.Hours = toyHours()
	got := solve(t, in)
	near(t, "money", column(t, where(got["coalition_value"], "agreement_id", "hours"), "gain_eur"), 0.005,
		0, 0, 20*37.5, 0, 25*37.5, 0, 41*37.5, 0, 102*37.5, 32*37.5, 122*37.5, 67*37.5, 127*37.5, 72*37.5, 132*37.5)
	near(t, "by key", column(t, where(got["agreement_incidence"], "agreement_id", "hours"), "gain_eur"), 0, 1237.5, 1237.5, 1237.5, 1237.5)
	same(t, "nature", one(t, got["joint_savings"], "agreement_id", "hours")["gain_nature"], "transfer")
	near(t, "all together", column(t, where(got["joint_savings"], "agreement_id", "ALL"), "gain_eur"), 0, 204e3)
}

// Hours are not whole kWh: the price point and the gain must still agree.
func TestNettingOfParts(t *testing.T) {
	a := agree("hours", "netting")
	a.Parameters = pipeline.Parameters{WedgeEUR: number(400), LegalBasis: "a law"}
	in := plan(t, fourMembers(), a)
	in.Hours = toyHours()
	for i := range in.Hours.Consumption {
		for h := range in.Hours.Consumption[i] {
			in.Hours.Consumption[i][h] += 0.000437 * float64(i+1)
		}
	}
	got := solve(t, in)
	netting, err := coalition.NewNetting(in.Hours.Consumption, in.Hours.Production, []float64{400, 400, 400, 400, 400, 400})
	if err != nil {
		t.Fatal(err)
	}
	_, money := netting.PricePoint()
	near(t, "gain", column(t, where(got["joint_savings"], "agreement_id", "hours"), "gain_eur"), 0.01, sum(money))
	near(t, "by price", column(t, where(got["allocation"], "agreement_id", "hours", "rule", "price"), "gain_eur"), 0.01, money...)
}
