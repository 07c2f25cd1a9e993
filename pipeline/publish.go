package pipeline

import (
	"context"
	"errors"
	"path"
	"slices"
	"sort"

	"golang.org/x/sync/errgroup"
)

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
	finished := make(chan error, 1)
	go func() { // which waits for threads that are free
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
		finished <- group.Wait()
		close(done)
	}()
	if total > 0 {
		r.Report.Step("decode", 0, total, "")
	}
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

// archive keeps the extracts that could be decoded, and remembers what the folder
// held as the state of the data sets: all of it or nothing, so that a run from the
// archive never makes of two folders a state that neither had. A folder with a bad
// file in it is not remembered, nor one that lacks a data set and stopped a plan.
func (r *Runner) archive(order Order, run string, inputs []*input, aside []SetAside, need map[*input]bool, stopped bool) error {
	if order.Files == nil {
		return nil
	}
	state := map[string][]string{}
	remember := true
	for _, in := range inputs {
		if in.extract.Source == OwnSource {
			continue
		}
		if in.problem != nil {
			remember = false
			continue
		}
		if need[in] {
			if err := (Archive{r.Disk}).Keep(in.extract, order.Origin, in.source.Publisher().Licence, r.Clock()); err != nil {
				return err
			}
		}
		id := in.extract.Source + "/" + in.set.ID
		state[id] = append(state[id], in.extract.SHA256)
	}
	doubtful := stopped // a broken file may be of any data set that is gone
	for _, s := range aside {
		remember = remember && (!s.Broken || s.Source == "")
		doubtful = doubtful || s.Source == ""
	}
	if !remember {
		return nil
	}
	lines, gone, err := r.changes(order, run, state)
	if err != nil || gone && doubtful {
		return err
	}
	for _, l := range lines {
		if err := (FetchLog{r.Disk}).Record(l.source, l.dataSet, l.Fetched); err != nil {
			return err
		}
	}
	return nil
}

type logLine struct {
	source, dataSet string
	Fetched
}

// changes lists what there is to remember of the data sets that were read anew,
// and reports whether one of them is gone.
func (r *Runner) changes(order Order, run string, state map[string][]string) (lines []logLine, gone bool, err error) {
	for _, s := range r.Sources {
		p := s.Publisher()
		if order.Only != nil && !slices.Contains(order.Only, p.ID) {
			continue
		}
		for _, d := range p.DataSets {
			now := state[p.ID+"/"+d.ID]
			last, err := (FetchLog{r.Disk}).State(p.ID, d.ID)
			if err != nil {
				return nil, false, err
			}
			if len(now) == 0 && len(last.Serving()) == 0 {
				continue
			}
			gone = gone || len(now) == 0
			lines = append(lines, logLine{p.ID, d.ID, Fetched{Time: r.Clock().UTC(), Run: run, Origin: order.Origin, Extracts: append([]string{}, now...)}})
		}
	}
	return lines, gone, nil
}

// publish checks and publishes one plan's tables.
func (r *Runner) publish(ctx context.Context, plan Plan, origin Origin, run string, b made, m Manifest, po *PlanOutcome) error {
	po.Problems = append(po.Problems, b.problems...)
	if len(b.problems) > 0 {
		po.Code = Failed
		return nil
	}
	if b.err != nil {
		return b.err
	}
	if err := (Used{r.Disk}).Write(plan.ID, b.tables.Used); err != nil {
		return err
	}
	m.Tables = []ManifestTable{}
	for _, t := range b.tables.Tables {
		po.Rows += t.Rows
		po.Bytes += t.Bytes
		m.Tables = append(m.Tables, ManifestTable{t.Bytes, t.Name, t.Rows, t.SHA256})
	}
	stop := false
	for _, c := range b.tables.Checks {
		if c.State == "failed" {
			po.Checks = append(po.Checks, c)
			stop = stop || c.Severity == "error"
		}
	}
	draft := Draft{Plan: plan, Origin: origin, Tables: b.tables.Tables, DataSets: b.sets}
	if stop {
		po.Code = Withheld
		po.Withheld = path.Join("withheld", plan.ID, run)
		return r.withhold(po.Withheld, draft)
	}
	defer r.journal.begin("publish", plan.ID)()
	r.Report.Step("publish "+plan.ID, 0, 1, "snapshot")
	id, err := (Snapshots{r.Disk}).Publish(ctx, m, draft, r.Sinks, r.Before)
	if err != nil {
		return err
	}
	if po.New = po.Snapshot != id; po.New {
		po.Previous, po.Snapshot = po.Snapshot, id
	}
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
