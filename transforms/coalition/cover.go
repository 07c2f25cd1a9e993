package coalition

import (
	"fmt"
	"slices"
)

// MaxPartitionPlayers is the largest game whose best partitions are computed:
// the time grows as 3^n, and 3^16 is 43 million.
const MaxPartitionPlayers = 16

// Cover is a game of best partitions.
type Cover struct {
	Game  Game
	first []Mask // the block of the best partition that holds the lowest member
}

// SuperadditiveCover returns the game in which every coalition may split into
// groups that each act together,
//
//	v*(S) = max over the partitions of S of the sum of v(B).
//
// Where working together costs time and contracts, the best partition says how
// large groups should be. A game in which no two coalitions gain more than slack
// apart, which rounding to whole units can make of nothing, is its own cover.
//
// It fails with [ErrPlayers] above [MaxPartitionPlayers].
func SuperadditiveCover(g Game, slack int64) (Cover, error) {
	if g.n > MaxPartitionPlayers {
		return Cover{}, fmt.Errorf("%w: %d, expected 1 to %d", ErrPlayers, g.n, MaxPartitionPlayers)
	}
	if _, _, worst := Superadditive(g); worst.Lack > slack {
		return coverOf(g.n, g.v)
	}
	whole := make([]Mask, len(g.v))
	for s := range whole {
		whole[s] = Mask(s)
	}
	return Cover{Game: g, first: whole}, nil
}

// coverOf builds V(S) = max over B of b(B) + V(S without B), where B holds the
// lowest member of S: each partition is then looked at once.
func coverOf(n int, blocks []int64) (Cover, error) {
	if n < 1 || n > MaxPartitionPlayers {
		return Cover{}, fmt.Errorf("%w: %d, expected 1 to %d", ErrPlayers, n, MaxPartitionPlayers)
	}
	best := make([]int64, 1<<n)
	first := make([]Mask, 1<<n)
	for s := Mask(1); s < Mask(len(best)); s++ {
		low := s & -s
		rest := s &^ low
		// The whole coalition comes first, and smaller blocks only if better.
		best[s], first[s] = blocks[s], s
		for out := rest; out != 0; out = (out - 1) & rest {
			block := s &^ out
			if value := blocks[block] + best[out]; value > best[s] {
				best[s], first[s] = value, block
			}
		}
	}
	g, err := New(n, best)
	return Cover{Game: g, first: first}, err
}

// Partition returns the groups into which coalition s best splits, in the order
// of their lowest members.
func (c Cover) Partition(s Mask) []Mask {
	var groups []Mask
	for s &= c.Game.grand(); s != 0; s &^= c.first[s] {
		groups = append(groups, c.first[s])
	}
	return groups
}

// GroupSizes does what [SuperadditiveCover] does for players that are all alike,
// of whom there may be hundreds: values[k] is what a group of k is worth, from
// k = 0 to the number of players. It returns the best total and the sizes of the
// groups that reach it, the largest first.
//
// It fails with [ErrTable] when there is no value or values[0] is not 0.
func GroupSizes(values []int64) (total int64, sizes []int, err error) {
	if err := checkSizes(values); err != nil {
		return 0, nil, err
	}
	best := make([]int64, len(values))
	last := make([]int, len(values))
	for n := 1; n < len(values); n++ {
		best[n], last[n] = values[n], n
		for k := n - 1; k >= 1; k-- {
			if value := values[k] + best[n-k]; value > best[n] {
				best[n], last[n] = value, k
			}
		}
	}
	for n := len(values) - 1; n > 0; n -= last[n] {
		sizes = append(sizes, last[n])
	}
	slices.Sort(sizes)
	slices.Reverse(sizes)
	return best[len(best)-1], sizes, nil
}

// BestGroupSize returns the size of the group that is worth most per member, the
// smallest where several are equal.
//
// It fails as [GroupSizes] does.
func BestGroupSize(values []int64) (int, error) {
	if err := checkSizes(values); err != nil {
		return 0, err
	}
	best := 1
	for k := 2; k < len(values); k++ {
		if values[k]*int64(best) > values[best]*int64(k) {
			best = k
		}
	}
	return best, nil
}

func checkSizes(values []int64) error {
	if len(values) < 2 || values[0] != 0 {
		return fmt.Errorf("%w: expected values of groups of 0 (worth 0), 1, 2, ... players", ErrTable)
	}
	for k, value := range values {
		if value > MaxValue || value < -MaxValue {
			return fmt.Errorf("%w: a group of %d has value %d, expected at most %d either way", ErrTable, k, value, int64(MaxValue))
		}
	}
	return nil
}
