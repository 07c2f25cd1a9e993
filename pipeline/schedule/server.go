package schedule

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"time"

	"samkraft/pipeline"
)

// Clock is the time, and how it passes.
type Clock interface {
	Now() time.Time
	// Sleep returns after d, or with an error as soon as ctx is done.
	Sleep(ctx context.Context, d time.Duration) error
}

// Server runs jobs at their times, one after another, and remembers in the
// workspace up to when their times have been dealt with. Its fields are set before
// use and not changed after.
type Server struct {
	Disk  pipeline.FS
	Clock Clock
	// Run runs a job. It ends soon after ctx is done.
	Run func(ctx context.Context, s Start)
	// Passed is told of times at which a job is not run. It may be nil.
	Passed func(Passed)
	// Grace is how long a run may go on after the server was told to stop.
	Grace time.Duration
	// Turn is called whenever the server looks at its jobs: every minute at least, also
	// while one is running. It may be nil.
	Turn func()
	// Fault is told of what goes wrong with the server's own memory. The server goes on.
	Fault func(error)
}

// seenFile is where the server remembers, relative to the workspace.
const seenFile = "schedule.json"

// longest is how long the server sleeps at most: so it sees a clock that was put.
const longest = time.Minute

// Serve runs jobs until ctx is done; then a run in flight has its grace, and is
// stopped. Jobs that come by reload take the place of those before.
func (s *Server) Serve(ctx context.Context, jobs []Job, reload <-chan []Job) {
	planner := NewPlanner(jobs, s.read(), s.Clock.Now())
	running, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	ended, busy := make(chan struct{}), false
	news := true // there is something to remember: no disk is to be written every minute
	for ctx.Err() == nil {
		if s.Turn != nil {
			s.Turn()
		}
		for _, p := range planner.Advance(s.Clock.Now()) {
			news = true
			if s.Passed != nil {
				s.Passed(p)
			}
		}
		if start, ok := planner.Begin(); ok {
			busy, news = true, true
			go func() {
				s.Run(running, start)
				ended <- struct{}{}
			}()
		}
		if news {
			s.write(planner.Seen())
			news = false
		}
		slept, wake := s.sleep(ctx, s.nap(planner.Wake()))
		select {
		case <-slept:
		case <-ended:
			busy, news = false, true
			planner.End()
		case jobs := <-reload:
			planner.Replace(jobs, s.Clock.Now())
			news = true
		}
		wake()
	}
	if busy {
		slept, wake := s.sleep(context.WithoutCancel(ctx), s.Grace)
		defer wake()
		select {
		case <-ended:
			planner.End()
		case <-slept:
			stop()
			<-ended // not dealt with: the next server begins with it
		}
	}
	s.write(planner.Seen())
}

// nap is how long to sleep until a time; zero is never.
func (s *Server) nap(until time.Time) time.Duration {
	if until.IsZero() {
		return longest
	}
	return max(0, min(longest, until.Sub(s.Clock.Now())))
}

// sleep sleeps for a time. The channel is closed at the end of it, the function ends it
// early.
func (s *Server) sleep(ctx context.Context, d time.Duration) (slept <-chan struct{}, wake func()) {
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		s.Clock.Sleep(ctx, d) // an early end is an end
	}()
	return done, func() { cancel(); <-done }
}

// read returns what an earlier server remembered. What cannot be read is as nothing:
// then every job begins now.
func (s *Server) read() map[string]time.Time {
	seen := map[string]time.Time{}
	text, err := pipeline.ReadFile(s.Disk, seenFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		err = json.Unmarshal(text, &seen)
	}
	if err != nil {
		s.Fault(&pipeline.Problem{File: seenFile, What: "cannot be read: " + err.Error(), Expected: "the times that a server has dealt with", Remedy: "it is written anew; times before now are not caught up"})
		return nil
	}
	return seen
}

func (s *Server) write(seen map[string]time.Time) {
	err := pipeline.WriteFile(s.Disk, seenFile, func(w io.Writer) error {
		e := json.NewEncoder(w)
		e.SetIndent("", "  ")
		return e.Encode(seen)
	})
	if err != nil {
		s.Fault(err)
	}
}

// Remembered returns up to when the times of jobs have been dealt with, by name, as
// the server of a workspace last wrote it.
func Remembered(disk pipeline.FS) map[string]time.Time {
	return (&Server{Disk: disk, Fault: func(error) {}}).read()
}
