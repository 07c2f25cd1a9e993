package joint

import (
	"slices"
	"testing"

	"samkraft/transforms/coalition"
)

// Above eight players a draw plays the single members, all but one, all, and for
// each way of sharing the groups that come nearest to leaving.
func TestWatchOfNine(t *testing.T) {
	n := 9
	table := make([]int64, 1<<n)
	for s := range table {
		size := int64(coalition.Mask(s).Size())
		table[s] = size*size*100 - size*100 + int64(s)%7
		if size < 2 {
			table[s] = 0
		}
	}
	g, err := coalition.New(n, table)
	if err != nil {
		t.Fatal(err)
	}
	shares, err := certified(g, []sharing{{rule: "a", money: []int64{900, 800, 700, 800, 900, 800, 700, 800, g.Total() - 6400}}, {rule: "b", money: append(make([]int64, 8), g.Total())}})
	if err != nil {
		t.Fatal(err)
	}
	list := watch(g, shares, coalition.ExactPlayers)
	if !slices.IsSorted(list) || list[len(list)-1] != coalition.All(n) || len(list) >= 1<<n {
		t.Fatalf("the list of %d is not in order or does not end with all", len(list))
	}
	for i := range n {
		if !slices.Contains(list, 1<<i) || !slices.Contains(list, coalition.All(n)&^(1<<i)) {
			t.Errorf("member %d, or all but it, is not watched", i)
		}
	}
	for _, s := range shares {
		var excess []int64
		watched := map[int64]int{}
		for mask := coalition.Mask(1); mask < coalition.All(n); mask++ {
			x := g.Value(mask)
			for _, i := range mask.Members() {
				x -= s.money[i]
			}
			excess = append(excess, x)
			if slices.Contains(list, mask) {
				watched[x]++
			}
		}
		slices.Sort(excess)
		slices.Reverse(excess)
		for _, x := range excess[:16] {
			if watched[x] == 0 {
				t.Errorf("no group with an excess of %d is watched", x)
			}
			watched[x]--
		}
		if !slices.Contains(list, s.blocking) {
			t.Errorf("the blocking group %b is not watched", s.blocking)
		}
	}
}
