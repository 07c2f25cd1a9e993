package standin

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// edsQuestion is what the parameters of a request ask for.
type edsQuestion struct {
	from, to      time.Time // UTC, end exclusive; zero for no end
	filter        map[string][]string
	columns       []string
	sort          string
	descending    bool
	offset, limit int // limit 0: all
}

// readEDSQuestion reads the parameters, as the guide describes them. What it does
// not describe is refused.
func readEDSQuestion(q url.Values, t *edsTable, twist Twist) (edsQuestion, error) {
	a := edsQuestion{descending: true}
	utc := false
	switch zone := q.Get("timezone"); strings.ToLower(zone) {
	case "utc":
		utc = true
	case "", "dk":
	default:
		return a, fmt.Errorf("timezone %q", zone)
	}
	for name, into := range map[string]*time.Time{"start": &a.from, "end": &a.to} {
		if text := q.Get(name); text != "" {
			t, err := readEDSTime(text)
			if err != nil {
				return a, fmt.Errorf("%s: %w", name, err)
			}
			if !utc {
				t = fromDanish(t)
			}
			*into = t
		}
	}
	if text := q.Get("filter"); text != "" {
		if err := json.Unmarshal([]byte(text), &a.filter); err != nil {
			return a, fmt.Errorf("filter: %w", err)
		}
		for column := range a.filter {
			if !slices.Contains(t.labels(), column) {
				return a, fmt.Errorf("filter: no column %q", column)
			}
		}
	}
	all := &edsRows{table: t, twist: twist}
	if text := q.Get("columns"); text != "" {
		a.columns = strings.Split(text, ",")
		for _, c := range a.columns {
			if !slices.Contains(all.header(), c) {
				return a, fmt.Errorf("columns: no column %q", c)
			}
		}
	}
	if a.sort = q.Get("sort"); a.sort != "" {
		first, _, _ := strings.Cut(a.sort, ",")
		column, direction, _ := strings.Cut(first, " ")
		if column != t.utc && column != t.local || column == "" {
			return a, fmt.Errorf("sort: this stand-in sorts by time first, not by %q", column)
		}
		a.descending = strings.EqualFold(direction, "desc")
	}
	if q.Get("start") == "" && q.Get("limit") == "" {
		a.limit = 100
	}
	for name, into := range map[string]*int{"offset": &a.offset, "limit": &a.limit} {
		if text := q.Get(name); text != "" {
			n, err := strconv.Atoi(text)
			if err != nil || n < 0 {
				return a, fmt.Errorf("%s %q", name, text)
			}
			*into = n
		}
	}
	return a, nil
}

// readEDSTime reads a time. Those relative to now are not offered here: they make
// an answer depend on when it was asked for.
func readEDSTime(text string) (time.Time, error) {
	for _, layout := range []string{"2006", "2006-01", "2006-01-02", "2006-01-02T15:04"} {
		if t, err := time.Parse(layout, text); err == nil {
			return t, nil
		}
	}
	return time.Time{}, fmt.Errorf("%q is no time", text)
}

// keeps reports whether the filter lets a row with a value pass. A value with a
// per cent sign never passes, as seen of the service.
func (a *edsQuestion) keeps(column, value string) bool {
	values, asked := a.filter[column]
	return !asked || slices.Contains(values, strings.ReplaceAll(value, "'", "''")) && !strings.Contains(value, "%")
}

// rows are the rows that a question is about, as far as they are published now.
func (t *edsTable) rows(a edsQuestion, places []string, now time.Time) *edsRows {
	r := &edsRows{table: t, columns: a.columns, groups: t.groups(places, a.keeps)}
	begin, _ := time.Parse(time.DateOnly, t.from)
	from, to := fromDanish(begin), now.Add(-t.lag)
	if t.to != "" {
		end, _ := time.Parse(time.DateOnly, t.to)
		to = edsEarlier(to, fromDanish(end))
	}
	if !a.from.IsZero() && a.from.After(from) {
		from = a.from
	}
	if !a.to.IsZero() {
		to = edsEarlier(to, a.to)
	}
	if t.step > 0 {
		r.first = from.Truncate(t.step)
		if r.first.Before(from) {
			r.first = r.first.Add(t.step)
		}
		r.times = max(0, int((to.Sub(r.first)+t.step-1)/t.step))
		return r
	}
	// A month is published when it has ended, and asked for by its first day.
	local := danish(from)
	r.first = time.Date(local.Year(), local.Month(), 1, 0, 0, 0, 0, time.UTC)
	if r.first.Before(local) {
		r.first = r.first.AddDate(0, 1, 0)
	}
	published := now.Add(-t.lag)
	for {
		month := r.first.AddDate(0, r.times, 0)
		if !fromDanish(month).Before(to) || fromDanish(month.AddDate(0, 1, 0)).After(published) {
			return r
		}
		r.times++
	}
}

func edsEarlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
