package forbrugsudledninger

import (
	"strings"
	"testing"

	"samkraft/sources/sourcetest"
)

func TestGolden(t *testing.T) { sourcetest.Golden(t, Source{}) }

// TestSample reads the publisher's part of the built-in sample.
func TestSample(t *testing.T) {
	dump := sourcetest.Sample(t, Source{}, "published")
	for code, row := range map[string]string{
		"253": "DK | 253 | 10368 | 5625 | 6549 | 117861e-3 | 22856 | 319 | 9040", "259": "DK | 259 | 12633 | 5890 | 9135 | 113239e-3 | 28211 | 1552 | 12155",
		"269": "DK | 269 | 5055 | 2267 | 3051 | 121097e-3 | 10532 | 137 | 2809", "336": "DK | 336 | 6986 | 2263 | 795 | 128555e-3 | 10874 | 1119 | 3920",
	} {
		if !strings.Contains(dump, row) {
			t.Errorf("%s is not read as it stands in the sample:\n%s", code, dump)
		}
	}
}
