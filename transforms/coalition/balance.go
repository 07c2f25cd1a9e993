package coalition

import (
	"errors"
	"fmt"
	"slices"
)

// balanceCheck asks whether the coalitions of a level can be added to those that
// are known to be balanced.
type balanceCheck struct {
	g       Game
	span    *span  // of the coalitions known to be balanced
	helpers []Mask // may carry weight, need not
	level   []Mask
}

// absorb moves the coalitions of the level into the span, one program at a time.
// False means that one of them carries no weight in any balanced collection.
func (k *balanceCheck) absorb() (bool, error) {
	for len(k.level) > 0 {
		k.level = slices.DeleteFunc(k.level, k.span.contains)
		if len(k.level) == 0 {
			break
		}
		partners, err := k.partners(k.level[0])
		if err != nil || partners == nil {
			return false, err
		}
		for _, s := range partners {
			k.span.add(s)
		}
	}
	return true, nil
}

// partners returns a coalition s and others of the level or of the helpers whose
// positive combination lies in the span of the balanced ones; nil if there are
// none. Above [ExactPlayers] floating point looks first, since only a no has to
// be beyond doubt: a yes is verified with its weights.
func (k *balanceCheck) partners(s Mask) ([]Mask, error) {
	if k.g.n > ExactPlayers {
		if found, err := partnersIn(floating{}, k, s); err == nil && found != nil {
			return found, nil
		}
	}
	return partnersIn(rational{}, k, s)
}

// partnersIn poses the constraints with a few coalitions; the proof that these
// are not enough points at those to add.
func partnersIn[T any, A arithmetic[T]](a A, k *balanceCheck, s Mask) ([]Mask, error) {
	var columns []Mask
	if rest := k.g.grand() &^ s; slices.Contains(k.level, rest) {
		columns = append(columns, rest)
	}
	columns = append(columns, k.helpers...)
	for {
		got, err := solve(a, balanceProgram(a, k, s, columns))
		if err == nil {
			partners := []Mask{s}
			for j, c := range columns {
				if a.sign(got.x[j]) > 0 {
					partners = append(partners, c)
				}
			}
			return partners, nil
		}
		if !errors.Is(err, errInfeasible) {
			return nil, fmt.Errorf("%w: %w", ErrPrecision, err)
		}
		before := len(columns)
		for _, c := range improving(a, k.level, got.dual) {
			if !slices.Contains(columns, c) {
				columns = append(columns, c)
			}
		}
		if len(columns) == before {
			return nil, nil
		}
	}
}

// balanceProgram asks for weights that make s a combination of the span: the sum
// of weighted columns and of the span, in which weights are free, is minus s.
func balanceProgram[T any, A arithmetic[T]](a A, k *balanceCheck, s Mask, columns []Mask) program[T] {
	var p program[T]
	add := func(c Mask, sign int64) {
		column := make([]int64, k.g.n)
		for _, i := range c.Members() {
			column[i] = sign
		}
		p.columns = append(p.columns, column)
		p.cost = append(p.cost, a.whole(0))
	}
	for _, c := range columns {
		add(c, 1)
	}
	for _, c := range k.span.basis {
		add(c, 1)
		add(c, -1)
	}
	for i := range k.g.n {
		entry := int64(0)
		if s.Has(i) {
			entry = -1
		}
		p.rhs = append(p.rhs, a.whole(entry))
	}
	return p
}

// improving returns the coalitions of the level on which a proof of
// infeasibility does not hold, the worst first and the earlier of equal ones.
func improving[T any, A arithmetic[T]](a A, level []Mask, proof []T) []Mask {
	type candidate struct {
		s     Mask
		value T
	}
	var found []candidate
	for _, s := range level {
		value := a.whole(0)
		for _, i := range s.Members() {
			value = a.add(value, proof[i])
		}
		if a.sign(value) > 0 {
			found = append(found, candidate{s, value})
		}
	}
	slices.SortStableFunc(found, func(x, y candidate) int {
		switch {
		case a.below(a.sub(y.value, x.value), 0):
			return -1
		case a.below(a.sub(x.value, y.value), 0):
			return 1
		}
		return 0
	})
	var list []Mask
	for _, c := range found[:min(len(found), addedPerScan)] {
		list = append(list, c.s)
	}
	return list
}
