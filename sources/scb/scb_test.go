package scb

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"

	"samkraft/sources/sourcetest"
)

// TestLabels: what is left of two labels when their Swedish letters are gone
// must still tell them apart.
func TestLabels(t *testing.T) {
	for name, pairs := range map[string][][2]string{
		"category": categoryPairs, "use": usePairs, "electricity type": electricityTypePairs, "electricity": electricityPairs,
		"heat type": heatTypePairs, "heat": heatPairs, "carrier": carrierPairs,
	} {
		seen := map[string]string{}
		codes := map[string]bool{}
		for _, p := range pairs {
			if first, twice := seen[fold(p[0])]; twice || fold(p[0]) == "" {
				t.Errorf("%s: %q and %q fold to the same text", name, first, p[0])
			}
			if codes[p[1]] {
				t.Errorf("%s: the code %s stands twice", name, p[1])
			}
			seen[fold(p[0])], codes[p[1]] = p[0], true
			damaged := strings.NewReplacer("å", "\ufffd", "ä", "\ufffd", "ö", "\ufffd").Replace(p[0])
			latin1, err := charmap.ISO8859_1.NewEncoder().String(p[0])
			if err != nil || fold(damaged) != fold(p[0]) || fold(latin1) != fold(p[0]) {
				t.Errorf("%s: %q is not known when damaged", name, p[0])
			}
		}
	}
}

func TestCategoryNumber(t *testing.T) {
	for label, want := range map[string]string{
		"9.6.1 slutanv. Spec Hushåll småhus":       "9.6.1 true",
		"4.6.1omvandlat Spec. Kraftv.v\ufffdrmepu": "4.6.1 true",
		"2 bruttotillförsel":                       "2 true",
		"8 något nytt":                             "8 false",
		"9.6.1":                                    " false",
		"slutanv.":                                 " false",
		"":                                         " false",
	} {
		number, ok := categoryNumber(label)
		if got := fmt.Sprint(number, " ", ok); got != want {
			t.Errorf("%q: %s, want %s", label, got, want)
		}
	}
}

func TestCell(t *testing.T) {
	for cell, want := range map[string]string{
		"..":                "<nil> suppressed",
		"0":                 "0 zero",
		"0.0":               "0 zero",
		"1023915":           "1023915 observed",
		"-20715512":         "-20715512 observed",
		"33.8":              "338e-1 observed",
		"1 023 915":         "1023915 observed",
		"":                  "refused",
		"-":                 "refused",
		".":                 "refused",
		"…":                 "refused",
		"1,5":               "refused",
		"12O":               "refused",
		"12345678901234567": "12345678901234567 observed",
	} {
		value, status, ok := readCell(cell)
		got := fmt.Sprintf("%v %s", value, status)
		if !ok {
			got = "refused"
		}
		if strings.HasPrefix(got, "{") {
			t.Fatalf("no text for %s", got)
		}
		if got != want {
			t.Errorf("%q: %s, want %s", cell, got, want)
		}
	}
}

func TestRegion(t *testing.T) {
	for cell, want := range map[string]string{
		"00 Riket":             "00 nation <nil> 0-9999",
		"13 Hallands län":      "13 county <nil> 0-9999",
		"15 f.d. Älvsborgs l.": "15 county <nil> 0-0",
		"1278 B\ufffdstad":     "1278 municipality 1278 0-9999",
		"1380":                 "1380 municipality 1380 0-9999",
		"0331 Heby":            "0331 municipality 0331 2007-9999",
		"1917 Heby":            "1917 municipality 0331 0-2006",
		"1399 Nyköbing":        "is no municipality of Sweden",
		"02 Okänt län":         "is no known region",
		"138 Halmstad":         "is no known region",
		"Riket":                "has no region code",
		"":                     "is no known region",
	} {
		r, wrong := findRegion(cell)
		got := fmt.Sprintf("%v %v %v %d-%d", r.code, r.level, r.muni, r.from, r.to)
		if wrong != "" {
			got = wrong
		}
		if got != want {
			t.Errorf("%q: %s, want %s", cell, got, want)
		}
	}
}

// TestRecogniseOthers: SCB's deliveries of oil products, and files whose owner
// has removed the codes, are not claimed.
func TestRecogniseOthers(t *testing.T) {
	sourcetest.Unclaimed(t, Source{}, map[string]string{
		"deliveries by user":    "\"region\";\"bränsletyp\";\"förbrukarkategori\";\"2016\"\r\n\"0114 Upplands Väsby\";\"bensin\";\"jordbruk, skogsbruk, fiske\";0.0\r\n\"0114 Upplands Väsby\";\"bensin\";\"industri\";0.0\r\n",
		"deliveries by product": "\"region\";\"varuslag\";\"2001\"\r\n\"0114 Upplands Väsby\";\"motorbensin\";33.8\r\n",
		"without codes":         "region,förbrukarkategori,bränsletyp,2009\nRiket,småhus,flytande (icke förnybara),520744\n",
		"other":                 "region;year;value\n1380;2020;1\n",
		"empty":                 "",
		"html":                  "<!DOCTYPE html><title>region kategori energityp</title>",
	})
}

// book makes a population workbook of rows, the title in the third.
func book(sheet, title string, rows ...[]any) []byte {
	f := excelize.NewFile()
	f.SetSheetName("Sheet1", sheet)
	f.NewSheet("Män")
	f.NewSheet("Kvinnor")
	f.SetCellValue(sheet, "A3", title)
	for i, row := range rows {
		f.SetSheetRow(sheet, fmt.Sprintf("A%d", 6+i), &row)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		panic(err)
	}
	return b.Bytes()
}

const yearTitle = "Folkmängd i riket, län och kommuner 31 december och befolkningsförändringar 1 januari - 31 december 2024. Totalt"

func TestPopulation(t *testing.T) {
	head := [][]any{{"Kommun", "Kommunnamn", "Folkmängd", "Folk-"}, {"Län", "Länsnamn", " ", "ökning"}, {nil, nil, nil, "x"}}
	with := func(rows ...[]any) [][]any { return append(head[:len(head):len(head)], rows...) }
	good := []any{"1380", "Halmstad        ", 106084, 1}
	for name, c := range map[string]struct {
		content []byte
		want    string
	}{
		"codes as text and numbers": {book("Totalt", yearTitle, with([]any{nil, "Riket   ", 10587710, 1}, []any{1, "Stockholm", 1, 1}, []any{127, "Botkyrka", 95905, 1}, good, nil, []any{"1) Händelser"}, []any{"    men"})...),
			"SE | 0127 | 2024-12-31 | 95905 @ sheet Totalt, row 11\n  SE | 1380 | 2024-12-31 | 106084 @ sheet Totalt, row 12"},
		"quarter":               {book("Totalt", strings.ReplaceAll(yearTitle, "31 december", "31 mars"), with(good)...), "the title is \"Folkmängd i riket, län och kommuner 31 mars"},
		"men":                   {book("Totalt", strings.ReplaceAll(yearTitle, "Totalt", "Män"), with(good)...), "the title is"},
		"year":                  {book("Totalt", strings.ReplaceAll(yearTitle, "2024", "9024"), with(good)...), "the title is"},
		"no sheet":              {book("Total", yearTitle, with(good)...), "the sheet is missing"},
		"swapped":               {book("Totalt", yearTitle, []any{"Kommunnamn", "Kommun", "Folkmängd"}, head[1], good), "the header has changed: \"Kommunnamn\""},
		"second row":            {book("Totalt", yearTitle, head[0], []any{"Län", "Namn"}, good), "the header has changed: \"Namn\""},
		"unknown municipality":  {book("Totalt", yearTitle, with([]any{"1399", "Nowhere", 1, 1})...), "unknown municipality \"1399\" (Nowhere)"},
		"unknown county":        {book("Totalt", yearTitle, with([]any{"02", "Nowhere", 1, 1})...), "unknown county \"02\""},
		"letter":                {book("Totalt", yearTitle, with([]any{"1380", "Halmstad", "1O6084"})...), "\"1O6084\" is no number of inhabitants"},
		"negative":              {book("Totalt", yearTitle, with([]any{"1380", "Halmstad", -1})...), "\"-1\" is no number"},
		"marker":                {book("Totalt", yearTitle, with([]any{"1380", "Halmstad", ".."})...), "\"..\" is no number"},
		"twice":                 {book("Totalt", yearTitle, with(good, good)...), "the same key stands already at sheet Totalt, row 9"},
		"sum at the foot":       {book("Totalt", yearTitle, with(good, []any{nil, "Summa", 106084})...), "\"\" (Summa) is no code"},
		"text at the foot":      {book("Totalt", yearTitle, with(good, nil, []any{"Källa: SCB"})...), "\"Källa: SCB\" () is no code"},
		"row after a footnote":  {book("Totalt", yearTitle, with(good, []any{"1) Händelser"}, []any{"1381", "Laholm", 1})...), "\"1381\" after the footnotes"},
		"no rows":               {book("Totalt", yearTitle, head...), "there is no municipality"},
		"only title and header": {book("Totalt", yearTitle, head[0]), "there is no municipality"},
	} {
		if got := sourcetest.Decode(Source{}, "a.xlsx", c.content); !strings.Contains(got, c.want) {
			t.Errorf("%s: %s\nwant %s", name, got, c.want)
		}
	}
	whole := book("Totalt", yearTitle, with(good)...)
	if got := sourcetest.Decode(Source{}, "cut.xlsx", whole[:len(whole)-200]); !strings.Contains(got, "broken: true") {
		t.Errorf("a workbook cut short: %s", got)
	}
}
