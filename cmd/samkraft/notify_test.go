package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"samkraft/pipeline"
	"samkraft/sinks/notice"
)

// listener takes what a teller sends.
type listener struct {
	*httptest.Server
	mu     sync.Mutex
	texts  []string
	refuse bool
}

func newListener(t *testing.T) *listener {
	l := &listener{}
	l.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		l.mu.Lock()
		defer l.mu.Unlock()
		var m struct{ Event, Text string }
		switch {
		case l.refuse:
			http.Error(w, "no "+r.URL.Path, http.StatusForbidden)
		case r.Method == http.MethodGet:
			l.texts = append(l.texts, "alive")
		case json.NewDecoder(r.Body).Decode(&m) == nil:
			l.texts = append(l.texts, m.Event+" "+m.Text)
		}
	}))
	t.Cleanup(l.Close)
	return l
}

// heard returns what came, the calls after good runs before the messages of the same run.
func (l *listener) heard() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.texts) > 1 && l.texts[1] == "alive" {
		l.texts[0], l.texts[1] = l.texts[1], l.texts[0]
	}
	return l.texts
}

func (l *listener) refuses(refuse bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.refuse, l.texts = refuse, nil
}

// TestNotify runs a plan without data again and again: its failure is told once, and
// what was not taken is in the listings until it is. The address is in no file, log or
// listing.
func TestNotify(t *testing.T) {
	heard := newListener(t)
	workspace, empty := t.TempDir(), t.TempDir()
	plan := filepath.Join(t.TempDir(), "none.yaml")
	text := "id: none\nname: {sv: Ingen}\nmembers: [{country: SE, code: \"1380\"}]\nalive: $SAMKRAFT_ADDRESS_ALIVE\nnotices: [{webhook: $SAMKRAFT_ADDRESS_TEAM, lang: sv}]\n"
	if err := os.WriteFile(plan, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	secret := filepath.Join(t.TempDir(), "address")
	if err := os.WriteFile(secret, []byte(heard.URL+"/T0KEN\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	environment := map[string]string{"SAMKRAFT_ADDRESS_TEAM_FILE": secret, "SAMKRAFT_ADDRESS_ALIVE": heard.URL + "/alive/T0KEN"}
	var all bytes.Buffer
	clock := &patient{now: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)}
	samkraft := func(want pipeline.ExitCode, args ...string) string {
		t.Helper()
		clock.pass(24 * time.Hour)
		var out bytes.Buffer
		code := execute(t.Context(), program{args: append(args, "--workspace", workspace), out: &out, err: &out, getenv: func(name string) string { return environment[name] }, clock: clock.Now, waits: clock, pid: 1})
		if code != want {
			t.Fatalf("samkraft %q ended with %d, want %d:\n%s", args, code, want, out.String())
		}
		all.Write(out.Bytes())
		return out.String()
	}
	run := func() string { return samkraft(pipeline.Failed, "run", plan, "--mirror", empty, "--notify") }

	heard.refuses(true)
	if out := run(); !strings.Contains(out, `msg="not told" plan=none event=failed to=$SAMKRAFT_ADDRESS_TEAM tries=1 error="it answers HTTP 403 Forbidden"`) {
		t.Error(out)
	}
	if out := samkraft(pipeline.Done, "notices"); !strings.Contains(out, "! failed waits for $SAMKRAFT_ADDRESS_TEAM after 1 try: it answers HTTP 403 Forbidden") {
		t.Error(out)
	}
	if out := samkraft(pipeline.Done, "runs"); !strings.Contains(out, "none not published; 1 message not delivered") {
		t.Error(out)
	}
	if out := samkraft(pipeline.Failed, "notices", "test", plan); strings.Count(out, "HTTP 403") != 2 {
		t.Error(out)
	}
	heard.refuses(false)
	if out := run(); !strings.Contains(out, "msg=told plan=none event=failed") {
		t.Error(out)
	}
	run()
	if said := heard.heard(); len(said) != 1 || !strings.HasPrefix(said[0], "failed Ingen: inte publicerad") || !strings.Contains(said[0], "2026-01-03 04:04 CET") {
		t.Errorf("people heard %q", said)
	}
	if out := samkraft(pipeline.Done, "notices", "--format", "json"); !strings.Contains(out, `"state": "failed"`) || !strings.Contains(out, `"waiting": []`) {
		t.Error(out)
	}
	heard.refuses(false)
	if out := samkraft(pipeline.Done, "notices", "test", plan); strings.Count(out, "taken") != 2 || len(heard.heard()) != 2 {
		t.Error(out, heard.heard())
	}
	if err := os.Chmod(secret, 0o644); err != nil {
		t.Fatal(err)
	}
	if out := samkraft(pipeline.Failed, "notices", "test", plan); !strings.Contains(out, "chmod 600") {
		t.Error(out)
	}

	if written := all.String() + filesOf(t, workspace); strings.Contains(written, "T0KEN") || !strings.Contains(written, `"troubles":["failed"]`) {
		t.Error("the address was written somewhere, or nothing was")
	}
}

// filesOf is the text of all files in a folder.
func filesOf(t *testing.T, folder string) string {
	t.Helper()
	var all strings.Builder
	err := fs.WalkDir(os.DirFS(folder), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		text, err := os.ReadFile(filepath.Join(folder, name))
		all.Write(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all.String()
}

// What stops a whole run is told of all its plans.
func TestReports(t *testing.T) {
	disk := pipeline.Disk(t.TempDir())
	plans := []pipeline.Plan{{ID: "a"}, {ID: "b"}}
	busy := reports(disk, plans, pipeline.Outcome{}, exit{pipeline.Busy, pipeline.ErrBusy})
	if len(busy) != 2 || busy[1].Outcome.Code != pipeline.Busy || !slices.Equal(busy[0].Outcome.Problems, []string{pipeline.ErrBusy.Error()}) {
		t.Errorf("%+v", busy)
	}
	outcome := pipeline.Outcome{Run: "r", Plans: []pipeline.PlanOutcome{{Plan: "b", Code: pipeline.Withheld}}}
	if one := reports(disk, plans, outcome, nil); len(one) != 1 || one[0].Plan.ID != "b" || one[0].Run != "r" || one[0].Outcome.Code != pipeline.Withheld {
		t.Errorf("%+v", one)
	}
}

// A run that was told to end is no failure: it is taken up again.
func TestInterruptedIsNotTold(t *testing.T) {
	heard, disk := newListener(t), pipeline.Disk(t.TempDir())
	teller := &notice.Teller{Disk: disk, Clock: &patient{}, Lang: "en", Fault: func(err error) { t.Error(err) }}
	plans := []pipeline.Plan{{ID: "a", Notices: []pipeline.Notice{{Webhook: heard.URL, On: []string{pipeline.OnFailed}}}}}
	ctx, end := context.WithCancel(t.Context())
	log := slog.New(slog.DiscardHandler)
	end()
	tell(ctx, teller, log, plans, plans, pipeline.Outcome{}, ctx.Err())
	if pipeline.Exists(disk, "notices.json") {
		t.Error("an interrupted run is remembered as a failure")
	}
	tell(t.Context(), teller, log, plans, plans, pipeline.Outcome{}, pipeline.ErrBusy)
	if said := heard.heard(); len(said) != 1 {
		t.Errorf("people heard %q", said)
	}
}
