package coalition

import (
	"errors"
	"fmt"
	"math/big"
	"slices"
)

// ErrEmptyCore means that no division of v(N) satisfies every coalition.
var ErrEmptyCore = errors.New("coalition: the core is empty")

// CoreCompensation returns the transfers of the smallest total that take shares
// x, which must add up to v(N), into the core: minimise the sum of max(0, s_i)
// with s(N) = 0 and x + s in the core. It is exact up to [ExactPlayers] players;
// above, whole-number shares may still miss the core by rounding.
//
// It fails with [ErrShares], [ErrEmptyCore] or [ErrPrecision].
func CoreCompensation(g Game, x []*big.Rat) (transfers []*big.Rat, paid *big.Rat, err error) {
	if err := checkShares(g, len(x)); err != nil {
		return nil, nil, err
	}
	sum := new(big.Rat)
	for _, share := range x {
		sum.Add(sum, share)
	}
	if sum.Cmp(new(big.Rat).SetInt64(g.Total())) != 0 {
		return nil, nil, fmt.Errorf("%w: they add up to %s, expected %d", ErrShares, sum.RatString(), g.Total())
	}
	if g.n <= ExactPlayers {
		return compensateIn(rational{}, g, x)
	}
	return compensateIn(floating{}, g, x)
}

// compensateIn generates the coalitions that matter. The dual variables are the
// transfers s and bounds u with u_i >= s_i and u_i >= 0, whose sum is smallest.
func compensateIn[T any, A arithmetic[T]](a A, g Game, x []*big.Rat) ([]*big.Rat, *big.Rat, error) {
	shares := make([]T, g.n)
	for i := range x {
		shares[i] = a.ratio(x[i])
	}
	var generated []Mask
	for {
		got, err := solve(a, compensationProgram(a, g, shares, generated))
		switch {
		case errors.Is(err, errUnbounded):
			return nil, nil, ErrEmptyCore
		case err != nil:
			return nil, nil, fmt.Errorf("%w: %w", ErrPrecision, err)
		}
		transfers := make([]*big.Rat, g.n)
		paid := new(big.Rat)
		after := make([]T, g.n)
		for i := range after {
			after[i] = a.add(shares[i], got.dual[i])
			transfers[i] = a.rat(got.dual[i])
			if transfers[i].Sign() > 0 {
				paid.Add(paid, transfers[i])
			}
		}
		// The scan of the nucleolus, at level 0.
		scan := excessProgram[T, A]{a: a, g: g, weight: unweighted, span: newSpan(g.n)}
		before := len(generated)
		for _, s := range scan.violated(roundAnswer[T]{shares: after, level: a.whole(0)}) {
			if !slices.Contains(generated, s) {
				generated = append(generated, s)
			}
		}
		if len(generated) == before {
			return transfers, paid, nil
		}
	}
}

func compensationProgram[T any, A arithmetic[T]](a A, g Game, shares []T, generated []Mask) program[T] {
	n := g.n
	zero := a.whole(0)
	var p program[T]
	add := func(column []int64, cost T) {
		p.columns = append(p.columns, column)
		p.cost = append(p.cost, cost)
	}
	for _, s := range generated { // -s(S) <= x(S) - v(S)
		column := make([]int64, 2*n)
		slack := a.whole(-g.Value(s))
		for _, i := range s.Members() {
			column[i] = -1
			slack = a.add(slack, shares[i])
		}
		add(column, slack)
	}
	for _, sign := range []int64{1, -1} { // s(N) = 0
		column := make([]int64, 2*n)
		for i := range n {
			column[i] = sign
		}
		add(column, zero)
	}
	for i := range n {
		above := make([]int64, 2*n) // s_i - u_i <= 0
		above[i], above[n+i] = 1, -1
		add(above, zero)
		positive := make([]int64, 2*n) // -u_i <= 0
		positive[n+i] = -1
		add(positive, zero)
		p.rhs = append(p.rhs, zero)
	}
	for range n {
		p.rhs = append(p.rhs, a.whole(-1))
	}
	return p
}
