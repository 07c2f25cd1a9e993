package words

import (
	"math"
	"strings"
)

// amountDigits are the significant digits of an amount in running text.
const amountDigits = 3

// finest are the decimals of an amount below one of its smallest unit: a plan that
// saves 0.001 t saves next to nothing, and 0.00 t says so.
const finest = 2

// step is a unit and how many of the smallest unit of its scale it is worth.
type step struct {
	worth      float64
	da, sv, en string
}

var (
	energySteps = []step{{1e-3, "kWh", "kWh", "kWh"}, {1, "MWh", "MWh", "MWh"}, {1e3, "GWh", "GWh", "GWh"}, {1e6, "TWh", "TWh", "TWh"}}
	powerSteps  = []step{{1e-3, "kW", "kW", "kW"}, {1, "MW", "MW", "MW"}, {1e3, "GW", "GW", "GW"}}
	massSteps   = []step{{1, "t", "t", "t"}, {1e6, "mio. t", "milj. t", "million t"}}
)

// moneySteps are the scales of a currency, written as a language does.
func moneySteps(da, sv, en string) []step {
	return []step{
		{1, da, sv, en},
		{1e3, "tusind " + da, "tusen " + sv, "k" + en},
		{1e6, "mio. " + da, "milj. " + sv, "million " + en},
		{1e9, "mia. " + da, "md " + sv, "billion " + en},
	}
}

// Energy writes an amount of energy in kWh, MWh, GWh or TWh with three significant
// digits.
func (l Language) Energy(mwh float64) string { return l.amount(mwh, energySteps) }

// Power writes power in kW, MW or GW with three significant digits.
func (l Language) Power(mw float64) string { return l.amount(mw, powerSteps) }

// Mass writes tonnes, or millions of them, with three significant digits.
func (l Language) Mass(tonnes float64) string { return l.amount(tonnes, massSteps) }

// Euro writes an amount of money with three significant digits: "412 EUR", and
// "412 kEUR", "4.12 million EUR", "4.12 billion EUR" or the language's own words.
func (l Language) Euro(eur float64) string { return l.amount(eur, moneySteps("EUR", "EUR", "EUR")) }

// Currency writes an amount of euro in the currency of the plan (a code as DKK) with
// the euro beside it: "7,68 mio. kr. (1,03 mio. EUR)". The rate is that of one euro
// in the currency. Without a rate, or where the currency is the euro, it is Euro.
func (l Language) Currency(eur, rate float64, code string) string {
	if !(rate > 0) || math.IsInf(rate, 0) || code == "" || code == "EUR" {
		return l.Euro(eur)
	}
	return l.amount(eur*rate, moneySteps(l.money(code), l.money(code), l.money(code))) + " (" + l.Euro(eur) + ")"
}

// money is what people call a currency: kr. and kr are a reader's own.
func (l Language) money(code string) string {
	switch {
	case l == Danish && code == "DKK":
		return "kr."
	case l == Swedish && code == "SEK":
		return "kr"
	}
	return code
}

// amount writes a value in the largest unit in which it is one or more once it is
// rounded: 999.6 MWh are 1.00 GWh.
func (l Language) amount(v float64, steps []step) string {
	rounded, _ := significant(v, amountDigits)
	if rounded == 0 || math.IsNaN(rounded) {
		rounded = 1 // in the unit itself
	}
	chosen := steps[0]
	for _, s := range steps {
		if math.Abs(rounded) >= s.worth {
			chosen = s
		}
	}
	unit := strings.ReplaceAll(l.pick(chosen.da, chosen.sv, chosen.en), " ", noBreak)
	if v /= chosen.worth; v != 0 && math.Abs(v) < 1 {
		return l.Number(v, finest) + noBreak + unit
	}
	return l.Significant(v, amountDigits) + noBreak + unit
}
