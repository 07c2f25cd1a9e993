package main

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"samkraft/pipeline"
)

// jumping is a log that puts the clock by a jump after each job.
type jumping struct {
	*endsAfter
	jumps []time.Duration
}

func (w *jumping) Write(p []byte) (int, error) {
	if strings.Contains(string(p), "msg=ended job=") {
		w.clock.pass(w.jumps[0])
		w.jumps = w.jumps[1:]
	}
	return w.endsAfter.Write(p)
}

// TestServeClockJumps runs a server while its clock is put back a little, ten years
// ahead, and right again: each time is dealt with once, and every run is recorded.
func TestServeClockJumps(t *testing.T) {
	workspace := t.TempDir()
	for _, part := range []string{"archive", "fetch", "snapshots"} {
		if err := os.CopyFS(filepath.Join(workspace, part), os.DirFS(filepath.Join(sampleWorkspace(t), part))); err != nil {
			t.Fatal(err)
		}
	}
	const tenYears = 3650 * 24 * time.Hour
	ctx, end := context.WithCancel(t.Context())
	defer end()
	clock := &patient{now: time.Date(2025, 3, 29, 12, 0, 0, 0, time.UTC)}
	log := &jumping{&endsAfter{clock: clock, left: 4, end: end}, []time.Duration{-3 * time.Hour, tenYears, -tenYears, 0}}
	execute(ctx, program{
		args: []string{"serve", "goda-grannar", "--sample", "--workspace", workspace}, out: log, err: log,
		getenv: func(string) string { return "" }, clock: clock.Now, waits: clock, pid: 1,
	})
	records, err := pipeline.Records{Disk: pipeline.Disk(workspace)}.List()
	if err != nil {
		t.Fatal(err)
	}
	var by []string
	for _, r := range records {
		by = append(by, r.By)
		if r.State != pipeline.Ended || r.Code != pipeline.Done || len(r.Outcome.Plans) != 1 || r.Outcome.Plans[0].New {
			t.Errorf("run %s is %s with code %d: %+v", r.ID, r.State, r.Code, r.Outcome.Plans)
		}
	}
	slices.Sort(by)
	// Whether the clock jumps before or after the server looks for what is due is open: so is
	// for which of the times beyond the jump it runs.
	if len(by) != 4 || len(slices.Compact(slices.Clone(by))) != 4 || by[0] != "goda-grannar for 2025-03-30T05:15:00+02:00" || by[1] != "goda-grannar for 2025-03-31T05:15:00+02:00" {
		t.Errorf("runs: %q\n%s", by, log.text.String())
	}
}
