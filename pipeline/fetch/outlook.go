package fetch

import (
	"time"

	"samkraft/pipeline"
)

// Outlook says how far a data set is fetched, and what comes next.
type Outlook struct {
	Pieces int       // that plans want
	Have   int       // of them that serve
	Due    int       // that the next run asks for
	Next   time.Time // when the first of the others is due; zero: none ever
}

// Look finds the outlook of a data set, or false where no plan wants it, it is of no
// use, or it cannot be fetched.
func Look(live pipeline.Live, set pipeline.DataSet, used Used, plans []pipeline.Plan, state pipeline.FetchState, now time.Time) (Outlook, bool) {
	var o Outlook
	job := pipeline.FetchJob{Plans: plans}
	want, any := wanted(live.Publisher().ID, set, used, job, now)
	if !any {
		return o, false
	}
	pieces := live.Pieces(set.ID, want)
	o.Pieces, o.Due = len(pieces), len(due(pieces, state, want, job))
	for _, p := range pieces {
		known := state.Pieces[p.Key]
		if known.Extract != "" {
			o.Have++
		}
		if p.Again == 0 || known.Asked.IsZero() {
			continue
		}
		if next := known.Asked.Add(p.Again); next.After(now) && (o.Next.IsZero() || next.Before(o.Next)) {
			o.Next = next
		}
	}
	return o, len(pieces) > 0
}
