package coalition

import "math"

// EqualMoney answers what a coalition can have for the money that its members
// need for their targets alone: the dual of meeting the targets for less. Unlike
// [PooledTarget.EnergyGame] and [PooledTarget.CO2Game], which tabulate it, it
// asks for one coalition at a time.
type EqualMoney struct {
	c        *curve
	limit    int
	backstop float64
	alone    []float64 // EUR per year by member
}

// EnergyForMoney returns the amounts of energy in MWh per year.
//
// It fails with [ErrTarget] without a backstop.
func (p *PooledTarget) EnergyForMoney() (*EqualMoney, error) {
	alone, err := p.alone()
	return &EqualMoney{p.curve, p.limit, p.backstop, alone}, err
}

// CO2ForMoney returns the amounts of CO2 in tonnes per year that are cut when
// the money is spent on that instead; the backstop has no part in it.
//
// It fails with [ErrTarget] without a backstop, and on abatements that are not
// numbers.
func (p *PooledTarget) CO2ForMoney(abatements []Abatement) (*EqualMoney, error) {
	c, err := abatementCurve(p.Members(), abatements)
	if err != nil {
		return nil, err
	}
	alone, err := p.alone()
	return &EqualMoney{c, len(c.steps), math.Inf(1), alone}, err
}

// Amount returns what coalition s can have.
func (m *EqualMoney) Amount(s Mask) float64 {
	group := s.Members()
	return m.c.amountFor(group, sumOf(m.alone, group), m.limit, m.backstop)
}
