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
	folder := dropFolder(t)
	workspace := t.TempDir()
	runSamkraft(t, pipeline.Done, "run", "--mirror", folder, "--workspace", workspace)
	want, extracts := tableHashes(t, workspace)

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
	runSamkraft(t, pipeline.Done, "run", "--mirror", folder, "--workspace", other)
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
	if len(tables) < 60 {
		t.Fatalf("only %d tables were published", len(tables))
	}
	slices.Sort(extracts)
	return tables, extracts
}
