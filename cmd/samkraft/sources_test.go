package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"samkraft/pipeline"
)

// TestSourcesUnused lists what would be fetched for a plan: what no table is made of
// only where the plan names it. Listing makes nothing in the workspace.
func TestSourcesUnused(t *testing.T) {
	const members = "id: sun\nname: {en: Sun}\nbase_year: 2023\nmembers: [{country: DK, code: \"253\"}, {country: SE, code: \"1380\"}]\n"
	for _, c := range []struct {
		data string
		want map[string]bool // data set: fetched
	}{
		{"", map[string]bool{"municipalityValue": true, "PVcalc": true, "EN0105_4": true, "BYGB40": true, "seriescalc": false, "BOL102": false, "nrg_chddr2_a": false, "nrg_chddr2_m": false}},
		{"data: [{source: pvgis, dataset: seriescalc}, {source: dst}]\n", map[string]bool{"municipalityValue": false, "PVcalc": false, "BYGB40": true, "seriescalc": true, "BOL102": false}},
	} {
		folder := t.TempDir()
		plan, workspace := filepath.Join(folder, "sun.yaml"), filepath.Join(folder, "workspace")
		if err := os.WriteFile(plan, []byte(members+c.data), 0o644); err != nil {
			t.Fatal(err)
		}
		var all []sourceInfo
		if err := json.Unmarshal([]byte(runSamkraft(t, pipeline.Done, "sources", plan, "--workspace", workspace, "--format", "json")), &all); err != nil {
			t.Fatal(err)
		}
		seen := 0
		for _, s := range all {
			if fetched, listed := c.want[s.DataSet]; listed {
				seen++
				if s.Live != fetched || fetched != (s.Pieces > 0) || s.Due != s.Pieces {
					t.Errorf("%q: %s %s: %+v, want it fetched: %v", c.data, s.Source, s.DataSet, s, fetched)
				}
			}
			if unread := s.Source == "eurostat" || s.DataSet == "BOL102" || s.DataSet == "seriescalc"; unread && s.Used || s.DataSet == "PVcalc" && !s.Used {
				t.Errorf("%s %s: used %v", s.Source, s.DataSet, s.Used)
			}
		}
		if seen != len(c.want) {
			t.Errorf("%d of %d data sets are listed", seen, len(c.want))
		}
		text := runSamkraft(t, pipeline.Done, "sources", plan, "--workspace", workspace)
		for _, line := range strings.Split(text, "\n") {
			if strings.Contains(line, "nrg_chddr2_a") && !strings.Contains(line, "unused") || strings.Contains(line, "PVcalc") && strings.Contains(line, "unused") {
				t.Errorf("%q: %s", c.data, line)
			}
		}
		if _, err := os.Stat(workspace); err == nil {
			t.Error("listing has made a workspace")
		}
	}
}
