package coalition

import (
	"fmt"
	"math/big"
	"slices"
)

// Agreement is one joint project with a key by which its members have agreed to
// share it. Keys are political: they need not follow any rule of this package.
type Agreement struct {
	ID          string
	Worth       Game      // profit of every coalition of all members, or minus its cost; not a saving
	Signatories Mask      // members that have signed
	Quorum      int       // fewest members with which it takes effect
	Key         []float64 // of every member; counted among the signatories only
}

// Portfolio is a set of agreements between the same members.
type Portfolio struct {
	n          int
	agreements []Agreement
}

// NewPortfolio checks that all agreements are between n members and that each
// key says how to share among the signatories, alone and together.
func NewPortfolio(n int, agreements []Agreement) (*Portfolio, error) {
	if err := checkPlayers(n); err != nil {
		return nil, err
	}
	for _, a := range agreements {
		if a.Worth.n != n || len(a.Key) != n {
			return nil, fmt.Errorf("%w: agreement %q has a game of %d and a key of %d, expected %d", ErrPlayers, a.ID, a.Worth.n, len(a.Key), n)
		}
		if a.Signatories == 0 || a.Signatories > All(n) {
			return nil, fmt.Errorf("%w: agreement %q has signatories %b of %d members", ErrPlayers, a.ID, a.Signatories, n)
		}
		if _, err := Proportional(0, a.Key); err != nil {
			return nil, fmt.Errorf("agreement %q: %w", a.ID, err)
		}
	}
	return &Portfolio{n: n, agreements: slices.Clone(agreements)}, nil
}

// gain is what the members of s gain under the agreement over acting alone, and
// nothing below the quorum.
func (a Agreement) gain(s Mask) int64 {
	s &= a.Signatories
	if s.Size() < a.Quorum {
		return 0
	}
	gain := a.Worth.Value(s)
	for _, i := range s.Members() {
		gain -= a.Worth.Value(1 << i)
	}
	return gain
}

// Game returns the joint savings game, the sum over the agreements of what the
// signatories in a coalition gain. This sum is right only where no two agreements
// count the same measures, buildings or energy.
func (p *Portfolio) Game() (Game, error) {
	table := make([]int64, 1<<p.n)
	for _, a := range p.agreements {
		for s := range table {
			table[s] += a.gain(Mask(s))
		}
	}
	return New(p.n, table)
}

// Incidence is who gains and who loses under the keys that were agreed.
type Incidence struct {
	// ByAgreement[a][i] is what member i gains under agreement a: its part of the
	// joint worth by key, minus what it is worth alone; 0 for those who have not
	// signed. The gains of one agreement add up to its joint gain.
	ByAgreement [][]*big.Rat
	// Total[i] is the sum over the agreements.
	Total []*big.Rat
}

// Incidence returns the gains under the agreed keys.
func (p *Portfolio) Incidence() (Incidence, error) {
	result := Incidence{Total: zeros(p.n)}
	for _, a := range p.agreements {
		gains, err := a.incidence()
		if err != nil {
			return Incidence{}, err
		}
		result.ByAgreement = append(result.ByAgreement, gains)
		for i, gain := range gains {
			result.Total[i].Add(result.Total[i], gain)
		}
	}
	return result, nil
}

func (a Agreement) incidence() ([]*big.Rat, error) {
	gains := zeros(len(a.Key))
	if a.Signatories == 0 || a.Signatories.Size() < a.Quorum {
		return gains, nil
	}
	key := make([]float64, len(a.Key))
	for _, i := range a.Signatories.Members() {
		key[i] = a.Key[i]
	}
	parts, err := Proportional(a.Worth.Value(a.Signatories), key)
	if err != nil {
		return nil, fmt.Errorf("agreement %q: %w", a.ID, err)
	}
	for _, i := range a.Signatories.Members() {
		gains[i].Sub(parts[i], new(big.Rat).SetInt64(a.Worth.Value(1<<i)))
	}
	return gains, nil
}

// Compensation returns the smallest transfers after which nobody loses: to each
// loser exactly its loss, from the winners in proportion to their gains. The
// transfers add up to 0; paid is the sum of those received.
//
// It fails with [ErrShares] when all together lose.
func (r Incidence) Compensation() (transfers []*big.Rat, paid *big.Rat, err error) {
	paid, gained := new(big.Rat), new(big.Rat)
	for _, total := range r.Total {
		if total.Sign() < 0 {
			paid.Sub(paid, total)
		} else {
			gained.Add(gained, total)
		}
	}
	if gained.Cmp(paid) < 0 {
		return nil, nil, fmt.Errorf("%w: winners gain %s, losers lose %s", ErrShares, gained.RatString(), paid.RatString())
	}
	transfers = zeros(len(r.Total))
	for i, total := range r.Total {
		switch {
		case total.Sign() < 0:
			transfers[i].Neg(total)
		case gained.Sign() > 0:
			transfers[i].Quo(total, gained)
			transfers[i].Neg(transfers[i].Mul(transfers[i], paid))
		}
	}
	return transfers, paid, nil
}

func zeros(n int) []*big.Rat {
	list := make([]*big.Rat, n)
	for i := range list {
		list[i] = new(big.Rat)
	}
	return list
}
