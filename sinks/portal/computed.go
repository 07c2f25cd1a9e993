package portal

import (
	"net/url"
	"slices"

	"samkraft/sinks/tables"
)

// step is how a table, or a step on the way to it, is computed, and what it reads.
type step struct {
	tables.Step
	Tables       []table
	DataSets     []string
	Coefficients []string
	PlanFile     bool
}

// table is a table by its name, and where it is to be seen.
type table struct{ Name, Address string }

func (s *scribe) step(one tables.Step) step {
	made := step{Step: one}
	for _, in := range one.Inputs {
		if in.Table != "" {
			made.Tables = append(made.Tables, s.tableAt(in.Table))
		}
		switch in.Kind {
		case "data_set":
			made.DataSets = append(made.DataSets, in.Source+" "+in.DataSet)
		case "own_data":
			made.DataSets = append(made.DataSets, s.text("how_own"))
		case "plan_file":
			made.PlanFile = true
		case "coefficient":
			made.Coefficients = append(made.Coefficients, in.Name)
		}
	}
	slices.Sort(made.DataSets)
	made.DataSets = slices.Compact(made.DataSets)
	return made
}

// tableAt is a table with the page that tells where its figures come from, where there is
// one, else with all of its rows.
func (s *scribe) tableAt(name string) table {
	switch {
	case s.shown[name] != nil:
		return table{name, s.up() + "how/" + name + ".html"}
	case s.stage.rows != "":
		return table{name, s.up() + s.stage.rows + name}
	}
	return table{name, s.parquet(name)}
}

// rowAt is the address at which a server shows a row.
func (s *scribe) rowAt(r tables.Row) string {
	if s.stage.rows == "" {
		return ""
	}
	filters := url.Values{}
	for _, k := range r.Table().Key {
		if k != "plan" && !r.Null(k) {
			filters.Set("is."+k, plain(r, k))
		}
	}
	return s.up() + s.stage.rows + r.Table().Name + "?" + filters.Encode()
}
