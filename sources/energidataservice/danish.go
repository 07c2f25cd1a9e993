package energidataservice

import "time"

// Danish time follows the rule of the Union (directive 2000/84/EC, and the same
// dates since 1996): summer time from the last Sunday of March to the last of
// October, both at 01:00 UTC.

// fromDanish returns the instants at which clocks in Denmark show a time: mostly
// one, given twice; two of the autumn hour; none, zero, of the one that spring
// leaves out.
func fromDanish(local time.Time) (first, second time.Time) {
	summer, winter := local.Add(-2*time.Hour), local.Add(-time.Hour)
	switch {
	case isSummer(summer) && !isSummer(winter):
		return summer, winter
	case isSummer(summer):
		return summer, summer
	case !isSummer(winter):
		return winter, winter
	}
	return time.Time{}, time.Time{}
}

func isSummer(t time.Time) bool {
	return !t.Before(lastSunday(t.Year(), time.March)) && t.Before(lastSunday(t.Year(), time.October))
}

// lastSunday of a month with 31 days, at 01:00 UTC.
func lastSunday(year int, month time.Month) time.Time {
	t := time.Date(year, month, 31, 1, 0, 0, 0, time.UTC)
	return t.AddDate(0, 0, -int(t.Weekday()))
}
