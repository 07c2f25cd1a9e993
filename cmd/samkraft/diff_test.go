package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"samkraft/pipeline"
)

// TestDiff changes the population of Greve by a thousand in a publisher's file: the
// run that reads it says so, and diff says it of the two snapshots.
func TestDiff(t *testing.T) {
	t.Parallel()
	folder, workspace := dropFolder(t), t.TempDir()
	plan := filepath.Join(t.TempDir(), "two.yaml")
	text := "id: two\nname: {da: To}\nmembers: [{country: DK, code: \"253\"}, {country: DK, code: \"259\"}]\nuncertainty: {draws: 0}\n"
	if err := os.WriteFile(plan, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	first := runSamkraft(t, pipeline.Done, "run", plan, "--mirror", folder, "--workspace", workspace)
	if strings.Contains(first, "samkraft diff") {
		t.Errorf("a first run has nothing to compare with:\n%s", first)
	}
	before, err := (pipeline.Snapshots{Disk: pipeline.Disk(workspace)}).Latest("two")
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(folder, "published", "dst", "folk1am_2024m01.csv")
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	changed := bytes.Replace(content, []byte("2024M01,52157"), []byte("2024M01,53157"), 1)
	if bytes.Equal(changed, content) {
		t.Fatalf("%s has no 52157 people", file)
	}
	if err := os.WriteFile(file, changed, 0o644); err != nil {
		t.Fatal(err)
	}
	const line = "253 2024-01-01: population 52157 → 53157 (+1000)"
	second := runSamkraft(t, pipeline.Done, "run", plan, "--mirror", folder, "--workspace", workspace)
	for _, want := range []string{"Since snapshot " + before, "dst FOLK1A: 1 rows changed, 0 came, 0 went", line, "Gain a year, all agreements: "} {
		if !strings.Contains(second, want) {
			t.Errorf("the run does not say %q:\n%s", want, second)
		}
	}
	told := runSamkraft(t, pipeline.Done, "diff", "two/"+before, "two/latest", "--workspace", workspace)
	for _, want := range []string{line, "\nTables:\n  ", "  population: 1 rows changed, 0 came, 0 went\n    " + line} {
		if !strings.Contains(told, want) {
			t.Errorf("diff does not say %q:\n%s", want, told)
		}
	}
	var d difference
	if err := json.Unmarshal([]byte(runSamkraft(t, pipeline.Done, "diff", "two/"+before, "two/latest", "--workspace", workspace, "--format", "json")), &d); err != nil {
		t.Fatal(err)
	}
	if d.Method || d.PlanFile || len(d.Skipped) > 0 || len(d.Figures) != 1 || *d.Figures[0].Largest[0].Delta != 1000 || len(d.Headline) != 2 || d.Headline[0].Old == nil {
		t.Errorf("%+v", d)
	}
	rows := runSamkraft(t, pipeline.Done, "diff", "two/latest", "two/"+before, "--workspace", workspace, "--format", "table")
	if !strings.Contains(rows, "-1000") || !strings.HasPrefix(rows, "TABLE ") {
		t.Errorf("%s", rows)
	}
	if same := runSamkraft(t, pipeline.Done, "diff", "two/latest", "two/latest", "--workspace", workspace); !strings.Contains(same, "No figure of a publisher changed") || strings.Contains(same, "Tables") {
		t.Errorf("%s", same)
	}
	for _, args := range [][]string{{"two"}, {"two/x", "two/latest"}, {"two", "latest"}, {"other/latest", "two/latest"}} {
		runSamkraft(t, pipeline.Usage, append([]string{"diff", "--workspace", workspace}, args...)...)
	}
}
