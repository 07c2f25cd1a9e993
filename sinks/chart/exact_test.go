package chart

import "testing"

// TestExact holds that data values are plain decimal numbers without noise.
func TestExact(t *testing.T) {
	for number, want := range map[float64]string{
		0: "0", 12.5: "12.5", -0.1: "-0.1", 1e21: "1000000000000000000000", 1.5e-7: "0.00000015",
		7540465.538016401: "7540465.5380164", 0.30000000000000004: "0.3",
	} {
		if got := exact(number); got != want {
			t.Errorf("%v is written %s, want %s", number, got, want)
		}
	}
}
