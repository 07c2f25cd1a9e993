package report

import (
	"testing/fstest"
	"time"

	"samkraft/sinks/tables"
	"samkraft/sinks/tables/tablestest"
)

type cells = tablestest.Cells

// madeUp are the rows of made-up tables.
type madeUp map[string][]cells

// columns are those of the tables that the report reads, as tablestest.Made has them.
var columns = map[string]string{
	"plan":                "plan name_da name_sv name_en currency @base_year @price_year",
	"member":              "country muni_code name %bit",
	"factor":              "factor_id @year #value value_unit mark",
	"agreement":           "agreement_id title_da title_sv title_en status mechanism gain_nature",
	"joint_savings":       "agreement_id #alone_eur #joint_eur #gain_eur #gain_share #gain_p10_eur #gain_p50_eur #gain_p90_eur #gain_probability #gain_mwh #gain_p10_mwh #gain_p50_mwh #gain_p90_mwh #gain_t #gain_p10_t #gain_p50_t #gain_p90_t #byproduct_t recommended_rule ?good_neighbour_ok #transfer_individual_eur %n_draws #assumption_share #example_share ?example ?complete",
	"agreement_incidence": "agreement_id country muni_code ?signs ?loses #gain_eur #low_eur #median_eur #high_eur #gain_probability #exit_value_eur",
	"allocation":          "agreement_id rule country muni_code #gain_eur",
	"stability":           "agreement_id game rule ?in_core #max_excess_eur blocking_members #in_core_probability",
	"energy_balance":      "country muni_code @year flow carrier_id sector_id ?is_total #energy_mwh value_status",
	"energy_normalised":   "country muni_code",
	"end_use":             "country muni_code stock @year #energy_mwh #low_mwh #high_mwh #normalised_mwh grade",
	"emission":            "country muni_code @year view",
	"stock_emission":      "country muni_code stock #co2_t",
	"target":              "country muni_code counts status #target_mwh",
	"renewable_potential": "country muni_code resource level case #energy_mwh #used_mwh #unused_mwh",
	"supply_curve":        "scope home_country home_muni_code measure_id stock #step_mwh #step_eur_per_mwh #step_t",
	"own_measure":         "country muni_code measure_id name",
	"measure_catalogue":   "measure_id name",
	"tornado":             "country muni_code %rank param_id #low_value #value #high_value value_unit mark #gain_eur #low_gain_eur #high_gain_eur ?decision_flip",
	"completeness":        "country muni_code source_id state",
	"check_result":        "check_id row_key state message",
	"source":              "source_id title attribution licence",
	"extract":             "source_id !as_of",
	"agreement_member":    "plan", "boundary": "plan", "carrier": "plan", "coalition_value": "plan", "exit_loss": "plan", "land_ledger": "plan", "lineage": "plan", "measure": "plan",
	"municipality": "plan", "renewable_supply": "plan", "resource_ledger": "plan", "sector": "plan",
}

// folder is the snapshot of made-up tables.
func (m madeUp) folder(t tablestest.T, sample bool) fstest.MapFS {
	var all []tablestest.Table
	for name, list := range columns {
		all = append(all, tablestest.Made(name, list, m[name]...))
	}
	return tablestest.Snapshot(t, sample, all...)
}

// change changes cells of the rows that have a value in a column.
func (m madeUp) change(table, column string, value any, cells ...any) {
	for _, row := range m[table] {
		if row[column] == value {
			for i := 0; i < len(cells); i += 2 {
				row[cells[i].(string)] = cells[i+1]
			}
		}
	}
}

// two is a plan of two members of different size with one signed agreement by which
// both gain, and all of it known.
func two() madeUp {
	koge := func(c cells) cells { c["country"], c["muni_code"] = "DK", "259"; return c }
	stevns := func(c cells) cells { c["country"], c["muni_code"] = "DK", "336"; return c }
	joint := func(id string) cells {
		return cells{"agreement_id": id, "alone_eur": -400000.0, "joint_eur": -500000.0, "gain_eur": 100000.0, "gain_share": 0.25, "gain_p10_eur": 50500.0, "gain_p50_eur": 92000.0, "gain_p90_eur": 160000.0, "gain_probability": 0.97, "gain_mwh": 12.5, "gain_p10_mwh": 0.0, "gain_p50_mwh": 9.5, "gain_p90_mwh": 30.0,
			"gain_t": 4.0, "gain_p10_t": 1.0, "gain_p50_t": 3.0, "gain_p90_t": 9.0, "byproduct_t": 7.25, "recommended_rule": "shapley", "good_neighbour_ok": true, "n_draws": 10000, "assumption_share": 0.0, "example_share": 0.0, "example": false, "complete": true}
	}
	m := madeUp{
		"plan":      {{"plan": "my-plan", "name_da": "Min <plan> & \"din\"", "name_sv": "Min plan", "name_en": "My plan", "currency": "DKK", "base_year": 2023, "price_year": 2025}},
		"member":    {koge(cells{"name": "Køge", "bit": 0}), stevns(cells{"name": "Stevns", "bit": 1})},
		"factor":    {{"factor_id": "dkk_per_eur", "year": 2025, "value": 7.4604, "value_unit": "DKK/EUR", "mark": "S"}, {"factor_id": "price_backstop", "value": 200.0, "value_unit": "EUR/MWh", "mark": "A"}},
		"agreement": {{"agreement_id": "straw", "title_da": "Fælles halm", "title_sv": "Gemensam halm", "title_en": "Shared straw", "status": "signed", "mechanism": "shared_plant", "gain_nature": "resource"}},
		"end_use": {koge(cells{"stock": "heat_fossil", "year": 2019, "grade": "E", "energy_mwh": 900000.0, "low_mwh": 400000.0, "high_mwh": 1400000.0, "normalised_mwh": 950000.0}), koge(cells{"stock": "electricity_household", "year": 2023, "grade": "A", "energy_mwh": 100000.0, "low_mwh": 100000.0, "high_mwh": 100000.0, "normalised_mwh": 100000.0}),
			stevns(cells{"stock": "heat_fossil", "year": 2023, "grade": "B", "energy_mwh": 50000.0, "low_mwh": 50000.0, "high_mwh": 50000.0, "normalised_mwh": 52000.0})},
		"stock_emission": {koge(cells{"stock": "heat_fossil", "co2_t": 180000.0}), stevns(cells{"stock": "heat_fossil", "co2_t": 10000.0})},
		"energy_balance": {koge(cells{"year": 2023, "flow": "FINAL", "carrier_id": "electricity", "sector_id": "HOUS", "is_total": false, "energy_mwh": 200000.0, "value_status": "observed"}),
			stevns(cells{"year": 2023, "flow": "FINAL", "carrier_id": "electricity", "sector_id": "HOUS", "is_total": false, "energy_mwh": 20000.0, "value_status": "observed"})},
		"target": {koge(cells{"counts": "energy", "status": "adopted", "target_mwh": 200000.0}), stevns(cells{"counts": "energy", "status": "adopted", "target_mwh": 10000.0})},
		"supply_curve": {{"scope": "joint", "home_country": "DK", "home_muni_code": "259", "measure_id": "E1", "stock": "electricity_household", "step_mwh": 9000.0, "step_eur_per_mwh": -78.6, "step_t": 1100.0},
			{"scope": "joint", "home_country": "DK", "home_muni_code": "336", "measure_id": "B5", "stock": "heat_fossil", "step_mwh": 400.0, "step_eur_per_mwh": 35.0, "step_t": 80.0}},
		"source":  {{"source_id": "dst", "title": "StatBank", "attribution": "Source: Statistics Denmark", "licence": "CC-BY-4.0"}},
		"extract": {{"source_id": "dst", "as_of": time.Date(2026, 5, 18, 0, 0, 0, 0, time.UTC)}, {"source_id": "dst", "as_of": time.Date(2019, 12, 31, 0, 0, 0, 0, time.UTC)}, {"source_id": "dst"}},
	}
	for _, id := range []string{"straw", tables.AllAgreements} {
		m["joint_savings"] = append(m["joint_savings"], joint(id))
		m["agreement_incidence"] = append(m["agreement_incidence"],
			koge(cells{"agreement_id": id, "signs": true, "loses": false, "gain_eur": 70000.0, "low_eur": 30000.0, "median_eur": 69000.0, "high_eur": 110000.0, "gain_probability": 0.999, "exit_value_eur": 100000.0}),
			stevns(cells{"agreement_id": id, "signs": true, "loses": false, "gain_eur": 30000.0, "low_eur": 20000.0, "median_eur": 31000.0, "high_eur": 50000.0, "gain_probability": 0.97, "exit_value_eur": 90000.0}))
	}
	for _, rule := range []string{"agreed_keys", "shapley"} {
		m["allocation"] = append(m["allocation"], koge(cells{"agreement_id": tables.AllAgreements, "rule": rule, "gain_eur": 70000.0}), stevns(cells{"agreement_id": tables.AllAgreements, "rule": rule, "gain_eur": 30000.0}))
		m["stability"] = append(m["stability"], cells{"agreement_id": tables.AllAgreements, "game": "eur", "rule": rule, "in_core": true, "max_excess_eur": -500.0, "in_core_probability": 0.8})
	}
	for _, resource := range []string{"solar", "straw"} {
		m["renewable_potential"] = append(m["renewable_potential"], koge(cells{"resource": resource, "level": "realisable", "case": "central", "energy_mwh": 5000.0, "used_mwh": 1000.0, "unused_mwh": 4000.0}),
			stevns(cells{"resource": resource, "level": "realisable", "case": "central", "energy_mwh": 700.0, "used_mwh": 650.0, "unused_mwh": 50.0}))
	}
	return m
}
