package dmi

import (
	"fmt"
	"time"
)

// period reads the labels of a value: the begin and end of its hour, or of its
// day, month or year in the Danish calendar, and the first day. Labels of days and
// longer stand for the nearest Danish midnight: 22 or 23 UTC, whatever the season,
// or midnight UTC. Fractions of a second are dropped. what says what is wrong.
func period(resolution, from, to string) (begin, end, date time.Time, what string) {
	labels := [2]time.Time{}
	for i, text := range []string{from, to} {
		t, err := time.Parse(time.RFC3339, text)
		if err != nil {
			return begin, end, date, fmt.Sprintf("%q is no time with a zone", text)
		}
		labels[i] = t.UTC().Truncate(time.Second)
		if t.Year() < 2000 || t.Year() > 2100 {
			return begin, end, date, fmt.Sprintf("%q is no time of climate data", text)
		}
	}
	begin, end = labels[0], labels[1]
	if resolution == "hour" {
		if !begin.Equal(begin.Truncate(time.Hour)) || !end.Equal(begin.Add(time.Hour)) {
			return begin, end, date, fmt.Sprintf("%s to %s is no hour", from, to)
		}
		return begin, end, dateOf(begin), ""
	}
	first, ok := midnight(begin)
	last, ok2 := midnight(end)
	next := first
	switch resolution {
	case "day":
		next = first.AddDate(0, 0, 1)
	case "month":
		next = first.AddDate(0, 1, 0)
		ok = ok && first.Day() == 1
	case "year":
		next = first.AddDate(1, 0, 0)
		ok = ok && first.YearDay() == 1
	default:
		return begin, end, date, fmt.Sprintf("%q is no resolution", resolution)
	}
	if !ok || !ok2 || !last.Equal(next) {
		return begin, end, date, fmt.Sprintf("%s to %s is no %s of the Danish calendar", from, to, resolution)
	}
	return startOf(first), startOf(next), first, ""
}

// midnight gives the date that a label begins: that of the Danish midnight to which
// it is nearest.
func midnight(t time.Time) (date time.Time, ok bool) {
	switch t.Sub(t.Truncate(24 * time.Hour)) {
	case 0, 22 * time.Hour, 23 * time.Hour:
		return t.Add(2 * time.Hour).Truncate(24 * time.Hour), true
	}
	return t, false
}

// dateOf is the Danish date at an instant, as midnight UTC.
func dateOf(t time.Time) time.Time { return t.Add(offset(t)).Truncate(24 * time.Hour) }

// startOf is the instant at which a date begins in Denmark.
func startOf(date time.Time) time.Time {
	// Clocks change at 1 o'clock UTC, so that the offset is the same at both.
	return date.Add(-offset(date.Add(-time.Hour)))
}

// offset is Danish local time minus UTC. Summer time is from the last Sunday of
// March, 1 o'clock UTC, to that of October (directive 2000/84/EC, and the same rule
// since 1996): written here so that no machine's table of time zones matters.
func offset(t time.Time) time.Duration {
	if t.Before(lastSunday(t.Year(), time.March)) || !t.Before(lastSunday(t.Year(), time.October)) {
		return time.Hour
	}
	return 2 * time.Hour
}

func lastSunday(year int, month time.Month) time.Time {
	last := time.Date(year, month, 31, 1, 0, 0, 0, time.UTC)
	return last.AddDate(0, 0, -int(last.Weekday()))
}
