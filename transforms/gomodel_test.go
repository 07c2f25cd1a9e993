package transforms

import (
	"slices"
	"testing"

	"samkraft/pipeline"
)

// What tables that are filled together are said to be made of, each by itself, is what
// their function reads: all of it, and nothing else but each other.
func TestFrom(t *testing.T) {
	w, err := New(pipeline.Disk(t.TempDir()), nil, 1, "100MB")
	if err != nil {
		t.Fatal(err)
	}
	models := map[string]model{}
	for _, m := range w.models {
		models[m.name] = m
	}
	for _, g := range goModels {
		if g.from == nil {
			continue
		}
		behind := map[string]bool{}
		var follow func(name string)
		follow = func(name string) {
			for _, in := range models[name].from() {
				if !behind[in] {
					behind[in] = true
					follow(in)
				}
			}
		}
		for _, table := range g.tables {
			if len(g.from[table]) == 0 {
				t.Errorf("%s: it is not said what it is made of", table)
			}
			for _, in := range g.from[table] {
				measured := slices.Contains(savingMeasures.tables, in) // of the same model of measures
				if !slices.Contains(g.inputs, in) && !slices.Contains(g.tables, in) && !measured {
					t.Errorf("%s is said to be made of %s, which is not read", table, in)
				}
			}
			follow(table)
		}
		for _, in := range g.inputs {
			if !behind[in] {
				t.Errorf("%s is read, and no table is said to be made of it", in)
			}
		}
	}
}
