package pipeline

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/robfig/cron/v3"
)

// Timing says when a server makes a plan anew, and what becomes of times that it
// cannot keep. What a plan does not say is complete before anybody reads it.
type Timing struct {
	Run     string `yaml:"run,omitempty" json:"run" doc:"five cron fields in the plan's time zone" default:"15 5 * * *"`
	Jitter  string `yaml:"jitter,omitempty" json:"jitter" doc:"up to how much later it begins, always by the same, so that not everybody asks at one minute: 10m" default:"10m"`
	Overlap string `yaml:"overlap,omitempty" json:"overlap" doc:"when a run is due while the one before is still on its way: wait or skip" default:"wait"`
	CatchUp string `yaml:"catch_up,omitempty" json:"catch_up" doc:"after times at which the server was down: once, all or none" default:"once"`
	Window  string `yaml:"window,omitempty" json:"window" doc:"how old a missed time may be to be caught up: 2d" default:"2d"`
	Budget  string `yaml:"budget,omitempty" json:"budget" doc:"how long a run asks publishers: 1h" default:"1h"`
}

func (t *Timing) complete() {
	t.Run, t.Jitter, t.Overlap = cmp.Or(t.Run, "15 5 * * *"), cmp.Or(t.Jitter, "10m"), cmp.Or(t.Overlap, "wait")
	t.CatchUp, t.Window, t.Budget = cmp.Or(t.CatchUp, "once"), cmp.Or(t.Window, "2d"), cmp.Or(t.Budget, "1h")
}

// span is a length of time as plans write it.
var span = regexp.MustCompile(`^(0|[1-9][0-9]{0,4})[mhd]$`)

// Span reads a length of time as plans write it: 10m, 36h or 14d. What is not one is
// refused when the plan is read, and 0 here.
func Span(text string) time.Duration {
	if !span.MatchString(text) {
		return 0
	}
	n, _ := strconv.Atoi(text[:len(text)-1]) // the expression allows digits alone
	return time.Duration(n) * map[byte]time.Duration{'m': time.Minute, 'h': time.Hour, 'd': 24 * time.Hour}[text[len(text)-1]]
}

// checkTiming returns where the first fault of the times of a plan is, what it is and
// what was expected.
func (p Plan) checkTiming() (at, what, expected string) {
	const fields = "five cron fields (minute, hour, day of the month, month, day of the week), such as 15 5 * * *"
	if !isCron(p.Schedule.Run) {
		return "$.schedule.run", fmt.Sprintf("%q", p.Schedule.Run), fields
	}
	for i, d := range p.Data {
		if d.Schedule != "" && !isCron(d.Schedule) {
			return fmt.Sprintf("$.data[%d].schedule", i), fmt.Sprintf("%q", d.Schedule), fields
		}
		if d.MaxAge != "" && Span(d.MaxAge) == 0 {
			return fmt.Sprintf("$.data[%d].max_age", i), fmt.Sprintf("%q", d.MaxAge), "a number of days or hours, such as 14d or 36h"
		}
	}
	for _, c := range []struct{ key, text string }{{"jitter", p.Schedule.Jitter}, {"window", p.Schedule.Window}, {"budget", p.Schedule.Budget}} {
		if !span.MatchString(c.text) {
			return "$.schedule." + c.key, fmt.Sprintf("%q", c.text), "a number of minutes, hours or days, such as 10m, 36h or 2d"
		}
	}
	if !slices.Contains([]string{"wait", "skip"}, p.Schedule.Overlap) {
		return "$.schedule.overlap", fmt.Sprintf("%q", p.Schedule.Overlap), "wait or skip"
	}
	if !slices.Contains([]string{"once", "all", "none"}, p.Schedule.CatchUp) {
		return "$.schedule.catch_up", fmt.Sprintf("%q", p.Schedule.CatchUp), "once, all or none"
	}
	return "", "", ""
}

func isCron(text string) bool {
	_, err := cron.ParseStandard(text)
	return err == nil && len(strings.Fields(text)) == 5 && !strings.Contains(text, "=")
}
