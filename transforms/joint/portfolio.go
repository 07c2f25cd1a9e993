package joint

import (
	"errors"
	"math"
	"math/big"
	"slices"

	"samkraft/transforms/coalition"
)

// portfolio is all agreements together. Only what they gain for society counts:
// accounting and transfers are shown with their own agreements alone.
type portfolio struct {
	counts  []bool // by deal
	example bool
	game    game
	shares  []sharing // without keys: those are the agreements' own
	keyed   [][]int64 // by deal and member, cents under the agreed keys
	promise *promise  // nil where a key's figures are missing
	basis   basis
}

// promise is what the agreed keys together do to each member: not everybody wins
// on every agreement, but the whole is to be better for all.
type promise struct {
	total      []int64 // cents by member
	kept       bool
	individual []int64 // smallest side payments after which nobody loses, cents; nil when all together lose
	core       []int64 // smallest ones after which no group could do better alone; nil when there are none
	once       coalition.CherryPicking
	stable     coalition.CherryPicking
}

func (e *engine) portfolio() (*portfolio, error) {
	n := len(e.in.Members)
	all := &portfolio{counts: make([]bool, len(e.deals)), keyed: make([][]int64, len(e.deals))}
	size := 1 << n
	money, energy, carbon, short := make([]int64, size), make([]int64, size), make([]int64, size), make([]int64, size)
	all.game = game{byproduct: make([]int64, size), cost: make([]int64, size), short: make([]bool, size)}
	known := true
	for k, d := range e.deals {
		if d.gap != nil || nature(d.Agreement) != "resource" {
			continue
		}
		all.counts[k] = true
		all.example = all.example || d.example
		g := d.game
		all.game.unplayed[tonne] = all.game.unplayed[tonne] || g.unplayed[tonne]
		lifted(n, d.players, g.money.Value, money)
		lifted(n, d.players, g.carbon.Value, carbon)
		lifted(n, d.players, func(s coalition.Mask) int64 { return g.cost[s] }, all.game.cost)
		lifted(n, d.players, func(s coalition.Mask) int64 { return g.byproduct[s] }, all.game.byproduct)
		lifted(n, d.players, func(s coalition.Mask) int64 {
			if g.short[s] {
				return 1
			}
			return 0
		}, short)
		if d.Mechanism == "pooled_target" { // nobody else saves energy
			all.game.unplayed[mwh] = all.game.unplayed[mwh] || g.unplayed[mwh]
			lifted(n, d.players, g.energy.Value, energy)
		}
		known = known && d.weights != nil
		keyed, err := d.byKey(coalition.All(len(d.players)))
		if err != nil {
			return nil, err
		}
		all.keyed[k] = spreadOut(n, d.players, keyed)
	}
	for s, count := range short {
		all.game.short[s] = count > 0
	}
	if err := all.game.fill(n, money, energy, carbon); err != nil {
		return nil, err
	}
	var err error
	if all.shares, err = byRules(e.rules(e.everybody()), all.game); err != nil {
		return nil, err
	}
	if one, ok, err := e.certificateSum(all); err != nil {
		return nil, err
	} else if ok {
		all.shares = append(all.shares, one)
	}
	if known {
		if all.promise, err = e.test(all); err != nil {
			return nil, err
		}
		all.shares = append(all.shares, sharing{rule: "agreed_keys", method: "exact", money: all.promise.total})
	}
	all.basis = e.basis(all)
	all.shares, err = certified(all.game.money, all.shares)
	return all, err
}

// spreadOut turns figures by player into figures by member, 0 for the others.
func spreadOut(n int, players []int, figures []int64) []int64 {
	out := make([]int64, n)
	for at, member := range players {
		out[member] = figures[at]
	}
	return out
}

// test holds the agreements together to the promise.
func (e *engine) test(all *portfolio) (*promise, error) {
	p := &promise{total: make([]int64, len(e.in.Members)), kept: true}
	for _, keyed := range all.keyed {
		for i, cents := range keyed {
			p.total[i] += cents
		}
	}
	exact := make([]*big.Rat, len(p.total))
	for i, cents := range p.total {
		exact[i] = new(big.Rat).SetInt64(cents)
		p.kept = p.kept && cents >= 0
	}
	transfers, _, err := coalition.Incidence{Total: exact}.Compensation()
	if err == nil {
		p.individual, err = coalition.Round(transfers, 0)
	}
	if err != nil && !errors.Is(err, coalition.ErrShares) {
		return nil, err
	}
	transfers, _, err = coalition.CoreCompensation(all.game.money, exact)
	if err == nil { // above eight members found in floating point, and off by some digits
		p.core, err = coalition.RoundFloats(coalition.Floats(transfers), 0)
	}
	if err != nil && !errors.Is(err, coalition.ErrEmptyCore) && !noAnswer(err) {
		return nil, err
	}
	list, err := e.agreements(all)
	if err != nil {
		return nil, err
	}
	agreements, err := coalition.NewPortfolio(len(e.in.Members), list)
	if err != nil {
		return nil, err
	}
	if p.once, err = agreements.CherryPickOnce(); err != nil {
		return nil, err
	}
	p.stable, err = agreements.CherryPick()
	return p, err
}

// agreements are the deals that count, as package coalition knows them. What a
// key for the gain shares is the saving; a key for the cost shares what the
// players pay, or earn.
func (e *engine) agreements(all *portfolio) ([]coalition.Agreement, error) {
	n := len(e.in.Members)
	var list []coalition.Agreement
	for k, d := range e.deals {
		if !all.counts[k] {
			continue
		}
		worth := make([]int64, 1<<n)
		g := d.game
		if d.Key.Shares == "gain" {
			lifted(n, d.players, g.money.Value, worth)
		} else {
			lifted(n, d.players, func(s coalition.Mask) int64 { return -g.cost[s] }, worth)
		}
		game, err := coalition.New(n, worth)
		if err != nil {
			return nil, err
		}
		one := coalition.Agreement{ID: d.ID, Worth: game, Quorum: d.Quorum, Key: make([]float64, n)}
		for at, member := range d.players {
			one.Signatories |= 1 << member
			one.Key[member] = d.weights[at]
		}
		list = append(list, one)
	}
	return list, nil
}

// paid is what changes hands: the sum of the payments received.
func paid(transfers []int64) int64 {
	sum := int64(0)
	for _, cents := range transfers {
		sum += max(0, cents)
	}
	return sum
}

// entrant is what a member that has not signed would bring and get.
type entrant struct{ adds, gets float64 } // EUR; NaN where the key has no part for it

// entry asks what would be if a member signed too; false where a figure that the
// mechanism needs of it is missing.
func (e *engine) entry(d *deal, member int) (entrant, bool, error) {
	at := len(d.players)
	players := append(slices.Clone(d.players), member)
	m, missing, err := e.build(d.Agreement, players)
	if missing != nil || err != nil {
		return entrant{}, false, err
	}
	if e.central, err = e.state(e.params.central, e.central); err != nil {
		return entrant{}, false, err
	}
	solved, err := m.at(e.central)
	if err != nil {
		return entrant{}, false, err
	}
	before, err := gainOf(solved, coalition.All(at), d.Quorum)
	if err != nil {
		return entrant{}, false, err
	}
	all := coalition.All(len(players))
	after, err := gainOf(solved, all, d.Quorum)
	if err != nil {
		return entrant{}, false, err
	}
	result := entrant{adds: after - before, gets: math.NaN()}
	weights := e.weights(d.Agreement, players)
	switch {
	case len(players) < d.Quorum:
		result.gets = 0
		return result, true, nil
	case weights == nil || d.Key.Type == "own":
		return result, true, nil // a key of their own says nothing of others
	}
	result.gets = weights[at] * after
	if d.Key.Shares == "cost" {
		alone, err := solved.outcome(1 << at)
		if err != nil {
			return entrant{}, false, err
		}
		joint, err := solved.outcome(all)
		if err != nil {
			return entrant{}, false, err
		}
		result.gets = alone.cost - weights[at]*joint.cost
	}
	return result, true, nil
}

// gainOf is what a coalition gains over its members alone, EUR.
func gainOf(at solved, s coalition.Mask, quorum int) (float64, error) {
	if s.Size() < max(2, quorum) {
		return 0, nil
	}
	joint, err := at.outcome(s)
	if err != nil {
		return 0, err
	}
	gain := -joint.cost
	for _, i := range s.Members() {
		alone, err := at.outcome(1 << i)
		if err != nil {
			return 0, err
		}
		gain += alone.cost
	}
	return gain, nil
}
