package coalition

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func procurement() Scale {
	return Scale{Amounts: []float64{40, 18, 55, 20}, Cost: 1e6, Reference: 100, Exponent: 0.85}
}

func TestScaleFourMembers(t *testing.T) {
	c := procurement()
	costs, err := c.Costs()
	if err != nil {
		t.Fatal(err)
	}
	want := []float64{0, 458.934802, 232.799278, 629.381241, 601.600635, 957.337486, 765.287168, 1109.472845,
		254.610023, 647.781533, 439.355490, 809.618479, 783.072683, 1126.142022, 940.178913, 1274.306490}
	for s := range want {
		if math.Abs(float64(costs[s])/1e5-want[s]) > 1e-5 {
			t.Errorf("C(%04b) = %d cents, want %v kEUR", s, costs[s], want[s])
		}
	}
	g, err := c.Game()
	if err != nil {
		t.Fatal(err)
	}
	kilo := func(shares []float64) []float64 {
		out := make([]float64, len(shares))
		for i, x := range shares {
			out[i] = x / 1e5
		}
		return out
	}
	shapley := Shapley(g)
	sameFloats(t, "Shapley", kilo(Floats(shapley)), []float64{77.085180, 55.061927, 83.476078, 58.015064}, 1e-6)
	nucleolus, err := Nucleolus(g)
	if err != nil || !nucleolus.Verified {
		t.Fatal(err, nucleolus.Verified)
	}
	sameFloats(t, "nucleolus", kilo(Floats(nucleolus.Shares)), []float64{84.184028, 44.011613, 96.289427, 49.153181}, 1e-6)
	excess, _, _ := MaxExcessFloat(g, Floats(nucleolus.Shares))
	sameFloats(t, "excess", []float64{excess / 1e5}, []float64{-40.623197}, 1e-6)
	if ok, worst := Convex(g); !ok {
		t.Errorf("not convex: %+v", worst)
	}
	alone := []int64{costs[1], costs[2], costs[4], costs[8]}
	byAmount, err := GainsFromCharges(alone, costs[15], c.Amounts)
	if err != nil {
		t.Fatal(err)
	}
	sameFloats(t, "charged by amount", kilo(Floats(byAmount)), []float64{75.684730, 60.336746, 74.631786, 62.984987}, 1e-6)
	equal, err := GainsFromCharges(alone, costs[15], []float64{1, 1, 1, 1})
	if err != nil {
		t.Fatal(err)
	}
	sameFloats(t, "equal shares", kilo(Floats(equal)), []float64{140.358180, -85.777344, 283.024013, -63.966599}, 1e-6)
}

// staff is a shared office, in thousands of euro: 90 for each member alone.
func staff(n int) []int64 {
	values := make([]int64, n+1)
	for s := int64(1); s <= int64(n); s++ {
		values[s] = 90*s - (90 + 12*(s-1) + 5*s*(s-1)/2)
	}
	return values
}

func TestCoordinationCostLimitsTheGroup(t *testing.T) {
	values := staff(290)
	for size, want := range map[int]int64{1: 0, 2: 73, 3: 141, 4: 204, 5: 262, 10: 477, 16: 570, 20: 532, 32: -62, 98: -16199, 290: -186983} {
		if values[size] != want {
			t.Errorf("v of a group of %d is %d, want %d", size, values[size], want)
		}
	}
	for n, want := range map[int]int64{4: 204, 5: 262, 6: 315, 12: 630, 20: 1048, 98: 5143, 290: 15223} {
		total, sizes, err := GroupSizes(values[:n+1])
		if err != nil || total != want {
			t.Errorf("cover of %d is %d, want %d (%v)", n, total, want, err)
		}
		sum := 0
		for _, size := range sizes {
			sum += size
		}
		if sum != n || !slices.IsSortedFunc(sizes, func(a, b int) int { return b - a }) {
			t.Errorf("sizes %v do not make %d", sizes, n)
		}
		if n == 98 && (sizes[12] != 6 || sizes[13] != 5 || len(sizes) != 17) {
			t.Errorf("sizes of 98: %v, want 13 of 6 and 4 of 5", sizes)
		}
	}
	if best, err := BestGroupSize(values); err != nil || best != 6 {
		t.Errorf("best group size %d, want 6 (%v)", best, err)
	}
	// The same by subsets of twelve members.
	c := Scale{Amounts: make([]float64, 12), Reference: 1, Exponent: 1, Fixed: 90, PerMember: 12, PerPair: 5}
	g, err := c.Game()
	if err != nil {
		t.Fatal(err)
	}
	cover, err := SuperadditiveCover(g, 0)
	if err != nil || cover.Game.Total() != 63000 {
		t.Fatalf("cover %d cents, want 630 EUR (%v)", cover.Game.Total(), err)
	}
	groups := cover.Partition(All(12))
	if len(groups) != 2 || groups[0].Size() != 6 || groups[0]&groups[1] != 0 {
		t.Errorf("groups %b, want two of six", groups)
	}
	if ok, _, _ := Superadditive(g); ok {
		t.Error("twelve members with a cost for each pair pass as superadditive")
	}
	if ok, _, _ := Superadditive(cover.Game); !ok {
		t.Error("the superadditive cover is not superadditive")
	}
	for _, bad := range [][]int64{nil, {0}, {1, 2}, {0, MaxValue + 1}} {
		if _, _, err := GroupSizes(bad); err == nil {
			t.Errorf("%v: no error", bad)
		}
	}
}

// ladder is the scale game C = (sum of d)^0.7 with d_i = i.
func ladder(n int) Scale {
	c := Scale{Cost: 1, Reference: 1, Exponent: 0.7}
	for i := range n {
		c.Amounts = append(c.Amounts, float64(i+1))
	}
	return c
}

func TestAggregateShapley(t *testing.T) {
	for _, c := range []struct {
		n    int
		want map[int]float64
		sum  float64
	}{
		{20, map[int]float64{1: .230886162, 10: 2.032230372, 20: 3.923670995}, 42.223429631},
		{98, map[int]float64{1: .086588070, 49: 3.857329522, 98: 7.601087695}, 380.261093055},
	} {
		got, err := ladder(c.n).ShapleyCharges()
		if err != nil {
			t.Fatal(err)
		}
		sum := 0.0
		for _, x := range got {
			sum += x
		}
		if math.Abs(sum-c.sum) > 1e-8 {
			t.Errorf("n = %d: sum %.9f, want %.9f", c.n, sum, c.sum)
		}
		for i, want := range c.want {
			if math.Abs(got[i-1]-want) > 1e-9 {
				t.Errorf("n = %d: share %d is %.9f, want %.9f", c.n, i, got[i-1], want)
			}
		}
	}
}

func TestAggregateShapleyOf290(t *testing.T) {
	if !long() {
		t.Skip("slow; set SAMKRAFT_LONG")
	}
	c := ladder(290)
	got, err := c.ShapleyCharges()
	if err != nil {
		t.Fatal(err)
	}
	sum := 0.0
	for _, x := range got {
		sum += x
	}
	if want := math.Pow(290*291/2, 0.7); math.Abs(sum-want) > 1e-9*want {
		t.Errorf("sum %v, want %v", sum, want)
	}
}

// The multilinear form must agree with enumeration, coordination costs and a
// member without any amount included.
func TestPropertyScaleShapleyEqualsEnumeration(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 10).Draw(t, "members")
		c := Scale{Amounts: whole(n, 50).Draw(t, "amounts"), Cost: 1e6, Reference: 40, Exponent: 0.8, Fixed: 5e4, PerMember: 2e4, PerPair: 1e3}
		costs := must(t, c.Costs)
		want := Floats(Shapley(newGame(t, costs)))
		for i, charge := range must(t, c.ShapleyCharges) {
			if math.Abs(charge*100-want[i]) > 1 { // costs are whole cents
				t.Errorf("charge %d is %v, want %v cents", i, charge*100, want[i])
			}
		}
	})
}

func TestScaleRejects(t *testing.T) {
	nan := math.NaN()
	for name, c := range map[string]Scale{
		"no members":  {Reference: 1, Exponent: 1},
		"amount":      {Amounts: []float64{-1}, Reference: 1, Exponent: 1},
		"reference":   {Amounts: []float64{1}, Exponent: 1},
		"exponent":    {Amounts: []float64{1}, Reference: 1},
		"cost":        {Amounts: []float64{1}, Reference: 1, Exponent: 1, Cost: nan},
		"coordinates": {Amounts: []float64{1}, Reference: 1, Exponent: 1, PerPair: nan},
	} {
		if _, err := c.Game(); err == nil {
			t.Errorf("%s: no error", name)
		}
		if _, err := c.ShapleyCharges(); err == nil {
			t.Errorf("%s: no error from the Shapley value", name)
		}
	}
	if _, err := (Scale{Amounts: []float64{0.5}, Reference: 1, Exponent: 1}).ShapleyCharges(); err == nil {
		t.Error("an amount that is not whole was accepted")
	}
}
