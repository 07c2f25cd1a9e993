package saving

import (
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"samkraft/transforms/coalition"
)

// TestResolve holds the model to the rules by which the SQL models find a factor.
func TestResolve(t *testing.T) {
	in := twoMembers()
	m := model(t, in)
	for _, c := range []struct {
		id   string
		mode float64
	}{
		{"price_district_heat|SE", 70},
		{"price_district_heat_greve|DK", 71}, // the network's own price
		{"ef_electricity|DK", 100},           // marginal, not the average of 2016
		{"b5_saving", 0.1},                   // one for both countries
		{"discount_rate", 0},                 // the plan's
		{"use_heat_fossil@253", 1},
	} {
		if p, _ := param(t, m, c.id); p.Spread.Mode != c.mode {
			t.Errorf("%s is %v, expected %v", c.id, p.Spread.Mode, c.mode)
		}
	}
	use, _ := param(t, m, "use_heat_fossil@253")
	if want := (coalition.Spread{Low: 0.4, Mode: 1, High: 1.6}); use.Spread != want {
		t.Errorf("the use of a stock of grade E lies in %v, expected %v", use.Spread, want)
	}
	rate, _ := param(t, m, "discount_rate")
	if want := (coalition.Spread{Low: 0, Mode: 0, High: 0.06}); rate.Spread != want {
		t.Errorf("the rate lies in %v, expected the factor's range, widened to the plan's rate: %v", rate.Spread, want)
	}
	if !slices.IsSortedFunc(m.Params(), func(a, b Param) int { return strings.Compare(a.ID, b.ID) }) {
		t.Error("the parameters are not in order of their ids")
	}

	// Without a network's own price the country's newest counts that is not later.
	in.Factors = slices.DeleteFunc(in.Factors, func(f Factor) bool { return f.ID == "price_district_heat_greve" })
	in.Factors = append(in.Factors, of("DK", inYear(2026, factor("price_district_heat", 1, 1, 1))), inYear(2025, factor("price_district_heat", 2, 2, 2)))
	if p, _ := param(t, model(t, in), "price_district_heat|DK"); p.Spread.Mode != 100 {
		t.Errorf("the Danish price is %v, expected 100, the country's of 2024", p.Spread.Mode)
	}
	in.Year = 2022
	if p, _ := param(t, model(t, in), "price_district_heat|DK"); p.Spread.Mode != 90 {
		t.Errorf("the Danish price as of 2022 is %v, expected 90", p.Spread.Mode)
	}
}

// TestMissing: a stock without figure is left out, one that is nothing is not.
func TestMissing(t *testing.T) {
	m := model(t, twoMembers())
	var ids []string
	for _, s := range m.Stocks() {
		ids = append(ids, s.Code+" "+s.ID)
	}
	want := []string{"253 heat_district", "253 heat_fossil", "1382 electricity_business", "1382 electricity_service", "1382 heat_district", "1382 heat_fossil"}
	if !slices.Equal(ids, want) {
		t.Errorf("stocks are %q, expected %q", ids, want)
	}
	for _, p := range evaluate(t, m) {
		if p.Member == 0 && p.Stock == "electricity_business" || p.Member == 1 && p.Stock == "heat_fossil" {
			t.Errorf("package %s on %s of member %d, where nothing is known to be used", p.Measure, p.Stock, p.Member)
		}
	}
	values := m.Central()
	_, at := param(t, m, "use_heat_fossil@253")
	values[at] = 1.5
	if got, want := m.Energy(values, nil), []float64{200, 1500, 3000, 4000, 5000, 0}; !slices.Equal(got, want) {
		t.Errorf("energy is %v, expected %v", got, want)
	}
}

// same compares packages bit by bit; NaN is itself.
func same(a, b Package) bool {
	bits := func(p Package) [8]uint64 {
		var all [8]uint64
		for i, f := range []float64{p.Saved, p.Invest, p.OM, p.Life, p.LCSE, p.NAC, p.CO2, p.AssumptionShare} {
			all[i] = math.Float64bits(f)
		}
		return all
	}
	return a.Member == b.Member && a.Stock == b.Stock && a.Measure == b.Measure && a.Industry == b.Industry && bits(a) == bits(b)
}

// draw draws a value of every parameter within its range.
func draw(t *rapid.T, m *Model) []float64 {
	values := m.Central()
	for i, p := range m.Params() {
		values[i] = p.Spread.Triangular(rapid.Float64Range(0, 1).Draw(t, p.ID))
	}
	return values
}

// packagesAt returns the packages at these values.
func packagesAt(t rapid.TB, m *Model, values []float64) []Package {
	t.Helper()
	packages, err := m.Evaluate(values, nil)
	if err != nil {
		t.Fatal(err)
	}
	return packages
}

// TestPropertyOrder: the order of what goes in decides nothing.
func TestPropertyOrder(t *testing.T) {
	m := model(t, twoMembers())
	rapid.Check(t, func(t *rapid.T) {
		in := twoMembers()
		in.Stocks = rapid.Permutation(in.Stocks).Draw(t, "stocks")
		in.Measures = rapid.Permutation(in.Measures).Draw(t, "measures")
		in.Parts = rapid.Permutation(in.Parts).Draw(t, "parts")
		in.Factors = rapid.Permutation(in.Factors).Draw(t, "factors")
		shuffled := model(t, in)
		if !slices.Equal(shuffled.Params(), m.Params()) {
			t.Fatal("other parameters")
		}
		values := draw(t, m)
		if got, want := packagesAt(t, shuffled, values), packagesAt(t, m, values); !slices.EqualFunc(got, want, same) {
			t.Fatalf("%+v\n%+v", got, want)
		}
	})
}

// TestPropertyPackages: what holds at any values. A package saves a part of its
// stock, so that saving and cost grow with the use, and costs more at a higher rate.
func TestPropertyPackages(t *testing.T) {
	m := model(t, twoMembers())
	_, use := param(t, m, "use_heat_fossil@253")
	_, rate := param(t, m, "discount_rate")
	rapid.Check(t, func(t *rapid.T) {
		values := draw(t, m)
		packages, energy := packagesAt(t, m, values), m.Energy(values, nil)
		changed := slices.Clone(values)
		changed[use] *= 2
		twice := packagesAt(t, m, changed)
		changed = slices.Clone(values)
		changed[rate] += 0.01
		dearer := packagesAt(t, m, changed)
		for i, p := range packages {
			at := slices.IndexFunc(m.stocks, func(s Stock) bool { return s.Member == p.Member && s.ID == p.Stock })
			if !(p.Saved > 0 && p.Saved < energy[at]) {
				t.Fatalf("%s on %s saves %v of %v MWh", p.Measure, p.Stock, p.Saved, energy[at])
			}
			times := 1.0
			if at == 1 {
				times = 2
			}
			if math.Abs(twice[i].Saved-times*p.Saved) > 1e-9*p.Saved || math.Abs(twice[i].NAC-times*p.NAC) > 1e-9*p.Invest {
				t.Fatalf("%s on %s at %v times the use: %+v, before %+v", p.Measure, p.Stock, times, twice[i], p)
			}
			if !(dearer[i].NAC > p.NAC && dearer[i].LCSE > p.LCSE) {
				t.Fatalf("%s on %s costs no more at a higher rate: %+v, before %+v", p.Measure, p.Stock, dearer[i], p)
			}
		}
	})
}

// TestRefuse: what makes no sense is refused, by name.
func TestRefuse(t *testing.T) {
	change := func(id string, f func(*Factor)) func(*Input) {
		return func(in *Input) {
			for i := range in.Factors {
				if in.Factors[i].ID == id {
					f(&in.Factors[i])
				}
			}
		}
	}
	for what, c := range map[string]struct {
		change func(*Input)
		want   string
	}{
		"central value outside of the range": {change("b5_saving", func(f *Factor) { f.Spread.High = 0.09 }), "factor b5_saving: its low, central and high values are 0.05, 0.1 and 0.09"},
		"no number":                          {change("h2_spf", func(f *Factor) { f.Spread.Low = math.NaN() }), "factor h2_spf"},
		"infinite":                           {change("b5_investment", func(f *Factor) { f.Spread.High = math.Inf(1) }), "factor b5_investment"},
		"lifetime of nothing":                {change("b5_lifetime", func(f *Factor) { f.Spread.Low = 0 }), "factor b5_lifetime: its range reaches 0, expected a number above 0"},
		"share above one":                    {change("lighting", func(f *Factor) { f.Spread.High = 1.1 }), "factor lighting: its range reaches 1.1"},
		"everything lost":                    {change("dh_loss_rate", func(f *Factor) { f.Spread.High = 1 }), "factor dh_loss_rate|DK: its range reaches 1"},
		"unknown distribution":               {change("b5_om", func(f *Factor) { f.Distribution = "normal" }), `factor b5_om: its distribution is "normal"`},
		"missing":                            {change("ef_natural_gas", func(f *Factor) { f.ID = "ef" }), "there is no average factor ef_natural_gas for DK"},
		"of another country":                 {change("dh_loss_rate", func(f *Factor) { f.Country = "SE" }), "there is no average factor dh_loss_rate for DK"},
		"of a later year":                    {change("heat_use_se_detached_mean", func(f *Factor) { f.Year = 2030 }), "there is no average factor heat_use_se_detached_mean for SE"},
		"only an average":                    {change("ef_electricity", func(f *Factor) { f.Role = "average" }), "there is no marginal factor ef_electricity"},
		"more saved than there is":           {change("b2_saving", func(f *Factor) { f.Spread = coalition.Spread{Low: 1000, Mode: 1000, High: 1000} }), "B5+B2+H2 saves more than all of the stock heat_fossil"},
		"no rate":                            {change("discount_rate_0_35", func(f *Factor) { f.ID = "rate" }), "discount_rate_0_35"},
		"the plan's rate":                    {func(in *Input) { in.Rate = 1.5 }, "discount_rate: its range reaches 1.5"},
		"two uses":                           {func(in *Input) { in.Measures[2].Life = "b5_saving" }, "factor b5_saving is used as"},
		"unknown measure":                    {func(in *Input) { in.Measures[5].ID = "I9" }, "the measure I1E, which is not in the registry"},
		"measure twice":                      {func(in *Input) { in.Parts = append(in.Parts, in.Parts[0]) }, "the measure B5 twice"},
		"unknown saving":                     {func(in *Input) { in.Measures[2].SavingPer = "house" }, `measure B5 saves per "house"`},
		"unknown investment":                 {func(in *Input) { in.Measures[2].InvestPer = "street" }, `measure B5 costs per "street"`},
		"no floor":                           {func(in *Input) { in.Parts = append(in.Parts, Part{"electricity_business", "B5", "B5"}) }, "measure B5 goes by floor area"},
		"no heat":                            {func(in *Input) { in.Parts = append(in.Parts, Part{"electricity_service", "B2", "B2"}) }, "measure B2 is for heat"},
		"stock twice":                        {func(in *Input) { in.Stocks = append(in.Stocks, in.Stocks[0]) }, "municipality 253 has the stock heat_fossil twice"},
		"endless stock":                      {func(in *Input) { in.Stocks[0].Energy = math.Inf(1) }, "uses +Inf MWh"},
		"no half-width":                      {func(in *Input) { in.Stocks[0].HalfWidth = math.NaN() }, "factor use_heat_fossil@253"},
		"unknown stock":                      {func(in *Input) { in.Stocks[0].ID, in.Parts[0].Stock = "heat_cold", "heat_cold" }, "what the stock heat_cold of municipality 253 is supplied with"},
	} {
		in := twoMembers()
		c.change(&in)
		refuse(t, what, in, c.want)
	}

	m := model(t, twoMembers())
	if _, err := m.Evaluate(m.Central()[1:], nil); err == nil {
		t.Error("too few values: no error")
	}
	_, spf := param(t, m, "h2_spf")
	for _, v := range []float64{0, -3, math.NaN(), math.Inf(1)} {
		values := m.Central()
		values[spf] = v
		if _, err := m.Evaluate(values, nil); err == nil || !strings.Contains(err.Error(), "parameter h2_spf is") {
			t.Errorf("a heat pump's factor of %v: error is %v", v, err)
		}
	}
}

// fiveMembers has every kind of stock that the fixture knows, five times.
func fiveMembers() Input {
	in := twoMembers()
	stocks := in.Stocks
	in.Stocks = nil
	for member := range 5 {
		for _, s := range stocks {
			if (member%2 == 0) == (s.Country == "DK") {
				s.Member, s.Code = member, string(rune('A'+member))
				s.Energy, s.Heat = s.Energy*float64(1+member), s.Heat*float64(1+member)
				in.Stocks = append(in.Stocks, s)
			}
		}
	}
	return in
}

// TestReuse: a draw asks for no memory.
func TestReuse(t *testing.T) {
	m := model(t, fiveMembers())
	values := m.Central()
	packages, energy := evaluate(t, m), m.Energy(values, nil)
	allocated := testing.AllocsPerRun(100, func() {
		var err error
		if packages, err = m.Evaluate(values, packages); err != nil {
			t.Fatal(err)
		}
		energy = m.Energy(values, energy)
	})
	if allocated != 0 {
		t.Errorf("a draw allocates %v times, expected none", allocated)
	}
}

// BenchmarkEvaluate is one draw for the packages of five members; packages/op
// says how many.
func BenchmarkEvaluate(b *testing.B) {
	in := fiveMembers()
	for _, p := range slices.Clone(in.Parts) { // as many packages as the registry gives
		for i := range 9 {
			p.Package += string(rune('a' + i))
			in.Parts = append(in.Parts, p)
		}
	}
	in.Rate = 0.035
	m := model(b, in)
	values := m.Central()
	packages := evaluate(b, m)
	b.ReportAllocs()
	for b.Loop() {
		var err error
		if packages, err = m.Evaluate(values, packages); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(packages)), "packages/op")
}

// TestEmissions values what the stocks emit with the factors of the packages:
// marginal electricity, and district heat with the loss of a Danish network.
func TestEmissions(t *testing.T) {
	m := model(t, twoMembers())
	got := m.Emissions(m.Central(), nil)
	want := map[string]float64{
		"253 heat_fossil": 1000 * 200, "253 heat_district": 200 * 48 / 0.8,
		"1382 heat_district": 5000 * 40, "1382 electricity_service": 4000 * 90, "1382 electricity_business": 3000 * 90, "1382 heat_fossil": 0,
	}
	if len(got) != len(want) {
		t.Fatalf("%d stocks, expected %d", len(got), len(want))
	}
	for i, s := range m.Stocks() {
		near(t, s.Code+" "+s.ID, got[i], want[s.Code+" "+s.ID]/1000, 1e-9)
	}
	// What a package leaves of the stock emits what the package does not save.
	values := m.Central()
	_, use := param(t, m, "use_electricity_service@1382")
	_, factor := param(t, m, "ef_electricity|SE")
	values[use], values[factor] = 1.04, 300
	again := m.Emissions(values, got)
	if &again[0] != &got[0] {
		t.Error("the slice is not used again")
	}
	near(t, "electricity at other values", again[slices.IndexFunc(m.Stocks(), func(s Stock) bool { return s.ID == "electricity_service" })], 4000*1.04*0.3, 1e-9)
}

// TestInvested parts a package's investment among its measures.
func TestInvested(t *testing.T) {
	m := model(t, twoMembers())
	packages := evaluate(t, m)
	pump, other := m.Invested(m.Central(), []string{"H2"}), m.Invested(m.Central(), []string{"B2", "B4", "B5", "E2", "I1E"})
	seen := false
	for i, list := range m.Measures() {
		p := packages[i]
		near(t, p.Measure+", its parts", pump[i]+other[i], p.Invest, 1e-9*p.Invest)
		if has := slices.Contains(list, "H2"); has != (pump[i] > 0) {
			t.Errorf("%s has the measures %v and invests %v in a heat pump", p.Measure, list, pump[i])
		}
		if p.Measure == "B5+B2+H2" {
			seen = true
			if slices.Sort(list); !slices.Equal(list, []string{"B2", "B5", "H2"}) {
				t.Errorf("%s has the measures %v", p.Measure, list)
			}
		}
	}
	if !seen {
		t.Error("no package of several measures")
	}
}
