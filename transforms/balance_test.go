package transforms

import (
	"fmt"
	"slices"
	"testing"

	"samkraft/pipeline"
)

// balanceModels are the models from what publishers state to balance and emission,
// in the order in which they are built.
var balanceModels = []string{"plant_flow", "network_heat", "network_plant", "network_member", "carrier_factor", "heat_network", "heat_network_input", "heat_network_member",
	"plant_input", "solar_yield", "estimated_power", "added_flow", "carrier_total", "closing_flow", "energy_balance", "emission_part", "emission"}

// balanceUse is the final use of the worked example in GWh, and of a small
// municipality beside it whose gas in homes is secret.
const balanceUse = `VALUES ('DK', '253', 'HOUS', 'electricity', 40), ('DK', '253', 'HOUS', 'district_heat', 60), ('DK', '253', 'HOUS', 'natural_gas', 80), ('DK', '253', 'HOUS', 'gas_oil', 10),
	('DK', '253', 'HOUS', 'firewood', 15), ('DK', '253', 'HOUS', 'ambient_heat', 12), ('DK', '253', 'HOUS', 'coal', 0), ('DK', '253', 'HOUS', 'biogas', 0), ('DK', '253', 'HOUS', 'wood_chips', 0),
	('DK', '253', 'SERV', 'electricity', 30), ('DK', '253', 'SERV', 'district_heat', 25), ('DK', '253', 'SERV', 'natural_gas', 10),
	('DK', '253', 'IND', 'electricity', 50), ('DK', '253', 'IND', 'district_heat', 5), ('DK', '253', 'IND', 'natural_gas', 90), ('DK', '253', 'IND', 'gas_oil', 5),
	('DK', '253', 'AGR', 'electricity', 8), ('DK', '253', 'AGR', 'diesel', 12),
	('DK', '253', 'TRA', 'electricity', 4), ('DK', '253', 'TRA', 'petrol', 50), ('DK', '253', 'TRA', 'diesel', 90), ('DK', '253', 'TRA', 'biodiesel', 10),
	('DK', '259', 'HOUS', 'electricity', 7), ('DK', '259', 'HOUS', 'gas_oil', 3), ('DK', '259', 'HOUS', 'natural_gas', NULL),
	('SE', '1380', 'HOUS_DET', 'electricity', 6)`

// balanceBuild builds balance and emission of the worked example. Its combined heat
// and power plant burns the fuel and gives 70 GWh of heat and 20 of electricity;
// 20 GWh are surplus heat and 22.5 from a gas boiler. The small municipality has
// 30 GWh of heat with one outside of the plan that needs twice as much.
func balanceBuild(t *testing.T, chpMethod, fuel string) *build {
	t.Helper()
	text := "id: toy\nname: {en: Toy}\nchp_method: \"" + chpMethod + "\"\nmembers: [{country: DK, code: \"253\"}, {country: DK, code: \"259\"}, {country: SE, code: \"1380\"}]\n"
	plan, err := pipeline.ParsePlan("toy.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	b := testBuild(t, plan)
	raw := []string{"ens_plant_year", "ens_plant_fuel_year", "dn_district_heating", "bal_district_heat", "scb_electricity_production", "scb_district_heat_production", "ens_turbine_year", "pvgis_yield"}
	for _, table := range raw {
		if err := b.emptyRaw(t.Context(), b.Declared[table]); err != nil {
			t.Fatal(err)
		}
		b.loaded["raw."+table] = true
	}
	if err := b.need(t.Context(), []string{"registry.factor"}); err != nil {
		t.Fatal(err)
	}
	for id, value := range map[string]float64{"ef_natural_gas": 204, "ef_gas_oil": 266, "ef_diesel": 266, "ef_petrol": 263, "ef_electricity_dk2": 114, /* in the grid: 120 with 5 % loss */
		"electric_heating_share_detached": 1, "heat_pump_share_electric_heating": 1, "spf_existing": 3, "pv_yield_roof": 1000} {
		if err := b.exec(t.Context(), fmt.Sprintf("UPDATE registry.factor SET value = %v WHERE factor_id = '%s'", value, id)); err != nil {
			t.Fatal(err)
		}
	}
	err = b.exec(t.Context(),
		`INSERT INTO raw.ens_plant_year BY NAME SELECT 'DK' AS country, muni_code, 2023 AS year, unit_id, network_id, heat * 3.6 AS heat_delivered_tj, power * 3.6 AS electricity_delivered_tj, 0 AS share_process
			FROM (VALUES ('253', 'chp', '1', 70, 20), ('253', 'surplus', '1', 20, 0), ('253', 'boiler', '1', 22.5, 0), ('265', 'straw', '2', 30, 0)) v(muni_code, unit_id, network_id, heat, power)`,
		"INSERT INTO raw.ens_plant_fuel_year BY NAME SELECT unit_id, 2023 AS year, fuel, energy * 3.6 AS energy_tj FROM (VALUES ('chp', '"+fuel+"', 100), ('surplus', 'fuel_free', 20), ('boiler', 'natural_gas', 22.5), ('straw', 'straw', 30)) v(unit_id, fuel, energy)",
		"INSERT INTO raw.dn_district_heating BY NAME SELECT 'DK' AS country, '259' AS muni_code, '2 Net' AS network",
		"INSERT INTO raw.bal_district_heat BY NAME SELECT 'DK' AS country, muni_code, 2019 AS year, heat_mwh FROM (VALUES ('259', 10000), ('265', 20000)) v(muni_code, heat_mwh)",
		"CREATE TABLE turbine_year AS SELECT 'DK' AS country, '253' AS muni_code, 2023::SMALLINT AS year, '1' AS turbine_id, 30000::DECIMAL(18,3) AS energy_mwh",
		"CREATE TABLE turbine AS SELECT 'DK' AS country, '253' AS muni_code, '1' AS turbine_id, 10.0::DOUBLE AS capacity_mw, DATE '2005-05-01' AS connected, NULL::DATE AS decommissioned",
		"CREATE TABLE capacity AS SELECT 'DK' AS country, '253' AS muni_code, year, 'pv' AS technology, power_mw::DOUBLE AS power_mw, 'toy' AS source_id FROM (VALUES (2022, 5), (2023, 8), (2026, 20)) v(year, power_mw)",
		`CREATE TABLE final_use AS SELECT country, muni_code, 2023::SMALLINT AS year, carrier_id, sector_id, (energy * 1000)::DECIMAL(18,3) AS energy_mwh,
			CASE WHEN energy IS NULL THEN 'suppressed' WHEN energy = 0 THEN 'zero' ELSE 'observed' END AS value_status, 'A' AS grade, 'stated' AS method_id, 'toy' AS source_id, 'publisher' AS stated_by, NULL::DECIMAL(18,3) AS published_mwh, NULL::VARCHAR[] AS _origin
			FROM (`+balanceUse+`) v(country, muni_code, sector_id, carrier_id, energy)`)
	if err != nil {
		t.Fatal(err)
	}
	secret := slices.IndexFunc(b.models, func(m model) bool { return m.name == "secret_use" })
	if err := b.exec(t.Context(), b.models[secret].declare...); err != nil { // nothing is said of what is secret here
		t.Fatal(err)
	}
	for _, table := range []string{"turbine", "turbine_year", "capacity", "final_use", "secret_use"} {
		b.loaded[table] = true
	}
	for _, name := range balanceModels {
		i := slices.IndexFunc(b.models, func(m model) bool { return m.name == name })
		if i < 0 {
			t.Fatalf("there is no model %s", name)
		}
		m := b.models[i]
		if err := b.need(t.Context(), m.inputs); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := b.exec(t.Context(), m.declare...); err != nil {
			t.Fatal(err)
		}
		if err := b.runSQL(t.Context(), m); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		b.loaded[name] = true
	}
	return b
}

// TestBalanceGolden holds balance and emission to the worked example: sums by
// sector and carrier, the two gross figures, both losses and CO2, to the kWh and kg.
func TestBalanceGolden(t *testing.T) {
	b := balanceBuild(t, "125", "wood_chips")
	const of = "FROM energy_balance WHERE muni_code = '253' AND "
	for _, c := range []struct{ query, want string }{
		{"SELECT sector_id, sum(energy_mwh)::INTEGER " + of + "flow = 'FINAL' GROUP BY 1 ORDER BY 2", "AGR 20000, SERV 65000, IND 150000, TRA 154000, HOUS 217000"},
		{"SELECT sum(energy_mwh)::INTEGER " + of + "flow = 'FINAL'", "606000"},
		{"SELECT carrier_id, sum(energy_mwh)::INTEGER " + of + "flow = 'FINAL' AND energy_mwh > 0 GROUP BY 1 ORDER BY 1",
			"ambient_heat 12000, biodiesel 10000, diesel 102000, district_heat 90000, electricity 132000, firewood 15000, gas_oil 15000, natural_gas 180000, petrol 50000"},
		{"SELECT carrier_id, energy_mwh::VARCHAR " + of + "flow = 'LOSS' ORDER BY 1", "district_heat 22500.000, electricity 6947.368"},
		{"SELECT carrier_id, energy_mwh::VARCHAR " + of + "flow = 'NET_IMP' AND carrier_id IN ('electricity', 'district_heat') ORDER BY 1", "district_heat 0.000, electricity 80947.368"},
		{"SELECT carrier_id, energy_mwh::VARCHAR " + of + "flow = 'PROD' ORDER BY 1", "ambient_heat 12000.000, fuel_free 20000.000, pv 8000.000, wind 30000.000"},
		{"SELECT sum(energy_mwh)::VARCHAR " + of + "carrier_id = 'electricity' AND flow IN ('FINAL', 'LOSS', 'TRF_IN')", "138947.368"},
		{"SELECT flow, energy_mwh::VARCHAR " + of + "carrier_id = 'TOTAL' ORDER BY 1", "CONVLOSS 10000.000, GROSS 645447.368"},
		{"SELECT max(abs(energy_mwh))::VARCHAR " + of + "flow = 'DIFF'", "0.000"},
		{"SELECT fed_in_mwh::VARCHAR, delivered_mwh::VARCHAR, loss_mwh::VARCHAR, loss_share, ef_kg_per_mwh FROM heat_network WHERE network_id = '1'", "112500.000 90000.000 22500.000 0.2 51"},
		{"SELECT heat_mwh::VARCHAR, power_mwh::VARCHAR FROM heat_network_input WHERE network_id = '1' AND carrier_id = 'wood_chips'", "56000.000 44000.000"},
		{"SELECT carrier_id, fsum(t_co2 ORDER BY sector_id) FROM emission WHERE muni_code = '253' AND view = 'consumption' AND t_co2 > 0 GROUP BY 1 ORDER BY 1",
			"diesel 27132, district_heat 4590, electricity 15840, gas_oil 3990, natural_gas 36720, petrol 13150"},
		{"SELECT fsum(t_co2 ORDER BY carrier_id, sector_id) FROM emission WHERE muni_code = '253' AND view = 'consumption'", "101422"},
		// Where it is burnt: without electricity, and with the boiler's gas in place of district heat.
		{"SELECT fsum(t_co2 ORDER BY carrier_id, sector_id) FROM emission WHERE muni_code = '253' AND view = 'territorial'", "85582"},
		// A heat pump with 6 GWh of electricity at 3.
		{"SELECT energy_mwh::VARCHAR, value_status, grade FROM energy_balance WHERE muni_code = '1380' AND carrier_id = 'ambient_heat' AND flow = 'FINAL'", "12000.000 estimated E"},
		// A third of the heat of the shared network, and nothing of what a secret figure is part of.
		{"SELECT muni_code, delivered_mwh::VARCHAR, loss_mwh::VARCHAR FROM heat_network_member WHERE network_id = '2' ORDER BY 1", "259 8000.000 2000.000, 265 16000.000 4000.000"},
		{"SELECT flow, carrier_id, energy_mwh::VARCHAR FROM energy_balance WHERE muni_code = '259' AND flow IN ('GROSS', 'NET_IMP', 'LOSS') ORDER BY 2, 1",
			"GROSS district_heat 10000.000, LOSS district_heat 2000.000, NET_IMP district_heat 10000.000, LOSS electricity 368.421, GROSS gas_oil 3000.000, NET_IMP gas_oil 3000.000"},
		{"SELECT count(*) FROM emission WHERE muni_code = '259' AND carrier_id = 'natural_gas'", "0"},
	} {
		if got := texts(t, b, c.query); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.query, got, c.want)
		}
	}
}

// TestCombinedHeatAndPower shares the same gas by each method: what heat does not
// get electricity gets, and CO2 is the same in sum.
func TestCombinedHeatAndPower(t *testing.T) {
	for _, c := range []struct{ method, want string }{
		{"125", "56000.000 44000.000 16014 177.933333 8976 448.8 24990"},
		{"200", "35000.000 65000.000 11730 130.333333 13260 663 24990"},
		{"energy", "77777.778 22222.222 20456.667 227.296297 4533.333 226.66665 24990"},
	} {
		b := balanceBuild(t, c.method, "natural_gas")
		got := texts(t, b, `SELECT (i.heat_mwh - 22500)::VARCHAR, i.power_mwh::VARCHAR, t_co2, n.ef_kg_per_mwh, t_co2_power, round(t_co2_power / 20, 6), round(t_co2 + t_co2_power, 3)
			FROM heat_network n JOIN heat_network_input i USING (network_id, year) WHERE network_id = '1' AND carrier_id = 'natural_gas'`)
		if got != c.want {
			t.Errorf("method %s: got %s, want %s", c.method, got, c.want)
		}
	}
	b := testBuild(t, weatherPlan(t))
	if err := b.need(t.Context(), []string{"registry.factor"}); err != nil {
		t.Fatal(err)
	}
	for call, want := range map[string]float64{
		"chp_heat_fuel('125', 100, 70, 0)": 100, "chp_heat_fuel('125', 100, 0, 40)": 0, "chp_heat_fuel('125', 100, -1, 40)": 0,
		"chp_heat_fuel('125', 50, 70, 1)": 50, "chp_heat_fuel('energy', 90, 60, 30)": 60,
	} {
		if got := number(t, b, "SELECT "+call); got != want {
			t.Errorf("%s = %v, want %v", call, got, want)
		}
	}
	for _, unknown := range []string{"NULL, 70, 20", "100, NULL, 20", "100, 70, NULL"} {
		if number(t, b, "SELECT (chp_heat_fuel('125', "+unknown+") IS NULL)::INTEGER") != 1 {
			t.Errorf("of %s something is known", unknown)
		}
	}
}

// TestBalanceChecks lets the checks look at the worked example, and then at each
// fault that they are there for.
func TestBalanceChecks(t *testing.T) {
	b := balanceBuild(t, "125", "wood_chips")
	err := b.exec(t.Context(), "CREATE TABLE good_balance AS FROM energy_balance", "CREATE TABLE good_member AS FROM heat_network_member", "CREATE TABLE good_input AS FROM heat_network_input", "CREATE TABLE good_emission AS FROM emission",
		"CREATE VIEW carrier AS SELECT 'toy' AS plan, * REPLACE (coalesce(parent, '-') AS parent) FROM registry.carrier", "CREATE VIEW sector AS SELECT 'toy' AS plan, * REPLACE (coalesce(parent, '-') AS parent) FROM registry.sector",
		"CREATE TABLE measure_catalogue (measure_id VARCHAR, carrier_to VARCHAR)", "CREATE VIEW factor AS FROM registry.factor",
		"CREATE TABLE heat_demand AS SELECT 'DK' AS country, '259' AS muni_code, 2019 AS year, 'district' AS kind, 10000 AS heat_mwh")
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range []string{"carrier", "sector", "measure_catalogue", "factor", "heat_demand"} {
		b.loaded[table] = true
	}
	ids := []string{"C01", "C02", "C02b", "C03", "C04", "C08b", "C24", "C25", "C34", "C35", "D01", "D05", "D06", "D07", "D09", "P22", "P23"}
	for _, c := range []struct{ fault, sql, want string }{
		{"none", "SELECT 1", ""},
		{"a kWh too much of one carrier", "UPDATE energy_balance SET energy_mwh = energy_mwh + 0.001 WHERE flow = 'FINAL' AND carrier_id = 'petrol'", "C01 1, C03 1"},
		{"import that is not there", "UPDATE energy_balance SET energy_mwh = energy_mwh + 5000 WHERE flow = 'DIFF' AND carrier_id = 'petrol'", "C01 1, C03 1, P22 1"},
		{"a conversion loss that is too small", "UPDATE energy_balance SET energy_mwh = 9000 WHERE flow = 'CONVLOSS'", "C02 1, C03 1"},
		{"a boiler that gives more than it burns", "UPDATE energy_balance SET energy_mwh = 19000 WHERE plant_id = 'boiler' AND flow = 'TRF_IN'", "C01 1, C02 1, C02b 1"},
		{"heat that nobody has", "UPDATE heat_network_member SET delivered_mwh = 7999 WHERE muni_code = '259'", "C08b 1"},
		{"shares beyond the whole", "UPDATE heat_network_member SET share = share + 0.1 WHERE muni_code = '259'", "C08b 1"},
		{"fuel that counts twice", "UPDATE heat_network_input SET power_mwh = power_mwh + 1 WHERE carrier_id = 'wood_chips'", "C35 1"},
		{"ambient heat without a heat pump", "DELETE FROM energy_balance WHERE muni_code = '1380' AND carrier_id = 'electricity' AND flow = 'FINAL'", "C25 1"},
		{"a marginal factor", "UPDATE emission SET ef_kg_per_mwh = 121 WHERE carrier_id = 'electricity' AND muni_code = '259'", "C34 1"},
		{"another role", "UPDATE emission SET ef_role = 'marginal' WHERE carrier_id = 'petrol'", "C34 1"},
		{"wind that somebody uses", "UPDATE energy_balance SET flow = 'FINAL' WHERE carrier_id = 'wind' AND muni_code = '253'", "C01 1, C03 1, D01 1"},
		{"gas by two principles", "UPDATE emission SET factor_id = 'ef_biogenic_in_total', factor_year = NULL, ef_kg_per_mwh = 0 WHERE carrier_id = 'natural_gas' AND sector_id = 'IND'", "D06 1"},
		{"waste that is all fossil", "INSERT INTO emission BY NAME SELECT * REPLACE ('waste' AS carrier_id, 0 AS t_co2_biogenic, 'several' AS factor_id) FROM good_emission WHERE carrier_id = 'petrol' AND view = 'territorial'", "D05 1"},
		{"a total that is not marked", "UPDATE energy_balance SET is_total = false WHERE flow = 'GROSS' AND carrier_id = 'TOTAL'", "D07 1"},
		{"wood by two statistics", "INSERT INTO energy_balance BY NAME SELECT * REPLACE ('SOL_R' AS carrier_id) FROM good_balance WHERE carrier_id = 'firewood' AND flow = 'FINAL'", "C03 1, D09 2"},
		{"a group that is not its carriers", "INSERT INTO energy_balance BY NAME SELECT * REPLACE ('LIQ_F' AS carrier_id, energy_mwh + 2 AS energy_mwh, true AS is_total) FROM good_balance WHERE carrier_id = 'gas_oil' AND flow = 'FINAL' AND sector_id = 'HOUS'", "C03 1, C04 2"},
		{"a group that is, counted beside them", "INSERT INTO energy_balance BY NAME SELECT * REPLACE ('LIQ_F' AS carrier_id, true AS is_total) FROM good_balance WHERE carrier_id = 'gas_oil' AND flow = 'FINAL' AND sector_id = 'HOUS'", "C03 1"},
		{"gas at its upper heating value", "UPDATE energy_balance SET method_id = 'meters_hhv' WHERE carrier_id = 'natural_gas' AND flow = 'FINAL' AND sector_id = 'IND'", "C24 1"},
		{"holiday homes in homes and beside them", "INSERT INTO energy_balance BY NAME SELECT * REPLACE ('HOUS_SUM' AS sector_id) FROM good_balance WHERE carrier_id = 'gas_oil' AND sector_id = 'HOUS' AND muni_code = '259'", "C01 1, D09 1"},
		// 8 000 MWh are delivered by the account: 80 % of 10 000, but more than 1.5 times 80 % of 6 600.
		{"heat by network that nobody demands", "UPDATE heat_demand SET heat_mwh = 6600", "P23 1"},
	} {
		err := b.exec(t.Context(), "CREATE OR REPLACE TABLE energy_balance AS FROM good_balance", "CREATE OR REPLACE TABLE heat_network_member AS FROM good_member",
			"CREATE OR REPLACE TABLE heat_network_input AS FROM good_input", "CREATE OR REPLACE TABLE emission AS FROM good_emission", c.sql)
		if err != nil {
			t.Fatal(err)
		}
		if got := outcomes(t, b, ids, counted); got != c.want {
			t.Errorf("%s: found %q, want %q", c.fault, got, c.want)
		}
	}
}
