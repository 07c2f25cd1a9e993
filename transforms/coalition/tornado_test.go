package coalition

import (
	"errors"
	"math"
	"strings"
	"testing"
)

// The yearly gain of one measure, thousands of euro: energy saved times its price,
// less the annuity of the investment.
func yearlyGain(values []float64) (float64, error) {
	invest, life, rate, energy, price := values[0], values[1], values[2], values[3], values[4]
	annuity := rate / (1 - math.Pow(1+rate, -life))
	return energy*price/1000 - invest*annuity, nil
}

func measureSpreads() []Parameter {
	return []Parameter{
		{"I", Spread{80, 100, 140}},
		{"L", Spread{15, 20, 25}},
		{"r", Spread{0.02, 0.035, 0.06}},
		{"E", Spread{90, 120, 140}},
		{"p", Spread{40, 60, 90}},
	}
}

func TestTornado(t *testing.T) {
	base, _ := yearlyGain([]float64{100, 20, 0.035, 120, 60})
	if math.Abs(base-0.163892) > 5e-7 {
		t.Errorf("at the modes %v, want 0.163892", base)
	}
	got, err := Tornado(measureSpreads(), base, yearlyGain, itself)
	if err != nil {
		t.Fatal(err)
	}
	want := []Swing[float64]{
		{"p", -2.236108, 3.763892, 6.000000},
		{"I", 1.571114, -2.650551, 4.221665},
		{"E", -1.636108, 1.363892, 3.000000},
		{"L", -1.482507, 1.132596, 2.615103},
		{"r", 1.084328, -1.518456, 2.602784},
	}
	if len(got) != len(want) {
		t.Fatalf("got %+v, want %+v", got, want)
	}
	for k, w := range want {
		g := got[k]
		if g.ID != w.ID || math.Abs(g.Low-w.Low) > 5e-7 || math.Abs(g.High-w.High) > 5e-7 || math.Abs(g.Width-w.Width) > 5e-7 {
			t.Errorf("place %d: %+v, want %+v", k, g, w)
		}
	}
}

// A parameter both of whose ends give less than its mode, or both more, swings as
// far as the mode is from them: it is not without effect.
func TestTornadoOfAPeak(t *testing.T) {
	peak := func(v []float64) (float64, error) { return 10 - math.Abs(v[0]-1) + 3*math.Abs(v[1]-1) + v[2]/2, nil }
	got, err := Tornado([]Parameter{{"peak", Spread{-1, 1, 3}}, {"trough", Spread{0, 1, 3}}, {"line", Spread{0, 1, 2}}}, 10.5, peak, itself)
	if err != nil {
		t.Fatal(err)
	}
	for k, want := range []Swing[float64]{{"trough", 13.5, 16.5, 6}, {"peak", 8.5, 8.5, 2}, {"line", 10, 11, 1}} {
		if got[k] != want {
			t.Errorf("place %d: %+v, want %+v", k, got[k], want)
		}
	}
	if _, err := Tornado(nil, math.Inf(1), peak, itself); err == nil {
		t.Error("an infinite base is no error")
	}
}

func TestTornadoTiesAndOwnValues(t *testing.T) {
	// The result spoils what it is given: no call may see another's values.
	sum := func(values []float64) (float64, error) {
		total := 0.0
		for i := range values {
			total += values[i]
			values[i] = 1000
		}
		return total, nil
	}
	got, err := Tornado([]Parameter{
		{"wide", Spread{0, 1, 9}}, {"b", Spread{0, 1, 2}}, {"c", Spread{5, 5, 5}}, {"a", Spread{1, 1, 3}},
	}, 8, sum, itself)
	if err != nil {
		t.Fatal(err)
	}
	for k, want := range []Swing[float64]{{"wide", 7, 16, 9}, {"a", 8, 10, 2}, {"b", 7, 9, 2}, {"c", 8, 8, 0}} {
		if got[k] != want {
			t.Errorf("place %d: %+v, want %+v", k, got[k], want)
		}
	}
	if none, err := Tornado(nil, 0, sum, itself); err != nil || len(none) != 0 {
		t.Errorf("no parameters: %v (%v)", none, err)
	}
}

func TestTornadoRejects(t *testing.T) {
	broken := errors.New("no solution")
	constant := func([]float64) (float64, error) { return 1, nil }
	ok := Parameter{"a", Spread{0, 1, 2}}
	for name, c := range map[string]struct {
		parameters []Parameter
		result     func([]float64) (float64, error)
		says       string
	}{
		"twice":  {[]Parameter{ok, ok}, constant, `"a" occurs twice`},
		"spread": {[]Parameter{{"b", Spread{2, 1, 3}}}, constant, `parameter "b"`},
		"NaN":    {[]Parameter{ok}, func([]float64) (float64, error) { return math.NaN(), nil }, `parameter "a" at 0`},
		"infinite": {[]Parameter{ok}, func(v []float64) (float64, error) {
			return 1 / (2 - v[0]), nil
		}, `parameter "a" at 2`},
		"failure": {[]Parameter{ok}, func([]float64) (float64, error) { return 0, broken }, "no solution"},
	} {
		_, err := Tornado(c.parameters, 1, c.result, itself)
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: got %v, want an error with %q", name, err, c.says)
		}
		if name == "failure" && !errors.Is(err, broken) {
			t.Errorf("%v hides its cause", err)
		}
	}
}

// itself is the size of a result that is a number.
func itself(x float64) float64 { return x }
