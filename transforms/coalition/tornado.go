package coalition

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// Parameter is an uncertain parameter and its range.
type Parameter struct {
	ID string // stable name; breaks ties of equal swings
	Spread
}

// Swing is what one parameter alone does to a result.
type Swing[T any] struct {
	ID        string
	Low, High T       // the result with the parameter at its low and its high value, the others at their modes
	Width     float64 // distance of their sizes
}

// Tornado evaluates a result with each parameter at its low and at its high
// value in turn, all others at their modes, and sorts by the width of the swing,
// the widest first, equal ones by id. The result is a function of one value for
// each parameter, in their order; it is called twice for each parameter and may
// keep or change what it is given. Its size is the figure by which swings are
// compared.
//
// It fails on two parameters of one id, on a spread that does not pass
// [Spread.Check], and where the result fails or its size is not a finite number.
func Tornado[T any](parameters []Parameter, result func(values []float64) (T, error), size func(T) float64) ([]Swing[T], error) {
	modes := make([]float64, len(parameters))
	seen := make(map[string]bool, len(parameters))
	for k, p := range parameters {
		if seen[p.ID] {
			return nil, fmt.Errorf("coalition: parameter %q occurs twice", p.ID)
		}
		seen[p.ID] = true
		if err := p.Check(); err != nil {
			return nil, fmt.Errorf("parameter %q: %w", p.ID, err)
		}
		modes[k] = p.Mode
	}
	with := func(k int, value float64) (T, error) {
		values := slices.Clone(modes)
		values[k] = value
		y, err := result(values)
		if err == nil && !finite(size(y)) {
			err = fmt.Errorf("coalition: the result is %v, expected a number", size(y))
		}
		if err != nil {
			return y, fmt.Errorf("parameter %q at %v: %w", parameters[k].ID, value, err)
		}
		return y, nil
	}
	swings := make([]Swing[T], len(parameters))
	for k, p := range parameters {
		low, err := with(k, p.Low)
		if err != nil {
			return nil, err
		}
		high, err := with(k, p.High)
		if err != nil {
			return nil, err
		}
		swings[k] = Swing[T]{ID: p.ID, Low: low, High: high, Width: math.Abs(size(high) - size(low))}
	}
	slices.SortFunc(swings, func(a, b Swing[T]) int {
		return cmp.Or(cmp.Compare(b.Width, a.Width), cmp.Compare(a.ID, b.ID))
	})
	return swings, nil
}
