package schedule_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"samkraft/pipeline/schedule"
)

var update = flag.Bool("update", false, "write the golden lists of runs")

// server plays a server by a clock that jumps from one thing to do to the next:
// each job takes its time, and the server is down at times.
type server struct {
	jobs []schedule.Job
	took map[string]time.Duration
	down []span
	list []string
	zone *time.Location
}

type span struct{ from, to time.Time }

func (s *server) note(at time.Time, format string, args ...any) {
	s.list = append(s.list, at.In(s.zone).Format("2006-01-02 15:04 MST")+"  "+fmt.Sprintf(format, args...))
}

// play runs the server from one moment to another, and writes down what it did.
func (s *server) play(from, to time.Time) {
	seen := map[string]time.Time{}
	for _, d := range append(s.down, span{to, to}) {
		seen = s.up(from, d.from, seen)
		from = d.to
		if from.Before(to) {
			s.note(from, "the server is back")
		}
	}
}

// up runs it while it is up. What runs or waits when it goes down has not been done.
func (s *server) up(from, to time.Time, seen map[string]time.Time) map[string]time.Time {
	p := schedule.NewPlanner(s.jobs, seen, from)
	now := from
	var ends time.Time // of the job that runs
	for {
		for _, passed := range p.Advance(now) {
			s.note(now, "%s: %d from %s to %s %s", passed.Job, passed.Count, passed.First.Format("2006-01-02 15:04 MST"), passed.Last.Format("2006-01-02 15:04 MST"), passed.Reason)
		}
		if start, ok := p.Begin(); ok {
			s.note(now, "%s runs for %s, %s", start.Job, start.Planned.Format("2006-01-02 15:04 MST"), start.Reason)
			ends = now.Add(s.took[start.Job])
		}
		next := p.Wake()
		if !ends.IsZero() && (next.IsZero() || ends.Before(next)) {
			next = ends
		}
		if next.IsZero() || !next.Before(to) {
			return p.Seen()
		}
		if now = next; now.Equal(ends) {
			p.End()
			ends = time.Time{}
		}
	}
}

func golden(t *testing.T, name string, got []string) {
	t.Helper()
	file := filepath.Join("..", "..", "testdata", "schedule", name+".txt")
	text := strings.Join(got, "\n") + "\n"
	if *update {
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v; run with -update to write it", err)
	}
	if text == string(want) {
		return
	}
	lines := strings.Split(string(want), "\n")
	for i, line := range strings.Split(text, "\n") {
		if i >= len(lines) || line != lines[i] {
			t.Fatalf("%s, line %d:\n got %s\nwant %s", file, i+1, line, append(lines, "nothing")[min(i, len(lines))])
		}
	}
	t.Fatalf("%s has more lines", file)
}

func moment(t *testing.T, text string) time.Time {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", text, zone(t, "Europe/Copenhagen"))
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// Two years with four changes of the clocks, a week of downtime, and a night of it in
// which clocks change.
func TestTwoYears(t *testing.T) {
	s := server{zone: zone(t, "Europe/Copenhagen"), took: map[string]time.Duration{"plan": 40 * time.Minute, "hours": 2 * time.Minute, "register": 5 * time.Minute, "account": 10 * time.Minute},
		jobs: []schedule.Job{
			{Name: "plan", Times: parse(t, "30 2 * * *", "Europe/Copenhagen"), Overlap: schedule.Wait, CatchUp: schedule.Once, Window: 48 * time.Hour},
			{Name: "hours", Times: parse(t, "10 */6 * * *", "Europe/Copenhagen"), Overlap: schedule.Skip, CatchUp: schedule.None},
			{Name: "register", Times: parse(t, "0 5 * * 1", "Europe/Copenhagen"), Jitter: 10 * time.Minute, Overlap: schedule.Wait, CatchUp: schedule.All, Window: 30 * 24 * time.Hour},
			{Name: "account", Times: parse(t, "0 4 1 * *", "Europe/Copenhagen"), Overlap: schedule.Wait, CatchUp: schedule.Once, Window: 24 * time.Hour},
		},
		down: []span{
			{moment(t, "2025-05-29 12:00"), moment(t, "2025-06-05 12:00")},
			{moment(t, "2026-03-28 22:00"), moment(t, "2026-03-29 08:30")},
		}}
	s.play(moment(t, "2025-01-01 00:00"), moment(t, "2027-01-01 00:00"))
	golden(t, "two-years", s.list)
	for _, want := range []string{
		"2025-03-30 03:00 CEST  plan runs for 2025-03-30 03:00 CEST, in time",
		"2025-10-26 02:30 CEST  plan runs for 2025-10-26 02:30 CEST, in time",
	} {
		n := 0
		for _, line := range s.list {
			if line == want {
				n++
			}
		}
		if n != 1 {
			t.Errorf("%d times: %s", n, want)
		}
	}
}

// What becomes of missed times and of those that come too soon, by each policy.
func TestPolicies(t *testing.T) {
	for _, overlap := range []schedule.Overlap{schedule.Skip, schedule.Wait} {
		for _, catchUp := range []schedule.CatchUp{schedule.Once, schedule.All, schedule.None} {
			name := string(overlap) + "-" + string(catchUp)
			t.Run(name, func(t *testing.T) {
				s := server{zone: zone(t, "Europe/Copenhagen"), took: map[string]time.Duration{"plan": 150 * time.Minute, "other": time.Minute},
					jobs: []schedule.Job{
						{Name: "plan", Times: parse(t, "0 * * * *", "Europe/Copenhagen"), Overlap: overlap, CatchUp: catchUp, Window: 4 * time.Hour},
						{Name: "other", Times: parse(t, "30 */4 * * *", "Europe/Copenhagen"), Overlap: schedule.Wait, CatchUp: schedule.Once, Window: time.Hour},
					},
					down: []span{{moment(t, "2025-02-01 06:45"), moment(t, "2025-02-01 16:20")}}}
				s.play(moment(t, "2025-02-01 00:00"), moment(t, "2025-02-02 00:00"))
				golden(t, name, s.list)
			})
		}
	}
}

// A clock that is put back a little makes nothing run twice; one that was years ahead
// does not silence the server for years.
func TestClockJumps(t *testing.T) {
	job := schedule.Job{Name: "plan", Times: parse(t, "0 5 * * *", "Europe/Copenhagen"), Overlap: schedule.Wait, CatchUp: schedule.Once, Window: 24 * time.Hour}
	p := schedule.NewPlanner([]schedule.Job{job}, nil, moment(t, "2025-02-01 04:00"))
	runs := func(now string) int {
		p.Advance(moment(t, now))
		n := 0
		for {
			if _, ok := p.Begin(); !ok {
				return n
			}
			p.End()
			n++
		}
	}
	for _, c := range []struct {
		now  string
		want int
	}{{"2025-02-01 05:00", 1}, {"2025-02-01 04:30", 0}, {"2025-02-01 05:10", 0}, {"2025-02-02 05:00", 1}, {"2035-02-02 05:00", 1}, {"2025-02-02 06:00", 0}, {"2025-02-03 05:00", 1}} {
		if n := runs(c.now); n != c.want {
			t.Errorf("at %s %d runs, want %d", c.now, n, c.want)
		}
	}
}

// Jobs with jitter are spread, always by the same, and never beyond it.
func TestJitter(t *testing.T) {
	seen := map[time.Duration]bool{}
	for i := range 50 {
		job := schedule.Job{Name: fmt.Sprint("plan ", i), Times: parse(t, "0 5 * * *", "UTC"), Jitter: 10 * time.Minute}
		due, planned := job.Next(moment(t, "2025-02-01 00:00"))
		late := due.Sub(planned)
		if late < 0 || late >= job.Jitter {
			t.Errorf("%s is %s late", job.Name, late)
		}
		if again, _ := job.Next(due.Add(-time.Second)); !again.Equal(due) {
			t.Errorf("%s, then %s", due, again)
		}
		seen[late] = true
	}
	if len(seen) < 25 {
		t.Errorf("50 jobs at %d times", len(seen))
	}
}
