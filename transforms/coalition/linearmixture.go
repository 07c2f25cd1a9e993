package coalition

import (
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"
)

// mixture is the least-cost solution of a [Linear] for one group of members,
// found by decomposition: at given prices of the rows every exclusivity group
// picks its best alternative for itself, which makes a whole plan. A small
// program mixes the plans found so far so that the rows hold, and its dual
// prices call for the next plan, until they prove that no plan is missing. There
// are as many constraints as rows and one, instead of one for each measure.
// Source: Dantzig and Wolfe (1960).
//
// Floating point searches for the plans. The mixture of those that it used is
// then solved in exact rationals, and completed where rounding left one out.
// Costs are in grains of a euro and amounts in grains, so prices are in EUR per
// unit.
type mixture struct {
	l        *Linear
	group    []int
	need     []int64    // by row
	unit     []int64    // by row: the scale of what exceeds or lacks
	ceiling  []*big.Rat // by row: upper bound of the price; nil without one
	plans    []wholePlan
	share    []*big.Rat // of each plan; they add up to 1
	backstop []*big.Rat // by row
	price    []*big.Rat // by row
	cost     *big.Rat
}

// wholePlan takes at most one alternative of each group, in full.
type wholePlan struct {
	taken  []int // positions in the caller's list of choices
	cost   int64
	amount []int64 // by row
}

// cheapest solves the program of a group and verifies the solution.
func (l *Linear) cheapest(group []int) (*mixture, error) {
	m := l.mixture(group)
	if found, err := generate(floating{}, m, leastCost); err == nil {
		var used []wholePlan
		for k, share := range found.x[len(found.x)-len(m.plans):] {
			if share > 0 {
				used = append(used, m.plans[k])
			}
		}
		m.plans = used
	}
	got, err := generate(rational{}, m, leastCost)
	if err != nil {
		return nil, err
	}
	m.settle(got)
	return m, m.verify()
}

// Cost returns C(S) in EUR per year by floating point, which is several times as fast
// as [Linear.Solve]: for draws by chance. It is not verified. Where rounding hides
// that a program can be solved, as it can where there is nothing of a resource, the
// exact cost takes its place.
//
// It fails with [ErrPlayers], with [ErrTarget] where a row has no backstop, and
// with [ErrPrecision].
func (l *Linear) Cost(s Mask) (float64, error) {
	if l.members < 64 && s > All(l.members) {
		return 0, fmt.Errorf("%w: coalition %b with %d members", ErrPlayers, s, l.members)
	}
	if got, err := generate(floating{}, l.mixture(s.Members()), leastCost); err == nil {
		return got.value / grain, nil
	}
	m, err := l.cheapest(s.Members())
	if err != nil {
		return 0, err
	}
	return units(m.cost), nil
}

// mixture is the program of a group before it is solved, with the plan that costs
// least whatever the rows ask for.
func (l *Linear) mixture(group []int) *mixture {
	m := &mixture{l: l, group: group}
	for _, row := range l.rows {
		need, unit := int64(0), int64(0)
		for _, i := range group {
			need += row.need[i]
			unit += row.size[i]
		}
		m.need = append(m.need, need)
		m.unit = append(m.unit, max(1, unit))
		m.ceiling = append(m.ceiling, row.ceiling)
		m.price = append(m.price, new(big.Rat))
	}
	first, _ := m.best(1)
	m.plans = []wholePlan{first}
	return m
}

// generate solves a program, adding plans until none is missing: the prices then
// prove the cost or, while the rows cannot be met, that they cannot be met at
// all. In floating point it ends at the accuracy of the solver.
func generate[T any, A arithmetic[T]](a A, m *mixture, goal int) (answer[T], error) {
	for {
		got, err := solve(a, pose(a, m, goal))
		outOfReach := errors.Is(err, errInfeasible)
		if err != nil && !outOfReach {
			return got, fmt.Errorf("%w: members %v: %w", ErrPrecision, m.group, err)
		}
		for r := range m.price {
			if m.price[r] = a.rat(got.dual[r]); m.price[r].Sign() < 0 {
				m.price[r] = new(big.Rat) // by rounding
			}
		}
		if outOfReach {
			next, bound := m.best(0)
			if bound.Sign() > 0 || m.has(next) {
				return got, m.outOfReach()
			}
			m.plans = append(m.plans, next)
			continue
		}
		cost := m.cost
		if goal == leastCost {
			cost = a.rat(got.value)
		}
		next, bound := m.best(1)
		gap := a.quo(a.ratio(new(big.Rat).Sub(cost, bound)), a.scale([]T{a.ratio(cost)}))
		if a.sign(gap) <= 0 || m.has(next) {
			return got, nil
		}
		m.plans = append(m.plans, next)
	}
}

func (m *mixture) has(plan wholePlan) bool {
	return slices.ContainsFunc(m.plans, func(old wholePlan) bool { return slices.Equal(old.taken, plan.taken) })
}

// leastCost as the goal of [pose] means the program itself.
const leastCost = -1

// pose writes the program that mixes the plans. There is a constraint for each
// row and one for the sum of the shares; for each row a column for what exceeds
// it and, at the ceiling of its price, one for what is missing; and last the
// plans. The goal is the least cost, or else the lowest price of a row among the
// dual solutions worth as much as the cost: minus that price takes the place of
// the dual objective, and another column holds the value.
func pose[T any, A arithmetic[T]](a A, m *mixture, goal int) program[T] {
	rows := len(m.need)
	var p program[T]
	add := func(column []int64, cost T) {
		p.columns = append(p.columns, column)
		p.cost = append(p.cost, cost)
	}
	single := func(r int, entry int64) []int64 {
		column := make([]int64, rows+1)
		column[r] = entry
		return column
	}
	for r, unit := range m.unit {
		add(single(r, -unit), a.whole(0))
	}
	for r, ceiling := range m.ceiling {
		if ceiling != nil {
			add(single(r, m.unit[r]), a.mul(a.ratio(ceiling), a.whole(m.unit[r])))
		}
	}
	p.rhs = make([]T, rows+1)
	for r := range p.rhs {
		p.rhs[r] = a.whole(0)
	}
	if goal == leastCost {
		for r, need := range m.need {
			p.rhs[r] = a.whole(need)
		}
		p.rhs[rows] = a.whole(1)
	} else {
		p.rhs[goal] = a.whole(-m.unit[goal])
		value := single(rows, -1)
		for r, need := range m.need {
			value[r] = -need
		}
		add(value, a.ratio(new(big.Rat).Neg(m.cost)))
	}
	for _, plan := range m.plans {
		add(append(slices.Clone(plan.amount), 1), a.whole(plan.cost))
	}
	return p
}

// settle reads the mixture from a solved program.
func (m *mixture) settle(got answer[*big.Rat]) {
	m.cost = got.value
	m.share = got.x[len(got.x)-len(m.plans):]
	m.backstop = make([]*big.Rat, len(m.need))
	at := len(m.need)
	for r, ceiling := range m.ceiling {
		m.backstop[r] = new(big.Rat)
		if ceiling != nil {
			m.backstop[r].Mul(got.x[at], new(big.Rat).SetInt64(m.unit[r]))
			at++
		}
	}
}

// met returns what the plans contribute to a row.
func (m *mixture) met(r int) *big.Rat {
	sum := new(big.Rat)
	for k, share := range m.share {
		amount := new(big.Rat).SetInt64(m.plans[k].amount[r])
		sum.Add(sum, amount.Mul(amount, share))
	}
	return sum
}

func (m *mixture) backstopUsed() bool {
	return slices.ContainsFunc(m.backstop, func(amount *big.Rat) bool { return amount.Sign() > 0 })
}

// verify checks the solution against the program as it was posed, exactly: the
// shares of the plans add up to 1, so that no group is used more than once; every
// row holds; and the charges of the members, which are a lower bound of the cost
// at any prices up to the ceilings, add up to the cost.
func (m *mixture) verify() error {
	wrong := func(what string) error {
		return fmt.Errorf("%w: members %v: %s", ErrPrecision, m.group, what)
	}
	sum, cost := new(big.Rat), new(big.Rat)
	for k, share := range m.share {
		if share.Sign() < 0 {
			return wrong("a share of a plan is negative")
		}
		sum.Add(sum, share)
		part := new(big.Rat).SetInt64(m.plans[k].cost)
		cost.Add(cost, part.Mul(part, share))
	}
	if sum.Cmp(big.NewRat(1, 1)) != 0 {
		return wrong("the shares of the plans do not add up to 1")
	}
	for r, row := range m.l.rows {
		amount := m.met(r)
		if row.ceiling != nil {
			cost.Add(cost, new(big.Rat).Mul(row.ceiling, m.backstop[r]))
			amount.Add(amount, m.backstop[r])
			if m.price[r].Cmp(row.ceiling) > 0 {
				return wrong("a price is above the backstop")
			}
		}
		if m.backstop[r].Sign() < 0 || m.price[r].Sign() < 0 || amount.Cmp(new(big.Rat).SetInt64(m.need[r])) < 0 {
			return wrong("row " + row.id + " does not hold")
		}
	}
	proven := new(big.Rat)
	for _, charge := range m.charges() {
		proven.Add(proven, charge)
	}
	if cost.Cmp(m.cost) != 0 || proven.Cmp(cost) != 0 {
		return wrong("the prices do not prove the cost")
	}
	return nil
}

// outOfReach names the rows whose prices prove that they cannot hold together,
// without those that the proof can do without.
func (m *mixture) outOfReach() error {
	var rows []string
	for r, price := range m.price {
		m.price[r] = new(big.Rat)
		if _, bound := m.best(0); bound.Sign() <= 0 {
			m.price[r] = price
			rows = append(rows, fmt.Sprintf("%q", m.l.rows[r].id))
		}
	}
	return fmt.Errorf("%w: members %v cannot meet %s; add choices, lower a target, or give it a backstop price",
		ErrTarget, m.group, strings.Join(rows, " and "))
}
