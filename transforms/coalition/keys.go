package coalition

import (
	"fmt"
	"math/big"
)

// Proportional shares total in proportion to a key, such as inhabitants,
// consumption, targets or stand-alone costs. Numbers of the key must not be
// negative, and not all be 0. The shares are exact for the key as given.
//
// It fails with [ErrShares] on an unsuitable key.
func Proportional(total int64, key []float64) ([]*big.Rat, error) {
	sum := new(big.Rat)
	shares := make([]*big.Rat, len(key))
	for i, weight := range key {
		if !finite(weight) || weight < 0 {
			return nil, fmt.Errorf("%w: key of player %d is %v, expected a number from 0", ErrShares, i, weight)
		}
		shares[i] = new(big.Rat).SetFloat64(weight)
		sum.Add(sum, shares[i])
	}
	if sum.Sign() == 0 {
		return nil, fmt.Errorf("%w: the key adds up to 0", ErrShares)
	}
	factor := new(big.Rat).Quo(new(big.Rat).SetInt64(total), sum)
	for _, share := range shares {
		share.Mul(share, factor)
	}
	return shares, nil
}

// Equal shares total in n equal parts.
//
// It fails with [ErrShares] without players.
func Equal(total int64, n int) ([]*big.Rat, error) {
	key := make([]float64, max(0, n))
	for i := range key {
		key[i] = 1
	}
	return Proportional(total, key)
}

// GainsFromCharges returns what each player gains when the joint cost is charged
// in proportion to a key: its stand-alone cost minus its part of the joint cost.
// A gain may be negative; that is what makes a key contested.
//
// It fails with [ErrShares] on an unsuitable key.
func GainsFromCharges(alone []int64, joint int64, key []float64) ([]*big.Rat, error) {
	if len(alone) != len(key) {
		return nil, fmt.Errorf("%w: %d stand-alone costs and a key of %d", ErrShares, len(alone), len(key))
	}
	charges, err := Proportional(joint, key)
	if err != nil {
		return nil, err
	}
	for i, charge := range charges {
		charge.Sub(new(big.Rat).SetInt64(alone[i]), charge)
	}
	return charges, nil
}

// Gately returns the Gately point: every player gains in proportion to what the
// others would lose if it left,
//
//	x_i = v(i) + (M_i - v(i)) / sum of (M_j - v(j)) * (v(N) - sum of v(j)),   M_i = v(N) - v(N without i).
//
// All players then have the same propensity to disrupt. It equals the gains of
// [SeparableCosts]. Sources: Gately (1974); Straffin and Heaney (1981).
//
// It fails with [ErrShares] when no player has a contribution to share by, but
// there is something to share.
func Gately(g Game) ([]*big.Rat, error) {
	rest := g.Total()
	sum := int64(0)
	key := make([]int64, g.n)
	for i := range key {
		rest -= g.v[1<<i]
		key[i] = g.Total() - g.v[g.grand()&^(1<<i)] - g.v[1<<i]
		sum += key[i]
	}
	if sum == 0 && rest != 0 {
		return nil, fmt.Errorf("%w: contributions add up to 0, and %d is to be shared", ErrShares, rest)
	}
	shares := make([]*big.Rat, g.n)
	for i := range shares {
		shares[i] = new(big.Rat).SetInt64(g.v[1<<i])
		if sum != 0 {
			part := new(big.Rat).SetFrac64(key[i], 1)
			part.Mul(part, new(big.Rat).SetFrac(big.NewInt(rest), big.NewInt(sum)))
			shares[i].Add(shares[i], part)
		}
	}
	return shares, nil
}

// SeparableCosts returns the charges of the method of separable costs and
// remaining benefits (SCRB), also called alternate cost avoided (ACA), from the
// costs of all coalitions indexed by [Mask]. Each player pays what it adds to
// the cost of the others, its separable cost s_i, and the rest is split in
// proportion to what the joint plan spares it beyond that, C({i}) - s_i.
// Source: Ransmeier (1942).
//
// It fails with [ErrPlayers], [ErrTable], or as [Gately] does.
func SeparableCosts(n int, costs []int64) ([]*big.Rat, error) {
	if err := checkTable(n, costs); err != nil {
		return nil, err
	}
	all := All(n)
	separable := make([]int64, n)
	rest, spared := costs[all], int64(0)
	for i := range separable {
		separable[i] = costs[all] - costs[all&^(1<<i)]
		rest -= separable[i]
		spared += costs[1<<i] - separable[i]
	}
	if spared == 0 && rest != 0 {
		return nil, fmt.Errorf("%w: nothing is spared, and %d is to be shared", ErrShares, rest)
	}
	charges := make([]*big.Rat, n)
	for i := range charges {
		charges[i] = new(big.Rat).SetInt64(separable[i])
		if spared != 0 {
			part := new(big.Rat).SetFrac(big.NewInt(rest), big.NewInt(spared))
			part.Mul(part, new(big.Rat).SetInt64(costs[1<<i]-separable[i]))
			charges[i].Add(charges[i], part)
		}
	}
	return charges, nil
}
