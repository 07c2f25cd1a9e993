package coalition

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// Option is one of several ways to treat the same stock, of which at most one
// can be carried out in full: district heating or a heat pump, a light or a deep
// retrofit.
type Option struct {
	ID     string  // stable name
	Energy float64 // MWh saved per year
	Cost   float64 // net annual cost, EUR per year; negative when it pays for itself
	CO2    float64 // t of CO2 cut per year
}

// Abatement is a block of CO2 cuts, for spending a budget on CO2. Its cost is
// per year and not per tonne, because a block may cost something and cut
// nothing.
type Abatement struct {
	ID     string
	Member int
	CO2    float64 // t per year; may be negative when Cost is not positive
	Cost   float64 // EUR per year
}

// point is a vertex of a hull: an amount and what it costs.
type point struct {
	id           string
	amount, cost float64
	other        float64 // CO2 of an energy hull
}

// Hull turns options that exclude each other into increments of rising unit
// cost: the lower convex hull of the points (energy, cost), doing nothing
// included. An option above the hull is never part of a least-cost plan and
// leaves no increment. Each increment is named after the option it leads to and
// stands for the step from the vertex before. Filled in merit order, they give
// the optimum of the linear program in which the shares of the options add up to
// at most 1.
//
// Increments with a negative unit cost come first, and a [PooledTarget] always
// takes them. It fails on two options of one id, and on an option that saves no
// energy or is not a number.
func Hull(member int, options []Option) ([]Increment, error) {
	points := make([]point, 1, 1+len(options)) // the first is doing nothing
	for _, o := range options {
		if !finite(o.Energy) || !finite(o.Cost) || !finite(o.CO2) || o.Energy <= 0 {
			return nil, fmt.Errorf("coalition: option %q saves %v MWh and %v t of CO2 at %v EUR, expected numbers and a positive saving", o.ID, o.Energy, o.CO2, o.Cost)
		}
		points = append(points, point{o.ID, o.Energy, o.Cost, o.CO2})
	}
	if err := distinct(options); err != nil {
		return nil, err
	}
	hull := lowerHull(points)
	increments := make([]Increment, 0, len(hull))
	for k := 1; k < len(hull); k++ {
		from, to := hull[k-1], hull[k]
		increments = append(increments, Increment{
			ID:       to.id,
			Member:   member,
			Energy:   to.amount - from.amount,
			UnitCost: (to.cost - from.cost) / (to.amount - from.amount),
			CO2:      to.other - from.other,
		})
	}
	return increments, nil
}

// HullCO2 does for CO2 what [Hull] does for energy. An option may raise
// emissions here. The first block is the cheapest way to treat the stock, taken
// always when it costs less than nothing; the others lead from there to larger
// cuts at rising unit cost.
func HullCO2(member int, options []Option) ([]Abatement, error) {
	points := make([]point, 1, 1+len(options))
	for _, o := range options {
		if !finite(o.CO2) || !finite(o.Cost) {
			return nil, fmt.Errorf("coalition: option %q cuts %v t of CO2 at %v EUR, expected numbers", o.ID, o.CO2, o.Cost)
		}
		points = append(points, point{id: o.ID, amount: o.CO2, cost: o.Cost})
	}
	if err := distinct(options); err != nil {
		return nil, err
	}
	hull := lowerHull(points)
	for len(hull) > 1 && hull[1].cost <= hull[0].cost {
		hull = hull[1:] // left of the cheapest vertex: dearer, and a smaller cut
	}
	blocks := make([]Abatement, 0, len(hull))
	if first := hull[0]; first.cost != 0 || first.amount != 0 {
		blocks = append(blocks, Abatement{ID: first.id, Member: member, CO2: first.amount, Cost: first.cost})
	}
	for k := 1; k < len(hull); k++ {
		id := hull[k].id
		if hull[k-1].id != "" {
			id += " after " + hull[k-1].id
		}
		blocks = append(blocks, Abatement{
			ID:     id,
			Member: member,
			CO2:    hull[k].amount - hull[k-1].amount,
			Cost:   hull[k].cost - hull[k-1].cost,
		})
	}
	return blocks, nil
}

// abatementCurve orders abatements by EUR per tonne. What costs nothing or less
// is done in any case, whatever it does to emissions; what costs money and cuts
// nothing is never done.
func abatementCurve(members int, abatements []Abatement) (*curve, error) {
	base := make([]block, members)
	var steps []step
	for _, a := range abatements {
		if a.Member < 0 || a.Member >= members {
			return nil, fmt.Errorf("coalition: abatement %q belongs to member %d, expected 0 to %d", a.ID, a.Member, members-1)
		}
		amount, err := toGrains(a.CO2)
		if err != nil || !finite(a.Cost) {
			return nil, fmt.Errorf("coalition: abatement %q cuts %v t at %v EUR, expected numbers", a.ID, a.CO2, a.Cost)
		}
		switch {
		case a.Cost <= 0:
			base[a.Member].amount += amount
			base[a.Member].cost += a.Cost
		case amount > 0:
			steps = append(steps, step{id: a.ID, member: a.Member, amount: amount, price: a.Cost / toUnits(amount)})
		}
	}
	return newCurve(members, steps, base)
}

// lowerHull returns the vertices of the lower convex hull from left to right, up
// to the largest amount. Of points with equal amounts only the cheapest counts,
// then the one with the smallest id; points on an edge are no vertices. It uses
// the points' memory.
func lowerHull(points []point) []point {
	slices.SortFunc(points, func(a, b point) int {
		switch {
		case a.amount != b.amount:
			return cmp.Compare(a.amount, b.amount)
		case a.cost != b.cost:
			return cmp.Compare(a.cost, b.cost)
		}
		return cmp.Compare(a.id, b.id)
	})
	hull := points[:0] // never longer than the points that have been read
	for _, p := range points {
		if len(hull) > 0 && hull[len(hull)-1].amount == p.amount {
			continue
		}
		for len(hull) > 1 && !turnsUp(hull[len(hull)-2], hull[len(hull)-1], p) {
			hull = hull[:len(hull)-1]
		}
		hull = append(hull, p)
	}
	return hull
}

// turnsUp reports whether the unit cost rises at b on the way from a to c.
func turnsUp(a, b, c point) bool {
	first := (b.cost - a.cost) * (c.amount - b.amount)
	second := (c.cost - b.cost) * (b.amount - a.amount)
	return second-first > 1e-12*math.Max(math.Abs(first), math.Abs(second))
}

func distinct(options []Option) error {
	seen := make(map[string]bool, len(options))
	for _, o := range options {
		if seen[o.ID] {
			return fmt.Errorf("coalition: option %q occurs twice", o.ID)
		}
		seen[o.ID] = true
	}
	return nil
}
