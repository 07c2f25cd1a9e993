package coalition

import (
	"fmt"
	"math/big"
)

// A share vector x is in the core when nobody can do better apart: x adds up to
// v(N), and no coalition S has a positive excess e(S, x) = v(S) - x(S). The
// functions below find the largest excess over all coalitions but the empty one
// and the whole group, and the coalition that has it, which blocks x when the
// excess is positive. Source: Gillies (1959).

// MaxExcess returns the largest excess of whole-number shares, and the blocking
// coalition; the smallest mask where several are equal. It is exact, and the
// form to use for the shares that are published. With one player there is no
// coalition to look at, and it returns 0 and the empty coalition.
//
// It fails with [ErrShares] when there is not one share for each player.
func MaxExcess(g Game, x []int64) (int64, Mask, error) {
	if err := checkShares(g, len(x)); err != nil {
		return 0, 0, err
	}
	// Overflow is not a danger: shares larger than MaxValue cannot be efficient.
	for i, share := range x {
		if share > MaxValue || share < -MaxValue {
			return 0, 0, fmt.Errorf("%w: share %d is %d, too large", ErrShares, i, share)
		}
	}
	best, largest := Mask(0), int64(0)
	sums := make([]int64, len(g.v))
	for s := 1; s < len(sums)-1; s++ {
		sums[s] = sums[s&(s-1)] + x[lowest(s)]
		if excess := g.v[s] - sums[s]; best == 0 || excess > largest {
			best, largest = Mask(s), excess
		}
	}
	return largest, best, nil
}

// MaxExcessFloat does what [MaxExcess] does for shares in floating point.
func MaxExcessFloat(g Game, x []float64) (float64, Mask, error) {
	if err := checkShares(g, len(x)); err != nil {
		return 0, 0, err
	}
	for i, share := range x {
		if !finite(share) {
			return 0, 0, fmt.Errorf("%w: share %d is %v", ErrShares, i, share)
		}
	}
	sums := make([]float64, len(g.v))
	best, largest := Mask(0), 0.0
	for s := 1; s < len(sums)-1; s++ {
		sums[s] = sums[s&(s-1)] + x[lowest(s)]
		if excess := float64(g.v[s]) - sums[s]; best == 0 || excess > largest {
			best, largest = Mask(s), excess
		}
	}
	return largest, best, nil
}

// MaxExcessExact does what [MaxExcess] does for exact shares. Rationals are
// slow: it suits games of up to about twelve players.
func MaxExcessExact(g Game, x []*big.Rat) (*big.Rat, Mask, error) {
	if err := checkShares(g, len(x)); err != nil {
		return nil, 0, err
	}
	best, largest := Mask(0), new(big.Rat)
	sums := make([]*big.Rat, len(g.v))
	sums[0] = new(big.Rat)
	for s := 1; s < len(sums)-1; s++ {
		sums[s] = new(big.Rat).Add(sums[s&(s-1)], x[lowest(s)])
		excess := new(big.Rat).SetInt64(g.v[s])
		excess.Sub(excess, sums[s])
		if best == 0 || excess.Cmp(largest) > 0 {
			best, largest = Mask(s), excess
		}
	}
	return largest, best, nil
}

// Efficient reports whether whole-number shares add up to v(N).
func Efficient(g Game, x []int64) bool {
	var sum int64
	for _, share := range x {
		sum += share
	}
	return len(x) == g.n && sum == g.Total()
}

// IndividuallyRational reports whether no player gets less than it has alone,
// x_i >= v({i}).
func IndividuallyRational(g Game, x []int64) bool {
	if len(x) != g.n {
		return false
	}
	for i, share := range x {
		if share < g.v[1<<i] {
			return false
		}
	}
	return true
}

// InCore reports whether whole-number shares are in the core: they add up to
// v(N), and no coalition has a positive excess. Shares rounded from a vector on
// the edge of the core may miss it by a cent; look at [MaxExcess] for how far.
func InCore(g Game, x []int64) bool {
	excess, _, err := MaxExcess(g, x)
	return err == nil && excess <= 0 && Efficient(g, x)
}

func checkShares(g Game, shares int) error {
	if shares != g.n || g.n == 0 {
		return fmt.Errorf("%w: %d shares for %d players", ErrShares, shares, g.n)
	}
	return nil
}
