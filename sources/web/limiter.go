package web

import (
	"context"
	"slices"
	"sync"
	"time"

	"samkraft/pipeline"
)

// limiter gives requests their turn: of those that the limits allow, the one that has
// waited longest. It is safe for concurrent use.
type limiter struct {
	clock   Clock
	earlier time.Time // see Options.Earlier

	mu       sync.Mutex
	counters map[string]*counter
	queue    []*turn       // in order of arrival
	changed  chan struct{} // closed when a turn is given, given up or over
}

// turn is a request that waits to go, or has gone.
type turn struct {
	keys     []string
	counters []*counter
	given    bool
}

func newLimiter(clock Clock, earlier time.Time) *limiter {
	return &limiter{clock: clock, earlier: earlier, counters: map[string]*counter{}, changed: make(chan struct{})}
}

// keys names what a request to a host counts for: the host, and the data set.
func keys(host string, c pipeline.Call) []string {
	return []string{"host " + host, "data set " + c.Source + "/" + c.DataSet}
}

// take waits for a request's turn. It gives up at once, with a *pushedBack, where the
// publisher wants to be left alone for longer than patience.
func (l *limiter) take(ctx context.Context, host string, c pipeline.Call, patience time.Duration) (*turn, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	t := &turn{keys: keys(host, c)}
	for i, key := range t.keys {
		scope := []pipeline.Scope{pipeline.PerHost, pipeline.PerDataSet}[i]
		n := l.counters[key]
		if n == nil {
			n = &counter{earlier: l.earlier}
			l.counters[key] = n
		}
		for _, limit := range c.Limits {
			if limit.Scope == scope {
				n.learn(limit)
			}
		}
		t.counters = append(t.counters, n)
	}
	l.queue = append(l.queue, t)
	for {
		now := l.clock.Now()
		l.give(now)
		if t.given {
			return t, nil
		}
		err := context.Cause(ctx)
		if until := t.paused(); err == nil && until.Sub(now) > patience {
			err = &pushedBack{until: until, wait: until.Sub(now)}
		}
		if err == nil {
			err = l.sleep(ctx, t, now)
		}
		if err != nil && t.given { // just now: nothing has been sent
			l.over(t)
			return nil, err
		}
		if err != nil {
			l.queue = slices.DeleteFunc(l.queue, func(q *turn) bool { return q == t })
			l.tell()
			return nil, err
		}
	}
}

// sleep lets go of the lock until the turn may have come.
func (l *limiter) sleep(ctx context.Context, t *turn, now time.Time) error {
	at, known := t.free(now)
	known = known && !l.follows(t)
	changed := l.changed
	l.mu.Unlock()
	defer l.mu.Lock()
	if known {
		return l.clock.Sleep(ctx, at.Sub(now))
	}
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-changed:
		return nil
	}
}

// give gives their turn to all in the queue that may go now.
func (l *limiter) give(now time.Time) {
	waiting := l.queue[:0]
	for _, t := range l.queue {
		if at, known := t.free(now); known && !at.After(now) {
			for _, c := range t.counters {
				c.open++
			}
			t.given = true
			continue
		}
		waiting = append(waiting, t)
	}
	if len(waiting) < len(l.queue) {
		clear(l.queue[len(waiting):])
		l.queue = waiting
		l.tell()
	}
}

// follows reports whether somebody before t in the queue waits for just the same, so
// that t need not watch the time: one goroutine for each thing that is waited for does,
// and a simulated clock is not put on by all of them together.
func (l *limiter) follows(t *turn) bool {
	return slices.IndexFunc(l.queue, func(q *turn) bool { return slices.Equal(q.keys, t.keys) }) < slices.Index(l.queue, t)
}

// done says that the answer to a request has begun, or will never come.
func (l *limiter) done(t *turn) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.over(t)
}

func (l *limiter) over(t *turn) {
	now := l.clock.Now()
	for _, c := range t.counters {
		c.answer(now)
	}
	l.tell()
}

// pause lets nothing go for a while: to the host where the call has limits per host or
// none, and for the data set where it has limits per data set.
func (l *limiter) pause(t *turn, limits []pipeline.Limit, d time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	until := l.clock.Now().Add(d)
	scoped := func(s pipeline.Scope) bool {
		return slices.ContainsFunc(limits, func(limit pipeline.Limit) bool { return limit.Scope == s })
	}
	host, dataSet := t.counters[0], t.counters[1]
	if scoped(pipeline.PerHost) || !scoped(pipeline.PerDataSet) {
		host.paused = later(host.paused, until)
	}
	if scoped(pipeline.PerDataSet) {
		dataSet.paused = later(dataSet.paused, until)
	}
}

// tell wakes those who wait for a change.
func (l *limiter) tell() {
	close(l.changed)
	l.changed = make(chan struct{})
}

// free is the earliest time at which all counters let the request go.
func (t *turn) free(now time.Time) (time.Time, bool) {
	at := now
	for _, c := range t.counters {
		free, known := c.free(now)
		if !known {
			return time.Time{}, false
		}
		at = later(at, free)
	}
	return at, true
}

// paused is the time before which the publisher takes nothing; long past, if ever.
func (t *turn) paused() time.Time {
	var until time.Time
	for _, c := range t.counters {
		until = later(until, c.paused)
	}
	return until
}

// pushedBack says that a publisher takes nothing before a time.
type pushedBack struct {
	until time.Time
	wait  time.Duration
}

func (p *pushedBack) Error() string {
	return "the publisher takes no request before " + p.until.UTC().Format(time.RFC3339)
}
