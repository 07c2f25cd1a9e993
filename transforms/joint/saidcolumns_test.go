package joint

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// claim is a figure that sentences state and the column of joint_savings that has it.
// N stands for a number as the language writes it.
type claim struct {
	column string
	sign   float64 // -1 where the sentence states how much less
	unit   float64 // of what is written, in that of the column
	off    float64 // by the rounding of what is written, in the unit of the column
	texts  [3]string
}

// claims are in the order of English, Danish and Swedish.
var claims = []claim{
	{"gain_eur", 1, 1000, 50, [3]string{`(?:a gain of|together gain) N kEUR a year`, `en gevinst på N tusind euro om året`, `en vinst på N tusen euro per år`}},
	{"gain_eur", -1, 1000, 50, [3]string{`(?:together cost|:) N kEUR a year more than`, `(?:tilsammen koster|:) N tusind euro om året mere end`, `(?:tillsammans kostar|:) N tusen euro per år mer än`}},
	{"gain_p10_eur", 1, 1000, 50, [3]string{`the gain is between N and`, `ligger gevinsten mellem N og`, `ligger vinsten mellan N och`}},
	{"gain_p90_eur", 1, 1000, 50, [3]string{`and N kEUR; the median`, `og N tusind euro; medianen`, `och N tusen euro; medianen`}},
	{"gain_p50_eur", 1, 1000, 50, [3]string{`the median is N\. ?`, `medianen er N\. ?`, `medianen är N\. ?`}},
	{"byproduct_t", 1, 1, 0.5, [3]string{`cuts N t of CO2 a year more`, `sænker udledningen med N t CO2 om året mere`, `minskar utsläppen med N t CO2 per år mer `}},
	{"byproduct_t", -1, 1, 0.5, [3]string{`cuts N t of CO2 a year less`, `sænker udledningen med N t CO2 om året mindre`, `minskar utsläppen med N t CO2 per år mindre`}},
}

// numbers are how the languages write a number, and what their marks are to Go.
var numbers = [3]struct {
	form  string
	plain *strings.Replacer
}{
	{`(-?\d{1,3}(?: \d{3})*(?:\.\d+)?)`, strings.NewReplacer(" ", "")},
	{`(-?\d{1,3}(?:\.\d{3})*(?:,\d+)?)`, strings.NewReplacer(".", "", ",", ".")},
	{`(-?\d{1,3}(?:\x{a0}\d{3})*(?:,\d+)?)`, strings.NewReplacer("\u00a0", "", ",", ".")},
}

// sentenceFaults holds the numbers in the sentences of a row of joint_savings to its
// columns, and each sentence to state what the others do.
func sentenceFaults(r row) (faults []string) {
	var stated [3][]string
	for i, name := range []string{"sentence_en", "sentence_da", "sentence_sv"} {
		text, _ := r[name].(string)
		for _, c := range claims {
			form := regexp.MustCompile(strings.ReplaceAll(c.texts[i], "N", numbers[i].form))
			for _, found := range form.FindAllStringSubmatch(text, -1) {
				stated[i] = append(stated[i], c.column)
				said, err := strconv.ParseFloat(numbers[i].plain.Replace(found[1]), 64)
				value, known := r[c.column].(float64)
				if err != nil || !known || math.Abs(c.sign*c.unit*said-value) > c.off+1e-6 {
					faults = append(faults, fmt.Sprintf("%v: %s says %q, and %s is %v", r["agreement_id"], name, found[0], c.column, r[c.column]))
				}
			}
		}
	}
	if !slices.Equal(stated[0], stated[1]) || !slices.Equal(stated[0], stated[2]) {
		faults = append(faults, fmt.Sprintf("%v: the sentences state %v", r["agreement_id"], stated))
	}
	// What all agreements gain stands in the sentence, and its range where it is drawn.
	for _, column := range []string{"gain_eur", "gain_p10_eur", "gain_p50_eur", "gain_p90_eur", "byproduct_t"} {
		value, known := r[column].(float64)
		if least, _ := r["gain_p90_eur"].(float64); strings.HasPrefix(column, "gain_p") {
			known, value = known && least > 1, least
		}
		if r["agreement_id"] == All && known && math.Abs(value) > 1 && !slices.Contains(stated[0], column) {
			faults = append(faults, fmt.Sprintf("%v: no sentence states %s, %v", r["agreement_id"], column, r[column]))
		}
	}
	return faults
}

// TestSentenceFaults spoils columns after the sentences were written: what holds the
// one to the other, over the plans of all tests, must find that.
func TestSentenceFaults(t *testing.T) {
	good := func() row {
		r := row{"agreement_id": All, "gain_eur": 1380e3, "gain_p10_eur": -12340.0, "gain_p50_eur": 301250.0, "gain_p90_eur": 1412340.0, "byproduct_t": -1280.0}
		s := said{uncertainty: &uncertainty{money: quantity{p10: -12340, p50: 301250, p90: 1412340}}, gain: 1380e3, byproduct: -1280, players: 4}
		for _, l := range []language{english, danish, swedish} {
			r["sentence_"+l.id] = fmt.Sprintf(l.all, l.thousands(s.gain)) + l.likely(s) + l.carbon(s)
		}
		return r
	}
	if faults := sentenceFaults(good()); len(faults) > 0 {
		t.Fatal(faults)
	}
	for column, others := range map[string][]float64{
		"gain_eur": {1380100, 138e3, -1380e3}, "gain_p10_eur": {12340, -12440}, "gain_p50_eur": {301350, 3012500}, "gain_p90_eur": {1412440, 1412.34}, "byproduct_t": {1280, -1281},
	} {
		for _, other := range others {
			r := good()
			r[column] = other
			if faults := sentenceFaults(r); len(faults) != 3 {
				t.Errorf("%s is %v, and the faults are %q", column, other, faults)
			}
		}
	}
	for _, name := range []string{"sentence_en", "sentence_da", "sentence_sv"} {
		r := good()
		r[name] = strings.Replace(r[name].(string), "12", "13", 1)
		if len(sentenceFaults(r)) == 0 {
			t.Errorf("%s passes with another low end", name)
		}
	}
}
