package chart_test

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"samkraft/sinks/chart"
)

// TestContrast holds the colours to WCAG 2.2: figures 3:1 and text 4.5:1 against the
// paper, in every theme.
func TestContrast(t *testing.T) {
	themes := 0
	for _, block := range strings.Split(string(chart.CSS()), "}") {
		colours := map[string]string{}
		for _, m := range regexp.MustCompile(`--chart-(\w+): var\(--\w+, (#[0-9a-f]{6})\)`).FindAllStringSubmatch(block, -1) {
			colours[m[1]] = m[2]
		}
		if len(colours) == 0 {
			continue
		}
		themes++
		for _, name := range []string{"ink", "soft", "1", "2", "3", "4", "5", "6", "7", "8"} {
			least := 3.0
			if name == "ink" || name == "soft" {
				least = 4.5
			}
			if c := contrast(t, colours[name], colours["paper"]); c < least {
				t.Errorf("theme %d: %s %s on %s: %.2f to 1", themes, name, colours[name], colours["paper"], c)
			}
		}
	}
	if themes != 3 {
		t.Errorf("%d themes: want light, dark by the system and dark by the page", themes)
	}
}

func contrast(t *testing.T, a, b string) float64 {
	x, y := luminance(t, a), luminance(t, b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// luminance is the relative luminance of a colour #rrggbb, as WCAG defines it.
func luminance(t *testing.T, colour string) float64 {
	sum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		v, err := strconv.ParseUint(colour[1+2*i:3+2*i], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		c := float64(v) / 255
		if c <= 0.04045 {
			sum += weight * c / 12.92
		} else {
			sum += weight * math.Pow((c+0.055)/1.055, 2.4)
		}
	}
	return sum
}
