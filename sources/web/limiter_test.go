package web

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"samkraft/pipeline"
)

// drawn is a request of the property: when it comes, what for, and how long its answer
// takes to begin. It reaches the publisher at some time between.
type drawn struct {
	comes, arrives, answers time.Duration
	host, dataSet           int
	leaves                  time.Duration // gives up so long after it came; 0: never
	pushes                  time.Duration // the answer wants quiet for so long
}

// moment is when a request went, or reached the publisher.
type moment struct {
	drawn
	at time.Duration
}

// However requests come, no window holds more than its limit when they reach the
// publisher, nobody is forgotten, and those who wait for the same go in order.
func TestPropertyLimiter(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		limits := rapid.SliceOfN(rapid.Custom(func(r *rapid.T) pipeline.Limit {
			return pipeline.Limit{
				Requests: rapid.IntRange(1, 5).Draw(r, "requests"), Window: time.Duration(rapid.IntRange(1, 60).Draw(r, "seconds")) * time.Second,
				Scope: rapid.SampledFrom([]pipeline.Scope{pipeline.PerHost, pipeline.PerDataSet}).Draw(r, "scope"),
			}
		}), 0, 3).Draw(r, "limits")
		milliseconds := func(most int) *rapid.Generator[time.Duration] {
			return rapid.Map(rapid.IntRange(0, most), func(n int) time.Duration { return time.Duration(n) * time.Millisecond })
		}
		requests := rapid.SliceOfN(rapid.Custom(func(r *rapid.T) drawn {
			d := drawn{comes: milliseconds(30_000).Draw(r, "comes"), answers: milliseconds(5_000).Draw(r, "answers")}
			d.arrives = time.Duration(rapid.Float64Range(0, 1).Draw(r, "arrives") * float64(d.answers))
			d.host, d.dataSet = rapid.IntRange(0, 1).Draw(r, "host"), rapid.IntRange(0, 2).Draw(r, "data set")
			if rapid.IntRange(0, 9).Draw(r, "impatient") == 0 {
				d.leaves = milliseconds(20_000).Draw(r, "leaves") + 1
			}
			if rapid.IntRange(0, 9).Draw(r, "busy") == 0 {
				d.pushes = milliseconds(90_000).Draw(r, "pushes")
			}
			return d
		}), 1, 40).Draw(r, "requests")
		slices.SortStableFunc(requests, func(a, b drawn) int { return int(a.comes - b.comes) })
		var fault string
		synctest.Test(t, func(*testing.T) { fault = simulate(limits, requests) })
		if fault != "" {
			r.Fatal(fault)
		}
	})
}

// simulate lets requests come and returns what is wrong with when they went.
func simulate(limits []pipeline.Limit, requests []drawn) string {
	begin := time.Now()
	l := newLimiter(NewClock(time.Now), time.Time{})
	var mu sync.Mutex
	var arrivals, went []moment
	var wrong string
	var all sync.WaitGroup
	for i, d := range requests {
		// So that two never come at the same moment: then nobody could say who was first.
		time.Sleep(d.comes + time.Duration(i) - time.Since(begin))
		all.Go(func() {
			ctx, cancel := context.WithCancel(context.Background())
			defer cancel()
			if d.leaves > 0 {
				time.AfterFunc(d.leaves, cancel)
			}
			turn, err := l.take(ctx, fmt.Sprint(d.host), pipeline.Call{Source: "s", DataSet: fmt.Sprint(d.dataSet), Limits: limits}, time.Hour)
			if err != nil {
				mu.Lock()
				defer mu.Unlock()
				if d.leaves == 0 || !errors.Is(err, context.Canceled) {
					wrong = "gave up: " + err.Error()
				}
				return
			}
			mu.Lock()
			went = append(went, moment{d, time.Since(begin)})
			mu.Unlock()
			time.Sleep(d.arrives)
			mu.Lock()
			arrivals = append(arrivals, moment{d, time.Since(begin)})
			mu.Unlock()
			time.Sleep(d.answers - d.arrives)
			l.done(turn)
			if d.pushes > 0 {
				l.pause(turn, limits, d.pushes)
			}
		})
	}
	all.Wait()
	for _, limit := range limits {
		for _, a := range arrivals {
			n := 0
			for _, b := range arrivals {
				same := limit.Scope == pipeline.PerHost && a.host == b.host || limit.Scope == pipeline.PerDataSet && a.dataSet == b.dataSet
				if same && b.at >= a.at && b.at < a.at+limit.Window {
					n++
				}
			}
			if n > limit.Requests {
				return fmt.Sprintf("%d requests within %v from %v, limit %+v", n, limit.Window, a.at, limit)
			}
		}
	}
	for _, a := range went {
		for _, b := range went {
			if a.host == b.host && a.dataSet == b.dataSet && a.comes < b.comes && a.at > b.at {
				return fmt.Sprintf("who came at %v went at %v, before who came at %v", b.comes, b.at, a.comes)
			}
		}
	}
	if len(l.queue) > 0 {
		return "somebody is still in the queue"
	}
	return wrong
}

// A pause holds back who comes later, and only for what it is about.
func TestPause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begin, l := time.Now(), newLimiter(NewClock(time.Now), time.Time{})
		perDataSet := []pipeline.Limit{{Requests: 10, Window: time.Second, Scope: pipeline.PerDataSet}}
		take := func(host, dataSet string, limits []pipeline.Limit) *turn {
			turn, err := l.take(t.Context(), host, pipeline.Call{Source: "s", DataSet: dataSet, Limits: limits}, time.Hour)
			if err != nil {
				t.Fatal(err)
			}
			l.done(turn)
			return turn
		}
		after := func(want time.Duration) {
			t.Helper()
			if got := time.Since(begin); got != want {
				t.Errorf("went after %v, want %v", got, want)
			}
		}
		l.pause(take("h", "a", perDataSet), perDataSet, 210*time.Second)
		take("h", "b", perDataSet)
		after(0)
		take("other", "a", perDataSet)
		after(210 * time.Second)
		l.pause(take("h", "a", nil), nil, time.Minute)
		take("other", "c", nil)
		after(210 * time.Second)
		take("h", "c", nil)
		after(270 * time.Second)
	})
}

// Services of one host share its limits, also those that another one has stated.
func TestHostLimitsAreShared(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begin, l := time.Now(), newLimiter(NewClock(time.Now), time.Time{})
		limited := []pipeline.Limit{{Requests: 2, Window: 10 * time.Second, Scope: pipeline.PerHost}}
		for _, limits := range [][]pipeline.Limit{nil, limited, nil, limited} {
			turn, err := l.take(t.Context(), "h", pipeline.Call{DataSet: fmt.Sprint(len(limits)), Limits: limits}, time.Hour)
			if err != nil {
				t.Fatal(err)
			}
			l.done(turn)
		}
		if got := time.Since(begin); got != 10*time.Second {
			t.Errorf("four requests in %v", got)
		}
	})
}
