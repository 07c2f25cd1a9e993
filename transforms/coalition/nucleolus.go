package coalition

import (
	"errors"
	"fmt"
	"math/big"
)

// ErrNoImputation means that no division of v(N) gives every player at least
// what it has alone, so that the nucleolus does not exist. The prenucleolus does.
var ErrNoImputation = errors.New("coalition: no imputation: the players have more alone than together")

// ErrPrecision means that a linear program could not be solved and verified in
// floating point.
var ErrPrecision = errors.New("coalition: lost precision in a linear program")

// NucleolusResult is a nucleolus with its certificate.
type NucleolusResult struct {
	// Shares are what each player receives, in the unit of the game.
	Shares []*big.Rat
	// Levels are the distinct values of the smallest surplus x(S) - v(S), divided
	// by the weight of S, that were maximised one after the other. The first is
	// minus the value of the least core over imputations.
	Levels []*big.Rat
	// Verified says that Kohlberg's criterion was checked and holds. Shares that
	// are not verified must not be published as a nucleolus.
	Verified bool
	// Programs counts the linear programs that were solved.
	Programs int
}

// Nucleolus returns the imputation that makes the worst-off coalition as well
// off as possible, then the second worst, and so on: it minimises the excesses
// v(S) - x(S), sorted from the largest, in lexicographic order. It lies in the
// core whenever there is one. It is not additive over games.
//
// A sequence of linear programs is solved, each over the coalitions that matter
// so far; coalitions that the solution treats worse are added until none is
// left. The answer is then checked independently by [Kohlberg]. Sources:
// Schmeidler (1969); Kohlberg (1971); Hallefjord, Helming and Jörnsten (1995).
//
// It fails with [ErrNoImputation], and above [ExactPlayers] possibly with
// [ErrPrecision].
func Nucleolus(g Game) (NucleolusResult, error) {
	return lexicographic(g, unweighted, true)
}

// Prenucleolus is the nucleolus over all divisions of v(N), imputations or not.
// It may give a player less than it has alone. Source: Sobolev (1975).
//
// It fails above [ExactPlayers] possibly with [ErrPrecision].
func Prenucleolus(g Game) (NucleolusResult, error) {
	return lexicographic(g, unweighted, false)
}

// PerCapitaNucleolus is the nucleolus of excesses per member, (v(S) - x(S)) / |S|.
// It lets large coalitions complain less loudly. Source: Grotte (1970).
//
// It fails as [Nucleolus] does.
func PerCapitaNucleolus(g Game) (NucleolusResult, error) {
	return lexicographic(g, func(s Mask) int64 { return int64(s.Size()) }, true)
}

// WeightedNucleolus is the nucleolus of excesses divided by the sum of the
// weights of the members, for example their inhabitants. Weights must be
// positive and add up to at most 1e9.
//
// It fails as [Nucleolus] does, and on unsuitable weights with [ErrShares].
func WeightedNucleolus(g Game, weights []int64) (NucleolusResult, error) {
	weight, err := sumOfWeights(g, weights)
	if err != nil {
		return NucleolusResult{}, err
	}
	return lexicographic(g, weight, true)
}

// weighting gives the number by which the excess of a coalition is divided.
type weighting func(Mask) int64

func unweighted(Mask) int64 { return 1 }

func sumOfWeights(g Game, weights []int64) (weighting, error) {
	if err := checkShares(g, len(weights)); err != nil {
		return nil, err
	}
	total := int64(0)
	for i, w := range weights {
		if w <= 0 || w > 1e9 {
			return nil, fmt.Errorf("%w: weight %d is %d, expected a positive number up to 1e9", ErrShares, i, w)
		}
		total += w
	}
	if total > 1e9 {
		return nil, fmt.Errorf("%w: weights add up to %d, expected at most 1e9", ErrShares, total)
	}
	table := make([]int64, 1<<g.n)
	for s := 1; s < len(table); s++ {
		table[s] = table[s&(s-1)] + weights[lowest(s)]
	}
	return func(s Mask) int64 { return table[s] }, nil
}

func lexicographic(g Game, weight weighting, imputations bool) (NucleolusResult, error) {
	if g.n == 0 {
		return NucleolusResult{}, ErrPlayers
	}
	if imputations {
		alone := int64(0)
		for i := range g.n {
			alone += g.v[1<<i]
		}
		if alone > g.Total() {
			return NucleolusResult{}, fmt.Errorf("%w: %d alone, %d together", ErrNoImputation, alone, g.Total())
		}
	}
	if g.n > ExactPlayers {
		result, err := certified(floating{}, g, weight, imputations)
		if err == nil && result.Verified {
			return result, nil
		}
		// Floating point has picked a wrong set of tight coalitions, which the
		// check has noticed. Rationals are slow at this size, and right.
	}
	return certified(rational{}, g, weight, imputations)
}

func certified[T any, A arithmetic[T]](a A, g Game, weight weighting, imputations bool) (NucleolusResult, error) {
	result, err := nucleolusIn(a, g, weight, imputations)
	if err != nil {
		return NucleolusResult{}, err
	}
	result.Verified, err = kohlberg(g, result.Shares, weight, imputations)
	return result, err
}

// nucleolusIn solves the sequence of programs in one arithmetic.
func nucleolusIn[T any, A arithmetic[T]](a A, g Game, weight weighting, imputations bool) (NucleolusResult, error) {
	e := newExcessProgram(a, g, weight, imputations)
	var result NucleolusResult
	var rounds []round
	for !e.span.full() {
		best, err := e.solve()
		if err != nil {
			return NucleolusResult{}, fmt.Errorf("%w: %w", ErrPrecision, err)
		}
		tight := e.fix(best)
		if len(tight.coalitions)+len(tight.players) == 0 {
			return NucleolusResult{}, fmt.Errorf("%w: no coalition is tight", ErrPrecision)
		}
		rounds = append(rounds, tight)
	}
	result.Programs = e.programs
	exact, ok := recoverShares(g, weight, rounds)
	if !ok {
		return NucleolusResult{}, fmt.Errorf("%w: the tight coalitions contradict each other", ErrPrecision)
	}
	result.Shares = exact.shares
	for k, level := range exact.levels {
		if k == 0 || level.Cmp(exact.levels[k-1]) != 0 {
			result.Levels = append(result.Levels, level)
		}
	}
	return result, nil
}
