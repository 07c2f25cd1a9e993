package coalition

import (
	"math"
	"math/big"
)

// arithmetic is what the linear-program solver and the rules built on it ask of
// a number type. There are two: exact rationals, and floating point in which a
// number is zero when it is within tolerance.
type arithmetic[T any] interface {
	whole(int64) T
	ratio(*big.Rat) T
	add(a, b T) T
	sub(a, b T) T
	mul(a, b T) T
	quo(a, b T) T
	sign(T) int    // with tolerance
	isZero(T) bool // without tolerance, to skip work
	rat(T) *big.Rat
	// below reports whether a number is less than minus the tolerance, which
	// rationals do not need.
	below(x T, tolerance float64) bool
	// scale is the number to divide by so that the largest becomes 1; rationals
	// need no scaling.
	scale([]T) T
}

type rational struct{}

func (rational) whole(i int64) *big.Rat           { return new(big.Rat).SetInt64(i) }
func (rational) ratio(r *big.Rat) *big.Rat        { return r }
func (rational) add(a, b *big.Rat) *big.Rat       { return new(big.Rat).Add(a, b) }
func (rational) sub(a, b *big.Rat) *big.Rat       { return new(big.Rat).Sub(a, b) }
func (rational) mul(a, b *big.Rat) *big.Rat       { return new(big.Rat).Mul(a, b) }
func (rational) quo(a, b *big.Rat) *big.Rat       { return new(big.Rat).Quo(a, b) }
func (rational) sign(a *big.Rat) int              { return a.Sign() }
func (rational) isZero(a *big.Rat) bool           { return a.Sign() == 0 }
func (rational) rat(a *big.Rat) *big.Rat          { return a }
func (rational) below(a *big.Rat, _ float64) bool { return a.Sign() < 0 }
func (rational) scale([]*big.Rat) *big.Rat        { return big.NewRat(1, 1) }

type floating struct{}

// zeroTolerance is the size below which a floating-point number counts as zero,
// in programs that are scaled so that their largest numbers are 1.
const zeroTolerance = 1e-10

func (floating) whole(i int64) float64           { return float64(i) }
func (floating) ratio(r *big.Rat) float64        { f, _ := r.Float64(); return f }
func (floating) add(a, b float64) float64        { return a + b }
func (floating) sub(a, b float64) float64        { return a - b }
func (floating) mul(a, b float64) float64        { return a * b }
func (floating) quo(a, b float64) float64        { return a / b }
func (floating) isZero(a float64) bool           { return a == 0 }
func (floating) rat(a float64) *big.Rat          { return new(big.Rat).SetFloat64(a) }
func (floating) below(a, tolerance float64) bool { return !(a >= -tolerance) }

func (floating) scale(numbers []float64) float64 {
	largest := 0.0
	for _, number := range numbers {
		largest = math.Max(largest, math.Abs(number))
	}
	if largest == 0 {
		return 1
	}
	return largest
}

func (floating) sign(a float64) int {
	switch {
	case a > zeroTolerance:
		return 1
	case a < -zeroTolerance:
		return -1
	}
	return 0
}
