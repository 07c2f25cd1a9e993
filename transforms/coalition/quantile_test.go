package coalition

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestQuantiles(t *testing.T) {
	for _, c := range []struct{ values, at, want []float64 }{
		{[]float64{10, 1, 7, 4}, []float64{0, 0.25, 0.5, 0.9, 1}, []float64{1, 3.25, 5.5, 9.1, 10}},
		{[]float64{3, 1, 2}, []float64{0.5, 0.1}, []float64{2, 1.2}},
		{[]float64{5}, []float64{0, 0.3, 1}, []float64{5, 5, 5}},
		{[]float64{-2, -2, -2, 8}, []float64{0.5, 2.0 / 3, 0.8}, []float64{-2, -2, 2}},
		{[]float64{1, 2}, nil, []float64{}},
	} {
		before := slices.Clone(c.values)
		got, err := Quantiles(c.values, c.at...)
		if err != nil {
			t.Fatal(err)
		}
		sameFloats(t, "quantiles", got, c.want, 1e-14)
		if !slices.Equal(c.values, before) {
			t.Errorf("the values %v became %v", before, c.values)
		}
	}
}

// At places that values hold, the quantile is the value; it rises with the
// probability, and the order of the values does not matter.
func TestPropertyQuantiles(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Map(rapid.IntRange(-300, 300), func(i int) float64 { return float64(i) }), 2, 40).Draw(t, "values")
		n := len(values)
		sorted := slices.Sorted(slices.Values(values))
		at := make([]float64, n)
		for i := range at {
			at[i] = float64(i) / float64(n-1)
		}
		places, err := Quantiles(values, at...)
		if err != nil {
			t.Fatal(err)
		}
		sameFloats(t, "at places", places, sorted, 1e-12)
		fine := make([]float64, 101)
		for k := range fine {
			fine[k] = float64(k) / 100
		}
		got, err := Quantiles(values, fine...)
		if err != nil || !slices.IsSorted(got) || got[0] != sorted[0] || got[100] != sorted[n-1] {
			t.Errorf("quantiles %v of %v (%v)", got, sorted, err)
		}
		if again, _ := Quantiles(rapid.Permutation(values).Draw(t, "another order"), fine...); !slices.Equal(again, got) {
			t.Error("the order of the values changes the quantiles")
		}
	})
}

// Draws of a triangular distribution have its quantiles, within what 4000 draws
// can tell: the standard error is sqrt(p (1-p) / 4000) over the density.
func TestQuantilesOfDraws(t *testing.T) {
	spread := Spread{10, 20, 60}
	stream := Stream{Seed: 42, Scenario: "base"}
	const draws = 4000
	values := make([]float64, draws)
	for d := range values {
		values[d] = spread.Triangular(stream.Uniform(d, "invest"))
	}
	at := []float64{0.1, 0.5, 0.9}
	got, err := Quantiles(values, at...)
	if err != nil {
		t.Fatal(err)
	}
	for k, p := range at {
		want := spread.Triangular(p)
		slope := (spread.Triangular(p+1e-6) - spread.Triangular(p-1e-6)) / 2e-6 // 1 over the density
		if margin := 4 * math.Sqrt(p*(1-p)/draws) * slope; math.Abs(got[k]-want) > margin {
			t.Errorf("quantile %v is %v, want %v within %v", p, got[k], want, margin)
		}
	}
}

func TestQuantilesReject(t *testing.T) {
	for name, c := range map[string]struct {
		values []float64
		p      float64
	}{
		"nothing":      {nil, 0.5},
		"NaN":          {[]float64{1, math.NaN()}, 0.5},
		"infinite":     {[]float64{1, math.Inf(-1)}, 0.5},
		"probability":  {[]float64{1, 2}, 1.01},
		"negative":     {[]float64{1, 2}, -0.01},
		"NaN quantile": {[]float64{1, 2}, math.NaN()},
	} {
		if got, err := Quantiles(c.values, c.p); err == nil {
			t.Errorf("%s: got %v, want an error", name, got)
		}
	}
}
