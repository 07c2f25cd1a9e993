package watch_test

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil"

	"samkraft/pipeline"
	"samkraft/sinks/watch"
)

// publisher is a source that can be asked for two data sets, one of them unused.
type publisher struct{ pipeline.Live }

func (publisher) Publisher() pipeline.Publisher {
	return pipeline.Publisher{ID: "gauge", DataSets: []pipeline.DataSet{
		{ID: "hours", Countries: []string{"DK"}}, {ID: "prices", Countries: []string{"DK"}}, {ID: "unused", Countries: []string{"DK"}}, {ID: "trees", Countries: []string{"SE"}},
	}}
}

// stage is a workspace that is watched.
type stage struct {
	disk  pipeline.Disk
	plans []pipeline.Plan

	mu  sync.Mutex
	now time.Time
}

func (s *stage) clock() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now
}

func (s *stage) pass(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now = s.now.Add(d)
}

func newStage(t *testing.T) *stage {
	t.Helper()
	plan, err := pipeline.ParsePlan("south.yaml", []byte("id: south\nname: {en: South}\nmembers: [{country: DK, code: \"253\"}, {country: DK, code: \"259\"}]\ndata:\n"+
		"  - {source: gauge, dataset: hours, max_age: 14d}\n  - {source: gauge, dataset: prices}\n  - {source: gauge, dataset: hours, max_age: 7d}\n"))
	if err != nil {
		t.Fatal(err)
	}
	return &stage{disk: pipeline.Disk(t.TempDir()), plans: []pipeline.Plan{plan}, now: time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)}
}

func (s *stage) watch() *watch.Watch {
	return watch.New(watch.Options{
		Disk: s.disk, Clock: s.clock, Version: "1.2.3", Sources: []pipeline.Source{publisher{}}, Log: slog.New(slog.DiscardHandler),
		Used:  func(_, dataSet string) bool { return dataSet != "unused" },
		Plans: func() []pipeline.Plan { return s.plans },
		Next:  func() map[string]time.Time { return map[string]time.Time{"south": s.clock().Add(time.Hour)} },
		Free:  func() (int64, error) { return 12345678, nil },
	})
}

// record writes the record of a run that ended now.
func (s *stage) record(t *testing.T, r pipeline.Record) {
	t.Helper()
	r.ID, r.Started = pipeline.RunID(s.clock()), s.clock()
	if r.State == "" {
		r.State = pipeline.Ended
		s.pass(20 * time.Second)
		r.Ended = s.clock()
	}
	if err := (pipeline.Records{Disk: s.disk}).Write(r); err != nil {
		t.Fatal(err)
	}
}

func (s *stage) publish(t *testing.T, m pipeline.Manifest) string {
	t.Helper()
	id, err := pipeline.Snapshots{Disk: s.disk}.Publish(context.Background(), m, pipeline.Draft{Plan: s.plans[0]}, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func (s *stage) fetched(t *testing.T, dataSet string, lines ...pipeline.Fetched) {
	t.Helper()
	w, err := pipeline.FetchLog{Disk: s.disk}.Writer("gauge", dataSet)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	for _, l := range lines {
		if err := w.Write(l); err != nil {
			t.Fatal(err)
		}
	}
}

func get(t *testing.T, h http.Handler) (int, string) {
	t.Helper()
	out := httptest.NewRecorder()
	h.ServeHTTP(out, httptest.NewRequest("GET", "/", nil))
	return out.Code, out.Body.String()
}

// metrics reads what begins with samkraft_, without its comments, as lines.
func metrics(t *testing.T, w *watch.Watch) []string {
	t.Helper()
	code, text := get(t, w.Metrics())
	if code != http.StatusOK {
		t.Fatalf("%d: %s", code, text)
	}
	var lines []string
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "samkraft_") {
			lines = append(lines, strings.TrimSpace(line))
		}
	}
	return lines
}

func expect(t *testing.T, got []string, want ...string) {
	t.Helper()
	for _, line := range want {
		if !slices.Contains(got, line) {
			name, _, _ := strings.Cut(line, "{")
			t.Errorf("there is no line %s; there are\n%s", line, strings.Join(slices.DeleteFunc(slices.Clone(got), func(l string) bool { return !strings.HasPrefix(l, name) }), "\n"))
		}
	}
}

func TestHealth(t *testing.T) {
	s := newStage(t)
	w := s.watch()
	s.pass(2 * time.Minute)
	if code, text := get(t, w.Health()); code != 200 || text != "well\n" {
		t.Errorf("%d %s", code, text)
	}
	s.pass(2 * time.Minute)
	if code, text := get(t, w.Health()); code != 503 || !strings.Contains(text, "since 2026-03-02T12:00:00Z") {
		t.Errorf("a scheduler that stands still is well: %d %s", code, text)
	}
	w.Turn()
	if code, _ := get(t, w.Health()); code != 200 {
		t.Errorf("%d", code)
	}
}

func TestReady(t *testing.T) {
	s := newStage(t)
	w := s.watch()
	if code, text := get(t, w.Ready()); code != 503 || text != "plan south has no snapshot yet\n" {
		t.Errorf("%d %s", code, text)
	}
	id := s.publish(t, pipeline.Manifest{})
	if code, text := get(t, w.Ready()); code != 200 || text != "ready\n" {
		t.Errorf("%d %s", code, text)
	}
	if left, err := s.disk.ReadDir("."); err != nil || len(left) != 1 {
		t.Errorf("asking leaves something: %v %v", left, err)
	}
	if err := os.Remove(s.disk.Path("snapshots/south/" + id + "/manifest.json")); err != nil {
		t.Fatal(err)
	}
	if code, text := get(t, w.Ready()); code != 503 || !strings.Contains(text, "snapshot "+id+" is not whole") {
		t.Errorf("%d %s", code, text)
	}
	if err := os.RemoveAll(string(s.disk)); err != nil {
		t.Fatal(err)
	}
	if code, text := get(t, w.Ready()); code != 503 || !strings.Contains(text, "the workspace cannot be written: ") {
		t.Errorf("%d %s", code, text)
	}
}

// Of runs those that end while the server is there are counted; of those before it is
// known how they ended.
func TestMetricsOfRuns(t *testing.T) {
	s := newStage(t)
	id := s.publish(t, pipeline.Manifest{Tables: []pipeline.ManifestTable{{Name: "a", Rows: 7, Bytes: 100}, {Name: "b", Rows: 2, Bytes: 11}}})
	s.record(t, pipeline.Record{Plans: []string{"south"}, Outcome: pipeline.Outcome{Plans: []pipeline.PlanOutcome{{Plan: "south", New: true, Snapshot: id}}}})
	w := s.watch()
	s.pass(time.Hour)
	expect(t, metrics(t, w), `samkraft_runs_total{code="0"} 0`, `samkraft_build_info{version="1.2.3"} 1`, `samkraft_disk_free_bytes 1.2345678e+07`,
		`samkraft_plan_last_success_timestamp_seconds{plan="south"} 1.77245282e+09`, `samkraft_plan_last_run_code{plan="south"} 0`,
		`samkraft_snapshot_age_seconds{plan="south"} 3600`, `samkraft_snapshot_rows{plan="south"} 9`, `samkraft_snapshot_table_bytes{plan="south"} 111`,
		`samkraft_next_run_timestamp_seconds{job="south"} 1.77246002e+09`, `samkraft_fetch_requests_total{source="gauge"} 0`)

	began := s.clock()
	s.record(t, pipeline.Record{Plans: []string{"south"}, Code: pipeline.Failed, Error: "the disk is full"})
	s.record(t, pipeline.Record{Plans: []string{"south"}, Code: pipeline.Stale,
		Steps: []pipeline.Step{{Name: "fetch", Started: began, Ended: began.Add(8 * time.Second)}, {Name: "build", Plan: "south", Started: began, Ended: began.Add(2 * time.Second)}},
		Outcome: pipeline.Outcome{Rows: 10, Bytes: 1000, Plans: []pipeline.PlanOutcome{{Plan: "south", Code: pipeline.Stale, Snapshot: id}},
			Fetched: []pipeline.FetchReport{{Source: "gauge", DataSet: "hours", Requests: 9, Retries: 2, Waited: 61.5, Bytes: 512, Rows: 5, Faults: []string{"x"}}, {Source: "gauge", DataSet: "prices", Requests: 1, Waited: -3}}}})
	s.record(t, pipeline.Record{Plans: []string{"south"}, State: pipeline.CutOff})
	s.pass(time.Second)
	s.record(t, pipeline.Record{Plans: []string{"mine"}, Steps: []pipeline.Step{{Name: "build", Plan: "mine", Started: began, Ended: began}}})
	s.record(t, pipeline.Record{Plans: []string{"south", "mine"}})
	s.record(t, pipeline.Record{Plans: []string{"south"}, State: pipeline.Running})
	if err := os.WriteFile(s.disk.Path("runs/20260301T000000.000Z.json"), []byte("{"), 0o644); err != nil {
		t.Fatal(err)
	}
	for range 2 { // what was counted once is not counted again
		expect(t, metrics(t, w), `samkraft_runs_total{code="0"} 2`, `samkraft_runs_total{code="1"} 1`, `samkraft_runs_total{code="4"} 1`, `samkraft_runs_total{code="cut_off"} 1`,
			`samkraft_plan_last_success_timestamp_seconds{plan="south"} 1.77245282e+09`,
			`samkraft_decoded_rows_total 15`, `samkraft_decoded_bytes_total 1000`, `samkraft_fetch_requests_total{source="gauge"} 10`, `samkraft_fetch_retries_total{source="gauge"} 2`,
			`samkraft_fetch_wait_seconds_total{source="gauge"} 61.5`, `samkraft_fetch_bytes_total{source="gauge"} 512`, `samkraft_fetch_faults_total{source="gauge"} 1`,
			`samkraft_run_step_duration_seconds_sum{plan="south",step="fetch"} 8`, `samkraft_run_step_duration_seconds_bucket{plan="south",step="build",le="5"} 1`,
			`samkraft_run_step_duration_seconds_count{plan="(other)",step="build"} 1`, `samkraft_run_duration_seconds_sum{plan="south"} 40`, `samkraft_run_duration_seconds_count{plan="(several)"} 1`)
	}
}

// The age of a data set is that of what each member has of it.
func TestMetricsOfAges(t *testing.T) {
	s := newStage(t)
	w := s.watch()
	greve, koge, other := pipeline.Member{Country: "DK", Code: "253"}, pipeline.Member{Country: "DK", Code: "259"}, pipeline.Member{Country: "DK", Code: "336"}
	whole := func(piece string, ago time.Duration, members ...pipeline.Member) pipeline.Fetched {
		return pipeline.Fetched{Time: s.clock().Add(-ago), Origin: pipeline.FromLive, Event: pipeline.Whole, Piece: piece, Extract: "x" + piece, Members: members}
	}
	s.fetched(t, "hours", whole("253/2026-01", 40*24*time.Hour, greve), whole("253/2026-02", time.Hour, greve), whole("259/2026-02", 48*time.Hour, koge), whole("336/2026-02", time.Minute, other),
		pipeline.Fetched{Time: s.clock(), Event: pipeline.Faulty, Piece: "259/2026-02", Fault: "503"}, pipeline.Fetched{Time: s.clock(), Event: pipeline.Nothing, Piece: "259/2026-03", Members: []pipeline.Member{koge}})
	s.fetched(t, "unused", whole("all", time.Hour))
	s.fetched(t, "prices", pipeline.Fetched{Time: s.clock().Add(-90 * time.Second), Origin: pipeline.FromMirror, Extracts: []string{"x"}})
	got := slices.DeleteFunc(metrics(t, w), func(line string) bool { return !strings.HasPrefix(line, "samkraft_dataset_") })
	want := []string{
		`samkraft_dataset_age_seconds{country="*",dataset="prices",muni_code="*",plan="south",source="gauge"} 90`,
		`samkraft_dataset_age_seconds{country="DK",dataset="hours",muni_code="253",plan="south",source="gauge"} 3600`,
		`samkraft_dataset_age_seconds{country="DK",dataset="hours",muni_code="259",plan="south",source="gauge"} 172800`,
		`samkraft_dataset_max_age_seconds{dataset="hours",plan="south",source="gauge"} 1.2096e+06`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("%s", strings.Join(got, "\n"))
	}
	s.fetched(t, "hours", whole("259/2026-02", 0, koge)) // a log that has grown is read again
	expect(t, metrics(t, w), `samkraft_dataset_age_seconds{country="DK",dataset="hours",muni_code="259",plan="south",source="gauge"} 0`)

	// With too many series each data set of a plan has one.
	var logs []pipeline.Fetched
	for range 1500 {
		p := s.plans[0]
		p.ID = "p" + string(rune('a'+len(s.plans)%26)) + strings.Repeat("x", len(s.plans)/26)
		s.plans = append(s.plans, p)
	}
	s.fetched(t, "prices", append(logs, whole("p", 5*time.Second, greve), whole("q", 6*time.Second, koge), pipeline.Fetched{Event: pipeline.Complete, Time: s.clock(), Origin: pipeline.FromLive})...)
	got = slices.DeleteFunc(metrics(t, w), func(line string) bool { return !strings.HasPrefix(line, "samkraft_dataset_age") })
	if len(got) != 2*len(s.plans) || !slices.Contains(got, `samkraft_dataset_age_seconds{country="*",dataset="prices",muni_code="*",plan="south",source="gauge"} 6`) {
		t.Errorf("%d series: %s", len(got), got[0])
	}
}

// What cannot be read is left out and told; the rest is measured.
func TestMetricsOfFaults(t *testing.T) {
	s := newStage(t)
	var log strings.Builder
	w := watch.New(watch.Options{Disk: s.disk, Clock: s.clock, Sources: []pipeline.Source{publisher{}}, Log: slog.New(slog.NewTextHandler(&log, nil)),
		Plans: func() []pipeline.Plan { return s.plans }, Next: func() map[string]time.Time { return nil }, Free: func() (int64, error) { return 0, errors.New("no such disk") }})
	if err := os.MkdirAll(s.disk.Path("snapshots/south"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(s.disk.Path("snapshots/south/latest"), []byte("../../etc\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	expect(t, metrics(t, w), `samkraft_runs_total{code="0"} 0`)
	for _, want := range []string{"no such disk", "no snapshot's id"} {
		if !strings.Contains(log.String(), want) {
			t.Errorf("the log lacks %q: %s", want, log.String())
		}
	}
}

// TestMetricsAreDocumented holds the names against Prometheus' own rules and against
// the documentation.
func TestMetricsAreDocumented(t *testing.T) {
	s := newStage(t)
	w := s.watch()
	id := s.publish(t, pipeline.Manifest{})
	s.record(t, pipeline.Record{Plans: []string{"south"}, Steps: []pipeline.Step{{Name: "decode"}}, Outcome: pipeline.Outcome{Plans: []pipeline.PlanOutcome{{Plan: "south", New: true, Snapshot: id}}}})
	s.fetched(t, "prices", pipeline.Fetched{Time: s.clock(), Origin: pipeline.FromMirror, Extracts: []string{"x"}})
	if problems, err := testutil.GatherAndLint(w.Registry()); err != nil || len(problems) > 0 {
		t.Errorf("%v %v", problems, err)
	}
	families, err := w.Registry().Gather()
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile("../../docs/server.md")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range families {
		if strings.HasPrefix(f.GetName(), "samkraft_") {
			names = append(names, f.GetName())
		}
	}
	documented := regexp.MustCompile(`(?m)^\| `+"`"+`(samkraft_[a-z_]+)`).FindAllStringSubmatch(string(text), -1)
	var listed []string
	for _, d := range documented {
		listed = append(listed, d[1])
	}
	slices.Sort(listed)
	if !slices.Equal(listed, names) {
		t.Errorf("docs/server.md lists\n%s\nthere are\n%s", strings.Join(listed, "\n"), strings.Join(names, "\n"))
	}
}
