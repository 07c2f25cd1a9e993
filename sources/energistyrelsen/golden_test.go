package energistyrelsen

import (
	"testing"

	"samkraft/pipeline"
	"samkraft/sources"
	"samkraft/sources/sourcetest"
)

func TestGolden(t *testing.T) { sourcetest.Golden(t, Source{}) }

// A blank cell means three things: not known (what describes a turbine or
// plant), not stated (production by year), withheld (production by month in the
// new layout). None of them is zero.
func TestMarks(t *testing.T) {
	for _, c := range []struct {
		name  string
		marks sources.Marks
		want  pipeline.Status
	}{
		{"description", marks, pipeline.NotAvailable},
		{"old production", oldProduction, pipeline.NotAvailable},
		{"new production", newProduction, pipeline.Suppressed},
	} {
		for text, want := range map[string]pipeline.Status{"": c.want, " \u00a0": c.want, "0": pipeline.Zero, "12": pipeline.Observed, "-3": pipeline.Observed} {
			value, status, err := c.marks.Read(text, '.')
			if err != nil || status != want || (value == nil) != (want == c.want) {
				t.Errorf("%s %q: %v %v %v; expected %v", c.name, text, value, status, err, want)
			}
		}
		for _, text := range []string{"..", "-", "x", "n/a", "1O"} {
			if _, _, err := c.marks.Read(text, '.'); err == nil {
				t.Errorf("%s: %q is taken", c.name, text)
			}
		}
	}
}
