package coalition

// tableau is the dense simplex tableau. Row 0 to m-1 are the constraints, row m
// the reduced costs; column j belongs to variable j, the m columns after the
// variables to the artificial ones, and the last is the right-hand side.
type tableau[T any, A arithmetic[T]] struct {
	a         A
	rows      [][]T
	basis     []int
	variables int
	divisor   []T // of each constraint: its largest entry, negative to make the right-hand side positive
	rhsScale  T   // largest right-hand side after that
}

func newTableau[T any, A arithmetic[T]](a A, p program[T]) *tableau[T, A] {
	m, n := len(p.rhs), len(p.columns)
	t := &tableau[T, A]{a: a, rows: make([][]T, m+1), basis: make([]int, m), variables: n, divisor: make([]T, m)}
	for r := range t.rows {
		t.rows[r] = make([]T, n+m+1)
		for j := range t.rows[r] {
			t.rows[r][j] = a.whole(0)
		}
	}
	rhs := make([]T, m)
	for r := range m {
		entries := make([]T, n)
		for j, column := range p.columns {
			entries[j] = a.whole(column[r])
		}
		t.divisor[r] = a.scale(entries)
		if a.sign(p.rhs[r]) < 0 {
			t.divisor[r] = a.sub(a.whole(0), t.divisor[r])
		}
		for j, entry := range entries {
			if !a.isZero(entry) {
				t.rows[r][j] = a.quo(entry, t.divisor[r])
			}
		}
		t.rows[r][n+r] = a.whole(1)
		t.basis[r] = n + r
		rhs[r] = a.quo(p.rhs[r], t.divisor[r])
	}
	t.rhsScale = a.scale(rhs)
	for r := range m {
		t.rows[r][n+m] = a.quo(rhs[r], t.rhsScale)
	}
	return t
}

// price fills the row of reduced costs for the present basis.
func (t *tableau[T, A]) price(cost []T) {
	m := len(t.basis)
	last := t.rows[m]
	for j := range last {
		last[j] = t.a.whole(0)
		if j < len(cost) {
			last[j] = cost[j]
		}
	}
	for r, j := range t.basis {
		t.subtract(last, t.rows[r], cost[j])
	}
}

// idlePivots is how many pivots per constraint may gain nothing before Bland's
// rule takes over. The programs of games are degenerate, and Bland's rule is
// slow: it is the safety net, not the way to walk.
const idlePivots = 20

// optimise pivots until no reduced cost is negative. The most negative one
// enters, which takes few pivots; after a run of pivots that gain nothing,
// Bland's rule takes over until one gains something, so that no cycle is
// possible. Artificial variables that have left the basis do not come back.
func (t *tableau[T, A]) optimise() error {
	m := len(t.basis)
	last := len(t.rows[m]) - 1
	idle := 0
	for {
		enter := t.entering(idle > idlePivots*m)
		if enter < 0 {
			return nil
		}
		leave := t.ratioTest(enter)
		if leave < 0 {
			return errUnbounded
		}
		if t.a.sign(t.rows[leave][last]) == 0 {
			idle++
		} else {
			idle = 0
		}
		t.pivot(leave, enter)
	}
}

// entering returns the variable with the most negative reduced cost, or the
// first with a negative one (Bland's rule); -1 at the optimum.
func (t *tableau[T, A]) entering(first bool) int {
	costs := t.rows[len(t.basis)]
	enter := -1
	for j := range t.variables {
		if t.a.sign(costs[j]) >= 0 {
			continue
		}
		if first {
			return j
		}
		if enter < 0 || t.a.below(t.a.sub(costs[j], costs[enter]), 0) {
			enter = j
		}
	}
	return enter
}

// ratioTest finds the row that limits the entering variable; of equal rows the
// one with the smallest variable, as Bland's rule asks. -1 means none.
func (t *tableau[T, A]) ratioTest(enter int) int {
	a, m := t.a, len(t.basis)
	best := -1
	var smallest T
	for r := range m {
		if a.sign(t.rows[r][enter]) <= 0 {
			continue
		}
		ratio := a.quo(t.rows[r][len(t.rows[r])-1], t.rows[r][enter])
		if best < 0 {
			best, smallest = r, ratio
			continue
		}
		order := a.sign(a.sub(ratio, smallest))
		if order < 0 || order == 0 && t.basis[r] < t.basis[best] {
			best, smallest = r, ratio
		}
	}
	return best
}

func (t *tableau[T, A]) pivot(row, column int) {
	by := t.rows[row][column]
	for j, value := range t.rows[row] {
		if !t.a.isZero(value) {
			t.rows[row][j] = t.a.quo(value, by)
		}
	}
	for r := range t.rows {
		if r != row {
			t.subtract(t.rows[r], t.rows[row], t.rows[r][column])
		}
	}
	t.basis[row] = column
}

// subtract takes factor times other from row.
func (t *tableau[T, A]) subtract(row, other []T, factor T) {
	if t.a.isZero(factor) {
		return
	}
	for j, value := range other {
		if !t.a.isZero(value) {
			row[j] = t.a.sub(row[j], t.a.mul(factor, value))
		}
	}
}

// expelArtificials replaces artificial variables that are in the basis at zero.
// Where no variable can take the place the constraint is redundant, and the
// artificial variable stays at zero for good.
func (t *tableau[T, A]) expelArtificials() {
	for r, j := range t.basis {
		if j < t.variables {
			continue
		}
		for k := range t.variables {
			if t.a.sign(t.rows[r][k]) != 0 {
				t.pivot(r, k)
				break
			}
		}
	}
}

// duals reads the dual variables from the reduced costs of the artificial ones.
func (t *tableau[T, A]) duals(cost []T, costScale T) []T {
	m := len(t.basis)
	duals := make([]T, m)
	for r := range duals {
		column := t.variables + r
		dual := t.a.mul(t.a.sub(cost[column], t.rows[m][column]), costScale)
		duals[r] = t.a.quo(dual, t.divisor[r])
	}
	return duals
}
