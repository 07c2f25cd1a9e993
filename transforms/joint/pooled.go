package joint

import (
	"samkraft/pipeline"
	"samkraft/transforms/coalition"
)

// pooled is the mechanism of a pooled target: the players meet the sum of their
// targets of energy where it is cheapest.
type pooled struct {
	aim
	groups   []group
	backstop figure
	assumed  bool // the backstop price is
}

func (e *engine) pooled(a pipeline.Agreement, players []int) (mechanism, *gap, error) {
	p := &pooled{}
	var err error
	if p.backstop, err = e.factor("price_backstop", e.country(a)); err != nil {
		return nil, nil, err
	}
	p.assumed = e.assumed(p.backstop)
	for _, member := range players {
		if m := e.in.Members[member]; !m.HasTarget {
			return nil, m.noTarget(), nil
		}
	}
	var missing *gap
	if p.aim, missing = e.aim(a, players, mwh); missing != nil {
		return nil, missing, nil
	}
	p.groups = e.groups(players, p.aim)
	return p, nil, nil
}

func (p *pooled) at(s *state) (solved, error) {
	targets := p.aim.at(s)
	steps := make([]coalition.Increment, 0, p.most())
	options := make([]coalition.Option, 0, 40)
	for _, g := range p.groups {
		hull, err := coalition.Hull(g.player, g.options(s, options[:0]))
		if err != nil {
			return nil, err
		}
		steps = append(steps, hull...)
	}
	target, err := coalition.NewPooledTarget(targets, steps, p.backstop.of(s.values))
	if err != nil {
		return nil, err
	}
	return &pooledAt{PooledTarget: target, p: p, s: s, steps: steps}, nil
}

// most is how many steps there can be: a package is one at most.
func (p *pooled) most() int {
	n := 0
	for _, g := range p.groups {
		n += len(g.packages)
	}
	return n
}

// options are the packages that save anything at this state.
func (g group) options(s *state, into []coalition.Option) []coalition.Option {
	for i, k := range g.packages {
		if one := &s.packages[k]; one.Saved > 0 {
			into = append(into, coalition.Option{ID: g.ids[i], Energy: one.Saved, Cost: one.NAC, CO2: one.CO2})
		}
	}
	return into
}

// assumption is the part of the joint plan's energy that comes from measures
// with an assumption or a remembered figure among their factors, or at a backstop
// price that is one.
func (p *pooled) assumption(central solved) (float64, error) {
	at := central.(*pooledAt)
	taken, err := at.Taken(coalition.All(len(p.targets)))
	if err != nil {
		return 0, err
	}
	assumed := map[string]bool{}
	for _, g := range p.groups {
		for i, id := range g.ids {
			assumed[id] = g.assumed[i]
		}
	}
	supply, err := at.Solve(coalition.All(len(p.targets)))
	if err != nil {
		return 0, err
	}
	used, rests := supply.Backstop, 0.0
	if p.assumed {
		rests = supply.Backstop
	}
	for i, e := range taken {
		used += e
		if assumed[at.steps[i].ID] {
			rests += e
		}
	}
	if used == 0 {
		return 0, nil
	}
	return rests / used, nil
}

type pooledAt struct {
	*coalition.PooledTarget
	p     *pooled
	s     *state
	steps []coalition.Increment
	// Made when asked for.
	cuts                     []coalition.Abatement
	forMoney, carbonForMoney *coalition.EqualMoney
}

func (a *pooledAt) outcome(s coalition.Mask) (outcome, error) {
	supply, err := a.Solve(s)
	return outcome{cost: supply.Cost, co2: supply.CO2, lambda: supply.Lambda, short: supply.BackstopUsed}, err
}

func (a *pooledAt) energy(s coalition.Mask) (float64, error) {
	if a.forMoney == nil {
		var err error
		if a.forMoney, err = a.EnergyForMoney(); err != nil {
			return 0, err
		}
	}
	return a.forMoney.Amount(s), nil
}

func (a *pooledAt) carbon(s coalition.Mask) (float64, error) {
	if a.carbonForMoney == nil {
		cuts, err := a.abatements()
		if err != nil {
			return 0, err
		}
		if a.carbonForMoney, err = a.CO2ForMoney(cuts); err != nil {
			return 0, err
		}
	}
	return a.carbonForMoney.Amount(s), nil
}

// abatements are the packages as ways to cut CO2: of each stock another hull.
func (a *pooledAt) abatements() ([]coalition.Abatement, error) {
	if a.cuts == nil {
		a.cuts = make([]coalition.Abatement, 0, a.p.most())
		options := make([]coalition.Option, 0, 40)
		for _, g := range a.p.groups {
			hull, err := coalition.HullCO2(g.player, g.options(a.s, options[:0]))
			if err != nil {
				return nil, err
			}
			a.cuts = append(a.cuts, hull...)
		}
	}
	return a.cuts, nil
}

func (a *pooledAt) price(of currency) ([]float64, bool, error) {
	switch of {
	case eur:
		shares, err := a.PricePoint()
		return shares.Gain, true, err
	case mwh:
		shares, err := a.EnergyPricePoint()
		return shares.Gain, true, err
	default:
		cuts, err := a.abatements()
		if err != nil {
			return nil, false, err
		}
		shares, err := a.CO2PricePoint(cuts)
		return shares.Gain, true, err
	}
}
