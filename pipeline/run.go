package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"sort"
	"time"

	"golang.org/x/sync/errgroup"
)

// Runner takes plans the whole way, from publishers' files to snapshots, once.
// Its fields are set before use and not changed after.
type Runner struct {
	Disk      FS
	Clock     func() time.Time
	PID       int // named to others who want the workspace
	Sources   []Source
	Transform Transform
	Sinks     []Sink
	Threads   int
	Report    Reporter
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
	Plans  []Plan
	Origin Origin // FromMirror or FromSample, with Files; Files nil: the archive alone
	Files  fs.FS
	Only   []string // publishers to read; nil is all
	Wait   time.Duration
}

// Outcome is what became of a run.
type Outcome struct {
	Run          string        `json:"run"`
	Plans        []PlanOutcome `json:"plans"`
	Unrecognised []string      `json:"unrecognised,omitempty"`
	SetAside     []string      `json:"set_aside,omitempty"`
	Decoded      int           `json:"decoded"` // extracts that had to be decoded
	Extracts     int           `json:"extracts"`
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
	Snapshot string   `json:"snapshot,omitempty"` // that stands now
	New      bool     `json:"new"`                // published by this run
	Problems []string `json:"problems,omitempty"` // why it was not published
	Withheld string   `json:"withheld,omitempty"` // folder with what failed its checks
	Checks   []Check  `json:"checks,omitempty"`   // those that failed, errors and warnings
}

// input is an extract with the source that reads it.
type input struct {
	source  Source
	set     DataSet
	extract Extract
	staged  Staged
	problem error
}

// Run does what the order says. The error is for what stops the whole run; what
// stops one plan is in its outcome. A run that ends early leaves readers with
// what they had.
func (r *Runner) Run(ctx context.Context, order Order) (Outcome, error) {
	started := r.Clock().UTC()
	record := Record{ID: started.Format("20060102T150405.000Z"), Started: started, Origin: order.Origin, State: Running}
	release, err := Lock(ctx, r.Disk, Holder{PID: r.PID, Run: record.ID, Started: started}, order.Wait)
	if err != nil {
		return Outcome{}, err
	}
	defer release()
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
	if err := records.Write(record); err != nil {
		return Outcome{}, err
	}
	outcome, err := r.run(ctx, order, record.ID)
	record.Outcome, record.Ended, record.State = outcome, r.Clock().UTC(), Ended
	if err != nil {
		record.Error = err.Error()
	}
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
	inputs, mirror, origin, err := r.collect(ctx, order)
	if err != nil {
		return outcome, err
	}
	outcome.Unrecognised, outcome.Extracts = mirror.Unrecognised, len(inputs)
	for _, s := range mirror.SetAside {
		outcome.SetAside = append(outcome.SetAside, s.Problem.Error())
	}

	// Which plans have anything new, and which extracts do they need?
	manifests := make([]Manifest, len(order.Plans))
	need := map[*input]bool{}
	for i, plan := range order.Plans {
		po := PlanOutcome{Plan: plan.ID}
		manifests[i] = Manifest{Plan: Hash(plan), Models: r.Transform.Hash(), Inputs: []ManifestInput{}}
		chosen := chosenInputs(plan, inputs)
		for _, in := range chosen {
			manifests[i].Inputs = append(manifests[i].Inputs, ManifestInput{in.set.ID, in.set.Version, in.extract.SHA256, in.extract.Source})
		}
		latest, err := (Snapshots{r.Disk}).Latest(plan.ID)
		if err != nil {
			r.Report.Note("%s: %v", plan.ID, err)
		}
		po.Snapshot = latest
		po.Problems = blockers(plan, mirror.SetAside, chosen)
		switch {
		case len(po.Problems) > 0:
			po.Code = Failed
		case len(chosen) == 0:
			po.Code, po.Problems = Failed, []string{"no data set of the plan has any data: nothing to publish"}
		case latest != "" && r.unchanged(plan.ID, latest, manifests[i]):
		default:
			for _, in := range chosen {
				need[in] = true
			}
			po.New = true // until something stops it
		}
		outcome.Plans = append(outcome.Plans, po)
	}

	outcome.Decoded, err = r.stage(ctx, need)
	if err != nil {
		return outcome, err
	}
	if err := r.archive(order, run, inputs, need); err != nil {
		return outcome, err
	}
	for i, plan := range order.Plans {
		po := &outcome.Plans[i]
		if !po.New {
			continue
		}
		if err := r.publish(ctx, plan, origin, run, inputs, manifests[i], po); err != nil {
			if ctx.Err() != nil {
				return outcome, err
			}
			po.New, po.Code = false, Worst(po.Code, Failed)
			po.Problems = append(po.Problems, err.Error())
		}
	}
	return outcome, nil
}

func (r *Runner) unchanged(plan, latest string, m Manifest) bool {
	old, err := (Snapshots{r.Disk}).Manifest(plan, latest)
	return err == nil && old.SameOrigin(m) && Exists(r.Disk, (Snapshots{r.Disk}).Folder(plan, latest)+"/files.json")
}

// collect finds the extracts: in the files that were handed in, or in the archive.
// The origin is the order's, or of the archive's extracts.
func (r *Runner) collect(ctx context.Context, order Order) (inputs []*input, mirror Mirror, origin Origin, err error) {
	origin = order.Origin
	sources := slices.DeleteFunc(slices.Clone(r.Sources), func(s Source) bool {
		return order.Only != nil && !slices.Contains(order.Only, s.Publisher().ID)
	})
	byID := map[string]Source{}
	for _, s := range r.Sources {
		byID[s.Publisher().ID] = s
	}
	if order.Files != nil {
		r.Report.Step("recognise", 0, 1, "files")
		if mirror, err = ReadMirror(ctx, order.Files, sources); err != nil {
			return nil, mirror, origin, err
		}
	}
	// What is not read anew is as the archive last had it.
	for _, s := range r.Sources {
		p := s.Publisher()
		if order.Files != nil && (order.Only == nil || slices.Contains(order.Only, p.ID)) {
			continue
		}
		for _, d := range p.DataSets {
			last, found, err := (FetchLog{r.Disk}).Last(p.ID, d.ID)
			if err != nil {
				return nil, mirror, origin, err
			}
			if !found {
				continue
			}
			if origin == "" {
				origin = last.Origin
			}
			for _, sha := range last.Extracts {
				x, err := (Archive{r.Disk}).Extract(p.ID, d.ID, sha)
				if err != nil {
					return nil, mirror, origin, err
				}
				mirror.Extracts = append(mirror.Extracts, x)
			}
		}
	}
	for _, x := range mirror.Extracts {
		s := byID[x.Source]
		for _, d := range s.Publisher().DataSets {
			if d.ID == x.DataSet {
				inputs = append(inputs, &input{source: s, set: d, extract: x})
			}
		}
	}
	sort.SliceStable(inputs, func(i, j int) bool {
		a, b := inputs[i].extract, inputs[j].extract
		return a.Source+"/"+a.DataSet+"/"+a.SHA256 < b.Source+"/"+b.DataSet+"/"+b.SHA256
	})
	return inputs, mirror, origin, nil
}

// Wants reports whether a plan uses a data set: it is about one of the members'
// countries, and the plan asks for it or asks for nothing in particular.
func (p Plan) Wants(source string, set DataSet) bool {
	here := slices.ContainsFunc(p.Members, func(m Member) bool { return slices.Contains(set.Countries, m.Country) })
	asked := p.Data == nil || slices.ContainsFunc(p.Data, func(d DataRef) bool {
		return d.Source == source && (d.DataSet == "" || d.DataSet == set.ID)
	})
	return here && asked
}

func chosenInputs(plan Plan, inputs []*input) []*input {
	var chosen []*input
	for _, in := range inputs {
		if plan.Wants(in.extract.Source, in.set) {
			chosen = append(chosen, in)
		}
	}
	return chosen
}

// blockers says which files stop a plan: broken ones of its data sets, and
// incomplete ones where nothing else serves the data set.
func blockers(plan Plan, aside []SetAside, chosen []*input) []string {
	var problems []string
	for _, s := range aside {
		served := slices.ContainsFunc(chosen, func(in *input) bool {
			return in.extract.Source == s.Source && (in.extract.DataSet == s.DataSet || !s.Broken)
		})
		if s.Source == "" || plan.Wants(s.Source, s.set) && (s.Broken || !served) {
			problems = append(problems, s.Problem.Error())
		}
	}
	return problems
}

// stage decodes what is needed and not decoded yet, on all threads.
func (r *Runner) stage(ctx context.Context, need map[*input]bool) (decoded int, err error) {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(max(1, r.Threads))
	total, done := len(need), make(chan *input, len(need))
	order := make([]*input, 0, total)
	for in := range need {
		order = append(order, in)
	}
	// The largest first, so that no thread is left with it at the end.
	sort.Slice(order, func(i, j int) bool {
		a, b := order[i].extract, order[j].extract
		if a.Parts[0].Bytes != b.Parts[0].Bytes {
			return a.Parts[0].Bytes > b.Parts[0].Bytes
		}
		return a.SHA256 < b.SHA256
	})
	for _, in := range order {
		group.Go(func() error {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			in.staged, in.problem = (Stage{r.Disk}).Decode(ctx, in.source, in.set, in.extract)
			var p *Problem
			if in.problem != nil && (ctx.Err() != nil || !errors.As(in.problem, &p)) {
				return in.problem // the machine's fault, not the file's
			}
			done <- in
			return nil
		})
	}
	finished := make(chan error, 1)
	go func() { finished <- group.Wait(); close(done) }()
	n := 0
	for in := range done {
		n++
		if in.staged.Decoded && in.problem == nil {
			decoded++
		}
		r.Report.Step("decode", n, total, in.extract.Source+" "+in.extract.DataSet)
	}
	return decoded, <-finished
}

// archive keeps the extracts that could be decoded and remembers them as the
// state of their data sets.
func (r *Runner) archive(order Order, run string, inputs []*input, need map[*input]bool) error {
	if order.Files == nil {
		return nil
	}
	state := map[string][]string{}
	bad := map[string]bool{}
	for _, in := range inputs {
		id := in.extract.Source + "/" + in.set.ID
		if in.problem != nil {
			bad[id] = true
			continue
		}
		if need[in] {
			if err := (Archive{r.Disk}).Keep(in.extract, order.Origin, in.source.Publisher().Licence, r.Clock()); err != nil {
				return err
			}
		}
		if Exists(r.Disk, (Archive{r.Disk}).receipt(in.extract)) {
			state[id] = append(state[id], in.extract.SHA256)
		}
	}
	for _, s := range r.Sources {
		p := s.Publisher()
		for _, d := range p.DataSets {
			id := p.ID + "/" + d.ID
			if len(state[id]) == 0 || bad[id] {
				continue
			}
			line := Fetched{Time: r.Clock().UTC(), Run: run, Origin: order.Origin, Extracts: state[id]}
			if err := (FetchLog{r.Disk}).Record(p.ID, d.ID, line); err != nil {
				return err
			}
		}
	}
	return nil
}

// publish builds, checks and publishes one plan.
func (r *Runner) publish(ctx context.Context, plan Plan, origin Origin, run string, inputs []*input, m Manifest, po *PlanOutcome) error {
	job := Job{Plan: plan, Origin: origin, Progress: func(done, total int, what string) {
		r.Report.Step("build "+plan.ID, done, total, what)
	}}
	for _, s := range r.Sources {
		p := s.Publisher()
		for _, d := range p.DataSets {
			if !plan.Wants(p.ID, d) {
				continue
			}
			state := State{Publisher: p, DataSet: d}
			for _, in := range inputs {
				if in.extract.Source != p.ID || in.set.ID != d.ID {
					continue
				}
				if in.problem != nil {
					po.Problems = append(po.Problems, in.problem.Error())
					continue
				}
				state.Extracts = append(state.Extracts, in.staged)
			}
			sort.SliceStable(state.Extracts, func(i, j int) bool {
				a, b := state.Extracts[i], state.Extracts[j]
				return a.AsOf+a.Extract.SHA256 < b.AsOf+b.Extract.SHA256
			})
			job.DataSets = append(job.DataSets, state)
		}
	}
	if len(po.Problems) > 0 {
		po.New, po.Code = false, Failed
		return nil
	}
	built, err := r.Transform.Build(ctx, job)
	if err != nil {
		return err
	}
	m.Tables = []ManifestTable{}
	for _, t := range built.Tables {
		m.Tables = append(m.Tables, ManifestTable{t.Bytes, t.Name, t.Rows, t.SHA256})
	}
	stop := false
	for _, c := range built.Checks {
		if c.State == "failed" {
			po.Checks = append(po.Checks, c)
			stop = stop || c.Severity == "error"
		}
	}
	draft := Draft{Plan: plan, Origin: origin, Tables: built.Tables, DataSets: job.DataSets}
	if stop {
		po.New, po.Code = false, Withheld
		po.Withheld = path.Join("withheld", plan.ID, run)
		return r.withhold(po.Withheld, draft)
	}
	r.Report.Step("publish "+plan.ID, 0, 1, "snapshot")
	id, err := (Snapshots{r.Disk}).Publish(ctx, m, draft, r.Sinks)
	if err != nil {
		return err
	}
	po.New, po.Snapshot = po.Snapshot != id, id
	return nil
}

// withhold keeps the tables that failed their checks, for diagnosis.
func (r *Runner) withhold(folder string, draft Draft) error {
	if err := r.Disk.MkdirAll(Temp(folder)); err != nil {
		return err
	}
	for _, t := range draft.Tables {
		if err := r.Disk.Link(t.File, path.Join(Temp(folder), t.Name+".parquet")); err != nil {
			return err
		}
	}
	return Settle(r.Disk, folder)
}
