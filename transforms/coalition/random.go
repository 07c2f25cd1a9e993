package coalition

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"
	"strconv"
)

// Stream gives random numbers that depend on their names only: not on threads,
// not on the order in which they are asked for, and not on what else is drawn.
// A parameter that several members share has one name, so that it takes the same
// value for all of them.
type Stream struct {
	Seed     int64
	Scenario string
}

// Uniform returns a number from 0 up to, not including, 1: the first eight bytes
// of the SHA-256 of "seed|scenario|draw|parameter", the low eleven bits dropped,
// divided by 2^53.
func (s Stream) Uniform(draw int, parameter string) float64 {
	text := strconv.FormatInt(s.Seed, 10) + "|" + s.Scenario + "|" + strconv.Itoa(draw) + "|" + parameter
	sum := sha256.Sum256([]byte(text))
	return float64(binary.BigEndian.Uint64(sum[:8])>>11) / (1 << 53)
}

// Spread is a range of an uncertain parameter: its lowest, most likely and
// highest value.
type Spread struct {
	Low, Mode, High float64
}

// Check reports whether the three values are numbers in rising order.
func (s Spread) Check() error {
	if !finite(s.Low) || !finite(s.High) || !(s.Low <= s.Mode && s.Mode <= s.High) {
		return fmt.Errorf("coalition: spread %v, %v, %v, expected numbers in rising order", s.Low, s.Mode, s.High)
	}
	return nil
}

// Triangular returns the value at probability u of the triangular distribution
// over the spread: with c = (m-a)/(b-a), a + sqrt(u (b-a)(m-a)) for u < c, else
// b - sqrt((1-u)(b-a)(b-m)). The spread must pass [Spread.Check].
func (s Spread) Triangular(u float64) float64 {
	a, m, b := s.Low, s.Mode, s.High
	switch {
	case a == b:
		return a
	case u < (m-a)/(b-a):
		return a + math.Sqrt(u*(b-a)*(m-a))
	default:
		return b - math.Sqrt((1-u)*(b-a)*(b-m))
	}
}

// TriangularMean returns the mean of the triangular distribution.
func (s Spread) TriangularMean() float64 { return (s.Low + s.Mode + s.High) / 3 }

// TriangularVariance returns the variance of the triangular distribution.
func (s Spread) TriangularVariance() float64 {
	a, m, b := s.Low, s.Mode, s.High
	return (a*a + b*b + m*m - a*b - a*m - b*m) / 18
}

// PERT returns the value at probability u of the PERT distribution over the
// spread: a beta distribution with the mean (a + 4m + b)/6. The spread must pass
// [Spread.Check]. Source: Malcolm and others (1959).
func (s Spread) PERT(u float64) float64 {
	if s.Low == s.High {
		return s.Low
	}
	width := s.High - s.Low
	alpha := 1 + 4*(s.Mode-s.Low)/width
	beta := 1 + 4*(s.High-s.Mode)/width
	// The distribution function rises, so halving the interval finds its inverse
	// to the last bit, without a starting guess that could fail.
	low, high := 0.0, 1.0
	for range 60 {
		middle := (low + high) / 2
		if betaDistribution(middle, alpha, beta) < u {
			low = middle
		} else {
			high = middle
		}
	}
	return s.Low + width*(low+high)/2
}

// PERTMean returns the mean of the PERT distribution.
func (s Spread) PERTMean() float64 { return (s.Low + 4*s.Mode + s.High) / 6 }

// betaDistribution is the regularised incomplete beta function, by its continued
// fraction on the side where that converges fast.
func betaDistribution(x, a, b float64) float64 {
	if x <= 0 || x >= 1 {
		return math.Max(0, math.Min(1, x))
	}
	if x > (a+1)/(a+b+2) {
		return 1 - betaDistribution(1-x, b, a)
	}
	logAB, _ := math.Lgamma(a + b)
	logA, _ := math.Lgamma(a)
	logB, _ := math.Lgamma(b)
	front := math.Exp(logAB-logA-logB+a*math.Log(x)+b*math.Log1p(-x)) / a
	return front * betaFraction(x, a, b)
}

// betaFraction evaluates the continued fraction of the incomplete beta function
// by Lentz's method.
func betaFraction(x, a, b float64) float64 {
	const tiny = 1e-300
	c, d, value := 1.0, 0.0, 1.0
	for k := range 400 {
		m := float64(k / 2)
		term := 1.0
		switch {
		case k == 0:
		case k%2 == 0:
			term = m * (b - m) * x / ((a + 2*m - 1) * (a + 2*m))
		default:
			term = -(a + m) * (a + b + m) * x / ((a + 2*m) * (a + 2*m + 1))
		}
		d = 1 + term*d
		if math.Abs(d) < tiny {
			d = tiny
		}
		d = 1 / d
		c = 1 + term/c
		if math.Abs(c) < tiny {
			c = tiny
		}
		value *= c * d
		if math.Abs(1-c*d) < 1e-15 {
			break
		}
	}
	return value - 1
}
