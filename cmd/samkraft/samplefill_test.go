package main

import (
	"database/sql"
	"slices"
	"strings"
	"testing"

	"samkraft/pipeline"
)

// builtin are the built-in plans by the country of their members.
var builtin = map[string]string{"DK": "kobenhavn-syd", "SE": "goda-grannar"}

// ownPlanTables are filled by a plan's own data, and no built-in plan has any.
var ownPlanTables = []string{"correction", "own_building", "own_figure", "own_measure"}

// danish are the tables that no publisher at hand fills for a Swedish plan, and what
// completeness says of it.
var danish = map[string]string{
	"building_stock": "no publisher that is read states dwellings and their floor in Sweden",
	"heat_demand":    "in Sweden the carrier of the heat is known",
	"hourly":         "no publisher that is read has Swedish ones by the hour",
	"turbine_year":   "the Swedish one, vindbrukskollen, states no production",
}

// TestSampleFillsTables finds every published table filled for both countries, by
// the built-in plan or, what only a plan itself can state, by that with own data;
// or empty with the reason.
func TestSampleFillsTables(t *testing.T) {
	db, snapshots := openDuckDB(t), map[string]snapshot{}
	for _, s := range sampleSnapshots(t) {
		snapshots[s.plan] = s
	}
	for country, plan := range builtin {
		for _, table := range snapshots[plan].tables {
			reason, exempt := danish[table.name]
			switch exempt = exempt && country == "SE"; {
			case slices.Contains(ownPlanTables, table.name):
				own := snapshots["own-data"].table(t, table.name)
				if firstColumn(t, db, "SELECT count(*)::VARCHAR FROM "+readParquet(own.file)+" WHERE country = '"+country+"'")[0] == "0" {
					t.Errorf("table %s has nothing of %s in the plan with own data", table.name, country)
				}
			case exempt && table.rows > 0:
				t.Errorf("table %s is filled in %s: take it off the list of those that cannot be", table.name, plan)
			case exempt:
				said := firstColumn(t, db, "SELECT state || ': ' || reason FROM "+readParquet(snapshots[plan].table(t, "completeness").file)+" WHERE source_id = 'samkraft' AND dataset = '"+table.name+"'")
				if len(said) != 1 || !strings.HasPrefix(said[0], "missing: ") || !strings.Contains(said[0], reason) {
					t.Errorf("%s: completeness says of table %s %q, expected that it is missing because %s", plan, table.name, said, reason)
				}
			case table.rows == 0:
				t.Errorf("table %s is empty in %s", table.name, plan)
			}
		}
	}
}

// elsewhere are the checks that do not look at both built-in plans of the sample:
// which they look at, or own for the plan with own data, and why.
var elsewhere = map[string]struct{ where, why string }{
	"C02": {"SE", "no publisher states final use of fuels in Denmark, so not all carriers close"}, "C03": {"SE", "as C02"},
	"C04": {"", "no publisher at hand states a group of carriers beside its members"},
	"C06": {"SE", "Danish publishers state no totals of use"}, "C06b": {"SE", "as C06"}, "C06c": {"SE", "as C06"}, "P02": {"SE", "as C06"},
	"P06": {"SE", "as C06"}, "P08": {"SE", "as C06"}, "P09": {"SE", "as C06"}, "P10": {"SE", "as C06"},
	"C11a": {"DK", "no Swedish publisher has municipalities by the hour"}, "C11b": {"DK", "as C11a"},
	"C24": {"", "no publisher at hand states the upper heating value"},
	"C25": {"SE", "the Danish count of producers has ambient heat, so it is not estimated"}, "C25b": {"DK", "C25 is the Swedish one"},
	"C28": {"SE", "the Danish count of producers has no totals"},
	"C30": {"own", "it is of corrections"}, "C31": {"own", "it is of own figures"}, "C32": {"own", "it is of own measures"}, "C33": {"own", "it is of own figures"},
	"D05": {"DK", "SCB has waste in the groups of solid fuels"},
	"P07": {"own", "it is of own buildings"}, "P12": {"own", "it is of corrections"}, "P13": {"own", "it is of own measures"},
	"P21": {"DK", "only Denmark has a list of networks"}, "P23": {"DK", "it is of Danish heat demand"}, "P24": {"DK", "it is of the Danish building stock"},
	"P25": {"DK", "it is of Danish degree days"}, "P26": {"SE", "it is of Swedish wind power"},
}

// TestSampleReachesChecks finds every check with something to look at: in both
// built-in plans of the sample, or where the list above says.
func TestSampleReachesChecks(t *testing.T) {
	db, reached := openDuckDB(t), map[string][]string{}
	all := map[string]bool{}
	for _, s := range sampleSnapshots(t) {
		where := "own"
		for country, plan := range builtin {
			if plan == s.plan {
				where = country
			}
		}
		for _, line := range firstColumn(t, db, "SELECT DISTINCT check_id || ' ' || (state <> 'not_applicable') FROM "+readParquet(s.table(t, "check_result").file)+" ORDER BY 1") {
			id, applies, _ := strings.Cut(line, " ")
			all[id] = true
			if applies == "true" && s.plan != "other-kinds" {
				reached[id] = append(reached[id], where)
			}
		}
	}
	for id := range all {
		got := reached[id]
		slices.Sort(got)
		got = slices.DeleteFunc(got, func(where string) bool { return where == "own" && len(got) > 1 })
		want := "DK SE"
		if e, listed := elsewhere[id]; listed {
			want = e.where
		}
		if strings.Join(got, " ") != want {
			t.Errorf("check %s has something to look at in %q, expected %q", id, got, want)
		}
	}
	for id := range elsewhere {
		if !all[id] {
			t.Errorf("there is no check %s", id)
		}
	}
}

// TestSampleReachesBranches finds every kind of what a plan can say, and every way in
// which a figure can come about, in one of the sample's plans at least.
func TestSampleReachesBranches(t *testing.T) {
	db, snapshots := openDuckDB(t), sampleSnapshots(t)
	for _, c := range []struct {
		table, column string
		want          []string
	}{
		{"agreement", "mechanism", pipeline.Mechanisms},
		{"agreement", "status", []string{"example", "proposed", "signed"}},
		{"agreement", "key_type", []string{"equal", "final_energy", "mixed", "own", "population", "target", "use"}},
		{"agreement", "gain_nature", []string{"accounting", "resource", "transfer"}},
		{"target", "kind", []string{pipeline.FinalEnergyShare, pipeline.FinalEnergyMWh, pipeline.CO2Share, pipeline.CO2Tonnes, pipeline.FossilFreeHeat, pipeline.RenewableElectricityShare}},
		{"target", "basis", []string{"normalised", "raw"}},
		{"target", "status", []string{"adopted", "example", "proposed"}},
		{"heat_network", "chp_method", []string{"125", "200"}},
		{"heat_network_member", "key_id", []string{"heat_demand", "one_member"}},
		{"energy_balance", "flow", []string{"CONVLOSS", "DIFF", "FINAL", "GROSS", "LOSS", "NET_IMP", "PROD", "TRF_IN", "TRF_OUT"}},
		{"energy_balance", "grade", []string{"A", "B", "C", "D", "E"}},
		{"energy_balance", "value_status", []string{"derived", "estimated", "observed", "suppressed", "zero"}},
		{"energy_balance", "method_id", []string{"boiler_efficiency", "closing", "eds_iso_weeks", "ept", "heat_is_input", "heat_pump_cop", "heat_pump_share", "kre", "kre_bounds", "kre_ipf", "kre_withheld", "loss_rate",
			"nature_gives", "network_share", "own", "pv_yield", "residual", "turbine_yield", "wind_register"}},
		{"end_use", "value_status", []string{"derived", "estimated", "observed"}},
		{"energy_normalised", "method_id", []string{"degree_days", "none", "unchanged"}},
		{"renewable_potential", "limit_kind", []string{"demand", "resource"}},
		{"scenario", "scenario_id", []string{"PLAN_ALONE", "PLAN_JOINT", "PLAN_JOINT_budget", "REF"}},
		{"burden", "rule", []string{"by_potential", "equal_share", "own_target", "per_capita"}},
		{"turbine", "status", []string{"decommissioned", "dropped", "permitted", "refused", "standing", "under_appeal"}},
		{"completeness", "state", []string{"complete", "missing", "not_applicable", "partial", "suppressed"}},
	} {
		var files []string
		for _, s := range snapshots {
			files = append(files, "SELECT "+c.column+" AS kind FROM "+readParquet(s.table(t, c.table).file))
		}
		got := firstColumn(t, db, "SELECT DISTINCT kind FROM ("+strings.Join(files, " UNION ALL ")+") WHERE kind IS NOT NULL ORDER BY kind")
		want := slices.Sorted(slices.Values(c.want))
		if !slices.Equal(got, want) {
			t.Errorf("%s.%s: the sample has %v, expected %v", c.table, c.column, got, want)
		}
	}
	for _, s := range snapshots {
		if s.plan == "own-data" {
			continue // its catalogue has packages for stocks that the built-in ones cover
		}
		unused := firstColumn(t, db, "SELECT group_id || ' ' || measure_id FROM "+readParquet(s.table(t, "measure_catalogue").file)+" c ANTI JOIN "+readParquet(s.table(t, "measure").file)+" m USING (group_id, measure_id) ORDER BY 1")
		if len(unused) > 0 {
			t.Errorf("%s: nobody is offered %v", s.plan, unused)
		}
	}
}

// table returns a table of the snapshot by its name.
func (s snapshot) table(t testing.TB, name string) snapshotTable {
	t.Helper()
	for _, table := range s.tables {
		if table.name == name {
			return table
		}
	}
	t.Fatalf("%s has no table %s", s.plan, name)
	return snapshotTable{}
}

// firstColumn runs a query of one column of texts.
func firstColumn(t testing.TB, db *sql.DB, query string) []string {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			t.Fatal(err)
		}
		all = append(all, text)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}
