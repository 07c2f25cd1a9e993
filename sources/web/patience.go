package web

import (
	"time"

	"samkraft/pipeline"
)

// Patience says how long a call goes on in spite of faults. Zero values mean the
// defaults in brackets.
type Patience struct {
	Attempts int           // at most [8]
	Total    time.Duration // at most waited after faults, all in all [30 min]
	First    time.Duration // the wait after the first fault is drawn from 0 to this; it doubles with each [1 s]
	Longest  time.Duration // and is drawn from 0 to at most this [2 min]
}

func (p Patience) withDefaults() Patience {
	if p.Attempts == 0 {
		p.Attempts = 8
	}
	if p.Total == 0 {
		p.Total = 30 * time.Minute
	}
	if p.First == 0 {
		p.First = time.Second
	}
	if p.Longest == 0 {
		p.Longest = 2 * time.Minute
	}
	return p
}

// endurance is what one call has left of its patience.
type endurance struct {
	Patience
	random func() float64

	attempts int
	waited   time.Duration
}

// next tells how long to wait after a fault, and whether there is patience left for
// it. A wait that the publisher names counts, and a second more, because it rounds and
// so that not all come back at once. One that wants to be left alone and does not
// say for how long is given the longest window of its limits. All else is
// exponential back-off with full jitter.
func (e *endurance) next(f *fault, limits []pipeline.Limit) (time.Duration, bool) {
	e.attempts++
	wait := e.backOff()
	if f.busy {
		asked := f.asked
		if asked == 0 {
			asked = longestWindow(limits)
		}
		if asked > 0 {
			wait = max(wait, asked+time.Duration(e.random()*float64(time.Second)))
		}
	}
	if !f.passing || e.attempts >= e.Attempts || wait > e.Total-e.waited {
		return wait, false
	}
	e.waited += wait
	return wait, true
}

func (e *endurance) backOff() time.Duration {
	ceiling := e.First
	for i := 1; i < e.attempts && ceiling < e.Longest; i++ {
		ceiling *= 2
	}
	return time.Duration(e.random() * float64(min(ceiling, e.Longest)))
}

func longestWindow(limits []pipeline.Limit) time.Duration {
	var longest time.Duration
	for _, l := range limits {
		longest = max(longest, l.Window)
	}
	return longest
}
