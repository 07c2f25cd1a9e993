package schedule

import (
	"maps"
	"slices"
	"sort"
	"time"
)

// Planner decides, each time that it is told the time, which jobs are to be run. It
// is not safe for concurrent use.
type Planner struct {
	jobs   []Job
	seen   map[string]time.Time // up to when each job's times are dealt with
	queue  []Start
	active *Start // that is running
}

// Start is an order to run a job.
type Start struct {
	Job     string
	Planned time.Time // for which of its times
	Reason  Reason
}

// Passed are times of a job, one after another, at which it was not run for one
// reason.
type Passed struct {
	Job         string
	First, Last time.Time
	Count       int
	Reason      Reason
}

// Reason says why a job is run or not.
type Reason string

// The reasons.
const (
	InTime    Reason = "in time"
	CaughtUp  Reason = "caught up"                       // nobody was there at its time
	Covered   Reason = "covered by the run that follows" // of several missed times one is caught up
	NoCatchUp Reason = "missed, and not to be caught up"
	TooOld    Reason = "missed, and too old to be caught up"
	Running   Reason = "skipped: the job was still running or waiting"
)

// farBack is how far the clock may go back before times are dealt with anew: less
// may be a correction, more was a mistake before it.
const farBack = 24 * time.Hour

// NewPlanner plans jobs. Seen says up to when the times of each job, by name, have
// been dealt with; a job that is not in it begins now.
func NewPlanner(jobs []Job, seen map[string]time.Time, now time.Time) *Planner {
	p := &Planner{jobs: jobs, seen: map[string]time.Time{}}
	for _, j := range jobs {
		at, known := seen[j.Name]
		if !known {
			at = now
		}
		p.seen[j.Name] = at
	}
	return p
}

// Seen says up to when the times of each job have been dealt with: a run that waits,
// or has not ended, has not been.
func (p *Planner) Seen() map[string]time.Time {
	all := maps.Clone(p.seen)
	open := p.queue
	if p.active != nil {
		open = append([]Start{*p.active}, open...)
	}
	for _, s := range open {
		for _, j := range p.jobs {
			if before := s.Planned.Add(j.late() - time.Second); j.Name == s.Job && before.Before(all[j.Name]) {
				all[j.Name] = before
			}
		}
	}
	return all
}

// Replace plans other jobs from now on. Those that stay go on where they are; what
// waits of those that go is dropped.
func (p *Planner) Replace(jobs []Job, now time.Time) {
	seen := map[string]time.Time{}
	for _, j := range jobs {
		if at, known := p.seen[j.Name]; known {
			seen[j.Name] = at
		} else {
			seen[j.Name] = now
		}
	}
	p.jobs, p.seen = jobs, seen
	p.queue = slices.DeleteFunc(p.queue, func(s Start) bool {
		_, stays := seen[s.Job]
		return !stays
	})
}

// Advance deals with the times up to now: jobs that are due join the queue, and what
// is not to be run is returned, in the order of its times.
func (p *Planner) Advance(now time.Time) []Passed {
	var passed []Passed
	var starts []Start
	for _, j := range p.jobs {
		if p.seen[j.Name].Sub(now) > farBack {
			p.seen[j.Name] = now
		}
		due := j.between(p.seen[j.Name], now)
		if p.seen[j.Name].Before(now) {
			p.seen[j.Name] = now
		}
		for i, planned := range due {
			s := Start{Job: j.Name, Planned: planned, Reason: InTime}
			age := now.Sub(planned.Add(j.late()))
			if age > grace {
				s.Reason = CaughtUp
			}
			no := Reason("")
			switch {
			case s.Reason == InTime && j.Overlap == Skip && p.busy(j.Name, starts):
				no = Running
			case s.Reason == InTime:
			case j.CatchUp == None:
				no = NoCatchUp
			case age > j.Window:
				no = TooOld
			case j.CatchUp == Once && i < len(due)-1:
				no = Covered
			}
			if no == "" && j.Overlap == Wait && j.CatchUp != All && p.waits(j.Name, starts) {
				no = Covered // the run that waits begins after this time, too
			}
			if no != "" {
				if n := len(passed) - 1; n >= 0 && passed[n].Job == j.Name && passed[n].Reason == no {
					passed[n].Last = planned
					passed[n].Count++
				} else {
					passed = append(passed, Passed{j.Name, planned, planned, 1, no})
				}
				continue
			}
			starts = append(starts, s)
		}
	}
	sort.SliceStable(starts, func(i, k int) bool { return starts[i].Planned.Before(starts[k].Planned) })
	sort.SliceStable(passed, func(i, k int) bool { return passed[i].First.Before(passed[k].First) })
	p.queue = append(p.queue, starts...)
	return passed
}

// between lists the times of a job that are due after one moment and until another.
func (j Job) between(after, until time.Time) []time.Time {
	var all []time.Time
	for at := after; ; {
		due, planned := j.Next(at)
		if due.IsZero() || due.After(until) {
			return all
		}
		all = append(all, planned)
		at = due
	}
}

// busy reports whether a job runs or waits to run.
func (p *Planner) busy(job string, starts []Start) bool {
	return p.active != nil && p.active.Job == job || p.waits(job, starts)
}

func (p *Planner) waits(job string, starts []Start) bool {
	for _, list := range [][]Start{p.queue, starts} {
		for _, s := range list {
			if s.Job == job {
				return true
			}
		}
	}
	return false
}

// Begin takes the first job from the queue, or reports that there is none or that
// one is running: there is one at a time.
func (p *Planner) Begin() (Start, bool) {
	if p.active != nil || len(p.queue) == 0 {
		return Start{}, false
	}
	s := p.queue[0]
	p.queue = p.queue[1:]
	p.active = &s
	return s, true
}

// End says that the job that was running has ended.
func (p *Planner) End() { p.active = nil }

// Wake is when there is something to do next if nothing ends before; zero: never.
func (p *Planner) Wake() time.Time {
	var first time.Time
	for _, j := range p.jobs {
		if due, _ := j.Next(p.seen[j.Name]); !due.IsZero() && (first.IsZero() || due.Before(first)) {
			first = due
		}
	}
	return first
}
