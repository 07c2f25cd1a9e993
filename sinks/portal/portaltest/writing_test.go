package portaltest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"samkraft/sinks/tables/tablestest"
	"samkraft/sinks/words"
)

// TestReads holds what passes for a value, and what does not: another unit, another
// power of ten, nothing for something, another sign, too few digits.
func TestReads(t *testing.T) {
	const da, sv, en = words.Danish, words.Swedish, words.English
	for _, c := range []struct {
		language  words.Language
		unit      string
		value     float64
		right     string
		wrong     []string // with a space for the one that does not break
		converted bool     // from euro
	}{
		{da, "MWh", 36000, "36,0 GWh", []string{"36,0 MWh", "36,0 TWh", "3,60 GWh", "360 GWh", "36.0 GWh", "−36,0 GWh", "36 t", "36,0", "0 GWh", "36,2 GWh", "0,04 TWh"}, false},
		{sv, "MWh", 1234567, "1,23 TWh", []string{"1,23 GWh", "1,24 TWh", "1 TWh", "1.23 TWh"}, false},
		{en, "MWh", 0.37, "370 kWh", []string{"0.37 kWh", "0.37 MWh", "0 kWh", "400 kWh"}, false},
		{en, "MWh", 999.6, "1.00 GWh", []string{"1.00 MWh", "1.01 GWh", "0.99 GWh"}, false},
		{sv, "MWh", 12345, "12 345 MWh", []string{"12 346 MWh", "12.345 MWh", "12 000 MWh"}, false},
		{sv, "MWh", 12345, "12 300 MWh", []string{"12 400 MWh", "12 300 kWh"}, false},
		{en, "MWh", 0.0000004, "0.00 kWh", []string{"0.00 MWh", "0.40 kWh"}, false},
		{da, "MWh", 0, "0", []string{"1 MWh", "−1 MWh"}, false},
		{da, "MW", 0.25, "250 kW", []string{"250 MW", "250 kWh"}, false},
		{da, "t", 19, "19,0 t", []string{"0 t", "0", "1,90 t", "190 t", "19,0 kt", "19,0 mio. t"}, false},
		{en, "t", 2.5e6, "2.50 million t", []string{"2.50 t", "2.50 mio. t"}, false},
		{sv, "t", 0.004, "0,00 t", []string{"0,01 t"}, false},
		{sv, "1", 1, "100 %", []string{"0 %", "1 %", "10 %"}, false},
		{da, "1", 0.412, "41 %", []string{"0,41 %", "42 %", "−41 %"}, false},
		{da, "1", 0.412, "0,412", []string{"0,4", "0,413"}, false},
		{da, "1", 0.003, "< 1 %", []string{"> 1 %", "0 %", "1 %"}, false},
		{da, "1", 0.997, "> 99 %", []string{"< 99 %", "99 %"}, false},
		{en, "1", 12034, "12 034", []string{"12 035", "1 203", "12,034"}, false},
		{da, "EUR", 1234567, "1,23 mio. EUR", []string{"1,23 tusind EUR", "1,23 mia. EUR", "1,23 mio. kr."}, false},
		{da, "EUR", 1234567, "9,21 mio. kr.", []string{"1,23 mio. kr.", "9,21 mio. EUR", "9,21 tusind kr.", "−9,21 mio. kr."}, true},
		{sv, "EUR", -1234567, "−9,21 milj. DKK", []string{"9,21 milj. DKK", "−9,21 milj. kr", "−9,21 mio. DKK"}, true},
		{en, "EUR", 1234567, "9.21 million DKK", []string{"9.21 kDKK", "9.21 billion DKK"}, true},
		{da, "EUR", 0.4, "0 kr.", []string{"1 kr."}, true},
		{da, "EUR", 19, "142 kr.", []string{"0 kr.", "19,0 kr."}, true},
		{da, "EUR/MWh", 30, "224 kr./MWh", []string{"30,0 kr./MWh", "224 EUR/MWh", "224 kr./t", "224 kr."}, true},
		{sv, "EUR/person", 0.0123, "0,0123 EUR/invånare", []string{"0,01 EUR/invånare", "0,0123 EUR"}, false},
		{sv, "DKK/EUR", 7.46038, "7,46038", []string{"7,46039", "7,4"}, false},
	} {
		w := writing{language: c.language, unit: c.unit, rate: 1}
		if c.converted {
			w.rate, w.currency = 7.46, "DKK"
		}
		space := strings.NewReplacer(" ", "\u00a0")
		if why := w.reads(space.Replace(c.right), c.value); why != "" {
			t.Errorf("%s: %q for %v %s %s", c.language, c.right, c.value, c.unit, why)
		}
		for _, wrong := range c.wrong {
			if w.reads(space.Replace(wrong), c.value) == "" {
				t.Errorf("%s: %q passes for %v %s", c.language, wrong, c.value, c.unit)
			}
		}
	}
}

// TestFaultsAreFound spoils the figures of a page.
func TestFaultsAreFound(t *testing.T) {
	folder := tablestest.Snapshot(t, true,
		tablestest.Table{Name: "gain", Key: 1, Columns: [][3]string{{"id", "VARCHAR", ""}, {"gain_eur", "DOUBLE", "EUR"}, {"gain_mwh", "DOUBLE", "MWh"}, {"gain_t", "DOUBLE", "t"}, {"share", "DOUBLE", "1"}, {"price", "DOUBLE", "value_unit"}, {"value_unit", "VARCHAR", ""}},
			Rows: [][]any{{"a", 1000000.0, 36000.0, 19.0, 1.0, 30.0, "EUR/MWh"}, {"b", 500000.0, 4000.0, nil, 0.5, nil, nil}}},
		tablestest.Table{Name: "factor", Key: 1, Columns: [][3]string{{"factor_id", "VARCHAR", ""}, {"value", "DOUBLE", "value_unit"}, {"value_unit", "VARCHAR", ""}}, Rows: [][]any{{"dkk_per_eur", 7.46, "DKK/EUR"}}})
	data := func(value, column, row, rate, text string) string {
		if rate != "" {
			rate = ` data-rate="` + rate + `"`
		}
		return fmt.Sprintf(`<p><data value="%s" data-table="gain" data-row="%s" data-column="%s"%s>%s</data></p>`, value, row, column, rate, strings.ReplaceAll(text, "_", "&nbsp;"))
	}
	const rate = "factor 0 value"
	drawn := func(value, text string) string {
		return `<div data-rate="` + rate + `"><figure>` + data(value, "gain_eur", "0", "", text) + `</figure></div>`
	}
	for _, c := range []struct{ right, wrong string }{
		{data("36000", "gain_mwh", "0", "", "36,0_GWh"), data("36000", "gain_mwh", "0", "", "36,0_MWh")},
		{data("36000", "gain_mwh", "0", "", "36,0_GWh"), data("36001", "gain_mwh", "0", "", "36,0_GWh")},
		{data("40000", "gain_mwh", "0 1", "", "40,0_GWh"), data("40000", "gain_mwh", "0 1", "", "4,00_GWh")},
		{data("-36000", "-gain_mwh", "0", "", "−36,0_GWh"), data("-36000", "-gain_mwh", "0", "", "36,0_GWh")},
		{data("19", "gain_t", "0", "", "19,0_t"), data("19", "gain_t", "0", "", "0_t")},
		{data("1", "share", "0", "", "100_%"), data("1", "share", "0", "", "0_%")},
		{data("1000000", "gain_eur", "0", rate, "7,46_mio._kr. <small>(1,00_mio._EUR)</small>"), data("1000000", "gain_eur", "0", rate, "7,46_mio._kr. <small>(1,00_tusind_EUR)</small>")},
		{data("1000000", "gain_eur", "0", "", "1,00_mio._EUR"), data("1000000", "gain_eur", "0", rate, "7,46_mio._kr.")},
		{data("30", "price", "0", rate, "224_kr./MWh <small>(30,0_EUR/MWh)</small>"), data("30", "price", "0", rate, "224_EUR/MWh <small>(30,0_EUR/MWh)</small>")},
		{drawn("7460000", "7,46_mio._kr. <small>(1,00_mio._EUR)</small>"), drawn("1000000", "7,46_mio._kr. <small>(1,00_mio._EUR)</small>")},
		{drawn("7460000", "7,46_mio._kr. <small>(1,00_mio._EUR)</small>"), drawn("7460000", "7,46_mio._kr. <small>(7,46_mio._EUR)</small>")},
		{data("7.46", "value", "0", "", "7,46"), data("7.46", "value", "0", "", "7,46_kr.")},
	} {
		for text, want := range map[string]bool{c.right: false, c.wrong: true} {
			if strings.Contains(text, `data-column="value"`) {
				text = strings.Replace(text, `"gain"`, `"factor"`, 1)
			}
			faults, err := Faults(folder, map[string][]byte{"da/index.html": []byte(`<html lang="da"><body>` + text + `</body></html>`)}, func(string) bool { return true })
			if err != nil {
				t.Fatal(err)
			}
			faults = slices.DeleteFunc(faults, func(f string) bool { return !strings.Contains(f, "the figure") })
			if got := len(faults) > 0; got != want {
				t.Errorf("%s\ngives %q", text, faults)
			}
		}
	}
}
