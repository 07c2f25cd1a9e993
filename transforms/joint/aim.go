package joint

import (
	"math"
	"slices"
	"strings"

	"samkraft/pipeline"
	"samkraft/transforms/saving"
)

// goal is what a member wants of energy or of CO2 in a year.
type goal struct {
	amount   float64 // MWh to be saved, or t to be cut; below 0 where the level is higher than what there would be
	level    float64 // MWh or t that may be left, where the plan states that; 0 where it states a share
	industry bool    // it counts industry and business
	stock    string  // the one stock that it counts; empty for all
}

// goal is the member's target of energy (mwh) or of CO2 (tonne). A member that has
// the other kind alone wants nothing of this one, but not less than nothing: where
// its neighbours have both, it may not get worse by it.
func (m Member) goal(of currency) goal {
	energy, co2 := goal{m.Target, m.Level, m.Industry, ""}, goal{m.Cut, m.CutLevel, m.CutIndustry, m.CutStock}
	switch {
	case of == mwh && m.HasTarget:
		return energy
	case of == mwh:
		return goal{industry: co2.industry}
	case m.HasCut:
		return co2
	}
	return goal{industry: energy.industry}
}

func (m Member) noTarget() *gap {
	return &gap{m.Name + " has no target", m.Name + " har intet mål", m.Name + " har inget mål"}
}

func (m Member) noUse() *gap {
	return &gap{"no energy use of " + m.Name + " is known on which its target could act", "intet energiforbrug i " + m.Name + ", som dets mål kunne gælde, er kendt",
		"ingen energianvändning i " + m.Name + " som dess mål kunde gälla är känd"}
}

// keyTarget is a player's target as a key for sharing: of energy, or of CO2 where
// no player has one of energy.
func (in *Input) keyTarget(players []int, m Member) float64 {
	if slices.ContainsFunc(players, func(i int) bool { return in.Members[i].HasTarget }) {
		return math.Max(0, m.Target)
	}
	return math.Max(0, m.Cut)
}

// aim is what the players of an agreement want of one kind.
type aim struct {
	of      currency
	targets []float64 // by player, MWh or t at the central values
	wants   []float64 // by player: the same, below 0 where the level is higher than what there would be
	levels  []float64 // by player: what may be left, where that is stated
	scope   [][]int   // by player: stocks that the target counts and the agreement acts on
	central []float64 // by player: what these use or emit at the central values
}

// aim adds up what the players want. Of a target on several stocks each bears its
// part. A gap says that nothing is known on which a target could act.
func (e *engine) aim(a pipeline.Agreement, players []int, of currency) (aim, *gap) {
	m := aim{of: of, targets: make([]float64, len(players)), wants: make([]float64, len(players)), levels: make([]float64, len(players)), scope: make([][]int, len(players)), central: make([]float64, len(players))}
	amounts := e.central.amounts(of)
	for i, member := range players {
		one := e.in.Members[member]
		wants := one.goal(of)
		for k, stock := range e.stocks {
			if wants.counts(stock, member) && (len(a.Parameters.Stocks) == 0 || slices.Contains(a.Parameters.Stocks, stock.ID)) {
				m.scope[i] = append(m.scope[i], k)
				m.central[i] += amounts[k]
			}
		}
		whole := e.inScope(member, of)
		if whole == 0 && wants.amount > 0 {
			return m, one.noUse()
		}
		if whole > 0 {
			part := m.central[i] / whole
			m.wants[i], m.levels[i] = wants.amount*part, wants.level*part
			m.targets[i] = math.Max(0, m.wants[i])
		}
	}
	return m, nil
}

// inScope is what the known stocks that a member's target counts use (MWh) or emit (t).
func (e *engine) inScope(member int, of currency) float64 {
	wants, amounts := e.in.Members[member].goal(of), e.central.amounts(of)
	sum := 0.0
	for k, stock := range e.stocks {
		if wants.counts(stock, member) {
			sum += amounts[k]
		}
	}
	return sum
}

// counts reports whether a member's goal counts a stock.
func (g goal) counts(s saving.Stock, member int) bool {
	return s.Member == member && (g.industry || !s.Industry) && (g.stock == "" || g.stock == s.ID)
}

// amounts are what the stocks use (MWh) or emit (t).
func (s *state) amounts(of currency) []float64 {
	if of == tonne {
		return s.emission
	}
	return s.energy
}

// aimsOf are what a mechanism's players want; none where it has no targets.
func aimsOf(m mechanism) []aim {
	switch m := m.(type) {
	case *pooled:
		return []aim{m.aim}
	case *linear:
		return m.aims
	}
	return nil
}

// at returns the targets at a state. Of a share, target and use grow together; of a
// stated level only the use does.
func (m aim) at(s *state) []float64 {
	amounts := s.amounts(m.of)
	targets := slices.Clone(m.targets)
	for i, scope := range m.scope {
		amount := 0.0
		for _, k := range scope {
			amount += amounts[k]
		}
		if m.central[i] > 0 {
			targets[i] = math.Max(0, (m.wants[i]+m.levels[i])*(amount/m.central[i])-m.levels[i])
		}
	}
	return targets
}

// group is the packages on one stock, of which one can be chosen.
type group struct {
	player   int
	stock    int   // place among the stocks
	packages []int // places among the model's packages
	ids      []string
	assumed  []bool
}

// groups are the packages on the stocks that any of the aims counts.
func (e *engine) groups(players []int, aims ...aim) []group {
	var groups []group
	for k := 0; k < len(e.central.packages); {
		first := e.central.packages[k]
		g := group{player: slices.Index(players, first.Member)}
		g.stock = slices.IndexFunc(e.stocks, func(s saving.Stock) bool { return s.Member == first.Member && s.ID == first.Stock })
		for ; k < len(e.central.packages) && e.central.packages[k].Excludes(first); k++ {
			one := e.central.packages[k]
			m := e.in.Members[one.Member]
			g.packages = append(g.packages, k)
			g.ids = append(g.ids, strings.Join([]string{one.Stock, one.Measure, m.Country, m.Code}, "/"))
			g.assumed = append(g.assumed, one.AssumptionShare > 0)
		}
		if g.player >= 0 && slices.ContainsFunc(aims, func(m aim) bool { return m.counts(g) }) {
			groups = append(groups, g)
		}
	}
	return groups
}

// counts reports whether the aim counts the group's stock.
func (m aim) counts(g group) bool { return slices.Contains(m.scope[g.player], g.stock) }
