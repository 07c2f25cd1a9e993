package transforms

import (
	"slices"
	"testing"
)

// TestEstimatedPower makes wind and solar power of years of which the register and
// the statistics have none, for two municipalities with turbines of which one was
// taken down, one came late and one has no whole year, and one without any.
func TestEstimatedPower(t *testing.T) {
	b := testBuild(t, planOf(t, "members: [{country: DK, code: \"253\"}, {country: DK, code: \"259\"}, {country: DK, code: \"269\"}]\n"))
	if err := b.emptyRaw(t.Context(), b.Declared["ens_turbine_year"]); err != nil {
		t.Fatal(err)
	}
	if err := b.emptyRaw(t.Context(), b.Declared["pvgis_yield"]); err != nil {
		t.Fatal(err)
	}
	if err := b.need(t.Context(), []string{"registry.factor", "plan.member"}); err != nil {
		t.Fatal(err)
	}
	err := b.exec(t.Context(),
		"UPDATE registry.factor SET value = 1000 WHERE factor_id = 'pv_yield_roof'", "UPDATE registry.factor SET value = 1250 WHERE factor_id = 'pv_yield_ground_fixed'",
		"INSERT INTO raw.pvgis_yield BY NAME SELECT 'DK' AS country, '259' AS muni_code, 1100 AS kwh_per_kwp", "UPDATE registry.factor SET value = 2000 WHERE factor_id = 'wind_flh_existing'",
		`CREATE TABLE final_use AS SELECT 'DK' AS country, muni_code, year::SMALLINT AS year, 'electricity' AS carrier_id FROM (VALUES ('253'), ('259'), ('269')) m(muni_code) CROSS JOIN (VALUES (2021), (2023), (2024)) y(year)`,
		`CREATE TABLE turbine AS SELECT 'DK' AS country, muni_code, turbine_id, mw::DOUBLE AS capacity_mw, connected::DATE AS connected, decommissioned::DATE AS decommissioned FROM (VALUES
			('253', 'old', 1, '1999-03-01', NULL), ('253', 'gone', 1, '1999-03-01', '2023-06-30'), ('259', 'late', 3, '2021-02-01', NULL), ('259', 'future', 9, '2024-02-01', NULL))
			v(muni_code, turbine_id, mw, connected, decommissioned)`,
		// 2016 is more than five years before the register's last year.
		`CREATE TABLE turbine_year AS SELECT 'DK' AS country, muni_code, turbine_id, year::SMALLINT AS year, mwh::DECIMAL(18,3) AS energy_mwh FROM (VALUES
			('253', 'old', 2016, 9000), ('253', 'old', 2017, 1000), ('253', 'old', 2020, 1300), ('253', 'old', 2021, 1600), ('253', 'gone', 2021, 700), ('259', 'late', 2021, 100)) v(muni_code, turbine_id, year, mwh)`,
		`CREATE TABLE capacity AS SELECT 'DK' AS country, muni_code, year, 'pv' AS technology, mw::DOUBLE AS power_mw, source AS source_id FROM (VALUES
			('253', 2023, 'one', 4), ('253', 2023, 'other', 5), ('259', 2026, 'one', 20), ('269', 2030, 'one', 7), ('269', 2023, 'other', NULL)) v(muni_code, year, source, mw)`)
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range []string{"final_use", "turbine", "turbine_year", "capacity", "raw.ens_turbine_year"} {
		b.loaded[table] = true
	}
	interimModel(t, b, "solar_yield")
	m := b.models[slices.IndexFunc(b.models, func(m model) bool { return m.name == "estimated_power" })]
	if err := b.runSQL(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ query, want string }{
		// Wind of 2021 is the register's own. In 2023 the old turbine gives the mean of 1000, 1300 and 1600; the late one, which had
		// no whole year, 3 MW x 2000 h; in 2024 one more of 9 MW stands. Where no turbine is listed there is no wind power.
		{"SELECT muni_code, year, energy_mwh::VARCHAR, value_status, grade FROM estimated_power WHERE carrier_id = 'wind' ORDER BY 1, 2",
			"253 2023 1300.000 estimated C, 253 2024 1300.000 estimated D, 259 2023 6000.000 estimated C, 259 2024 24000.000 estimated D, 269 2021 0.000 derived A, 269 2023 0.000 derived C, 269 2024 0.000 derived D"},
		// Two publishers count the same modules; power of another year is a worse guide, and six years off none. At Køge's centre a
		// kW on a field gives 1100 kWh, of which a roof gives 1000 / 1250.
		{"SELECT muni_code, year, energy_mwh::VARCHAR, grade, source_id FROM estimated_power WHERE carrier_id = 'pv' AND year > 2021 ORDER BY 1, 2",
			"253 2023 5000.000 C other, 253 2024 5000.000 D other, 259 2023 17600.000 E one, 259 2024 17600.000 D one"},
	} {
		if got := texts(t, b, c.query); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.query, got, c.want)
		}
	}
}
