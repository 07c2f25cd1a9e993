package coalition

import (
	"math"
	"slices"
	"testing"
)

func TestHoeffdingCount(t *testing.T) {
	for n, want := range map[int]float64{5: 26492, 98: 41370, 290: 46794} {
		if got := HoeffdingCount(n, 1, 0.01, 0.05); got != want {
			t.Errorf("n = %d: %v samples, want %v", n, got, want)
		}
	}
}

func TestSamplingOfNinetyEight(t *testing.T) {
	c := ladder(98)
	exact, err := c.ShapleyCharges()
	if err != nil {
		t.Fatal(err)
	}
	samples := 2000
	if long() {
		samples = 20000
	}
	for _, plain := range []bool{true, false} {
		got, err := SampleShapley(98, c.Marginals(), Sampling{
			Stream: Stream{Seed: 1, Scenario: "ladder"}, Delta: 0.05, Minimum: 2, Maximum: samples, Plain: plain,
		})
		if err != nil || got.Samples != samples || got.Converged {
			t.Fatalf("%d samples, converged %v (%v)", got.Samples, got.Converged, err)
		}
		sum := 0.0
		for i, share := range got.Shares {
			sum += share
			if math.Abs(share-exact[i]) > 4.5*got.StandardError[i] {
				t.Errorf("plain %v: share %d is %v, want %v within 4.5 x %v", plain, i, share, exact[i], got.StandardError[i])
			}
		}
		if !near(sum, c.Of(98, 98*99/2), 1e-12) {
			t.Errorf("shares add up to %v", sum)
		}
		worst := slices.Max(got.StandardError)
		if expected := 2.92 / math.Sqrt(float64(samples)); plain && math.Abs(worst/expected-1) > 0.1 {
			t.Errorf("largest standard error %v, want about %v", worst, expected)
		}
		if !plain && worst > 2.92/math.Sqrt(float64(2*samples)) {
			t.Errorf("an order and its reverse do no better than two orders: %v", worst)
		}
	}
}

func TestSamplingStopsAndRepeats(t *testing.T) {
	p := pools(8, 8).Example(11).build(t)
	g := moneyGame(t, p)
	exact := Floats(Shapley(g))
	how := Sampling{Stream: Stream{Seed: 7, Scenario: "x"}, Delta: 0.01, Precision: 0.05, Minimum: 30, Maximum: 100000}
	got, err := SampleShapley(8, p.Marginals(), how)
	if err != nil || !got.Converged {
		t.Fatalf("%+v (%v)", got, err)
	}
	for i := range exact {
		if math.Abs(got.Shares[i]*100-exact[i]) > 1.5*got.HalfWidth[i]*100 {
			t.Errorf("share %d is %v, want %v within about %v", i, got.Shares[i]*100, exact[i], got.HalfWidth[i]*100)
		}
	}
	again, err := SampleShapley(8, p.Marginals(), how)
	if err != nil || !slices.Equal(again.Shares, got.Shares) || again.Samples != got.Samples {
		t.Error("the same stream gave another result")
	}
	table, err := SampleShapley(8, g.Marginals(), how)
	if err != nil {
		t.Fatal(err)
	}
	for i := range exact {
		if table.Samples == got.Samples && !near(table.Shares[i], got.Shares[i]*100, 1e-6) {
			t.Errorf("share %d by table %v, by mechanism %v", i, table.Shares[i], got.Shares[i]*100)
		}
	}
	for name, bad := range map[string]Sampling{
		"delta":     {Delta: 0, Minimum: 2, Maximum: 2},
		"minimum":   {Delta: 0.1, Minimum: 1, Maximum: 2},
		"maximum":   {Delta: 0.1, Minimum: 3, Maximum: 2},
		"precision": {Delta: 0.1, Precision: -1, Minimum: 2, Maximum: 2},
	} {
		if _, err := SampleShapley(8, g.Marginals(), bad); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
