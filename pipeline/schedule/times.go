// Package schedule says when something is due, by the clocks of a place, and what
// becomes of times that were missed. It runs nothing and does not ask for the time.
package schedule

import (
	"fmt"
	"strings"
	"time"

	"github.com/robfig/cron/v3"
)

// Times are the times of a cron expression of five fields (minute, hour, day of the
// month, month, day of the week) on the clocks of a place.
//
// When clocks go forward, what is due in the hour that they leave out is due at its
// end; when they go back, what is due in the hour that they show twice is due in the
// first. An expression for every hour (a star in the hour's field) keeps to real
// hours: 23 of them on one day of the year, 25 on another.
type Times struct {
	text string
	spec *cron.SpecSchedule
	zone *time.Location
	real bool // every hour
}

// Parse reads a cron expression. The error says what is wrong with it.
func Parse(text string, zone *time.Location) (Times, error) {
	fields := strings.Fields(text)
	if len(fields) != 5 || strings.Contains(fields[0], "=") {
		return Times{}, fmt.Errorf("%q: expected five fields (minute, hour, day of the month, month, day of the week), such as 15 5 * * *", text)
	}
	parsed, err := cron.ParseStandard(text)
	if err != nil {
		return Times{}, fmt.Errorf("%q: %w; expected five cron fields, such as 15 5 * * *", text, err)
	}
	spec := parsed.(*cron.SpecSchedule) // what five fields always give
	t := Times{text: strings.Join(fields, " "), spec: spec, zone: zone, real: fields[1] == "*" || fields[1] == "*/1"}
	spec.Location = time.UTC
	if t.real {
		spec.Location = zone
	}
	if t.Next(time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)).IsZero() {
		return Times{}, fmt.Errorf("%q never comes; expected a day that exists", text)
	}
	return t, nil
}

// String is the expression.
func (t Times) String() string { return t.text }

// Next returns the first time after the given one, in the zone of the place; zero if
// there is none within five years.
func (t Times) Next(after time.Time) time.Time {
	if t.real {
		next := t.spec.Next(after.In(t.zone))
		return next
	}
	for wall := wallOf(after.In(t.zone)); ; {
		if wall = t.spec.Next(wall); wall.IsZero() {
			return time.Time{}
		}
		if at := t.at(wall); at.After(after) {
			return at
		}
	}
}

// wallOf is what the clocks show, written as if there were no zones.
func wallOf(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
}

// at is the instant at which the clocks first show a time, or leave it behind.
func (t Times) at(wall time.Time) time.Time {
	const day = 24 * time.Hour
	var first time.Time
	for _, near := range []time.Time{wall.Add(-day), wall.Add(day)} {
		_, offset := near.In(t.zone).Zone()
		at := wall.Add(-time.Duration(offset) * time.Second).In(t.zone)
		if wallOf(at).Equal(wall) && (first.IsZero() || at.Before(first)) {
			first = at
		}
	}
	if first.IsZero() { // the clocks leave it out: when they have
		_, end := wall.Add(-day).In(t.zone).ZoneBounds()
		first = end.In(t.zone)
	}
	return first
}
