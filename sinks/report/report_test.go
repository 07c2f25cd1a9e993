package report

import (
	"bytes"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"samkraft/sinks/portal"
	"samkraft/sinks/portal/portaltest"
	"samkraft/sinks/tables/tablestest"
	"samkraft/sinks/words"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestMain lets the properties draw the same cases in every run, and leave no files.
// Flags of the command line count more than what is set here.
func TestMain(m *testing.M) {
	flag.Set("rapid.seed", "1")
	flag.Set("rapid.nofailfile", "true")
	if os.Getenv("SAMKRAFT_LONG") == "" {
		flag.Set("rapid.checks", "25")
	}
	m.Run()
}

// cases are plans of which each says something else. Their golden files hold what the
// report says in each language, and its tables in Danish.
var cases = map[string]func(madeUp){
	"firm": func(madeUp) {},
	"loss": func(m madeUp) {
		m.change("joint_savings", "gain_eur", 100000.0, "gain_eur", -20000.0, "gain_p10_eur", -90000.0, "gain_p50_eur", -22000.0, "gain_probability", 0.031, "byproduct_t", -7.25, "recommended_rule", nil, "good_neighbour_ok", false, "transfer_individual_eur", 20000.0)
		m.change("agreement_incidence", "gain_eur", 30000.0, "gain_eur", -90000.0, "loses", true)
		m.change("stability", "rule", "agreed_keys", "in_core", false, "blocking_members", "Stevns", "max_excess_eur", 90000.0)
	},
	"nothing": func(m madeUp) {
		m.change("joint_savings", "gain_eur", 100000.0, "gain_eur", 0.004, "gain_p10_eur", 0.0, "gain_p50_eur", 0.0, "gain_p90_eur", 0.0, "gain_probability", 0.0, "byproduct_t", 0.0, "example", true)
		m.change("agreement_incidence", "signs", true, "gain_eur", 0.0, "exit_value_eur", 0.0)
		m.change("agreement", "status", "signed", "status", "proposed")
	},
	"one-loses": func(m madeUp) {
		m.change("agreement", "status", "signed", "status", "example")
		m.change("joint_savings", "example", false, "example", true, "example_share", 1.0, "assumption_share", 0.998)
		m.change("agreement_incidence", "gain_eur", 30000.0, "gain_eur", -12000.0, "loses", true)
		m.change("stability", "rule", "agreed_keys", "in_core", false, "blocking_members", "Stevns", "max_excess_eur", 12000.0)
		m.change("target", "status", "adopted", "status", "example")
		m.change("joint_savings", "gain_eur", 100000.0, "alone_eur", 30000.0, "joint_eur", -70000.0)
		m.change("stability", "rule", "shapley", "in_core_probability", 0.254)
		m.change("agreement", "mechanism", "shared_plant", "mechanism", "scale")
		m["tornado"] = []cells{{"muni_code": "-", "rank": 2, "param_id": "price_natural_gas|DK", "gain_eur": 100000.0, "low_gain_eur": 150000.0, "high_gain_eur": 90000.0, "decision_flip": false},
			{"muni_code": "-", "rank": 1, "param_id": "use_heat_fossil@259", "gain_eur": 100000.0, "low_gain_eur": -10000.0, "high_gain_eur": 300000.0, "decision_flip": true}, {"country": "DK", "muni_code": "336", "rank": 1, "param_id": "use_heat_fossil@259", "decision_flip": true}}
		m["check_result"] = []cells{{"check_id": "P04", "row_key": "straw", "state": "failed", "message": "assumed"}, {"check_id": "P04", "row_key": "ALL", "state": "failed", "message": "assumed"}, {"check_id": "P01", "row_key": "-", "state": "passed"},
			{"check_id": "P03", "row_key": "DK|336|wood|technical", "state": "failed"}, {"check_id": "P20", "row_key": "DK-336|2014", "state": "failed"}, {"check_id": "P20", "row_key": "DK-259|2014", "state": "failed"}}
		m["completeness"] = []cells{{"country": "DK", "muni_code": "336", "source_id": "dst", "state": "missing"}, {"country": "-", "muni_code": "-", "source_id": "dst", "state": "partial"}}
	},
	"not-known": func(m madeUp) {
		m.change("agreement", "status", "signed", "status", "example")
		m.change("joint_savings", "gain_eur", 100000.0, "gain_eur", nil, "gain_p10_eur", nil, "gain_p90_eur", nil, "gain_mwh", nil, "gain_t", nil, "byproduct_t", nil, "recommended_rule", nil, "good_neighbour_ok", nil, "n_draws", nil, "complete", false)
		m.change("agreement_incidence", "signs", true, "gain_eur", nil, "low_eur", nil, "median_eur", nil, "high_eur", nil, "gain_probability", nil, "exit_value_eur", nil)
		m.change("end_use", "stock", "heat_fossil", "energy_mwh", nil, "normalised_mwh", nil)
		m.change("renewable_potential", "level", "realisable", "used_mwh", nil, "unused_mwh", nil)
		m.change("stability", "game", "eur", "in_core", nil, "max_excess_eur", nil)
		m["supply_curve"], m["extract"] = nil, nil
	},
	"no-ranges": func(m madeUp) {
		m.change("joint_savings", "gain_eur", 100000.0, "gain_p10_eur", nil, "gain_p90_eur", nil, "gain_probability", nil, "gain_p10_mwh", nil, "gain_p10_t", nil, "n_draws", nil)
		m.change("agreement_incidence", "signs", true, "low_eur", nil, "median_eur", nil, "high_eur", nil, "gain_probability", nil)
		m.change("agreement_incidence", "gain_eur", 30000.0, "gain_eur", -100.0, "loses", true)
		m.change("stability", "game", "eur", "in_core_probability", nil)
		m["extract"] = m["extract"][:1]
	},
	"half-known": func(m madeUp) {
		m.change("stability", "game", "eur", "in_core", nil)
		m.change("agreement", "status", "signed", "status", "example")
		m.change("agreement_incidence", "gain_eur", 30000.0, "signs", false, "gain_eur", nil, "low_eur", nil, "median_eur", nil, "high_eur", nil)
		m["agreement_incidence"] = append(m["agreement_incidence"][:3], m["agreement_incidence"][4:]...) // no row of Stevns for all together
		m["tornado"] = []cells{{"muni_code": "-", "rank": 1, "param_id": "price_straw|DK", "gain_eur": 100000.0, "low_gain_eur": 90000.0}}
		m["target"] = m["target"][:1]
		m["source"] = nil
	},
	"seldom-holds": func(m madeUp) { // what holds with the most likely figures, and what never does
		m.change("joint_savings", "gain_eur", 100000.0, "alone_eur", 400000.0, "joint_eur", 300000.0, "recommended_rule", "shapley")
		m.change("stability", "rule", "shapley", "in_core", false, "blocking_members", "Køge, Stevns", "max_excess_eur", 500.0, "in_core_probability", 0.0002)
		m.change("renewable_potential", "resource", "straw", "used_mwh", nil, "unused_mwh", nil)
		m.change("end_use", "grade", "E", "grade", "C", "low_mwh", 900000.0, "high_mwh", 900000.0)
		m["check_result"] = []cells{{"check_id": "P04", "row_key": "straw", "state": "failed"}, {"check_id": "P01", "row_key": "elsewhere", "state": "failed"}}
		m["tornado"] = []cells{{"muni_code": "-", "rank": 1, "param_id": "price_straw|DK", "gain_eur": 100000.0, "low_gain_eur": 120000.0, "high_gain_eur": 140000.0, "decision_flip": true},
			{"country": "DK", "muni_code": "336", "rank": 1, "param_id": "price_straw|DK", "decision_flip": false}, {"country": "DK", "muni_code": "259", "rank": 1, "param_id": "price_straw|DK", "decision_flip": false},
			{"muni_code": "-", "rank": 2, "param_id": "price_natural_gas|DK", "gain_eur": 100000.0, "low_gain_eur": 90000.0, "high_gain_eur": 110000.0, "decision_flip": true}}
	},
	"no-agreements": func(m madeUp) {
		for _, table := range []string{"agreement", "joint_savings", "agreement_incidence", "allocation", "stability"} {
			m[table] = nil
		}
		m["member"] = append(m["member"], cells{"country": "SE", "muni_code": "1380", "name": "Halmstad", "bit": 2})
		m["plan"][0]["currency"] = nil
	},
}

func TestGolden(t *testing.T) {
	for name, change := range cases {
		t.Run(name, func(t *testing.T) {
			m := two()
			change(m)
			var said strings.Builder
			pages := reports(t, m.folder(t, name == "one-loses"))
			for _, page := range pages {
				said.WriteString(sentences(t, page))
			}
			said.WriteString(grids(t, pages[0]))
			file := filepath.Join("testdata", name+".txt")
			if *update {
				if err := os.WriteFile(file, []byte(said.String()), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if said.String() != string(want) {
				t.Errorf("%s differs from what is said now; read it and write it anew with -update:\n%s", file, said.String())
			}
		})
	}
	if unused := texts.Unused(); len(unused) > 0 {
		t.Errorf("no case says %v", unused)
	}
}

// TestCredits: whoever gave a file is credited in every language, and nobody else.
func TestCredits(t *testing.T) {
	m := two()
	m["source"] = append(m["source"],
		cells{"source_id": "scb", "title": "SCB", "attribution": "Source: Statistics Sweden", "licence": "CC0"},
		cells{"source_id": "smhi", "title": "SMHI", "attribution": "Source: SMHI", "licence": "CC-BY-4.0"})
	m["extract"] = append(m["extract"], cells{"source_id": "smhi"})
	want := []string{"StatBankSource: Statistics Denmark · CC-BY-4.0", "SMHISource: SMHI · CC-BY-4.0"}
	for _, page := range reports(t, m.folder(t, false)) {
		doc, err := goquery.NewDocumentFromReader(bytes.NewReader(page))
		if err != nil {
			t.Fatal(err)
		}
		got := doc.Find(".credits li").Map(func(_ int, one *goquery.Selection) string {
			return regexp.MustCompile(` · \w+: `).ReplaceAllString(one.Text(), " · ")
		})
		if !slices.Equal(got, want) {
			t.Errorf("credited are %q, want %q", got, want)
		}
	}
}

// reports are the reports of a snapshot in all languages, held to what pages are held
// to.
func reports(t tablestest.T, folder fs.FS) [][]byte {
	t.Helper()
	book, err := portal.Open(folder)
	if err != nil {
		t.Fatal(err)
	}
	var all [][]byte
	pages := map[string][]byte{}
	for _, l := range words.All {
		text, err := write(book, l)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, text)
		pages[portal.ReportFile(l)] = text
	}
	faults, err := portaltest.Faults(folder, pages, func(address string) bool {
		return address == "pages/da/index.html" || address == "pages/sv/index.html" || address == "pages/en/index.html"
	})
	if err != nil || len(faults) > 0 {
		t.Fatal(err, strings.Join(faults, "\n"))
	}
	return all
}

// sentences is what a report says outside of tables and drawings, with its headings.
func sentences(t *testing.T, page []byte) string {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "== %s\n", doc.Find("html").AttrOr("lang", ""))
	doc.Find("main #method").ParentsFiltered("section").Remove()
	doc.Find("table, figure, .note, .gains .about, section.sources").Remove()
	doc.Find("main").Find("h1, h2, h3, p, li:not(.gains li)").Each(func(_ int, s *goquery.Selection) {
		mark := map[string]string{"h1": "# ", "h2": "## ", "h3": "### ", "li": "- "}[goquery.NodeName(s)]
		fmt.Fprintln(&b, mark+strings.Join(strings.FieldsFunc(s.Text(), func(r rune) bool { return r == ' ' || r == '\n' }), " "))
	})
	return b.String()
}

// grids are the tables of a report, without those of drawings and of sources.
func grids(t *testing.T, page []byte) string {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	doc.Find("figure, section.sources").Remove()
	doc.Find("main table").Each(func(_ int, table *goquery.Selection) {
		fmt.Fprintf(&b, "\n%s\n", table.Find("caption").Text())
		table.Find("tr").Each(func(_ int, row *goquery.Selection) {
			row.Children().Each(func(_ int, cell *goquery.Selection) { fmt.Fprintf(&b, "| %s ", strings.TrimSpace(cell.Text())) })
			fmt.Fprintln(&b, "|")
		})
	})
	return b.String()
}
