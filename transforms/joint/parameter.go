package joint

import (
	"fmt"

	"samkraft/transforms/saving"
)

// parameters is the vector of all that is uncertain: first the measures', then
// the mechanisms' own, each once.
type parameters struct {
	list    []saving.Param
	central []float64
	at      map[string]int
}

func newParameters(measures *saving.Model) *parameters {
	p := &parameters{list: measures.Params(), central: measures.Central(), at: map[string]int{}}
	for i, one := range p.list {
		p.at[one.ID] = i
	}
	return p
}

// figure is a number of a mechanism: the plan's own, which is exact, or a
// parameter.
type figure struct {
	own float64
	at  int // place in the vector, -1 for the plan's own
}

func own(value float64) figure { return figure{value, -1} }

func (f figure) of(values []float64) float64 {
	if f.at < 0 {
		return f.own
	}
	return values[f.at]
}

// factor finds a factor of a country among the parameters, or makes it one.
func (e *engine) factor(id, country string) (figure, error) {
	param, ok, err := saving.Resolve(e.in.Factors, id, country, e.in.PriceYear)
	if err != nil {
		return figure{}, err
	}
	if !ok {
		return figure{}, fmt.Errorf("the factor file has no %s for %s", id, country)
	}
	at, known := e.params.at[param.ID]
	if !known {
		at = len(e.params.list)
		e.params.at[param.ID] = at
		e.params.list = append(e.params.list, param)
		e.params.central = append(e.params.central, param.Spread.Mode)
	}
	return figure{at: at}, nil
}

// stated is the plan's own number where it states one, else the factor.
func (e *engine) stated(number *float64, id, country string) (figure, error) {
	if number != nil {
		return own(*number), nil
	}
	return e.factor(id, country)
}

// assumed reports whether any of the figures rests on a plan's own number or on
// a factor that was not seen in a source.
func (e *engine) assumed(figures ...figure) bool {
	for _, f := range figures {
		if f.at < 0 || e.params.list[f.at].Mark != "S" {
			return true
		}
	}
	return false
}
