package transforms

import "testing"

// TestWindRegister holds what stands by the register to the statistics, for a small
// and a large municipality and one whose turbine's power is not known.
func TestWindRegister(t *testing.T) {
	b := testBuild(t, weatherPlan(t))
	if err := b.need(t.Context(), []string{"registry.factor"}); err != nil {
		t.Fatal(err)
	}
	b.loaded["factor"], b.loaded["capacity"] = true, true
	if err := b.exec(t.Context(), "CREATE VIEW factor AS FROM registry.factor"); err != nil {
		t.Fatal(err)
	}
	const register = "('1278', 2024, 'wind_onshore', 'vindbrukskollen', 4.5), ('1382', 2024, 'wind_onshore', 'vindbrukskollen', 170), ('1382', 2024, 'wind_offshore', 'vindbrukskollen', 30), " +
		"('1315', 2024, 'wind_onshore', 'vindbrukskollen', NULL), ('1382', 2024, 'pv', 'energimyndigheten', 9)"
	for _, c := range []struct{ name, stated, want string }{
		{"no statistics", "", ""},
		{"of long ago", "('1382', 2022, 'wind', 'energimyndigheten', 100)", ""},
		{"secret", "('1382', 2024, 'wind', 'energimyndigheten', NULL)", ""},
		{"near", "('1278', 2024, 'wind', 'energimyndigheten', 1.7), ('1382', 2023, 'wind', 'energimyndigheten', 185), ('1315', 2024, 'wind', 'energimyndigheten', 80)", ""},
		{"the same year before the one after", "('1382', 2024, 'wind', 'energimyndigheten', 201), ('1382', 2025, 'wind', 'energimyndigheten', 300)", ""},
		{"one is far", "('1278', 2024, 'wind', 'energimyndigheten', 1.7), ('1382', 2023, 'wind', 'energimyndigheten', 181)", "P26 1"},
		{"both are far", "('1278', 2024, 'wind', 'energimyndigheten', 1.2), ('1382', 2023, 'wind', 'energimyndigheten', 181)", "P26 2"},
	} {
		values := register
		if c.stated != "" {
			values += ", " + c.stated
		}
		err := b.exec(t.Context(), "CREATE OR REPLACE TABLE capacity AS SELECT 'SE' AS country, muni_code, year, technology, source_id, power_mw::DOUBLE AS power_mw FROM (VALUES "+values+") v(muni_code, year, technology, source_id, power_mw)")
		if err != nil {
			t.Fatal(err)
		}
		if got := outcomes(t, b, []string{"P26"}, counted); got != c.want {
			t.Errorf("%s: found %q, want %q", c.name, got, c.want)
		}
	}
}
