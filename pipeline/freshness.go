package pipeline

import (
	"slices"
	"time"
)

// Good is when the state was last known to be good for all of the members: of
// what publishers answered, the time of each member's last whole answer, and of
// these the earliest; of files that were handed in, when they last changed. A member
// that never had anything does not count: what is missing is not old. It is zero
// where there is nothing.
func (s FetchState) Good(members []Member) time.Time {
	if !s.Live() {
		return s.Last
	}
	var all time.Time // of pieces that are about no member by name
	last := map[Member]time.Time{}
	for _, p := range s.Pieces {
		if p.Members == nil && p.Asked.After(all) {
			all = p.Asked
		}
		for _, m := range p.Members {
			if slices.Contains(members, m) && p.Asked.After(last[m]) {
				last[m] = p.Asked
			}
		}
	}
	good := all
	for _, at := range last {
		if good.IsZero() || at.Before(good) {
			good = at
		}
	}
	return good
}

// MaxAge is from which age the plan calls a data set stale, as the plan writes it: what
// it says of the data set by name, or else of all of its publisher; "" where it says
// nothing.
func (p Plan) MaxAge(source, dataSet string) string {
	general := ""
	for _, d := range p.Data {
		switch {
		case d.Source != source:
		case d.DataSet == dataSet:
			return d.MaxAge
		case d.DataSet == "":
			general = d.MaxAge
		}
	}
	return general
}
