package saving

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// TestAttribute holds the parts of a package to the house of [TestChain]: of 1111.111 MWh
// the envelope by itself saves 0.2 and the pump 0.75; of the 0.8 that they save together
// the envelope has the mean of 0.2 and 0.2 x 0.25, the pump that of 0.75 and 0.75 x 0.8.
func TestAttribute(t *testing.T) {
	in := twoMembers()
	in.Stocks = []Stock{{0, "DK", "253", "Greve", "heat_fossil", 1000 / 0.9, 1000, false, 0, math.NaN(), math.NaN()}}
	in.Parts = []Part{{"heat_fossil", "B5", "B5"}, {"heat_fossil", "H2", "H2"}, {"heat_fossil", "B5+H2", "B5"}, {"heat_fossil", "B5+H2", "H2"}}
	set(&in, "b5_saving", 0.2)
	set(&in, "h2_spf", 3.6)
	m := model(t, in)
	list, err := m.Attribute(m.Central())
	if err != nil || len(list) != 2 {
		t.Fatalf("%d parts, expected those of the one package of two measures (%v)", len(list), err)
	}
	if p := evaluate(t, m)[list[1].Package]; p.Measure != "B5+H2" || list[0].Measure != "B5" || list[1].Measure != "H2" {
		t.Errorf("parts %+v of package %s", list, p.Measure)
	}
	for i, want := range [][2]float64{{222.222, 138.889}, {833.333, 750}} {
		near(t, list[i].Measure+" alone", list[i].Alone, want[0], 1e-3)
		near(t, list[i].Measure+"'s part", list[i].Saved, want[1], 1e-3)
	}
}

// TestPropertyAttribute: wherever the factors lie, the parts of a package are together
// what it saves, and a measure that saves something by itself has a part of it.
func TestPropertyAttribute(t *testing.T) {
	m := model(t, twoMembers())
	rapid.Check(t, func(t *rapid.T) {
		values := m.Central()
		for i, p := range m.Params() {
			values[i] = p.Spread.Triangular(rapid.Float64Range(0, 1).Draw(t, p.ID))
		}
		packages, err := m.Evaluate(values, nil)
		if err != nil {
			t.Skip(err)
		}
		list, err := m.Attribute(values)
		if err != nil || len(list) == 0 {
			t.Fatal(len(list), err)
		}
		sums := map[int]float64{}
		for _, a := range list {
			sums[a.Package] += a.Saved
			if a.Alone > 0 != (a.Saved > 0) && packages[a.Package].Saved > 0 {
				t.Errorf("%s saves %v by itself and has %v", a.Measure, a.Alone, a.Saved)
			}
		}
		for at, sum := range sums {
			if p := packages[at]; math.Abs(sum-p.Saved) > 1e-9*math.Max(1, math.Abs(p.Saved)) {
				t.Errorf("package %s on %s saves %v, its parts %v", p.Measure, p.Stock, p.Saved, sum)
			}
		}
	})
}
