package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"samkraft/pipeline"
	"samkraft/pipeline/keep"
)

// inYear runs a command line in another year.
func inYear(t *testing.T, year int, want pipeline.ExitCode, args ...string) string {
	t.Helper()
	var out bytes.Buffer
	code := execute(t.Context(), program{args: args, in: strings.NewReader(""), out: &out, err: &out, getenv: func(string) string { return "" },
		clock: func() time.Time { return time.Date(year, 1, 2, 3, 4, 5, 0, time.UTC) }, pid: 1})
	if code != want {
		t.Fatalf("samkraft %q ended with %d, want %d:\n%s", args, code, want, out.String())
	}
	return out.String()
}

// TestKeepingHouse moves the sample in a backup, with all that it was made with, and keeps
// house there: nothing that is used is ever pruned.
func TestKeepingHouse(t *testing.T) {
	t.Parallel()
	backup, workspace := filepath.Join(t.TempDir(), "sample.tar.zst"), filepath.Join(t.TempDir(), "moved")
	runSamkraft(t, pipeline.Done, "backup", backup, "--cache", "--workspace", sampleWorkspace(t))
	runSamkraft(t, pipeline.Done, "restore", "--check", backup)
	runSamkraft(t, pipeline.Done, "restore", backup, "--workspace", workspace)
	runSamkraft(t, pipeline.Failed, "restore", backup, "--workspace", workspace)
	in := func(args ...string) []string { return append(args, "--workspace", workspace) }
	runSamkraft(t, pipeline.Usage, in("backup", filepath.Join(workspace, "b"))...)

	if out := inYear(t, 2100, pipeline.Done, in("prune", "--dry-run", "--format", "json")...); strings.TrimSpace(out) != "[]" {
		t.Errorf("of what is used would go: %s", out)
	}
	if out := inYear(t, 2100, pipeline.Done, in("prune", "--archive")...); !strings.Contains(out, "0 things") {
		t.Error(out)
	}
	runSamkraft(t, pipeline.Usage, in("prune", "--confirm", "12345678")...)
	runSamkraft(t, pipeline.Usage, in("prune", "--keep-snapshots", "0")...)
	runSamkraft(t, pipeline.Usage, in("prune", "--keep-runs", "2y")...)

	id := latest(t, workspace, "kobenhavn-syd")
	runSamkraft(t, pipeline.Done, in("snapshots", "pin", "kobenhavn-syd/latest", "byråd-2026", "--by", "anna")...)
	runSamkraft(t, pipeline.Usage, in("snapshots", "pin", "kobenhavn-syd/latest", "byråd-2026")...)
	runSamkraft(t, pipeline.Usage, in("snapshots", "pin", "kobenhavn-syd", "a")...)
	runSamkraft(t, pipeline.Done, in("snapshots", "use", "kobenhavn-syd/byråd-2026", "--by", "anna", "--why", "a wrong figure")...)
	runSamkraft(t, pipeline.Usage, in("snapshots", "use", "kobenhavn-syd/latest")...)
	if out := runSamkraft(t, pipeline.Done, in("snapshots")...); !strings.Contains(out, "latest, held since 2026-01-02 by anna (a wrong figure), pinned as byråd-2026") {
		t.Error(out)
	}
	if out := runSamkraft(t, pipeline.Done, in("query", "SELECT count(*) AS members FROM member", "--plan", "kobenhavn-syd", "--snapshot", "byråd-2026", "--format", "csv")...); !strings.Contains(out, "4") {
		t.Error(out)
	}
	if out := runSamkraft(t, pipeline.Done, in("verify")...); strings.Count(out, "whole and unchanged") != 2 {
		t.Error(out)
	}
	if out := runSamkraft(t, pipeline.Done, in("snapshots", "use", "kobenhavn-syd/newest")...); !strings.Contains(out, id) {
		t.Error(out)
	}
	runSamkraft(t, pipeline.Done, in("snapshots", "unpin", "kobenhavn-syd", "byråd-2026")...)
	runSamkraft(t, pipeline.Usage, in("snapshots", "unpin", "kobenhavn-syd", "byråd-2026")...)

	// What a newer program laid out is left alone.
	if err := os.WriteFile(filepath.Join(workspace, "version"), []byte("2\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"run", "--sample"}, {"query", "FROM member"}, {"snapshots"}, {"verify"}, {"runs"}, {"sources"}, {"prune"}, {"backup", backup}, {"serve", "--sample"}} {
		if out := runSamkraft(t, pipeline.Usage, in(args...)...); !strings.Contains(out, "newer samkraft") {
			t.Errorf("%v: %s", args, out)
		}
	}
}

// TestGoingBack publishes twice, goes back to the first and stays there through a run; later
// the first is pruned with the tables that only it had, and the second is as it was.
func TestGoingBack(t *testing.T) {
	if os.Getenv("SAMKRAFT_LONG") == "" {
		t.Skip("SAMKRAFT_LONG is not set")
	}
	t.Parallel()
	workspace, plan := t.TempDir(), filepath.Join(t.TempDir(), "two.yaml")
	const text = "id: two\nname: {da: To}\nmembers: [{country: DK, code: \"253\"}, {country: DK, code: \"259\"}]\nuncertainty: {draws: 0}\n"
	in := func(args ...string) []string { return append(args, "--workspace", workspace) }
	publish := func(year int, name string) string {
		t.Helper()
		if err := os.WriteFile(plan, []byte(strings.Replace(text, "da: To", "da: "+name, 1)), 0o644); err != nil {
			t.Fatal(err)
		}
		inYear(t, year, pipeline.Done, in("run", plan, "--sample")...)
		id, err := (pipeline.Snapshots{Disk: pipeline.Disk(workspace)}).Newest("two")
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	first, second := publish(2026, "To"), publish(2027, "Begge")
	if out := runSamkraft(t, pipeline.Done, in("snapshots", "use", "two/"+first)...); !strings.Contains(out, "held on snapshot "+first+" (they had "+second+")") {
		t.Error(out)
	}
	if out := inYear(t, 2028, pipeline.Done, in("run", plan, "--sample")...); !strings.Contains(out, "Readers stay on snapshot "+first) || !strings.Contains(out, "nothing new, snapshot "+second) {
		t.Error(out)
	}
	var infos []snapshotInfo
	if err := json.Unmarshal([]byte(runSamkraft(t, pipeline.Done, in("snapshots", "--format", "json")...)), &infos); err != nil || len(infos) != 2 {
		t.Fatalf("%v %+v", err, infos)
	}
	for _, info := range infos {
		if info.Latest != (info.ID == first) || info.Newest != (info.ID == second) || (info.Held != nil) != info.Latest || info.Made == "" || info.Own == 0 || info.Shared == 0 {
			t.Errorf("%+v", info)
		}
	}
	harsh := in("prune", "--keep-snapshots", "1", "--keep-months", "0")
	if out := inYear(t, 2100, pipeline.Done, append(harsh, "--dry-run")...); strings.Contains(out, "snapshots/two/"+first) || strings.Contains(out, "snapshots/two/"+second) {
		t.Errorf("what readers are held on would go: %s", out)
	}
	runSamkraft(t, pipeline.Done, in("snapshots", "use", "two/"+second)...)
	runSamkraft(t, pipeline.Done, in("snapshots", "use", "two/newest")...)
	out := inYear(t, 2100, pipeline.Done, harsh...)
	if strings.Contains(out, "snapshots/two/") {
		t.Errorf("what readers had before is gone: %s", out)
	}
	runSamkraft(t, pipeline.Done, in("snapshots", "use", "two/"+second)...)
	out = inYear(t, 2100, pipeline.Done, harsh...)
	if !strings.Contains(out, "snapshots/two/"+first) || !strings.Contains(out, "models/") || strings.Contains(out, "stage/") || strings.Contains(out, second) {
		t.Error(out)
	}
	if out := runSamkraft(t, pipeline.Done, in("run", plan, "--sample")...); !strings.Contains(out, "nothing new, snapshot "+second) {
		t.Error(out)
	}
	if out := runSamkraft(t, pipeline.Done, in("verify")...); strings.Count(out, "whole and unchanged") != 1 {
		t.Error(out)
	}
}

// TestServePrunes: a server that is told to has one more job, once a day.
func TestServePrunes(t *testing.T) {
	k := &keeper{settings: &settings{}, names: []string{"kobenhavn-syd"}}
	without, err := k.load()
	if err != nil {
		t.Fatal(err)
	}
	rules := keep.Default()
	k.rules = &rules
	with, err := k.load()
	if err != nil || len(with) != len(without)+1 {
		t.Fatalf("%d jobs, %d without: %v", len(with), len(without), err)
	}
	job := with[len(with)-1]
	due, _ := job.Next(time.Date(2026, 1, 2, 3, 45, 0, 0, time.UTC))
	if job.Name != pruning || !due.Equal(time.Date(2026, 1, 3, 3, 45, 0, 0, time.UTC)) {
		t.Errorf("%s is due %v", job.Name, due)
	}
}
