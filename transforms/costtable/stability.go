package costtable

import (
	"math/big"
	"math/bits"

	"samkraft/transforms/coalition"
)

// objection is the coalition that a division treats worst, with its excess: what
// it pays beyond its own cost, or lacks to its own saving.
type objection struct {
	coalition coalition.Mask // empty when there is none to look at
	excess    *big.Rat
}

// objections are the worst of all coalitions, and of those with two members or
// more. The empty coalition and the whole group are not looked at.
type objections struct {
	any, group objection
}

// object finds the largest excess of exact shares. Of equal ones the first in
// file order counts. All numbers are brought to one denominator, and coalitions
// visited in an order in which each differs from the one before by one member,
// so that a million of them take a fraction of a second.
func (t *Table) object(shares []*big.Rat) objections {
	denominator := big.NewInt(1)
	for _, share := range shares {
		common := new(big.Int).GCD(nil, nil, denominator, share.Denom())
		denominator.Mul(denominator, new(big.Int).Quo(share.Denom(), common))
	}
	whole := make([]*big.Int, len(shares))
	for i, share := range shares {
		whole[i] = new(big.Int).Mul(share.Num(), new(big.Int).Quo(denominator, share.Denom()))
	}
	var any, group highest
	sum, excess := new(big.Int), new(big.Int)
	all := coalition.All(len(shares))
	for k := uint64(1); k <= uint64(all); k++ {
		mask := coalition.Mask(k ^ k>>1) // Gray code
		member := bits.TrailingZeros64(k)
		if mask.Has(member) {
			sum.Add(sum, whole[member])
		} else {
			sum.Sub(sum, whole[member])
		}
		if mask == all {
			continue
		}
		excess.SetInt64(t.values[mask])
		excess.Mul(excess, denominator)
		excess.Sub(excess, sum)
		if t.kind == Cost {
			excess.Neg(excess)
		}
		any.offer(t, mask, excess)
		if mask.Size() > 1 {
			group.offer(t, mask, excess)
		}
	}
	return objections{any.over(denominator), group.over(denominator)}
}

// highest keeps the largest of the excesses that it is offered.
type highest struct {
	mask   coalition.Mask
	excess big.Int
}

func (h *highest) offer(t *Table, mask coalition.Mask, excess *big.Int) {
	if h.mask != 0 {
		if sign := excess.Cmp(&h.excess); sign < 0 || sign == 0 && t.order(mask, h.mask) > 0 {
			return
		}
	}
	h.mask = mask
	h.excess.Set(excess)
}

func (h *highest) over(denominator *big.Int) objection {
	return objection{h.mask, new(big.Rat).SetFrac(&h.excess, denominator)}
}

// complaint is how much worse a member fares than alone; negative if better.
func (t *Table) complaint(i int, share *big.Rat) *big.Rat {
	complaint := new(big.Rat).Sub(t.single(i), share)
	if t.kind == Cost {
		complaint.Neg(complaint)
	}
	return complaint
}

// stability judges the shares of a rule.
func (t *Table) stability(shares []*big.Rat, worst objections) *Stability {
	s := &Stability{
		InCore:               worst.any.excess.Sign() <= 0,
		IndividuallyRational: true,
		MaxExcess:            Number{t.amount(worst.any.excess)},
		Blocking:             []string{},
	}
	for i, share := range shares {
		s.IndividuallyRational = s.IndividuallyRational && t.complaint(i, share).Sign() <= 0
	}
	if !s.InCore {
		s.Blocking = t.names(worst.any.coalition)
	}
	return s
}
