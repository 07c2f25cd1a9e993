package coalition

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// grain is the smallest amount told apart: amounts (MWh, tonnes of CO2) are held
// as whole millionths. Sums of whole numbers do not depend on their order, and
// "the target is reached exactly" becomes a question with a definite answer.
const grain = 1e6

// largestAmount bounds one amount, and the sum of all, in MWh or tonnes.
const largestAmount = 1e12

// step is one block of a supply curve: an amount at one unit price.
type step struct {
	id     string
	member int
	amount int64 // in grains
	price  float64
	co2    float64
}

// block is an amount that is taken always, and first.
type block struct {
	amount int64 // in grains, of either sign
	cost   float64
}

// curve is the merit order of the steps of all members. Row r of the tables
// holds, per member, the sum over its steps among the first r of the order. The
// supply of a coalition at rank r is then a sum over its members, and the step
// that meets a target is found by bisection instead of a walk along all steps:
// n log M instead of M for each of the 2^n coalitions.
type curve struct {
	members int
	steps   []step // by price, then id, then member
	source  []int  // position of each step in the caller's list
	free    int    // steps before this rank have a negative price and are always taken
	amount  []int64
	cost    []float64
	co2     []float64
}

// newCurve sorts the steps and adds them up. base holds one block per member, or
// is nil.
func newCurve(members int, steps []step, base []block) (*curve, error) {
	c := &curve{members: members, source: make([]int, len(steps))}
	for i := range c.source {
		c.source[i] = i
	}
	slices.SortFunc(c.source, func(a, b int) int {
		one, other := &steps[a], &steps[b]
		switch {
		case one.price != other.price:
			return cmp.Compare(one.price, other.price)
		case one.id != other.id:
			return cmp.Compare(one.id, other.id)
		case one.member != other.member:
			return one.member - other.member
		}
		return a - b
	})
	rows := len(steps) + 1
	c.steps = make([]step, len(steps))
	c.amount = make([]int64, rows*members)
	c.cost = make([]float64, rows*members)
	c.co2 = make([]float64, rows*members)
	total := 0.0
	for i, b := range base {
		c.amount[i], c.cost[i] = b.amount, b.cost
		total += math.Abs(toUnits(b.amount))
	}
	for rank, at := range c.source {
		s := steps[at]
		c.steps[rank] = s
		if s.price < 0 {
			c.free = rank + 1
		}
		total += toUnits(s.amount)
		row, next := rank*members, (rank+1)*members
		copy(c.amount[next:next+members], c.amount[row:next])
		copy(c.cost[next:next+members], c.cost[row:next])
		copy(c.co2[next:next+members], c.co2[row:next])
		c.amount[next+s.member] += s.amount
		c.cost[next+s.member] += s.price * toUnits(s.amount)
		c.co2[next+s.member] += s.co2
	}
	if total > largestAmount {
		return nil, fmt.Errorf("coalition: the amounts add up to %g, expected at most %g", total, largestAmount)
	}
	return c, nil
}

func (c *curve) amountAt(group []int, rank int) int64 {
	row := c.amount[rank*c.members : (rank+1)*c.members]
	sum := int64(0)
	for _, i := range group {
		sum += row[i]
	}
	return sum
}

func (c *curve) costAt(group []int, rank int) float64 {
	return sumOf(c.cost[rank*c.members:(rank+1)*c.members], group)
}

func (c *curve) co2At(group []int, rank int) float64 {
	return sumOf(c.co2[rank*c.members:(rank+1)*c.members], group)
}

// rankFor returns the number of steps of the merit order that the group needs to
// reach the target, looking at the first limit steps only; limit+1 when they are
// not enough.
func (c *curve) rankFor(group []int, target int64, limit int) int {
	low, high := c.free, limit+1
	for low < high {
		middle := (low + high) / 2
		if middle > limit || c.amountAt(group, middle) >= target {
			high = middle
		} else {
			low = middle + 1
		}
	}
	return low
}

// rankWithin returns the largest number of steps, at least those with a negative
// price, whose cost stays within the budget.
func (c *curve) rankWithin(group []int, budget float64, limit int) int {
	low, high := c.free, limit
	for low < high {
		middle := (low + high + 1) / 2
		if c.costAt(group, middle) <= budget {
			low = middle
		} else {
			high = middle - 1
		}
	}
	return low
}

// next returns the first step at or after rank that belongs to the group, or
// limit when there is none before it.
func (c *curve) next(group []int, rank, limit int) int {
	for ; rank < limit; rank++ {
		if _, found := slices.BinarySearch(group, c.steps[rank].member); found {
			return rank
		}
	}
	return limit
}

// limit returns the number of steps that cost no more than price.
func (c *curve) limit(price float64) int {
	rank := 0
	for rank < len(c.steps) && c.steps[rank].price <= price {
		rank++
	}
	return rank
}

func sumOf(row []float64, group []int) float64 {
	sum := 0.0
	for _, i := range group {
		sum += row[i]
	}
	return sum
}

// toGrains reads an amount in MWh or tonnes.
func toGrains(amount float64) (int64, error) {
	if math.IsNaN(amount) || math.Abs(amount) > largestAmount {
		return 0, fmt.Errorf("%v is not an amount, expected a number up to %g", amount, largestAmount)
	}
	return int64(math.Round(amount * grain)), nil
}

func toUnits(grains int64) float64 { return float64(grains) / grain }
