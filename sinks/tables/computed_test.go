package tables_test

import (
	"strings"
	"testing"

	"samkraft/sinks/tables"
	"samkraft/sinks/tables/tablestest"
)

// A table leads through the steps on the way to the tables, registers and files that it is made of.
func TestComputed(t *testing.T) {
	text := func(name string) [3]string { return [3]string{name, "VARCHAR", ""} }
	s, err := tables.Open(tablestest.Snapshot(t, false,
		tablestest.Table{Name: "model", Key: 1, Columns: [][3]string{text("model"), {"is_published", "BOOLEAN", ""}, text("description"), text("sql")}, Rows: [][]any{
			{"account", true, "Account: from use and flow.", "SELECT 1"}, {"factor", true, "Factor", "SELECT 2"}, {"flow", false, "Flow: from use and area.", "SELECT 3"},
			{"gain", true, "Gain: by the program.", nil}, {"use", false, "Use: from the publisher.", "SELECT 4"}, {"area", true, "Area", "SELECT 5"},
		}},
		tablestest.Table{Name: "model_input", Key: 2, Columns: [][3]string{text("model"), text("input"), text("input_kind"), text("table_name"), text("source_id"), text("dataset")}, Rows: [][]any{
			{"account", "flow", "step", nil, nil, nil}, {"account", "use", "step", nil, nil, nil}, {"flow", "area", "table", "area", nil, nil}, {"flow", "use", "step", nil, nil, nil},
			{"gain", "account", "table", "account", nil, nil}, {"gain", "registry.factor", "register", "factor", nil, nil}, {"gain", "plan.area", "plan_file", "area", nil, nil},
			{"use", "raw.dst_use", "data_set", nil, "dst", "USE1"}, {"use", "heating_share", "coefficient", "factor", nil, nil},
		}}))
	if err != nil {
		t.Fatal(err)
	}
	c, err := s.Computed()
	if err != nil {
		t.Fatal(err)
	}
	for table, want := range map[string]string{
		"account": "account flow use < area", "gain": "gain < account factor", "area": "area <", "nothing": "<",
	} {
		var words []string
		for _, step := range c.Chain(table) {
			words = append(words, step.Name)
		}
		if got := strings.Join(append(append(words, "<"), c.From(table)...), " "); got != want {
			t.Errorf("%s: %s, want %s", table, got, want)
		}
	}
	if c["gain"].SQL != "" || !c["gain"].Published || c["flow"].Published || c["flow"].SQL != "SELECT 3" {
		t.Errorf("steps: %+v", c)
	}
	if in := c["use"].Inputs; len(in) != 2 || in[0] != (tables.Input{Kind: "data_set", Name: "raw.dst_use", Source: "dst", DataSet: "USE1"}) || in[1].Kind != "coefficient" {
		t.Errorf("inputs of a step: %+v", in)
	}
}

// A snapshot that does not say how its tables are computed is not at fault.
func TestComputedUnsaid(t *testing.T) {
	s, err := tables.Open(folder(t, nil))
	if err != nil {
		t.Fatal(err)
	}
	if c, err := s.Computed(); err != nil || len(c) != 0 || len(c.Chain("thing")) != 0 {
		t.Errorf("%v, %v", c, err)
	}
}
