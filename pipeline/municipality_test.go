package pipeline_test

import (
	"fmt"
	"strings"
	"testing"

	"samkraft/pipeline"
)

// Every spelling that a publisher was seen to use.
func TestFindMunicipality(t *testing.T) {
	cases := []struct{ country, spelling, want string }{
		{"DK", "253", "DK 253 Greve"},
		{"DK", "0253", "DK 253 Greve"},
		{"DK", "00253", "DK 253 Greve"},
		{"DK", "253.0", "DK 253 Greve"},
		{"DK", "253.00", "DK 253 Greve"},
		{"DK", "253 - Greve", "DK 253 Greve"},
		{"DK", "253 Greve", "DK 253 Greve"},
		{"DK", " 253\u00a0", "DK 253 Greve"},
		{"DK", "Greve", "DK 253 Greve"},
		{"DK", "Køge", "DK 259 Køge"},
		{"DK", "KØGE", "DK 259 Køge"},
		{"DK", "Koege", "DK 259 Køge"},
		{"DK", "Koege_A", "DK 259 Køge"},
		{"DK", "Solrød", "DK 269 Solrød"},
		{"DK", "Solroed", "DK 269 Solrød"},
		{"DK", "Stevns_A", "DK 336 Stevns"},
		{"DK", "Høje-Taastrup", "DK 169 Høje-Taastrup"},
		{"DK", "Høje-Tåstrup", "DK 169 Høje-Taastrup"},
		{"DK", "Lyngby-Taarbæk", "DK 173 Lyngby-Taarbæk"},
		{"DK", "Aarhus", "DK 751 Aarhus"},
		{"DK", "Århus", "DK 751 Aarhus"},
		{"DK", "Ålborg", "DK 851 Aalborg"},
		{"DK", "Nordfyn", "DK 480 Nordfyns"},
		{"DK", "Nordfyns", "DK 480 Nordfyns"},
		{"DK", "Vesthimmerland", "DK 820 Vesthimmerlands"},
		{"SE", "1380", "SE 1380 Halmstad"},
		{"SE", "1380.0", "SE 1380 Halmstad"},
		{"SE", "1380 Halmstad", "SE 1380 Halmstad"},
		{"SE", "Halmstad", "SE 1380 Halmstad"},
		{"SE", "Halmstad kommun", "SE 1380 Halmstad"},
		{"SE", "1278 B\uFFFDstad", "SE 1278 Båstad"},
		{"SE", "BÅSTAD", "SE 1278 Båstad"},
		{"SE", "0114", "SE 0114 Upplands Väsby"},
		{"SE", "114", "SE 0114 Upplands Väsby"},
		{"SE", "114.0", "SE 0114 Upplands Väsby"},
		{"SE", "Upplands  Väsby", "SE 0114 Upplands Väsby"},
		{"SE", "Habo", "SE 0643 Habo"},
		{"SE", "Håbo", "SE 0305 Håbo"},
	}
	for _, c := range cases {
		m, err := pipeline.FindMunicipality(c.country, c.spelling)
		if err != nil || m.String() != c.want {
			t.Errorf("%s %q is %q, want %q: %v", c.country, c.spelling, m, c.want, err)
		}
	}
}

// What is not known is an error with the name in it; the same code or name in
// the other country is not known, nor are municipalities of before 2007.
func TestFindMunicipalityUnknown(t *testing.T) {
	cases := [][2]string{
		{"DK", ""}, {"DK", "0"}, {"DK", "000"}, {"DK", "999"}, {"DK", "1380"}, {"DK", "Halmstad"}, {"DK", "253x"}, {"DK", "253.5"}, {"DK", "253,0"}, {"DK", "-253"},
		{"SE", "253"}, {"SE", "Greve"}, {"SE", "13800"}, {"SE", "9999"}, {"SE", "Atlantis"}, {"SE", "13"}, {"DK", "2 5 3"},
		{"DK", "Skovbo"}, {"DK", "Vallø"}, {"DK", "Valloe_A"}, {"DK", "207"}, {"DK", "Ukendt"}, {"DK", "I alt"}, {"SE", "Riket"}, {"SE", "00 Riket"}, {"SE", "13 Hallands län"},
		{"DK", "K\uFFFDge"}, {"SE", "B\uFFFDstad"},
	}
	for _, c := range cases {
		m, err := pipeline.FindMunicipality(c[0], c[1])
		if want := fmt.Sprintf("unknown municipality %q in %s", c[1], c[0]); err == nil || err.Error() != want {
			t.Errorf("%s %q is %q, %v; want the error %s", c[0], c[1], m, err, want)
		}
	}
	for _, country := range []string{"", "dk", "NO", "Denmark"} {
		if _, err := pipeline.FindMunicipality(country, "253"); err == nil || !strings.Contains(err.Error(), fmt.Sprintf("%q", country)) {
			t.Errorf("country %q: %v", country, err)
		}
	}
}

// Every municipality is known by its own code and name, in all their forms.
func TestMunicipalities(t *testing.T) {
	letters := strings.NewReplacer("æ", "ae", "ø", "oe", "å", "aa", "ä", "ae", "ö", "oe", "é", "e", "Æ", "Ae", "Ø", "Oe", "Å", "Aa", "Ä", "Ae", "Ö", "Oe")
	count := map[string]int{}
	before := ""
	for _, m := range pipeline.Municipalities() {
		count[m.Country]++
		if m.Country+m.Code <= before {
			t.Errorf("%s stands behind %s", m, before)
		}
		before = m.Country + m.Code
		if m.Name == "" || m.NUTS3[:2] != m.Country || len(m.NUTS3) != 5 {
			t.Errorf("%+v", m)
		}
		spellings := []string{m.Code, "0" + m.Code, m.Code + ".0", m.Code + " " + m.Name, m.Code + " - " + m.Name, strings.TrimLeft(m.Code, "0"),
			m.Name, strings.ToUpper(m.Name), strings.ToLower(m.Name), letters.Replace(m.Name), letters.Replace(m.Name) + "_A", " " + m.Name + " "}
		for _, s := range spellings {
			if got, err := pipeline.FindMunicipality(m.Country, s); err != nil || got != m {
				t.Errorf("%q is %q, want %q: %v", s, got, m, err)
			}
		}
	}
	if count["DK"] < 98 || count["SE"] != 290 || len(count) != 2 {
		t.Errorf("%v municipalities", count)
	}
}

func FuzzFindMunicipality(f *testing.F) {
	for _, s := range []string{"253", "0253", "253 - Greve", "1278 B\uFFFDstad", "Koege_A", "", "_A", " kommune", "0.0", "\xff"} {
		f.Add("DK", s)
		f.Add("SE", s)
	}
	f.Fuzz(func(t *testing.T, country, s string) {
		m, err := pipeline.FindMunicipality(country, s)
		if err == nil && (m.Country != country || m.Code == "") {
			t.Errorf("%s %q is %+v", country, s, m)
		}
	})
}
