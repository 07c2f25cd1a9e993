package transforms

import (
	"math"
	"testing"
)

// TestPotentialGolden holds the formulas of potentials to hand-made examples: a
// wind area of 4 km2, 2 km2 of roofs, 150 ha of panels, four kinds of manure and
// straw, the straw of 11 800 ha, and 90 GWh of process heat. (Method, golden
// test of potentials.) Methane has 35.9 MJ/Nm3 there and straw 14.5 GJ/t.
func TestPotentialGolden(t *testing.T) {
	b := testBuild(t, weatherPlan(t))
	const methane, straw = "35.9::DOUBLE / 3.6", "14.5::DOUBLE / 3.6 * 1000"
	const modules = "roof_modules(2000000, 0.6, 35, 0.5, 0.8, 0.5)"
	const field = "field_straw(8000, 3000, 800, 3.9, 2.9, 3.2)"
	for _, c := range []struct {
		query string
		want  float64
		close float64
	}{
		{"SELECT wind_density(6.0, 150, 5, 5)", 10.666667, 5e-7},
		{"SELECT 4 * wind_density(6.0, 150, 5, 5)", 42.666667, 5e-7},
		{"SELECT 4 * wind_density(6.0, 150, 5, 5) * 3200 / 1000", 136.533333, 5e-7},
		{"SELECT roof_modules(2000000, 1, 35, 0.5, 0.8, 0.5) * 0.6", 585971.802605, 5e-7},
		{"SELECT roof_modules(2000000, 0, 35, 0.5, 0.8, 0.5) * 0.4", 320000, 1e-6},
		{"SELECT " + modules + " * 0.2", 181194.360521, 5e-7},
		{"SELECT " + modules + " * 0.2 * 950 / 1000000", 172.134642, 5e-7},
		{"SELECT ground_pv_mw(150, 1.2)", 125, 1e-9},
		{"SELECT ground_pv_mw(150, 1.2) * 1000 / 1000", 125, 1e-9},
		{"SELECT methane_mwh(1, 0.08, 0.80, 210, " + methane + ") * 1000", 134.026667, 5e-7},
		{"SELECT methane_mwh(60000, 0.08, 0.80, 210, " + methane + ") / 1000", 8.0416, 5e-7},
		{"SELECT methane_mwh(1, 0.055, 0.80, 290, " + methane + ") * 1000", 127.245556, 5e-7},
		{"SELECT methane_mwh(40000, 0.055, 0.80, 290, " + methane + ") / 1000", 5.089822, 5e-7},
		{"SELECT methane_mwh(1, 0.30, 0.80, 220, " + methane + ") * 1000", 526.533333, 5e-7},
		{"SELECT methane_mwh(5000, 0.30, 0.80, 220, " + methane + ") / 1000", 2.632667, 5e-7},
		{"SELECT methane_mwh(1, 0.85, 0.94, 240, " + methane + ") * 1000", 1912.273333, 5e-7},
		{"SELECT methane_mwh(3000, 0.85, 0.94, 240, " + methane + ") / 1000", 5.736820, 5e-7},
		{"SELECT (methane_mwh(60000, 0.08, 0.80, 210, m) + methane_mwh(40000, 0.055, 0.80, 290, m) + methane_mwh(5000, 0.30, 0.80, 220, m) + methane_mwh(3000, 0.85, 0.94, 240, m)) / 1000 FROM (SELECT " + methane + " AS m)", 21.500909, 5e-7},
		{"SELECT (methane_mwh(60000, 0.08, 0.80, 210, m) + methane_mwh(40000, 0.055, 0.80, 290, m) + methane_mwh(5000, 0.30, 0.80, 220, m) + methane_mwh(3000, 0.85, 0.94, 240, m)) * 0.0036 FROM (SELECT " + methane + " AS m)", 77.403272, 5e-7},
		{"SELECT " + field, 42460, 1e-9},
		{"SELECT straw_mwh(" + field + ", 0.85, 9000, 1000)", 27091, 1e-9},
		{"SELECT straw_mwh(" + field + ", 0.85, 9000, " + straw + ") / 1000", 109.116528, 5e-7},
		{"SELECT straw_mwh(" + field + ", 0.85, 9000, " + straw + ") * 0.0036", 392.8195, 5e-7},
		{"SELECT surplus_mwh(90, 0.10, 0.6)", 5.4, 1e-9},
		{"SELECT lifted(surplus_mwh(90, 0.10, 0.6), 5.3)", 6.655814, 5e-7},
		{"SELECT unlifted(lifted(5.4, 5.3), 5.3)", 5.4, 1e-12},
		// Unit costs of electricity at 3.5 %: wind, panels on fields in more and in less sun, panels on roofs.
		{"SELECT crf(0.035, 40)", 0.046827282259, 1e-12},
		{"SELECT crf(0, 20)", 0.05, 1e-12},
		{"SELECT lcoe(1383.3059, crf(0.035, 30) + 0.012167, 3200, 1.8033)", 30.566696, 2e-6},
		{"SELECT lcoe(482.4785, crf(0.035, 40) + 0.024757, 1000, 0)", 34.537877, 2e-6},
		{"SELECT lcoe(482.4785, crf(0.035, 40) + 0.024757, 950, 0)", 36.355660, 2e-6},
		{"SELECT lcoe(883.8138, crf(0.035, 40) + 0.014234, 950, 0)", 56.807163, 2e-6},
		// An eighth of a sphere, and a square of a degree on the equator by the strip between its latitudes.
		{"SELECT ring_km2([[0, 0], [90, 0], [90, 90], [0, 90], [0, 0]], 1)", math.Pi / 2, 1e-12},
		{"SELECT ring_km2([[10, 0], [10, 1], [11, 1], [11, 0], [10, 0]], 6371.0088)", math.Pi / 180 * math.Sin(math.Pi/180) * 6371.0088 * 6371.0088, 1e-6},
	} {
		if got := number(t, b, c.query); math.Abs(got-c.want) > c.close {
			t.Errorf("%s = %.9f, want %.9f", c.query, got, c.want)
		}
	}
	for _, unknown := range []string{"wind_density(NULL, 150, 5, 5)", "roof_modules(NULL, 0.6, 35, 0.5, 0.8, 0.5)", "straw_mwh(NULL, 0.85, 0, 4028)", "surplus_mwh(NULL, 0.1, 0.6)", "lifted(NULL, 5.3)", "methane_mwh(NULL, 1, 1, 1, 1)"} {
		if number(t, b, "SELECT ("+unknown+" IS NULL)::INTEGER") != 1 {
			t.Errorf("%s is known", unknown)
		}
	}
}

// interimModel makes a step of the models from tables that a test has filled.
func interimModel(t *testing.T, b *build, name string) {
	t.Helper()
	for _, m := range b.models {
		if m.name == name {
			if err := b.exec(t.Context(), "CREATE OR REPLACE TABLE "+name+" AS "+m.query); err != nil {
				t.Fatal(err)
			}
			return
		}
	}
	t.Fatalf("there is no model %s", name)
}

// TestHeatIsSharedOut tries many thousands of municipalities, some with no
// network, no industry or figures that are not known: sources together never
// give more than the network takes, nothing is negative, more is never realisable
// than possible, and what is used today keeps its place as far as it can be.
func TestHeatIsSharedOut(t *testing.T) {
	b := testBuild(t, weatherPlan(t))
	if err := b.need(t.Context(), []string{"registry.factor"}); err != nil {
		t.Fatal(err)
	}
	// hash gives the same number between 0 and 1 for a municipality and a word every time.
	err := b.exec(t.Context(),
		"CREATE MACRO chance(i, word) AS ((hash(i::VARCHAR || word) % 1000003) / 1000003.0::DOUBLE)",
		"CREATE TABLE town AS SELECT if(i % 2 = 0, 'DK', 'SE') AS country, i::VARCHAR AS muni_code, i FROM range(3000) r(i)",
		`CREATE TABLE end_use AS SELECT country, muni_code, stock, CASE WHEN chance(i, stock || 'zero') < 0.1 THEN 0 WHEN chance(i, stock || 'null') < 0.05 THEN NULL ELSE exp(chance(i, stock) * 14) END AS energy_mwh,
			energy_mwh AS heat_mwh, 'B' AS grade, 'scb' AS source_id FROM town CROSS JOIN (SELECT unnest(['heat_district', 'heat_industry', 'heat_fossil', 'heat_other', 'heat_electric']) AS stock)`,
		`CREATE TABLE potential_land AS SELECT country, muni_code, "case", if(chance(i, 'land') < 0.1, NULL, exp(chance(i, 'farm') * 10)) AS farmland_ha FROM town CROSS JOIN (SELECT unnest(['low', 'central', 'high']) AS "case")`,
		`CREATE TABLE potential_used AS SELECT country, muni_code, resource, exp(chance(i, resource) * 12) AS used_mwh FROM town
			CROSS JOIN (SELECT unnest(['surplus_heat', 'large_heat_pumps', 'solar_heat']) AS resource) WHERE chance(i, resource || 'is') < 0.5`,
		"CREATE TABLE raw.ens_plant_year AS SELECT country, muni_code, muni_code AS network_id FROM town WHERE country = 'DK' AND chance(i, 'plant') < 0.5",
		"CREATE TABLE raw.ens_heat_network_year AS SELECT muni_code AS network_id, 2022 AS year, '200' AS method, exp(chance(i, 'net') * 16) AS heat_to_network_gj, [muni_code] AS _origin FROM town")
	if err != nil {
		t.Fatal(err)
	}
	interimModel(t, b, "potential_heat")
	for _, c := range []struct{ what, query string }{
		{"rows are missing", "SELECT 3000 * 3 * 5 - count(*) FROM potential_heat"},
		{"levels are out of order", "SELECT count(*) FROM potential_heat WHERE realisable > technical * (1 + 1e-12) OR resource <> 'surplus_heat' AND technical > theoretical * (1 + 1e-12) OR realisable < 0"},
		{"a network takes more than it needs", `SELECT count(*) FROM (SELECT 1 FROM potential_heat WHERE resource <> 'individual_heat_pumps' GROUP BY country, muni_code, "case", demand_mwh HAVING sum(fed_mwh) > demand_mwh * (1 + 1e-12))`},
		{"what is not known is given a figure", `SELECT count(*) FROM potential_heat h JOIN end_use e USING (country, muni_code) WHERE e.stock = 'heat_district' AND e.energy_mwh IS NULL AND h.resource <> 'individual_heat_pumps' AND (realisable IS NOT NULL OR demand_mwh IS NOT NULL)`},
		{"surplus heat of an industry that is not known", "SELECT count(*) FROM potential_heat h JOIN end_use e USING (country, muni_code) WHERE e.stock = 'heat_industry' AND e.energy_mwh IS NULL AND h.resource = 'surplus_heat' AND realisable IS NOT NULL"},
		{"an unknown industry takes the pumps' figure away", "SELECT count(*) FROM potential_heat h JOIN end_use e USING (country, muni_code) WHERE e.stock = 'heat_district' AND e.energy_mwh IS NOT NULL AND h.resource = 'large_heat_pumps' AND realisable IS NULL"},
		{"a small network has a geothermal plant", `SELECT count(*) FROM potential_heat WHERE resource = 'geothermal' AND country = 'SE' AND technical > 0 AND demand_mwh < factor_case('geothermal_min_dh', country, opposite("case")) * 1000`},
		{"the electricity of the heat pump is in the surplus heat", "SELECT count(*) FROM potential_heat WHERE resource = 'surplus_heat' AND abs(fed_mwh * (1 - 1 / factor('measure_p6_cop', country, 0)) - realisable) > 1e-9 * fed_mwh"},
		{"heat pumps that are used lose their place to others", `SELECT count(*) FROM potential_heat h JOIN potential_used u USING (country, muni_code, resource)
			LEFT JOIN potential_used s ON s.country = h.country AND s.muni_code = h.muni_code AND s.resource = 'surplus_heat'
			WHERE resource = 'large_heat_pumps' AND s.used_mwh IS NULL AND realisable < least(u.used_mwh, technical) - 1e-12 * demand_mwh`},
	} {
		if n := number(t, b, c.query); n != 0 {
			t.Errorf("%s: %v", c.what, n)
		}
	}
	for _, c := range []struct{ what, query string }{
		{"demand never limits surplus heat", "SELECT count(*) FROM potential_heat WHERE resource = 'surplus_heat' AND limit_kind = 'demand'"},
		{"the land never limits solar heat", "SELECT count(*) FROM potential_heat WHERE resource = 'solar_heat' AND limit_kind = 'resource'"},
		{"no network is large", "SELECT count(*) FROM potential_heat WHERE resource = 'geothermal' AND realisable > 0"},
	} {
		if number(t, b, c.query) == 0 {
			t.Errorf("%s: the towns are too much alike", c.what)
		}
	}
}

// TestSolarYield: a place's own sun counts before the default, on roofs by as much
// less as these usually have, and with their range.
func TestSolarYield(t *testing.T) {
	b := testBuild(t, weatherPlan(t))
	if err := b.need(t.Context(), []string{"registry.factor", "plan.member"}); err != nil {
		t.Fatal(err)
	}
	if err := b.emptyRaw(t.Context(), b.Declared["pvgis_yield"]); err != nil {
		t.Fatal(err)
	}
	err := b.exec(t.Context(), "UPDATE registry.factor SET low = 800, value = 1000, high = 1100 WHERE factor_id = 'pv_yield_ground_fixed'",
		"UPDATE registry.factor SET low = 600, value = 900, high = 950 WHERE factor_id = 'pv_yield_roof'",
		"INSERT INTO raw.pvgis_yield BY NAME SELECT 'SE' AS country, '1380' AS muni_code, 980 AS kwh_per_kwp")
	if err != nil {
		t.Fatal(err)
	}
	interimModel(t, b, "solar_yield")
	for _, c := range []struct{ query, want string }{
		{"SELECT muni_code, kind, list(round(hours, 3) ORDER BY hours), any_value(stated_hours) FROM solar_yield GROUP BY ALL ORDER BY ALL",
			"1380 ground [784 980 1078] 980, 1380 roof [588 882 931] 980, 253 ground [800 1000 1100] NULL, 253 roof [600 900 950] NULL"},
		{"SELECT count(*), count(DISTINCT (country, muni_code, kind, \"case\")), bool_and(hours = coalesce(local_hours, usual_hours)) FROM solar_yield", "12 12 true"},
	} {
		if got := texts(t, b, c.query); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.query, got, c.want)
		}
	}
}
