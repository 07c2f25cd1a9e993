package joint

import (
	"math"

	"samkraft/transforms/coalition"
)

// basis is what the gain of all agreements together rests on: parts of the gain,
// with an agreement that loses counted by what it loses. NaN where nothing is
// gained or lost.
type basis struct {
	assumption float64 // on figures not seen in a source
	example    float64 // on agreements and targets that no council has signed or adopted
	deals      []*deal // the agreements that are examples and gain something
	targets    bool    // an example target is behind some gain
	every      bool    // every agreement that gains something is an example
}

func (e *engine) basis(all *portfolio) basis {
	b := basis{every: true}
	weight, assumed, examples := 0.0, 0.0, 0.0
	for k, d := range e.deals {
		if !all.counts[k] {
			continue
		}
		gain := math.Abs(euro(d.game.money.Total()))
		weight += gain
		assumed += d.assumption * gain
		if gain == 0 {
			continue
		}
		if d.example {
			examples += gain
		}
		if d.Status == "example" {
			b.deals = append(b.deals, d)
		} else {
			b.every = false
		}
		b.targets = b.targets || d.exampleTarget
	}
	b.assumption, b.example = assumed/weight, examples/weight
	return b
}

// apart finds the agreements whose members would gain more in smaller groups, and
// what all agreements gain when each is held in the groups that are best for it;
// false where one is too large to know.
func (e *engine) apart(all *portfolio) (smaller []*deal, cover int64, known bool) {
	for k, d := range e.deals {
		if !all.counts[k] {
			continue
		}
		if d.game.cover == nil {
			return nil, 0, false
		}
		cover += d.game.cover.Game.Total()
		if len(e.best(d.players, d.game)) > 1 {
			smaller = append(smaller, d)
		}
	}
	return smaller, cover, true
}

// objection is whether a group would gain more alone under a way of sharing.
type objection struct {
	rule   string
	stable bool
	often  float64  // share of the draws in which it is stable; NaN where nothing is drawn, or it has no parts to keep
	group  []string // that with most reason, unless stable
	more   float64  // EUR that it would gain more
}

// objections are those to the agreed key and to the recommended rule; nil where
// there is none.
func (e *engine) objections(players []int, shares []sharing, u *uncertainty) (key, best *objection) {
	of := func(at int) *objection {
		s := shares[at]
		o := &objection{rule: s.rule, stable: s.inCore || len(players) == 1, often: math.NaN()}
		if u != nil {
			o.often = u.stable[at]
		}
		if !o.stable {
			o.group, o.more = e.in.names(players, s.blocking), euro(s.excess)
		}
		return o
	}
	for at, s := range shares {
		if s.rule == "agreed_key" || s.rule == "agreed_keys" {
			key = of(at)
		}
	}
	if recommended(shares) != nil {
		best = of(0)
	}
	return key, best
}

// standalone is what the players pay when each goes alone, cents.
func (g game) standalone(players int) int64 {
	sum := int64(0)
	for i := range players {
		sum += g.cost[coalition.Mask(1)<<i]
	}
	return sum
}
