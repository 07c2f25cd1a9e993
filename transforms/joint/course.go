package joint

import "samkraft/transforms/coalition"

// course is what measures do in the target year: by player, at whose place they are
// carried out, and what is bought because measures do not suffice.
type course struct {
	saved, cut, cost   []float64 // MWh, t and net EUR a year
	within             []float64 // of saved: what is on stocks that the player's target of energy counts, or else its target of CO2
	boughtMWh, boughtT float64
	boughtEUR          float64
}

// courser is a mechanism that can say where its measures are.
type courser interface {
	course(s coalition.Mask) (course, error)
}

func (c course) plus(other course) course {
	sum := course{boughtMWh: c.boughtMWh + other.boughtMWh, boughtT: c.boughtT + other.boughtT, boughtEUR: c.boughtEUR + other.boughtEUR}
	for i := range c.saved {
		sum.saved = append(sum.saved, c.saved[i]+other.saved[i])
		sum.cut = append(sum.cut, c.cut[i]+other.cut[i])
		sum.cost = append(sum.cost, c.cost[i]+other.cost[i])
		sum.within = append(sum.within, c.within[i]+other.within[i])
	}
	return sum
}

// course is where the increments of the merit order are.
func (a *pooledAt) course(s coalition.Mask) (course, error) {
	taken, err := a.Taken(s)
	if err != nil {
		return course{}, err
	}
	supply, err := a.Solve(s)
	if err != nil {
		return course{}, err
	}
	n := a.Members()
	c := course{saved: make([]float64, n), cut: make([]float64, n), cost: make([]float64, n), boughtMWh: supply.Backstop, boughtEUR: supply.Backstop * a.p.backstop.of(a.s.values)}
	for i, energy := range taken {
		if step := a.steps[i]; energy > 0 {
			c.saved[step.Member] += energy
			c.cut[step.Member] += step.CO2 * energy / step.Energy
			c.cost[step.Member] += step.UnitCost * energy
		}
	}
	c.within = c.saved // every player has the same kind of target
	return c, nil
}

// budget is the course of all when they save as much as the money allows that they
// would spend alone: the cheapest increments up to that amount.
func (a *pooledAt) budget() (course, error) {
	n := a.Members()
	amount, err := a.energy(coalition.All(n))
	if err != nil {
		return course{}, err
	}
	more := make([]float64, n)
	more[0] = amount // whose target it is does not matter to all together
	target, err := coalition.NewPooledTarget(more, a.steps, a.p.backstop.of(a.s.values))
	if err != nil {
		return course{}, err
	}
	return (&pooledAt{PooledTarget: target, p: a.p, s: a.s, steps: a.steps}).course(coalition.All(n))
}

// course is where the packages of the linear program are.
func (a *linearAt) course(s coalition.Mask) (course, error) {
	supply, err := a.program.Solve(s)
	if err != nil {
		return course{}, err
	}
	n := a.program.Members()
	c := course{saved: make([]float64, n), cut: make([]float64, n), cost: make([]float64, n), within: make([]float64, n)}
	for i, share := range supply.Taken {
		if share > 0 {
			p := a.s.packages[a.packages[i]]
			c.saved[a.players[i]] += share * p.Saved
			if a.counted[i] {
				c.within[a.players[i]] += share * p.Saved
			}
			c.cut[a.players[i]] += share * p.CO2
			c.cost[a.players[i]] += share * p.NAC
		}
	}
	for i, aim := range a.m.aims {
		if aim.of == tonne {
			c.boughtT += supply.Backstop[i]
		} else {
			c.boughtMWh += supply.Backstop[i]
		}
		c.boughtEUR += supply.Backstop[i] * a.m.backstops[i].of(a.s.values)
	}
	return c, nil
}
