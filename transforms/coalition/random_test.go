package coalition

import (
	"math"
	"testing"
)

func TestStream(t *testing.T) {
	s := Stream{Seed: 42, Scenario: "base"}
	spread := Spread{10, 20, 60}
	for _, c := range []struct {
		draw      int
		parameter string
		u, x      float64
	}{
		{0, "M001.invest", 0.5328655330811843, 29.434186845},
		{1, "M001.invest", 0.22069357961669867, 20.520728974},
		{0, "M002.invest", 0.5650051973712372, 30.504413800},
	} {
		u := s.Uniform(c.draw, c.parameter)
		if u != c.u || math.Abs(spread.Triangular(u)-c.x) > 1e-9 {
			t.Errorf("draw %d of %s: %v and %v, want %v and %v", c.draw, c.parameter, u, spread.Triangular(u), c.u, c.x)
		}
	}
	if u := s.Uniform(0, "M001.invest"); u*(1<<53) != 4799626032446005 {
		t.Errorf("%v is not the number of the stream", u*(1<<53))
	}
}

func TestSpreads(t *testing.T) {
	s := Spread{10, 20, 60}
	if s.TriangularMean() != 30 || !near(s.TriangularVariance(), 350.0/3, 1e-15) || s.PERTMean() != 25 {
		t.Errorf("means %v and %v, variance %v", s.TriangularMean(), s.PERTMean(), s.TriangularVariance())
	}
	for u, want := range map[float64]float64{.1: 17.071067812, .5: 28.377223398, .9: 45.857864376, 0: 10, 1: 60} {
		if got := s.Triangular(u); math.Abs(got-want) > 1e-9 {
			t.Errorf("quantile %v is %v, want %v", u, got, want)
		}
	}
	// The mean is the integral of the inverse distribution function.
	mean := 0.0
	const steps = 20000
	before := s.Low
	for k := range steps {
		x := s.PERT((float64(k) + 0.5) / steps)
		if x < before {
			t.Fatalf("the PERT quantile falls from %v to %v", before, x)
		}
		before = x
		mean += x / steps
	}
	if math.Abs(mean-25) > 1e-3 {
		t.Errorf("mean of PERT values is %v, want 25", mean)
	}
	// Mode at the low end: a beta distribution with parameters 1 and 5.
	edge := Spread{0, 0, 1}
	for _, u := range []float64{0.01, 0.3, 0.7, 0.99} {
		if want := 1 - math.Pow(1-u, 0.2); math.Abs(edge.PERT(u)-want) > 1e-12 {
			t.Errorf("PERT quantile %v is %v, want %v", u, edge.PERT(u), want)
		}
	}
	if point := (Spread{5, 5, 5}); point.Triangular(.3) != 5 || point.PERT(.3) != 5 || point.Check() != nil {
		t.Error("a spread without width is not its value")
	}
	for _, bad := range []Spread{{1, 0, 2}, {0, 3, 2}, {math.NaN(), 0, 1}, {0, math.NaN(), 1}, {0, 1, math.Inf(1)}} {
		if bad.Check() == nil {
			t.Errorf("%v was accepted", bad)
		}
	}
}

func TestInteraction(t *testing.T) {
	savings := []float64{.20, .30, .10}
	total, err := CombinedSaving(savings)
	if err != nil || !near(total, 0.496, 1e-15) {
		t.Errorf("total %v, want 0.496 (%v)", total, err)
	}
	average, err := AverageOrder(savings)
	if err != nil {
		t.Fatal(err)
	}
	sameFloats(t, "average order", average, []float64{0.162, 0.257, 0.077}, 1e-15)
	logs, err := LogRule(savings)
	if err != nil {
		t.Fatal(err)
	}
	sameFloats(t, "log rule", logs, []float64{0.161533263, 0.258196427, 0.076270310}, 1e-9)
	if none, err := LogRule([]float64{0, 0}); err != nil || none[0] != 0 {
		t.Errorf("no saving: %v (%v)", none, err)
	}
	for _, bad := range []float64{math.Inf(-1), 1.1, math.NaN()} {
		if _, err := CombinedSaving([]float64{bad}); err == nil {
			t.Errorf("saving %v was accepted", bad)
		}
	}
	whole, err := LogRule([]float64{1, 0.5, 1})
	if err != nil {
		t.Fatal(err)
	}
	sameFloats(t, "savings of everything by the log rule", whole, []float64{0.5, 0, 0.5}, 0)
	// One that takes a quarter more undoes what another spares: on average over the
	// orders it takes 0.225 and the other spares 0.225.
	undone, err := Attribute([]float64{.20, -.25})
	if err != nil {
		t.Fatal(err)
	}
	sameFloats(t, "one that takes more", undone, []float64{0.225, -0.225}, 1e-15)
	many, err := Attribute([]float64{.1, .1, .1, .1, .1, .1, .1, .1, .2})
	if err != nil {
		t.Fatal(err)
	}
	logs, err = LogRule([]float64{.1, .1, .1, .1, .1, .1, .1, .1, .2})
	if err != nil {
		t.Fatal(err)
	}
	sameFloats(t, "nine measures", many, logs, 0)
}
