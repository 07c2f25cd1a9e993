package coalition

import (
	"math"
	"math/big"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// The toy cooperations are invented; only the names of the members are real.

// rung is one block of a toy supply curve: GWh at EUR per MWh.
type rung struct{ gwh, price float64 }

// toyPool builds a pooled target from targets in GWh and one ladder per member.
func toyPool(t testing.TB, targets []float64, ladders [][]rung, backstop float64) *PooledTarget {
	t.Helper()
	mwh := make([]float64, len(targets))
	var increments []Increment
	for i, target := range targets {
		mwh[i] = target * 1000
		for k, r := range ladders[i] {
			increments = append(increments, Increment{
				ID: "m" + strconv.Itoa(k), Member: i, Energy: r.gwh * 1000, UnitCost: r.price, CO2: r.gwh * 100,
			})
		}
	}
	p, err := NewPooledTarget(mwh, increments, backstop)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// fourMembers is Greve 1, Solrød 2, Køge 4, Stevns 8.
func fourMembers(t testing.TB) *PooledTarget {
	return toyPool(t, []float64{30, 15, 40, 18}, [][]rung{
		{{2, 15}, {20, 35}, {15, 50}, {10, 70}},
		{{1, 18}, {12, 30}, {6, 55}, {5, 65}},
		{{3, 12}, {40, 28}, {30, 45}, {20, 60}},
		{{1, 20}, {5, 58}, {14, 62}, {12, 80}},
	}, 0)
}

// fiveMembers is Båstad 1, Laholm 2, Halmstad 4, Hylte 8, Falkenberg 16.
func fiveMembers(t testing.TB) *PooledTarget {
	return toyPool(t, []float64{12, 16, 55, 10, 24}, [][]rung{
		{{4, 22}, {9, 48}, {6, 75}},
		{{6, 18}, {14, 40}, {10, 66}},
		{{20, 25}, {40, 38}, {30, 58}},
		{{30, 12}, {10, 34}, {5, 70}},
		{{8, 20}, {22, 44}, {12, 72}},
	}, 0)
}

// game builds a game from values indexed by mask, without the empty coalition.
func game(t rapid.TB, values ...int64) Game {
	t.Helper()
	n := 0
	for 1<<n < len(values)+1 {
		n++
	}
	g, err := New(n, append([]int64{0}, values...))
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// bySize builds a game from values listed by size of the coalition and then in
// lexicographic order, the order of the literature: 1, 2, 3, 12, 13, 23, 123.
func bySize(t testing.TB, n int, values ...int64) Game {
	t.Helper()
	table := make([]int64, 1<<n)
	for at, s := range sizeOrder(n) {
		table[s] = values[at]
	}
	g, err := New(n, table)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func sizeOrder(n int) []Mask {
	var order []Mask
	var grow func(s Mask, from, left int)
	grow = func(s Mask, from, left int) {
		if left == 0 {
			order = append(order, s)
			return
		}
		for i := from; i < n; i++ {
			grow(s|1<<i, i+1, left-1)
		}
	}
	for size := 1; size <= n; size++ {
		grow(0, 0, size)
	}
	return order
}

// tabulated builds a game from a function of the coalition.
func tabulated(t rapid.TB, n int, f func(Mask) int64) Game {
	t.Helper()
	table := make([]int64, 1<<n)
	for s := range table {
		table[s] = f(Mask(s))
	}
	g, err := New(n, table)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// rats reads fractions such as "121/3 37/2".
func rats(t testing.TB, list string) []*big.Rat {
	t.Helper()
	var out []*big.Rat
	for _, field := range strings.Fields(list) {
		r, ok := new(big.Rat).SetString(field)
		if !ok {
			t.Fatalf("%q is not a fraction", field)
		}
		out = append(out, r)
	}
	return out
}

func sameRats(t rapid.TB, what string, got, want []*big.Rat) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s: %d shares, want %d", what, len(got), len(want))
		return
	}
	for i := range want {
		if got[i].Cmp(want[i]) != 0 {
			t.Errorf("%s: share %d is %s, want %s", what, i, got[i].RatString(), want[i].RatString())
		}
	}
}

func sameFloats(t rapid.TB, what string, got, want []float64, tolerance float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s: %d values, want %d", what, len(got), len(want))
		return
	}
	for i := range want {
		if !near(got[i], want[i], tolerance) {
			t.Errorf("%s: value %d is %.12g, want %.12g", what, i, got[i], want[i])
		}
	}
}

// near compares relative to the larger number, and absolutely below 1.
func near(a, b, tolerance float64) bool {
	return math.Abs(a-b) <= tolerance*math.Max(1, math.Max(math.Abs(a), math.Abs(b)))
}

// scaled multiplies fractions, for golden values in larger units.
func scaled(list []*big.Rat, factor int64) []*big.Rat {
	out := make([]*big.Rat, len(list))
	for i, r := range list {
		out[i] = new(big.Rat).Mul(r, new(big.Rat).SetInt64(factor))
	}
	return out
}
