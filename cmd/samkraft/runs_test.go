package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"samkraft/pipeline"
)

// TestRuns lists records by each filter, and shows one in full with its log.
func TestRuns(t *testing.T) {
	workspace := t.TempDir()
	at := func(text string) time.Time {
		when, err := time.Parse(time.RFC3339, text)
		if err != nil {
			t.Fatal(err)
		}
		return when
	}
	began := at("2025-12-30T05:15:00Z")
	for _, r := range []pipeline.Record{
		{ID: "20251130T051500.000Z", Started: at("2025-11-30T05:15:00Z"), State: pipeline.CutOff, Plans: []string{"one"}, By: "one for 2025-11-30T06:15:00+01:00"},
		{ID: "20251229T051500.000Z", Started: at("2025-12-29T05:15:00Z"), Ended: at("2025-12-29T05:15:02Z"), State: pipeline.Ended, Code: pipeline.Withheld, Plans: []string{"two"},
			Outcome: pipeline.Outcome{Plans: []pipeline.PlanOutcome{{Plan: "two", Code: pipeline.Withheld, Withheld: "withheld/two/x"}}}},
		{ID: "20251230T051500.000Z", Started: began, Ended: began.Add(90 * time.Second), State: pipeline.Ended, Plans: []string{"one", "two"}, By: "one for 2025-12-30T06:15:00+01:00",
			Steps: []pipeline.Step{{Name: "build", Plan: "one", Started: began, Ended: began.Add(1500 * time.Millisecond)}},
			Outcome: pipeline.Outcome{
				Plans:   []pipeline.PlanOutcome{{Plan: "one", New: true, Snapshot: "0123456789abcdef", Rows: 77, Bytes: 4096}, {Plan: "two"}},
				Fetched: []pipeline.FetchReport{{Source: "dst", DataSet: "FOLK1A", Asked: 2, Requests: 5, Retries: 3, Bytes: 812}},
			}},
	} {
		if err := (pipeline.Records{Disk: pipeline.Disk(workspace)}).Write(r); err != nil {
			t.Fatal(err)
		}
	}
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(workspace, "runs", name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("20251231T000000.000Z.json", "{")
	write("20251230T051500.000Z.log", `{"time":"2025-12-30T05:15:00.25Z","level":"WARN","msg":"slow today"}`+"\n{\"time\":")

	// The clock of these tests says 2026-01-02T03:04:05Z.
	for _, c := range []struct{ args, want string }{
		{"", "1130 1229 1230 1231"}, {"--plan one", "1130 1230"}, {"--plan two --code 3", "1229"}, {"--code 0", "1230"}, {"--code 0,3", "1229 1230"},
		{"--state damaged", "1231"}, {"--state ended --by hand", "1229"}, {"--by one", "1130 1230"}, {"--since 4d", "1229 1230 1231"}, {"--since 2025-12-30", "1230 1231"},
		{"--until 2025-12-29T05:15:00Z", "1130"}, {"--since 2025-12-01 --until 2025-12-30", "1229"}, {"--last 1", "1231"}, {"--plan one --last 1", "1230"}, {"--plan three", ""},
	} {
		out := runSamkraft(t, pipeline.Done, append(append([]string{"runs"}, strings.Fields(c.args)...), "--workspace", workspace, "--format", "json")...)
		var records []pipeline.Record
		if err := json.Unmarshal([]byte(out), &records); err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, r := range records {
			got = append(got, r.ID[4:8])
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("runs %s: %s, want %s", c.args, got, c.want)
		}
	}
	for _, bad := range []string{"--state dead", "--since yesterday", "--until 2025-13-01", "--last -1"} {
		runSamkraft(t, pipeline.Usage, append([]string{"runs", "--workspace", workspace}, strings.Fields(bad)...)...)
	}
	listed := runSamkraft(t, pipeline.Done, "runs", "--workspace", workspace)
	for _, want := range []string{"1m30s", "one published 0123456789abcdef; two nothing new", "hand", "cut off", "one for 2025-11-30T06:15:00+01:00"} {
		if !strings.Contains(listed, want) {
			t.Errorf("the list lacks %q:\n%s", want, listed)
		}
	}
	shown := runSamkraft(t, pipeline.Done, "runs", "20251230T051500.000Z", "--workspace", workspace)
	for _, want := range []string{"ended with code 0 after 1m30s", "build  one   05:15:00  1.5s", "dst     FOLK1A   2      0        0        5         3        812    0", "one   0     77    4096   published 0123456789abcdef", "05:15:00.250  WARN     slow today", "DAMAGED  {\"time\":"} {
		if !strings.Contains(shown, want) {
			t.Errorf("the run lacks %q:\n%s", want, shown)
		}
	}
	var whole struct {
		pipeline.Record
		Log []pipeline.LogLine
	}
	if err := json.Unmarshal([]byte(runSamkraft(t, pipeline.Done, "runs", "20251230T051500.000Z", "--format", "json", "--workspace", workspace)), &whole); err != nil || len(whole.Log) != 2 || len(whole.Steps) != 1 {
		t.Errorf("%v %+v", err, whole)
	}
	if out := runSamkraft(t, pipeline.Done, "runs", "20251231T000000.000Z", "--workspace", workspace); !strings.Contains(out, "damaged") {
		t.Error(out)
	}
	runSamkraft(t, pipeline.Usage, "runs", "../lock", "--workspace", workspace)
}
