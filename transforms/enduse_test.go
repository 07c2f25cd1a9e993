package transforms

import (
	"slices"
	"testing"
)

// TestEndUseIntervals makes Swedish stocks of cells that are secret in the base year,
// 2020, in two municipalities of different size: of the estimate where its bounds are
// close or the other year's figure lies outside of them, else of that figure; always
// between what the base year's bounds, or the other year's grade, allow.
func TestEndUseIntervals(t *testing.T) {
	b := testBuild(t, planOf(t, "base_year: 2020\nmembers: [{country: SE, code: \"1278\"}, {country: SE, code: \"1380\"}]\n"))
	if err := b.emptyRaw(t.Context(), b.Declared["dn_dwelling_heating"]); err != nil {
		t.Fatal(err)
	}
	if err := b.need(t.Context(), []string{"plan.plan", "plan.member", "registry.factor", "registry.carrier"}); err != nil {
		t.Fatal(err)
	}
	declare := func(name string) {
		if err := b.exec(t.Context(), b.models[slices.IndexFunc(b.models, func(m model) bool { return m.name == name })].declare...); err != nil {
			t.Fatal(err)
		}
	}
	for _, table := range []string{"secret_use", "heat_demand", "population"} {
		declare(table)
	}
	err := b.exec(t.Context(),
		"CREATE TABLE added_flow (country VARCHAR, muni_code VARCHAR, year SMALLINT, flow VARCHAR, carrier_id VARCHAR, energy_mwh DECIMAL(18,3), grade VARCHAR)",
		"CREATE TABLE degree_year (country VARCHAR, muni_code VARCHAR, year SMALLINT, degree_days DOUBLE, degree_days_normal DOUBLE)",
		"CREATE TABLE own_cell (country VARCHAR, muni_code VARCHAR, table_name VARCHAR, cell VARCHAR, own_value DOUBLE, corrects BOOLEAN, own_origin VARCHAR[])",
		"CREATE TABLE final_use (country VARCHAR, muni_code VARCHAR, year SMALLINT, carrier_id VARCHAR, sector_id VARCHAR, energy_mwh DECIMAL(18,3), value_status VARCHAR, _origin VARCHAR[])",
		// Everything is printed in 2020, but for the cells below, which are secret there.
		`INSERT INTO final_use SELECT 'SE', m.code, 2020, c.carrier, c.sector, 1000 * m.size, 'observed', NULL FROM (VALUES ('1278', 1), ('1380', 10)) m(code, size),
			(VALUES ('LIQ_F', 'HOUS_DET'), ('GAS_F', 'HOUS_DET'), ('LIQ_F', 'HOUS_APT'), ('GAS_F', 'HOUS_APT'), ('SOL_R', 'HOUS_DET'), ('district_heat', 'HOUS_DET'), ('district_heat', 'HOUS_APT'), ('district_heat', 'SERV_PUB'),
			('district_heat', 'SERV_PRV'), ('electricity', 'HOUS_DET'), ('electricity', 'HOUS_APT'), ('electricity', 'HOUS_SUM'), ('electricity', 'SERV_PUB'), ('electricity', 'SERV_PRV'), ('electricity', 'IND'), ('LIQ_F', 'IND'),
			('LIQ_R', 'IND'), ('GAS_F', 'IND'), ('GAS_R', 'IND'), ('SOL_R', 'IND'), ('district_heat', 'IND')) c(carrier, sector)`,
		`CREATE TABLE hidden AS SELECT * FROM (VALUES
			('1278', 'SOL_R', 'HOUS_DET', 2019, 1200, 1100, 1000, 1150),        -- the estimate is closer than 15 % of 1200, and 1200 lies outside
			('1278', 'electricity', 'HOUS_APT', 2019, 800, 900, 0, 1500),       -- 15 % of 800 is closer, between the bounds
			('1278', 'district_heat', 'HOUS_APT', 2016, 2000, NULL, NULL, NULL), -- nothing bounds it: 30 % of the figure four years off
			('1278', 'LIQ_F', 'HOUS_DET', NULL, NULL, 700, 600, 900),           -- printed in no year
			('1380', 'LIQ_F', 'IND', 2019, 15859, 21745, 0, 22268), ('1380', 'LIQ_R', 'IND', 2015, 0, 3162, 2635.5, 24909.5)) v(code, carrier, sector, year, printed, estimate, low, high)`,
		"UPDATE final_use f SET energy_mwh = NULL, value_status = 'suppressed' FROM hidden h WHERE f.muni_code = h.code AND f.carrier_id = h.carrier AND f.sector_id = h.sector",
		"INSERT INTO final_use SELECT 'SE', code, year, carrier, sector, printed, 'observed', NULL FROM hidden WHERE printed IS NOT NULL",
		"INSERT INTO final_use VALUES ('SE', '1380', 2020, 'TOTAL', 'IND', 74907, 'observed', NULL)", // 10 000 each, and 24 907 of both liquids
		"INSERT INTO secret_use BY NAME SELECT 'SE' AS country, code AS muni_code, 2020 AS year, carrier AS carrier_id, sector AS sector_id, estimate AS energy_mwh, low AS low_mwh, high AS high_mwh, 'E' AS grade FROM hidden WHERE low IS NOT NULL")
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range []string{"final_use", "secret_use", "heat_demand", "population", "added_flow", "degree_year", "own_cell", "raw.dn_dwelling_heating"} {
		b.loaded[table] = true
	}
	for _, name := range []string{"climate_share", "end_use"} {
		m := b.models[slices.IndexFunc(b.models, func(m model) bool { return m.name == name })]
		declare(name)
		if err := b.runSQL(t.Context(), m); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		b.loaded[name] = true
	}
	for _, c := range []struct{ stock, want string }{
		{"heat_other", "1278 2020 1100 1000 1150 estimated E, 1380 2020 10000 10000 10000 derived B"},
		{"electricity_household", "1278 2019 2300 1500 3000 estimated C, 1380 2020 25000 25000 25000 estimated C"},
		{"heat_district", "1278 2016 5000 4400 5600 derived C, 1380 2020 40000 40000 40000 derived B"},
		{"heat_fossil", "1278 2020 3700 3600 3900 estimated D, 1380 2020 40000 40000 40000 derived B"},
		// What two secret liquids are together is known: neither the other years' figures nor their bounds matter.
		{"heat_industry", "1278 2020 6000 6000 6000 derived B, 1380 2020 64907 64907 64907 derived B"},
	} {
		got := texts(t, b, "SELECT muni_code, year, energy_mwh, low_mwh, high_mwh, value_status, grade FROM end_use WHERE stock = '"+c.stock+"' ORDER BY 1")
		if got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.stock, got, c.want)
		}
	}
	// Without the total, the bounds: the figure of 2019 between them, and the estimate where the other year's lies outside.
	if err := b.exec(t.Context(), "DELETE FROM final_use WHERE carrier_id = 'TOTAL'", "DELETE FROM end_use", "DROP TABLE end_use__origin"); err != nil {
		t.Fatal(err)
	}
	if err := b.runSQL(t.Context(), b.models[slices.IndexFunc(b.models, func(m model) bool { return m.name == "end_use" })]); err != nil {
		t.Fatal(err)
	}
	const query = "SELECT energy_mwh, low_mwh, high_mwh, grade FROM end_use WHERE stock = 'heat_industry' AND muni_code = '1380'"
	if got, want := texts(t, b, query), "59021 42635.5 87177.5 C"; got != want {
		t.Errorf("industry without its total: got %s, want %s", got, want)
	}
	// Where no degree days are known: of a use that hardly follows the weather the figure itself, of one that does none.
	const weather = "SELECT muni_code, stock, climate_share, normalised_mwh FROM end_use WHERE stock IN ('heat_industry', 'heat_other') ORDER BY ALL"
	for _, c := range []struct{ fault, want string }{
		{"UPDATE final_use SET energy_mwh = 0 WHERE carrier_id = 'district_heat' AND sector_id = 'IND'", "1278 heat_industry 0 5000, 1278 heat_other 0.7 NULL, 1380 heat_industry 0 49021, 1380 heat_other 0.7 NULL"},
		{"UPDATE final_use SET energy_mwh = 0.005 WHERE carrier_id = 'district_heat' AND sector_id = 'IND'", "1278 heat_industry 1e-06 NULL, 1278 heat_other 0.7 NULL, 1380 heat_industry 0 49021.005, 1380 heat_other 0.7 NULL"},
		{"UPDATE final_use SET energy_mwh = 0 WHERE carrier_id = 'SOL_R' AND sector_id = 'HOUS_DET'", "1278 heat_industry 1e-06 NULL, 1278 heat_other 0.7 0, 1380 heat_industry 0 49021.005, 1380 heat_other 0.7 0"},
	} {
		if err := b.exec(t.Context(), c.fault, "DELETE FROM end_use", "DROP TABLE end_use__origin"); err != nil {
			t.Fatal(err)
		}
		if err := b.runSQL(t.Context(), b.models[slices.IndexFunc(b.models, func(m model) bool { return m.name == "end_use" })]); err != nil {
			t.Fatal(err)
		}
		if got := texts(t, b, weather); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.fault, got, c.want)
		}
	}
}
