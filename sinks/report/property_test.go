package report

import (
	"bytes"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"pgregory.net/rapid"

	"samkraft/sinks/tables"
)

// codes are those that decide what is said.
var codes = map[string][]string{
	"mechanism": {"scale", "netting"}, "grade": {"A", "D", "E"}, "row_key": {"straw", tables.AllAgreements, "DK|336|x"}, "status": {"signed", "proposed", "example"}, "gain_nature": {"resource", "accounting", "transfer"}, "state": {"failed", "missing", "partial", "suppressed", "complete"},
	"recommended_rule": {"shapley", "nucleolus"}, "counts": {"energy", "co2"}, "agreement_id": {"straw", tables.AllAgreements, "other"}, "rule": {"agreed_keys", "shapley", "gately"},
	"param_id": {"price_straw|DK", "unheard of <b>"}, "currency": {"DKK", "SEK", "EUR"}, "title_sv": {"Gemensamt mål 2035", "<b>&"},
}

// nullable are the texts that may be null.
var nullable = []string{"recommended_rule", "blocking_members", "currency", "mark", "value_unit", "grade", "row_key"}

// drawCell is another value of the kind of a cell; nil where it may be.
func drawCell(t *rapid.T, column string, was any) any {
	_, text := was.(string)
	if (!text || slices.Contains(nullable, column)) && column != "base_year" && column != "price_year" && rapid.IntRange(0, 3).Draw(t, "gone") == 0 {
		return nil
	}
	switch was.(type) {
	case float64:
		hundredths := rapid.OneOf(rapid.SampledFrom([]int{0, 1, -4, -100, 99, 100, 1e11}), rapid.IntRange(-1e8, 1e8)).Draw(t, column)
		return float64(hundredths) / 100 // columns are rounded
	case bool:
		return rapid.Bool().Draw(t, column)
	}
	if known := codes[column]; known != nil {
		return rapid.SampledFrom(known).Draw(t, column)
	}
	return was
}

// TestPropertySentences holds that every sentence stands whatever the tables have:
// cells that are unknown, zero or below zero, rows that are not there or there twice,
// and none at all. The report is then held to what pages are held to, and has no hole.
func TestPropertySentences(t *testing.T) {
	cases := slices.Sorted(maps.Keys(cases))
	rapid.Check(t, func(t *rapid.T) {
		m := two()
		casesOf(t, m, cases)
		for _, table := range slices.Sorted(maps.Keys(m)) {
			if table == "factor" || rapid.IntRange(0, 2).Draw(t, "other "+table) != 0 {
				continue
			}
			rows := m[table]
			if table != "plan" && table != "member" && len(rows) > 0 {
				rows = rapid.SliceOfN(rapid.SampledFrom(rows), 0, len(rows)+1).Draw(t, "rows of "+table)
			}
			m[table] = nil
			for _, row := range rows {
				other := cells{}
				for _, column := range slices.Sorted(maps.Keys(row)) {
					other[column] = row[column]
					if rapid.IntRange(0, 2).Draw(t, "change") == 0 {
						other[column] = drawCell(t, column, row[column])
					}
				}
				m[table] = append(m[table], other)
			}
		}
		for _, page := range reports(t, m.folder(t, rapid.Bool().Draw(t, "sample"))) {
			whole(t, page)
		}
	})
}

// casesOf begins with one of the golden cases.
func casesOf(t *rapid.T, m madeUp, names []string) {
	if name := rapid.SampledFrom(append(names, "")).Draw(t, "case"); name != "" {
		cases[name](m)
	}
}

// whole holds that no sentence of a report has a hole or is empty.
func whole(t *rapid.T, page []byte) {
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	doc.Find("figure table").Remove() // the charts' own
	doc.Find("main").Find("h1, h2, h3, p, li, dt, dd, th, td, caption, figcaption").Each(func(_ int, s *goquery.Selection) {
		text := strings.TrimSpace(s.Text())
		if text == "" || strings.ContainsAny(text, "{}\uFFFD\x00") || strings.Contains(text, "%!") || strings.Contains(text, " .") || strings.Contains(text, " ,") {
			around, _ := s.Parent().Html()
			t.Fatalf("a %s reads %q in %s", goquery.NodeName(s), text, around)
		}
	})
}
