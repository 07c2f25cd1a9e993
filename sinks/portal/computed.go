package portal

import (
	"net/url"
	"slices"
	"strings"

	"samkraft/sinks/tables"
)

// step is how a table, or a step on the way to it, is computed, and what it reads.
type step struct {
	tables.Step
	Steps        []string // on this page too
	Tables       []table
	Coefficients []table
	Others       []string // data sets, and what the program or the plan has
}

// table is a table or a coefficient by its name, and where it is to be seen; "" for nowhere.
type table struct{ Name, Address string }

func (s *scribe) step(one tables.Step) step {
	made := step{Step: one}
	for _, in := range one.Inputs {
		switch {
		case in.Kind == "step":
			made.Steps = append(made.Steps, in.Name)
		case in.Kind == "coefficient":
			made.Coefficients = append(made.Coefficients, s.coefficientAt(in.Name))
		case in.Table != "":
			made.Tables = append(made.Tables, s.tableAt(in.Table))
		case in.Kind == "data_set":
			made.Others = append(made.Others, in.Source+" "+in.DataSet)
		default:
			made.Others = append(made.Others, s.text("reads_"+in.Kind))
		}
	}
	byName := func(a, b table) int { return strings.Compare(a.Name, b.Name) }
	slices.SortFunc(made.Tables, byName)
	made.Tables = slices.Compact(made.Tables)
	slices.Sort(made.Others)
	made.Others = slices.Compact(made.Others)
	return made
}

// coefficientAt is a coefficient, and where a server shows it.
func (s *scribe) coefficientAt(id string) table {
	if s.stage.rows == "" {
		return table{id, ""}
	}
	return table{id, s.up() + s.stage.rows + "factor?" + url.Values{"is.factor_id": {id}}.Encode()}
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
