package words

import (
	"slices"
	"strings"
	"testing"
)

// TestReasons: what is said in each language has the same numbers and parts.
func TestReasons(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range reasons() {
		if seen[r.said.en] {
			t.Errorf("%s stands there twice", r.said.en)
		}
		seen[r.said.en] = true
		for l, text := range map[Language]string{Danish: r.said.da, Swedish: r.said.sv} {
			if text == "" || !slices.Equal(placeholders(text), placeholders(r.said.en)) {
				t.Errorf("%s: %q does not say %q", l, text, r.said.en)
			}
		}
	}
	for _, c := range []struct{ text, da, sv string }{
		{"nothing is unused", "intet er ubrugt", "inget är oanvänt"},
		{"at most 12273.78", "højst 12.273,78", "högst 12\u00a0273,78"},
		{"364050.764", "364.050,764", "364\u00a0050,764"},
		{"-0.5", "-0,5", "-0,5"},
		{"8.0 to 25.0 MWh per inhabitant", "8,0 til 25,0 MWh pr. indbygger", "8,0 till 25,0 MWh per invånare"},
		{"metered electricity; of 2019, the nearest year with data", "målt el; fra 2019, det nærmeste år med data", "uppmätt el; från 2019, det närmaste året med data"},
		{"raised to the technical potential: what is used; 1 were refused", "hævet til det tekniske potentiale: det, der bruges; 1 fik afslag", "höjt till den tekniska potentialen: det som används; 1 fick avslag"},
		{"what Balmorel's model has for 2050, with the range that its grade stands for", "hvad Balmorels model har for 2050, med det interval, som kvalitetsklassen står for", "vad Balmorels modell har för 2050, med det intervall som kvalitetsklassen står för"},
		{"it is made of scb A, scb B and dst C: nothing at hand there serves", "det laves af scb A, scb B og dst C: intet af det, der er til rådighed, kan bruges", "det görs av scb A, scb B och dst C: inget av det som finns till hands duger"},
		{"the balance of electricity does not close in the base year: not known: water power, wind power", "elbalancen går ikke op i basisåret: ikke kendt: vandkraft, vindkraft", "elbalansen går inte ihop under basåret: inte känt: vattenkraft, vindkraft"},
		// What somebody wrote freely, or in part, stays as it is.
		{"the council decided otherwise", "", ""},
		{"nothing is unused; the council decided otherwise", "", ""},
		{"raised to the technical potential: by hand", "", ""},
		{"at most many", "", ""},
		{"", "", ""},
	} {
		for l, want := range map[Language]string{Danish: c.da, Swedish: c.sv, English: c.text} {
			known := want != "" || l == English
			if want == "" {
				want = c.text
			}
			if said, ok := l.Reason(c.text); said != want || ok != known {
				t.Errorf("%s in %s: %q, %v", c.text, l, said, ok)
			}
		}
	}
	var numbers []string
	said, known := English.ReasonWith("at most 1.02 times 1234.5; of 2019, the nearest year with data", func(number string) string {
		numbers = append(numbers, number)
		return "<" + number + ">"
	})
	if want := "at most <1.02> times <1234.5>; of 2019, the nearest year with data"; said != want || !known || strings.Join(numbers, " ") != "1.02 1234.5" {
		t.Errorf("with numbers written: %q, %v, %v", said, known, numbers)
	}
	long := strings.Repeat("raised to the technical potential: ", 2000) + strings.Repeat("; ", 2000)
	if said, known := Danish.Reason(long); known || said != long {
		t.Error("a sentence without end is known")
	}
}
