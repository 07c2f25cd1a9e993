package joint

import (
	"cmp"
	"math/bits"
	"slices"

	"samkraft/transforms/coalition"
)

// watch lists the coalitions of n players whose gains are found in each draw: all
// of them up to some number of players; above, those that the central solution
// makes tight under one of the published ways of sharing, and those that lack one
// player.
func watch(g coalition.Game, shares []sharing, all int) []coalition.Mask {
	n := g.Players()
	grand := coalition.All(n)
	var list []coalition.Mask
	if n <= all {
		for s := coalition.Mask(1); s <= grand; s++ {
			list = append(list, s)
		}
		return list
	}
	list = append(list, grand)
	for i := range n {
		list = append(list, 1<<i, grand&^(1<<i))
	}
	for _, one := range shares {
		list = append(list, one.blocking)
		list = append(list, tightest(g, one.money, 16)...)
	}
	list = slices.DeleteFunc(list, func(s coalition.Mask) bool { return s == 0 })
	slices.Sort(list)
	return slices.Compact(list)
}

// tightest returns the coalitions with the largest excess under some shares.
func tightest(g coalition.Game, shares []int64, count int) []coalition.Mask {
	type one struct {
		excess int64
		mask   coalition.Mask
	}
	var best []one
	got := make([]int64, 1<<g.Players()) // by coalition, from that without its lowest member
	for s := coalition.Mask(1); s < coalition.All(g.Players()); s++ {
		got[s] = got[s&(s-1)] + shares[bits.TrailingZeros64(uint64(s))]
		excess := g.Value(s) - got[s]
		if len(best) == count && excess <= best[count-1].excess {
			continue
		}
		at, _ := slices.BinarySearchFunc(best, excess, func(o one, x int64) int { return cmp.Compare(x, o.excess) })
		best = slices.Insert(best, at, one{excess, s})
		best = best[:min(len(best), count)]
	}
	var masks []coalition.Mask
	for _, o := range best {
		masks = append(masks, o.mask)
	}
	return masks
}
