package transforms

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"samkraft/pipeline"
)

// savingBuild is the build of a plan of two Danish members and a Swedish one, who
// have every kind of stock in different size.
func savingBuild(t *testing.T) *build {
	t.Helper()
	b := openBuild(t)
	rate, draws := 0.035, 0
	b.job = pipeline.Job{Plan: pipeline.Plan{ID: "test", BaseYear: 2023, PriceYear: 2025, DiscountRate: &rate, Uncertainty: pipeline.Uncertainty{Draws: &draws},
		Members: []pipeline.Member{{Country: "DK", Code: "253"}, {Country: "DK", Code: "336"}, {Country: "SE", Code: "1382"}}}}
	b.fixed = append(planRelations(b.job), b.registries...)
	if err := b.need(t.Context(), []string{"plan.plan", "plan.member", "registry.factor", "registry.measure", "registry.package"}); err != nil {
		t.Fatal(err)
	}
	err := b.exec(t.Context(), `CREATE TABLE end_use AS
		SELECT m.country, m.muni_code, s.stock, 2023 AS year, 1000.0::DOUBLE * (1 + m.bit) AS energy_mwh, NULL::DOUBLE AS normalised_mwh, NULL::DOUBLE AS low_mwh, NULL::DOUBLE AS high_mwh, if(s.stock LIKE 'heat%', 970.0::DOUBLE * (1 + m.bit), NULL) AS heat_mwh,
			s.stock IN ('electricity_business', 'heat_industry') AS industry, factor('quality_half_width_c', m.country, 2023) AS half_width
		FROM plan.member m CROSS JOIN (SELECT DISTINCT stock FROM registry.package) s`)
	if err != nil {
		t.Fatal(err)
	}
	b.setKeys()
	b.keys["end_use"], b.loaded["end_use"] = "made by the test", true
	// What others read comes first.
	for _, of := range [][]string{{"own_building"}, savingInputs} {
		for _, m := range b.models {
			if m.name != "end_use" && slices.Contains(of, m.name) {
				if err := b.table(t.Context(), m); err != nil {
					t.Fatalf("%s: %v", m.name, err)
				}
			}
		}
	}
	return b
}

// TestSavingFactors holds the model of saving measures to the macros by which the
// SQL models find factors and prices.
func TestSavingFactors(t *testing.T) {
	b := savingBuild(t)
	m, err := readSaving(t.Context(), b)
	if err != nil {
		t.Fatal(err)
	}
	compared := map[string]bool{}
	for _, p := range m.Params() {
		if p.ID == "discount_rate" || strings.HasPrefix(p.ID, "use_") {
			continue
		}
		id, country, _ := strings.Cut(p.ID, "|")
		if country == "" {
			country = "DK"
		}
		query := fmt.Sprintf("SELECT factor(%s, %s, 2025)", quote(id), quote(country))
		switch {
		case strings.HasPrefix(id, "price_"):
			query = fmt.Sprintf("SELECT price(%s, %s, 2025)", quote(id), quote(country))
			if !strings.HasPrefix(p.Unit, "EUR/") {
				t.Errorf("%s is in %s, expected euro", p.ID, p.Unit)
			}
		case id == "ef_electricity":
			query = fmt.Sprintf("SELECT factor_of_role(%s, %s, 2025, 'marginal')", quote(id), quote(country))
		}
		var want *float64
		if err := b.conn.QueryRowContext(t.Context(), query).Scan(&want); err != nil {
			t.Fatal(err)
		}
		if want == nil || *want != p.Spread.Mode {
			t.Errorf("%s is %v, expected what %s gives", p.ID, p.Spread.Mode, query)
		}
		compared[p.ID] = true
	}
	for _, id := range []string{"price_district_heat_greve|DK", "price_district_heat|DK", "price_district_heat|SE", "ef_electricity|DK", "heat_use_se_detached_mean|SE", "measure_b1_saving"} {
		if !compared[id] {
			t.Errorf("%s is no parameter", id)
		}
	}
}

// TestSavingRanges evaluates the measures at the ends of every factor's range: a
// draw must not fail after the central values did not.
func TestSavingRanges(t *testing.T) {
	m, err := readSaving(t.Context(), savingBuild(t))
	if err != nil {
		t.Fatal(err)
	}
	params := m.Params()
	low, high := m.Central(), m.Central()
	for i, p := range params {
		for _, v := range []float64{p.Spread.Low, p.Spread.High} {
			values := m.Central()
			values[i] = v
			if _, err := m.Evaluate(values, nil); err != nil {
				t.Errorf("%s at %v: %v", p.ID, v, err)
			}
		}
		low[i], high[i] = p.Spread.Low, p.Spread.High
	}
	for _, values := range [][]float64{low, high} {
		packages, err := m.Evaluate(values, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range packages {
			// A boiler for pellets or of steam may take more than the one before it, and a network as much.
			if more := strings.Contains(p.Measure, "H1") || strings.Contains(p.Measure, "H4") || strings.Contains(p.Measure, "I3"); !(p.Saved > 0 || more) || p.Saved > 0 && !(p.LCSE > 0) || !(p.Life > 0) {
				t.Errorf("%s on %s: %+v", p.Measure, p.Stock, p)
			}
		}
	}
}

// TestPlanKnowsMeasures holds the measures that a plan's resources can name to the
// registry.
func TestPlanKnowsMeasures(t *testing.T) {
	registries, err := readRegistries()
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, f := range registries {
		if f.name == "registry.measure" {
			for _, row := range f.rows {
				ids = append(ids, strings.Trim(row[0], "'"))
			}
		}
	}
	slices.Sort(ids)
	_, err = pipeline.ParsePlan("plan.yaml", []byte(`{id: a, name: {en: A}, members: [{country: DK, code: "253"}], agreements: [{id: a, title: {en: A}, mechanism: pooled_target, signatories: all,
		parameters: {resources: [{id: r, per: eur, measures: ["?"], available: {"253": 1}}]}}]}`))
	if want := "each once of " + strings.Join(ids, ", "); err == nil || !strings.HasSuffix(err.Error(), want) {
		t.Errorf("the plan reader says %v, expected %q", err, want)
	}
}

// TestAttributionCheck lets C38 look at a package whose parts add up, and at what it is there for.
func TestAttributionCheck(t *testing.T) {
	b := testBuild(t, planOf(t, "members: [{country: DK, code: \"253\"}, {country: SE, code: \"1382\"}]\n"))
	b.loaded["measure"], b.loaded["measure_attribution"] = true, true
	err := b.exec(t.Context(),
		`CREATE TABLE measure AS SELECT * FROM (VALUES ('DK', '253', 'heat_fossil', 'B5+H2', 'REF', 'central', 888.889::DOUBLE), ('SE', '1382', 'heat_fossil', 'B5+H2', 'REF', 'central', 88.889))
			v(country, muni_code, stock, measure_id, scenario_id, "case", potential_mwh)`,
		`CREATE TABLE good AS SELECT country, muni_code, stock, measure_id AS package_id, unnest(['B5', 'H2']) AS measure_id, scenario_id, "case", unnest([138.889, 750.0])::DOUBLE * if(country = 'DK', 1, 0.1) AS saved_mwh FROM measure`)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ fault, sql, want string }{
		{"none", "SELECT 1", ""},
		{"a part of too much", "UPDATE measure_attribution SET saved_mwh = saved_mwh + 0.01 WHERE muni_code = '253' AND measure_id = 'H2'", "C38 1"},
		{"a part that is missing", "DELETE FROM measure_attribution WHERE muni_code = '1382' AND measure_id = 'B5'", "C38 1"},
		{"parts of no package", "UPDATE measure_attribution SET package_id = 'B5+H3'", "C38 2"},
	} {
		if err := b.exec(t.Context(), "CREATE OR REPLACE TABLE measure_attribution AS FROM good", c.sql); err != nil {
			t.Fatal(err)
		}
		if got := outcomes(t, b, []string{"C38"}, counted); got != c.want {
			t.Errorf("%s: found %q, want %q", c.fault, got, c.want)
		}
	}
}
