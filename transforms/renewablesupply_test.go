package transforms

import (
	"fmt"
	"testing"
)

// supplyBuild is a build with a table of renewable supply made of two members'
// potentials: the Danish one uses more solar power than its fields could give, the
// Swedish one has all its fields and three times as much straw, which has no price there.
func supplyBuild(t *testing.T) *build {
	t.Helper()
	b := savingBuild(t)
	if err := b.need(t.Context(), []string{"registry.plant"}); err != nil {
		t.Fatal(err)
	}
	err := b.exec(t.Context(),
		`CREATE TABLE renewable_potential AS SELECT 'test' AS plan, *, 'E' AS grade, 'as the test has it' AS reason FROM (VALUES
			('DK', '253', 'wind_onshore', 'realisable', 4000.0::DOUBLE, 1000.0::DOUBLE, 3000.0::DOUBLE), ('DK', '253', 'solar_ground', 'realisable', 2000, NULL, NULL), ('DK', '253', 'solar_roof', 'realisable', 9000, NULL, NULL), ('DK', '253', 'solar', 'realisable', 11000, 5000, 6000),
			('DK', '253', 'straw', 'realisable', 1000, 0, 1000), ('DK', '253', 'surplus_heat', 'realisable', 100, 0, 100), ('DK', '253', 'large_heat_pumps', 'realisable', 500, 500, 0),
			('DK', '253', 'biogas', 'technical', NULL, NULL, NULL), ('DK', '253', 'biogas', 'theoretical', NULL, NULL, NULL), ('DK', '253', 'straw', 'technical', 1500, 0, 1500), ('DK', '253', 'individual_heat_pumps', 'realisable', 700, NULL, NULL),
			('SE', '1382', 'wind_onshore', 'realisable', 8000, 0, 8000), ('SE', '1382', 'solar_ground', 'realisable', 6000, NULL, NULL), ('SE', '1382', 'solar_roof', 'realisable', 3000, NULL, NULL), ('SE', '1382', 'solar', 'realisable', 9000, 1000, 8000),
			('SE', '1382', 'straw', 'realisable', 3000, 0, 3000), ('SE', '1382', 'wood', 'realisable', 4000, NULL, NULL)) v(country, muni_code, resource, level, energy_mwh, used_mwh, unused_mwh)
			CROSS JOIN (SELECT unnest(['low', 'central', 'high']) AS "case")`,
		`CREATE TABLE potential_power AS SELECT country, muni_code, resource, "case", CASE resource WHEN 'wind_onshore' THEN 2500 ELSE 1000 END * if(country = 'SE' AND resource = 'wind_onshore', 0.8::DOUBLE, 1) AS hours
			FROM renewable_potential WHERE resource LIKE 'wind%' OR resource LIKE 'solar%'`,
		`CREATE TABLE potential_heat AS SELECT country, muni_code, resource, "case", 4000.0::DOUBLE AS hours FROM renewable_potential WHERE resource = 'large_heat_pumps'`)
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range []string{"renewable_potential", "potential_power", "potential_heat"} {
		b.keys[table], b.loaded[table] = "made by the test", true
	}
	for _, m := range b.models {
		if m.name == "renewable_supply" {
			if err := b.table(t.Context(), m); err != nil {
				t.Fatal(err)
			}
		}
	}
	return b
}

// TestRenewableSupply compares figures with what follows by hand from the factors.
func TestRenewableSupply(t *testing.T) {
	b := supplyBuild(t)
	for _, c := range []struct{ what, where, column, want string }{
		{"wind that is not used", "resource = 'wind_onshore' AND country = 'DK'", "[energy_mwh, power_mw]", "[3000.0, 1.2]"},
		{"wind at the plan's rate", "resource = 'wind_onshore' AND country = 'DK'", "abs(lcoe_eur_per_mwh - (1383.31 * 1000 * (crf(0.035, 30) + 0.012167) / 2500 + 1.8)) < 1e-6", "true"},
		{"its investment", "resource = 'wind_onshore' AND country = 'DK'", "invest_eur", "1659972.0"},
		{"less wind costs more", "resource = 'wind_onshore' AND country = 'SE'", "abs(lcoe_eur_per_mwh - (1383.31 * 1000 * (crf(0.035, 30) + 0.012167) / 2000 + 1.8)) < 1e-6", "true"},
		{"all solar power stands on the fields first", "resource = 'solar_ground' AND country = 'DK'", "[unused_mwh, energy_mwh, rank]", "[0.0, 0.0, NULL]"},
		{"and the rest of it on roofs", "resource = 'solar_roof' AND country = 'DK'", "unused_mwh", "6000.0"},
		{"fields that are enough", "resource LIKE 'solar%' AND country = 'SE'", "sum(unused_mwh)", "8000.0"},
		{"straw gives heat with the loss of a boiler", "resource = 'straw' AND country = 'DK'", "[energy_mwh, round(saved_t / energy_mwh * 1000, 3)]", "[927.0, 48.9]"},
		{"and costs its fuel", "resource = 'straw' AND country = 'DK'", "abs(lcoe_eur_per_mwh - (1112.22 * 1000 * (crf(0.035, 25) + 0.057529) / 5000 + 3.72 + price('price_straw', 'DK', 2025) / 0.927)) < 1e-6", "true"},
		{"straw without a price", "resource = 'straw' AND country = 'SE'", "[lcoe_eur_per_mwh::VARCHAR, rank::VARCHAR, reason]", "[NULL, NULL, there is no price of its fuel]"},
		{"surplus heat is lifted with electricity", "resource = 'surplus_heat'", "abs(energy_mwh - lifted(100, 4.69)) < 0.001 AND abs(saved_t - energy_mwh * (48.9 - 120 / 4.69) / 1000) < 0.001", "true"},
		{"nothing unused", "resource = 'large_heat_pumps'", "[energy_mwh::VARCHAR, rank::VARCHAR, reason]", "[0.0, NULL, nothing is unused]"},
		{"use that is not known", "resource = 'wood'", "[unused_mwh::VARCHAR, rank::VARCHAR, reason]", "[NULL, NULL, what is used of it is not known]"},
		{"potential that is not known", "resource = 'biogas'", "[energy_mwh::VARCHAR, rank::VARCHAR, reason]", "[NULL, NULL, as the test has it]"},
		{"heat pumps of houses are measures", "resource = 'individual_heat_pumps'", "count(*)", "0"},
		{"heat has no value at hand, and so no cost of CO2", "carrier_id = 'district_heat'", "count(value_eur_per_mwh) + count(abatement_eur_per_t)", "0"},
		{"nothing that pays for itself has one", "lcoe_eur_per_mwh <= value_eur_per_mwh", "count(abatement_eur_per_t)", "0"},
		{"the joint curve ends at all energy with a cost", "rank IS NOT NULL AND carrier_id = 'electricity'", "max(joint_cumulative_mwh) = sum(energy_mwh::DECIMAL(18,3)) AND max(joint_rank) = count(*)", "true"},
	} {
		var got any
		query := fmt.Sprintf(`SELECT (%s)::VARCHAR FROM renewable_supply WHERE "case" = 'central' AND %s`, c.column, c.where)
		if err := b.conn.QueryRowContext(t.Context(), query).Scan(&got); err != nil {
			t.Fatalf("%s: %v", c.what, err)
		}
		if fmt.Sprint(got) != c.want {
			t.Errorf("%s: %v, want %s", c.what, got, c.want)
		}
	}
}

// TestRenewableSupplyCheck lets C17b look at a curve that is right, and at each
// fault that it is there for.
func TestRenewableSupplyCheck(t *testing.T) {
	b := supplyBuild(t)
	if err := b.exec(t.Context(), "ALTER TABLE renewable_supply RENAME TO good_supply"); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ fault, sql, want string }{
		{"none", "SELECT 1", "passed"},
		{"the curve falls", "UPDATE renewable_supply SET lcoe_eur_per_mwh = 1 WHERE rank = 2 AND country = 'SE'", "failed"},
		{"it does not end at the sum", "UPDATE renewable_supply SET cumulative_mwh = cumulative_mwh + 0.001 WHERE rank = 2 AND country = 'DK' AND carrier_id = 'electricity'", "failed"},
		{"the joint one does not", "UPDATE renewable_supply SET joint_cumulative_mwh = joint_cumulative_mwh - 1 WHERE joint_rank = 4 AND carrier_id = 'electricity'", "failed"},
		{"a place is left out", "DELETE FROM renewable_supply WHERE rank = 1 AND country = 'SE'", "failed"},
		{"energy stands on no curve", "UPDATE renewable_supply SET energy_mwh = 5, lcoe_eur_per_mwh = 3 WHERE resource = 'large_heat_pumps' AND \"case\" = 'low'", "failed"},
		{"no curve", "DELETE FROM renewable_supply", "not_applicable"},
	} {
		if err := b.exec(t.Context(), "CREATE OR REPLACE TABLE renewable_supply AS FROM good_supply", c.sql); err != nil {
			t.Fatal(err)
		}
		for _, check := range b.checks {
			if check.id != "C17b" {
				continue
			}
			found, err := b.run(t.Context(), check)
			if err != nil {
				t.Fatal(err)
			}
			if found[0].state != c.want {
				t.Errorf("%s: %s, want %s", c.fault, found[0].state, c.want)
			}
		}
	}
}
