package notice

import (
	"maps"
	"slices"
	"time"

	"samkraft/pipeline"
)

// What a plan's own state can be, beside the events failed and withheld.
const well = "well"

// Kinds of messages: of each, one waits at most for each address.
const (
	ofPlan = "plan"     // whether it is well
	ofData = "data"     // whether its data sets are young enough
	ofNew  = "snapshot" // that there is a new one
)

// state is what was told of a plan, and what waits to be told.
type state struct {
	Plan     string               `json:"plan"`             // well, failed or withheld; "": nothing is known
	Since    time.Time            `json:"since"`            // since when
	Troubles []string             `json:"troubles"`         // all it went through since it was well
	Trouble  time.Time            `json:"trouble,omitzero"` // when the first of them began
	Stale    map[string]time.Time `json:"stale"`            // data sets that are too old: since when they are known to be
	Snapshot string               `json:"snapshot"`         // that stood
	Waiting  []*waiting           `json:"waiting"`
}

// waiting is a message that was not delivered yet.
type waiting struct {
	To      string  `json:"to"` // the name of a way
	Kind    string  `json:"kind"`
	Tries   int     `json:"tries"`
	Fault   string  `json:"fault"` // of the last try
	Message Message `json:"message"`
}

// change is something to tell.
type change struct {
	kind     string
	event    string
	over     []string  // of recovered: what is over
	trouble  time.Time // of recovered: since when it was not
	stale    []Old     // all that are, of data
	fresh    []string  // those that are no more, of data
	troubled bool      // whether the trouble goes on
	previous string    // of a new snapshot: the one that people knew of; "" where nobody knows
}

// condition is a plan's state after a run.
func condition(o pipeline.PlanOutcome) string {
	switch o.Code {
	case pipeline.Done, pipeline.Stale: // what is too old is told apart
		return well
	case pipeline.Withheld:
		return pipeline.OnWithheld
	}
	return pipeline.OnFailed
}

// judge takes what became of a plan into its state and returns what is to be told. Of
// a plan that nothing is known of, only trouble is news.
func (s *state) judge(now time.Time, o pipeline.PlanOutcome) []change {
	var all []change
	if c := condition(o); c != s.Plan {
		switch {
		case c != well:
			if len(s.Troubles) == 0 {
				s.Trouble = now
			}
			if !slices.Contains(s.Troubles, c) {
				s.Troubles = append(s.Troubles, c)
			}
			all = append(all, change{kind: ofPlan, event: c, troubled: true})
		case s.Plan != "":
			all = append(all, change{kind: ofPlan, event: pipeline.OnRecovered, over: s.Troubles, trouble: s.Trouble})
			s.Troubles, s.Trouble = nil, time.Time{}
		}
		s.Plan, s.Since = c, now
	}
	// Also one that another run published, or this one before the server was killed.
	if o.Snapshot != "" && o.Snapshot != s.Snapshot {
		if o.New || s.Snapshot != "" {
			all = append(all, change{kind: ofNew, event: pipeline.OnPublished, previous: s.Snapshot})
		}
		s.Snapshot = o.Snapshot
	}
	return all
}

// judgeData does the same with the data sets that are too old.
func (s *state) judgeData(now time.Time, stale []Old) []change {
	c := change{kind: ofData, event: pipeline.OnRecovered, over: []string{pipeline.OnStale}, stale: stale, troubled: len(stale) > 0}
	known := map[string]time.Time{}
	for _, o := range stale {
		since, there := s.Stale[o.name()]
		if !there {
			since, c.event, c.over = now, pipeline.OnStale, nil
		}
		known[o.name()] = since
	}
	for _, name := range slices.Sorted(maps.Keys(s.Stale)) {
		if _, still := known[name]; !still {
			c.fresh = append(c.fresh, name)
			if c.trouble.IsZero() || s.Stale[name].Before(c.trouble) {
				c.trouble = s.Stale[name]
			}
		}
	}
	s.Stale = known
	if c.event == pipeline.OnRecovered && len(c.fresh) == 0 {
		return nil
	}
	return []change{c}
}

// wants reports whether a change is told by a way: that something is over only where
// it was told.
func (w way) wants(c change) bool {
	if c.event != pipeline.OnRecovered {
		return slices.Contains(w.on, c.event)
	}
	return slices.Contains(w.on, pipeline.OnRecovered) && slices.ContainsFunc(c.over, func(e string) bool { return slices.Contains(w.on, e) })
}

// queue puts a change's message in the place of what waits of its kind for a way. What
// waits and is over is dropped, also where the way does not want to know that it is.
func (s *state) queue(w way, c change, message func() Message) {
	wanted := w.wants(c)
	if wanted || !c.troubled {
		s.Waiting = slices.DeleteFunc(s.Waiting, func(o *waiting) bool { return o.To == w.name && o.Kind == c.kind })
	}
	if wanted {
		s.Waiting = append(s.Waiting, &waiting{To: w.name, Kind: c.kind, Message: message()})
	}
}

// keep drops what waits for ways that the plan does not have any more.
func (s *state) keep(ways []way) {
	s.Waiting = slices.DeleteFunc(s.Waiting, func(o *waiting) bool {
		return !slices.ContainsFunc(ways, func(w way) bool { return w.name == o.To })
	})
}
