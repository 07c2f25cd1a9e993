package transforms

import (
	"testing"
)

// TestScenarioChecks lets the checks of scenarios and burdens look at two members whose
// figures are right, and then at each fault that they are there for.
func TestScenarioChecks(t *testing.T) {
	b := testBuild(t, weatherPlan(t))
	b.loaded["scenario"], b.loaded["burden"] = true, true
	err := b.exec(t.Context(),
		`CREATE TABLE good_scenario AS SELECT scenario_id, country, muni_code, year, (100 * size)::DOUBLE AS energy_mwh, (price * size * (year - 2023))::DOUBLE AS cost_eur, if(muni_code = '-', 10, NULL)::DOUBLE AS bought_eur
			FROM (VALUES ('PLAN_ALONE', 5), ('PLAN_JOINT', 4)) s(scenario_id, price) CROSS JOIN (VALUES ('DK', '253', 1), ('SE', '1380', 3), ('-', '-', 4)) m(country, muni_code, size) CROSS JOIN (VALUES (2023), (2024)) y(year)`,
		`CREATE TABLE good_burden AS SELECT rule, country, muni_code, (10 * if(muni_code = '-', 4, part))::DOUBLE AS target_mwh, (7 * if(muni_code = '-', 4, part))::DOUBLE AS joint_eur
			FROM (VALUES ('own_target', '253', 'DK', 1), ('own_target', '1380', 'SE', 3), ('own_target', '-', '-', 4), ('per_capita', '253', 'DK', 2), ('per_capita', '1380', 'SE', 2), ('per_capita', '-', '-', 4)) v(rule, muni_code, country, part)`)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ fault, sql, want string }{
		{"none", "SELECT 1", ""},
		{"a member that uses more than its part", "UPDATE scenario SET energy_mwh = 301 WHERE muni_code = '1380' AND year = 2024 AND scenario_id = 'PLAN_JOINT'", "C36 1"},
		{"a cent that is only rounding", "UPDATE scenario SET cost_eur = cost_eur + 0.01 WHERE muni_code = '1380'", ""},
		{"money that nobody pays", "UPDATE scenario SET cost_eur = cost_eur + 1 WHERE muni_code = '-' AND year = 2023", "C36 2"},
		{"dearer together", "UPDATE scenario SET bought_eur = 50 WHERE muni_code = '-' AND scenario_id = 'PLAN_JOINT'", "C36 1"},
		{"a lighter burden", "UPDATE burden SET target_mwh = 19 WHERE rule = 'per_capita' AND muni_code = '253'", "C37 1"},
		{"another cost", "UPDATE burden SET joint_eur = 15 WHERE rule = 'per_capita' AND muni_code = '253'", "C37 1"},
	} {
		if err := b.exec(t.Context(), "CREATE OR REPLACE TABLE scenario AS FROM good_scenario", "CREATE OR REPLACE TABLE burden AS FROM good_burden", c.sql); err != nil {
			t.Fatal(err)
		}
		if got := outcomes(t, b, []string{"C36", "C37"}, counted); got != c.want {
			t.Errorf("%s: found %q, want %q", c.fault, got, c.want)
		}
	}
}
