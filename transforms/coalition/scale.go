package coalition

import (
	"fmt"
	"math"
)

// Scale is the second mechanism: a joint purchase, plant or office whose cost
// grows more slowly than its size, against the cost of working together,
//
//	C(S) = Cost (Q(S)/Reference)^Exponent + Fixed
//	       + PerMember (|S|-1) + PerPair |S| (|S|-1) / 2,   Q(S) = sum of Amounts in S,
//
// for S not empty. Without PerPair and with an exponent up to 1 the savings game
// is convex. With PerPair a large group can be worth less than its parts: look
// at the [SuperadditiveCover].
type Scale struct {
	Amounts   []float64 // of each member, in the unit of Reference
	Cost      float64   // EUR per year at the reference amount
	Reference float64   // amount at which Cost holds
	Exponent  float64   // scale exponent, above 0
	Fixed     float64   // EUR per year for every group
	PerMember float64   // EUR per year for every member after the first
	PerPair   float64   // EUR per year for every pair of members
}

func (c Scale) check() error {
	if len(c.Amounts) == 0 {
		return fmt.Errorf("%w: no amounts", ErrPlayers)
	}
	for i, amount := range c.Amounts {
		if !finite(amount) || amount < 0 {
			return fmt.Errorf("coalition: amount of member %d is %v, expected a number from 0", i, amount)
		}
	}
	if !(c.Reference > 0) || !(c.Exponent > 0) || !finite(c.Reference) || !finite(c.Exponent) {
		return fmt.Errorf("coalition: reference amount %v and exponent %v, expected positive numbers", c.Reference, c.Exponent)
	}
	for _, x := range []float64{c.Cost, c.Fixed, c.PerMember, c.PerPair} {
		if !finite(x) {
			return fmt.Errorf("coalition: cost %v, expected a number", x)
		}
	}
	return nil
}

// Of returns the cost of a group of the given size and amount, EUR per year.
func (c Scale) Of(size int, amount float64) float64 {
	if size == 0 {
		return 0
	}
	k := float64(size)
	return c.Cost*math.Pow(amount/c.Reference, c.Exponent) + c.Fixed + c.PerMember*(k-1) + c.PerPair*k*(k-1)/2
}

// Costs returns the cost of every coalition in cents per year, indexed by [Mask].
//
// It fails with [ErrPlayers], with [ErrTable], and on parameters out of range.
func (c Scale) Costs() ([]int64, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	n := len(c.Amounts)
	return tabulate(n, 100, func(s Mask) float64 {
		amount := 0.0
		for _, i := range s.Members() {
			amount += c.Amounts[i]
		}
		return c.Of(s.Size(), amount)
	})
}

// Game returns the savings game in cents per year. It fails as [Scale.Costs] does.
func (c Scale) Game() (Game, error) {
	costs, err := c.Costs()
	if err != nil {
		return Game{}, err
	}
	return FromCosts(len(c.Amounts), costs)
}

// ShapleyCharges returns the Shapley value of the cost, EUR per year for each
// member, for any number of members whose amounts are whole numbers. The part
// that depends on the amount is shared by [AggregateShapley]; the rest depends
// on the size of the group only and is shared equally, by symmetry.
//
// It fails as [AggregateShapley] does, and on parameters out of range.
func (c Scale) ShapleyCharges() ([]float64, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	amounts := make([]int64, len(c.Amounts))
	for i, amount := range c.Amounts {
		if amount != math.Trunc(amount) || amount > maxAggregate {
			return nil, fmt.Errorf("coalition: amount of member %d is %v, expected a whole number up to %d", i, amount, int64(maxAggregate))
		}
		amounts[i] = int64(amount)
	}
	charges, err := AggregateShapley(amounts, func(total int64) float64 {
		return c.Cost * math.Pow(float64(total)/c.Reference, c.Exponent)
	})
	if err != nil {
		return nil, err
	}
	n := len(c.Amounts)
	rest := c.Of(n, 0) / float64(n)
	for i := range charges {
		charges[i] += rest
	}
	return charges, nil
}

// tabulate rounds factor times f over all coalitions but the empty one, which is 0.
func tabulate(n int, factor float64, f func(Mask) float64) ([]int64, error) {
	if err := checkPlayers(n); err != nil {
		return nil, err
	}
	table := make([]int64, 1<<n)
	for s := 1; s < len(table); s++ {
		value, err := toWhole(f(Mask(s)) * factor)
		if err != nil {
			return nil, fmt.Errorf("coalition %b: %w", s, err)
		}
		table[s] = value
	}
	return table, nil
}

// toWhole rounds to the nearest whole number that a game may hold.
func toWhole(x float64) (int64, error) {
	x = math.Round(x)
	if !(math.Abs(x) <= MaxValue) {
		return 0, fmt.Errorf("%w: value %g, expected at most %d either way", ErrTable, x, int64(MaxValue))
	}
	return int64(x), nil
}
