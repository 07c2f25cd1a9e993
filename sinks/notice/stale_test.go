package notice

import (
	"os"
	"testing"

	"samkraft/pipeline"
)

// What a plan says of a data set counts more than what it says of the publisher.
func TestMaxAge(t *testing.T) {
	p := pipeline.Plan{Data: []pipeline.DataRef{{Source: "p", DataSet: "a", MaxAge: "1d"}, {Source: "p", MaxAge: "7d"}, {Source: "p", DataSet: "b"}, {Source: "q", DataSet: "a", MaxAge: "3d"}}}
	for set, want := range map[string]string{"a": "1d", "b": "", "c": "7d"} {
		if got := maxAge(p, "p", set); got != want {
			t.Errorf("%s: %q, want %q", set, got, want)
		}
	}
	if got := maxAge(p, "q", "c"); got != "" {
		t.Errorf("of a data set that is not named: %q", got)
	}
}

// A log that cannot be read makes no data set young.
func TestUnreadableLog(t *testing.T) {
	c := newCourse(t, []string{"team: stale recovered"})
	c.day([]string{"well", "got", "a", "b"})
	c.day([]string{"well", "got", "b"})
	c.day([]string{"well", "got", "b"})
	if got := c.day([]string{"well", "got", "b"}); got != "team stale a" {
		t.Fatal(got)
	}
	log := c.disk.Path("fetch/p/a.jsonl")
	kept, err := os.ReadFile(log)
	c.must(err)
	c.must(os.Remove(log))
	c.must(os.Mkdir(log, 0o755))
	report := []Report{{c.plan, "run", pipeline.PlanOutcome{Plan: "plan"}}}
	if told := c.teller.Tell(t.Context(), []pipeline.Plan{c.plan}, report); len(told) != 0 || len(c.faults) != 1 {
		t.Errorf("told %+v, faults %q", told, c.faults)
	}
	c.must(os.Remove(log))
	c.must(os.WriteFile(log, kept, 0o644))
	if got := c.day([]string{"well", "got", "a", "b"}); got != "team recovered a since day 4" {
		t.Error(got)
	}
}
