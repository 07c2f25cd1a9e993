package tables

import (
	"errors"
	"slices"
	"strings"
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
	Table           string // the table of the snapshot in which it stands; "" where it is none
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
		step := c[r.Text("model")]
		in := Input{Kind: r.Text("input_kind"), Name: r.Text("input"), Source: r.Text("source_id"), DataSet: r.Text("dataset")}
		switch in.Kind {
		case "table":
			in.Table = in.Name
		case "register": // registry.NAME
			if _, name, _ := strings.Cut(in.Name, "."); c[name].Published {
				in.Table = name
			}
		}
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
// in order of their names.
func (c Computed) From(table string) []string {
	var from []string
	for _, step := range c.Chain(table) {
		for _, in := range step.Inputs {
			if in.Table != "" && in.Table != table {
				from = append(from, in.Table)
			}
		}
	}
	slices.Sort(from)
	return slices.Compact(from)
}
