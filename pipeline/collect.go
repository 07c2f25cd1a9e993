package pipeline

import (
	"context"
	"fmt"
	"slices"
	"sort"
	"strings"
	"time"
)

// input is an extract with the source that reads it.
type input struct {
	source  Source
	set     DataSet
	extract Extract
	members []Member // those that it is about; nil: whoever wants the data set
	staged  Staged
	problem error
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
	for _, x := range mirror.Extracts {
		s := byID[x.Source]
		inputs = append(inputs, &input{source: s, set: s.Publisher().dataSet(x.DataSet), extract: x})
	}
	// What is not read anew is as the archive last had it.
	for _, s := range r.Sources {
		p := s.Publisher()
		if order.Files != nil && (order.Only == nil || slices.Contains(order.Only, p.ID)) {
			continue
		}
		for _, d := range p.DataSets {
			state, err := (FetchLog{r.Disk}).State(p.ID, d.ID)
			if err != nil {
				return nil, mirror, origin, err
			}
			if origin == "" {
				origin = state.Origin
			}
			for _, serving := range state.Serving() {
				x, err := (Archive{r.Disk}).Extract(p.ID, d.ID, serving.Extract)
				if err != nil {
					return nil, mirror, origin, err
				}
				inputs = append(inputs, &input{source: s, set: d, extract: x, members: serving.Members})
			}
		}
	}
	inputs = append(inputs, r.ownInputs(order.Plans)...)
	sort.SliceStable(inputs, func(i, j int) bool {
		a, b := inputs[i].extract, inputs[j].extract
		return a.Source+"/"+a.DataSet+"/"+a.SHA256 < b.Source+"/"+b.DataSet+"/"+b.SHA256
	})
	return inputs, mirror, origin, nil
}

// Wants reports whether a plan uses a data set: it is about one of the members'
// countries, and the plan asks for it or asks for nothing in particular. Of its
// own data it wants the kinds that it has files of.
func (p Plan) Wants(source string, set DataSet) bool {
	if source == OwnSource {
		return slices.ContainsFunc(p.OwnFiles, func(f OwnFile) bool { return f.Kind == set.ID })
	}
	here := slices.ContainsFunc(p.Members, func(m Member) bool { return slices.Contains(set.Countries, m.Country) })
	asked := p.Data == nil || slices.ContainsFunc(p.Data, func(d DataRef) bool {
		return d.Source == source && (d.DataSet == "" || d.DataSet == set.ID)
	})
	return here && asked
}

// Names reports whether a plan asks for a data set by its own name, and not with
// others of its publisher.
func (p Plan) Names(source, dataSet string) bool {
	return slices.ContainsFunc(p.Data, func(d DataRef) bool { return d.Source == source && d.DataSet == dataSet })
}

// serves reports whether an extract is one that a plan is made of.
func (in *input) serves(p Plan) bool {
	about := in.members == nil || slices.ContainsFunc(in.members, func(m Member) bool { return slices.Contains(p.Members, m) })
	return about && p.Wants(in.extract.Source, in.set) && (in.extract.Source != OwnSource || p.owns(in.extract))
}

func chosenInputs(plan Plan, inputs []*input) []*input {
	var chosen []*input
	for _, in := range inputs {
		if in.serves(plan) {
			chosen = append(chosen, in)
		}
	}
	return chosen
}

// blockers says which files stop a plan: broken ones of its data sets, and
// incomplete ones where nothing else serves the data set. A broken file that
// nobody can name stops a plan that misses something, because it may be that.
func blockers(plan Plan, aside []SetAside, chosen []*input, misses bool) []string {
	var problems []string
	for _, s := range aside {
		if s.Source == "" {
			if misses {
				problems = append(problems, s.Problem.Error())
			}
			continue
		}
		if plan.Wants(s.Source, s.set) && (s.Broken || !served(chosen, s.Source, s.set)) {
			problems = append(problems, s.Problem.Error())
		}
	}
	return problems
}

// gone reports whether an extract that a plan's last snapshot was made with is not
// here now, be it that a newer one has taken its place.
func (r *Runner) gone(plan, latest string, now Manifest) bool {
	if latest == "" {
		return false
	}
	old, err := (Snapshots{r.Disk}).Manifest(plan, latest)
	return err == nil && slices.ContainsFunc(old.Inputs, func(had ManifestInput) bool {
		return !slices.ContainsFunc(now.Inputs, func(in ManifestInput) bool {
			return in.Source == had.Source && in.DataSet == had.DataSet && in.Extract == had.Extract
		})
	})
}

// failures sorts the data sets of a plan that could not be fetched: those that go on
// being served by what came before, and those of which nothing ever came.
func (r *Runner) failures(plan Plan, fetched []FetchReport, chosen []*input) (stale, missing []string) {
	for _, f := range fetched {
		if len(f.Faults) == 0 || !plan.Wants(f.Source, r.dataSet(f.Source, f.DataSet)) {
			continue
		}
		more := ""
		if n := len(f.Faults) - 1; n > 0 {
			more = fmt.Sprintf(" (and %d more)", n)
		}
		if f.Have > 0 && !f.LastAsked.IsZero() {
			stale = append(stale, fmt.Sprintf("%s %s is of %s: %s%s", f.Source, f.DataSet, f.LastAsked.Format(time.DateOnly), f.Faults[0], more))
		} else if slices.ContainsFunc(chosen, func(in *input) bool { return in.extract.Source == f.Source && in.set.ID == f.DataSet }) {
			stale = append(stale, fmt.Sprintf("%s %s is as it was handed in: %s%s", f.Source, f.DataSet, f.Faults[0], more))
		} else {
			missing = append(missing, f.Faults[0]+more)
		}
	}
	return stale, missing
}

// dataSet finds the declaration of a data set.
func (r *Runner) dataSet(source, id string) DataSet {
	for _, s := range r.Sources {
		if p := s.Publisher(); p.ID == source {
			return p.dataSet(id)
		}
	}
	return DataSet{}
}

// served reports whether a data set, or the one that says the same, has extracts.
func served(chosen []*input, source string, set DataSet) bool {
	return slices.ContainsFunc(chosen, func(in *input) bool {
		return in.extract.Source == source && (in.set.ID == set.ID || in.set.ID == set.Substitute)
	})
}

// lost lists the data sets that a plan wants and that nothing serves: those that
// its last snapshot was made with, or any where it has none yet.
func (r *Runner) lost(plan Plan, latest string, chosen []*input) []string {
	had := map[string]bool{}
	known := false
	if latest != "" {
		if m, err := (Snapshots{r.Disk}).Manifest(plan.ID, latest); err == nil {
			known = true
			for _, in := range m.Inputs {
				had[in.Source+" "+in.DataSet] = true
			}
		}
	}
	var lost []string
	for _, s := range r.Sources {
		p := s.Publisher()
		for _, d := range p.DataSets {
			if id := p.ID + " " + d.ID; plan.Wants(p.ID, d) && (had[id] || !known) && !served(chosen, p.ID, d) {
				lost = append(lost, id)
			}
		}
	}
	return lost
}

// lossProblem says which data sets a plan has lost. What is missing may be among the
// files that nobody recognised, in another encoding or form: the outcome lists them
// once for all plans.
func lossProblem(lost []string, m Mirror) string {
	where := ""
	if len(m.Unrecognised) > 0 {
		where = "; they may be among the files that nobody recognises"
	}
	return "the last snapshot was made with " + strings.Join(lost, ", ") + ", of which no file is here now; expected its files, or --accept-loss when the plan is to go on without" + where
}
