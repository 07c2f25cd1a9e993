package tables

import (
	"errors"
	"fmt"
	"slices"
)

// Computed says how the tables of a snapshot are computed, by table or step, as its
// tables model and model_input have it.
type Computed map[string]Step

// Step is a table, or a step on the way to one that is not published.
type Step struct {
	Name, Description string
	SQL               string // "" where no query makes it
	Published         bool
	Inputs            []Input // in order of their names
}

// Input is what a step reads. Kind is that of table model_input: table, step, data_set,
// own_data, plan_file, register or coefficient.
type Input struct {
	Kind, Name      string
	Table           string // of the snapshot, in which it is to be seen; "" where it is in no other
	Source, DataSet string // of a data set of a publisher
}

// Computed reads how the snapshot's tables are computed. One of a version of the program
// that did not say so has none.
func (s *Snapshot) Computed() (Computed, error) {
	models, err := s.Table("model")
	if errors.Is(err, ErrNoTable) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	inputs, err := s.Table("model_input")
	if err != nil {
		return nil, err
	}
	c := Computed{}
	for r := range models.All() {
		c[r.Text("model")] = Step{Name: r.Text("model"), Description: r.Text("description"), SQL: r.Text("sql"), Published: r.Bool("is_published")}
	}
	for r := range inputs.All() {
		step, ok := c[r.Text("model")]
		if !ok {
			return nil, fmt.Errorf("table model_input: %s is not in table model", r.Text("model"))
		}
		in := Input{r.Text("input_kind"), r.Text("input"), r.Text("table_name"), r.Text("source_id"), r.Text("dataset")}
		step.Inputs = append(step.Inputs, in)
		c[r.Text("model")] = step
	}
	return c, nil
}

// Chain is how a table comes about: the table, and every step on the way to it from other
// tables, each behind all that read it.
func (c Computed) Chain(table string) []Step {
	var chain []Step
	seen := map[string]bool{}
	var add func(name string)
	add = func(name string) {
		if seen[name] {
			return
		}
		seen[name] = true
		for _, in := range c[name].Inputs {
			if in.Kind == "step" {
				add(in.Name)
			}
		}
		chain = append(chain, c[name])
	}
	if _, ok := c[table]; ok {
		add(table)
	}
	slices.Reverse(chain)
	return chain
}

// From lists the other tables that a table is made of, by itself or by steps on the way,
// in order of their names. Those that repeat the plan file are not among them.
func (c Computed) From(table string) []string {
	var from []string
	for _, step := range c.Chain(table) {
		for _, in := range step.Inputs {
			if in.Table != "" && in.Table != table && in.Kind != "plan_file" && in.Kind != "coefficient" {
				from = append(from, in.Table)
			}
		}
	}
	slices.Sort(from)
	return slices.Compact(from)
}
