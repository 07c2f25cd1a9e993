package saving

import (
	"fmt"
	"math"

	"samkraft/transforms/coalition"
)

// Param is a coefficient of the model with the range in which it may lie.
type Param struct {
	// ID is the factor's id, with |DK or |SE where its row is a country's own, so
	// that it is one parameter for all members there; discount_rate;
	// use_STOCK@MUNICIPALITY for how far a stock's use may be off; or
	// heat_demand@MUNICIPALITY for the heat of its own buildings per m2.
	ID string
	// Spread is in the unit in which the model reads it, prices in euro of the
	// price year. The mode is the central value.
	Spread       coalition.Spread
	Distribution string // tri, pert or fix, which is not drawn
	Mark         string // S seen in a source, M from memory, A assumed
	Unit         string // for people
}

// Factor is a row of the registry of factors.
type Factor struct {
	ID           string
	Country      string // "" for a row that counts in both
	Year         int    // 0 for a row that counts in any
	Role         string // of an emission factor, average or marginal; "" is average
	Spread       coalition.Spread
	Distribution string
	Mark         string
	Unit         string
}

// own is how far a country's own row is ahead of one for both: of any year.
const own = 10000

// find returns which of a factor's rows counts for a country and year: the
// country's own before the one for both, then the newest that is not of a later
// year.
func find(rows []Factor, country, role string, year int) (Factor, bool) {
	found, best := Factor{}, -1
	for _, f := range rows {
		if f.Country != "" && f.Country != country || f.Year > year {
			continue
		}
		if f.Role != role && (f.Role != "" || role != average) {
			continue
		}
		rank := f.Year
		if f.Country != "" {
			rank += own
		}
		if rank > best {
			found, best = f, rank
		}
	}
	return found, best >= 0
}

const (
	average  = "average"
	marginal = "marginal"
)

// domain is where values of a parameter make sense.
type domain struct {
	low, high float64
	text      string
}

var (
	anyNumber   = &domain{-math.MaxFloat64, math.MaxFloat64, "a number"}
	notNegative = &domain{0, math.MaxFloat64, "a number from 0"}
	positive    = &domain{math.SmallestNonzeroFloat64, math.MaxFloat64, "a number above 0"}
	share       = &domain{0, 1, "a share from 0 to 1"}
	belowOne    = &domain{0, math.Nextafter(1, 0), "a share from 0, below 1"}
)

func (d *domain) has(v float64) bool { return v >= d.low && v <= d.high }

// check reports why a parameter cannot be used, if it cannot.
func (p Param) check(d *domain) error {
	if err := p.Spread.Check(); err != nil {
		return fmt.Errorf("saving: factor %s: its low, central and high values are %v, %v and %v; expected numbers in rising order",
			p.ID, p.Spread.Low, p.Spread.Mode, p.Spread.High)
	}
	for _, v := range []float64{p.Spread.Low, p.Spread.High} {
		if !d.has(v) {
			return fmt.Errorf("saving: factor %s: its range reaches %v, expected %s", p.ID, v, d.text)
		}
	}
	switch p.Distribution {
	case "tri", "pert", "fix":
		return nil
	}
	return fmt.Errorf("saving: factor %s: its distribution is %q, expected tri, pert or fix", p.ID, p.Distribution)
}
