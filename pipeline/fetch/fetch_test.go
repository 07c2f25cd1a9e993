package fetch_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"samkraft/pipeline"
	"samkraft/pipeline/fetch"
)

func good(t *testing.T, r pipeline.FetchReport, err error) pipeline.FetchReport {
	t.Helper()
	if err != nil || len(r.Faults) > 0 {
		t.Fatalf("%+v %v", r, err)
	}
	return r
}

var four = []string{"253/2023-11", "253/2023-12", "259/2023-11", "259/2023-12"}

// A first fetch asks for everything once, the newest first, and the archive can
// tell where each extract comes from.
func TestFirst(t *testing.T) {
	p := newPlace(t)
	report := p.mustFetch(t)
	if report.Asked != 4 || report.Have != 4 || report.Waiting != 0 || report.Requests != 12 || len(report.Changed) != 4 {
		t.Errorf("%+v", report)
	}
	if got := p.web.asked[1]; got != "/level/253/2023-12?page=1" {
		t.Errorf("asked %s first", got)
	}
	served := p.served(t)
	if got := keys(served); !slices.Equal(got, four) {
		t.Errorf("%q", got)
	}
	if got, want := served["259/2023-11"], "2023-11-28\n259;2023-11-0;100.5\n2023-11-28\n259;2023-11-1;7\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	s := p.state(t)
	if !s.Complete || !s.Live() || s.Origin != pipeline.FromLive || len(s.Serving()) != 4 || s.Requests != 12 {
		t.Errorf("%+v", s)
	}
	receipts, err := pipeline.Archive{Disk: p.disk}.Receipts()
	if err != nil || len(receipts) != 4 {
		t.Fatal(receipts, err)
	}
	r := receipts[0]
	if a := r.Parts[0].Answer; r.Origin != pipeline.FromLive || len(r.Parts) != 2 || a == nil || a.Status != 200 || !strings.HasPrefix(a.Asked, "https://gauge.example/api/level/") {
		t.Errorf("%+v", r)
	}
}

func (p *place) mustFetch(t *testing.T) pipeline.FetchReport {
	t.Helper()
	r, err := p.fetch(t, nil)
	return good(t, r, err)
}

// What does not change any more is not asked for again; what may is, after its time,
// and where the publisher knows tags no body comes.
func TestAgain(t *testing.T) {
	p := newPlace(t)
	p.web.tags = true
	p.mustFetch(t)
	bodies := p.web.bodies
	p.now = p.now.Add(23 * time.Hour)
	if r := p.mustFetch(t); r.Asked != 0 || r.Have != 4 {
		t.Errorf("too early: %+v", r)
	}
	p.now = p.now.Add(2 * time.Hour)
	if r := p.mustFetch(t); r.Asked != 4 || len(r.Changed) != 0 || p.web.bodies != bodies {
		t.Errorf("unchanged: %+v, %d bodies", r, p.web.bodies-bodies)
	}
	p.web.pages["/level/253/2023-11?page=2"] = page{text: "2023-11-28\n253;2023-11-1;8\n"}
	before := p.state(t).Pieces["253/2023-11"].Extract
	p.now = p.now.Add(25 * time.Hour)
	r := p.mustFetch(t)
	if len(r.Changed) != 1 || r.Changed[0].Piece != "253/2023-11" || r.Changed[0].Old != before || p.web.bodies != bodies+1 {
		t.Errorf("revised: %+v", r)
	}
	if got := p.served(t)["253/2023-11"]; !strings.HasSuffix(got, ";8\n") {
		t.Errorf("%q", got)
	}
	if s := p.state(t).Pieces["253/2023-11"]; s.Replaced != before {
		t.Errorf("%+v", s)
	}
	// The same rows in other bytes are nothing new.
	p.web.pages["/level/253/2023-12?page=1"] = page{text: "2023-12-28 06:12\n253;2023-12-0;100.5\n"}
	p.now = p.now.Add(25 * time.Hour)
	if r := p.mustFetch(t); r.Asked != 4 || len(r.Changed) != 0 || p.web.bodies != bodies+2 {
		t.Errorf("the time of day changed: %+v", r)
	}
	p.now = p.now.AddDate(1, 0, 0)
	if r := p.mustFetch(t); r.Asked != 0 {
		t.Errorf("after a year nothing changes any more: %+v", r)
	}
}

// What was fetched while the clock was ten years ahead is asked for again when it is
// right, and does not wait for those years to come.
func TestClockWasAhead(t *testing.T) {
	p := newPlace(t)
	right := p.now
	p.now = right.AddDate(10, 0, 0)
	p.mustFetch(t)
	p.now = right
	if r := p.mustFetch(t); r.Asked != 4 || len(r.Changed) != 0 {
		t.Errorf("%+v", r)
	}
	p.now = right.Add(-time.Hour) // put right once more, by a little
	if r := p.mustFetch(t); r.Asked != 0 {
		t.Errorf("%+v", r)
	}
	p.now = right.Add(25 * time.Hour)
	if r := p.mustFetch(t); r.Asked != 4 {
		t.Errorf("%+v", r)
	}
}

// An answer that cannot be read, or is gone, never takes the place of a good one,
// and is asked for again the next time.
func TestBadAnswerKeepsTheGoodOne(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(*web)
		want  string
	}{
		"cannot be decoded":  {func(w *web) { w.pages["/level/253/2023-12?page=1"] = page{text: "2023-12-28\n253;2023-12-0;many\n"} }, `gauge Level 253/2023-12: https://gauge.example/api/level/253/2023-12?page=1, line 2: "253;2023-12-0;many"; expected code;month;mwh`},
		"no answer":          {func(w *web) { w.pages["/level/253/2023-12?page=2"] = page{fails: true} }, "answered 503"},
		"nothing any more":   {func(w *web) { w.pages["/list"] = page{text: "259"} }, "the publisher has nothing any more"},
		"an earlier edition": {func(w *web) { w.pages["/level/253/2023-12?page=2"] = page{text: "2023-11-01\n253;2023-12-1;7\n"} }, "the edition is of 2023-11-01, and one of 2023-12-28 is kept"},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPlace(t)
			if name == "an earlier edition" {
				p.mode = pipeline.Replace
			}
			p.mustFetch(t)
			before := p.served(t)
			p.now = p.now.Add(25 * time.Hour)
			fine := p.web.pages
			p.web.pages = level()
			c.spoil(p.web)
			r, err := p.fetch(t, nil)
			if err != nil || len(r.Faults) == 0 || !strings.Contains(r.Faults[0], c.want) || r.Have != 4 || r.LastAsked.IsZero() {
				t.Fatalf("%+v %v", r, err)
			}
			if after := p.served(t); after["253/2023-12"] != before["253/2023-12"] {
				t.Errorf("%q took the place of %q", after["253/2023-12"], before["253/2023-12"])
			}
			if s := p.state(t).Pieces["253/2023-12"]; s.Fault == "" {
				t.Errorf("%+v", s)
			}
			p.web.pages = fine
			if r := p.mustFetch(t); r.Asked == 0 {
				t.Errorf("was not asked for again: %+v", r)
			}
			if s := p.state(t).Pieces["253/2023-12"]; s.Fault != "" {
				t.Errorf("%+v", s)
			}
		})
	}
}

// A publisher that does not answer is left alone after some pieces, and says so.
func TestGivesUp(t *testing.T) {
	p := newPlace(t)
	for path := range p.web.pages {
		p.web.pages[path] = page{fails: true}
	}
	r, err := p.fetch(t, nil)
	if err != nil || len(r.Faults) != 3 || r.Waiting != 1 || r.Have != 0 || len(p.web.asked) != 3 {
		t.Errorf("%+v %v", r, err)
	}
	if s := p.state(t); s.Live() && len(s.Serving()) > 0 || s.Complete {
		t.Errorf("%+v", s)
	}
}

// What the publisher has nothing of is no fault, and not asked for every day.
func TestNothing(t *testing.T) {
	p := newPlace(t)
	p.web.pages["/list"] = page{text: "253"}
	r := p.mustFetch(t)
	if r.Nothing != 2 || r.Have != 2 || !p.state(t).Complete {
		t.Errorf("%+v", r)
	}
	if r := p.mustFetch(t); r.Asked != 0 {
		t.Errorf("%+v", r)
	}
}

// What nothing is made of is asked for only where a plan names it: naming its
// publisher is not enough.
func TestUnused(t *testing.T) {
	p := newPlace(t)
	var asked []string
	p.used = func(source, dataSet string) bool {
		asked = append(asked, source+" "+dataSet)
		return false
	}
	set := late{}.Publisher().DataSets[0]
	for _, c := range []struct {
		data    []pipeline.DataRef
		fetches bool
	}{
		{nil, false},
		{[]pipeline.DataRef{{Source: "gauge"}}, false},
		{[]pipeline.DataRef{{Source: "gauge", DataSet: "Level"}}, true},
	} {
		named := plan(t, "259")
		named.ID, named.Data = "named", c.data
		plans := []pipeline.Plan{plan(t, "253"), named}
		outlook, wanted := fetch.Look(late{}, set, p.used, plans, pipeline.FetchState{}, p.now)
		if wanted != c.fetches || wanted && outlook.Due != 2 {
			t.Errorf("%+v: %+v, %v", c.data, outlook, wanted)
		}
		report, err := p.fetch(t, func(j *pipeline.FetchJob) { j.Plans = plans })
		if c.fetches {
			if good(t, report, err); report.Asked != 2 || !slices.Equal(keys(p.served(t)), []string{"259/2023-11", "259/2023-12"}) {
				t.Errorf("the plan that names it gets %+v", report)
			}
		} else if len(p.web.asked) != 0 || report.Source != "" {
			t.Errorf("%+v: asked for %q", c.data, p.web.asked)
		}
	}
	if !slices.Contains(asked, "gauge Level") {
		t.Errorf("it was not asked whether the data set is used: %q", asked)
	}
	p.used = func(source, dataSet string) bool { return source == "gauge" && dataSet == "Level" }
	if r := p.mustFetch(t); r.Have != 4 {
		t.Errorf("used, and yet: %+v", r)
	}
}

// A budget ends between two requests; the next run goes on there.
func TestBudget(t *testing.T) {
	p := newPlace(t)
	p.web.interval = func() { p.now = p.now.Add(time.Minute) }
	until := p.now.Add(5 * time.Minute)
	r, err := p.fetch(t, func(j *pipeline.FetchJob) { j.Until = until })
	if good(t, r, err); r.Requests != 5 || r.Have != 1 || r.Waiting != 3 || p.state(t).Complete {
		t.Errorf("%+v", r)
	}
	if s := p.state(t); !s.Live() || len(s.Serving()) != 1 {
		t.Errorf("what is there does not serve: %+v", s)
	}
	if r := p.mustFetch(t); r.Requests != 7 || r.Have != 4 || !p.state(t).Complete {
		t.Errorf("%+v", r)
	}
	once := slices.Clone(p.web.asked)
	slices.Sort(once)
	if n := len(slices.Compact(slices.DeleteFunc(once, func(s string) bool { return s == "/list" }))); n != 8 || len(p.web.asked) != 12 {
		t.Errorf("asked %d times for %d pages: %q", len(p.web.asked), n, p.web.asked)
	}
}

// A period asks again for what is known, and for nothing else.
func TestPeriod(t *testing.T) {
	p := newPlace(t)
	p.mustFetch(t)
	november := func(j *pipeline.FetchJob) {
		j.From, j.To = time.Date(2023, 11, 5, 0, 0, 0, 0, time.UTC), time.Date(2023, 11, 20, 0, 0, 0, 0, time.UTC)
	}
	r, err := p.fetch(t, november)
	if good(t, r, err); r.Asked != 2 || len(r.Changed) != 0 {
		t.Errorf("%+v", r)
	}
}

// Files that were handed in serve until everything was fetched, and again when they
// are handed in anew.
func TestFilesServeUntilComplete(t *testing.T) {
	p := newPlace(t)
	log := pipeline.FetchLog{Disk: p.disk}
	handed := pipeline.Fetched{Time: p.now, Run: "0", Origin: pipeline.FromMirror, Extracts: []string{"aa"}}
	if err := log.Record("gauge", "Level", handed); err != nil {
		t.Fatal(err)
	}
	p.web.interval = func() { p.now = p.now.Add(time.Minute) }
	until := p.now.Add(5 * time.Minute)
	if _, err := p.fetch(t, func(j *pipeline.FetchJob) { j.Until = until }); err != nil {
		t.Fatal(err)
	}
	if s := p.state(t); s.Live() || len(s.Serving()) != 1 || s.Serving()[0].Extract != "aa" {
		t.Errorf("half fetched: %+v", s.Serving())
	}
	p.mustFetch(t)
	if s := p.state(t); !s.Live() || len(s.Serving()) != 4 {
		t.Errorf("fetched: %+v", s.Serving())
	}
	if err := log.Record("gauge", "Level", handed); err != nil {
		t.Fatal(err)
	}
	if s := p.state(t); s.Live() || len(s.Serving()) != 1 {
		t.Errorf("handed in anew: %+v", s.Serving())
	}
	p.mustFetch(t)
	if s := p.state(t); !s.Live() || len(s.Serving()) != 4 {
		t.Errorf("fetched, and nothing new: %+v", s.Serving())
	}
}

// An extract serves the members that it is about, also where two pieces have the
// same bytes.
func TestServingMembers(t *testing.T) {
	s := pipeline.FetchState{Pieces: map[string]pipeline.PieceState{
		"a": {Extract: "1", Members: []pipeline.Member{{Country: "DK", Code: "253"}}},
		"b": {Extract: "1", Members: []pipeline.Member{{Country: "DK", Code: "259"}}},
		"c": {Extract: "2"},
		"d": {},
	}}
	got := s.Serving()
	if len(got) != 2 || len(got[0].Members) != 2 || got[1].Members != nil {
		t.Errorf("%+v", got)
	}
}

// Two plans may not send one service to two addresses.
func TestAddresses(t *testing.T) {
	p := newPlace(t)
	one, two := plan(t, "253"), plan(t, "259")
	one.Services = []pipeline.ServiceAt{{Source: "gauge", Address: "https://a.example"}}
	two.ID, two.Services = "other", []pipeline.ServiceAt{{Source: "gauge", Service: "api", Address: "https://b.example"}}
	_, err := p.fetch(t, func(j *pipeline.FetchJob) { j.Plans = []pipeline.Plan{one, two} })
	if err == nil || !strings.Contains(err.Error(), "the plans gauged and other give gauge different addresses") {
		t.Errorf("%v", err)
	}
}

// stopping is a disk that fails from an operation on, as a process that is killed
// does nothing more.
type stopping struct {
	pipeline.Disk
	left int
}

var errStopped = errors.New("stopped")

func (d *stopping) step() error {
	if d.left--; d.left < 0 {
		return errStopped
	}
	return nil
}

func (d *stopping) Create(name string) (pipeline.File, error) {
	if err := d.step(); err != nil {
		return nil, err
	}
	f, err := d.Disk.Create(name)
	return stoppingFile{f, d}, err
}

func (d *stopping) Append(name string) (pipeline.File, error) {
	if err := d.step(); err != nil {
		return nil, err
	}
	f, err := d.Disk.Append(name)
	return stoppingFile{f, d}, err
}

func (d *stopping) Rename(from, to string) error {
	return errors.Join(d.step(), d.unless(func() error { return d.Disk.Rename(from, to) }))
}

func (d *stopping) Commit(name string) error { return d.step() }

func (d *stopping) unless(do func() error) error {
	if d.left < 0 {
		return nil
	}
	return do()
}

type stoppingFile struct {
	pipeline.File
	disk *stopping
}

// Write writes half when it is the step that stops.
func (f stoppingFile) Write(p []byte) (int, error) {
	if err := f.disk.step(); err != nil {
		if f.disk.left == -1 {
			f.File.Write(p[:len(p)/2])
		}
		return 0, err
	}
	return f.File.Write(p)
}

// Stopped after any step, the next fetch asks again for nothing that is kept: at
// most the request that was under way is asked twice. What comes out is the same.
func TestStoppedAnywhere(t *testing.T) {
	whole := newPlace(t)
	whole.mustFetch(t)
	want := whole.served(t)
	for at := 0; ; at++ {
		p := newPlace(t)
		disk := p.disk.(pipeline.Disk)
		p.disk = &stopping{disk, at}
		_, err := p.fetch(t, nil)
		p.disk = disk
		if err == nil {
			if at < 50 {
				t.Fatalf("a fetch takes %d steps only", at)
			}
			return
		}
		if err := pipeline.Sweep(disk, "."); err != nil {
			t.Fatal(err)
		}
		p.mustFetch(t)
		if n := len(p.web.asked); n > 13 {
			t.Errorf("stopped after %d steps: %d requests instead of 12: %q", at, n, p.web.asked)
		}
		got := p.served(t)
		for key, text := range want {
			if got[key] != text {
				t.Fatalf("stopped after %d steps: %s is %q, want %q", at, key, got[key], text)
			}
		}
	}
}

// An interrupted fetch ends soon, and is no fault of the publisher.
func TestInterrupted(t *testing.T) {
	p := newPlace(t)
	ctx, cancel := context.WithCancel(t.Context())
	n := 0
	p.web.interval = func() {
		if n++; n == 5 {
			cancel()
		}
	}
	f := fetch.Fetcher{Disk: p.disk, Clock: func() time.Time { return p.now }, Sources: []pipeline.Source{late{gauge{p.mode}}}, Web: p.web}
	if _, err := f.Fetch(ctx, pipeline.FetchJob{Run: "1", Plans: []pipeline.Plan{plan(t, "253", "259")}, Report: quiet{}}); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	for key, piece := range p.state(t).Pieces {
		if piece.Fault != "" {
			t.Errorf("%s: %s", key, piece.Fault)
		}
	}
}
