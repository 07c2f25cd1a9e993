package joint

import (
	"math"

	"samkraft/transforms/coalition"
)

// burdens writes how the energy that all together are to save could be laid on the
// members: by their own targets, or the same sum by other rules. What they pay
// together does not depend on it; what each would pay alone does.
func (c *common) burdens(rows Rows) error {
	at, ok := c.solved.(*pooledAt)
	if !ok {
		return nil // with targets of CO2 there is not one amount to lay on anybody
	}
	whole := 0.0
	for _, target := range at.p.targets {
		whole += target
	}
	for _, rule := range []string{"by_potential", "equal_share", "own_target", "per_capita"} {
		parts := parted(c.burdenSizes(at, rule))
		if parts == nil {
			continue
		}
		targets := make([]float64, len(parts))
		for k, part := range parts {
			targets[k] = whole * part
		}
		if rule == "own_target" {
			targets = at.p.targets
		}
		pooled, err := coalition.NewPooledTarget(targets, at.steps, at.p.backstop.of(at.s.values))
		if err != nil {
			return err
		}
		price, err := pooled.PricePoint()
		if err != nil {
			return err
		}
		var sum burden
		for k, i := range c.players {
			alone, err := pooled.Solve(1 << k)
			if err != nil {
				return err
			}
			m := c.in.Members[i]
			one := burden{targets[k], at.p.central[k], alone.Cost, alone.Backstop, alone.Cost - price.Gain[k]}
			one.add(rows, c.in.Plan, rule, m.Country, m.Code)
			sum = burden{sum.target + one.target, sum.energy + one.energy, sum.alone + one.alone, sum.bought + one.bought, sum.joint + one.joint}
		}
		sum.add(rows, c.in.Plan, rule, "-", "-")
	}
	return nil
}

// burdenSizes are what a rule lays the burden by.
func (c *common) burdenSizes(at *pooledAt, rule string) []float64 {
	sizes := make([]float64, len(c.players))
	for k, i := range c.players {
		switch rule {
		case "own_target":
			sizes[k] = at.p.targets[k]
		case "equal_share":
			sizes[k] = at.p.central[k]
		case "per_capita":
			sizes[k] = c.in.Members[i].Population
		}
	}
	if rule == "by_potential" {
		backstop := at.p.backstop.of(at.s.values)
		for _, step := range at.steps {
			if step.UnitCost <= backstop {
				sizes[step.Member] += step.Energy
			}
		}
	}
	return sizes
}

// burden is what a member, or all, are to save and what it costs a year.
type burden struct {
	target, energy       float64 // MWh
	alone, bought, joint float64 // EUR; MWh at the backstop price when alone; EUR at one price for all
}

func (b burden) add(rows Rows, plan, rule, country, code string) {
	share := math.NaN()
	if b.energy > 0 {
		share = b.target / b.energy
	}
	rows.add("burden", plan, rule, country, code, round(b.target, 3), round(share, 6), round(b.alone, 2), round(b.bought, 3), round(b.joint, 2), round(b.alone-b.joint, 2))
}
