package watch

import (
	"maps"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"samkraft/pipeline"
)

// tally counts the runs that ended since the server began, its own and others in its
// workspace, and knows of each plan how its last ones ended.
type tally struct {
	records pipeline.Records
	plans   func() []pipeline.Plan

	mu     sync.Mutex
	known  map[string]bool // runs that are over
	begun  bool            // runs are counted, and not only known
	latest map[string]planRuns

	rows, bytes                               prometheus.Counter
	runs                                      *prometheus.CounterVec
	requests, retries, waits, answers, faults *prometheus.CounterVec
	duration, steps                           *prometheus.HistogramVec
}

// planRuns is what is known of the runs of a plan.
type planRuns struct {
	ended, good time.Time // of its last run, and of the last that had code 0
	code        pipeline.ExitCode
	snapshot    string // that was published last, and when
	published   time.Time
}

// Values of the label plan for what is not of one plan that the server makes.
const (
	several = "(several)"
	other   = "(other)"
)

func newTally(records pipeline.Records, plans func() []pipeline.Plan, sources []pipeline.Source) *tally {
	counter := func(name, help string, labels ...string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Name: name, Help: help}, labels)
	}
	seconds := []float64{0.1, 1, 5, 10, 30, 60, 300, 900, 3600}
	t := &tally{records: records, plans: plans, known: map[string]bool{}, latest: map[string]planRuns{},
		runs:     counter("samkraft_runs_total", "Runs that ended, by the code that they ended with, or cut_off.", "code"),
		rows:     prometheus.NewCounter(prometheus.CounterOpts{Name: "samkraft_decoded_rows_total", Help: "Rows that runs decoded from publishers' files."}),
		bytes:    prometheus.NewCounter(prometheus.CounterOpts{Name: "samkraft_decoded_bytes_total", Help: "Bytes of publishers' files that runs decoded; of what was fetched see samkraft_fetch_bytes_total."}),
		requests: counter("samkraft_fetch_requests_total", "Requests that were sent to a publisher, retries included.", "source"),
		retries:  counter("samkraft_fetch_retries_total", "Requests that were sent once more after a fault that may pass.", "source"),
		waits:    counter("samkraft_fetch_wait_seconds_total", "Time that requests waited for their turn, and after faults.", "source"),
		answers:  counter("samkraft_fetch_bytes_total", "Bytes of a publisher's answers.", "source"),
		faults:   counter("samkraft_fetch_faults_total", "Pieces of a publisher that could not be fetched or read.", "source"),
		duration: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "samkraft_run_duration_seconds", Help: "How long runs took.", Buckets: seconds}, []string{"plan"}),
		steps:    prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "samkraft_run_step_duration_seconds", Help: "How long the steps of runs took.", Buckets: seconds}, []string{"plan", "step"}),
	}
	// Series that are there from the beginning have a rate as soon as something happens.
	for _, code := range []pipeline.ExitCode{pipeline.Done, pipeline.Failed, pipeline.Withheld, pipeline.Stale, pipeline.Interrupted} {
		t.runs.WithLabelValues(strconv.Itoa(int(code)))
	}
	t.runs.WithLabelValues("cut_off")
	for _, source := range sources {
		if _, live := source.(pipeline.Live); live {
			for _, c := range t.perSource() {
				c.WithLabelValues(source.Publisher().ID)
			}
		}
	}
	return t
}

func (t *tally) perSource() []*prometheus.CounterVec {
	return []*prometheus.CounterVec{t.requests, t.retries, t.waits, t.answers, t.faults}
}

func (t *tally) collectors() []prometheus.Collector {
	return []prometheus.Collector{t.runs, t.rows, t.bytes, t.requests, t.retries, t.waits, t.answers, t.faults, t.duration, t.steps}
}

// look takes in the runs that ended since the last look, and returns what is known of
// plans.
func (t *tally) look() (map[string]planRuns, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	ids, err := t.records.IDs()
	if err != nil {
		return nil, err
	}
	over := make(map[string]bool, len(ids)) // records that were pruned are forgotten
	for _, id := range ids {
		over[id] = t.known[id]
		if over[id] {
			continue
		}
		r := t.records.Read(id)
		if over[id] = r.State != pipeline.Running; over[id] {
			t.take(r)
		}
	}
	t.known, t.begun = over, true
	return maps.Clone(t.latest), nil
}

func (t *tally) take(r pipeline.Record) {
	for _, plan := range r.Plans {
		if r.State != pipeline.Ended {
			continue
		}
		last := t.latest[plan]
		last.ended, last.code = r.Ended, r.Code
		for _, p := range r.Outcome.Plans {
			if p.Plan != plan || r.Error != "" {
				continue
			}
			if last.code = p.Code; p.Code == pipeline.Done {
				last.good = r.Ended
			}
			if p.New {
				last.snapshot, last.published = p.Snapshot, r.Ended
			}
		}
		t.latest[plan] = last
	}
	if t.begun {
		t.count(r)
	}
}

func (t *tally) count(r pipeline.Record) {
	switch r.State {
	case pipeline.CutOff:
		t.runs.WithLabelValues("cut_off").Inc()
		return
	case pipeline.Damaged:
		return
	}
	t.runs.WithLabelValues(strconv.Itoa(int(r.Code))).Inc()
	add(t.rows, float64(r.Outcome.Rows))
	add(t.bytes, float64(r.Outcome.Bytes))
	for _, f := range r.Outcome.Fetched {
		add(t.rows, float64(f.Rows))
		for i, n := range []float64{float64(f.Requests), float64(f.Retries), f.Waited, float64(f.Bytes), float64(len(f.Faults))} {
			add(t.perSource()[i].WithLabelValues(f.Source), n)
		}
	}
	all := several
	if len(r.Plans) == 1 {
		all = t.label(r.Plans[0])
	}
	t.duration.WithLabelValues(all).Observe(r.Ended.Sub(r.Started).Seconds())
	for _, s := range r.Steps {
		plan := all
		if s.Plan != "" {
			plan = t.label(s.Plan)
		}
		t.steps.WithLabelValues(plan, s.Name).Observe(s.Ended.Sub(s.Started).Seconds())
	}
}

// add counts. A record is a file that anything may have happened to: a counter would
// panic at what is below zero.
func add(c prometheus.Counter, n float64) {
	if n > 0 {
		c.Add(n)
	}
}

// label is a plan's value of the label plan. Plans that the server does not make, which
// somebody runs by hand, have one together: there may be any number of them.
func (t *tally) label(plan string) string {
	if slices.ContainsFunc(t.plans(), func(p pipeline.Plan) bool { return p.ID == plan }) {
		return plan
	}
	return other
}
