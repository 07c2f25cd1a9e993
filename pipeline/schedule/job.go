package schedule

import (
	"hash/fnv"
	"time"
)

// Job is something that is due again and again.
type Job struct {
	Name  string // of the job, for good: the log knows it by that
	Times Times
	// Jitter spreads jobs: each is later than its times by a part of it that depends
	// on its name alone, so that a thousand servers do not ask at the same minute.
	Jitter  time.Duration
	Overlap Overlap
	CatchUp CatchUp
	Window  time.Duration // how old a missed time may be to be caught up
}

// Overlap says what becomes of a time at which the job is still running, or waits
// for another to end.
type Overlap string

const (
	// Skip lets the time pass.
	Skip Overlap = "skip"
	// Wait runs the job once more as soon as it can.
	Wait Overlap = "wait"
)

// CatchUp says what becomes of times at which nobody was there to run the job.
type CatchUp string

const (
	// Once runs the job once for all times that were missed.
	Once CatchUp = "once"
	// All runs it for each of them.
	All CatchUp = "all"
	// None runs it for none.
	None CatchUp = "none"
)

// grace is how late a job may be and still be in time.
const grace = time.Minute

// late is by how much the job is later than its times.
func (j Job) late() time.Duration {
	if j.Jitter <= 0 {
		return 0
	}
	h := fnv.New64a()
	h.Write([]byte(j.Name))
	return (time.Duration(h.Sum64()%uint64(j.Jitter)) / time.Second) * time.Second
}

// Next returns when the job is due first after a time, and for which of its times.
func (j Job) Next(after time.Time) (due, planned time.Time) {
	planned = j.Times.Next(after.Add(-j.late()))
	if planned.IsZero() {
		return planned, planned
	}
	return planned.Add(j.late()), planned
}
