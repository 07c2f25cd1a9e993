package coalition

import (
	"fmt"
	"math/big"
	"math/bits"
)

// Dividends returns the Harsanyi dividend of every coalition, indexed by [Mask]:
// what the coalition adds beyond all its parts,
//
//	d(S) = v(S) - sum of d(T) over the proper parts T of S.
//
// Time grows as n 2^n. Source: Harsanyi (1963).
//
// It fails with [ErrTable] when the values are too large for the dividends to
// fit an int64.
func Dividends(g Game) ([]int64, error) {
	if bits.Len64(uint64(largestValue(g)))+g.n > 63 {
		return nil, fmt.Errorf("%w: values up to %d are too large for the dividends of %d players", ErrTable, largestValue(g), g.n)
	}
	d := g.Values()
	for i := range g.n {
		for s := range d {
			if Mask(s).Has(i) {
				d[s] -= d[s&^(1<<i)]
			}
		}
	}
	return d, nil
}

// shapleyFromDividends splits each dividend equally among its members. It is
// the second, independent way to the Shapley value.
func shapleyFromDividends(n int, dividends []int64) []*big.Rat {
	shares := make([]*big.Rat, n)
	for i := range shares {
		shares[i] = new(big.Rat)
	}
	for s, dividend := range dividends {
		if dividend == 0 {
			continue
		}
		members := Mask(s).Members()
		part := new(big.Rat).SetFrac64(dividend, int64(len(members)))
		for _, i := range members {
			shares[i].Add(shares[i], part)
		}
	}
	return shares
}
