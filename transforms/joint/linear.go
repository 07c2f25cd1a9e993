package joint

import (
	"math"
	"slices"

	"samkraft/pipeline"
	"samkraft/transforms/coalition"
	"samkraft/transforms/saving"
)

// linear is the mechanism of a pooled target where no merit order exists: with a
// target of CO2, alone or beside one of energy, or with something scarce that the
// players share. A linear program mixes whole packages, of which those on one stock
// exclude each other.
type linear struct {
	measures  *saving.Model
	aims      []aim    // energy, then CO2, as far as any player has one
	backstops []figure // by aim: EUR per MWh or t
	resources []resource
	assumed   bool // the backstop price of the first aim is
	groups    []group
	own       []int // by player: the aim of energy where it has such a target, else that of CO2
}

// resource is something scarce of which measures use.
type resource struct {
	pipeline.Resource
	available []float64 // by player, thousand EUR or MWh
	uses      []bool    // by package: one of its measures uses it
}

// programmed reports whether a pooled target asks for a linear program.
func (e *engine) programmed(a pipeline.Agreement, players []int) bool {
	return len(a.Parameters.Resources) > 0 || slices.ContainsFunc(players, func(i int) bool { return e.in.Members[i].HasCut })
}

func (e *engine) linear(a pipeline.Agreement, players []int) (mechanism, *gap, error) {
	m := &linear{measures: e.in.Measures}
	has := map[currency]bool{}
	for _, i := range players {
		one := e.in.Members[i]
		if !one.HasTarget && !one.HasCut {
			return nil, one.noTarget(), nil
		}
		has[mwh], has[tonne] = has[mwh] || one.HasTarget, has[tonne] || one.HasCut
	}
	for _, kind := range []struct {
		of       currency
		backstop string
	}{{mwh, "price_backstop"}, {tonne, "price_backstop_co2"}} {
		if !has[kind.of] {
			continue
		}
		price, err := e.factor(kind.backstop, e.country(a))
		if err != nil {
			return nil, nil, err
		}
		aim, missing := e.aim(a, players, kind.of)
		if missing != nil {
			return nil, missing, nil
		}
		m.aims = append(m.aims, aim)
		m.backstops = append(m.backstops, price)
	}
	for _, r := range a.Parameters.Resources {
		one, missing := e.resource(r, players)
		if missing != nil {
			return nil, missing, nil
		}
		m.resources = append(m.resources, one)
	}
	m.assumed = e.assumed(m.backstops[0])
	m.groups = e.groups(players, m.aims...)
	for _, i := range players {
		own := 0
		if !e.in.Members[i].HasTarget {
			own = len(m.aims) - 1
		}
		m.own = append(m.own, own)
	}
	return m, nil, nil
}

func (e *engine) resource(r pipeline.Resource, players []int) (resource, *gap) {
	one := resource{Resource: r}
	for _, i := range players {
		m := e.in.Members[i]
		amount, stated := r.Available[m.Code]
		if !stated { // not a signatory: the plan says nothing of it
			return one, &gap{
				"it is not known how much " + r.ID + " " + m.Name + " brings",
				m.Name + ": " + r.ID + " er ukendt",
				m.Name + ": " + r.ID + " är okänd"}
		}
		if r.Per == "eur" {
			amount /= 1000
		}
		one.available = append(one.available, amount)
	}
	for _, list := range e.in.Measures.Measures() {
		one.uses = append(one.uses, len(r.Measures) == 0 || slices.ContainsFunc(list, func(m string) bool { return slices.Contains(r.Measures, m) }))
	}
	return one, nil
}

// of returns what the packages use at a state: thousand EUR invested, or MWh saved.
func (r resource) of(measures *saving.Model, s *state) []float64 {
	use := make([]float64, len(s.packages))
	if r.Per == "eur" && len(r.Measures) > 0 {
		use = measures.Invested(s.values[:len(measures.Params())], r.Measures)
	}
	for k, p := range s.packages {
		switch {
		case r.Per == "eur" && len(r.Measures) > 0:
			use[k] /= 1000
		case r.Per == "eur":
			use[k] = p.Invest / 1000
		case r.uses[k]:
			use[k] = math.Max(0, p.Saved)
		}
	}
	return use
}

func (m *linear) at(s *state) (solved, error) {
	var targets []coalition.TargetRow
	for i, aim := range m.aims {
		targets = append(targets, coalition.TargetRow{ID: aim.of.String(), Targets: aim.at(s), Backstop: m.backstops[i].of(s.values)})
	}
	var resources []coalition.ResourceRow
	var uses [][]float64
	for _, r := range m.resources {
		resources = append(resources, coalition.ResourceRow{ID: "resource " + r.ID, Available: r.available})
		uses = append(uses, r.of(m.measures, s))
	}
	at := &linearAt{m: m, s: s}
	var choices []coalition.Choice
	for _, g := range m.groups {
		for i, k := range g.packages {
			toward := m.toward(g, &s.packages[k])
			if !slices.ContainsFunc(toward, func(amount float64) bool { return amount > 0 }) {
				continue // it helps no target
			}
			use := make([]float64, len(uses))
			for r := range uses {
				use[r] = uses[r][k]
			}
			choices = append(choices, coalition.Choice{ID: g.ids[i], Member: g.player, Group: s.packages[k].Stock + "/" + s.packages[k].Group, Cost: s.packages[k].NAC, Toward: toward, Uses: use})
			at.packages = append(at.packages, k)
			at.players = append(at.players, g.player)
			at.toward = append(at.toward, toward[0])
			at.counted = append(at.counted, m.aims[m.own[g.player]].counts(g))
			at.assumed = append(at.assumed, g.assumed[i])
		}
	}
	var err error
	at.program, err = coalition.NewLinear(targets, resources, choices)
	return at, err
}

// toward is what a package does for each aim that counts its stock.
func (m *linear) toward(g group, p *saving.Package) []float64 {
	toward := make([]float64, len(m.aims))
	for i, aim := range m.aims {
		switch {
		case !aim.counts(g):
		case aim.of == tonne:
			toward[i] = p.CO2
		default:
			toward[i] = p.Saved
		}
	}
	return toward
}

type linearAt struct {
	m        *linear
	s        *state
	program  *coalition.Linear
	packages []int     // by choice: place among the model's packages
	players  []int     // by choice: at whose place
	toward   []float64 // by choice: what it does for the first aim
	counted  []bool    // by choice: the player's own aim counts its stock
	assumed  []bool
}

func (a *linearAt) outcome(s coalition.Mask) (outcome, error) {
	supply, err := a.program.Solve(s)
	if err != nil {
		return outcome{}, err
	}
	out := outcome{cost: supply.Cost, short: supply.BackstopUsed}
	for i, share := range supply.Taken {
		out.co2 += share * a.s.packages[a.packages[i]].CO2
	}
	for i, aim := range a.m.aims {
		if aim.of == tonne {
			out.lambdaT = supply.TargetPrices[i]
		} else {
			out.lambda = supply.TargetPrices[i]
		}
	}
	return out, nil
}

// cost is outcome without all that draws do not ask for.
func (a *linearAt) cost(s coalition.Mask) (float64, error) { return a.program.Cost(s) }

// energy and carbon have no answer: with several rows it is not one thing that
// money is spent on.
func (a *linearAt) energy(coalition.Mask) (float64, error) { return math.NaN(), nil }
func (a *linearAt) carbon(coalition.Mask) (float64, error) { return math.NaN(), nil }

func (a *linearAt) price(of currency) ([]float64, bool, error) {
	if of != eur {
		return nil, false, nil
	}
	shares, err := a.program.PricePoint()
	return shares.Gain, true, err
}

// assumption is the part of the joint plan's energy, or of its CO2 where no player
// has a target of energy, that comes from measures with an assumption or a
// remembered figure among their factors, or at a backstop price that is one.
func (m *linear) assumption(central solved) (float64, error) {
	at := central.(*linearAt)
	supply, err := at.program.Solve(coalition.All(at.program.Members()))
	if err != nil {
		return 0, err
	}
	used, rests := supply.Backstop[0], 0.0
	if m.assumed {
		rests = supply.Backstop[0]
	}
	for i, share := range supply.Taken {
		done := share * math.Max(0, at.toward[i])
		used += done
		if at.assumed[i] {
			rests += done
		}
	}
	if used == 0 {
		return 0, nil
	}
	return rests / used, nil
}
