package coalition

import (
	"fmt"
	"math/big"
)

// LeastCoreResult is the least core of a game.
type LeastCoreResult struct {
	// Epsilon is the smallest possible largest excess over all coalitions but the
	// empty one and the whole group. The core has members exactly when it is not
	// positive. It is 0 for one player.
	Epsilon *big.Rat
	// Shares are one vector of the least core. There may be many; the
	// prenucleolus is another.
	Shares []*big.Rat
	// Binding are coalitions that keep Epsilon from being smaller: their excess
	// is Epsilon at every vector of the least core.
	Binding []Mask
	// Exact is false when Shares come from floating point. Epsilon is always exact.
	Exact bool
}

// LeastCore returns the division of v(N) whose largest excess is smallest,
//
//	epsilon* = min over x with x(N) = v(N) of max over S of v(S) - x(S).
//
// It is the first linear program of the prenucleolus, solved and verified in
// rationals up to [ExactPlayers] players and in floating point above; epsilon is
// then computed exactly from the coalitions that bind it. Source: Maschler,
// Peleg and Shapley (1979).
//
// It fails with [ErrPrecision] when the program cannot be verified.
func LeastCore(g Game) (LeastCoreResult, error) {
	switch {
	case g.n == 0:
		return LeastCoreResult{}, ErrPlayers
	case g.n == 1:
		return LeastCoreResult{Epsilon: new(big.Rat), Shares: []*big.Rat{new(big.Rat).SetInt64(g.Total())}, Exact: true}, nil
	case g.n <= ExactPlayers:
		return leastCoreIn(rational{}, g)
	}
	result, err := leastCoreIn(floating{}, g)
	if err != nil {
		return leastCoreIn(rational{}, g)
	}
	return result, nil
}

func leastCoreIn[T any, A arithmetic[T]](a A, g Game) (LeastCoreResult, error) {
	e := newExcessProgram(a, g, unweighted, false)
	best, err := e.solve()
	if err != nil {
		return LeastCoreResult{}, fmt.Errorf("%w: %w", ErrPrecision, err)
	}
	tight := e.fix(best)
	level, ok := exactLevel(g, tight.coalitions)
	if !ok {
		return LeastCoreResult{}, fmt.Errorf("%w: the tight coalitions leave the level open", ErrPrecision)
	}
	result := LeastCoreResult{Epsilon: new(big.Rat).Neg(level), Binding: tight.coalitions}
	_, result.Exact = any(a).(rational)
	for _, share := range best.shares {
		result.Shares = append(result.Shares, a.rat(share))
	}
	return result, nil
}

// exactLevel solves x(S) - e = v(S) over the tight coalitions, with x(N) = v(N),
// for e. With e as the last unknown it is the one that elimination determines
// first, whether or not the shares are.
func exactLevel(g Game, tight []Mask) (*big.Rat, bool) {
	system := newSystem(g.n + 1)
	equation := func(s Mask, level int64) bool {
		row := make([]*big.Rat, g.n+2)
		for i := range row {
			row[i] = new(big.Rat)
		}
		for _, i := range s.Members() {
			row[i].SetInt64(1)
		}
		row[g.n].SetInt64(level)
		row[g.n+1].SetInt64(g.v[s])
		return system.add(row)
	}
	if !equation(g.grand(), 0) {
		return nil, false
	}
	for _, s := range tight {
		if !equation(s, -1) {
			return nil, false
		}
	}
	last := system.rows[g.n]
	if last == nil {
		return nil, false
	}
	return last[g.n+1], true
}
