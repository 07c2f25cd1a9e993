package dst

import (
	"strings"
	"testing"

	"samkraft/sources/sourcetest"
)

func TestGolden(t *testing.T) { sourcetest.Golden(t, Source{}) }

// TestSample reads the publisher's part of the built-in sample.
func TestSample(t *testing.T) {
	dump := sourcetest.Sample(t, Source{}, "published")
	for what, row := range map[string]string{
		"area of 253": "DK | 253 | 2026 | 60400e-3", "area of 259": "DK | 259 | 2026 | 257500e-3", "area of 269": "DK | 269 | 2026 | 40100e-3", "area of 336": "DK | 336 | 2026 | 250100e-3",
		"population of 253": "DK | 253 | 2026-01-01 | 54120", "population of 259": "DK | 259 | 2026-01-01 | 63962", "population of 269": "DK | 269 | 2026-01-01 | 25040", "population of 336": "DK | 336 | 2026-01-01 | 23842",
	} {
		if !strings.Contains(dump, row) {
			t.Errorf("%s is missing in the sample", what)
		}
	}
}
