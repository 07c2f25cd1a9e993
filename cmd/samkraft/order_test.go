package main

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"samkraft/pipeline"
)

// shuffled are files of the sample whose rows are put into another order, with the
// number of lines before the first row.
var shuffled = map[string]int{
	"published/doughnut/ve_kapacitet_scores.csv":                 1,
	"published/doughnut/bolig_fossil_scores.csv":                 1,
	"published/energidataservice/ElectricityBalanceNonv_DK2.csv": 1,
	"published/energidataservice/Elspotprices_DK2.csv":           1,
	"published/scb/EnergiKommKat_total.csv":                      1,
	"published/dst/folk1am_2024m01.csv":                          1,
}

// places are tables that say where in which file a row comes from.
var places = []string{"extract", "lineage"}

// TestOrderOfRows publishes the sample with the rows of files in another order: every
// table but those of the places in the files must come out the same, byte by byte.
func TestOrderOfRows(t *testing.T) {
	t.Parallel()
	folder := dropFolder(t)
	danish, swedish := fewDraws(t)
	want, extracts := tableHashes(t, fewFolder(t))

	draw := rand.New(rand.NewPCG(1, 2))
	for name, head := range shuffled {
		file := filepath.Join(folder, filepath.FromSlash(name))
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		lines := bytes.SplitAfter(bytes.TrimSuffix(content, []byte("\n")), []byte("\n"))
		rows := lines[head:]
		if len(rows) < 2 {
			t.Fatalf("%s has %d rows", name, len(rows))
		}
		// The last line has no end of its own.
		rows[len(rows)-1] = append(slices.Clone(rows[len(rows)-1]), '\n')
		draw.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
		if err := os.WriteFile(file, bytes.Join(lines, nil), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	other := t.TempDir()
	runSamkraft(t, pipeline.Done, "run", danish, swedish, "--mirror", folder, "--workspace", other)
	got, changed := tableHashes(t, other)
	compareHashes(t, "rows in another order", want, got)
	if slices.Equal(extracts, changed) {
		t.Error("the files are the same: nothing was put to the test")
	}
}

// tableHashes are the hashes of the published tables by plan and table, without the
// places of rows in files; and those of table extract.
func tableHashes(t *testing.T, workspace string) (map[string]string, []string) {
	t.Helper()
	tables, extracts := map[string]string{}, []string{}
	for name, hash := range snapshotHashes(t, workspace) {
		base := path.Base(filepath.ToSlash(name))
		if base == "extract.parquet" {
			extracts = append(extracts, hash)
		}
		table, isTable := strings.CutSuffix(base, ".parquet")
		if plan := strings.Split(filepath.ToSlash(name), "/"); isTable && !slices.Contains(places, table) {
			tables[plan[1]+"/"+table] = hash
		}
	}
	if len(tables) < 40 {
		t.Fatalf("only %d tables were published", len(tables))
	}
	slices.Sort(extracts)
	return tables, extracts
}

// ordered are tables in which the members' places in the plan stand, as bits of a
// group or in the order of its names, or decide who gets a cent that cannot be
// shared.
var ordered = []string{"member", "coalition_value", "netting", "allocation", "agreement_incidence", "stability", "joint_savings"}

// TestOrderOfMembers publishes a plan with its members in another order: nothing but
// those tables changes, and in them no member's gain by more than a cent.
func TestOrderOfMembers(t *testing.T) {
	t.Parallel()
	folder := dropFolder(t)
	plan, _ := fewDraws(t)
	text, err := os.ReadFile(plan)
	if err != nil {
		t.Fatal(err)
	}
	head, rest, _ := strings.Cut(string(text), "\nmembers:\n")
	members, tail, _ := strings.Cut(rest, "\ntargets:\n")
	lines := strings.Split(members, "\n")
	if len(lines) != 4 {
		t.Fatalf("the plan has the members %q", lines)
	}
	publish := func(lines ...string) string {
		file := filepath.Join(t.TempDir(), "plan.yaml")
		if err := os.WriteFile(file, []byte(head+"\nmembers:\n"+strings.Join(lines, "\n")+"\ntargets:\n"+tail), 0o644); err != nil {
			t.Fatal(err)
		}
		workspace := t.TempDir()
		runSamkraft(t, pipeline.Done, "run", file, "--mirror", folder, "--workspace", workspace)
		return workspace
	}
	one, other := publish(lines...), publish(lines[2], lines[3], lines[0], lines[1])
	want, _ := tableHashes(t, one)
	got, _ := tableHashes(t, other)
	for _, table := range ordered {
		delete(want, "kobenhavn-syd/"+table)
		delete(got, "kobenhavn-syd/"+table)
	}
	compareHashes(t, "members in another order", want, got)

	file := func(workspace, table string) string {
		files, err := filepath.Glob(filepath.Join(workspace, "snapshots", "kobenhavn-syd", "*", table+".parquet"))
		if err != nil || len(files) != 1 {
			t.Fatalf("%s is in %q (%v)", table, files, err)
		}
		return readParquet(files[0])
	}
	for _, c := range []struct {
		table, key string
		least      int
	}{{"allocation", "scenario_id, agreement_id, rule, country, muni_code", 100}, {"agreement_incidence", "scenario_id, agreement_id, country, muni_code", 20}} {
		var rows, apart int
		query := "SELECT count(*), count(*) FILTER ((abs(a.gain_eur - b.gain_eur) <= 0.0101) IS NOT true AND a.gain_eur IS NOT NULL) FROM " + file(one, c.table) + " a FULL JOIN " + file(other, c.table) +
			" b USING (" + c.key + ")"
		if err := openDuckDB(t).QueryRowContext(t.Context(), query).Scan(&rows, &apart); err != nil {
			t.Fatal(err)
		}
		if rows < c.least || apart > 0 {
			t.Errorf("%s: of %d gains %d are others", c.table, rows, apart)
		}
	}
}
