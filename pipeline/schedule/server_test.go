package schedule_test

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"samkraft/pipeline"
	"samkraft/pipeline/schedule"
)

// clock is a simulated clock that goes on as soon as somebody sleeps, but for while
// it is held.
type clock struct {
	mu   sync.Mutex
	now  time.Time
	held chan struct{} // closed when it goes on; nil while it does
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) Sleep(ctx context.Context, d time.Duration) error {
	for {
		c.mu.Lock()
		held := c.held
		if held == nil && ctx.Err() == nil {
			c.now = c.now.Add(d)
		}
		c.mu.Unlock()
		if held == nil || ctx.Err() != nil {
			return ctx.Err()
		}
		select {
		case <-held:
		case <-ctx.Done():
		}
	}
}

func (c *clock) hold() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.held = make(chan struct{})
}

func (c *clock) goOn() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.held != nil {
		close(c.held)
		c.held = nil
	}
}

// serving is a server whose runs are listed; after enough of them it is told to end.
type serving struct {
	disk  pipeline.FS
	clock *clock
	runs  []string
	fault []string
}

func (s *serving) serve(t *testing.T, jobs []schedule.Job, enough int, during func(ctx context.Context, n int)) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	n := 0
	server := schedule.Server{Disk: s.disk, Clock: s.clock, Grace: time.Minute,
		Run: func(running context.Context, start schedule.Start) {
			s.clock.hold()
			defer s.clock.goOn()
			s.runs = append(s.runs, fmt.Sprintf("%s %s %s", start.Job, start.Planned.Format("02 15:04"), start.Reason))
			if n++; n == enough {
				stop()
			}
			if during != nil {
				during(running, n)
			}
		},
		Fault: func(err error) { s.fault = append(s.fault, err.Error()) }}
	server.Serve(ctx, jobs, nil)
}

func TestServer(t *testing.T) {
	daily := schedule.Job{Name: "plan", Times: parse(t, "0 5 * * *", "UTC"), Overlap: schedule.Wait, CatchUp: schedule.Once, Window: 100 * time.Hour}
	weekly := schedule.Job{Name: "register", Times: parse(t, "0 5 * * 1", "UTC"), Overlap: schedule.Wait, CatchUp: schedule.Once, Window: 100 * time.Hour}
	jobs := []schedule.Job{daily, weekly}
	s := serving{disk: pipeline.Disk(t.TempDir()), clock: &clock{now: time.Date(2025, 2, 1, 4, 0, 0, 0, time.UTC)}}
	s.serve(t, jobs, 4, nil)
	want := []string{"plan 01 05:00 in time", "plan 02 05:00 in time", "plan 03 05:00 in time", "register 03 05:00 in time"}
	if !slices.Equal(s.runs, want) {
		t.Errorf("%q", s.runs)
	}
	// Down for two days: caught up once.
	s.clock.Sleep(t.Context(), 50*time.Hour)
	s.runs = nil
	s.serve(t, jobs, 2, nil)
	if want = []string{"plan 05 05:00 caught up", "plan 06 05:00 in time"}; !slices.Equal(s.runs, want) {
		t.Errorf("%q", s.runs)
	}
	// Told to end while a run goes on that does not end by itself: it is stopped, and done anew.
	s.runs = nil
	s.serve(t, jobs, 1, func(ctx context.Context, _ int) { s.clock.goOn(); <-ctx.Done() })
	s.clock.Sleep(t.Context(), time.Hour)
	s.serve(t, jobs, 1, nil)
	if want = []string{"plan 07 05:00 in time", "plan 07 05:00 caught up"}; !slices.Equal(s.runs, want) {
		t.Errorf("%q", s.runs)
	}
	if s.fault != nil {
		t.Errorf("%q", s.fault)
	}
}

// A memory that cannot be read, or written, is told and stops nothing.
func TestServerForgets(t *testing.T) {
	disk := pipeline.Disk(t.TempDir())
	if err := os.WriteFile(disk.Path("schedule.json"), []byte("{"), 0o644); err != nil {
		t.Fatal(err)
	}
	s := serving{disk: disk, clock: &clock{now: time.Date(2025, 2, 1, 4, 0, 0, 0, time.UTC)}}
	jobs := []schedule.Job{{Name: "plan", Times: parse(t, "0 5 * * *", "UTC"), Overlap: schedule.Wait, CatchUp: schedule.Once, Window: time.Hour}}
	s.serve(t, jobs, 2, nil)
	if len(s.runs) != 2 || len(s.fault) != 1 || !strings.Contains(s.fault[0], "schedule.json: cannot be read") {
		t.Errorf("%q %q", s.runs, s.fault)
	}
	readOnly := serving{disk: refusing{disk}, clock: s.clock}
	readOnly.serve(t, jobs, 2, nil)
	if len(readOnly.runs) != 2 || len(readOnly.fault) == 0 {
		t.Errorf("%q %q", readOnly.runs, readOnly.fault)
	}
}

// refusing is a disk that takes nothing.
type refusing struct{ pipeline.Disk }

func (refusing) Create(string) (pipeline.File, error) { return nil, os.ErrPermission }

// Jobs that were read anew take the place of those before.
func TestServerReload(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	job := func(name string) schedule.Job {
		return schedule.Job{Name: name, Times: parse(t, "0 * * * *", "UTC"), Overlap: schedule.Wait, CatchUp: schedule.Once, Window: time.Hour}
	}
	reload := make(chan []schedule.Job, 1)
	var runs []string
	c := &clock{now: time.Date(2025, 2, 1, 4, 30, 0, 0, time.UTC)}
	server := schedule.Server{Disk: pipeline.Disk(t.TempDir()), Clock: c, Grace: time.Minute,
		Run: func(_ context.Context, start schedule.Start) {
			c.hold()
			defer c.goOn()
			runs = append(runs, start.Job)
			switch len(runs) {
			case 1:
				reload <- []schedule.Job{job("b")}
			case 20:
				stop()
			}
		},
		Fault: func(err error) { t.Error(err) }}
	server.Serve(ctx, []schedule.Job{job("a")}, reload)
	if runs[0] != "a" || runs[len(runs)-1] != "b" || !slices.IsSorted(runs) {
		t.Errorf("%q", runs)
	}
}
