package coalition

import "math/big"

// Shapley returns the Shapley value: the average contribution of each player
// over all orders in which the group can form,
//
//	phi_i = sum over S without i of s! (n-s-1)! / n! * [v(S with i) - v(S)].
//
// The shares are exact, in the unit of the game, and add up to v(N). The value
// is additive over games and gives a null player 0; it may lie outside the core.
// Time grows as n 2^n. Source: Shapley (1953).
func Shapley(g Game) []*big.Rat {
	if g.n == 0 {
		return nil
	}
	all, with := sumsBySize(g)
	shares := make([]*big.Rat, g.n)
	for i := range shares {
		shares[i] = new(big.Rat)
		for s := 0; s < g.n; s++ {
			// Coalitions of size s+1 with i, minus those of size s without i,
			// are all contributions of i to coalitions of size s.
			contribution := with[i][s+1] - (all[s] - with[i][s])
			weight := new(big.Rat).SetFrac(
				big.NewInt(contribution),
				new(big.Int).Mul(big.NewInt(int64(g.n)), new(big.Int).Binomial(int64(g.n-1), int64(s))),
			)
			shares[i].Add(shares[i], weight)
		}
	}
	return shares
}

// sumsBySize adds up the values of all coalitions of each size, and of those
// that hold player i. MaxValue keeps the sums inside an int64: grouping by size
// is what makes the exact value as cheap as a floating-point one.
func sumsBySize(g Game) (all []int64, with [][]int64) {
	all = make([]int64, g.n+1)
	with = make([][]int64, g.n)
	for i := range with {
		with[i] = make([]int64, g.n+1)
	}
	members := make([]int, 0, g.n)
	for s, value := range g.v {
		members = Mask(s).appendMembers(members[:0])
		size := len(members)
		all[size] += value
		for _, i := range members {
			with[i][size] += value
		}
	}
	return all, with
}
