package fetch_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"samkraft/pipeline"
	"samkraft/pipeline/fetch"
)

// gauge is a publisher that measures something per municipality and month. An
// answer is lines "code;mwh" with the publisher's date in the first; a month comes
// in two pages, and before them comes a list of what there is, which only leads on.
type gauge struct{ mode pipeline.Mode }

func (g gauge) Publisher() pipeline.Publisher {
	return pipeline.Publisher{ID: "gauge", Title: "Gauge", Name: "The gauge", Licence: "CC0-1.0", Attribution: "Gauge", Address: "https://gauge.example",
		DataSets: []pipeline.DataSet{{ID: "Level", Title: "Level", Countries: []string{"DK"}, Mode: g.mode, Version: 1, Tables: []pipeline.Table{{
			Name: "gauge_level", Description: "levels", Key: []string{"muni_code", "month"}, Columns: []pipeline.Column{
				{Name: "muni_code", Kind: pipeline.Text, Description: "municipality"},
				{Name: "month", Kind: pipeline.Text, Description: "month"},
				{Name: "energy_mwh", Kind: pipeline.Decimal3, Unit: "MWh", Description: "energy"},
			}}}}}}
}

func (gauge) Recognise(pipeline.Sniff) (pipeline.Claim, bool) { return pipeline.Claim{}, false }

func (gauge) Services() []pipeline.Service {
	return []pipeline.Service{{ID: "api", Address: "https://gauge.example/api", Limits: []pipeline.Limit{{Requests: 1, Window: time.Minute, Scope: pipeline.PerDataSet}}}}
}

func (gauge) Pieces(_ string, w pipeline.Want) []pipeline.Piece {
	var all []pipeline.Piece
	for _, m := range w.Members {
		for from := w.From; from.Before(w.To); from = from.AddDate(0, 1, 0) {
			p := pipeline.Piece{Key: m.Code + "/" + from.Format("2006-01"), Members: []pipeline.Municipality{m}, From: from, To: from.AddDate(0, 1, 0)}
			if w.Now.Sub(p.To) < 90*24*time.Hour {
				p.Again = 24 * time.Hour
			}
			all = append(all, p)
		}
	}
	return all
}

func (gauge) Fetch(ctx context.Context, _ string, p pipeline.Piece, ask pipeline.Ask) error {
	list, err := ask(ctx, pipeline.Request{Service: "api", Path: "/list"})
	if err != nil {
		return err
	}
	r, err := list.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	text, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	if !strings.Contains(string(text), p.Members[0].Code) {
		return pipeline.ErrNothing
	}
	for page := 1; page <= 2; page++ {
		if _, err := ask(ctx, pipeline.Request{Service: "api", Role: "data", Path: fmt.Sprintf("/level/%s?page=%d", p.Key, page)}); err != nil {
			return err
		}
	}
	return nil
}

func (gauge) Decode(_ context.Context, x pipeline.Extract, out pipeline.Output) (pipeline.Edition, error) {
	var e pipeline.Edition
	for _, part := range x.Parts {
		r, err := part.Open()
		if err != nil {
			return e, err
		}
		defer r.Close()
		lines := bufio.NewScanner(r)
		for n := 1; lines.Scan(); n++ {
			if n == 1 {
				e.AsOf, _, _ = strings.Cut(lines.Text(), " ") // behind it may stand the time of day
				continue
			}
			cells := strings.Split(lines.Text(), ";")
			v, err := pipeline.ParseDecimal(cells[len(cells)-1], '.')
			if err != nil || len(cells) != 3 {
				return e, &pipeline.Problem{File: part.Name, Row: n, What: fmt.Sprintf("%q", lines.Text()), Expected: "code;month;mwh"}
			}
			if err := out.Row("gauge_level", fmt.Sprintf("line %d", n), cells[0], cells[1], v); err != nil {
				return e, err
			}
		}
	}
	return e, nil
}

// page is what the publisher says at an address.
type page struct {
	text  string
	fails bool
}

// web answers at once, from pages by path. It counts requests, and knows tags.
type web struct {
	mu       sync.Mutex
	pages    map[string]page
	tags     bool
	asked    []string // paths, in order
	bodies   int      // that were sent
	interval func()   // is called before each answer
}

func (w *web) Do(ctx context.Context, c pipeline.Call, save func(io.Reader) error) (pipeline.Reply, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if ctx.Err() != nil {
		return pipeline.Reply{}, ctx.Err()
	}
	if w.interval != nil {
		w.interval()
	}
	path := strings.TrimPrefix(c.Address, "https://gauge.example/api")
	w.asked = append(w.asked, path)
	p, there := w.pages[path]
	if !there || p.fails {
		return pipeline.Reply{}, &pipeline.Problem{File: "GET " + c.Address, What: "answered 503 five times", Remedy: "try later"}
	}
	reply := pipeline.Reply{Status: 200, Address: c.Address, Type: "text/plain", Requests: 1}
	if w.tags {
		reply.Validator.ETag = pipeline.Hash(p.text)[:8]
		if c.Known.ETag == reply.Validator.ETag {
			reply.Status, reply.NotModified = 304, true
			return reply, nil
		}
	}
	w.bodies++
	return reply, save(strings.NewReader(p.text))
}

// level is what the publisher has at first: three municipalities of which one is
// not in its list, two months.
func level() map[string]page {
	pages := map[string]page{"/list": {text: "253 259"}}
	for _, code := range []string{"253", "259"} {
		for _, month := range []string{"2023-11", "2023-12"} {
			for n, mwh := range []string{"100.5", "7"} {
				pages[fmt.Sprintf("/level/%s/%s?page=%d", code, month, n+1)] = page{text: fmt.Sprintf("%s-28\n%s;%s-%d;%s\n", month, code, month, n, mwh)}
			}
		}
	}
	return pages
}

type quiet struct{}

func (quiet) Step(string, int, int, string) {}
func (quiet) Note(string, ...any)           {}

// place is a workspace with a clock that moves when told.
type place struct {
	disk pipeline.FS
	now  time.Time
	web  *web
	mode pipeline.Mode
	used fetch.Used
	run  int
}

func newPlace(t *testing.T) *place {
	folder, err := os.MkdirTemp("/dev/shm", "samkraft-") // in memory, where there is such a disk: it is synced a lot
	if err != nil {
		folder = t.TempDir()
	} else {
		t.Cleanup(func() { os.RemoveAll(folder) })
	}
	return &place{disk: pipeline.Disk(folder), now: time.Date(2024, 1, 10, 6, 0, 0, 0, time.UTC), web: &web{pages: level()}, mode: pipeline.Upsert}
}

func plan(t *testing.T, codes ...string) pipeline.Plan {
	t.Helper()
	var members strings.Builder
	for _, c := range codes {
		fmt.Fprintf(&members, "  - {country: DK, code: %q}\n", c)
	}
	p, err := pipeline.ParsePlan("plan.yaml", []byte("id: gauged\nname: {en: Gauged}\nbase_year: 2023\nmembers:\n"+members.String()))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// fetch fetches November and December 2023 for two municipalities, unless the job
// says otherwise.
func (p *place) fetch(t *testing.T, change func(*pipeline.FetchJob)) (pipeline.FetchReport, error) {
	t.Helper()
	p.run++
	job := pipeline.FetchJob{Run: fmt.Sprint(p.run), Plans: []pipeline.Plan{plan(t, "253", "259")}, Report: quiet{}}
	if change != nil {
		change(&job)
	}
	f := fetch.Fetcher{Disk: p.disk, Clock: func() time.Time { return p.now }, Sources: []pipeline.Source{late{gauge{p.mode}}}, Web: p.web, Used: p.used}
	reports, err := f.Fetch(t.Context(), job)
	if len(reports) != 1 {
		return pipeline.FetchReport{}, errors.Join(err, fmt.Errorf("%d reports", len(reports)))
	}
	return reports[0], err
}

// late is the gauge from November 2023 to January 2024: two months whatever is wanted.
type late struct{ gauge }

func (l late) Pieces(set string, w pipeline.Want) []pipeline.Piece {
	w.From, w.To = time.Date(2023, 11, 1, 0, 0, 0, 0, time.UTC), time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	return l.gauge.Pieces(set, w)
}

func (p *place) state(t *testing.T) pipeline.FetchState {
	t.Helper()
	s, err := pipeline.FetchLog{Disk: p.disk}.State("gauge", "Level")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// served reads every extract of the state, by piece, as text.
func (p *place) served(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	for key, piece := range p.state(t).Pieces {
		if piece.Extract == "" {
			continue
		}
		x, err := pipeline.Archive{Disk: p.disk}.Extract("gauge", "Level", piece.Extract)
		if err != nil {
			t.Fatal(err)
		}
		var text bytes.Buffer
		for _, part := range x.Parts {
			r, err := part.Open()
			if err != nil {
				t.Fatal(err)
			}
			if _, err := io.Copy(&text, r); err != nil {
				t.Fatal(err)
			}
			r.Close()
		}
		all[key] = text.String()
	}
	return all
}

func keys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
