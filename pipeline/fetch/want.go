package fetch

import (
	"fmt"
	"slices"
	"sort"
	"time"

	"samkraft/pipeline"
)

// Used says whether anything is made of a publisher's data set. One that is of no
// use is fetched only for plans that name it. Nil: all are used.
type Used func(source, dataSet string) bool

// wanted puts together what the plans want of a data set, and reports whether any
// does. The period begins with the first base year.
func wanted(source string, set pipeline.DataSet, used Used, job pipeline.FetchJob, now time.Time) (pipeline.Want, bool) {
	w := pipeline.Want{From: job.From, To: job.To, Now: now}
	inUse := used == nil || used(source, set.ID)
	for _, p := range job.Plans {
		if !p.Wants(source, set) || !inUse && !p.Names(source, set.ID) {
			continue
		}
		w.Years = append(w.Years, p.BaseYear)
		for _, d := range p.Data {
			if d.Source == source && d.DataSet == set.ID && d.Path != "" {
				w.Path = d.Path
			}
		}
		for _, m := range p.Members {
			municipality, err := pipeline.FindMunicipality(m.Country, m.Code)
			if err == nil && slices.Contains(set.Countries, m.Country) && !slices.Contains(w.Members, municipality) {
				w.Members = append(w.Members, municipality)
			}
		}
	}
	slices.Sort(w.Years)
	w.Years = slices.Compact(w.Years)
	sort.Slice(w.Members, func(i, j int) bool {
		return w.Members[i].Country+w.Members[i].Code < w.Members[j].Country+w.Members[j].Code
	})
	if len(w.Years) == 0 {
		return w, false
	}
	if w.From.IsZero() {
		w.From = time.Date(w.Years[0], time.January, 1, 0, 0, 0, 0, time.UTC)
	}
	if w.To.IsZero() {
		w.To = now.Truncate(24*time.Hour).AddDate(0, 0, 1)
	}
	return w, true
}

// ahead is how far in the future an answer may lie and still count: a clock may be put
// back a little. What lies further was noted by a clock that was wrong.
const ahead = 24 * time.Hour

// due lists the pieces to ask for, in order: what was never fetched, base years
// first and then the newest; then what may have changed, the longest unasked first.
// A period in the job takes all of its pieces, known or not, and no others.
func due(pieces []pipeline.Piece, state pipeline.FetchState, w pipeline.Want, job pipeline.FetchJob) []pipeline.Piece {
	forced := !job.From.IsZero() || !job.To.IsZero()
	var missing, again []pipeline.Piece
	for _, p := range pieces {
		known := state.Pieces[p.Key]
		switch {
		case forced && !overlaps(p, w.From, w.To):
		case known.Asked.IsZero():
			missing = append(missing, p)
		case forced, known.Asked.Sub(w.Now) > ahead, p.Again > 0 && w.Now.Sub(known.Asked) >= p.Again, len(known.Open) > 0 && p.Again > 0:
			again = append(again, p)
		}
	}
	sort.SliceStable(missing, func(i, j int) bool {
		a, b := missing[i], missing[j]
		if x, y := base(a, w.Years), base(b, w.Years); x != y {
			return x
		}
		if !a.From.Equal(b.From) {
			return a.From.After(b.From)
		}
		return a.Key < b.Key
	})
	sort.SliceStable(again, func(i, j int) bool {
		a, b := state.Pieces[again[i].Key], state.Pieces[again[j].Key]
		if !a.Asked.Equal(b.Asked) {
			return a.Asked.Before(b.Asked)
		}
		return again[i].Key < again[j].Key
	})
	return append(missing, again...)
}

// overlaps reports whether a piece is about any of a period. One without a period is
// about all.
func overlaps(p pipeline.Piece, from, to time.Time) bool {
	return p.From.IsZero() || p.From.Before(to) && (p.To.IsZero() || from.Before(p.To))
}

// base reports whether a piece is about any of a base year.
func base(p pipeline.Piece, years []int) bool {
	return slices.ContainsFunc(years, func(y int) bool {
		return overlaps(p, time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(y+1, 1, 1, 0, 0, 0, 0, time.UTC))
	})
}

// addresses are those of a source's services, as the plans set them.
func addresses(live pipeline.Live, plans []pipeline.Plan) (map[string]string, error) {
	source := live.Publisher().ID
	found, said := map[string]string{}, map[string]string{}
	for _, s := range live.Services() {
		found[s.ID] = s.Address
	}
	for _, p := range plans {
		for _, o := range p.Services {
			if o.Source != source {
				continue
			}
			for _, s := range live.Services() {
				if o.Service != "" && o.Service != s.ID {
					continue
				}
				if other, there := said[s.ID]; there && found[s.ID] != o.Address {
					return nil, fmt.Errorf("the plans %s and %s give %s different addresses: %s and %s; run them one by one, or give both the same", other, p.ID, source, found[s.ID], o.Address)
				}
				found[s.ID], said[s.ID] = o.Address, p.ID
			}
		}
	}
	return found, nil
}
