package coalition

import (
	"cmp"
	"fmt"
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
	Width     float64 // distance between the largest and the smallest size of the three: low, base, high
}

// Tornado evaluates a result with each parameter at its low and at its high
// value in turn, all others at their modes, and sorts by the width of the swing,
// the widest first, equal ones by id. The base is the result with all of them at
// their modes: where both ends give less than it, or more, the swing is as wide as
// the way there. The result is a function of one value for each parameter, in
// their order; it is called twice for each parameter and may keep or change what
// it is given. Its size is the figure by which swings are compared.
//
// It fails on two parameters of one id, on a spread that does not pass
// [Spread.Check], and where the result fails or a size is not a finite number.
func Tornado[T any](parameters []Parameter, base T, result func(values []float64) (T, error), size func(T) float64) ([]Swing[T], error) {
	if !finite(size(base)) {
		return nil, fmt.Errorf("coalition: the result at the modes is %v, expected a number", size(base))
	}
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
		sizes := []float64{size(low), size(base), size(high)}
		swings[k] = Swing[T]{ID: p.ID, Low: low, High: high, Width: slices.Max(sizes) - slices.Min(sizes)}
	}
	slices.SortFunc(swings, func(a, b Swing[T]) int {
		return cmp.Or(cmp.Compare(b.Width, a.Width), cmp.Compare(a.ID, b.ID))
	})
	return swings, nil
}
