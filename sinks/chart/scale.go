package chart

import "math"

// axis is a scale with ticks at multiples of 1, 2 or 5 times a power of ten.
type axis struct {
	first, last int64 // ticks, as multiples of the step
	mantissa    float64
	exponent    int
}

// newAxis has a tick at or below low, one at or above high, and about as many steps
// between as wanted.
func newAxis(low, high float64, steps int) axis {
	if !(low < high) {
		room := math.Abs(low) / 10
		if room == 0 {
			low, high = 0, 1
		} else {
			low, high = low-room, high+room
		}
	}
	// Steps finer than this would not be told apart as numbers.
	least := max(math.Abs(low), math.Abs(high)) * 1e-9
	raw := max((high-low)/float64(max(steps, 1)), least)
	a := axis{mantissa: 10, exponent: int(math.Floor(math.Log10(raw)))}
	for _, mantissa := range []float64{1, 2, 5} {
		if mantissa*math.Pow10(a.exponent) >= raw*(1-1e-9) {
			a.mantissa = mantissa
			break
		}
	}
	if a.mantissa == 10 {
		a.mantissa, a.exponent = 1, a.exponent+1
	}
	step := a.mantissa * math.Pow10(a.exponent)
	a.first = int64(math.Floor(low/step + 1e-9))
	a.last = max(int64(math.Ceil(high/step-1e-9)), a.first+1)
	return a
}

// tick is the number at a multiple of the step, without the error that adding steps up
// would have.
func (a axis) tick(i int64) float64 {
	if a.exponent < 0 {
		return float64(i) * a.mantissa / math.Pow10(-a.exponent)
	}
	return float64(i) * a.mantissa * math.Pow10(a.exponent)
}

func (a axis) ticks() []float64 {
	var at []float64
	for i := a.first; i <= a.last; i++ {
		at = append(at, a.tick(i))
	}
	return at
}

func (a axis) low() float64  { return a.tick(a.first) }
func (a axis) high() float64 { return a.tick(a.last) }

// labelled is an axis whose labels all differ and fit, with its labels. With fewer than
// two steps they are as they are.
func labelled(low, high float64, steps int, format Format, fit func(axis, []string) bool) (axis, []string) {
	for ; ; steps-- {
		a := newAxis(low, high, steps)
		var labels []string
		for _, at := range a.ticks() {
			labels = append(labels, format.write(at))
		}
		if steps <= 1 || (differ(labels) && fit(a, labels)) {
			return a, labels
		}
	}
}

func differ(labels []string) bool {
	for i := 1; i < len(labels); i++ {
		if labels[i] == labels[i-1] {
			return false
		}
	}
	return true
}

// span is the least and greatest of numbers seen; of none it is empty.
type span struct {
	low, high float64
	some      bool
}

func (s *span) add(number float64) {
	if !s.some {
		s.low, s.high, s.some = number, number, true
	}
	s.low, s.high = min(s.low, number), max(s.high, number)
}
