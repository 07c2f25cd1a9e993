package joint

import (
	"errors"
	"fmt"
	"math/big"
	"slices"

	"samkraft/transforms/coalition"
)

// sharing is one way of sharing what is gained, by player. Energy or carbon is
// nil where the rule has no answer for it.
type sharing struct {
	rule, method          string
	money, energy, carbon []int64
	weights               []float64      // of a proportional key
	exact                 []*big.Rat     // cents before they were rounded; nil where the rule has none
	of                    coalition.Rule // the same for any game; nil where it shares by something else
	programs              bool           // that solves linear programs
	excess                int64
	blocking              coalition.Mask
	inCore                bool // in the game of money
}

// rule shares the total of a game.
type rule struct {
	name  string
	share coalition.Rule
	// programs says that the rule solves linear programs, which takes long in large
	// games.
	programs bool
}

var gameRules = []rule{
	{"shapley", func(g coalition.Game) ([]*big.Rat, error) { return coalition.Shapley(g), nil }, false},
	{"nucleolus", func(g coalition.Game) ([]*big.Rat, error) { return verified(coalition.Nucleolus(g)) }, true},
	{"percapita_nucleolus", func(g coalition.Game) ([]*big.Rat, error) { return verified(coalition.PerCapitaNucleolus(g)) }, true},
	{"gately", coalition.Gately, false},
}

// rules are those that share any game between the players. The nucleolus of
// complaints by inhabitant needs to know how many each player has.
func (e *engine) rules(players []int) []rule {
	people := make([]int64, len(players))
	for at, member := range players {
		population := e.in.Members[member].Population
		if !(population >= 1) { // NaN too
			return gameRules
		}
		people[at] = whole(population)
	}
	return append(slices.Clip(gameRules), rule{"population_nucleolus",
		func(g coalition.Game) ([]*big.Rat, error) { return verified(coalition.WeightedNucleolus(g, people)) }, true})
}

func verified(n coalition.NucleolusResult, err error) ([]*big.Rat, error) {
	if err == nil && !n.Verified {
		return nil, fmt.Errorf("the nucleolus fails its own check (Kohlberg's criterion)")
	}
	return n.Shares, err
}

// large reports whether a game has too many players for every linear program.
func large(g coalition.Game) bool { return g.Players() > allCoalitions }

// noAnswer reports whether a rule has no answer for a game, which is no failure.
func noAnswer(err error) bool {
	return errors.Is(err, coalition.ErrNoImputation) || errors.Is(err, coalition.ErrShares) || errors.Is(err, coalition.ErrPrecision)
}

// share divides what an agreement gains by every rule; the recommended one comes
// first: Shapley where it is in the core, otherwise the nucleolus.
func (e *engine) share(d *deal) ([]sharing, error) {
	shares, err := byRules(e.rules(d.players), d.game)
	if err != nil {
		return nil, err
	}
	if d.inForce() {
		one, ok, err := atPrice(d)
		if err != nil {
			return nil, err
		}
		if ok {
			shares = append(shares, one)
		}
		if one, ok, err = byMains(d); err != nil {
			return nil, err
		}
		if ok {
			shares = append(shares, one)
		}
	}
	for _, key := range []string{"equal", "population", "final_energy", "target"} {
		a := d.Agreement
		a.Key.Type = key
		if weights := e.weights(a, d.players); weights != nil {
			one, err := proportional("by_"+key, d.game, weights)
			if err != nil {
				return nil, err
			}
			shares = append(shares, one)
		}
	}
	if d.weights != nil {
		money, err := d.byKey(coalition.All(len(d.players)))
		if err != nil {
			return nil, err
		}
		shares = append(shares, sharing{rule: "agreed_key", method: "exact", money: money, of: d.keyRule()})
	}
	return certified(d.game.money, shares)
}

// atPrice shares by the mechanism's common price, where it has one.
func atPrice(d *deal) (sharing, bool, error) {
	one := sharing{rule: "price", method: "price"}
	for _, of := range d.game.currencies() {
		gains, ok, err := d.solved.price(of)
		if !ok || err != nil {
			return one, false, err
		}
		unit := 1000.0
		if of == eur {
			unit = 100
		}
		for i := range gains {
			gains[i] *= unit
		}
		parts, err := coalition.RoundFloats(gains, d.game.of(of).Total())
		if err != nil {
			return one, false, fmt.Errorf("price point: %w", err)
		}
		*one.part(of) = parts
	}
	return one, true, nil
}

// byMains shares what a network gains by Bird's allocation.
func byMains(d *deal) (sharing, bool, error) {
	at, ok := d.solved.(*networkAt)
	if !ok {
		return sharing{}, false, nil
	}
	gains, err := at.bird()
	if err != nil {
		return sharing{}, false, err
	}
	for i := range gains {
		gains[i] *= 100
	}
	money, err := coalition.RoundFloats(gains, d.game.money.Total())
	if err != nil {
		return sharing{}, false, fmt.Errorf("allocation by mains (Bird): %w", err)
	}
	return sharing{rule: "bird", method: "exact", money: money}, true, nil
}

// part is what the players get in one of the games.
func (s *sharing) part(of currency) *[]int64 {
	switch of {
	case eur:
		return &s.money
	case mwh:
		return &s.energy
	default:
		return &s.carbon
	}
}

func byRules(rules []rule, g game) ([]sharing, error) {
	var shares []sharing
	for _, r := range rules {
		one := sharing{rule: r.name, method: "exact", of: r.share, programs: r.programs}
		var err error
		for _, of := range g.currencies() {
			if large(g.money) && r.programs && (r.name != "nucleolus" || of != eur) {
				continue // of large games the nucleolus of the money alone
			}
			var exact []*big.Rat
			if exact, err = r.share(g.of(of)); err == nil {
				*one.part(of), err = coalition.Round(exact, g.of(of).Total())
			}
			if of == eur {
				one.exact = exact
			}
			if err != nil && !noAnswer(err) {
				return nil, fmt.Errorf("%s: %w", r.name, err)
			}
		}
		if one.money != nil {
			shares = append(shares, one)
		}
	}
	return shares, nil
}

func proportional(name string, g game, weights []float64) (sharing, error) {
	by := func(g coalition.Game) ([]*big.Rat, error) { return coalition.Proportional(g.Total(), weights) }
	one := sharing{rule: name, method: "exact", weights: weights, of: by}
	for _, of := range g.currencies() {
		exact, err := by(g.of(of))
		if err != nil {
			return one, err
		}
		if *one.part(of), err = coalition.Round(exact, g.of(of).Total()); err != nil {
			return one, err
		}
	}
	return one, nil
}

// recommended is the rule to share by, of those in order; null where none gives
// every player at least what it has alone.
func recommended(shares []sharing) any {
	if len(shares) == 0 || shares[0].rule == "shapley" && !shares[0].inCore {
		return nil
	}
	return shares[0].rule
}

// certified finds for each way of sharing the money the group with most reason to
// complain, and puts the recommended way first.
func certified(g coalition.Game, shares []sharing) ([]sharing, error) {
	best := -1
	for i := range shares {
		s := &shares[i]
		var err error
		if s.excess, s.blocking, err = coalition.MaxExcess(g, s.money); err != nil {
			return nil, err
		}
		// Rounding to cents can cost a group a cent a member, and no more.
		s.inCore = s.excess <= int64(g.Players())
		if s.rule == "shapley" && s.inCore || s.rule == "nucleolus" && best < 0 {
			best = i
		}
	}
	if best > 0 {
		first := shares[best]
		copy(shares[1:best+1], shares[:best])
		shares[0] = first
	}
	return shares, nil
}
