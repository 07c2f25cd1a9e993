package saving

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// Measure is a row of the registry of measures. What is not a measure's own is a
// factor's id.
type Measure struct {
	ID        string
	Saving    string
	SavingPer string // kwh_m2, heat_share, share, or spf: heat by energy bought, of another supply of heat
	Invest    string
	InvestPer string // m2 of floor, mwh saved, kw of heat, or house
	Life      string
	Upkeep    string // a year, "" for none
	UpkeepPer string // house, or "" for a share of the investment
	Variable  string // EUR per MWh of heat given, "" for none
	Share     string // of the floor, of a demand of which Saving is a share, or of the heat; "" for all
	CarrierTo string // what another supply of heat takes: electricity, district_heat or wood_pellets
}

// Part says that a measure belongs to a package on a kind of stock.
type Part struct {
	Stock, Package, Measure string
}

// Input is what a model is made of.
type Input struct {
	Stocks    []Stock
	Buildings []Building // of members whose buildings are known
	Measures  []Measure
	Parts     []Part
	Own       []Own
	Factors   []Factor
	Rate      float64 // real rate of interest per year
	Year      int     // factors count as of this year
}

// Model holds measures on stocks, ready to be evaluated at any values of its
// parameters. It does not change and may be used by several goroutines at once.
type Model struct {
	params  []Param
	domains []*domain
	rate    int // place of the rate among the parameters
	stocks  []Stock
	uses    []int // place of each stock's use among the parameters
	burns   []burn
	offers  []offer
}

// New makes a model of the stocks that have a figure, in order of member and id;
// the others are left out.
//
// It fails on a factor that is missing or whose range makes no sense, on a
// package that a stock cannot have, and on two stocks of one member and id.
func New(in Input) (*Model, error) {
	m := &Model{}
	for _, s := range in.Stocks {
		if !math.IsNaN(s.Energy) {
			m.stocks = append(m.stocks, s)
		}
	}
	slices.SortStableFunc(m.stocks, func(a, b Stock) int { return cmp.Or(cmp.Compare(a.Member, b.Member), cmp.Compare(a.ID, b.ID)) })
	for i, s := range m.stocks {
		switch {
		case i > 0 && s.Member == m.stocks[i-1].Member && s.ID == m.stocks[i-1].ID:
			return nil, fmt.Errorf("saving: municipality %s has the stock %s twice", s.Code, s.ID)
		case math.IsInf(s.Energy, 0), math.IsInf(s.Heat, 0):
			return nil, fmt.Errorf("saving: stock %s of municipality %s uses %v MWh and %v MWh of heat, expected numbers", s.ID, s.Code, s.Energy, s.Heat)
		}
	}
	// The first round finds which parameters there are; in the second they have
	// their places, by id.
	c := newCompiler(in)
	if err := m.compile(c); err != nil {
		return nil, err
	}
	slices.SortFunc(c.params, func(a, b bounded) int { return cmp.Compare(a.ID, b.ID) })
	for i, p := range c.params {
		c.places[p.ID] = i
	}
	if err := m.compile(c); err != nil {
		return nil, err
	}
	for _, p := range c.params {
		m.params = append(m.params, p.Param)
		m.domains = append(m.domains, p.domain)
	}
	// What cannot be computed at central values is told now.
	_, err := m.Evaluate(m.Central(), nil)
	return m, err
}

// Params returns the parameters, by id.
func (m *Model) Params() []Param { return slices.Clone(m.params) }

// Central returns the parameters' central values.
func (m *Model) Central() []float64 {
	values := make([]float64, len(m.params))
	for i, p := range m.params {
		values[i] = p.Spread.Mode
	}
	return values
}

// Stocks returns the stocks that have a figure, by member and id.
func (m *Model) Stocks() []Stock { return slices.Clone(m.stocks) }

// Measures returns the measures of each package, in the order of [Model.Evaluate].
func (m *Model) Measures() [][]string {
	all := make([][]string, len(m.offers))
	for i, o := range m.offers {
		for _, s := range o.steps {
			all[i] = append(all[i], s.measure)
		}
	}
	return all
}

// Energy returns what each of the stocks uses at these values of the parameters,
// in MWh per year and the order of [Model.Stocks]. It writes into the given slice
// when that is long enough.
func (m *Model) Energy(values, into []float64) []float64 {
	into = slices.Grow(into[:0], len(m.stocks))[:len(m.stocks)]
	for i, s := range m.stocks {
		into[i] = s.Energy * values[m.uses[i]]
	}
	return into
}

// Emissions returns the CO2 of what each of the stocks uses at these values of the
// parameters, in tonnes per year and the order of [Model.Stocks], with the factors
// that packages are valued with: marginal ones for electricity, and network losses
// of district heat where its factor is per MWh fed in. It writes into the given
// slice when that is long enough.
func (m *Model) Emissions(values, into []float64) []float64 {
	into = slices.Grow(into[:0], len(m.stocks))[:len(m.stocks)]
	for i, s := range m.stocks {
		into[i] = s.Energy * values[m.uses[i]] * m.burns[i].of(values) / 1000
	}
	return into
}

// check reports a value that a parameter cannot have.
func (m *Model) check(values []float64) error {
	if len(values) != len(m.params) {
		return fmt.Errorf("saving: %d values for %d parameters", len(values), len(m.params))
	}
	for i, v := range values {
		if !m.domains[i].has(v) {
			return fmt.Errorf("saving: parameter %s is %v, expected %s", m.params[i].ID, v, m.domains[i].text)
		}
	}
	return nil
}
