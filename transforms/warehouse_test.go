package transforms

import (
	"slices"
	"strings"
	"testing"

	"samkraft/pipeline"
	"samkraft/sources/catalogue"
	"samkraft/sources/own"
)

func publishers() []pipeline.Publisher {
	var all []pipeline.Publisher
	for _, s := range catalogue.Sources() {
		all = append(all, s.Publisher())
	}
	return append(all, own.Source{}.Publisher())
}

// openBuild opens an engine that knows what is declared, with nothing built yet.
func openBuild(t testing.TB) *build {
	t.Helper()
	w, err := New(pipeline.Disk(t.TempDir()), publishers(), 1, "200MB")
	if err != nil {
		t.Fatal(err)
	}
	tables, err := w.declarations(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	b, err := w.open(t.Context(), "test", 1)
	if err != nil {
		t.Fatal(err)
	}
	b.tables = tables
	t.Cleanup(func() {
		if err := b.close(); err != nil {
			t.Error(err)
		}
	})
	return b
}

// TestModels reads every model and check: that they parse, that what they read
// is made by somebody, and that every published table is declared in full.
func TestModels(t *testing.T) {
	w, err := New(pipeline.Disk(t.TempDir()), publishers(), 1, "200MB")
	if err != nil {
		t.Fatal(err)
	}
	tables, err := w.Describe(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for set, want := range map[[2]string]bool{{"dmi", "municipalityValue"}: true, {"pvgis", "PVcalc"}: true, {"dst", "BYGB40"}: true, {"smhi", "metobs_1"}: true,
		{"eurostat", "nrg_chddr2_a"}: false, {"dst", "BOL102"}: false, {"dst", "none"}: false} {
		if w.Reads(set[0], set[1]) != want {
			t.Errorf("of %s %s is something made: %v", set[0], set[1], !want)
		}
	}
	for _, m := range w.models {
		if !m.interim && !slices.ContainsFunc(tables, func(d pipeline.BuiltTable) bool { return d.Name == m.name }) {
			t.Errorf("%s is not declared", m.name)
		}
	}
}

// TestNullStrict holds the models to functions that do not pass nulls over: of a
// figure that is not known, greatest and least would make one that is.
func TestNullStrict(t *testing.T) {
	models, err := readModels()
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range models {
		for _, word := range []string{"greatest(", "least("} {
			if strings.Contains(strings.ReplaceAll(strings.ToLower(m.query), "at_least(", ""), word) {
				t.Errorf("model %s calls %s...), which passes nulls over; at_least and at_most do not", m.name, word)
			}
		}
	}
}
