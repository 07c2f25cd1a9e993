package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"samkraft/pipeline"
	"samkraft/sources/catalogue"
	"samkraft/sources/standin"
)

// patient is a simulated clock: who sleeps has slept, but for while it is held.
type patient struct {
	mu   sync.Mutex
	now  time.Time
	held chan struct{} // closed when it goes on; nil while it does
}

func (c *patient) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *patient) Sleep(ctx context.Context, d time.Duration) error {
	c.mu.Lock()
	held := c.held
	c.mu.Unlock()
	if held != nil {
		select {
		case <-held:
		case <-ctx.Done():
		}
	}
	if ctx.Err() == nil {
		c.pass(d)
	}
	return ctx.Err()
}

func (c *patient) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

func (c *patient) hold() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.held = make(chan struct{})
}

func (c *patient) goOn() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.held != nil {
		close(c.held)
		c.held = nil
	}
}

// publishers are stand-ins of publishers, with a plan that asks them, and a clock.
type stageOfPublishers struct {
	servers   map[string]*standin.Server // by source and service
	plan      string
	workspace string
	clock     *patient
}

// asked is the data set that the plan wants of a publisher; "" is all.
var asked = map[string]string{"pvgis": "PVcalc", "scb": "SlutAnvSektor"}

// newStageOfPublishers serves dialects and writes a plan of two Danish and two
// Swedish municipalities that asks them.
func newStageOfPublishers(t *testing.T, dialects ...standin.Dialect) *stageOfPublishers {
	t.Helper()
	clock := &patient{now: time.Date(2026, 3, 2, 5, 15, 0, 0, time.UTC)}
	s := publishersWith(t, standin.Options{Clock: clock.Now}, dialects...)
	s.clock = clock
	return s
}

// publishersWith serves dialects with options.
func publishersWith(t *testing.T, options standin.Options, dialects ...standin.Dialect) *stageOfPublishers {
	t.Helper()
	s := &stageOfPublishers{servers: map[string]*standin.Server{}, workspace: t.TempDir()}
	var services, data strings.Builder
	for _, d := range dialects {
		server, err := standin.Listen(d, options)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { server.Close() })
		s.servers[d.Source()+" "+d.Service().ID] = server
		fmt.Fprintf(&services, "  - {source: %s, service: %s, address: %q}\n", d.Source(), d.Service().ID, server.Address())
		set := asked[d.Source()]
		fmt.Fprintf(&data, "  - {source: %s, dataset: %q}\n", d.Source(), set)
	}
	s.plan = filepath.Join(t.TempDir(), "asking.yaml")
	text := `id: asking
name: {en: Asking}
base_year: 2024
contact: energy@example.org
members: [{country: DK, code: "253"}, {country: DK, code: "336"}, {country: SE, code: "1315"}, {country: SE, code: "1380"}]
uncertainty: {draws: 0}
services:
` + services.String() + "data:\n" + data.String()
	if err := os.WriteFile(s.plan, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return s
}

// run runs a command line by the simulated clock.
func (s *stageOfPublishers) run(t *testing.T, want pipeline.ExitCode, args ...string) string {
	t.Helper()
	var out bytes.Buffer
	code := execute(t.Context(), program{
		args: append(args, "--workspace", s.workspace), out: &out, err: &out, getenv: func(string) string { return "" }, clock: s.clock.Now, waits: s.clock, pid: 1,
	})
	if code != want {
		t.Fatalf("samkraft %q ended with %d, want %d:\n%s", args, code, want, out.String())
	}
	for name, server := range s.servers {
		for _, x := range server.Excess() {
			t.Errorf("impolite to %s: %+v", name, x)
		}
	}
	return out.String()
}

func (s *stageOfPublishers) counts() (requests, bodies int) {
	for _, server := range s.servers {
		requests += server.Requests()
		bodies += server.Bodies()
	}
	return requests, bodies
}

// TestLive asks stand-ins of publishers: at first for everything, then for nothing,
// then for what may have changed; figures that a publisher revises are told, and one
// that fails leaves what it gave before.
func TestLive(t *testing.T) {
	bank := standin.NewStatBank()
	s := newStageOfPublishers(t, bank, standin.NewSCB(2024, "1315", "1380"), standin.NewEnergimyndigheten(2024, "1315", "1380"),
		standin.NewPVGIS(), standin.NewVindbrukskollen(40), standin.NewEnergistyrelsen(12, time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)))
	long := []string{"run", s.plan, "--budget", "1000h"}
	out := s.run(t, pipeline.Done, long...)
	if !strings.Contains(out, "published snapshot") || !strings.Contains(out, "; 0 wait for a later run") {
		t.Fatalf("%s", out)
	}
	requests, bodies := s.counts()
	if out = s.run(t, pipeline.Done, long...); !strings.Contains(out, "nothing new") {
		t.Errorf("%s", out)
	}
	if r, _ := s.counts(); r != requests {
		t.Errorf("%d requests, and nothing was due", r-requests)
	}
	if out = s.run(t, pipeline.Done, "run", s.plan, "--offline"); !strings.Contains(out, "nothing new") {
		t.Errorf("%s", out)
	}
	listed := s.run(t, pipeline.Done, "sources", s.plan)
	for _, want := range []string{"dst", "FOLK1A", "CC-BY-4.0"} {
		if !strings.Contains(listed, want) {
			t.Errorf("sources does not list %s:\n%s", want, listed)
		}
	}
	if strings.Contains(listed, "now (") {
		t.Errorf("something is due:\n%s", listed)
	}

	s.clock.pass(8 * 24 * time.Hour)
	if out = s.run(t, pipeline.Done, long...); !strings.Contains(out, "nothing new") {
		t.Errorf("%s", out)
	}
	r, b := s.counts()
	if r == requests {
		t.Error("nothing was asked again after a week")
	}
	unchanged := 0
	for _, e := range s.servers["energistyrelsen site"].Log() {
		if e.Status == 304 {
			unchanged++
		}
	}
	if unchanged != 3 || r-requests-(b-bodies) != unchanged {
		t.Errorf("of the three workbooks, which have tags, %d were asked with them; %d requests without a body", unchanged, r-requests-(b-bodies))
	}

	bank.Revise()
	s.clock.pass(8 * 24 * time.Hour)
	if out = s.run(t, pipeline.Done, long...); !strings.Contains(out, "dst FOLK1A: ") || !strings.Contains(out, "Since snapshot ") {
		t.Errorf("a revision is not told:\n%s", out)
	}

	s.clock.pass(8 * 24 * time.Hour)
	s.servers["dst statbank"].Often(1, 1, standin.Fail(503, standin.Silent, 0))
	if out = s.run(t, pipeline.Stale, long...); !strings.Contains(out, "NOT UP TO DATE: dst ") {
		t.Errorf("%s", out)
	}
	if listed = s.run(t, pipeline.Done, "sources", s.plan); !strings.Contains(listed, "503") {
		t.Errorf("sources does not tell the fault:\n%s", listed)
	}
}

// Limits go on from the last answer, but not from one that is yet to come.
func TestLastAsked(t *testing.T) {
	disk, now := pipeline.Disk(t.TempDir()), time.Date(2026, 3, 2, 5, 15, 0, 0, time.UTC)
	for _, at := range []struct{ answered, want time.Time }{{now.AddDate(0, 0, -1), now.AddDate(0, 0, -1)}, {now.AddDate(10, 0, 0), now}} {
		log, err := pipeline.FetchLog{Disk: disk}.Writer("dst", "FOLK1A")
		if err != nil {
			t.Fatal(err)
		}
		line := pipeline.Fetched{Time: at.answered, Event: pipeline.Answered, Answer: &pipeline.KeptAnswer{}}
		if err := errors.Join(log.Write(line), log.Close()); err != nil {
			t.Fatal(err)
		}
		if got, err := lastAsked(disk, catalogue.Sources(), now); err != nil || !got.Equal(at.want) {
			t.Errorf("after an answer at %s: %s, %v; want %s", at.answered, got, err, at.want)
		}
	}
}

// TestLiveFirstFails: a publisher that never gave anything stops the plans that need it.
func TestLiveFirstFails(t *testing.T) {
	s := newStageOfPublishers(t, standin.NewStatBank(), standin.NewPVGIS())
	s.servers["dst statbank"].Often(1, 1, standin.HTMLPage())
	out := s.run(t, pipeline.Failed, "run", s.plan, "--budget", "1000h")
	if !strings.Contains(out, "not published") || !strings.Contains(out, "dst FOLK1A all: GET http://127.0.0.1:") && !strings.Contains(out, "dst ARE207 all: ") {
		t.Errorf("%s", out)
	}
}
