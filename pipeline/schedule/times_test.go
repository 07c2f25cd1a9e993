package schedule_test

import (
	"testing"
	"time"
	_ "time/tzdata"

	"pgregory.net/rapid"

	"samkraft/pipeline/schedule"
)

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func parse(t *testing.T, text, place string) schedule.Times {
	t.Helper()
	times, err := schedule.Parse(text, zone(t, place))
	if err != nil {
		t.Fatal(err)
	}
	return times
}

// On the two days on which clocks change, each time comes once.
func TestClocksChange(t *testing.T) {
	for _, c := range []struct {
		text, from string
		want       []string
	}{
		{"30 2 * * *", "2025-03-29T00:00:00+01:00", []string{"2025-03-29T02:30:00+01:00", "2025-03-30T03:00:00+02:00", "2025-03-31T02:30:00+02:00"}},
		{"30 2 * * *", "2025-10-25T12:00:00+02:00", []string{"2025-10-26T02:30:00+02:00", "2025-10-27T02:30:00+01:00"}},
		{"*/20 2 * * *", "2025-03-30T00:00:00+01:00", []string{"2025-03-30T03:00:00+02:00", "2025-03-31T02:00:00+02:00"}},
		{"*/30 2 * * *", "2025-10-26T00:00:00+02:00", []string{"2025-10-26T02:00:00+02:00", "2025-10-26T02:30:00+02:00", "2025-10-27T02:00:00+01:00"}},
		{"0 3 * * *", "2025-03-30T00:00:00+01:00", []string{"2025-03-30T03:00:00+02:00", "2025-03-31T03:00:00+02:00"}},
		{"0 */2 * * *", "2025-10-26T00:30:00+02:00", []string{"2025-10-26T02:00:00+02:00", "2025-10-26T04:00:00+01:00"}},
		{"10 * * * *", "2025-03-30T01:30:00+01:00", []string{"2025-03-30T03:10:00+02:00", "2025-03-30T04:10:00+02:00"}},
		{"10 * * * *", "2025-10-26T01:30:00+02:00", []string{"2025-10-26T02:10:00+02:00", "2025-10-26T02:10:00+01:00", "2025-10-26T03:10:00+01:00"}},
		{"15 5 1 * *", "2025-01-15T00:00:00+01:00", []string{"2025-02-01T05:15:00+01:00", "2025-03-01T05:15:00+01:00", "2025-04-01T05:15:00+02:00"}},
		{"0 0 29 2 *", "2025-01-01T00:00:00+01:00", []string{"2028-02-29T00:00:00+01:00"}},
	} {
		times := parse(t, c.text, "Europe/Copenhagen")
		at, err := time.Parse(time.RFC3339, c.from)
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range c.want {
			at = times.Next(at)
			if got := at.Format(time.RFC3339); got != want {
				t.Errorf("%s from %s: %s, want %s", c.text, c.from, got, want)
			}
		}
	}
}

// An hourly time comes every 60 minutes, whatever clocks show; a daily one once on
// every day of the calendar, in places with other rules too.
func TestPropertyEveryHourAndEveryDay(t *testing.T) {
	for _, place := range []string{"Europe/Copenhagen", "Europe/Stockholm", "America/St_Johns", "Australia/Lord_Howe", "UTC"} {
		hourly := parse(t, "20 * * * *", place)
		z := zone(t, place)
		rapid.Check(t, func(t *rapid.T) {
			from := time.Unix(rapid.Int64Range(1_600_000_000, 1_900_000_000).Draw(t, "from"), 0)
			hour, minute := rapid.IntRange(0, 23).Draw(t, "hour"), rapid.IntRange(0, 59).Draw(t, "minute")
			daily, err := schedule.Parse(time.Date(2000, 1, 1, hour, minute, 0, 0, time.UTC).Format("4 15 * * *"), z)
			if err != nil {
				t.Fatal(err)
			}
			a := daily.Next(from)
			b := daily.Next(a)
			if !a.After(from) || !b.After(a) {
				t.Fatalf("%s then %s after %s", a, b, from)
			}
			if days := date(b).Sub(date(a)) / (24 * time.Hour); days != 1 {
				t.Fatalf("%d:%02d: %s, then %s", hour, minute, a, b)
			}
			if place == "Australia/Lord_Howe" { // its clocks change by half an hour, which no hour of the day survives
				return
			}
			if a = hourly.Next(from); hourly.Next(a).Sub(a) != time.Hour {
				t.Fatalf("hourly: %s, then %s", a, hourly.Next(a))
			}
		})
	}
}

func date(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}

func TestParseRefuses(t *testing.T) {
	for _, text := range []string{"", "* * * *", "0 0 5 * * *", "61 * * * *", "@daily", "CRON_TZ=UTC 0 5 * * *", "TZ=UTC 5 * * *", "0 0 30 2 *", "a b c d e"} {
		if times, err := schedule.Parse(text, time.UTC); err == nil {
			t.Errorf("%q was read as %s", text, times)
		}
	}
}
