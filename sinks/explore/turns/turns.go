// Package turns lets few things be done at a time, and one at a time for each who asks,
// so that one who asks for much keeps nobody else waiting longer.
package turns

import (
	"context"
	"errors"
	"slices"
	"sync"
)

// ErrBusy is why somebody does not even get to wait: too many wait already. ErrMine is
// the same of one's own.
var (
	ErrBusy = errors.New("too many wait")
	ErrMine = errors.New("too many of one's own wait")
)

// Queue is where turns are waited for.
type Queue struct {
	running, staying, mine int

	mu     sync.Mutex
	all    []*Turn        // that run, wait, or stay
	counts map[string]int // by who asks: of all
}

// New makes a queue in which so many run at a time, so many are there at all, and so
// many of one who asks.
func New(running, staying, mine int) *Queue {
	return &Queue{running: running, staying: staying, mine: mine, counts: map[string]int{}}
}

// Turn is a place in a queue.
type Turn struct {
	queue *Queue
	who   string
	runs  bool
	done  bool          // it ran, and stays while its answer is taken
	turn  chan struct{} // closed when it runs
}

// Enter waits for a turn of who asks. Those who have nothing running come first, in the
// order in which they came. The turn has to be left.
func (q *Queue) Enter(ctx context.Context, who string) (*Turn, error) {
	q.mu.Lock()
	switch {
	case q.counts[who] >= q.mine:
		q.mu.Unlock()
		return nil, ErrMine
	case len(q.all) >= q.staying:
		q.mu.Unlock()
		return nil, ErrBusy
	}
	t := &Turn{queue: q, who: who, turn: make(chan struct{})}
	q.all = append(q.all, t)
	q.counts[who]++
	q.advance()
	q.mu.Unlock()
	select {
	case <-t.turn:
		return t, nil
	case <-ctx.Done():
		t.Leave()
		return nil, ctx.Err()
	}
}

// Finish ends the work of a turn, so that the next one runs, while its result still
// takes room: it counts until it leaves.
func (t *Turn) Finish() {
	t.queue.mu.Lock()
	defer t.queue.mu.Unlock()
	t.runs, t.done = false, true
	t.queue.advance()
}

// Leave gives the place up. It may be called more than once.
func (t *Turn) Leave() {
	q := t.queue
	q.mu.Lock()
	defer q.mu.Unlock()
	i := slices.Index(q.all, t)
	if i < 0 {
		return
	}
	q.all = slices.Delete(q.all, i, i+1)
	if q.counts[t.who]--; q.counts[t.who] == 0 {
		delete(q.counts, t.who)
	}
	t.runs, t.done = false, true
	q.advance()
}

// advance lets run who may. The lock is held.
func (q *Queue) advance() {
	running := 0
	busy := map[string]bool{}
	for _, t := range q.all {
		if t.runs {
			running++
			busy[t.who] = true
		}
	}
	for _, t := range q.all {
		if running >= q.running {
			return
		}
		if !t.runs && !t.done && !busy[t.who] {
			t.runs = true
			busy[t.who] = true
			running++
			close(t.turn)
		}
	}
}
