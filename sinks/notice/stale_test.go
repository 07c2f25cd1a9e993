package notice

import (
	"os"
	"testing"

	"samkraft/pipeline"
)

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
