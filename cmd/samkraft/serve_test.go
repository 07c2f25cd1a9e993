package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"samkraft/pipeline"
)

// endsAfter is a log that holds the clock while a job runs, and ends the server after
// so many jobs.
type endsAfter struct {
	mu    sync.Mutex
	text  bytes.Buffer
	clock *patient
	left  int
	end   func()
}

func (w *endsAfter) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch line := string(p); {
	case strings.Contains(line, "msg=begins"):
		w.clock.hold()
	case strings.Contains(line, "msg=ended job="):
		if w.left--; w.left == 0 {
			w.end()
		}
		w.clock.goOn()
	}
	return w.text.Write(p)
}

// TestServe runs a server for two days by a simulated clock: the first run publishes,
// the second finds nothing new, and the records say who wanted them.
func TestServe(t *testing.T) {
	workspace := t.TempDir()
	plan := filepath.Join(t.TempDir(), "two.yaml")
	text := "id: two\nname: {da: To}\nmembers: [{country: DK, code: \"253\"}, {country: DK, code: \"259\"}]\nuncertainty: {draws: 0}\nschedule: {run: \"30 2 * * *\", jitter: 0m}\n"
	if err := os.WriteFile(plan, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	ctx, end := context.WithCancel(t.Context())
	defer end()
	clock := &patient{now: time.Date(2025, 3, 29, 12, 0, 0, 0, time.UTC)}
	log := &endsAfter{clock: clock, left: 2, end: end}
	code := execute(ctx, program{
		args: []string{"serve", plan, "--sample", "--workspace", workspace}, out: log, err: log,
		getenv: func(string) string { return "" }, clock: clock.Now, waits: clock, pid: 1,
	})
	got := log.text.String()
	for _, want := range []string{"planned=2025-03-30T03:00:00+02:00", "msg=published", "planned=2025-03-31T02:30:00+02:00", "msg=\"nothing new\""} {
		if !strings.Contains(got, want) {
			t.Errorf("the log lacks %s:\n%s", want, got)
		}
	}
	if code != pipeline.Interrupted && code != pipeline.Done {
		t.Errorf("ended with %d", code)
	}
	for line := range strings.Lines(got) {
		if strings.Contains(line, " job=") && !strings.Contains(line, " run=2025033") {
			t.Errorf("a line of a run does not say which: %s", line)
		}
	}
	records, err := pipeline.Records{Disk: pipeline.Disk(workspace)}.List()
	if err != nil || len(records) != 2 || records[0].By != "two for 2025-03-30T03:00:00+02:00" || records[1].State != pipeline.Ended {
		t.Errorf("%v %+v", err, records)
	}
	for now, why := range map[string]string{"2025-03-31T00:31:00Z": "at its time", "2025-04-02T10:00:00Z": "missed: catch_up once"} {
		var out bytes.Buffer
		execute(t.Context(), program{args: []string{"schedule", plan, "--workspace", workspace}, out: &out, err: &out, getenv: func(string) string { return "" },
			clock: func() time.Time { at, _ := time.Parse(time.RFC3339, now); return at }, pid: 1})
		if !strings.Contains(out.String(), "2025-04-01 02:30:00 CEST  02:30    two  30 2 * * *  "+why) {
			t.Errorf("at %s: %s", now, out.String())
		}
	}
}

// Of a plan with data sets of their own times each job asks for its own.
func TestFetches(t *testing.T) {
	p := pipeline.Plan{ID: "p", Data: []pipeline.DataRef{{Source: "a"}, {Source: "b", Schedule: "0 1 * * *"}, {Source: "c", DataSet: "x", Schedule: "0 2 * * *"}, {Source: "c", DataSet: "y"}}}
	for _, c := range []struct {
		job  string
		want string
	}{{"p", "a x, c y"}, {"p b", "b x, b y"}, {"p c x", "c x"}} {
		var got []string
		for _, set := range [][2]string{{"a", "x"}, {"b", "x"}, {"b", "y"}, {"c", "x"}, {"c", "y"}} {
			if fetches(p, c.job)(set[0], set[1]) {
				got = append(got, set[0]+" "+set[1])
			}
		}
		if strings.Join(got, ", ") != c.want {
			t.Errorf("%s asks for %q, want %s", c.job, got, c.want)
		}
	}
}
