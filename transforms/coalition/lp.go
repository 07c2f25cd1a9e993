package coalition

import "errors"

// Errors of the solver. The callers in this package pose programs that have a
// solution, so to them these mean lost precision.
var (
	errInfeasible = errors.New("coalition: linear program has no feasible point")
	errUnbounded  = errors.New("coalition: linear program is unbounded")
	errUnverified = errors.New("coalition: linear program failed its verification")
)

// program is the linear program
//
//	minimise cost x  subject to  A x = rhs,  x >= 0,
//
// with A given by columns of whole numbers. Its dual, maximise rhs y subject to
// A' y <= cost with y free, is solved at the same time: the rules of this
// package are duals, with one variable for each player and one column for each
// coalition, so that generating a coalition means adding a column.
type program[T any] struct {
	columns [][]int64
	cost    []T
	rhs     []T
}

// verifyTolerance is the largest violation of a scaled program in floating point.
const verifyTolerance = 1e-9

// answer is an optimal pair. When the program is infeasible, dual is a proof: it
// has A' y <= 0 and rhs y > 0.
type answer[T any] struct {
	x     []T
	dual  []T
	value T
}

// solve runs the two-phase simplex method, safe from cycling by Bland's rule, and
// verifies the answer: primal feasible, dual feasible, no gap between the two
// objectives. In rationals all three hold exactly. In floating point each
// constraint, the costs and then the right-hand sides are scaled to at most 1, and
// all three hold to 1e-9.
// Sources: Dantzig (1963); Bland (1977).
func solve[T any, A arithmetic[T]](a A, p program[T]) (answer[T], error) {
	costScale := a.scale(p.cost)
	t := newTableau(a, p)
	m, n := len(p.rhs), len(p.columns)

	phase1 := make([]T, n+m)
	for j := range phase1 {
		phase1[j] = a.whole(0)
		if j >= n {
			phase1[j] = a.whole(1)
		}
	}
	t.price(phase1)
	if err := t.optimise(); err != nil {
		return answer[T]{}, err
	}
	if a.sign(t.rows[m][n+m]) != 0 { // minus the sum of the artificial variables
		return answer[T]{dual: t.duals(phase1, a.whole(1))}, errInfeasible
	}
	t.expelArtificials()

	phase2 := make([]T, n+m)
	for j := range phase2 {
		phase2[j] = a.whole(0)
		if j < n {
			phase2[j] = a.quo(p.cost[j], costScale)
		}
	}
	t.price(phase2)
	if err := t.optimise(); err != nil {
		return answer[T]{}, err
	}
	result := answer[T]{x: make([]T, n), dual: t.duals(phase2, costScale), value: a.whole(0)}
	for j := range result.x {
		result.x[j] = a.whole(0)
	}
	for row, j := range t.basis {
		if j < n && a.sign(t.rows[row][n+m]) > 0 {
			result.x[j] = a.mul(t.rows[row][n+m], t.rhsScale)
		}
	}
	for j, x := range result.x {
		result.value = a.add(result.value, a.mul(x, p.cost[j]))
	}
	return result, verify(a, p, result, costScale, t.rhsScale, t.divisor)
}

// verify checks an answer against the program as it was posed, relative to the
// scales of the costs, of the right-hand sides and of each constraint.
func verify[T any, A arithmetic[T]](a A, p program[T], got answer[T], costScale, rhsScale T, divisor []T) error {
	near := func(x, y T, scale T) bool {
		gap := a.quo(a.sub(x, y), scale)
		return !a.below(gap, verifyTolerance) && !a.below(a.sub(a.whole(0), gap), verifyTolerance)
	}
	for r, rhs := range p.rhs {
		left := a.whole(0)
		for j, column := range p.columns {
			if column[r] != 0 && !a.isZero(got.x[j]) {
				left = a.add(left, a.mul(a.whole(column[r]), got.x[j]))
			}
		}
		if !near(left, rhs, a.mul(divisor[r], rhsScale)) {
			return errUnverified
		}
	}
	for j, column := range p.columns {
		slack := p.cost[j]
		for r, entry := range column {
			if entry != 0 {
				slack = a.sub(slack, a.mul(a.whole(entry), got.dual[r]))
			}
		}
		if a.below(a.quo(slack, costScale), verifyTolerance) || a.below(got.x[j], 0) {
			return errUnverified
		}
	}
	dualValue := a.whole(0)
	for r, rhs := range p.rhs {
		dualValue = a.add(dualValue, a.mul(rhs, got.dual[r]))
	}
	if !near(dualValue, got.value, a.mul(costScale, rhsScale)) {
		return errUnverified
	}
	return nil
}
