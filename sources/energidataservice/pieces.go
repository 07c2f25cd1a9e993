package energidataservice

import (
	"slices"
	"strings"
	"time"

	"samkraft/pipeline"
)

const day = 24 * time.Hour

// feed is how a data set is asked for.
type feed struct {
	by         span
	zones      []string      // that it has; nil where it is of municipalities
	begin, end string        // Danish days between which it has records; end "" where it goes on
	late       time.Duration // how long after their time records may come
	settled    bool          // figures are revised for two years
}

// span is the length of a piece: a month or a year of Danish time.
type span string

const (
	month span = "2006-01"
	year  span = "2006"
)

// form is the layout of a span in keys.
func (s span) form() string { return string(s) }

// start is the begin of the span that a time is in.
func (s span) start(t time.Time) time.Time {
	if s == year {
		return time.Date(t.Year(), 1, 1, 0, 0, 0, 0, time.UTC)
	}
	return time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC)
}

// after is the begin of the next span.
func (s span) after(start time.Time) time.Time {
	if s == year {
		return start.AddDate(1, 0, 0)
	}
	return start.AddDate(0, 1, 0)
}

// The zones that are asked for: the Danish ones, and for prices also those in
// which Swedish members may be.
var (
	danishZones = []string{"DK1", "DK2"}
	pricedZones = []string{"DK1", "DK2", "SE3", "SE4"}
)

// Pieces are a month of a municipality for its hourly data sets, a month or year
// of a zone for those of zones, and a year of all municipalities for monthly ones.
// Nothing is asked for that lies before a data set's begin, behind its end, or in
// the future. A piece covers days of Danish time, and of the running one those
// that have passed.
func (Source) Pieces(dataSet string, w pipeline.Want) []pipeline.Piece {
	l := layoutOf(dataSet)
	if l == nil {
		return nil
	}
	places := l.places(w.Members)
	if len(places) == 0 {
		return nil
	}
	from, to := l.feed.period(w)
	if !from.Before(to) {
		return nil
	}
	var pieces []pipeline.Piece
	for start := l.feed.by.start(from); start.Before(to); start = l.feed.by.after(start) {
		p := pipeline.Piece{Key: start.Format(l.feed.by.form()), From: latest(start, l.feed.first()), To: earliest(l.feed.by.after(start), l.feed.last(w.Now))}
		p.Again = l.feed.again(p, w.Now)
		for _, place := range places {
			q := p
			if place.name != "" {
				q.Key = place.name + "/" + p.Key
			}
			q.Members = place.members
			pieces = append(pieces, q)
		}
	}
	return pieces
}

// period is what of a want the data set can serve.
func (f feed) period(w pipeline.Want) (from, to time.Time) {
	from, to = f.first(), f.last(w.Now)
	if !w.From.IsZero() {
		from = latest(from, w.From)
	}
	if !w.To.IsZero() {
		to = earliest(to, w.To)
	}
	return from, to
}

// first is the first day with records.
func (f feed) first() time.Time { return dayOf(f.begin) }

// last is the day after the last with records: of a data set that goes on, the
// one after today, for prices and months are there ahead of their end.
func (f feed) last(now time.Time) time.Time {
	today := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, time.UTC)
	if f.end == "" {
		return today.AddDate(0, 0, 1)
	}
	return earliest(dayOf(f.end), today.AddDate(0, 0, 1))
}

// again is the age from which a piece is asked for again. Figures of months that
// have just ended come and change every day. Settlement is revised up to two years
// later, at longer and longer intervals; what a clock or a market gave is final
// once all of it is there.
func (f feed) again(p pipeline.Piece, now time.Time) time.Duration {
	switch ended := now.Sub(p.To); {
	case f.end != "" && !p.To.Before(dayOf(f.end)) && ended > 0:
		return 0 // the data set's last piece
	case ended < 90*day:
		return day
	case f.settled && ended < 2*365*day:
		return 30 * day
	case !f.settled && ended < 180*day:
		return 30 * day
	}
	return 0
}

// place is a municipality or a zone that is asked for by itself; without a name it
// is everywhere.
type place struct {
	name    string
	members []pipeline.Municipality
}

func (l *layout) places(members []pipeline.Municipality) []place {
	var places []place
	for _, m := range members {
		switch {
		case l.feed.zones != nil:
			for _, zone := range l.feed.zones {
				// A municipality of two zones has none in the register: it needs both.
				if m.Zone == zone || m.Zone == "" && m.Country == zone[:2] {
					places = append(places, place{name: zone})
				}
			}
		case m.Country != "DK":
		case l.whole():
			places = append(places, place{})
		default:
			places = append(places, place{m.Code, []pipeline.Municipality{m}})
		}
	}
	slices.SortStableFunc(places, func(a, b place) int { return strings.Compare(a.name, b.name) })
	return slices.CompactFunc(places, func(a, b place) bool { return a.name == b.name })
}

func dayOf(text string) time.Time {
	t, _ := time.Parse(time.DateOnly, text) // of the layouts, which a test reads
	return t
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func earliest(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
