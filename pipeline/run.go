package pipeline

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"time"
)

// Runner takes plans the whole way, from publishers' files to snapshots, once.
// Its fields are set before use and not changed after.
type Runner struct {
	Disk      FS
	Clock     func() time.Time
	PID       int // named to others who want the workspace
	Sources   []Source
	Own       Source  // reads the plans' own data; nil where no plan has any
	Fetcher   Fetcher // nil where nothing is fetched
	Transform Transform
	Sinks     []Sink
	Threads   int
	Report    Reporter
	Free      func() (int64, error) // bytes that the disk has left; nil: a run does not ask
	// Before is told of a new snapshot when it stands and readers are not led to it yet,
	// so that they can be served of it at once. It may take its time, and may be nil.
	Before func(ctx context.Context, plan, id string)

	journal *journal // of the run under way
}

// Reporter hears how a run goes. Calls come one at a time.
type Reporter interface {
	// Step tells that done of total steps of a stage of the work are behind us.
	Step(stage string, done, total int, what string)
	// Note tells something worth a line in a log.
	Note(format string, args ...any)
}

// Order is what a run is asked to do.
type Order struct {
	Run    string // the run's id; "": a new one
	Plans  []Plan
	Origin Origin // FromMirror or FromSample, with Files; FromLive: from the publishers; "": the archive alone
	Files  fs.FS
	// From and To narrow what is fetched to a period; zero means what is new. Budget is
	// how long the fetching may take; 0 means without end.
	From, To time.Time
	Budget   time.Duration
	Only     []string // publishers to read; nil is all
	// Fetch narrows what is fetched of them; nil is all of it.
	Fetch func(source, dataSet string) bool
	By    string // what the record of the run says of who wanted it
	Wait  time.Duration
	// AcceptLoss lets a plan go on without data sets that its last snapshot was made
	// with. Otherwise their absence stops it: a folder that was not mounted must not
	// replace good results with poorer ones.
	AcceptLoss bool
}

// Outcome is what became of a run.
type Outcome struct {
	Run          string        `json:"run"`
	Plans        []PlanOutcome `json:"plans"`
	Unrecognised []string      `json:"unrecognised,omitempty"`
	SetAside     []string      `json:"set_aside,omitempty"`
	Decoded      int           `json:"decoded"` // extracts that had to be decoded
	Rows         int64         `json:"rows"`    // that they held
	Bytes        int64         `json:"bytes"`   // of their files
	Extracts     int           `json:"extracts"`
	Fetched      []FetchReport `json:"fetched,omitempty"`
}

// Code is the worst of the plans' exit codes.
func (o Outcome) Code() ExitCode {
	code := Done
	for _, p := range o.Plans {
		code = Worst(code, p.Code)
	}
	return code
}

// PlanOutcome is what became of one plan.
type PlanOutcome struct {
	Plan     string   `json:"plan"`
	Code     ExitCode `json:"code"`
	Snapshot string   `json:"snapshot,omitempty"` // that stands now, made by this run or by one before
	Held     string   `json:"held,omitempty"`     // that readers stay on meanwhile, because somebody chose it
	Previous string   `json:"previous,omitempty"` // that stood before, of a new one
	New      bool     `json:"new"`                // published by this run
	Rows     int64    `json:"rows,omitempty"`     // of the tables, where they had to be built
	Bytes    int64    `json:"bytes,omitempty"`    // of their files
	Problems []string `json:"problems,omitempty"` // why it was not published
	Withheld string   `json:"withheld,omitempty"` // folder with what failed its checks
	Stale    []string `json:"stale,omitempty"`    // data sets that could not be fetched anew, with why and since when
	Checks   []Check  `json:"checks,omitempty"`   // those that failed, errors and warnings
}

// Run does what the order says. The error is for what stops the whole run; what
// stops one plan is in its outcome. A run that ends early leaves readers with
// what they had.
func (r *Runner) Run(ctx context.Context, order Order) (Outcome, error) {
	started := r.Clock().UTC()
	record := Record{ID: cmp.Or(order.Run, RunID(started)), Started: started, Origin: order.Origin, By: order.By, State: Running}
	release, err := Lock(ctx, r.Disk, Holder{PID: r.PID, Run: record.ID, Started: started}, order.Wait)
	if err != nil {
		return Outcome{}, err
	}
	defer release()
	if err := CheckLayout(r.Disk); err != nil {
		return Outcome{}, err
	}
	if err := Sweep(r.Disk, "."); err != nil {
		return Outcome{}, err
	}
	if err := r.sameKind(order.Origin); err != nil {
		return Outcome{}, err
	}
	for _, p := range order.Plans {
		record.Plans = append(record.Plans, p.ID)
	}
	records := Records{r.Disk}
	if err := errors.Join(markLayout(r.Disk), records.close()); err != nil {
		return Outcome{}, err
	}
	if err := records.Write(record); err != nil {
		return Outcome{}, err
	}
	heard := *r
	heard.journal = newJournal(r.Disk, r.Clock, record.ID, r.Report)
	heard.Report = heard.journal
	outcome, err := heard.run(ctx, order, record.ID)
	record.Outcome, record.State, record.Code = outcome, Ended, outcome.Code()
	if err != nil {
		record.Error, record.Code = err.Error(), Failed
	}
	if ctx.Err() != nil {
		record.Code = Interrupted
	}
	record.Steps = heard.journal.end(outcome, record.Code, err)
	record.Ended = r.Clock().UTC()
	return outcome, errors.Join(err, records.Write(record))
}

// ErrKind says that a workspace of one kind was asked to take data of the other.
var ErrKind = errors.New("sample and real data do not mix in one workspace")

// sameKind refuses to mix the made-up with the real.
func (r *Runner) sameKind(origin Origin) error {
	if origin == "" {
		return nil
	}
	receipts, err := (Archive{r.Disk}).anyReceipt()
	if err != nil || receipts == nil {
		return err
	}
	if (receipts.Origin == FromSample) != (origin == FromSample) {
		return fmt.Errorf("%w: this one holds data of a %s; name another with --workspace", ErrKind, receipts.Origin)
	}
	return nil
}

func (r *Runner) run(ctx context.Context, order Order, run string) (Outcome, error) {
	outcome := Outcome{Run: run}
	for _, plan := range order.Plans {
		if err := (Snapshots{r.Disk}).mend(plan.ID); err != nil {
			return outcome, err
		}
	}
	if order.Origin == FromLive {
		if err := r.enough(r.roomForTables(order.Plans), 0); err != nil {
			return outcome, err
		}
		job := FetchJob{Run: run, Plans: order.Plans, Only: order.Only, From: order.From, To: order.To, Fetch: order.Fetch, Report: r.Report}
		if order.Budget > 0 {
			job.Until = r.Clock().Add(order.Budget)
		}
		var err error
		end := r.journal.begin("fetch", "")
		outcome.Fetched, err = r.Fetcher.Fetch(ctx, job)
		if end(); err != nil {
			return outcome, err
		}
	}
	end := r.journal.begin("recognise", "")
	inputs, mirror, origin, err := r.collect(ctx, order)
	if end(); err != nil {
		return outcome, err
	}
	outcome.Unrecognised, outcome.Extracts = mirror.Unrecognised, len(inputs)
	for _, s := range mirror.SetAside {
		outcome.SetAside = append(outcome.SetAside, s.Problem.Error())
	}

	// Which plans have anything new, and which extracts do they need?
	manifests, work := make([]Manifest, len(order.Plans)), make([]bool, len(order.Plans))
	need := map[*input]bool{}
	for _, in := range inputs {
		// Whatever is new in the folder is decoded, and archived when it is good: a
		// later run from the archive may be for another plan.
		if order.Files != nil && in.extract.Source != OwnSource && !Exists(r.Disk, (Archive{r.Disk}).receipt(in.extract)) {
			need[in] = true
		}
	}
	for i, plan := range order.Plans {
		po := PlanOutcome{Plan: plan.ID}
		manifests[i] = Manifest{Plan: Hash(plan), Models: r.Transform.Hash(), Inputs: []ManifestInput{}}
		chosen := chosenInputs(plan, inputs)
		for _, in := range chosen {
			manifests[i].Inputs = append(manifests[i].Inputs, ManifestInput{in.set.ID, in.set.Version, in.extract.SHA256, in.extract.Source})
		}
		latest, err := (Snapshots{r.Disk}).Newest(plan.ID)
		if err != nil {
			r.Report.Note("%s: %v", plan.ID, err)
		}
		po.Snapshot = latest
		lost := r.lost(plan, latest, chosen)
		po.Problems = blockers(plan, mirror.SetAside, chosen, len(lost) > 0 || r.gone(plan.ID, latest, manifests[i]))
		stale, missing := r.failures(plan, outcome.Fetched, chosen)
		if po.Stale = stale; len(stale) > 0 {
			po.Code = Stale
		}
		if !order.AcceptLoss {
			po.Problems = append(po.Problems, missing...)
		}
		if latest != "" && !order.AcceptLoss && len(lost) > 0 {
			po.Problems = append(po.Problems, lossProblem(lost, mirror))
		}
		switch {
		case len(po.Problems) > 0:
			po.Code = Failed
		case len(chosen) == 0:
			po.Code, po.Problems = Failed, append(missing, "no data set of the plan has any data: nothing to publish")
		case latest != "" && r.unchanged(plan.ID, latest, manifests[i]):
		default:
			for _, in := range chosen {
				need[in] = true
			}
			work[i] = true
		}
		outcome.Plans = append(outcome.Plans, po)
	}

	if err := r.enoughFor(order.Plans, work, need); err != nil {
		return outcome, err
	}
	end = r.journal.begin("decode", "")
	outcome.Decoded, err = r.stage(ctx, need)
	if end(); err != nil {
		return outcome, err
	}
	for _, in := range inputs {
		if in.staged.Decoded && in.problem == nil {
			outcome.Rows += in.staged.Count()
			outcome.Bytes += in.extract.bytes()
		}
		stops := slices.ContainsFunc(order.Plans, in.serves)
		if in.problem != nil && !stops {
			outcome.SetAside = append(outcome.SetAside, in.problem.Error())
		}
	}
	stopped := slices.ContainsFunc(outcome.Plans, func(p PlanOutcome) bool { return len(p.Problems) > 0 })
	end = r.journal.begin("archive", "")
	err = r.archive(order, run, inputs, mirror.SetAside, need, stopped)
	if err == nil {
		err = r.archiveOwn(origin, inputs, need)
	}
	if end(); err != nil {
		return outcome, err
	}
	built := r.buildAll(ctx, order.Plans, work, origin, inputs)
	for i, plan := range order.Plans {
		po := &outcome.Plans[i]
		if !work[i] {
			continue
		}
		if err := r.publish(ctx, plan, origin, run, built[i], manifests[i], po); err != nil {
			if ctx.Err() != nil {
				return outcome, err
			}
			po.Code = Worst(po.Code, Failed)
			po.Problems = append(po.Problems, err.Error())
		}
	}
	for i, plan := range order.Plans {
		if h, was, err := (Snapshots{r.Disk}).Held(plan.ID); err == nil && was && !h.Over {
			outcome.Plans[i].Held = h.Snapshot
		}
	}
	return outcome, nil
}

func (r *Runner) unchanged(plan, latest string, m Manifest) bool {
	old, err := (Snapshots{r.Disk}).Manifest(plan, latest)
	return err == nil && old.SameOrigin(m) && (Snapshots{r.Disk}).Intact(plan, latest)
}
