package coalition

import (
	"fmt"
	"math"
)

// Measures on the same end use act one after the other, each on what is left by
// the others: savings s_k, as parts of the consumption, leave the product of the
// 1 - s_k. They never add up.

// CombinedSaving returns what several measures on the same end use save
// together, 1 minus the product of 1 - s_k.
//
// It fails on a saving outside 0 to 1.
func CombinedSaving(savings []float64) (float64, error) {
	left := 1.0
	for k, s := range savings {
		if !(s >= 0 && s <= 1) {
			return 0, fmt.Errorf("coalition: saving %d is %v, expected 0 to 1", k, s)
		}
		left *= 1 - s
	}
	return 1 - left, nil
}

// AverageOrder splits the combined saving among the measures by what each saves
// on average over all orders in which they could be carried out. It is the
// Shapley value over measures, as the integral over t of s_k times the product
// of 1 - t s_l over the others, which Gauss-Legendre quadrature gives exactly.
//
// It fails as [CombinedSaving] does.
func AverageOrder(savings []float64) ([]float64, error) {
	if _, err := CombinedSaving(savings); err != nil {
		return nil, err
	}
	parts := make([]float64, len(savings))
	nodes, weights := gaussLegendre((len(savings) + 1) / 2)
	for k, t := range nodes {
		for i, own := range savings {
			others := 1.0
			for j, s := range savings {
				if j != i {
					others *= 1 - t*s
				}
			}
			parts[i] += weights[k] * own * others
		}
	}
	return parts, nil
}

// LogRule splits the combined saving in proportion to ln(1 - s_k). It is the
// quick form of [AverageOrder] for many measures, and does not change for the
// others when two measures are merged into one.
//
// It fails on a saving outside 0 to 1, and on 1, which leaves nothing to the
// others in any order but the last.
func LogRule(savings []float64) ([]float64, error) {
	combined, err := CombinedSaving(savings)
	if err != nil {
		return nil, err
	}
	parts := make([]float64, len(savings))
	sum := 0.0
	for k, s := range savings {
		if s == 1 {
			return nil, fmt.Errorf("coalition: saving %d is 1, expected less", k)
		}
		parts[k] = math.Log1p(-s)
		sum += parts[k]
	}
	for k := range parts {
		if sum != 0 {
			parts[k] *= combined / sum
		} else {
			parts[k] = 0
		}
	}
	return parts, nil
}
