package web

import (
	"math"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// longest bounds waits that publishers ask for before they are compared with anyone's
// patience, so that no number overflows.
const longest = 10 * 365 * 24 * time.Hour

// askedWait is how long a publisher wants to be left alone: what Retry-After says, or
// the text of its answer, whichever is longer; 0 where neither says it. A date is read
// against the Date of the answer, so that neither side's clock needs to be right, and
// against the clock here where the answer has none.
func askedWait(h http.Header, text string, now time.Time) time.Duration {
	return max(retryAfter(h, now), waitInText(text))
}

func retryAfter(h http.Header, now time.Time) time.Duration {
	value := strings.TrimSpace(h.Get("Retry-After"))
	if seconds, err := strconv.ParseFloat(value, 64); err == nil {
		return bounded(seconds, time.Second)
	}
	at, err := http.ParseTime(value)
	if err != nil {
		return 0
	}
	if date, err := http.ParseTime(h.Get("Date")); err == nil {
		now = date
	}
	return min(max(at.Sub(now), 0), longest)
}

// tryAgain is how Energi Data Service and others name a wait: "Rate limit is exceeded.
// Try again in 210 seconds."
var tryAgain = regexp.MustCompile(`(?i)(?:try again|retry) (?:in|after) (\d{1,9}(?:\.\d{1,9})?) ?(second|sec|s|minute|min|m|hour|h)s?\b`)

func waitInText(text string) time.Duration {
	m := tryAgain.FindStringSubmatch(text)
	if m == nil {
		return 0
	}
	n, err := strconv.ParseFloat(m[1], 64)
	if err != nil {
		return 0
	}
	switch strings.ToLower(m[2])[0] {
	case 'm':
		return bounded(n, time.Minute)
	case 'h':
		return bounded(n, time.Hour)
	}
	return bounded(n, time.Second)
}

// bounded is n units, at least 0 and at most longest.
func bounded(n float64, unit time.Duration) time.Duration {
	if math.IsNaN(n) || n <= 0 {
		return 0
	}
	return time.Duration(min(n*float64(unit), float64(longest)))
}
