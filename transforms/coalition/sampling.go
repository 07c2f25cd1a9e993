package coalition

import (
	"fmt"
	"math"
	"slices"
	"strconv"
)

// Marginals fills contribution[i] with what player i adds when it joins the
// players before it in the given order. The contributions of one order must add
// up to v(N). It must not keep or change the slices.
type Marginals func(order []int, contribution []float64) error

// Sampling says how to estimate a Shapley value that is too large to enumerate.
type Sampling struct {
	Stream    Stream  // orders are drawn from it, so the same stream gives the same result
	Delta     float64 // probability that some interval misses its share, for example 0.05
	Precision float64 // stop when all half-widths are at most Precision * |v(N)| / n; 0 never stops
	Minimum   int     // samples to draw at least, 2 or more
	Maximum   int     // samples to draw at most
	Plain     bool    // a sample is one order instead of an order and its reverse
}

// Estimate is a sampled Shapley value.
type Estimate struct {
	Shares        []float64 // add up to v(N), because every order does
	StandardError []float64
	// HalfWidth is half the width of normal intervals that hold for all players
	// together with probability 1 - Delta (Bonferroni).
	HalfWidth []float64
	Samples   int
	Converged bool // stopped by the half-width and not by the maximum
}

// SampleShapley estimates the Shapley value of n players from random orders. A
// sample is an order and its reverse, averaged: a player who comes early in one
// comes late in the other, which cancels much of the variation. Sources: Castro,
// Gómez and Tejada (2009); Welford (1962) for the running variance.
//
// The intervals are those of a fixed number of samples; stopping by the
// half-width makes them slightly too narrow when Minimum is small. For a
// guarantee without the normal approximation see [HoeffdingCount].
//
// It fails on parameters out of range and when marginals fails.
func SampleShapley(n int, marginals Marginals, how Sampling) (Estimate, error) {
	if n < 1 {
		return Estimate{}, fmt.Errorf("%w: %d", ErrPlayers, n)
	}
	if !(how.Delta > 0 && how.Delta < 1) || !(how.Precision >= 0) || how.Minimum < 2 || how.Maximum < how.Minimum {
		return Estimate{}, fmt.Errorf("coalition: delta %v, precision %v, %d to %d samples: expected 0 < delta < 1, a precision from 0 and at least 2 samples",
			how.Delta, how.Precision, how.Minimum, how.Maximum)
	}
	result := Estimate{Shares: make([]float64, n), StandardError: make([]float64, n), HalfWidth: make([]float64, n)}
	z := normalQuantile(1 - how.Delta/(2*float64(n)))
	spread := make([]float64, n) // sum of squared deviations
	sample := make([]float64, n)
	reverse := make([]float64, n)
	for result.Samples < how.Maximum && !result.Converged {
		order := how.Stream.order(result.Samples, n)
		if err := marginals(order, sample); err != nil {
			return Estimate{}, err
		}
		if !how.Plain {
			slices.Reverse(order)
			if err := marginals(order, reverse); err != nil {
				return Estimate{}, err
			}
			for i := range sample {
				sample[i] = (sample[i] + reverse[i]) / 2
			}
		}
		result.Samples++
		count := float64(result.Samples)
		total, widest := 0.0, 0.0
		for i, x := range sample {
			before := x - result.Shares[i]
			result.Shares[i] += before / count
			spread[i] += before * (x - result.Shares[i])
			total += result.Shares[i]
			if result.Samples > 1 {
				result.StandardError[i] = math.Sqrt(spread[i] / (count - 1) / count)
				result.HalfWidth[i] = z * result.StandardError[i]
				widest = math.Max(widest, result.HalfWidth[i])
			}
		}
		result.Converged = how.Precision > 0 && result.Samples >= how.Minimum && widest <= how.Precision*math.Abs(total)/float64(n)
	}
	return result, nil
}

// HoeffdingCount returns how many samples make all n shares exact to halfWidth
// with probability 1 - delta, whatever the distribution, when contributions lie
// in an interval of the given width: r^2 ln(2n/delta) / (2 halfWidth^2). Source:
// Hoeffding (1963).
func HoeffdingCount(n int, width, halfWidth, delta float64) float64 {
	return math.Ceil(width * width * math.Log(2*float64(n)/delta) / (2 * halfWidth * halfWidth))
}

// order shuffles the players by Fisher and Yates.
func (s Stream) order(draw, n int) []int {
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	for i := n - 1; i > 0; i-- {
		j := int(s.Uniform(draw, "order."+strconv.Itoa(i)) * float64(i+1))
		order[i], order[j] = order[j], order[i]
	}
	return order
}

func normalQuantile(p float64) float64 { return math.Sqrt2 * math.Erfinv(2*p-1) }

// Marginals returns the contributions in a tabulated game.
func (g Game) Marginals() Marginals {
	return func(order []int, contribution []float64) error {
		s := Mask(0)
		for _, i := range order {
			contribution[i] = float64(g.Value(s|1<<i) - g.Value(s))
			s |= 1 << i
		}
		return nil
	}
}

// Marginals returns the contributions to the money saved, EUR per year, for any
// number of members. It fails as [PooledTarget.Solve] does.
func (p *PooledTarget) Marginals() Marginals {
	return func(order []int, contribution []float64) error {
		alone, err := p.alone()
		if err != nil {
			return err
		}
		group := make([]int, 0, len(order))
		before := 0.0
		for _, i := range order {
			at, _ := slices.BinarySearch(group, i)
			group = slices.Insert(group, at, i)
			supply, err := p.solve(group)
			if err != nil {
				return err
			}
			contribution[i] = alone[i] - (supply.Cost - before)
			before = supply.Cost
		}
		return nil
	}
}

// Marginals returns the contributions to the cost, EUR per year, for any number
// of members. It fails on parameters out of range.
func (c Scale) Marginals() Marginals {
	return func(order []int, contribution []float64) error {
		if err := c.check(); err != nil {
			return err
		}
		amount, before := 0.0, 0.0
		for k, i := range order {
			amount += c.Amounts[i]
			cost := c.Of(k+1, amount)
			contribution[i] = cost - before
			before = cost
		}
		return nil
	}
}
