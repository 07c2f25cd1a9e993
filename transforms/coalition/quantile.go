package coalition

import (
	"fmt"
	"slices"
)

// Quantiles returns the quantiles of values, such as the results of many draws,
// at probabilities from 0 to 1: with n values sorted, the one at place
// h = (n-1) p counted from 0, interpolated linearly between the places beside it.
// At 0 and 1 these are the smallest and the largest value, at 0.5 the median. The
// values are not changed. Source: definition 7 of Hyndman and Fan (1996), which
// R, NumPy and DuckDB's quantile_cont use.
//
// It fails without values, on a value that is not a finite number, and on a
// probability outside 0 to 1.
func Quantiles(values []float64, at ...float64) ([]float64, error) {
	if len(values) == 0 {
		return nil, fmt.Errorf("coalition: quantiles of no values, expected at least one")
	}
	for k, x := range values {
		if !finite(x) {
			return nil, fmt.Errorf("coalition: quantiles with value %d of %d being %v, expected a number", k, len(values), x)
		}
	}
	sorted := slices.Sorted(slices.Values(values))
	quantiles := make([]float64, len(at))
	for k, p := range at {
		if !(p >= 0 && p <= 1) {
			return nil, fmt.Errorf("coalition: quantile at %v, expected a probability from 0 to 1", p)
		}
		h := float64(len(sorted)-1) * p
		place := int(h)
		quantiles[k] = sorted[place]
		if rest := h - float64(place); rest > 0 {
			quantiles[k] += rest * (sorted[place+1] - sorted[place])
		}
	}
	return quantiles, nil
}
