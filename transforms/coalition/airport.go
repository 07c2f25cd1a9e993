package coalition

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"
)

// An airport game is a cost game in which a coalition pays for its most
// demanding member only, C(S) = max of c_i over i in S: a runway, a trunk main,
// a study at the depth that the largest member needs.

// AirportShapley returns the Shapley value of an airport game as charges, for
// any number of players: each step of the cost is shared equally by those who
// need it, phi_i = sum over k <= i of (c_k - c_(k-1)) / (players from k on), in
// the order of rising costs. Source: Littlechild and Owen (1973).
//
// It fails with [ErrTable] on a negative cost.
func AirportShapley(costs []int64) ([]*big.Rat, error) {
	order, err := risingCosts(costs)
	if err != nil {
		return nil, err
	}
	charges := make([]*big.Rat, len(costs))
	paid := new(big.Rat)
	before := int64(0)
	for k, i := range order {
		paid = new(big.Rat).Add(paid, new(big.Rat).SetFrac64(costs[i]-before, int64(len(order)-k)))
		charges[i] = paid
		before = costs[i]
	}
	return charges, nil
}

// AirportNucleolus returns the nucleolus of an airport game as charges, for any
// number of players. Players in the order of rising costs fall into groups that
// pay the same; the next group ends where the charge per head is smallest.
// Source: Littlechild (1974).
//
// It fails with [ErrTable] on a negative cost.
func AirportNucleolus(costs []int64) ([]*big.Rat, error) {
	order, err := risingCosts(costs)
	if err != nil {
		return nil, err
	}
	charges := make([]*big.Rat, len(costs))
	charge := new(big.Rat)
	n := len(order)
	for done, before := 0, int64(0); done < n; {
		var best *big.Rat
		end := n
		for k := done + 1; k <= n; k++ {
			// A group that is not the last leaves one more head to share with:
			// the players after it gain as much as each of its members.
			heads := int64(min(k-done+1, n-done))
			perHead := new(big.Rat).SetInt64(costs[order[k-1]] - before)
			perHead.Add(perHead, charge)
			perHead.Quo(perHead, new(big.Rat).SetInt64(heads))
			if best == nil || perHead.Cmp(best) <= 0 {
				best, end = perHead, k
			}
		}
		for _, i := range order[done:end] {
			charges[i] = best
		}
		charge, before, done = best, costs[order[end-1]], end
	}
	return charges, nil
}

func risingCosts(costs []int64) ([]int, error) {
	order := make([]int, len(costs))
	for i, cost := range costs {
		if cost < 0 {
			return nil, fmt.Errorf("%w: cost of player %d is %d, expected a number from 0", ErrTable, i, cost)
		}
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(costs[a], costs[b]) })
	return order, nil
}
