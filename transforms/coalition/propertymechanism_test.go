package coalition

import (
	"math"
	"math/rand"
	"slices"
	"testing"
)

func TestPropertyPooledTarget(t *testing.T) {
	rng := rand.New(rand.NewSource(26))
	for n := 2; n <= 7; n++ {
		for range 5 {
			p := randomPool(t, rng, n, 8*n)
			money := moneyGame(t, p)
			energy, err := p.EnergyGame()
			if err != nil {
				t.Fatal(err)
			}
			for name, g := range map[string]Game{"money": money, "energy": energy} {
				// Values are rounded, so that a coalition may seem to lose a unit.
				if _, _, worst := Superadditive(g); worst.Lack > 1 {
					t.Errorf("%s: not superadditive by %d", name, worst.Lack)
				}
			}
			inMoney, err := p.PricePoint()
			if err != nil {
				t.Fatal(err)
			}
			inEnergy, err := p.EnergyPricePoint()
			if err != nil {
				t.Fatal(err)
			}
			for name, c := range map[string]struct {
				g     Game
				gains []float64
				unit  float64
			}{"money": {money, inMoney.Gain, 100}, "energy": {energy, inEnergy.Gain, 1000}} {
				sum := 0.0
				for i := range c.gains {
					c.gains[i] *= c.unit
					sum += c.gains[i]
				}
				excess, blocking, err := MaxExcessFloat(c.g, c.gains)
				if err != nil || excess > float64(n+1) || math.Abs(sum-float64(c.g.Total())) > float64(n+1)/2 {
					t.Errorf("%s: excess %v at %b, sum %v of %d (%v)", name, excess, blocking, sum, c.g.Total(), err)
				}
			}
		}
	}
}

func TestPropertyMoreTargetCostsMoreAndMoreMeasuresLess(t *testing.T) {
	rng := rand.New(rand.NewSource(27))
	for range 20 {
		const n = 4
		var increments []Increment
		for k := range 20 {
			increments = append(increments, Increment{ID: string(rune('a' + k)), Member: k % n, Energy: float64(rng.Intn(500)), UnitCost: float64(rng.Intn(120) - 10)})
		}
		targets := []float64{100, 150, 200, 250}
		costs := func(targets []float64, increments []Increment) []int64 {
			p, err := NewPooledTarget(targets, increments, 200)
			if err != nil {
				t.Fatal(err)
			}
			table, _, err := p.Costs()
			if err != nil {
				t.Fatal(err)
			}
			return table
		}
		base := costs(targets, increments)
		more := costs([]float64{100, 150, 260, 250}, increments)
		fewer := costs(targets, increments[1:])
		rng.Shuffle(len(increments), func(i, j int) { increments[i], increments[j] = increments[j], increments[i] })
		if shuffled := costs(targets, increments); !slices.Equal(shuffled, base) {
			t.Error("the order of the increments changes the costs")
		}
		for s := range base {
			if more[s] < base[s] || fewer[s] < base[s] {
				t.Errorf("coalition %04b: %d, with a larger target %d, without a measure %d", s, base[s], more[s], fewer[s])
			}
		}
	}
}

func TestPropertyScaleIsConvex(t *testing.T) {
	rng := rand.New(rand.NewSource(28))
	for n := 2; n <= 7; n++ {
		c := Scale{Cost: 1e6, Reference: 100, Exponent: 0.3 + 0.7*rng.Float64(), Fixed: 1e4}
		for range n {
			c.Amounts = append(c.Amounts, 1+100*rng.Float64())
		}
		g, err := c.Game()
		if err != nil {
			t.Fatal(err)
		}
		if _, worst := Convex(g); worst.Lack > 2 { // costs are rounded to cents
			t.Errorf("n = %d: not convex by %d", n, worst.Lack)
		}
		if excess, _, _ := MaxExcessFloat(g, Floats(Shapley(g))); excess > float64(n) {
			t.Errorf("n = %d: the Shapley value misses the core by %v", n, excess)
		}
	}
}

func TestPropertyNetting(t *testing.T) {
	rng := rand.New(rand.NewSource(29))
	for n := 1; n <= 6; n++ {
		const hours = 48
		series := func() [][]float64 {
			out := make([][]float64, n)
			for i := range out {
				for range hours {
					out[i] = append(out[i], float64(rng.Intn(50)))
				}
			}
			return out
		}
		wedge := make([]float64, hours)
		for h := range wedge {
			wedge[h] = float64(rng.Intn(60))
		}
		c, err := NewNetting(series(), series(), wedge)
		if err != nil {
			t.Fatal(err)
		}
		g, err := c.EnergyGame()
		if err != nil {
			t.Fatal(err)
		}
		var imports, exports float64
		for i := range n {
			imports += c.Of(1 << i).Import
			exports += c.Of(1 << i).Export
		}
		if v := float64(g.Total()) / 1000; v < 0 || v > min(imports, exports) {
			t.Errorf("n = %d: %v MWh netted of %v imported and %v exported", n, v, imports, exports)
		}
		if ok, _, worst := Superadditive(g); !ok {
			t.Errorf("n = %d: not superadditive: %+v", n, worst)
		}
		energy, money := c.PricePoint()
		inMoney, err := c.MoneyGame()
		if err != nil {
			t.Fatal(err)
		}
		for i := range energy {
			energy[i] *= 1000
			money[i] *= 100
		}
		for name, pair := range map[string]struct {
			g Game
			x []float64
		}{"energy": {g, energy}, "money": {inMoney, money}} {
			if excess, _, _ := MaxExcessFloat(pair.g, pair.x); excess > 1e-6 {
				t.Errorf("n = %d: the hourly price misses the core by %v in %s", n, excess, name)
			}
		}
	}
}
