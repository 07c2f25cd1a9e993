package joint

import (
	"fmt"
	"reflect"
	"runtime"
	"testing"
)

// TestLinearBelowQuorum has no figure of energy, in the draws as elsewhere.
func TestLinearBelowQuorum(t *testing.T) {
	in := gasAndPower(t, 0.2)
	in.Draws, in.Agreements[0].Quorum = 100, 3
	for _, id := range []string{"together", All} {
		got := one(t, solve(t, in)["joint_savings"], "agreement_id", id)
		same(t, "gain", got["gain_eur"], 0.0)
		for _, column := range []string{"gain_mwh", "gain_p10_mwh", "gain_p50_mwh", "gain_p90_mwh", "gain_t", "gain_p10_t", "gain_p50_t", "gain_p90_t"} {
			same(t, column, got[column], nil)
		}
	}
}

// TestLinearDraws draws with one thread and with several, and never more often than
// the sizes allow.
func TestLinearDraws(t *testing.T) {
	in := gasAndPower(t, 0.2)
	in.Draws = 150
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	first := fmt.Sprint(solve(t, in))
	runtime.GOMAXPROCS(4)
	if again := fmt.Sprint(solve(t, in)); first != again {
		t.Error("another number of threads gives other rows")
	}
	got := one(t, solve(t, in)["joint_savings"], "agreement_id", "together")
	low, mid, high := got["gain_p10_eur"].(float64), got["gain_p50_eur"].(float64), got["gain_p90_eur"].(float64)
	if !(low < mid && mid < high) {
		t.Errorf("gain from %v over %v to %v", low, mid, high)
	}
	if rest := cells(got, "gain_p10_mwh", "gain_p50_mwh", "gain_p90_mwh", "gain_p10_t", "gain_p50_t", "gain_p90_t", "n_draws"); !reflect.DeepEqual(rest, []any{nil, nil, nil, nil, nil, nil, 150}) {
		t.Errorf("energy, CO2 and number of draws: %v", rest)
	}

	e, err := newEngine(&in)
	if err != nil {
		t.Fatal(err)
	}
	if err := e.play(); err != nil {
		t.Fatal(err)
	}
	all, err := e.portfolio()
	if err != nil {
		t.Fatal(err)
	}
	w := e.sampler(all)
	// One package each: four in the three groups.
	for asked, want := range map[int]int{150: 150, drawnChoices: drawnChoices / 4} {
		if got := w.affordable(asked); got != want {
			t.Errorf("%d draws of %d, expected %d", got, asked, want)
		}
	}
	m := e.deals[0].mechanism.(*linear)
	for len(m.groups[0].packages) <= drawnChoices/fewestDraws {
		m.groups[0].packages = append(m.groups[0].packages, 0)
	}
	if got := w.affordable(10_000); got != 0 {
		t.Errorf("%d draws, of which there are too few to speak of percentiles", got)
	}
}
