package coalition

import (
	"fmt"
	"math"
)

// Plants is the fourth mechanism: members hold a resource, and groups of them
// build a shared plant at the site of one member,
//
//	b(B) = max(0, max over k in B of Revenue Q(B) - Cost (Q(B)/Reference)^Exponent
//	                                 - sum over i in B of Transport d_ik q_i),
//	V(S) = max over the partitions of S of the sum of b(B).
//
// The joint gain is V(S) minus what each member's own plant earns. It is
// superadditive by construction.
type Plants struct {
	Amounts   []float64   // resource of each member, in the unit of Reference, per year
	Distance  [][]float64 // km from member i to the site at member k
	Transport float64     // EUR per unit and km
	Revenue   float64     // EUR per unit, net of running costs; the value to society, not a subsidy
	Cost      float64     // EUR per year of a plant of the reference amount
	Reference float64     // amount at which Cost holds
	Exponent  float64     // scale exponent, above 0
}

// Plant is a plant of the best partition.
type Plant struct {
	Members Mask
	Site    int     // the member at which it stands
	Amount  float64 // resource used per year
	Profit  float64 // EUR per year
}

// PlantsResult is the solution for all coalitions.
type PlantsResult struct {
	// Profit is V(S) in cents per year for every coalition, indexed by [Mask].
	Profit []int64
	// Game is the savings game: V(S) minus the sum of V({i}).
	Game Game

	cover  Cover
	plants Plants
}

// Solve finds the best partition of every coalition by dynamic programming over
// subsets. Time grows as 3^n.
//
// It fails with [ErrPlayers] above [MaxPartitionPlayers], and on parameters out
// of range.
func (p Plants) Solve() (PlantsResult, error) {
	if err := p.check(); err != nil {
		return PlantsResult{}, err
	}
	n := len(p.Amounts)
	blocks, err := tabulate(n, 100, func(s Mask) float64 { return p.best(s).Profit })
	if err != nil {
		return PlantsResult{}, err
	}
	cover, err := coverOf(n, blocks)
	if err != nil {
		return PlantsResult{}, err
	}
	// A profit is a negative cost, and the gain is over the members alone.
	costs := cover.Game.Values()
	for s := range costs {
		costs[s] = -costs[s]
	}
	g, err := FromCosts(n, costs)
	return PlantsResult{Profit: cover.Game.Values(), Game: g, cover: cover, plants: p}, err
}

// Plants returns the plants that coalition s builds, in the order of their
// lowest members; members of none are in no plant.
func (r PlantsResult) Plants(s Mask) []Plant {
	var built []Plant
	for _, block := range r.cover.Partition(s) {
		if plant := r.plants.best(block); plant.Profit > 0 {
			built = append(built, plant)
		}
	}
	return built
}

// best returns the best plant for a group, with no profit where none pays. The
// first site counts where several are equal.
func (p Plants) best(s Mask) Plant {
	members := s.Members()
	plant := Plant{Members: s, Site: -1}
	for _, i := range members {
		plant.Amount += p.Amounts[i]
	}
	margin := p.Revenue*plant.Amount - p.Cost*math.Pow(plant.Amount/p.Reference, p.Exponent)
	for _, site := range members {
		profit := margin
		for _, i := range members {
			profit -= p.Transport * p.Distance[i][site] * p.Amounts[i]
		}
		if profit > plant.Profit {
			plant.Profit, plant.Site = profit, site
		}
	}
	return plant
}

func (p Plants) check() error {
	n := len(p.Amounts)
	if n < 1 || n > MaxPartitionPlayers {
		return fmt.Errorf("%w: %d, expected 1 to %d", ErrPlayers, n, MaxPartitionPlayers)
	}
	if len(p.Distance) != n {
		return fmt.Errorf("coalition: distances from %d of %d members", len(p.Distance), n)
	}
	for i, amount := range p.Amounts {
		if !finite(amount) || amount < 0 {
			return fmt.Errorf("coalition: amount of member %d is %v, expected a number from 0", i, amount)
		}
		if len(p.Distance[i]) != n {
			return fmt.Errorf("coalition: distances from member %d to %d of %d sites", i, len(p.Distance[i]), n)
		}
		for k, d := range p.Distance[i] {
			if !finite(d) || d < 0 {
				return fmt.Errorf("coalition: distance from member %d to site %d is %v, expected a number from 0", i, k, d)
			}
		}
	}
	if !(p.Reference > 0) || !(p.Exponent > 0) || !finite(p.Reference) || !finite(p.Exponent) {
		return fmt.Errorf("coalition: reference amount %v and exponent %v, expected positive numbers", p.Reference, p.Exponent)
	}
	for _, x := range []float64{p.Transport, p.Revenue, p.Cost} {
		if !finite(x) || x < 0 {
			return fmt.Errorf("coalition: transport cost, revenue or plant cost %v, expected a number from 0", x)
		}
	}
	return nil
}
