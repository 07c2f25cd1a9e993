package sources

import (
	"fmt"
	"strconv"
	"time"
)

// Year reads a calendar year from 1900 to 2100, written in four digits.
func Year(s string) (int, bool) {
	n, err := strconv.Atoi(s)
	return n, err == nil && len(s) == 4 && n >= 1900 && n <= 2100
}

// EndOfYear is the last day of a year, as an edition states the day that it
// reaches to.
func EndOfYear(year int) string { return fmt.Sprintf("%04d-12-31", year) }

// SerialDate reads a day as spreadsheets number them, from 1 March 1900 (before
// it they count a day that never was) to 2099.
func SerialDate(s string) (time.Time, bool) {
	n, err := strconv.Atoi(s)
	if err != nil || n < 61 || n > 73050 {
		return time.Time{}, false
	}
	return time.Date(1899, 12, 30+n, 0, 0, 0, 0, time.UTC), true
}
