package saving

import (
	"fmt"
	"math"

	"samkraft/transforms/coalition"
)

type bounded struct {
	Param
	domain *domain
}

// compiler turns names into places. It keeps the first thing that is wrong.
type compiler struct {
	Input
	factors map[string][]Factor // rows by id
	params  []bounded
	places  map[string]int // of parameters, by id
	err     error
}

func newCompiler(in Input) *compiler {
	c := &compiler{Input: in, factors: map[string][]Factor{}, places: map[string]int{}}
	for _, f := range in.Factors {
		c.factors[f.ID] = append(c.factors[f.ID], f)
	}
	return c
}

func (c *compiler) fail(format string, args ...any) {
	if c.err == nil {
		c.err = fmt.Errorf("saving: "+format, args...)
	}
}

// place returns where a parameter stands, which it makes when it is new.
func (c *compiler) place(p Param, d *domain) int {
	at, known := c.places[p.ID]
	if !known {
		at = len(c.params)
		c.places[p.ID] = at
		c.params = append(c.params, bounded{p, d})
		if err := p.check(d); err != nil && c.err == nil {
			c.err = err
		}
	}
	if c.params[at].domain != d {
		c.fail("factor %s is used as %s and as %s", p.ID, d.text, c.params[at].domain.text)
	}
	return at
}

// factor returns the place of a factor for a country.
func (c *compiler) factor(id, country, role string, d *domain) int {
	f, found := find(c.factors[id], country, role, c.Year)
	if !found {
		c.fail("there is no %s factor %s for %s as of %d", role, id, country, c.Year)
		return none
	}
	return c.place(f.param(), d)
}

// compile finds the places of everything. It is called twice: see [New].
func (m *Model) compile(c *compiler) error {
	m.rate = c.discountRate()
	m.uses, m.burns, m.offers = nil, nil, nil
	for _, s := range m.stocks {
		use := c.place(Param{"use_" + s.ID + "@" + s.Code, s.spread(), "tri", "A", "1"}, notNegative)
		burns := c.burn(s)
		m.uses = append(m.uses, use)
		m.burns = append(m.burns, burns)
		if s.Energy > 0 {
			m.offers = append(m.offers, c.offers(s, use, burns)...)
			m.offers = append(m.offers, c.ownOffers(s, use, burns)...)
		}
	}
	return c.err
}

// discountRate has the plan's rate as its mode, and as its range that of the
// Danish rate of the first 35 years, which is the default of both countries,
// widened to the plan's rate if need be.
func (c *compiler) discountRate() int {
	f, found := find(c.factors["discount_rate_0_35"], "DK", average, c.Year)
	if !found {
		c.fail("there is no factor discount_rate_0_35")
		return none
	}
	spread := coalition.Spread{Low: math.Min(f.Spread.Low, c.Rate), Mode: c.Rate, High: math.Max(f.Spread.High, c.Rate)}
	return c.place(Param{"discount_rate", spread, f.Distribution, f.Mark, f.Unit}, belowOne)
}
