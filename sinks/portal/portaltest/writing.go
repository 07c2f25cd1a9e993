package portaltest

import (
	"fmt"
	"maps"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/PuerkitoBio/goquery"

	"samkraft/sinks/words"
)

// writing is how a page is to write a figure. It knows of itself in which units and
// scales a language writes: what wrote the page is not asked.
type writing struct {
	language words.Language
	unit     string  // of the figure in the tables
	rate     float64 // by which euro are shown; 1 without a currency
	currency string  // code of the currency beside which the euro stand; "" for euro alone
	heading  string  // the unit in the heading above, for a figure without one
	exact    bool    // the page also writes figures as the tables have them
	drawn    bool    // in the table of a chart, whose heading says what money is for
}

// faults tells what is wrong with how a figure is written, and with the euro beside it.
func (w writing) faults(s *goquery.Selection, value float64) (all []string) {
	beside := strings.TrimSpace(s.Find("small").Text())
	text := strings.TrimSpace(strings.TrimSuffix(s.Text(), s.Find("small").Text()))
	if w.exact && beside == "" && text == s.AttrOr("value", "") {
		return nil
	}
	if why := w.reads(text, value); why != "" {
		all = append(all, why)
	}
	if (w.currency != "") != (beside != "") {
		return append(all, "stands without its euro, or beside what is no other currency")
	}
	if beside != "" {
		euro, found := strings.CutPrefix(beside, "(")
		euro, closed := strings.CutSuffix(euro, ")")
		w.rate, w.currency, w.heading = 1, "", ""
		if why := w.reads(euro, value); why != "" || !found || !closed {
			all = append(all, fmt.Sprintf("has %q beside it, which %s", beside, why))
		}
	}
	return all
}

// forms are numbers as the languages write them: what is said of their bound, sign,
// whole part, decimals and unit.
var forms = map[words.Language]*regexp.Regexp{
	words.Danish:  regexp.MustCompile(`^([<>]\x{a0})?(−?)(\d{1,3}(?:\.\d{3})*)(?:,(\d+))?(?:\x{a0}(\D.*))?$`),
	words.Swedish: regexp.MustCompile(`^([<>]\x{a0})?(−?)(\d{1,3}(?:\x{a0}\d{3})*)(?:,(\d+))?(?:\x{a0}(\D.*))?$`),
	words.English: regexp.MustCompile(`^([<>]\x{a0})?(−?)(\d{1,3}(?:\x{a0}\d{3})*)(?:\.(\d+))?(?:\x{a0}(\D.*))?$`),
}

// digits are the significant digits that a figure has at least.
const digits = 3

// reads tells what is wrong with a text for a value; "" where nothing is. It must be
// the value in the unit that it names, off by no more than the rounding of what is
// written, which is to three significant digits or finer. Below one of the smallest
// unit, and of shares, it has as many digits as are written.
func (w writing) reads(text string, value float64) string {
	form := forms[w.language].FindStringSubmatch(text)
	if form == nil {
		return "is not a number as the language writes it"
	}
	bound, sign, whole, decimals, unit := form[1], form[2], form[3], form[4], strings.ReplaceAll(form[5], "\u00a0", " ")
	if unit == "" {
		unit = w.heading
	}
	units := w.units()
	factor, known := units[unit]
	whole = strings.NewReplacer(".", "", "\u00a0", "").Replace(whole)
	said, err := strconv.ParseFloat(whole+"."+decimals, 64)
	switch {
	case err != nil:
		return err.Error()
	case !known && (said != 0 || unit != ""): // nothing is nothing in any unit
		return fmt.Sprintf("has the unit %q, which is none of %q", unit, slices.Sorted(maps.Keys(units)))
	case !known:
		factor = 1
	}
	// A share is written in per cent or plainly, which is no finer scale of the other.
	scaled := len(units) > 1 && w.unit != "1" && units[""] == 0
	smallest := !scaled || value == 0 || factor == slices.Min(slices.Collect(maps.Values(units)))
	value *= w.rate / factor
	size := math.Abs(value)
	switch {
	case bound == "<\u00a0":
		return unless(sign == "" && value > 0 && value < said, "is not below that")
	case bound != "":
		return unless(sign == "" && value < 100 && value > said, "is not above that")
	case said == 0 && unit == "%":
		return unless(value == 0, "is not nothing")
	case said == 0 && w.unit == "EUR":
		// Parts of a euro are nothing in any currency: what shares out gains leaves them.
		return unless(smallest && size/w.rate < 0.5, "is not nothing")
	case said == 0:
		return unless(smallest && size <= 0.5*math.Pow10(-len(decimals)), "is not nothing")
	case (sign != "") != (value < 0):
		return "has the wrong sign"
	case said < 1 && !smallest:
		return "is less than one of its unit, and there is a smaller one"
	}
	place := -len(decimals) // the power of ten of the last digit that counts
	if decimals == "" {
		place = min(len(whole)-len(strings.TrimRight(whole, "0")), max(0, len(whole)-digits))
	}
	if unit != "%" && (said >= 1 || !scaled) {
		place = min(place, int(math.Floor(math.Log10(said)))-digits+1)
	}
	return unless(math.Abs(size-said) <= 0.5*math.Pow10(place)*(1+1e-6)+1e-9*size, fmt.Sprintf("is %v in that unit", value))
}

func unless(right bool, why string) string {
	if right {
		return ""
	}
	return why
}

// units are the units in which the figure may be written, and how much of the tables'
// unit each is.
func (w writing) units() map[string]float64 {
	in := func(da, sv, en string) string {
		return map[words.Language]string{words.Danish: da, words.Swedish: sv, words.English: en}[w.language]
	}
	money := "EUR"
	if w.currency != "" {
		money = w.currency
	}
	switch {
	case money == "DKK":
		money = in("kr.", "DKK", "DKK")
	case money == "SEK":
		money = in("SEK", "kr", "SEK")
	}
	scales := map[string]float64{money: 1, in("tusind ", "tusen ", "k") + money: 1e3, in("mio. ", "milj. ", "million ") + money: 1e6, in("mia. ", "md ", "billion ") + money: 1e9}
	switch w.unit {
	case "MWh":
		return map[string]float64{"kWh": 1e-3, "MWh": 1, "GWh": 1e3, "TWh": 1e6}
	case "MW":
		return map[string]float64{"kW": 1e-3, "MW": 1, "GW": 1e3}
	case "t":
		return map[string]float64{"t": 1, in("mio. t", "milj. t", "million t"): 1e6}
	case "byte":
		return map[string]float64{in("bytes", "byte", "bytes"): 1, "kB": 1e3, "MB": 1e6, "GB": 1e9}
	case "EUR":
		return scales
	case "1":
		return map[string]float64{"%": 0.01, "": 1}
	}
	label := w.language.Unit(w.unit)
	if per, of := strings.CutPrefix(label, "EUR/"); of {
		if w.drawn && w.unit == "EUR/person" {
			return scales
		}
		return map[string]float64{money + "/" + per: 1}
	}
	return map[string]float64{label: 1, "": 1}
}
