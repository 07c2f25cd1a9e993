package coalition

import (
	"fmt"
	"math"
)

// Measures on the same end use act one after the other, each on what is left by
// the others: savings s_k, as parts of the consumption, leave the product of the
// 1 - s_k. They never add up.

// CombinedSaving returns what several measures on the same end use save
// together, 1 minus the product of 1 - s_k. A measure that takes more than it
// spares, as a boiler that is worse than the one before, saves less than 0.
//
// It fails on a saving above 1.
func CombinedSaving(savings []float64) (float64, error) {
	left := 1.0
	for k, s := range savings {
		if !(s <= 1) || math.IsInf(s, -1) {
			return 0, fmt.Errorf("coalition: saving %d is %v, expected 1 at most", k, s)
		}
		left *= 1 - s
	}
	return 1 - left, nil
}

// Attribute splits the combined saving among the measures: by [AverageOrder], or
// among more than eight by [LogRule].
//
// It fails as [CombinedSaving] does.
func Attribute(savings []float64) ([]float64, error) {
	if len(savings) > 8 {
		return LogRule(savings)
	}
	return AverageOrder(savings)
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
// A saving of 1 leaves nothing to the others in any order but the last: it has all,
// and several have it in equal parts.
//
// It fails as [CombinedSaving] does.
func LogRule(savings []float64) ([]float64, error) {
	combined, err := CombinedSaving(savings)
	if err != nil {
		return nil, err
	}
	parts := make([]float64, len(savings))
	sum := 0.0
	for k, s := range savings {
		parts[k] = math.Log1p(-s)
		if combined == 1 {
			parts[k] = 0
			if s == 1 {
				parts[k] = 1
			}
		}
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
