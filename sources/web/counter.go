package web

import (
	"slices"
	"time"

	"samkraft/pipeline"
)

// remembered is how many answered requests a counter keeps at least, so that it can
// also serve a limit that it learns of later.
const remembered = 1024

// counter counts the requests to a host or for a data set.
type counter struct {
	limits   []pipeline.Limit // all that services have stated; all hold
	open     int              // sent, and not yet answered
	answered []time.Time      // when the latest answers began, ascending
	paused   time.Time        // the publisher takes nothing before
	earlier  time.Time        // until when an earlier run may have used up every limit
}

// learn adds a limit to those that hold. One that cannot be kept, of less than one
// request, is taken for one request.
func (c *counter) learn(l pipeline.Limit) {
	l.Requests = max(l.Requests, 1)
	if l.Window > 0 && !slices.Contains(c.limits, l) {
		c.limits = append(c.limits, l)
	}
}

// free tells the earliest time, from now on, at which one more request may go. It is
// unknown, false, as long as that depends on when an answer comes.
func (c *counter) free(now time.Time) (time.Time, bool) {
	at := later(now, c.paused)
	for _, l := range c.limits {
		at = later(at, c.earlier.Add(l.Window))
		left := l.Requests - c.open
		if left <= 0 {
			return time.Time{}, false
		}
		if n := len(c.answered); n >= left {
			at = later(at, c.answered[n-left].Add(l.Window))
		}
	}
	return at, true
}

// answer notes that an answer has begun, or will never come.
func (c *counter) answer(now time.Time) {
	c.open--
	if n := len(c.answered); n > 0 {
		now = later(now, c.answered[n-1]) // a clock that was put back
	}
	c.answered = append(c.answered, now)
	keep := remembered
	for _, l := range c.limits {
		keep = max(keep, l.Requests)
	}
	if len(c.answered) > 2*keep {
		c.answered = slices.Clone(c.answered[len(c.answered)-keep:])
	}
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
