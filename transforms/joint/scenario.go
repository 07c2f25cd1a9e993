package joint

import (
	"math"

	"samkraft/pipeline"
	"samkraft/transforms/coalition"
)

// Scenarios of the members' energy use from the base year to their targets.
const (
	reference  = "REF"               // without a plan
	planAlone  = "PLAN_ALONE"        // each member meets its targets by its own measures
	planJoint  = "PLAN_JOINT"        // all meet the sum of their targets where it costs least
	planBudget = "PLAN_JOINT_budget" // all spend together, on what saves most, what they would spend alone
)

// Use is what a member would use in a year without a plan, in the scope of its
// target: MWh at the central growth of the reference, and at its low and high one.
type Use struct {
	Year              int
	Energy, Low, High float64
}

// common is the target of all members with one as a single pooled target: the whole
// plan, whatever agreements there are.
type common struct {
	*engine
	players []int
	solved  solved
}

// common returns nil where no target can be acted on. It uses an engine of its own,
// so that its parameters are not drawn where no agreement has them.
func (e *engine) common() (*common, error) {
	own, err := newEngine(e.in)
	if err != nil {
		return nil, err
	}
	c := &common{engine: own}
	for i, m := range e.in.Members {
		if (m.HasTarget && own.inScope(i, mwh) > 0 || m.HasCut && own.inScope(i, tonne) > 0) && len(m.Reference) > 0 {
			c.players = append(c.players, i)
		}
	}
	if len(c.players) == 0 {
		return nil, nil
	}
	m, missing, err := own.build(pipeline.Agreement{Mechanism: "pooled_target", Signatories: pipeline.Who{All: true}}, c.players)
	if err != nil || missing != nil {
		return nil, err
	}
	if own.central, err = own.state(own.params.central, own.central); err != nil {
		return nil, err
	}
	c.solved, err = m.at(own.central)
	return c, err
}

// rows writes the members' use, and that of all together, by scenario and year.
func (c *common) rows(rows Rows) error {
	n := len(c.players)
	nothing := course{saved: make([]float64, n), within: make([]float64, n), cut: make([]float64, n), cost: make([]float64, n)}
	c.scenario(rows, reference, nothing, make([]course, n))
	at := c.solved.(courser)
	alone := make([]course, n)
	sum := nothing
	for k := range c.players {
		one, err := at.course(1 << k)
		if err != nil {
			return err
		}
		alone[k] = one
		sum = sum.plus(one)
	}
	c.scenario(rows, planAlone, sum, alone)
	together, err := at.course(coalition.All(n))
	if err != nil {
		return err
	}
	c.scenario(rows, planJoint, together, nil)
	if pooled, ok := c.solved.(*pooledAt); ok {
		budget, err := pooled.budget()
		if err != nil {
			return err
		}
		c.scenario(rows, planBudget, budget, nil)
	}
	return c.burdens(rows)
}

// scenario writes the rows of one scenario. What is bought is a member's own
// where it acts alone; together it is bought by all.
func (c *common) scenario(rows Rows, id string, whole course, alone []course) {
	first, last := c.span()
	for year := first; year <= last; year++ {
		all := yearly{level: 0}
		for k, i := range c.players {
			m := c.in.Members[i]
			one := m.year(year, first, whole.saved[k], whole.within[k], whole.cut[k], whole.cost[k])
			if alone != nil {
				one.buy(alone[k], m.phase(year, first))
			}
			one.add(rows, c.in.Plan, id, m.Country, m.Code, year)
			all.plus(one)
		}
		if alone == nil {
			// Together, what is bought comes in with the targets of all, each in its time.
			done, wanted := 0.0, 0.0
			for _, i := range c.players {
				m := c.in.Members[i]
				wants := c.in.keyTarget(c.players, m)
				done, wanted = done+wants*m.phase(year, first), wanted+wants
			}
			if wanted > 0 {
				all.buy(whole, done/wanted)
			}
		}
		all.add(rows, c.in.Plan, id, "-", "-", year)
	}
}

// span is from the base year to the last year of a target.
func (c *common) span() (first, last int) {
	first = c.in.Members[c.players[0]].Reference[0].Year
	for _, i := range c.players {
		m := c.in.Members[i]
		last = max(last, m.targetYear())
	}
	return first, max(first, last)
}

// targetYear is the year of the member's target of energy, else of CO2.
func (m Member) targetYear() int {
	if m.HasTarget {
		return m.Year
	}
	return m.CutYear
}

// phase is the part of the way from the base year to the target that is done.
func (m Member) phase(year, base int) float64 {
	if year >= m.targetYear() {
		return 1
	}
	return float64(year-base) / float64(m.targetYear()-base)
}

// yearly is what a row of a scenario says.
type yearly struct {
	energy, low, high, level  float64 // MWh; level NaN without a target of energy
	saved, cut, cost          float64
	boughtMWh, boughtT, spent float64
	bought                    bool // what is bought is known of this row
}

// year is a year on the way to the target year, by what measures do there.
func (m Member) year(year, base int, saved, within, cut, cost float64) yearly {
	use, phase := m.Reference[year-base], m.phase(year, base)
	y := yearly{energy: use.Energy - within*phase, low: use.Low - within*phase, high: use.High - within*phase, level: math.NaN(), saved: saved * phase, cut: cut * phase, cost: cost * phase}
	if m.HasTarget {
		start, end := m.Reference[0].Energy, m.Reference[max(0, m.Year-base)].Energy-m.Target
		y.level = start + (end-start)*phase
	}
	return y
}

func (y *yearly) buy(c course, phase float64) {
	y.bought = true
	y.boughtMWh, y.boughtT, y.spent = y.boughtMWh+c.boughtMWh*phase, y.boughtT+c.boughtT*phase, y.spent+c.boughtEUR*phase
}

func (y *yearly) plus(o yearly) {
	y.energy, y.low, y.high, y.level = y.energy+o.energy, y.low+o.low, y.high+o.high, y.level+o.level
	y.saved, y.cut, y.cost = y.saved+o.saved, y.cut+o.cut, y.cost+o.cost
	y.boughtMWh, y.boughtT, y.spent = y.boughtMWh+o.boughtMWh, y.boughtT+o.boughtT, y.spent+o.spent
	y.bought = y.bought || o.bought
}

func (y yearly) add(rows Rows, plan, id, country, code string, year int) {
	var boughtMWh, boughtT, spent any
	if y.bought {
		boughtMWh, boughtT, spent = round(y.boughtMWh, 3), round(y.boughtT, 3), round(y.spent, 2)
	}
	rows.add("scenario", plan, id, country, code, year, round(y.energy, 3), round(y.low, 3), round(y.high, 3), round(y.level, 3),
		round(y.saved, 3), round(y.cut, 3), round(y.cost, 2), boughtMWh, boughtT, spent)
}
