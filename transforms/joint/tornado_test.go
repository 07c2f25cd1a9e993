package joint

import (
	"testing"

	"samkraft/transforms/saving"
)

// Of an office of two the gain is the fixed cost less what working together costs:
// F - k1 - k2, here 90 - 12 - 5 kEUR.
func TestTornado(t *testing.T) {
	for _, test := range []struct {
		name     string
		pair     saving.Factor
		low, top float64 // kEUR at its ends
		flips    bool
	}{
		{"mild", ranged("coordination_kappa2", 1, 5, 15), 77, 63, false},
		{"wild", ranged("coordination_kappa2", 1, 5, 100), 77, -22, true},
	} {
		office := staff("office", "253", "259")
		office.Key.Type = "equal"
		got := solve(t, uncertain(t, fourMembers(), 0, []saving.Factor{test.pair, ranged("shared_staff_fixed", 70, 90, 120), ranged("coordination_kappa1", 0, 12, 20), ranged("price_backstop", 120, 200, 400)}, office))
		of := func(param, code string) row { return one(t, got["tornado"], "param_id", param, "muni_code", code) }
		turned := func(r row) []float64 {
			return []float64{r["low_gain_eur"].(float64), r["gain_eur"].(float64), r["high_gain_eur"].(float64), r["swing_eur"].(float64)}
		}
		near(t, "fixed cost", turned(of("shared_staff_fixed", "-")), 0.01, 53e3, 73e3, 103e3, 50e3)
		near(t, "by member", turned(of("coordination_kappa1", "-")), 0.01, 85e3, 73e3, 65e3, 20e3)
		near(t, "by pair", turned(of("coordination_kappa2", "-")), 0.01, test.low*1e3, 73e3, test.top*1e3, (test.low-test.top)*1e3)
		near(t, "Greve's half", turned(of("coordination_kappa2", "253")), 0.01, test.low*500, 36.5e3, test.top*500, (test.low-test.top)*500)
		near(t, "Stevns, which has not signed", turned(of("coordination_kappa2", "336")), 0, 0, 0, 0, 0)
		same(t, test.name+": flip", of("coordination_kappa2", "-")["decision_flip"], test.flips)
		same(t, test.name+": flip of Greve", of("coordination_kappa2", "253")["decision_flip"], test.flips)
		same(t, test.name+": flip of Stevns", of("coordination_kappa2", "336")["decision_flip"], false)
		same(t, test.name+": flip by the fixed cost", of("shared_staff_fixed", "-")["decision_flip"], false)
		// Choices are shown whatever they swing; ranks are by swing.
		backstop := of("price_backstop", "-")
		near(t, "backstop", turned(backstop), 0, 73e3, 73e3, 73e3, 0)
		same(t, "always", backstop["always"], true)
		same(t, "always", of("shared_staff_fixed", "-")["always"], false)
		same(t, "always", of("discount_rate", "-")["always"], true)
		last := -1.0
		for rank, r := range where(got["tornado"], "muni_code", "-") {
			same(t, "rank", r["rank"], rank+1)
			if swing := r["swing_eur"].(float64); last >= 0 && swing > last {
				t.Errorf("a swing of %v after %v", swing, last)
			} else {
				last = swing
			}
		}
	}
}

// Another rule is recommended at an end where the Shapley value leaves the core.
func TestTornadoTurnsTheRule(t *testing.T) {
	// Three gain 156 - 3k, two 78 - k: the Shapley value, a third each, is in the core up to k = 26.
	office := staff("office", "253", "269", "259")
	office.Key.Type = "equal"
	got := solve(t, uncertain(t, fourMembers(), 0, []saving.Factor{ranged("coordination_kappa2", 5, 10, 45)}, office))
	same(t, "recommended", one(t, got["joint_savings"], "agreement_id", "office")["recommended_rule"], "shapley")
	pair := one(t, got["tornado"], "param_id", "coordination_kappa2", "muni_code", "-")
	near(t, "gain", column(t, []row{pair}, "high_gain_eur"), 0.01, 21e3)
	same(t, "flip", pair["decision_flip"], true)
	same(t, "flip of a member", one(t, got["tornado"], "param_id", "coordination_kappa2", "muni_code", "253")["decision_flip"], false)
	got = solve(t, uncertain(t, fourMembers(), 0, []saving.Factor{ranged("coordination_kappa2", 5, 10, 25)}, office))
	same(t, "no flip", one(t, got["tornado"], "param_id", "coordination_kappa2", "muni_code", "-")["decision_flip"], false)
}
