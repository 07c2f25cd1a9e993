package main

import (
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"samkraft/pipeline"
)

// pause is how long a reader looks at what it got.
const pause = time.Second

// stop is something to ask for.
type stop struct{ kind, plan, address string }

// walk lists all that readers ask for: pages in three languages, those that tell where
// figures come from, the first views of tables, and the files of tables.
func (s *stand) walk(b *testing.B) (all []stop) {
	b.Helper()
	snapshots := pipeline.Snapshots{Disk: pipeline.Disk(s.workspace)}
	for _, plan := range []string{"goda-grannar", "kobenhavn-syd"} {
		folder := os.DirFS(snapshots.Disk.Path(snapshots.Folder(plan, latest(b, s.workspace, plan))))
		names, err := fs.Glob(folder, "*.parquet")
		if err != nil {
			b.Fatal(err)
		}
		for _, name := range names {
			all = append(all, stop{"file", plan, "/snapshots/" + plan + "/latest/" + name})
		}
		for _, lang := range []string{"da", "sv", "en"} {
			pages, err := fs.Glob(folder, "pages/"+lang+"/*.html")
			origins, fault := fs.Glob(folder, "pages/"+lang+"/how/*.html")
			if err != nil || fault != nil || len(pages) == 0 || len(origins) == 0 {
				b.Fatal(err, fault, pages, origins)
			}
			for _, name := range pages {
				all = append(all, stop{"page", plan, "/" + plan + "/" + strings.TrimPrefix(name, "pages/")})
			}
			for _, name := range origins {
				all = append(all, stop{"origin", plan, "/" + plan + "/" + strings.TrimPrefix(name, "pages/")})
			}
			for _, name := range append(names, "") {
				all = append(all, stop{"table", plan, "/" + plan + "/" + lang + "/explore/" + strings.TrimSuffix(name, ".parquet")})
			}
			all = append(all, stop{"page", plan, "/" + plan + "/" + lang + "/query"})
		}
	}
	return all
}

// filed lists the same pages as files.
func (s *stand) filed(b *testing.B) (all []stop) {
	b.Helper()
	for _, at := range s.walk(b) {
		if rest, ok := strings.CutPrefix(at.address, "/"+at.plan+"/"); ok && strings.HasSuffix(rest, ".html") {
			all = append(all, stop{at.kind, at.plan, path.Join("/", at.plan, latest(b, s.workspace, at.plan), "pages", rest)})
		}
	}
	return all
}

// took is how long an answer took, and of which snapshot it is, if it says so.
type took struct {
	stop
	began time.Time
	time  time.Duration
	id    string
}

// readers read until their end.
type readers struct {
	client  *http.Client
	server  string
	leave   chan bool
	reading sync.WaitGroup

	mu     sync.Mutex
	all    []took
	faults []string
	spans  []span
	leads  []lead
}

// lead is when readers of a plan were led to a snapshot.
type lead struct {
	span, plan, id string
	at             time.Time
}

// span is a time in which something went on.
type span struct {
	what       string
	begin, end time.Time
}

// read begins to read, each reader in an order of its own.
func (s *stand) read(many int, server string, walk []stop) *readers {
	r := &readers{server: server, leave: make(chan bool), client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: many}}}
	for i := range many {
		random := rand.New(rand.NewPCG(2026, uint64(i)))
		r.reading.Go(func() {
			wait := time.Duration(i) * pause / time.Duration(many) // they do not come all at once
			for order := random.Perm(len(walk)); ; order = append(order[1:], order[0]) {
				select {
				case <-r.leave:
					return
				case <-time.After(wait):
				}
				r.ask(i, walk[order[0]])
				wait = pause
			}
		})
	}
	return r
}

// ofSnapshot is what a page says of the snapshot that it is made of.
var ofSnapshot = regexp.MustCompile(`/snapshots/[a-z-]+/([0-9a-f]{16})/`)

// ask asks for one thing and looks whether it is of one snapshot.
func (r *readers) ask(reader int, at stop) {
	q, err := http.NewRequest(http.MethodGet, "http://"+r.server+at.address, nil)
	if err != nil {
		r.fault("%v", err)
		return
	}
	q.Header.Set("X-Reader", fmt.Sprint("reader", reader))
	q.Header.Set("X-Forwarded-For", fmt.Sprint("192.0.2.", 1+reader))
	began := time.Now()
	answer, err := r.client.Do(q)
	if err != nil {
		r.fault("%v", err)
		return
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	time := time.Since(began)
	if err != nil || answer.StatusCode != http.StatusOK || len(text) == 0 {
		r.fault("%s: %s with %d bytes: %v", at.address, answer.Status, len(text), err)
	}
	id := ""
	if at.kind != "file" {
		for _, m := range ofSnapshot.FindAllSubmatch(text, -1) {
			if id != "" && id != string(m[1]) {
				r.fault("%s is of the snapshots %s and %s", at.address, id, m[1])
			}
			id = string(m[1])
		}
	}
	r.mu.Lock()
	r.all = append(r.all, took{at, began, time, id})
	r.mu.Unlock()
}

func (r *readers) fault(format string, args ...any) {
	r.mu.Lock()
	r.faults = append(r.faults, fmt.Sprintf(format, args...))
	r.mu.Unlock()
}

// during notes while what it is that readers ask.
func (r *readers) during(what string, do func()) {
	begin := time.Now()
	do()
	r.spans = append(r.spans, span{what, begin, time.Now()})
}

// leadTo notes since when readers are led to other snapshots, and waits until they see
// them.
func (r *readers) leadTo(b *testing.B, s *stand, span string) {
	b.Helper()
	for _, plan := range []string{"goda-grannar", "kobenhavn-syd"} {
		file, err := os.Stat(filepath.Join(s.workspace, "snapshots", plan, "latest"))
		if err != nil {
			b.Fatal(err)
		}
		l := lead{span, plan, latest(b, s.workspace, plan), file.ModTime()}
		r.leads = append(r.leads, l)
		for seen := false; !seen; time.Sleep(pause / 10) {
			r.mu.Lock()
			seen = slices.ContainsFunc(r.all, func(t took) bool { return t.plan == plan && t.id == l.id })
			r.mu.Unlock()
		}
	}
}

// until is how long after readers were led to another snapshot one still saw that before.
func (r *readers) until(l lead) (longest time.Duration) {
	before := map[string]bool{}
	for _, t := range r.all {
		if t.began.Before(l.at) {
			before[t.id] = t.id != ""
		}
	}
	for _, t := range r.all {
		if t.plan == l.plan && before[t.id] && t.began.After(l.at) {
			longest = max(longest, t.began.Sub(l.at))
		}
	}
	return longest
}

// end lets the readers go and tells how long they waited.
func (r *readers) end(b *testing.B, of string) {
	b.Helper()
	close(r.leave)
	r.reading.Wait()
	for _, f := range r.faults[:min(len(r.faults), 20)] {
		b.Error(f)
	}
	for _, s := range r.spans {
		by := map[string][]time.Duration{}
		for _, t := range r.all {
			if t.began.Before(s.begin) || t.began.After(s.end) {
				continue
			}
			by[t.kind] = append(by[t.kind], t.time)
			if t.kind != "file" {
				by["all pages"] = append(by["all pages"], t.time)
			}
		}
		for _, kind := range []string{"all pages", "page", "origin", "table", "file"} {
			if all := by[kind]; len(all) > 0 {
				slices.Sort(all)
				b.Logf("%-16s %4.0f s %-9s %6d answers: half within %5.1f ms, 99 %% within %6.1f ms, all within %6.1f ms",
					s.what+of, s.end.Sub(s.begin).Seconds(), kind, len(all), ms(all[len(all)/2]), ms(all[len(all)*99/100]), ms(all[len(all)-1]))
			}
		}
		if all := by["all pages"]; len(all) > 0 {
			b.ReportMetric(ms(all[len(all)*99/100]), "p99-ms-"+s.what+of)
		}
	}
	for _, l := range r.leads {
		b.Logf("%-5s %s: the snapshot before was seen until %.1f s after", l.span, l.plan, r.until(l).Seconds())
	}
}

func ms(d time.Duration) float64 { return float64(d) / 1e6 }
