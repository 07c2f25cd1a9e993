package web_test

import (
	"fmt"
	"io"
	"net/http"
	"runtime"
	"sync"
	"testing"
	"time"

	"samkraft/pipeline"
	"samkraft/sources/web"
)

// Of many callers at once, with faults, redirects and pauses, the publisher's own log
// holds no more requests in any window than its limits allow.
func TestPoliteByTheServersLog(t *testing.T) {
	s := newSide(t, func(o *web.Options) { o.Patience.Total = 24 * time.Hour })
	limits := []pipeline.Limit{{Requests: 4, Window: 10 * time.Second, Scope: pipeline.PerHost}, {Requests: 1, Window: 3 * time.Second, Scope: pipeline.PerDataSet}}
	var mu sync.Mutex
	type line struct {
		at      time.Time
		dataSet string
	}
	var log []line
	p := newPublisher(t, func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		log = append(log, line{s.clock.Now(), r.URL.Query().Get("of")})
		n := len(log)
		mu.Unlock()
		switch {
		case n%5 == 0:
			w.WriteHeader(500)
		case n%7 == 0:
			redirect(302, "/again?"+r.URL.RawQuery)(w, r)
		case n%11 == 0:
			answer(429, "", "Retry-After", "30")(w, r)
		default:
			good(w, r)
		}
	})
	var all sync.WaitGroup
	for i := range 60 {
		all.Go(func() {
			c := call(fmt.Sprintf("%s/?of=%d", p.URL, i%3))
			c.DataSet, c.Limits = fmt.Sprint(i%3), limits
			if _, err := s.Do(t.Context(), c, func(body io.Reader) error {
				_, err := io.Copy(io.Discard, body)
				return err
			}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if len(log) < 60*5/4 {
		t.Errorf("%d requests: were there no faults?", len(log))
	}
	for _, limit := range limits {
		for _, a := range log {
			n := 0
			for _, b := range log {
				if (limit.Scope == pipeline.PerHost || a.dataSet == b.dataSet) && !b.at.Before(a.at) && b.at.Before(a.at.Add(limit.Window)) {
					n++
				}
			}
			if n > limit.Requests {
				t.Errorf("%d requests within %v from %v: limit %+v", n, limit.Window, a.at, limit)
			}
		}
	}
}

// A run that follows closely upon another one keeps its distance.
func TestEarlierRun(t *testing.T) {
	p, s := newPublisher(t, good), newSide(t, func(o *web.Options) { o.Earlier = start.Add(-20 * time.Second) })
	c := call(p.URL)
	c.Limits = perMinute
	for _, want := range []time.Duration{40 * time.Second, 100 * time.Second} {
		if _, _, _, err := s.get(t, c); err != nil || s.clock.Now().Sub(start) != want {
			t.Errorf("after %v, want %v: %v", s.clock.Now().Sub(start), want, err)
		}
	}
}

// Callers who wait for the same let the time pass together, not each for itself.
func TestCallersWaitTogether(t *testing.T) {
	p, s := newPublisher(t, good), newSide(t, nil)
	c := call(p.URL)
	c.Limits = perMinute
	var all sync.WaitGroup
	for range 30 {
		all.Go(func() {
			if _, err := s.Do(t.Context(), c, func(io.Reader) error { return nil }); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if waited := s.clock.Now().Sub(start); waited != 29*time.Minute {
		t.Errorf("30 requests at one a minute took %v", waited)
	}
}

// While the text of a refusal is still on its way, nobody else asks.
func TestNobodySlipsThrough(t *testing.T) {
	s := newSide(t, nil)
	var begun, free sync.WaitGroup
	begun.Add(1)
	free.Add(1)
	var mu sync.Mutex
	var at []time.Time
	p := newPublisher(t, func(w http.ResponseWriter, _ *http.Request) {
		mu.Lock()
		at = append(at, s.clock.Now())
		mu.Unlock()
		w.Header().Set("Retry-After", "90")
		w.WriteHeader(429)
		w.(http.Flusher).Flush()
		begun.Done()
		free.Wait()
	}, func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		at = append(at, s.clock.Now())
		if len(at) == 2 {
			free.Done()
		}
		mu.Unlock()
		good(w, r)
	})
	ask := func() {
		if _, err := s.Do(t.Context(), call(p.URL), func(io.Reader) error { return nil }); err != nil {
			t.Error(err)
		}
	}
	var all sync.WaitGroup
	all.Go(ask)
	begun.Wait()
	for !s.Paused() {
		runtime.Gosched() // the head of the refusal is on its way
	}
	all.Go(ask)
	all.Wait()
	for _, later := range at[1:] {
		if later.Sub(at[0]) < 90*time.Second {
			t.Errorf("asked again after %v", later.Sub(at[0]))
		}
	}
}
