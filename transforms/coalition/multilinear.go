package coalition

import (
	"fmt"
	"math"
)

// maxAggregate bounds the sum of the amounts of an aggregate game: the time
// grows as n^2 times that sum.
const maxAggregate = 1 << 20

// AggregateShapley returns the Shapley value of a game whose value depends only
// on the sum of whole amounts, v(S) = f(Q(S)), for any number of players. It
// integrates the multilinear extension of the game,
//
//	phi_i = integral over t from 0 to 1 of E[ f(Q + q_i) - f(Q) ],
//
// where Q is the sum over the other players, each present with probability t.
// The integrand is a polynomial of degree n-1 in t, so Gauss-Legendre quadrature
// with n/2 nodes is exact but for rounding. f is called for every sum from 0 to
// the total; f(0) counts as the value of the empty coalition. Source: Owen (1972).
//
// It fails on negative amounts and on a total above a million: use a coarser
// unit then.
func AggregateShapley(amounts []int64, f func(total int64) float64) ([]float64, error) {
	total := int64(0)
	for i, amount := range amounts {
		if amount < 0 || amount > maxAggregate {
			return nil, fmt.Errorf("coalition: amount of player %d is %d, expected 0 to %d", i, amount, int64(maxAggregate))
		}
		total += amount
	}
	if total > maxAggregate {
		return nil, fmt.Errorf("coalition: amounts add up to %d, expected at most %d", total, int64(maxAggregate))
	}
	value := make([]float64, total+1)
	for q := range value {
		value[q] = f(int64(q))
		if !finite(value[q]) {
			return nil, fmt.Errorf("coalition: value %v of amount %d, expected a number", value[q], q)
		}
	}
	n := len(amounts)
	shares := make([]float64, n)
	others := make([]float64, total+1)
	nodes, weights := gaussLegendre((n + 1) / 2)
	for k, t := range nodes {
		all := distribution(amounts, t)
		for i, amount := range amounts {
			withoutPlayer(others, all, int(amount), t)
			gain := 0.0
			for q := range int(total-amount) + 1 {
				gain += others[q] * (value[q+int(amount)] - value[q])
			}
			shares[i] += weights[k] * gain
		}
	}
	return shares, nil
}

// distribution returns the probability of every sum when each player is present
// with probability t.
func distribution(amounts []int64, t float64) []float64 {
	total := 0
	for _, amount := range amounts {
		total += int(amount)
	}
	p := make([]float64, total+1)
	p[0] = 1
	reach := 0
	for _, amount := range amounts {
		d := int(amount)
		if d == 0 {
			continue // present or not, the sum is the same
		}
		reach += d
		for q := reach; q >= 0; q-- {
			p[q] *= 1 - t
			if q >= d {
				p[q] += t * p[q-d]
			}
		}
	}
	return p
}

// withoutPlayer takes a player of amount d out of a distribution of sums, by
// undoing its step. Below t = 1/2 this is stable from the smallest sum upwards,
// above it from the largest downwards.
func withoutPlayer(out, all []float64, d int, t float64) {
	last := len(all) - 1 - d
	switch {
	case d == 0:
		copy(out, all)
	case t < 0.5:
		for q := 0; q <= last; q++ {
			p := all[q]
			if q >= d {
				p -= t * out[q-d]
			}
			out[q] = p / (1 - t)
		}
	default:
		for q := last; q >= 0; q-- {
			p := all[q+d]
			if q+d <= last {
				p -= (1 - t) * out[q+d]
			}
			out[q] = p / t
		}
	}
}

// gaussLegendre returns the nodes and weights of Gauss-Legendre quadrature on
// the interval from 0 to 1, by Newton's method on the Legendre polynomial.
func gaussLegendre(count int) (nodes, weights []float64) {
	nodes = make([]float64, count)
	weights = make([]float64, count)
	for k := range nodes {
		x := math.Cos(math.Pi * (float64(k) + 0.75) / (float64(count) + 0.5))
		slope := 1.0
		for range 100 {
			p, previous := 1.0, 0.0
			for j := range count {
				p, previous = (float64(2*j+1)*x*p-float64(j)*previous)/float64(j+1), p
			}
			slope = float64(count) * (x*p - previous) / (x*x - 1)
			step := p / slope
			x -= step
			if math.Abs(step) < 1e-16 {
				break
			}
		}
		nodes[k] = (1 - x) / 2
		weights[k] = 1 / ((1 - x*x) * slope * slope)
	}
	return nodes, weights
}
