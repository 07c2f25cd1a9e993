package main

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"samkraft/pipeline"
)

// TestTargetsOfBothKinds makes a plan of two countries with targets of energy and of
// CO2, and heat pumps that cannot all be fitted, and the same without: neither
// target is met by chance, and what is scarce costs.
func TestTargetsOfBothKinds(t *testing.T) {
	t.Parallel()
	folder, plans, workspace := dropFolder(t), t.TempDir(), t.TempDir()
	run := func(id, targets, parameters string) string {
		file := filepath.Join(plans, id+".yaml")
		text := "id: " + id + "\nname: {en: Both}\nbase_year: 2020\nmembers: [{country: DK, code: \"253\"}, {country: DK, code: \"259\"}, {country: SE, code: \"1380\"}]\n" +
			"targets:\n  - {members: all, kind: final_energy_share, value: -0.15, year: 2035, basis: normalised, scope: [no_transport, no_industry]}\n" + targets +
			"agreements:\n  - {id: common-target, title: {en: Common target}, mechanism: pooled_target, signatories: all, key: {shares: gain}" + parameters + "}\n" +
			"uncertainty: {draws: 20}\n"
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return runSamkraft(t, pipeline.Done, "run", file, "--mirror", folder, "--workspace", workspace)
	}
	const carbon = "  - {members: [\"253\", \"1380\"], kind: co2_share, value: -0.65, year: 2030, scope: [no_transport, no_industry]}\n"
	told := run("both", carbon, "")
	if !strings.Contains(told, "t of CO2 a year) and together") {
		t.Errorf("the sentence does not tell both targets:\n%s", told)
	}
	run("scarce", carbon, `, parameters: {resources: [{id: fitters, per: eur, measures: [H2, H3], available: {"253": 3.0e+7, "259": 0, "1380": 0}}]}`)
	run("energy", "", "")
	for _, c := range []struct{ plan, sql, want string }{
		{"both", "select muni_code, kind, target_mwh is null, target_t is null, basis from target order by 1, 2",
			"1380,co2_share,true,false,raw 1380,final_energy_share,false,true,normalised 253,co2_share,true,false,raw 253,final_energy_share,false,true,normalised 259,final_energy_share,false,true,normalised"},
		// Energy by factor, stock by stock, and a share of it.
		{"both", `select count(*) from (select t.base_t, t.target_t, fsum(e.energy_mwh * coalesce(s.factor_kg_per_mwh, 0) / 1000 order by e.stock) as parts
			from target t join end_use e using (country, muni_code) join stock_emission s using (country, muni_code, stock) where t.kind = 'co2_share' and not e.industry group by all)
			where abs(base_t - parts) < 0.001 and abs(target_t - 0.65 * parts) < 0.001`, "2"},
		{"both", "select round(target_t - (select sum(target_t) from target), 2), round(target_mwh - (select sum(target_mwh) from target), 2), gain_eur > 0, gain_mwh is null, gain_t is null, n_draws from joint_savings where agreement_id = 'common-target'", "0,0,true,true,true,20"},
		{"both", "select count(*) from joint_savings where sentence_da like '%GWh og%t CO2%' and sentence_sv like '%GWh och%t CO2%'", "1"},
		{"both", "select count(*), max(marginal_eur_per_t) > 0 from coalition_value where agreement_id = 'common-target'", "7,true"},
		{"both", "select bool_and(in_core) from stability where rule = 'price' and agreement_id = 'common-target'", "true"},
		{"both", "select count(*) from check_result where severity = 'error' and state = 'failed'", "0"},
		{"energy", "select gain_mwh is null, target_t is null, n_draws from joint_savings where agreement_id = 'common-target'", "false,true,20"},
	} {
		if got := answer(t, workspace, c.plan, c.sql); got != c.want {
			t.Errorf("%s: %s\n got %s\nwant %s", c.plan, c.sql, got, c.want)
		}
	}
	// Every group pays more for more targets, and more again for what is scarce.
	costs := map[string][]string{}
	for _, plan := range []string{"energy", "both", "scarce"} {
		costs[plan] = strings.Fields(answer(t, workspace, plan, "select (cost_eur * 100)::bigint from coalition_value where agreement_id = 'common-target' order by coalition_mask"))
	}
	for i := range costs["energy"] {
		if energy, both, scarce := cents(t, costs["energy"][i]), cents(t, costs["both"][i]), cents(t, costs["scarce"][i]); energy > both+1 || both > scarce+1 {
			t.Errorf("group %d pays %d, %d and %d cents for energy, for CO2 too, and with few fitters", i+1, energy, both, scarce)
		}
	}
	if costs["energy"][6] == costs["both"][6] || costs["both"][6] == costs["scarce"][6] {
		t.Errorf("nothing binds: all together pay %s, %s and %s cents", costs["energy"][6], costs["both"][6], costs["scarce"][6])
	}
}

// TestTargetsOfAmounts makes a plan with levels instead of shares, heat without oil
// and gas, renewable electricity, and use that would change without a plan: 12 years
// from 2023 to 2035, 2 % less fossil heat and 1 % more of businesses' electricity a year.
func TestTargetsOfAmounts(t *testing.T) {
	t.Parallel()
	folder, plans, workspace := dropFolder(t), t.TempDir(), t.TempDir()
	file := filepath.Join(plans, "amounts.yaml")
	text := `id: amounts
name: {en: Amounts}
members: [{country: DK, code: "253"}, {country: DK, code: "259"}, {country: SE, code: "1380"}]
targets:
  - {members: ["253"], kind: final_energy_mwh, value: 100000, year: 2035}
  - {members: ["259"], kind: fossil_free_heat, year: 2035}
  - {members: ["1380"], kind: final_energy_mwh, value: 99000000, year: 2030}
  - {members: all, kind: renewable_electricity_share, value: 1, year: 2035}
reference: {heat_fossil: -0.02, electricity_business: 0.01}
uncertainty: {draws: 20}
`
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	runSamkraft(t, pipeline.Done, "run", file, "--mirror", folder, "--workspace", workspace)
	const grown = `(select fsum(energy_mwh * case stock when 'heat_fossil' then 0.98 ^ 12 when 'electricity_business' then 1.01 ^ 12 else 1 end order by stock) from end_use where muni_code = '253')`
	for _, c := range []struct{ sql, want string }{
		{"select muni_code, kind, counts, one_stock, value_share from target order by all",
			"1380,final_energy_mwh,energy,-, 1380,renewable_electricity_share,renewable_electricity,-,1 253,final_energy_mwh,energy,-, 253,renewable_electricity_share,renewable_electricity,-,1 259,fossil_free_heat,co2,heat_fossil, 259,renewable_electricity_share,renewable_electricity,-,1"},
		{"select abs(reference_mwh - " + grown + ") < 0.01, abs(target_mwh - (" + grown + " - 100000)) < 0.01, level_mwh from target where muni_code = '253' and counts = 'energy'", "true,true,100000"},
		// A level above all use asks for nothing.
		{"select target_mwh, level_mwh from target where muni_code = '1380' and counts = 'energy'", "0,99000000"},
		{"select abs(base_t - (select co2_t from stock_emission where muni_code = '259' and stock = 'heat_fossil')) < 0.001, abs(target_t - base_t * 0.98 ^ 12) < 0.001, level_t, target_mwh is null from target where kind = 'fossil_free_heat'", "true,true,0,true"},
		{`select count(*) from target t join (select country, muni_code, fsum(if(flow = 'consumption', energy_mwh, -energy_mwh)::double order by flow) as missing from electricity_year group by all) e using (country, muni_code)
			where t.counts = 'renewable_electricity' and t.complete and abs(t.missing_mwh - greatest(e.missing, 0)) < 0.001`, "3"},
		// What would be used without a plan is what the target counts from, and its measures are at home.
		{"select count(*) from scenario s join target t using (country, muni_code) where s.scenario_id = 'REF' and s.year = t.year and t.counts <> 'renewable_electricity' and abs(s.energy_mwh - t.reference_mwh) < 0.01", "3"},
		{"select count(*), min(year), max(year) from scenario where scenario_id = 'PLAN_JOINT' and muni_code = '-'", "13,2023,2035"},
		{"select bool_and(abs(s.cost_eur + s.bought_eur - c.cost_eur) < 0.02) from scenario s join member m using (country, muni_code) join coalition_value c on c.coalition_mask = 1 << m.bit where s.scenario_id = 'PLAN_ALONE' and s.year = 2035", "true"},
		{"select count(*) from check_result where severity = 'error' and state = 'failed'", "0"},
		{"select state from check_result where check_id = 'C36'", "passed"},
	} {
		if got := answer(t, workspace, "amounts", c.sql); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.sql, got, c.want)
		}
	}
}

func cents(t *testing.T, text string) int64 {
	t.Helper()
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
