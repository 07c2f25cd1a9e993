package transforms

import (
	"fmt"
	"testing"
)

// TestPotentialChecks lets the checks of potentials and ledgers look at two
// municipalities whose figures are right, and then at each fault that they are
// there for.
func TestPotentialChecks(t *testing.T) {
	b := testBuild(t, weatherPlan(t))
	if err := b.need(t.Context(), []string{"registry.factor"}); err != nil {
		t.Fatal(err)
	}
	for _, table := range []string{"renewable_potential", "land_ledger", "resource_ledger", "energy_balance"} {
		b.loaded[table] = true
	}
	err := b.exec(t.Context(),
		`CREATE TABLE good_potential AS SELECT country, muni_code, resource, level, "case", energy_mwh * size AS energy_mwh, used_mwh * size AS used_mwh, used_mwh / nullif(energy_mwh, 0) AS utilisation, 2023 AS used_year
			FROM (VALUES ('straw', 'theoretical', 1000.0::DOUBLE, 300.0::DOUBLE), ('straw', 'technical', 700, 300), ('straw', 'realisable', 500, 300), ('biogas', 'technical', NULL, 90),
				('surplus_heat', 'technical', 100, 0), ('surplus_heat', 'realisable', unlifted(100, factor('measure_p6_cop', 'DK', 0)), 0), ('large_heat_pumps', 'realisable', 250, 0),
				('individual_heat_pumps', 'realisable', 120, NULL), ('solar_ground', 'realisable', 10, NULL), ('solar', 'realisable', 70, 50)) v(resource, level, energy_mwh, used_mwh)
			CROSS JOIN (VALUES ('DK', '253', 1.0::DOUBLE), ('SE', '1380', 3.0)) m(country, muni_code, size) CROSS JOIN (SELECT unnest(['low', 'central', 'high']) AS "case")`,
		`CREATE TABLE good_land AS SELECT country, muni_code, land_class, use, area_ha * size AS area_ha, exclusive
			FROM (VALUES ('farmland', 'all', 1000.0::DOUBLE, NULL), ('farmland', 'solar_ground', 20, true), ('farmland', 'straw', 600, true), ('farmland', 'wind_footprint', 1, true), ('farmland', 'wind_area', 900, false),
				('roof', 'all', 30, NULL), ('roof', 'solar_roof', 10, true)) v(land_class, use, area_ha, exclusive) CROSS JOIN (VALUES ('DK', '253', 1.0::DOUBLE), ('SE', '1380', 3.0)) m(country, muni_code, size)`,
		`CREATE TABLE good_resource AS SELECT country, muni_code, stock, use, energy_mwh * size AS energy_mwh
			FROM (VALUES ('straw', 'all', 1000.0::DOUBLE), ('straw', 'energy', 500), ('straw', 'kept', 500), ('district_heat', 'all', 400), ('district_heat', 'surplus_heat', 100), ('district_heat', 'large_heat_pumps', 250),
				('own_heat', 'all', 200), ('own_heat', 'individual_heat_pumps', 120)) v(stock, use, energy_mwh) CROSS JOIN (VALUES ('DK', '253', 1.0::DOUBLE), ('SE', '1380', 3.0)) m(country, muni_code, size)`,
		`CREATE TABLE energy_balance AS SELECT country, muni_code, 2023 AS year, flow, carrier_id, false AS is_total, energy_mwh::DECIMAL(18,3) AS energy_mwh
			FROM (VALUES ('DK', '253', 'TRF_IN', 'biogas', 90), ('DK', '253', 'TRF_OUT', 'electricity', 35), ('SE', '1380', 'TRF_IN', 'GAS_R', 270)) v(country, muni_code, flow, carrier_id, energy_mwh)`)
	if err != nil {
		t.Fatal(err)
	}
	ids := []string{"C09", "C10a", "C10b", "C10c", "C10d", "C10e", "C10f", "P03"}
	outcome := func() string {
		return outcomes(t, b, ids, func(c check, found []offence) string {
			return fmt.Sprintf("%s %s %d", c.id, found[0].state, len(found))
		})
	}
	const here = " AND muni_code = '1380'"
	for _, c := range []struct{ fault, sql, want string }{
		{"none", "SELECT 1", ""},
		{"more realisable than possible", "UPDATE renewable_potential SET energy_mwh = 2101 WHERE resource = 'straw' AND level = 'realisable' AND \"case\" = 'high'" + here, "C09 failed 1"},
		{"more possible than there is", "UPDATE renewable_potential SET energy_mwh = 3001 WHERE resource = 'straw' AND level = 'technical' AND \"case\" = 'low'" + here, "C09 failed 1"},
		{"a negative potential", "UPDATE renewable_potential SET energy_mwh = -1 WHERE resource = 'surplus_heat' AND level = 'realisable' AND \"case\" = 'low'" + here, "C09 failed 1"},
		{"solar fields whose straw is still counted", "UPDATE land_ledger SET area_ha = 1200 WHERE use = 'solar_ground'" + here, "C10a failed 1"},
		{"turbines may stand among the fields", "UPDATE land_ledger SET area_ha = 2900 WHERE use = 'wind_area'" + here, ""},
		{"a negative area", "UPDATE land_ledger SET area_ha = -1 WHERE use = 'wind_footprint'" + here, "C10a failed 1"},
		{"straw that is burnt and ploughed in", "UPDATE resource_ledger SET energy_mwh = 1600 WHERE stock = 'straw' AND use = 'kept'" + here, "C10b failed 1"},
		{"a ledger of other straw", "UPDATE resource_ledger SET energy_mwh = 1400 WHERE stock = 'straw' AND use = 'energy'" + here, "C10b failed 1"},
		{"collectors on roofs that are full", "INSERT INTO land_ledger VALUES ('SE', '1380', 'roof', 'solar_heat', 61, true)", "C10c failed 1"},
		{"solar heat beside heat pumps for the same heat", "INSERT INTO resource_ledger VALUES ('SE', '1380', 'district_heat', 'solar_heat', 151)", "C10d failed 1"},
		{"houses on heat pumps and another boiler", "INSERT INTO resource_ledger VALUES ('SE', '1380', 'own_heat', 'pellet_boilers', 241)", "C10d failed 1"},
		{"a ledger of other heat", "UPDATE resource_ledger SET energy_mwh = 700 WHERE use = 'large_heat_pumps'" + here, "C10d failed 1"},
		{"biogas and the power made of it", "UPDATE renewable_potential SET used_mwh = 125 WHERE resource = 'biogas' AND muni_code = '253'", "C10e failed 1"},
		{"surplus heat with the heat pump's electricity", "UPDATE renewable_potential SET energy_mwh = 300 WHERE resource = 'surplus_heat'" + here, "C10f failed 1"},
		{"more used than realisable", "UPDATE renewable_potential SET used_mwh = 1600, utilisation = 1600 / energy_mwh WHERE resource = 'straw'" + here, "P03 failed 1"},
		{"more used than possible", "UPDATE renewable_potential SET used_mwh = 2200, utilisation = 2200 / energy_mwh WHERE resource = 'straw'" + here, "P03 failed 2"},
		{"more sun used than fields and roofs give", "UPDATE renewable_potential SET used_mwh = 211 WHERE resource = 'solar'" + here, "P03 failed 1"},
		{"used where nothing is possible", "UPDATE renewable_potential SET energy_mwh = 0, used_mwh = 1, utilisation = NULL WHERE resource = 'large_heat_pumps'; DELETE FROM resource_ledger WHERE use = 'large_heat_pumps'", "P03 failed 2"},
		{"no ledgers", "DELETE FROM land_ledger; DELETE FROM resource_ledger", "C10a not_applicable 1, C10b not_applicable 1, C10c not_applicable 1, C10d not_applicable 1, C10f not_applicable 1"},
	} {
		err := b.exec(t.Context(), "CREATE OR REPLACE TABLE renewable_potential AS FROM good_potential", "CREATE OR REPLACE TABLE land_ledger AS FROM good_land", "CREATE OR REPLACE TABLE resource_ledger AS FROM good_resource", c.sql)
		if err != nil {
			t.Fatal(err)
		}
		if got := outcome(); got != c.want {
			t.Errorf("%s: found %q, want %q", c.fault, got, c.want)
		}
	}
}
