package saving

import (
	"math"
	"testing"
)

// set puts a central value, and a range around it, in place of a factor's rows.
func set(in *Input, id string, value float64) {
	for i := range in.Factors {
		if f := &in.Factors[i]; f.ID == id {
			f.Spread.Low, f.Spread.Mode, f.Spread.High = value, value, value
		}
	}
}

// TestAttic is an investment of 120 000 EUR for 40 years that saves 250 MWh a
// year, at 3.5 %.
func TestAttic(t *testing.T) {
	in := twoMembers()
	in.Rate = 0.035
	in.Stocks = []Stock{{0, "DK", "253", "Greve", "heat_district", 1000, 1000, false, 0, math.NaN(), math.NaN()}}
	in.Parts = []Part{{"heat_district", "B2", "B2"}}
	set(&in, "cavity_wall", 1)
	set(&in, "saving_realisation_rho", 1)
	set(&in, "b2_saving", 25)     // kWh/m2 of 10 000 m2
	set(&in, "b2_investment", 12) // EUR/m2
	p := pick(t, evaluate(t, model(t, in)), 0, "heat_district", "B2")
	near(t, "saved", p.Saved, 250, 5e-7)
	near(t, "investment", p.Invest, 120000, 5e-7)
	near(t, "LCSE", p.LCSE, 22.477095, 5e-7)
	near(t, "LCSE at the tiered rate", p.Invest*TieredCRF([]Tier{{35, 0.035}, {70, 0.025}}, 40)/p.Saved, 22.435880, 5e-7)
}

// TestOilHouse is a house of 18.1 MWh of heat whose oil boiler gives way to an
// air-water heat pump of 8 kW.
func TestOilHouse(t *testing.T) {
	in := twoMembers()
	in.Rate = 0.035
	in.Stocks = []Stock{{0, "SE", "1382", "Falkenberg", "heat_fossil", 18.1 / 0.9, 18.1, false, 0, math.NaN(), math.NaN()}}
	in.Parts = []Part{{"heat_fossil", "H2", "H2"}}
	in.Factors = append(in.Factors, of("SE", factor("price_gas_oil", 130, 130, 130)))
	set(&in, "heat_pump_full_load_hours", 18100/8.0)
	set(&in, "h2_investment", 1135.4326)
	set(&in, "h2_om", 0.030014)
	set(&in, "h2_lifetime", 18)
	set(&in, "h2_spf", 3.6)
	set(&in, "price_electricity_delivered", 120)
	set(&in, "ef_gas_oil", 266)
	set(&in, "ef_electricity", 100)
	p := pick(t, evaluate(t, model(t, in)), 0, "heat_fossil", "H2")
	annuity := p.Invest * CRF(0.035, 18)
	electricity := 18.1/0.9 - p.Saved
	near(t, "investment", p.Invest, 9083.4608, 5e-7)
	near(t, "annuity", annuity, 688.679302, 5e-7)
	near(t, "O&M", p.OM, 272.630992, 5e-7)
	near(t, "electricity", electricity, 5.027778, 5e-7)
	near(t, "gross cost", annuity+p.OM+electricity*120, 1564.643627, 5e-7)
	near(t, "gross cost per MWh of heat", (annuity+p.OM+electricity*120)/18.1, 86.444399, 5e-7)
	near(t, "NAC", p.NAC, -1049.800817, 5e-7)
	near(t, "CO2", p.CO2, 4.846778, 5e-7)
	near(t, "saved", p.Saved, 15.083333, 5e-7)
	near(t, "lifetime", p.Life, 18, 5e-7)
}

// TestChain is 1000 MWh of heat from a boiler of efficiency 0.9: the envelope saves a
// fifth, a heat pump of factor 3.6 takes the boiler's place, and the two together
// need less than either, the pump on the reduced demand.
func TestChain(t *testing.T) {
	in := twoMembers()
	in.Stocks = []Stock{{0, "DK", "253", "Greve", "heat_fossil", 1000 / 0.9, 1000, false, 0, math.NaN(), math.NaN()}}
	in.Parts = []Part{{"heat_fossil", "B5", "B5"}, {"heat_fossil", "H2", "H2"}, {"heat_fossil", "B5+H2", "B5"}, {"heat_fossil", "B5+H2", "H2"}}
	set(&in, "b5_saving", 0.2)
	set(&in, "h2_spf", 3.6)
	packages := evaluate(t, model(t, in))
	for id, left := range map[string]float64{"B5": 888.889, "H2": 277.778, "B5+H2": 222.222} {
		near(t, id, 1111.111-pick(t, packages, 0, "heat_fossil", id).Saved, left, 1e-3)
	}
}

// TestPlants are unit costs of electricity, EUR/MWh: (I (CRF + upkeep)) / full-load
// hours + variable cost.
func TestPlants(t *testing.T) {
	for _, c := range []struct {
		what                                        string
		invest, upkeep, variable, hours, life, want float64
	}{
		{"wind", 1383.3059, 0.012167, 1.8033, 3200, 30, 30.566696},
		{"ground PV", 482.4785, 0.024757, 0, 1000, 40, 34.537877},
		{"ground PV in less sun", 482.4785, 0.024757, 0, 950, 40, 36.355660},
		{"rooftop PV", 883.8138, 0.014234, 0, 950, 40, 56.807163},
	} {
		near(t, c.what, c.invest*1000*(CRF(0.035, c.life)+c.upkeep)/c.hours+c.variable, c.want, 2e-6)
	}
}

// TestHand is computed by hand, without interest.
func TestHand(t *testing.T) {
	packages := evaluate(t, model(t, twoMembers()))
	compare := func(p Package, saved, invest, om, life, lcse, nac, co2, assumed float64) {
		t.Helper()
		for _, c := range []struct {
			what      string
			got, want float64
		}{{"saved", p.Saved, saved}, {"investment", p.Invest, invest}, {"O&M", p.OM, om}, {"lifetime", p.Life, life}, {"LCSE", p.LCSE, lcse},
			{"NAC", p.NAC, nac}, {"CO2", p.CO2, co2}, {"share of assumptions", p.AssumptionShare, assumed}} {
			near(t, p.Stock+" "+p.Measure+": "+c.what, c.got, c.want, 1e-9)
		}
	}
	// 900 MWh of heat are 9000 m2. B5 leaves 0.9; B2 saves 0.25 x 0.5 x 20 kWh/m2 =
	// 22.5 MWh and leaves 0.975; the pump gives 0.8775 x 900 MWh, of 263.25 MWh.
	compare(pick(t, packages, 0, "heat_fossil", "B5+B2+H2"), 736.75,
		18000+36000+394875, 360+11846.25, (18000*10+36000*40+394875*20)/448875.0,
		(1800+900+19743.75+12206.25)/736.75, 1800+900+19743.75+12206.25-80000+31590, 200-26.325, 11/16.0)
	// A tenth of 200 MWh on 2000 m2, at the network's own price; CO2 per MWh fed in.
	compare(pick(t, packages, 0, "heat_district", "B5"), 20, 4000, 80, 10, 24, 480-20*71, 20*48/0.8/1000, 4/5.0)
	// 5000 MWh are 40 000 m2.
	compare(pick(t, packages, 1, "heat_district", "B5"), 500, 80000, 1600, 10, 19.2, 9600-500*70, 20, 4/5.0)
	// 4000 MWh are 50 000 m2, all of it lit by a fifth of the electricity.
	compare(pick(t, packages, 1, "electricity_service", "E2"), 400, 800000, 0, 16, 125, 50000-400*110, 36, 1)
	compare(pick(t, packages, 1, "electricity_business", "I1E"), 300, 45000, 900, 12, 15.5, 4650-300*110, 27, 1)
	// A deep retrofit of a quarter of the floor.
	compare(pick(t, packages, 0, "heat_fossil", "B4"), 62.5, 900000, 0, 40, 360, 22500-62.5*80, 12.5, 1)
}

// TestNothing tells what is not known from what is nothing.
func TestNothing(t *testing.T) {
	in := twoMembers()
	set(&in, "i1_saving", 0)
	p := pick(t, evaluate(t, model(t, in)), 1, "electricity_business", "I1E")
	if p.Saved != 0 || p.Invest != 0 || p.NAC != 0 || !math.IsNaN(p.LCSE) || !math.IsNaN(p.Life) {
		t.Errorf("a measure that saves nothing is %+v, expected no figure for its unit cost and lifetime", p)
	}
}
