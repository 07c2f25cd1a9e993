package notice

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"samkraft/pipeline"
)

// What waits for an address that the plan does not have any more waits no longer.
func TestWayThatIsGone(t *testing.T) {
	c := newCourse(t, []string{"team: failed", "other: failed"})
	if got := c.day([]string{"failed", "down", "team"}); got != "team! failed; other failed" {
		t.Fatal(got)
	}
	c.plan.Notices = c.plan.Notices[1:]
	c.day([]string{"failed"})
	if told, err := Remembered(c.disk); err != nil || len(told) != 1 || len(told[0].Waiting) != 0 {
		t.Errorf("%+v %v", told, err)
	}
}

// News of a snapshot that take too long, or fail half way, leave a message with what
// there is of them.
func TestNewsThatHang(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCourse(t, []string{"news: published"})
		c.teller.News = func(ctx context.Context, _ pipeline.PlanOutcome, _ string) (string, error) {
			<-ctx.Done()
			return "The headline.", ctx.Err()
		}
		begun := time.Now()
		report := []Report{{c.plan, "run", pipeline.PlanOutcome{Plan: "plan", Snapshot: "0a1b", New: true}}}
		told := c.teller.Tell(t.Context(), []pipeline.Plan{c.plan}, report)
		if took := time.Since(begun); took != newsLimit || len(told) != 1 || told[0].Fault != "" || len(c.faults) != 1 {
			t.Errorf("took %s, told %+v, faults %q", took, told, c.faults)
		}
		if m := c.hooks.got["news"]; len(m) != 1 || !strings.Contains(m[0].Text, "The headline.") {
			t.Errorf("%+v", m)
		}
	})
}
