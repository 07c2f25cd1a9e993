package web_test

import (
	"fmt"
	"io"
	"net/http"
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
