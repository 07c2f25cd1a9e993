package pipeline

import (
	"context"
	"slices"
	"sort"
	"sync"

	"golang.org/x/sync/errgroup"
)

// sideBySide is how many plans are built at a time: they share the engine's memory.
const sideBySide = 2

// made is what building a plan came to.
type made struct {
	sets     []State
	tables   Built
	problems []string // files that could not be read; nothing was built then
	err      error
}

// buildAll builds the plans that have anything new, in the order of plans. What a
// plan comes to does not depend on the others.
func (r *Runner) buildAll(ctx context.Context, plans []Plan, work []bool, origin Origin, inputs []*input) []made {
	built := make([]made, len(plans))
	some := 0
	for _, one := range work {
		if one {
			some++
		}
	}
	// Builds that go on at a time share the processors: engines that wait for each
	// other's threads are slower than engines with one of their own.
	atATime := max(1, min(sideBySide, r.Threads, some))
	var group errgroup.Group
	group.SetLimit(atATime)
	var report sync.Mutex
	for i, plan := range plans {
		if !work[i] {
			continue
		}
		var end func()
		job := Job{Plan: plan, Origin: origin, Threads: max(1, r.Threads/atATime), Sharing: atATime, Progress: func(done, total int, what string) {
			if done == total {
				end()
				end = r.journal.begin("check", plan.ID)
			}
			report.Lock()
			defer report.Unlock()
			r.Report.Step("build "+plan.ID, done, total, what)
		}}
		var problems []string
		job.DataSets, problems = r.states(plan, inputs)
		group.Go(func() error {
			built[i] = made{sets: job.DataSets, problems: problems}
			if len(problems) == 0 {
				end = r.journal.begin("build", plan.ID)
				defer func() { end() }()
				built[i].tables, built[i].err = r.Transform.Build(ctx, job)
			}
			return nil
		})
	}
	group.Wait() // nobody fails: each plan keeps its own error
	return built
}

// states are the data sets that a plan wants, with what is here of them, and the
// problems of those that could not be read.
func (r *Runner) states(plan Plan, inputs []*input) (states []State, problems []string) {
	sources := r.Sources
	if r.Own != nil {
		sources = append(slices.Clone(sources), r.Own)
	}
	for _, s := range sources {
		p := s.Publisher()
		for _, d := range p.DataSets {
			if !plan.Wants(p.ID, d) {
				continue
			}
			state := State{Publisher: p, DataSet: d}
			for _, in := range inputs {
				if in.extract.Source != p.ID || in.set.ID != d.ID || !in.serves(plan) {
					continue
				}
				if in.problem != nil {
					problems = append(problems, in.problem.Error())
					continue
				}
				state.Extracts = append(state.Extracts, in.staged)
			}
			sort.SliceStable(state.Extracts, func(i, j int) bool {
				a, b := state.Extracts[i], state.Extracts[j]
				return a.AsOf+a.Extract.SHA256 < b.AsOf+b.Extract.SHA256
			})
			states = append(states, state)
		}
	}
	return states, problems
}
