package watch

import (
	"errors"
	"io/fs"
	"sort"
	"sync"
	"time"

	"samkraft/pipeline"
)

// mostAges bounds the series of ages: with more, each data set of a plan has one, of its
// oldest member.
const mostAges = 5000

// everyone stands for the members where a data set is not about some of them.
var everyone = pipeline.Member{Country: "*", Code: "*"}

// age says since when what a plan has of a data set has not been confirmed by its
// publisher.
type age struct {
	plan, source, dataSet string
	member                pipeline.Member
	since                 time.Time
}

// ages finds the ages of the data sets that plans want, as far as there is anything of
// them. Fetch logs grow for years: one that has not grown since is not read again.
type ages struct {
	Options

	mu    sync.Mutex
	known map[[2]string]knownState
}

type knownState struct {
	size    int64
	changed time.Time
	since   map[pipeline.Member]time.Time
}

func (a *ages) look() ([]age, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	var all []age
	plans := a.Plans()
	for _, source := range a.Sources {
		p := source.Publisher()
		for _, set := range p.DataSets {
			for _, plan := range plans {
				if !plan.Wants(p.ID, set) || a.Used != nil && !a.Used(p.ID, set.ID) && !plan.Names(p.ID, set.ID) {
					continue
				}
				since, err := a.since(p.ID, set.ID)
				if err != nil {
					return nil, err
				}
				if at, there := since[everyone]; there {
					all = append(all, age{plan.ID, p.ID, set.ID, everyone, at})
				}
				for _, m := range plan.Members {
					if at, there := since[m]; there {
						all = append(all, age{plan.ID, p.ID, set.ID, m, at})
					}
				}
			}
		}
	}
	if len(all) > mostAges {
		all = oldest(all)
	}
	return all, nil
}

// oldest keeps of each data set of a plan the oldest.
func oldest(all []age) []age {
	sort.SliceStable(all, func(i, j int) bool { return all[i].since.Before(all[j].since) })
	seen := map[age]bool{}
	kept := all[:0]
	for _, a := range all {
		a.member = everyone
		one := a
		one.since = time.Time{}
		if !seen[one] {
			seen[one] = true
			kept = append(kept, a)
		}
	}
	return kept
}

// since says when each member's figures were confirmed last. Of files that were handed
// in it is when they last changed.
func (a *ages) since(source, dataSet string) (map[pipeline.Member]time.Time, error) {
	log := pipeline.FetchLog{Disk: a.Disk}
	info, err := log.Stat(source, dataSet)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	id := [2]string{source, dataSet}
	known, there := a.known[id]
	if there && known.size == info.Size() && known.changed.Equal(info.ModTime()) {
		return known.since, nil
	}
	state, err := log.State(source, dataSet)
	if err != nil {
		return nil, err
	}
	known = knownState{info.Size(), info.ModTime(), map[pipeline.Member]time.Time{}}
	newer := func(m pipeline.Member, at time.Time) {
		if at.After(known.since[m]) {
			known.since[m] = at
		}
	}
	if !state.Live() {
		newer(everyone, state.Last)
	} else {
		for _, piece := range state.Pieces {
			if piece.Extract == "" {
				continue
			}
			if piece.Members == nil {
				newer(everyone, piece.Asked)
			}
			for _, m := range piece.Members {
				newer(m, piece.Asked)
			}
		}
	}
	a.known[id] = known
	return known.since, nil
}
