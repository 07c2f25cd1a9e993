package vindbrukskollen

import (
	"testing"

	"samkraft/pipeline"
	"samkraft/sources/sourcetest"
)

func TestGolden(t *testing.T) { sourcetest.Golden(t, Source{}) }

// A blank cell is a figure that the register does not have; it has no other
// marker. Non-breaking spaces are padding.
func TestMarks(t *testing.T) {
	for text, want := range map[string]pipeline.Status{"": pipeline.NotAvailable, " \u00a0 ": pipeline.NotAvailable, "0": pipeline.Zero, "1.5\u00a0": pipeline.Observed} {
		value, status, err := marks.Read(text, '.')
		if err != nil || status != want || (value == nil) != (want == pipeline.NotAvailable) {
			t.Errorf("%q: %v %v %v; expected %v", text, value, status, err, want)
		}
	}
	for _, text := range []string{"-", "..", "1,5", "Uppgift saknas"} {
		if _, _, err := marks.Read(text, '.'); err == nil {
			t.Errorf("%q is taken", text)
		}
	}
}
