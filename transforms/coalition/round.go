package coalition

import (
	"fmt"
	"math"
	"math/big"
	"sort"
)

// Round turns exact shares into whole numbers that add up to total, by the
// largest remainder: every share is rounded down, and the units left over go to
// the largest fractional parts, the earlier player first where these are equal.
// The shares must add up to total.
//
// It fails with [ErrShares] when they do not, or when a share is too large.
func Round(shares []*big.Rat, total int64) ([]int64, error) {
	sum := new(big.Rat)
	for i, share := range shares {
		if share == nil {
			return nil, fmt.Errorf("%w: share %d is missing", ErrShares, i)
		}
		sum.Add(sum, share)
	}
	if sum.Cmp(new(big.Rat).SetInt64(total)) != 0 {
		return nil, fmt.Errorf("%w: they add up to %s, expected %d", ErrShares, sum.RatString(), total)
	}
	return largestRemainder(shares, total)
}

// RoundFloats does what [Round] does for shares in floating point, which add up
// to total only to within rounding: they may miss it by (n+1)/2 units, since n
// stand-alone values and the joint one are rounded by up to half a unit before
// the total is known, or by 1e-9 of the largest share. The difference is spread
// in equal parts first.
//
// It fails with [ErrShares] for a larger difference or a share that is not a number.
func RoundFloats(shares []float64, total int64) ([]int64, error) {
	exact := make([]*big.Rat, len(shares))
	gap := new(big.Rat).SetInt64(total)
	largest := math.Abs(float64(total))
	for i, share := range shares {
		if math.IsNaN(share) || math.IsInf(share, 0) {
			return nil, fmt.Errorf("%w: share %d is %v", ErrShares, i, share)
		}
		exact[i] = new(big.Rat).SetFloat64(share)
		gap.Sub(gap, exact[i])
		largest = math.Max(largest, math.Abs(share))
	}
	missing, _ := gap.Float64()
	if math.Abs(missing) > math.Max(float64(len(shares)+1)/2, 1e-9*largest) {
		return nil, fmt.Errorf("%w: they miss the total %d by %g", ErrShares, total, missing)
	}
	if len(exact) > 0 {
		part := gap.Quo(gap, new(big.Rat).SetInt64(int64(len(exact))))
		for _, share := range exact {
			share.Add(share, part)
		}
	}
	return largestRemainder(exact, total)
}

// Floats returns the nearest floating-point numbers of exact shares, for display
// and for rules that work in floating point.
func Floats(shares []*big.Rat) []float64 {
	floats := make([]float64, len(shares))
	for i, share := range shares {
		floats[i], _ = share.Float64()
	}
	return floats
}

func largestRemainder(shares []*big.Rat, total int64) ([]int64, error) {
	whole := make([]int64, len(shares))
	remainder := make([]*big.Rat, len(shares))
	order := make([]int, len(shares))
	left := total
	for i, share := range shares {
		floor := new(big.Int).Div(share.Num(), share.Denom()) // Euclidean, and the denominator is positive
		if !floor.IsInt64() {
			return nil, fmt.Errorf("%w: share %d is %s, too large for a whole number", ErrShares, i, share.RatString())
		}
		whole[i] = floor.Int64()
		left -= whole[i]
		remainder[i] = new(big.Rat).Sub(share, new(big.Rat).SetInt(floor))
		order[i] = i
	}
	sort.SliceStable(order, func(a, b int) bool {
		return remainder[order[a]].Cmp(remainder[order[b]]) > 0
	})
	for _, i := range order[:left] {
		whole[i]++
	}
	return whole, nil
}
