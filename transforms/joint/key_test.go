package joint

import (
	"math"
	"testing"

	"samkraft/pipeline"
)

// Every key, on G12: what a key shares is the joint cost, or with shares: gain the gain.
func TestKeys(t *testing.T) {
	members := fourMembers()
	alone := []float64{458934.802, 232799.278, 601600.635, 254610.023}
	joint, gain := 1274306.490, 273638.249
	energies, people, targets, used := []float64{47, 24, 93, 32}, []float64{51, 24, 62, 23}, []float64{30, 15, 40, 18}, []float64{40, 18, 55, 20}
	for _, test := range []struct {
		key   pipeline.CostKey
		parts []float64
	}{
		{pipeline.CostKey{Type: "equal"}, []float64{1, 1, 1, 1}},
		{pipeline.CostKey{Type: "population"}, people},
		{pipeline.CostKey{Type: "final_energy"}, energies},
		{pipeline.CostKey{Type: "target"}, targets},
		{pipeline.CostKey{Type: "use"}, used},
		{pipeline.CostKey{Type: "own", Own: map[string]float64{"253": 0.4, "269": 0.1, "259": 0.5, "336": 0}}, []float64{4, 1, 5, 0}},
		{pipeline.CostKey{Type: "mixed", Mix: map[string]float64{"equal": 0.25, "population": 0.75}}, []float64{0.0625 + 0.75*51/160, 0.0625 + 0.75*24/160, 0.0625 + 0.75*62/160, 0.0625 + 0.75*23/160}},
	} {
		for _, shares := range []string{"cost", "gain"} {
			a := scaleOf("lamps")
			a.Key = test.key
			a.Key.Shares = shares
			got := solve(t, plan(t, members, a))
			weights, gains := make([]float64, 4), make([]float64, 4)
			for i, part := range test.parts {
				weights[i] = part / sum(test.parts)
				gains[i] = weights[i] * gain
				if shares == "cost" {
					gains[i] = alone[i] - weights[i]*joint
				}
			}
			near(t, test.key.Type, column(t, got["agreement_member"], "key_weight"), 1e-8, weights...)
			paid := column(t, where(got["agreement_incidence"], "agreement_id", "lamps"), "gain_eur")
			near(t, test.key.Type+" of the "+shares, paid, 0.02, gains...)
			near(t, "sum", []float64{math.Round(sum(paid) * 100)}, 0, math.Round(100*one(t, got["joint_savings"], "agreement_id", "lamps")["gain_eur"].(float64)))
			for i, r := range where(got["agreement_incidence"], "agreement_id", "lamps") {
				same(t, "type", r["key_type"], test.key.Type)
				same(t, "what is shared", r["key_shares"], shares)
				same(t, "loses", r["loses"], paid[i] < 0)
			}
		}
	}
}

// A key whose figure is missing has no weights and makes no promise: null, never zero.
func TestKeyWithoutFigure(t *testing.T) {
	members := fourMembers()
	members[1].Population = math.NaN()
	a := scaleOf("lamps")
	a.Key.Type = "population"
	got := solve(t, plan(t, members, a, staff("staff", "253", "259")))
	for _, r := range where(got["agreement_member"], "agreement_id", "lamps") {
		same(t, "weight", r["key_weight"], nil)
	}
	for _, r := range where(got["agreement_incidence"], "agreement_id", "lamps") {
		for _, cell := range []string{"gain_eur", "loses", "low_eur", "gain_probability", "stays", "portfolio_gain_eur"} {
			same(t, cell, r[cell], nil)
		}
	}
	same(t, "rows by the agreed key", len(where(got["allocation"], "agreement_id", "lamps", "rule", "agreed_key")), 0)
	same(t, "rows by population", len(where(got["allocation"], "agreement_id", "lamps", "rule", "by_population")), 0)
	same(t, "rows by the other's key", len(where(got["allocation"], "agreement_id", "staff", "rule", "agreed_key")), 2)
	same(t, "rows by all keys", len(where(got["allocation"], "agreement_id", "ALL", "rule", "agreed_keys")), 0)
	same(t, "exit losses", len(where(got["exit_loss"], "agreement_id", "lamps")), 0)
	all := one(t, got["joint_savings"], "agreement_id", "ALL")
	for _, cell := range []string{"good_neighbour_ok", "transfer_individual_eur", "transfer_core_eur", "cherry_pick_loss_eur", "cherry_pick_stable_loss_eur"} {
		same(t, cell, all[cell], nil)
	}
	if want := "not known who gains"; !contains(all["sentence_en"], want) {
		t.Errorf("%v, expected %q", all["sentence_en"], want)
	}
	// The gain itself needs no key.
	near(t, "gain", column(t, []row{all}, "gain_eur"), 0.01, 273638.25+73e3)
}

// A key in which those who stay have no part binds nobody: the agreement lapses.
func TestOwnKeyOfOnePayer(t *testing.T) {
	a := scaleOf("lamps")
	a.Key = pipeline.CostKey{Type: "own", Shares: "cost", Own: map[string]float64{"253": 1, "269": 0, "259": 0, "336": 0}}
	got := solve(t, plan(t, fourMembers(), a))
	all := one(t, got["joint_savings"], "agreement_id", "ALL")
	// Without Greve the others would gain 148 831.02, but none of them is to pay.
	near(t, "cherry picking", column(t, []row{all}, "cherry_pick_loss_eur"), 0.01, 273638.25-148831.02)
	near(t, "cherry picking on", column(t, []row{all}, "cherry_pick_stable_loss_eur"), 0.01, 273638.25)
	for _, r := range where(got["agreement_incidence"], "agreement_id", "lamps") {
		same(t, "stays", r["stays"], false)
	}
}

// A linear purchase shared by use gives each what it pays alone, but for parts of
// a cent: nobody leaves for those.
func TestPartsOfACent(t *testing.T) {
	a := scaleOf("lamps")
	a.Key.Type = "use"
	a.Parameters.Exponent, a.Parameters.CostEUR = number(1), number(1000.0/7)
	got := solve(t, plan(t, fourMembers(), a))
	for _, r := range where(got["agreement_incidence"], "agreement_id", "lamps") {
		same(t, "stays", r["stays"], !r["loses"].(bool))
		same(t, "gain", r["gain_eur"], 0.0)
	}
	same(t, "cherry picking", one(t, got["joint_savings"], "agreement_id", "ALL")["cherry_pick_stable_loss_eur"], 0.0)
}
