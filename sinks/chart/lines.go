package chart

import "time"

// Lines shows how figures change over time. A series has a value for each of Times,
// which ascend; a line breaks where a value is not known.
type Lines struct {
	Title, Desc, Unit string
	Head              string // heading of the times in the table
	Times             []time.Time
	Series            []Series
	FromZero          bool                   // the scale begins at zero
	When              func(time.Time) string // writes a time in full; nil: 2006-01-02
	Month             func(time.Time) string // writes a month, short, for the axis; nil: 2006-01
	Format            Format
	Words             Words
}

var _ Chart = Lines{}

// Grid has a row per time and a column per series.
func (l Lines) Grid() Grid {
	var times []string
	for _, at := range l.Times {
		times = append(times, l.when(at))
	}
	return seriesGrid(l.Head, l.Unit, times, l.Series, l.Format, l.Words)
}

func (l Lines) when(at time.Time) string {
	if l.When == nil {
		return at.Format(time.DateOnly)
	}
	return l.When(at)
}
