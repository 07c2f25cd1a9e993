package words

import (
	"math"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// plain makes the spaces that do not break visible as ordinary ones.
func plain(text string) string { return strings.ReplaceAll(text, noBreak, " ") }

func TestParse(t *testing.T) {
	for _, l := range All {
		if got, ok := Parse(string(l)); !ok || got != l {
			t.Errorf("Parse(%q) = %q, %v", l, got, ok)
		}
	}
	for _, code := range []string{"", "DA", "no", "da-DK", "../da"} {
		if got, ok := Parse(code); ok {
			t.Errorf("Parse(%q) = %q", code, got)
		}
	}
}

func TestMatch(t *testing.T) {
	for header, want := range map[string]Language{
		"":                                    English,
		"da":                                  Danish,
		"da-DK,da;q=0.9,en;q=0.8":             Danish,
		"sv-SE,sv;q=0.9":                      Swedish,
		"sv-FI":                               Swedish,
		"en-GB,da;q=0.4":                      English,
		"de,sv;q=0.3":                         Swedish,
		"de-DE":                               English,
		"nb-NO":                               Danish, // what a Norwegian reads with ease
		"*":                                   English,
		"da;q=oops":                           English,
		"\x00\xff":                            English,
		strings.Repeat("da-", 100_000) + "DK": English,
	} {
		if got := Match(header); got != want {
			t.Errorf("Match(%.40q) = %s, want %s", header, got, want)
		}
	}
}

// TestWritten is how numbers, amounts, money and dates look, in all languages.
func TestWritten(t *testing.T) {
	stockholm, err := time.LoadLocation("Europe/Stockholm")
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 11, 2, 13, 5, 40, 0, time.UTC)
	for _, c := range []struct {
		of         string
		write      func(Language) string
		da, sv, en string
	}{
		{"number", func(l Language) string { return l.Number(1234567.891, 2) }, "1.234.567,89", "1 234 567,89", "1 234 567.89"},
		{"whole", func(l Language) string { return l.Number(1234.5, 0) }, "1.234", "1 234", "1 234"},
		{"less than no decimals", func(l Language) string { return l.Number(12.5, -3) }, "12", "12", "12"},
		{"negative", func(l Language) string { return l.Number(-9813.8, 1) }, "−9.813,8", "−9 813,8", "−9 813.8"},
		{"rounded to nothing", func(l Language) string { return l.Number(-0.004, 2) }, "0,00", "0,00", "0.00"},
		{"minus zero", func(l Language) string { return l.Number(math.Copysign(0, -1), 0) }, "0", "0", "0"},
		{"not a number", func(l Language) string { return l.Number(math.NaN(), 2) }, "–", "–", "–"},
		{"infinite", func(l Language) string { return l.Number(math.Inf(-1), 2) }, "−∞", "−∞", "−∞"},
		{"significant", func(l Language) string { return l.Significant(12345, 3) }, "12.300", "12 300", "12 300"},
		{"significant, rounded up", func(l Language) string { return l.Significant(9.996, 3) }, "10,0", "10,0", "10.0"},
		{"significant, small", func(l Language) string { return l.Significant(-0.012345, 3) }, "−0,0123", "−0,0123", "−0.0123"},
		{"significant, none", func(l Language) string { return l.Significant(7, 0) }, "7", "7", "7"},
		{"significant, minus zero", func(l Language) string { return l.Significant(math.Copysign(0, -1), 3) }, "0", "0", "0"},
		{"share", func(l Language) string { return l.Share(0.412, 1) }, "41,2 %", "41,2 %", "41.2 %"},
		{"energy", func(l Language) string { return l.Energy(154956.914) }, "155 GWh", "155 GWh", "155 GWh"},
		{"energy, at the step", func(l Language) string { return l.Energy(999.6) }, "1,00 GWh", "1,00 GWh", "1.00 GWh"},
		{"energy, large", func(l Language) string { return l.Energy(-2.345e9) }, "−2.340 TWh", "−2 340 TWh", "−2 340 TWh"},
		{"energy, small", func(l Language) string { return l.Energy(0.0123) }, "12,3 kWh", "12,3 kWh", "12.3 kWh"},
		{"energy, smaller", func(l Language) string { return l.Energy(0.0000123) }, "0,01 kWh", "0,01 kWh", "0.01 kWh"},
		{"no energy", func(l Language) string { return l.Energy(0) }, "0 MWh", "0 MWh", "0 MWh"},
		{"energy, not a number", func(l Language) string { return l.Energy(math.NaN()) }, "– MWh", "– MWh", "– MWh"},
		{"power", func(l Language) string { return l.Power(0.85) }, "850 kW", "850 kW", "850 kW"},
		{"mass", func(l Language) string { return l.Mass(12345) }, "12.300 t", "12 300 t", "12 300 t"},
		{"mass, large", func(l Language) string { return l.Mass(1.2345e6) }, "1,23 mio. t", "1,23 milj. t", "1.23 million t"},
		{"mass, small", func(l Language) string { return l.Mass(0.5) }, "0,50 t", "0,50 t", "0.50 t"},
		{"euro", func(l Language) string { return l.Euro(412.4) }, "412 EUR", "412 EUR", "412 EUR"},
		{"thousands of euro", func(l Language) string { return l.Euro(-412400) }, "−412 tusind EUR", "−412 tusen EUR", "−412 kEUR"},
		{"millions of euro", func(l Language) string { return l.Euro(1.03e6) }, "1,03 mio. EUR", "1,03 milj. EUR", "1.03 million EUR"},
		{"milliards of euro", func(l Language) string { return l.Euro(1.03e9) }, "1,03 mia. EUR", "1,03 md EUR", "1.03 billion EUR"},
		{"kroner", func(l Language) string { return l.Currency(1.03e6, 7.4521, "DKK") }, "7,68 mio. kr. (1,03 mio. EUR)", "7,68 milj. DKK (1,03 milj. EUR)", "7.68 million DKK (1.03 million EUR)"},
		{"kronor", func(l Language) string { return l.Currency(1030, 11.48, "SEK") }, "11,8 tusind SEK (1,03 tusind EUR)", "11,8 tusen kr (1,03 tusen EUR)", "11.8 kSEK (1.03 kEUR)"},
		{"no rate", func(l Language) string { return l.Currency(1030, 0, "SEK") }, "1,03 tusind EUR", "1,03 tusen EUR", "1.03 kEUR"},
		{"a rate that is none", func(l Language) string { return l.Currency(1030, math.NaN(), "SEK") }, "1,03 tusind EUR", "1,03 tusen EUR", "1.03 kEUR"},
		{"date", func(l Language) string { return l.Date(at) }, "2. november 2026", "2 november 2026", "2 November 2026"},
		{"month", func(l Language) string { return l.Month(at.AddDate(0, -6, 0)) }, "maj 2026", "maj 2026", "May 2026"},
		{"time", func(l Language) string { return l.Time(at, stockholm) }, "2. november 2026 kl. 14.05", "2 november 2026 kl. 14.05", "2 November 2026, 14:05"},
		{"time of no zone", func(l Language) string { return l.Time(at, nil) }, "2. november 2026 kl. 13.05 UTC", "2 november 2026 kl. 13.05 UTC", "2 November 2026, 13:05 UTC"},
		{"unit", func(l Language) string { return l.Unit("EUR/year") }, "EUR pr. år", "EUR per år", "EUR/year"},
		{"no unit", func(l Language) string { return l.Unit("1") }, "", "", ""},
		{"unknown unit", func(l Language) string { return l.Unit("furlong") }, "furlong", "furlong", "furlong"},
	} {
		for l, want := range map[Language]string{Danish: c.da, Swedish: c.sv, English: c.en, "xx": c.en} {
			if got := plain(c.write(l)); got != want {
				t.Errorf("%s in %s: %q, want %q", c.of, l, got, want)
			}
		}
	}
}

// TestPropertyAmounts: whatever is handed in is written, without a space at which a
// line may break except before the euro in brackets, and without a hyphen for minus.
func TestPropertyAmounts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.Float64().Draw(t, "v")
		digits := rapid.IntRange(-1, 8).Draw(t, "digits")
		l := rapid.SampledFrom(All).Draw(t, "language")
		money, _, _ := strings.Cut(l.Currency(v, 7.46, "DKK"), " (")
		for _, text := range []string{money, l.Euro(v), l.Energy(v), l.Power(v), l.Mass(v), l.Share(v, digits), l.Number(v, digits), l.Significant(v, digits)} {
			if strings.ContainsAny(text, " -") {
				t.Fatalf("%q", text)
			}
		}
	})
}

// TestPropertySignificant: a number read back from its text is the number, to the
// last digit that is written.
func TestPropertySignificant(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.Float64Range(-1e9, 1e9).Draw(t, "v")
		digits := rapid.IntRange(1, 8).Draw(t, "digits")
		l := rapid.SampledFrom(All).Draw(t, "language")
		text := plain(l.Significant(v, digits))
		marks := strings.NewReplacer(" ", "", ",", ".", minus, "-")
		if l == Danish {
			marks = strings.NewReplacer(".", "", ",", ".", minus, "-")
		}
		back, err := strconv.ParseFloat(marks.Replace(text), 64)
		if err != nil {
			t.Fatal(err)
		}
		if math.Abs(back-v) > math.Abs(v)*0.500001*math.Pow10(1-digits) {
			t.Fatalf("%v is written %q", v, text)
		}
	})
}

func TestCode(t *testing.T) {
	for _, c := range []struct{ column, code, da, sv, en string }{
		{"value_status", "suppressed", "Fortroligt", "Sekretessbelagd", "Secret"},
		{"ef_status", "suppressed", "Fortroligt", "Sekretessbelagd", "Secret"},
		{"level1", "HOUS", "Husholdninger", "Hushåll", "Households"},
		{"level1", "DH", "Fjernvarme og fjernkøling", "Fjärrvärme och fjärrkyla", "District heating and cooling"},
		{"measure_id", "B2+H1", "Hulmursisolering + Fjernvarme i stedet for olie- eller gaskedel",
			"Isolering av hålmurar + Fjärrvärme i stället för olje- eller gaspanna", "Cavity-wall insulation + District heat instead of an oil or gas boiler"},
		{"measure_id", "B2+new-school", "B2+new-school", "B2+new-school", "B2+new-school"},
		{"param_id", "discount_rate", "Diskonteringsrente", "Diskonteringsränta", "Discount rate"},
		{"param_id", "price_electricity_delivered|DK", "Pris på leveret el, Danmark", "Pris på levererad el, Danmark", "Price of delivered electricity, Denmark"},
		{"param_id", "use_heat_fossil@259", "Energiforbrug: Egne olie- og gasfyr, Køge", "Energianvändning: Egna olje- och gaspannor, Køge", "Energy use: Own oil or gas boilers, Køge"},
		{"param_id", "heat_demand@1380", "Varme pr. m² i egne bygninger, Halmstad", "Värme per m² i egna byggnader, Halmstad", "Heat per m² of own buildings, Halmstad"},
		{"param_id", "use_heat_fossil@9999", "Energiforbrug: Egne olie- og gasfyr, 9999", "Energianvändning: Egna olje- och gaspannor, 9999", "Energy use: Own oil or gas boilers, 9999"},
		{"param_id", "new_factor|DK", "new_factor|DK", "new_factor|DK", "new_factor|DK"},
		{"param_id", "a@b|c@d", "a@b|c@d", "a@b|c@d", "a@b|c@d"},
		{"param_id", "a@b@c", "a@b@c", "a@b@c", "a@b@c"},
		{"param_id", "new_factor", "new_factor", "new_factor", "new_factor"},
		{"colour", "red", "red", "red", "red"},
		{"rule", "", "", "", ""},
	} {
		for l, want := range map[Language]string{Danish: c.da, Swedish: c.sv, English: c.en} {
			if got := l.Code(c.column, c.code); got != want {
				t.Errorf("%s %s in %s: %q, want %q", c.column, c.code, l, got, want)
			}
		}
	}
}

func TestColumn(t *testing.T) {
	for _, c := range []struct{ table, column, label, description string }{
		{"measure", "country", "Land", "Land: DK eller SE"},
		{"supply_curve", "country", "Land", "Medlemmets land; - for den fælles kurve"},
		{"measure", "colour", "colour", ""},
	} {
		label, description := Danish.Column(c.table, c.column)
		if label != c.label || description != c.description {
			t.Errorf("%s.%s: %q, %q", c.table, c.column, label, description)
		}
	}
	if title, description := Swedish.Table("member"); title != "Medlemmar" || description != "Planens medlemmar i planfilens ordning." {
		t.Errorf("%q, %q", title, description)
	}
	if title, description := Swedish.Table("nothing"); title != "nothing" || description != "" {
		t.Errorf("%q, %q", title, description)
	}
}
