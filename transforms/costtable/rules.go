package costtable

import (
	"errors"
	"math/big"

	"samkraft/transforms/coalition"
)

// ruling is what a rule says: shares in whole units of the table, or why there
// are none.
type ruling struct {
	rule   string
	shares []*big.Rat
	why    reason
}

// reason is why a rule has no answer.
type reason int

const (
	nothingAlone reason = iota // the members have nothing alone, in sum
	nothingAdded               // what they add to the others comes to what they have alone
	noImputation
	unverified
)

// Rules by the names that they have in the answer, in its order.
const (
	ruleEqual        = "equal"
	ruleProportional = "proportional"
	ruleStandalone   = "standalone"
	ruleSeparable    = "separable"
	ruleGately       = "gately"
	ruleShapley      = "shapley"
	ruleNucleolus    = "nucleolus"
	rulePerCapita    = "percapita_nucleolus"
)

// apply works out every rule. verified says whether the nucleolus has passed
// Kohlberg's criterion; it is nil without a nucleolus.
func (t *Table) apply(w *Weights) (list []ruling, verified *bool, err error) {
	n := len(t.members)
	ones, singles := make([]*big.Rat, n), make([]*big.Rat, n)
	for i := range n {
		ones[i], singles[i] = big.NewRat(1, 1), t.single(i)
	}
	list = append(list, t.proportional(ruleEqual, ones))
	if w != nil {
		list = append(list, t.proportional(ruleProportional, w.key))
	}
	list = append(list, t.proportional(ruleStandalone, singles))
	for _, rule := range []func() (ruling, error){t.separable, t.gately, t.shapley} {
		r, err := rule()
		if err != nil {
			return nil, nil, err
		}
		list = append(list, r)
	}
	r, verified, err := t.nucleolus(ruleNucleolus, coalition.Nucleolus)
	if err != nil {
		return nil, nil, err
	}
	list = append(list, r)
	r, _, err = t.nucleolus(rulePerCapita, coalition.PerCapitaNucleolus)
	return append(list, r), verified, err
}

// proportional splits the total by a key of exact numbers, which may be negative:
// a member may cost less than nothing alone.
func (t *Table) proportional(rule string, key []*big.Rat) ruling {
	sum := new(big.Rat)
	for _, k := range key {
		sum.Add(sum, k)
	}
	if sum.Sign() == 0 {
		// Weights have been checked, so this is about what members have alone.
		return ruling{rule: rule, why: nothingAlone}
	}
	r := ruling{rule: rule}
	part := new(big.Rat).Quo(big.NewRat(t.total(), 1), sum)
	for _, k := range key {
		r.shares = append(r.shares, new(big.Rat).Mul(k, part))
	}
	return r
}

// separable needs no savings game: what a member adds to the others, and a part
// of the rest by single minus that, has the same form for costs and for savings.
func (t *Table) separable() (ruling, error) {
	shares, err := coalition.SeparableCosts(len(t.members), t.values)
	return divided(ruling{rule: ruleSeparable, shares: shares}, err)
}

// gately is defined on gains.
func (t *Table) gately() (ruling, error) {
	gains, err := coalition.Gately(t.game)
	return divided(ruling{rule: ruleGately, shares: t.shares(gains)}, err)
}

// divided turns the error of a rule that divides by contributions into a reason.
func divided(r ruling, err error) (ruling, error) {
	if errors.Is(err, coalition.ErrShares) {
		return ruling{rule: r.rule, why: nothingAdded}, nil
	}
	return r, err
}

// shapley is linear, so that it can be taken of costs as of savings.
func (t *Table) shapley() (ruling, error) {
	game, err := coalition.New(len(t.members), t.values)
	return ruling{rule: ruleShapley, shares: coalition.Shapley(game)}, err
}

// nucleolus turns excesses of the savings game into shares. What is not verified
// is no answer.
func (t *Table) nucleolus(rule string, solve func(coalition.Game) (coalition.NucleolusResult, error)) (ruling, *bool, error) {
	result, err := solve(t.game)
	switch {
	case errors.Is(err, coalition.ErrNoImputation):
		return ruling{rule: rule, why: noImputation}, nil, nil
	case err != nil && !errors.Is(err, coalition.ErrPrecision):
		return ruling{}, nil, err
	case err != nil || !result.Verified:
		no := false
		return ruling{rule: rule, why: unverified}, &no, nil
	}
	return ruling{rule: rule, shares: t.shares(result.Shares)}, &result.Verified, nil
}

// shares turns gains of the savings game into shares of the table.
func (t *Table) shares(gains []*big.Rat) []*big.Rat {
	if t.kind == Saving {
		return gains
	}
	var list []*big.Rat
	for i, gain := range gains {
		list = append(list, new(big.Rat).Sub(t.single(i), gain))
	}
	return list
}
