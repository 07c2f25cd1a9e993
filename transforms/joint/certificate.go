package joint

import (
	"math/big"

	"samkraft/transforms/coalition"
)

// certificateSum shares what all agreements gain by adding up a stable way of
// sharing each: then no group could do better over all of them either, because
// what it could gain is the sum of what it could under each. It needs no look at
// the game of all. There is none where an agreement has no stable way of sharing.
func (e *engine) certificateSum(all *portfolio) (sharing, bool, error) {
	sum := make([]*big.Rat, len(e.in.Members))
	for i := range sum {
		sum[i] = new(big.Rat)
	}
	for k, d := range e.deals {
		if !all.counts[k] {
			continue
		}
		stable, err := d.certificate()
		if stable == nil || err != nil {
			return sharing{}, false, err
		}
		for at, member := range d.players {
			sum[member].Add(sum[member], stable[at])
		}
	}
	money, err := coalition.Round(sum, all.game.money.Total())
	return sharing{rule: "certificate_sum", method: "exact", money: money, exact: sum}, err == nil, err
}

// certificate is a stable way of sharing the money of an agreement, cents before
// rounding; nil where there is none. It is the recommended way, or where that is
// stable but for rounding the first that is so to the last fraction, if any.
func (d *deal) certificate() ([]*big.Rat, error) {
	var nearly []*big.Rat
	for _, s := range d.shares {
		if s.exact == nil || !s.inCore {
			continue
		}
		if large(d.game.money) {
			return s.exact, nil // fractions of so many groups would take long
		}
		excess, _, err := coalition.MaxExcessExact(d.game.money, s.exact)
		if err != nil || excess.Sign() <= 0 {
			return s.exact, err
		}
		if nearly == nil {
			nearly = s.exact
		}
	}
	return nearly, nil
}

// everybody are the places of all members of the plan.
func (e *engine) everybody() []int {
	list := make([]int, len(e.in.Members))
	for i := range list {
		list[i] = i
	}
	return list
}
