package notice

import (
	"time"

	"samkraft/pipeline"
)

// Old is a data set whose newest good state is older than the plan allows.
type Old struct {
	Source  string    `json:"source"`
	DataSet string    `json:"dataset"`
	Good    time.Time `json:"good"`    // when its state was last known to be good
	MaxAge  string    `json:"max_age"` // as the plan says it
}

func (o Old) name() string { return o.Source + " " + o.DataSet }

// stale lists the data sets of a plan that are too old, in the order of the publishers.
// One of which there never was anything is missing, not old.
func stale(p pipeline.Plan, publishers []pipeline.Publisher, log pipeline.FetchLog, now time.Time) ([]Old, error) {
	var all []Old
	for _, publisher := range publishers {
		for _, set := range publisher.DataSets {
			limit := p.MaxAge(publisher.ID, set.ID)
			if limit == "" || !p.Wants(publisher.ID, set) {
				continue
			}
			state, err := log.State(publisher.ID, set.ID)
			if err != nil {
				return nil, err
			}
			if good := state.Good(p.Members); !good.IsZero() && now.Sub(good) > pipeline.Span(limit) {
				all = append(all, Old{publisher.ID, set.ID, good, limit})
			}
		}
	}
	return all, nil
}
