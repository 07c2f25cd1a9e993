package balmorel

import (
	"strings"
	"testing"

	"samkraft/pipeline"
	"samkraft/sources/sourcetest"
)

func TestMarks(t *testing.T) {
	if n, status, err := marks.Read("EPS", '.'); err != nil || status != pipeline.Zero || n != (pipeline.Decimal{}) {
		t.Errorf("EPS is %v, %s, %v", n, status, err)
	}
	for _, other := range []string{"NA", "INF", "-INF", "UNDF", "eps.", "", "-"} {
		if n, status, err := marks.Read(other, '.'); err == nil {
			t.Errorf("%q is %v, %s", other, n, status)
		}
	}
}

// TestSample holds the built-in sample to every table and member.
func TestSample(t *testing.T) {
	text := sourcetest.Sample(t, Source{}, "published", "made-up")
	for _, l := range layouts {
		_, rows, _ := strings.Cut(text, "balmorel/"+l.set.ID+" ")
		rows, _, _ = strings.Cut(rows, "balmorel/")
		for _, code := range []string{"253", "259", "269", "336"} {
			if !strings.Contains(rows, "DK | "+code+" |") {
				t.Errorf("the sample of %s has no row of %s", l.set.ID, code)
			}
		}
	}
}
