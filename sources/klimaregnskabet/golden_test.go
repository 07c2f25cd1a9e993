package klimaregnskabet

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
		"253": "DK | 253 | 2023 | samlet | 164051600e-3", "259": "DK | 259 | 2023 | samlet | 375121800e-3", "269": "DK | 269 | 2023 | samlet | 85324900e-3", "336": "DK | 336 | 2023 | samlet | 82437400e-3",
	} {
		if !strings.Contains(dump, row) {
			t.Errorf("%s is missing in the sample", what)
		}
	}
}
