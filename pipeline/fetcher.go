package pipeline

import (
	"context"
	"time"
)

// Fetcher asks publishers for what plans want, and leaves it in the archive and the
// fetch log, where a run finds it.
type Fetcher interface {
	// Fetch does what there is to do, as far as the budget goes. A publisher that
	// fails is told in its report and holds up nobody else; what it gave before stays.
	// The error is for this side. Stopped at any moment, the next call goes on where
	// this one was.
	Fetch(ctx context.Context, job FetchJob) ([]FetchReport, error)
}

// FetchJob says what to ask for.
type FetchJob struct {
	Run      string
	Plans    []Plan
	Only     []string                          // publishers; nil is all
	Fetch    func(source, dataSet string) bool // narrows that to data sets; nil is all
	From, To time.Time                         // with one of them set, only pieces of that period are asked for, also those that are known
	Until    time.Time                         // no request is begun after it; zero: no budget
	Report   Reporter
}

// FetchReport is what became of a data set.
type FetchReport struct {
	Source    string    `json:"source"`
	DataSet   string    `json:"dataset"`
	Asked     int       `json:"asked"`                    // pieces
	Nothing   int       `json:"nothing,omitempty"`        // pieces for which the publisher has nothing
	Waiting   int       `json:"waiting,omitempty"`        // pieces that later runs will ask for
	Requests  int       `json:"requests"`                 // sent
	Retries   int       `json:"retries,omitempty"`        // of them, after a fault that may pass
	Waited    float64   `json:"waited_seconds,omitempty"` // for a turn, and after faults
	Bytes     int64     `json:"bytes,omitempty"`          // of the answers, decompressed
	Rows      int64     `json:"rows,omitempty"`           // decoded from them
	Faults    []string  `json:"faults,omitempty"`
	Have      int       `json:"have"`                // pieces that serve, also those of earlier runs
	LastAsked time.Time `json:"last_asked,omitzero"` // when a piece was last fetched as a whole, before the faults
	Changed   []Changed `json:"changed,omitempty"`
}

// Changed is a piece of which another extract came.
type Changed struct {
	Piece string `json:"piece"`
	Old   string `json:"old,omitempty"` // extract; "" where it is the first
	New   string `json:"new"`
}
