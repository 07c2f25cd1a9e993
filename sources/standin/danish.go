package standin

import "time"

// Danish time by rule (directive 2000/84/EC): summer time from the last Sunday of
// March to the last of October, both at 01:00 UTC. A stand-in asks no time zone
// data of the machine.

// danish returns what clocks in Denmark show at an instant, as if it were UTC.
func danish(t time.Time) time.Time {
	if summer(t) {
		return t.Add(2 * time.Hour)
	}
	return t.Add(time.Hour)
}

// fromDanish returns the instant at which clocks in Denmark show a time: the first
// of two, and the hour that spring leaves out is the one after it.
func fromDanish(local time.Time) time.Time {
	if t := local.Add(-2 * time.Hour); summer(t) {
		return t
	}
	return local.Add(-time.Hour)
}

func summer(t time.Time) bool {
	year := t.Year()
	return !t.Before(lastSunday(year, time.March)) && t.Before(lastSunday(year, time.October))
}

// lastSunday of a month with 31 days, at 01:00 UTC.
func lastSunday(year int, month time.Month) time.Time {
	t := time.Date(year, month, 31, 1, 0, 0, 0, time.UTC)
	return t.AddDate(0, 0, -int(t.Weekday()))
}
