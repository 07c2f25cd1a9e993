package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"samkraft/pipeline"
)

// ownPlan is a plan with own data of every kind.
const ownPlan = "../../testdata/own/plan.yaml"

// kindsPlan is a plan with targets and agreements of the kinds that the built-in
// plans have not.
const kindsPlan = "../../testdata/kinds/plan.yaml"

var ownSample, kindsSample planSample

// snapshot makes the workspace, once, and returns the plan's snapshot.
func (p *planSample) snapshot(t testing.TB, file, id string) snapshot {
	t.Helper()
	p.run(t, func() []string { return []string{"run", file, "--sample"} })
	snapshots := pipeline.Snapshots{Disk: pipeline.Disk(p.folder)}
	s, err := readSnapshot(id, snapshots.Disk.Path(snapshots.Folder(id, latest(t, p.folder, id))))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// ownSnapshot returns the snapshot of the plan with data of its own.
func ownSnapshot(t testing.TB) snapshot { return ownSample.snapshot(t, ownPlan, "own-data") }

// TestOwnFigures follows what a plan states itself to where it counts.
func TestOwnFigures(t *testing.T) {
	ownSnapshot(t)
	for _, c := range []struct{ what, sql, want string }{
		{"corrections stand in their tables, with what the publisher says", `SELECT population, published_population, stated_by FROM population WHERE muni_code = '253' AND date = '2024-01-01'
			UNION ALL SELECT power_mw, published_mw, stated_by FROM capacity WHERE stated_by <> 'publisher'
			UNION ALL SELECT energy_mwh, published_mwh, stated_by FROM end_use WHERE stated_by <> 'publisher'
			UNION ALL SELECT energy_mwh, published_mwh, stated_by FROM energy_balance WHERE stated_by = 'correction'`,
			"52175,52157,correction 18.4,17.1,correction 180000,251036.66,correction 9100,9529,correction"},
		{"what is made of a corrected figure follows it", "SELECT energy_mwh FROM end_use WHERE muni_code = '1315' AND stock = 'electricity_service'", "22737"},
		{"so does what stands beside it", "SELECT heat_mwh, value_status FROM end_use WHERE muni_code = '259' AND stock = 'heat_fossil'", "174600,observed"},
		{"a figure that no publisher has", "SELECT energy_mwh, stated_by, source_id, grade, low_mwh FROM energy_balance WHERE stated_by = 'figure' ORDER BY energy_mwh", "640.000,figure,own,C,640.000 31000.500,figure,own,C,31000.500"},
		{"a secret figure that follows from a stated one, and the total that tells it", "SELECT sector_id, energy_mwh IS NULL, publishable, method_id FROM energy_balance WHERE muni_code = '1380' AND year = 2020 AND carrier_id = 'LIQ_F' AND sector_id IN ('IND', 'TOTAL') ORDER BY 1",
			"IND,true,false,kre_withheld TOTAL,true,false,kre_withheld"},
		{"nothing has moved", "SELECT count(*), count(*) FILTER (found), count(*) FILTER (moved) FROM correction", "4,4,0"},
		{"an own measure is an option on its stock", "SELECT potential_mwh, group_id, own, saved_t IS NOT NULL FROM measure WHERE measure_id = 'pool'", "620,heat_district,true,true"},
		{"own measures of a group of their own", "SELECT group_id, saved_t FROM measure WHERE measure_id LIKE 'pumps%' ORDER BY measure_id", "village-halls,38 village-halls,55"},
		{"money is put into euro of 2025", "SELECT round(invest_eur - 2400000 / 7.46038 * 1.0255, 2) FROM measure WHERE measure_id = 'pool'", "0"},
		{"a decided measure belongs to the reference", "SELECT counted, reason, (SELECT count(*) FROM measure WHERE measure_id = 'school-roof') FROM own_measure WHERE decided", "false,decided: it is part of the reference,0"},
		{"own measures are on the supply curves", "SELECT DISTINCT measure_id FROM supply_curve WHERE scope = 'joint' AND measure_id IN ('pumps-a', 'street-light') ORDER BY 1", "pumps-a street-light"},
		{"the catalogue's coefficient takes the place of the program's", "SELECT value, low, high, mark FROM factor WHERE factor_id = 'own_b5_saving'", "0.12,0.08,0.15,S"},
		{"with its packages and measures alone", "SELECT DISTINCT measure_id FROM measure WHERE measure_id LIKE '%X%' ORDER BY 1", "B5+X1 B5+X2 X1"},
		{"own rows lead back to the plan's own files", "SELECT location FROM lineage WHERE source_id = 'own' AND table_name = 'population' AND row_key = 'DK|253|2024-01-01'", "line 3"},
		{"buildings are a memo", "SELECT count(*), sum(energy_mwh) FROM own_building", "4,3320.000"},
		// The pool uses 2 110.5 MWh of heat and 830 of electricity on 4 200 m2: a fifth is saved, and 30 EUR/m2 are shared by energy.
		{"a package on the municipality's own buildings", "SELECT measure_id, stock, potential_mwh, round(invest_eur * 2940.5 / if(stock = 'heat_district', 2110.5, 830)), group_id = stock FROM measure WHERE measure_id LIKE 'M1%' AND muni_code = '253' ORDER BY 1",
			"M1-electricity,electricity_service,166,126000,true M1-heat,heat_district,422.1,126000,true"},
		{"nobody misses what a plan does not state", "SELECT count(*) FROM completeness WHERE source_id = 'own'", "0"},
	} {
		if got := answer(t, ownSample.folder, "own-data", c.sql); got != c.want {
			t.Errorf("%s: %q, expected %q", c.what, got, c.want)
		}
	}
}

// TestOwnDataLives takes a plan with own data through a new edition of a publisher's
// file and through faults that show only beside the publishers' figures.
func TestOwnDataLives(t *testing.T) {
	t.Parallel()
	mirror, folder, workspace := dropFolder(t), t.TempDir(), t.TempDir()
	if err := os.CopyFS(folder, os.DirFS(filepath.Dir(ownPlan))); err != nil {
		t.Fatal(err)
	}
	plan := filepath.Join(folder, "plan.yaml")
	run := func(want pipeline.ExitCode, args ...string) string {
		t.Helper()
		return runSamkraft(t, want, append([]string{"run", plan, "--workspace", workspace}, args...)...)
	}
	change := func(name string, spoil func(*testing.T, []byte) []byte) (undo func()) {
		t.Helper()
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		os.Chmod(name, 0o644)
		if err := os.WriteFile(name, spoil(t, bytes.Clone(content)), 0o644); err != nil {
			t.Fatal(err)
		}
		return func() { os.WriteFile(name, content, 0o644) }
	}
	run(pipeline.Done, "--mirror", mirror)
	first := latest(t, workspace, "own-data")
	if out := run(pipeline.Done, "--mirror", mirror); !strings.Contains(out, "nothing new") {
		t.Errorf("a run without anything new says:\n%s", out)
	}
	for _, gone := range []string{"stage", "models", "snapshots"} {
		if err := os.RemoveAll(filepath.Join(workspace, gone)); err != nil {
			t.Fatal(err)
		}
	}
	run(pipeline.Done, "--offline", "--threads", "1")
	if again := latest(t, workspace, "own-data"); again != first {
		t.Errorf("from the archive and one thread snapshot %s, from the folder %s", again, first)
	}

	// The publisher changes one of the corrected figures.
	change(filepath.Join(mirror, "published", "dst", "folk1am_2024m01.csv"), replace("52157", "52160"))
	if out := run(pipeline.Done, "--mirror", mirror); !strings.Contains(out, "P12 (1)") {
		t.Errorf("a figure has moved under a correction, and the summary does not say so:\n%s", out)
	}
	moved := "SELECT table_name, published_then, published_now, corrected FROM correction WHERE moved"
	if got := answer(t, workspace, "own-data", moved); got != "population,52157,52160,52175" {
		t.Errorf("moved: %q", got)
	}
	if got := answer(t, workspace, "own-data", "SELECT population FROM population WHERE muni_code = '253' AND date = '2024-01-01'"); got != "52175" {
		t.Errorf("the correction did not survive: %s", got)
	}
	good := latest(t, workspace, "own-data")

	add := func(file, row string) (undo func()) {
		t.Helper()
		return change(filepath.Join(folder, file), func(_ *testing.T, content []byte) []byte { return append(content, row...) })
	}
	// Faults of the files themselves are told before anything is run.
	for _, c := range []struct{ file, row, says string }{
		{"measures-se.csv", "Hylte,lamps,Lamps,heat_fossil,23,1000,SEK,2023,-20,nej,tender\n", `measures-se.csv, line 3, column "lifetime": "-20" is out of bounds`},
		{"packages.csv", "heat_other,B5+X9\n", `packages.csv, line 4, column "measures": there is no measure "X9"`},
	} {
		undo := add(c.file, c.row)
		for _, out := range []string{run(pipeline.Usage, "--mirror", mirror), runSamkraft(t, pipeline.Usage, "plans", "check", plan)} {
			if !strings.Contains(out, c.says) {
				t.Errorf("%s: expected %q in\n%s", c.file, c.says, out)
			}
		}
		undo()
	}
	// Faults that show beside the publishers' figures withhold the plan.
	undo := []func(){
		add("corrections.csv", "Greve;capacity;1999;;;;;pv;energidataservice;power_mw;1;2;office;2026-03-12;why;file\n"+
			"Halmstad;energy_balance;2020;;;LIQ_F;TOTAL;;;energy_mwh;;750000;office;2026-03-12;why;file\n"),
		add("figures.csv", "1315,population,,2024-12-31,,,population,10000,office,register\n"),
		add("measures-se.csv", "Hylte,lamps,Lamps,heat_fossil,235,1000,SEK,2023,20,nej,tender\n"),
	}
	out := run(pipeline.Withheld, "--mirror", mirror)
	for _, says := range []string{
		`corrections.csv, line 6, column "year": table capacity has no such row to correct`,
		`corrections.csv, line 7, column "table": this figure is withheld because a secret one follows from it`,
		`figures.csv, line 5, column "value": the publisher has a figure, 10196`,
		`measures-se.csv, line 3, column "saved_mwh": saves up to 235`,
	} {
		if !strings.Contains(out, says) {
			t.Errorf("expected %q in\n%s", says, out)
		}
	}
	for _, u := range undo {
		u()
	}
	if now := latest(t, workspace, "own-data"); now != good {
		t.Errorf("snapshot %s stood, now %s", good, now)
	}
	if out := runSamkraft(t, pipeline.Done, "plans", "check", plan); !strings.Contains(out, "7 files of its own data") {
		t.Errorf("plans check says:\n%s", out)
	}
	runSamkraft(t, pipeline.Done, "verify", "--workspace", workspace)
}
