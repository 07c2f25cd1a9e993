package coalition

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestAirportOfAnySize(t *testing.T) {
	for _, n := range []int{98, 290} {
		costs := make([]int64, n)
		for i := range costs {
			costs[i] = int64(i + 1)
		}
		shapley, err := AirportShapley(costs)
		if err != nil {
			t.Fatal(err)
		}
		nucleolus, err := AirportNucleolus(costs)
		if err != nil {
			t.Fatal(err)
		}
		sumS, sumN := 0.0, 0.0
		for i := range costs {
			a, _ := shapley[i].Float64()
			b, _ := nucleolus[i].Float64()
			sumS, sumN = sumS+a, sumN+b
			// Player k pays 1 - 2^-k, and the last one the rest.
			want := 1 - math.Exp2(-float64(i+1))
			if i == n-1 {
				want = 2 - math.Exp2(-float64(n-1))
			}
			if b != want {
				t.Errorf("n = %d: nucleolus charge %d is %v, want %v", n, i, b, want)
			}
		}
		if !near(sumS, float64(n), 1e-12) || !near(sumN, float64(n), 1e-12) {
			t.Errorf("n = %d: sums %v and %v", n, sumS, sumN)
		}
		if n == 98 {
			got := Floats(shapley)
			for i, want := range map[int]float64{1: .010204082, 49: .688071169, 98: 5.167276508} {
				if math.Abs(got[i-1]-want) > 1e-9 {
					t.Errorf("Shapley charge %d is %.9f, want %.9f", i, got[i-1], want)
				}
			}
		}
	}
	if _, err := AirportShapley([]int64{-1}); err == nil {
		t.Error("a negative cost was accepted")
	}
}

// The closed forms must agree with the general methods.
func TestPropertyAirportEqualsEnumeration(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		costs := rapid.SliceOfN(rapid.Int64Range(0, 12), 1, 8).Draw(t, "costs")
		g := airportGame(t, costs)
		shapley, err := AirportShapley(costs)
		if err != nil {
			t.Fatal(err)
		}
		sameRats(t, "Shapley", shapley, scaled(Shapley(g), -1))
		nucleolus, err := AirportNucleolus(costs)
		if err != nil {
			t.Fatal(err)
		}
		sameRats(t, "nucleolus", nucleolus, scaled(theNucleolus(t, g), -1))
	})
}
