package chart

import "time"

// Lines shows how figures change over time, or over a number. A series has a value for
// each of Times or Numbers, which ascend; a line breaks where a value is not known.
type Lines struct {
	Title, Desc, Unit string
	Head              string // heading of the times or numbers in the table
	Times             []time.Time
	Numbers           []float64 // that are finite, in the place of Times
	NumberFormat      Format    // writes one of Numbers, where it is otherwise than by Format
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
	var places []string
	for i := range l.count() {
		places = append(places, l.place(i))
	}
	return seriesGrid(l.Head, l.Unit, places, l.Series, l.Format, l.Words)
}

// count is how many times or numbers there are.
func (l Lines) count() int {
	if len(l.Numbers) > 0 {
		return len(l.Numbers)
	}
	return len(l.Times)
}

// place writes a time or a number in full.
func (l Lines) place(i int) string {
	if len(l.Numbers) > 0 {
		return l.numberFormat().write(l.Numbers[i])
	}
	return l.when(l.Times[i])
}

func (l Lines) numberFormat() Format {
	if l.NumberFormat == nil {
		return l.Format
	}
	return l.NumberFormat
}

func (l Lines) when(at time.Time) string {
	if l.When == nil {
		return at.Format(time.DateOnly)
	}
	return l.When(at)
}
