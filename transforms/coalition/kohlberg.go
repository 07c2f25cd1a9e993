package coalition

import (
	"cmp"
	"math"
	"math/big"
)

// Kohlberg reports whether shares x are the nucleolus of a game, by the
// criterion of Kohlberg (1971) and not by the way they were found: for every
// level t, the coalitions with an excess of at least t must be balanced, that is
// carry positive weights that add up to 1 at each player; players at what they
// have alone may help with weights from 0.
//
// Levels are worked off from the largest excess. A coalition in the linear span
// of balanced ones is balanced with them, so at most n - 1 coalitions have to be
// looked at. Source of this form: Benedek, Fliege and Nguyen (2021).
//
// It fails with [ErrShares], and with [ErrPrecision] when a linear program
// cannot be verified.
func Kohlberg(g Game, x []*big.Rat) (bool, error) {
	return kohlberg(g, x, unweighted, true)
}

func kohlberg(g Game, x []*big.Rat, weight weighting, imputations bool) (bool, error) {
	if err := checkShares(g, len(x)); err != nil {
		return false, err
	}
	total := new(big.Rat)
	k := balanceCheck{g: g, span: newSpan(g.n)}
	for i, share := range x {
		total.Add(total, share)
		switch share.Cmp(new(big.Rat).SetInt64(g.v[1<<i])) {
		case 0:
			if imputations {
				k.helpers = append(k.helpers, 1<<i)
			}
		case -1:
			if imputations {
				return false, nil
			}
		}
	}
	if total.Cmp(new(big.Rat).SetInt64(g.Total())) != 0 {
		return false, nil
	}
	k.span.add(g.grand())
	compare := orderByExcess(g, x, weight)
	for !k.span.full() {
		k.level = worstOutside(k.span, compare)
		balanced, err := k.absorb()
		if err != nil || !balanced {
			return false, err
		}
	}
	return true, nil
}

// order compares the excesses of two coalitions, each divided by its weight.
type order func(a, b Mask) int

// orderByExcess tabulates the excesses without rounding: as whole numbers
// q (v(S) - x(S)) for the common denominator q of the shares, or as rationals
// where those would not fit an int64, which is slow and rare.
func orderByExcess(g Game, x []*big.Rat, weight weighting) order {
	largest := new(big.Rat).SetInt64(largestValue(g))
	for _, share := range x {
		if size := new(big.Rat).Abs(share); size.Cmp(largest) > 0 {
			largest = size
		}
	}
	// An excess is at most n + 1 times the largest number.
	q := commonDenominator(x)
	bound := new(big.Rat).Mul(largest, new(big.Rat).SetInt64(int64(g.n+1)))
	bound.Mul(bound, new(big.Rat).SetInt(q))
	if bound.Cmp(new(big.Rat).SetInt64(math.MaxInt64)) >= 0 {
		return orderByRationals(g, x, weight)
	}
	scaled := commonNumerators(x)
	sums := make([]int64, len(g.v))
	excess := make([]int64, len(g.v))
	for s := 1; s < len(sums); s++ {
		sums[s] = sums[s&(s-1)] + scaled[lowest(s)]
		excess[s] = g.v[s]*q.Int64() - sums[s]
	}
	return func(a, b Mask) int { return compareFractions(excess[a], weight(a), excess[b], weight(b)) }
}

func orderByRationals(g Game, x []*big.Rat, weight weighting) order {
	excess := make([]*big.Rat, len(g.v))
	for s := range Mask(len(g.v)) {
		excess[s] = new(big.Rat).SetInt64(g.v[s])
		for _, i := range s.Members() {
			excess[s].Sub(excess[s], x[i])
		}
		if s != 0 {
			excess[s].Quo(excess[s], new(big.Rat).SetInt64(weight(s)))
		}
	}
	return func(a, b Mask) int { return excess[a].Cmp(excess[b]) }
}

// worstOutside lists the coalitions outside the span that come first in an order.
func worstOutside(known *span, compare order) []Mask {
	var worst []Mask
	for s := Mask(1); s < All(known.n); s++ {
		sign := 1
		if len(worst) > 0 {
			sign = compare(s, worst[0])
		}
		if sign < 0 || known.contains(s) {
			continue
		}
		if sign > 0 {
			worst = worst[:0]
		}
		worst = append(worst, s)
	}
	return worst
}

// compareFractions compares a/b with c/d for positive b and d.
func compareFractions(a, b, c, d int64) int {
	if b == d {
		return cmp.Compare(a, c)
	}
	left := new(big.Int).Mul(big.NewInt(a), big.NewInt(d))
	return left.Cmp(new(big.Int).Mul(big.NewInt(c), big.NewInt(b)))
}

// commonNumerators scales rationals by their common denominator. The caller has
// made sure that the results are small enough.
func commonNumerators(list []*big.Rat) []int64 {
	q := commonDenominator(list)
	whole := make([]int64, len(list))
	for i, r := range list {
		whole[i] = new(big.Int).Quo(new(big.Int).Mul(r.Num(), q), r.Denom()).Int64()
	}
	return whole
}

func commonDenominator(list []*big.Rat) *big.Int {
	q := big.NewInt(1)
	for _, r := range list {
		common := new(big.Int).GCD(nil, nil, q, r.Denom())
		q.Mul(q, new(big.Int).Quo(r.Denom(), common))
	}
	return q
}
