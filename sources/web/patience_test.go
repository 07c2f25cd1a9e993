package web

import (
	"net/http"
	"testing"
	"time"

	"pgregory.net/rapid"

	"samkraft/pipeline"
)

func TestAskedWait(t *testing.T) {
	now := time.Date(2026, 11, 1, 6, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		after, date, text string
		want              time.Duration
	}{
		{"120", "", "", 2 * time.Minute},
		{" 1.5 ", "", "", 1500 * time.Millisecond},
		{"-5", "", "", 0},
		{"NaN", "", "", 0},
		{"Inf", "", "", longest},
		{"99999999999999999999999", "", "", longest},
		{"soon", "", "", 0},
		{"Sun, 01 Nov 2026 06:01:00 GMT", "", "", time.Minute},
		{"Sun, 01 Nov 2026 06:01:00 GMT", "Sun, 01 Nov 2026 06:00:50 GMT", "", 10 * time.Second},
		{"Sun, 01 Nov 2026 06:01:00 GMT", "no date", "", time.Minute},
		{"Sunday, 01-Nov-26 06:01:00 GMT", "", "", time.Minute},
		{"Sun, 01 Nov 2026 05:00:00 GMT", "", "", 0},
		{"Fri, 31 Dec 9999 23:59:59 GMT", "", "", longest},
		{"", "", "Try again in 210 seconds.", 210 * time.Second},
		{"", "", "retry after 1 minute", time.Minute},
		{"", "", "TRY AGAIN IN 2 hours", 2 * time.Hour},
		{"", "", "try again in 999999999 h", longest},
		{"", "", "Try again in 5 moons", 0},
		{"", "", "Try again in a while", 0},
		{"30", "", "Try again in 210 seconds.", 210 * time.Second},
		{"300", "", "Try again in 210 seconds.", 300 * time.Second},
	} {
		h := http.Header{"Retry-After": {c.after}, "Date": {c.date}}
		if got := askedWait(h, c.text, now); got != c.want {
			t.Errorf("%q, %q, %q: %v, want %v", c.after, c.date, c.text, got, c.want)
		}
	}
}

// Whatever is asked for, a call waits no longer in all than its patience, never shorter
// than it was asked to, and its tries are counted.
func TestPropertyPatience(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		draw := rapid.Float64Range(0, 0.999999)
		e := endurance{Patience: Patience{Attempts: rapid.IntRange(1, 20).Draw(r, "attempts")}.withDefaults(), random: func() float64 { return draw.Draw(r, "random") }}
		limits := []pipeline.Limit{{Requests: 1, Window: time.Duration(rapid.IntRange(1, 100).Draw(r, "window")) * time.Second}}
		var total time.Duration
		for tries := 1; ; tries++ {
			f := &fault{passing: true, busy: rapid.Bool().Draw(r, "busy")}
			if f.busy {
				f.asked = time.Duration(rapid.Int64Range(0, int64(time.Hour)).Draw(r, "asked"))
			}
			wait, again := e.next(f, limits)
			if f.busy && (wait < f.asked || f.asked == 0 && wait < limits[0].Window) || wait < 0 {
				r.Fatalf("waits %v, asked for %v", wait, f.asked)
			}
			if !again {
				if tries < e.Attempts && total+wait <= e.Total {
					r.Fatalf("gave up after %d tries and %v before %v", tries, total, wait)
				}
				break
			}
			total += wait
			if tries >= e.Attempts || total > e.Total {
				r.Fatalf("goes on after %d tries and %v", tries, total)
			}
		}
	})
}
