package saving

import (
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"samkraft/transforms/coalition"
)

// factor is a factor's row, of either country and any year unless it is changed.
func factor(id string, low, mode, high float64) Factor {
	return Factor{ID: id, Spread: coalition.Spread{Low: low, Mode: mode, High: high}, Distribution: "tri", Mark: "A", Unit: "1"}
}

func of(country string, f Factor) Factor {
	f.Country = country
	return f
}

func seen(f Factor) Factor {
	f.Mark = "S"
	return f
}

func inYear(year int, f Factor) Factor {
	f.Year = year
	return f
}

func role(role string, f Factor) Factor {
	f.Role = role
	return f
}

// twoMembers is a Danish member and a Swedish one five times as large, with round
// factors and without interest, so that packages can be computed by hand.
func twoMembers() Input {
	none := math.NaN()
	return Input{
		Year: 2025,
		Stocks: []Stock{
			{0, "DK", "253", "Greve", "heat_fossil", 1000, 900, false, 0.6, none, none},
			{0, "DK", "253", "Greve", "heat_district", 200, 200, false, 0.6, none, none},
			{0, "DK", "253", "Greve", "electricity_business", none, none, true, none, none, none},
			{1, "SE", "1382", "Falkenberg", "heat_district", 5000, 5000, false, 0.15, none, none},
			{1, "SE", "1382", "Falkenberg", "electricity_service", 4000, none, false, 0.05, none, none},
			{1, "SE", "1382", "Falkenberg", "electricity_business", 3000, none, true, 0.05, none, none},
			{1, "SE", "1382", "Falkenberg", "heat_fossil", 0, 0, false, 0.05, none, none},
		},
		Measures: []Measure{
			{"B2", "b2_saving", "kwh_m2", "b2_investment", "m2", "b2_lifetime", "", "", "", "cavity_wall", ""},
			{"B4", "b4_saving", "heat_share", "b4_investment", "m2", "b4_lifetime", "", "", "", "cavity_wall", ""},
			{"B5", "b5_saving", "share", "b5_investment", "m2", "b5_lifetime", "b5_om", "", "", "", ""},
			{"E2", "e2_saving", "share", "e2_investment", "m2", "e2_lifetime", "", "", "", "lighting", ""},
			{"H2", "h2_spf", "spf", "h2_investment", "kw", "h2_lifetime", "h2_om", "", "", "", "electricity"},
			{"I1E", "i1_saving", "share", "i1_investment", "mwh", "i1_lifetime", "i1_om", "", "", "", ""},
		},
		Parts: []Part{
			{"heat_fossil", "B5+B2+H2", "B5"}, {"heat_fossil", "B5+B2+H2", "B2"}, {"heat_fossil", "B5+B2+H2", "H2"},
			{"heat_fossil", "B5", "B5"}, {"heat_fossil", "B4", "B4"},
			{"heat_district", "B5", "B5"},
			{"electricity_service", "E2", "E2"}, {"electricity_business", "I1E", "I1E"},
		},
		Factors: []Factor{
			of("DK", seen(factor("discount_rate_0_35", 0.02, 0.035, 0.06))),
			factor("saving_realisation_rho", 0.3, 0.5, 0.8), factor("cavity_wall", 0.1, 0.25, 0.4), factor("lighting", 0.1, 0.2, 0.3),
			factor("b2_saving", 10, 20, 30), seen(factor("b2_investment", 10, 16, 20)), factor("b2_lifetime", 30, 40, 50),
			factor("b4_saving", 0.4, 0.5, 0.6), factor("b4_investment", 200, 400, 600), factor("b4_lifetime", 30, 40, 50),
			factor("b5_saving", 0.05, 0.1, 0.15), factor("b5_investment", 1, 2, 4), factor("b5_lifetime", 7, 10, 15), factor("b5_om", 0.01, 0.02, 0.04),
			factor("e2_saving", 0.3, 0.5, 0.6), factor("e2_investment", 8, 16, 25), factor("e2_lifetime", 10, 16, 20),
			seen(factor("h2_spf", 2.5, 3, 4)), seen(factor("h2_investment", 800, 1000, 1300)), seen(factor("h2_lifetime", 15, 20, 25)), seen(factor("h2_om", 0.02, 0.03, 0.04)),
			factor("i1_saving", 0.05, 0.1, 0.15), factor("i1_investment", 80, 150, 250), factor("i1_lifetime", 8, 12, 15), factor("i1_om", 0.01, 0.02, 0.04),
			factor("heat_pump_full_load_hours", 1500, 2000, 2500),
			of("DK", seen(factor("heat_demand_dk_dwelling_mean", 90, 100, 110))), of("SE", inYear(2010, seen(factor("heat_use_se_detached_mean", 110, 125, 140)))),
			factor("service_electricity_per_m2", 50, 80, 120),
			of("DK", factor("price_natural_gas_delivered", 60, 80, 120)),
			of("DK", inYear(2022, seen(factor("price_district_heat", 30, 90, 150)))), of("DK", inYear(2024, seen(factor("price_district_heat", 70, 100, 140)))),
			of("SE", inYear(2022, seen(factor("price_district_heat", 50, 70, 90)))),
			of("DK", inYear(2024, seen(factor("price_district_heat_greve", 71, 71, 71)))),
			of("DK", factor("price_electricity_delivered", 80, 120, 180)), of("SE", factor("price_electricity_delivered", 70, 110, 170)),
			of("DK", factor("ef_natural_gas", 195, 200, 205)), of("SE", factor("ef_gas_oil", 263, 267, 268)),
			of("DK", inYear(2022, role("average", factor("ef_dh_default", 40, 48, 69)))), of("SE", role("average", factor("ef_dh_default", 4, 40, 71))),
			of("DK", factor("dh_loss_rate", 0.05, 0.2, 0.4)),
			of("DK", inYear(2016, role("average", factor("ef_electricity", 243, 243, 282)))), of("DK", role("marginal", factor("ef_electricity", 20, 100, 400))),
			of("SE", role("marginal", factor("ef_electricity", 20, 90, 400))),
		},
	}
}

func model(t rapid.TB, in Input) *Model {
	t.Helper()
	m, err := New(in)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// evaluate returns the packages at central values.
func evaluate(t testing.TB, m *Model) []Package {
	t.Helper()
	packages, err := m.Evaluate(m.Central(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return packages
}

// pick returns a member's package.
func pick(t testing.TB, packages []Package, member int, stock, measure string) Package {
	t.Helper()
	i := slices.IndexFunc(packages, func(p Package) bool { return p.Member == member && p.Stock == stock && p.Measure == measure })
	if i < 0 {
		t.Fatalf("member %d has no package %s on %s", member, measure, stock)
	}
	return packages[i]
}

// param returns a parameter and its place.
func param(t testing.TB, m *Model, id string) (Param, int) {
	t.Helper()
	i := slices.IndexFunc(m.params, func(p Param) bool { return p.ID == id })
	if i < 0 {
		t.Fatalf("no parameter %s", id)
	}
	return m.params[i], i
}

// refuse fails unless a model is refused for a reason.
func refuse(t *testing.T, what string, in Input, want string) {
	t.Helper()
	if _, err := New(in); err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("%s: error is %v, expected one with %q", what, err, want)
	}
}

// near fails unless two figures differ by no more than the tolerance.
func near(t testing.TB, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%s is %.12g, expected %.12g", what, got, want)
	}
}
