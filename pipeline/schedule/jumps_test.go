package schedule_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"samkraft/pipeline"
	"samkraft/pipeline/schedule"
)

// put sets the clock.
func (c *clock) put(now time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = now
}

// A clock is put back and forth while the server goes on: a little, then a month ahead
// by mistake, and right again. No time is dealt with twice, and no day is left out but
// those that the clock left out.
func TestServerClockJumps(t *testing.T) {
	const day = 24 * time.Hour
	// Ahead it is put past a time, not on it: the clock may go on before the server sees
	// that a run has ended, and so may pass a time by itself.
	jumps := []time.Duration{-3 * time.Hour, 30*day + 10*time.Minute, -30 * day, 20 * time.Hour, -20 * time.Hour, 0, 0}
	want := []string{
		"plan 01 05:00 in time",   // then put back to 02:00
		"plan 02 05:00 in time",   // a month ahead, where it has just been time
		"plan 04 05:00 caught up", // and back
		"plan 03 05:00 in time",   // to 01:00 of the next day
		"plan 04 05:00 in time",   // back to 09:00 of the day before
		"plan 05 05:00 in time",
		"plan 06 05:00 in time",
	}
	job := schedule.Job{Name: "plan", Times: parse(t, "0 5 * * *", "UTC"), Overlap: schedule.Wait, CatchUp: schedule.Once, Window: 36 * time.Hour}
	s := serving{disk: pipeline.Disk(t.TempDir()), clock: &clock{now: time.Date(2025, 2, 1, 4, 0, 0, 0, time.UTC)}}
	s.serve(t, []schedule.Job{job}, len(jumps), func(_ context.Context, n int) {
		s.clock.put(s.clock.Now().Add(jumps[n-1]))
	})
	if !slices.Equal(s.runs, want) {
		t.Errorf("%q, want %q", s.runs, want)
	}
	if s.fault != nil {
		t.Errorf("%q", s.fault)
	}
}

// A run has all of its grace, also where that is longer than the server sleeps at a time.
func TestServerGrace(t *testing.T) {
	ctx, tell := context.WithCancel(t.Context())
	defer tell()
	c := &clock{now: time.Date(2025, 2, 1, 4, 0, 0, 0, time.UTC)}
	var told, stopped time.Time
	server := schedule.Server{Disk: pipeline.Disk(t.TempDir()), Clock: c, Grace: 5 * time.Minute,
		Run: func(running context.Context, _ schedule.Start) {
			c.hold()
			told = c.Now()
			tell()
			c.goOn()
			<-running.Done()
			stopped = c.Now()
		},
		Fault: func(err error) { t.Error(err) }}
	server.Serve(ctx, []schedule.Job{{Name: "plan", Times: parse(t, "0 5 * * *", "UTC")}}, nil)
	if got := stopped.Sub(told); got < server.Grace {
		t.Errorf("stopped after %s", got)
	}
}

// However a clock jumps: no time is run for twice unless the clock went back by more
// than a day, and once it goes right for two days there is a run.
func TestPropertyClockJumps(t *testing.T) {
	daily := parse(t, "0 5 * * *", "Europe/Copenhagen")
	rapid.Check(t, func(r *rapid.T) {
		job := schedule.Job{Name: "plan", Times: daily, Jitter: 30 * time.Minute, CatchUp: schedule.CatchUp(rapid.SampledFrom([]string{"once", "all", "none"}).Draw(r, "catch_up")),
			Overlap: schedule.Overlap(rapid.SampledFrom([]string{"skip", "wait"}).Draw(r, "overlap")), Window: 48 * time.Hour}
		now := time.Date(2025, 10, 20, 12, 0, 0, 0, time.UTC)
		p := schedule.NewPlanner([]schedule.Job{job}, nil, now)
		ran, high := map[time.Time]bool{}, now // high is the latest time since the clock last went back by more than a day
		step := func() (runs int) {
			if high.Sub(now) > 24*time.Hour {
				clear(ran)
				high = now
			}
			if now.After(high) {
				high = now
			}
			p.Advance(now)
			for {
				start, ok := p.Begin()
				if !ok {
					return runs
				}
				if ran[start.Planned] {
					r.Fatalf("at %s run again for %s", now, start.Planned)
				}
				ran[start.Planned] = true
				p.End()
				runs++
			}
		}
		for range rapid.IntRange(1, 30).Draw(r, "jumps") {
			minutes := rapid.OneOf(rapid.IntRange(-90, 90), rapid.IntRange(-30*60, 30*60), rapid.IntRange(-60*24*60, 60*24*60)).Draw(r, "minutes")
			now = now.Add(time.Duration(minutes) * time.Minute)
			step()
		}
		runs := 0
		for range 2*24*60 + 60 {
			now = now.Add(time.Minute)
			runs += step()
		}
		if runs == 0 {
			r.Fatalf("no run in the two days before %s", now)
		}
	})
}
