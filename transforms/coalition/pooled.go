package coalition

import (
	"errors"
	"fmt"
	"math"
)

// ErrTarget means that a coalition cannot reach its target with the increments
// of its members, and that no backstop price was given.
var ErrTarget = errors.New("coalition: target out of reach")

// Increment is a block of energy savings that a member can carry out in whole or
// in part. Options that exclude each other must be turned into increments by
// [Hull] first: counting them as independent makes targets look too cheap.
type Increment struct {
	ID       string  // stable name; breaks ties of the merit order
	Member   int     // player at whose place the saving is made
	Energy   float64 // MWh per year, not negative, kept to the Wh
	UnitCost float64 // net cost, EUR per MWh; negative when the increment pays for itself
	CO2      float64 // t of CO2 per year, of the whole increment
}

// PooledTarget is the first mechanism of cooperation: members that each have an
// energy-saving target meet the sum of their targets by the cheapest increments
// of all of them,
//
//	C(S) = min sum of c_m E_m x_m  with  sum of E_m x_m >= sum of T_i,  0 <= x_m <= 1.
//
// With one target the merit order is optimal: increments by unit cost, ties by
// id, filled until the target is met. Increments with a negative cost are taken
// in full even beyond it. The savings game is a linear production game and
// therefore totally balanced: its core is never empty. Source: Owen (1975).
//
// A PooledTarget is not changed after it is built.
type PooledTarget struct {
	targets  []int64 // grains
	curve    *curve
	limit    int     // increments dearer than the backstop are never used
	backstop float64 // EUR per MWh; +Inf without one
}

// Supply is how a coalition meets its target at least cost.
type Supply struct {
	Cost         float64 // EUR per year
	Energy       float64 // MWh per year saved, the backstop included
	CO2          float64 // t of CO2 per year, of the increments alone
	Lambda       float64 // marginal price, EUR per MWh: the dual price of the target
	LambdaUpper  float64 // upper end of the dual prices; larger than Lambda when the target ends exactly at a step, +Inf when nothing dearer is left
	Backstop     float64 // MWh per year bought at the backstop price
	BackstopUsed bool    // the cost, and so every gain, depends on the backstop price
}

// NewPooledTarget builds the mechanism from the target of each member (MWh per
// year) and the increments of all. The backstop is a price in EUR per MWh at
// which any missing amount can be had; 0 means that there is none.
//
// It works for any number of members. It fails on an increment of an unknown
// member, on two increments of the same id at one member, and on numbers that
// are not finite, negative targets or negative energies.
func NewPooledTarget(targets []float64, increments []Increment, backstop float64) (*PooledTarget, error) {
	p := &PooledTarget{targets: make([]int64, len(targets)), backstop: backstop}
	if len(targets) == 0 {
		return nil, fmt.Errorf("%w: no targets", ErrPlayers)
	}
	if math.IsNaN(backstop) || backstop < 0 {
		return nil, fmt.Errorf("coalition: backstop price %v EUR/MWh, expected a positive price or 0 for none", backstop)
	}
	if backstop == 0 {
		p.backstop = math.Inf(1)
	}
	for i, target := range targets {
		amount, err := toGrains(target)
		if err != nil || amount < 0 {
			return nil, fmt.Errorf("coalition: target of member %d is %v MWh, expected a number from 0", i, target)
		}
		p.targets[i] = amount
	}
	steps, err := energySteps(len(targets), increments)
	if err != nil {
		return nil, err
	}
	if p.curve, err = newCurve(len(targets), steps, nil); err != nil {
		return nil, err
	}
	p.limit = p.curve.limit(p.backstop)
	return p, nil
}

func energySteps(members int, increments []Increment) ([]step, error) {
	type key struct {
		member int
		id     string
	}
	seen := make(map[key]bool, len(increments))
	steps := make([]step, len(increments))
	for at, m := range increments {
		if m.Member < 0 || m.Member >= members {
			return nil, fmt.Errorf("coalition: increment %q belongs to member %d, expected 0 to %d", m.ID, m.Member, members-1)
		}
		if seen[key{m.Member, m.ID}] {
			return nil, fmt.Errorf("coalition: increment %q occurs twice at member %d", m.ID, m.Member)
		}
		seen[key{m.Member, m.ID}] = true
		amount, err := toGrains(m.Energy)
		if err != nil || amount < 0 {
			return nil, fmt.Errorf("coalition: increment %q saves %v MWh, expected a number from 0", m.ID, m.Energy)
		}
		if !finite(m.UnitCost) || !finite(m.CO2) {
			return nil, fmt.Errorf("coalition: increment %q has unit cost %v and CO2 %v, expected numbers", m.ID, m.UnitCost, m.CO2)
		}
		steps[at] = step{id: m.ID, member: m.Member, amount: amount, price: m.UnitCost, co2: m.CO2}
	}
	return steps, nil
}

// Members returns the number of members.
func (p *PooledTarget) Members() int { return len(p.targets) }

// Solve returns how coalition s meets the sum of its targets at least cost.
// Players beyond the members are not allowed.
//
// It fails with [ErrTarget].
func (p *PooledTarget) Solve(s Mask) (Supply, error) {
	if len(p.targets) < 64 && s > All(len(p.targets)) {
		return Supply{}, fmt.Errorf("%w: coalition %b with %d members", ErrPlayers, s, len(p.targets))
	}
	return p.solve(s.Members())
}

// SolveAll does what [PooledTarget.Solve] does for all members together, of whom
// there may be more than a mask holds.
func (p *PooledTarget) SolveAll() (Supply, error) { return p.solve(p.everybody()) }

// SolveMembers does what [PooledTarget.Solve] does for a list of members in
// rising order.
func (p *PooledTarget) SolveMembers(members []int) (Supply, error) {
	for at, i := range members {
		if i < 0 || i >= len(p.targets) || at > 0 && members[at-1] >= i {
			return Supply{}, fmt.Errorf("%w: members %v of %d, expected a rising list", ErrPlayers, members, len(p.targets))
		}
	}
	return p.solve(members)
}

func (p *PooledTarget) everybody() []int {
	group := make([]int, len(p.targets))
	for i := range group {
		group[i] = i
	}
	return group
}

func (p *PooledTarget) target(group []int) int64 {
	sum := int64(0)
	for _, i := range group {
		sum += p.targets[i]
	}
	return sum
}

func (p *PooledTarget) solve(group []int) (Supply, error) {
	target := p.target(group)
	c := p.curve
	rank := c.rankFor(group, target, p.limit)
	if rank > p.limit {
		return p.solveWithBackstop(group, target)
	}
	if rank == c.free {
		return p.solveFree(group, target, rank)
	}
	before := c.amountAt(group, rank-1)
	last := c.steps[rank-1]
	part := target - before
	supply := Supply{
		Cost:        c.costAt(group, rank-1) + last.price*toUnits(part),
		Energy:      toUnits(target),
		CO2:         c.co2At(group, rank-1) + last.co2*float64(part)/float64(last.amount),
		Lambda:      last.price,
		LambdaUpper: last.price,
	}
	if part == last.amount {
		supply.LambdaUpper = p.priceAfter(group, rank)
	}
	return supply, nil
}

// solveFree is the case in which the increments with a negative cost suffice:
// more saving would still cost nothing unless the target ends exactly there.
func (p *PooledTarget) solveFree(group []int, target int64, rank int) (Supply, error) {
	c := p.curve
	amount := c.amountAt(group, rank)
	supply := Supply{Cost: c.costAt(group, rank), Energy: toUnits(amount), CO2: c.co2At(group, rank)}
	if amount == target {
		supply.LambdaUpper = p.priceAfter(group, rank)
	}
	return supply, nil
}

func (p *PooledTarget) solveWithBackstop(group []int, target int64) (Supply, error) {
	c := p.curve
	missing := toUnits(target - c.amountAt(group, p.limit))
	if math.IsInf(p.backstop, 1) {
		return Supply{}, fmt.Errorf("%w: members %v lack %g MWh/yr of %g", ErrTarget, group, missing, toUnits(target))
	}
	return Supply{
		Cost:         c.costAt(group, p.limit) + missing*p.backstop,
		Energy:       toUnits(target),
		CO2:          c.co2At(group, p.limit),
		Lambda:       p.backstop,
		LambdaUpper:  p.backstop,
		Backstop:     missing,
		BackstopUsed: true,
	}, nil
}

// priceAfter is the price of the next MWh once the steps before rank are full.
func (p *PooledTarget) priceAfter(group []int, rank int) float64 {
	if next := p.curve.next(group, rank, p.limit); next < p.limit {
		return p.curve.steps[next].price
	}
	return p.backstop
}

// Taken returns the energy (MWh per year) that coalition s takes from each
// increment, in the order in which the increments were given.
func (p *PooledTarget) Taken(s Mask) ([]float64, error) {
	if _, err := p.Solve(s); err != nil {
		return nil, err
	}
	left := p.target(s.Members())
	taken := make([]float64, len(p.curve.steps))
	for rank, step := range p.curve.steps[:p.limit] {
		if !s.Has(step.member) {
			continue
		}
		amount := step.amount
		if rank >= p.curve.free {
			amount = max(0, min(amount, left))
		}
		left -= amount
		taken[p.curve.source[rank]] = toUnits(amount)
	}
	return taken, nil
}

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }
