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
	heard := newListener(t)
	text := "alive: " + heard.URL + "/alive/T0KEN\nnotices: [{webhook: " + heard.URL + "/T0KEN, on: [failed, published], lang: da}, {mail: [anna@example.org], on: [published]}]\nid: two\nname: {da: To}\nmembers: [{country: DK, code: \"253\"}, {country: DK, code: \"259\"}]\nuncertainty: {draws: 0}\nschedule: {run: \"30 2 * * *\", jitter: 0m}\n"
	if err := os.WriteFile(plan, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	// A mail server that nobody reaches stops no run; what it should have taken waits.
	unreachable := map[string]string{"SAMKRAFT_SMTP_HOST": "127.0.0.1", "SAMKRAFT_SMTP_PORT": "1", "SAMKRAFT_SMTP_FROM": "samkraft@example.org"}
	ctx, end := context.WithCancel(t.Context())
	defer end()
	clock := &patient{now: time.Date(2025, 3, 29, 12, 0, 0, 0, time.UTC)}
	log := &endsAfter{clock: clock, left: 2, end: end}
	code := execute(ctx, program{
		args: []string{"serve", plan, "--sample", "--workspace", workspace}, out: log, err: log,
		getenv: func(name string) string { return unreachable[name] }, clock: clock.Now, waits: clock, pid: 1,
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
	if said := heard.heard(); len(said) != 3 || said[0] != "alive" || said[2] != "alive" || !strings.HasPrefix(said[1], "published To: ny udgave") || !strings.Contains(said[1], "EUR") || !strings.Contains(said[1], "PRØVE") {
		t.Errorf("people heard %q", said)
	}
	if strings.Contains(got+filesOf(t, workspace), "T0KEN") || strings.Count(got, "msg=told") != 3 {
		t.Errorf("what was told is in the log or the workspace with its address, or not three times:\n%s", got)
	}
	records, err := pipeline.Records{Disk: pipeline.Disk(workspace)}.List()
	if len(records) == 2 && (len(records[0].Untold) != 1 || len(records[1].Untold) != 1 || strings.Count(got, "event=published to=anna@example.org tries=") != 2) {
		t.Errorf("the unreachable mail server: %q, %q", records[0].Untold, records[1].Untold)
	}
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

// What watches a server learns from the exit code that it is late: not of a workspace
// that had no server yet, nor while it is in time.
func TestScheduleLate(t *testing.T) {
	workspace := t.TempDir()
	ask := func(now, late string) (pipeline.ExitCode, string) {
		var out bytes.Buffer
		code := execute(t.Context(), program{args: []string{"schedule", "goda-grannar", "--workspace", workspace, "--late", late}, out: &out, err: &out,
			getenv: func(string) string { return "" }, clock: func() time.Time { at, _ := time.Parse(time.RFC3339, now); return at }, pid: 1})
		return code, out.String()
	}
	if code, out := ask("2025-03-30T12:00:00Z", "3h"); code != pipeline.Done {
		t.Errorf("without a server: %d %s", code, out)
	}
	if err := os.WriteFile(filepath.Join(workspace, "schedule.json"), []byte(`{"goda-grannar": "2025-03-30T12:00:00Z"}`), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		now, late string
		want      pipeline.ExitCode
	}{{"2025-03-31T03:00:00Z", "3h", pipeline.Done}, {"2025-03-31T06:00:00Z", "3h", pipeline.Done}, {"2025-03-31T07:00:00Z", "3h", pipeline.Failed}, {"2025-03-31T07:00:00Z", "0s", pipeline.Done}, {"2025-03-31T07:00:00Z", "-1h", pipeline.Usage}} {
		code, out := ask(c.now, c.late)
		if code != c.want || (c.want == pipeline.Failed) != strings.Contains(out, "goda-grannar is late by 3h") {
			t.Errorf("at %s, --late %s: %d, want %d\n%s", c.now, c.late, code, c.want, out)
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
