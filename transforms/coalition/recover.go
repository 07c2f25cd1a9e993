package coalition

import "math/big"

// exactShares are shares and levels that follow from tight coalitions.
type exactShares struct {
	shares []*big.Rat
	levels []*big.Rat
}

// recoverShares solves the equations that the tight coalitions of all rounds
// state, x(S) - w(S) e_k = v(S) with one level e_k for each round, in rationals.
// The floating-point programs only have to find out which coalitions are tight;
// the figures are then exact at every size. It reports false when the equations
// contradict each other or leave a share open.
func recoverShares(g Game, weight weighting, rounds []round) (exactShares, bool) {
	unknowns := g.n + len(rounds)
	system := newSystem(unknowns)
	equation := func(s Mask, level int, factor int64) bool {
		row := make([]*big.Rat, unknowns+1)
		for i := range row {
			row[i] = new(big.Rat)
		}
		for _, i := range s.Members() {
			row[i].SetInt64(1)
		}
		if level >= 0 {
			row[g.n+level].SetInt64(-factor)
		}
		row[unknowns].SetInt64(g.v[s])
		return system.add(row)
	}
	if !equation(g.grand(), -1, 0) {
		return exactShares{}, false
	}
	for k, tight := range rounds {
		for _, s := range tight.coalitions {
			if !equation(s, k, weight(s)) {
				return exactShares{}, false
			}
		}
		for _, i := range tight.players {
			if !equation(1<<i, -1, 0) {
				return exactShares{}, false
			}
		}
	}
	values, ok := system.solution()
	if !ok {
		return exactShares{}, false
	}
	return exactShares{shares: values[:g.n], levels: values[g.n:]}, true
}

// system is a set of linear equations, reduced as they come in. Row k, if there
// is one, has 1 in column k and 0 in the columns before.
type system struct {
	rows [][]*big.Rat
}

func newSystem(unknowns int) *system { return &system{rows: make([][]*big.Rat, unknowns)} }

// add takes an equation, the right-hand side last, and reports whether it agrees
// with those before.
func (m *system) add(row []*big.Rat) bool {
	term := new(big.Rat)
	for column := range m.rows {
		if row[column].Sign() == 0 {
			continue
		}
		if m.rows[column] == nil {
			by := new(big.Rat).Inv(row[column])
			for _, entry := range row {
				entry.Mul(entry, by)
			}
			m.rows[column] = row
			return true
		}
		factor := new(big.Rat).Set(row[column])
		for j := column; j < len(row); j++ {
			if m.rows[column][j].Sign() != 0 {
				row[j].Sub(row[j], term.Mul(factor, m.rows[column][j]))
			}
		}
	}
	return row[len(row)-1].Sign() == 0
}

// solution returns the value of every unknown, or false when one is left open.
func (m *system) solution() ([]*big.Rat, bool) {
	values := make([]*big.Rat, len(m.rows))
	for column := len(m.rows) - 1; column >= 0; column-- {
		row := m.rows[column]
		if row == nil {
			return nil, false
		}
		value := new(big.Rat).Set(row[len(m.rows)])
		for j := column + 1; j < len(m.rows); j++ {
			if row[j].Sign() != 0 {
				value.Sub(value, new(big.Rat).Mul(row[j], values[j]))
			}
		}
		values[column] = value
	}
	return values, true
}
