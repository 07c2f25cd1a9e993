package portal

import (
	"flag"
	"fmt"
	"html"
	"html/template"
	"os"
	"regexp"
	"strings"
	"testing"

	"samkraft/sinks/tables"
	"samkraft/sinks/tables/tablestest"
	"samkraft/sinks/words"
)

var update = flag.Bool("update", false, "write the golden file anew")

// leads are made-up plans and what is to be said of each: of an agreement of Køge and
// Stevns or, where all is set, of all agreements together.
var leads = []struct {
	what   string
	all    bool
	change func(plan)
}{
	{"gain", false, func(plan) {}},
	{"a target of CO2 too, and measures that pay for themselves", false, func(p plan) {
		p.set("agreement", "mechanism", "pooled_target", "status", "example")
		p.set("joint_savings", "target_mwh", 500.0, "target_t", 40.0, "gain_mwh", 7.25, "gain_p10_mwh", 0.0, "gain_p90_mwh", 9.5, "alone_eur", -400000.0, "joint_eur", -500000.0, "byproduct_t", -7.25, "backstop_used", true)
		p.set("target", "status", "example")
	}},
	{"earned only together, far above the draws", false, func(p plan) {
		p.set("agreement", "mechanism", "pooled_target")
		p.set("joint_savings", "alone_eur", 40000.0, "joint_eur", -60000.0, "gain_p90_eur", 99000.0)
		p.set("target", "counts", "co2", "status", "example")
	}},
	{"far below the draws", false, func(p plan) {
		p.set("joint_savings", "gain_p10_eur", 101000.0, "gain_p50_eur", 120000.0, "gain_probability", 1.0)
	}},
	{"as at the end of the draws, to who reads it", false, func(p plan) { p.set("joint_savings", "gain_p90_eur", 99999.0) }},
	{"dearer together, better in smaller groups", false, func(p plan) {
		p.set("agreement", "status", "example")
		p.set("joint_savings", "joint_eur", 520000.0, "gain_eur", -20000.0, "gain_p10_eur", -90000.0, "gain_p50_eur", -22000.0, "gain_p90_eur", 30000.0, "gain_probability", 0.31, "best_groups", "Køge; Stevns", "recommended_rule", nil)
		p.stevnsObjects(20000.0)
	}},
	{"as dear together", false, func(p plan) {
		p.set("joint_savings", "joint_eur", 500000.0, "gain_eur", 0.004, "gain_p10_eur", 0.0, "gain_p50_eur", 0.0, "gain_p90_eur", 0.0, "gain_probability", 0.0)
	}},
	{"nobody does it", false, func(p plan) {
		p.set("joint_savings", "alone_eur", 0.0, "joint_eur", 0.0, "gain_eur", 0.0, "gain_p10_eur", 0.0, "gain_p50_eur", 0.0, "gain_p90_eur", 30.0, "gain_probability", 0.2)
	}},
	{"one loses, another way holds seldom", false, func(p plan) {
		p.set("agreement", "status", "proposed")
		p.stevnsLoses()
		p.stevnsObjects(12000.0)
		p.set("stability", "in_core_probability", 0.254)
	}},
	{"one objects that gains, another way holds in most draws", false, func(p plan) {
		p.stevnsObjects(12000.0)
		p.set("stability", "in_core_probability", 0.254)
		p["stability"] = append(p["stability"], tablestest.Cells{"agreement_id": "straw", "game": "eur", "rule": "price", "in_core": true, "in_core_probability": 1.0})
	}},
	{"some group would do better, and nobody says which", false, func(p plan) {
		p.stevnsObjects(12000.0)
		p.set("stability", "blocking_members", nil)
	}},
	{"no way holds", false, func(p plan) { p.stevnsObjects(12000.0); p["stability"][1]["in_core"] = false }},
	{"no ranges, the key not known", false, func(p plan) {
		p.set("joint_savings", "gain_p10_eur", nil, "gain_p50_eur", nil, "gain_p90_eur", nil, "gain_probability", nil, "cover_gain_eur", nil)
		p.set("agreement_incidence", "gain_eur", nil)
		p["stability"] = p["stability"][1:]
		p.set("stability", "in_core_probability", nil)
	}},
	{"no figure", false, func(p plan) {
		p.set("joint_savings", "gain_eur", nil)
		p.set("agreement_incidence", "gain_eur", nil)
	}},
	{"netting", false, func(p plan) {
		p.set("agreement", "mechanism", "netting", "gain_nature", "accounting")
		p.set("joint_savings", "gain_eur", 0.0)
	}},
	{"netting that others pay", false, func(p plan) {
		p.set("agreement", "mechanism", "netting", "gain_nature", "transfer")
	}},
	{"one member alone", false, func(p plan) {
		p["agreement_incidence"][0]["signs"] = false
		p.set("joint_savings", "gain_eur", 0.0)
	}},
	{"below the quorum", false, func(p plan) {
		p.set("agreement", "quorum", 3)
		p.set("joint_savings", "gain_eur", 0.0)
	}},

	{"gain", true, func(plan) {}},
	{"one gains less surely", true, func(p plan) { p["agreement_incidence"][3]["gain_probability"] = 0.742 }},
	{"all are examples, one loses on one", true, func(p plan) {
		p["agreement"] = append(p["agreement"], tablestest.Cells{"agreement_id": "lamps", "title_da": "Lamper", "title_sv": "Lampor", "title_en": "Lamps", "gain_nature": "resource"})
		p.set("agreement", "status", "example", "mechanism", "pooled_target")
		p.set("target", "status", "example")
		p.set("joint_savings", "example_share", 1.0, "assumption_share", 0.998)
		p.stevnsLoses()
		p.stevnsObjects(12000.0)
		p.set("stability", "in_core_probability", 0.254)
		p.ofAll("agreement_incidence", "gain_eur", 30000.0, "loses", false)
	}},
	{"some examples, of which nothing comes", true, func(p plan) {
		p.set("agreement", "status", "example", "mechanism", "pooled_target")
		p["target"][0]["status"] = "example"
		p.set("joint_savings", "example_share", nil, "gain_eur", 0.0)
	}},
	{"an example that brings nothing beside one that does, and a target that no agreement acts on", true, func(p plan) {
		p["agreement"] = append(p["agreement"], tablestest.Cells{"agreement_id": "hours", "title_da": "El time for time", "title_sv": "El timme för timme", "title_en": "Power by the hour", "gain_nature": "accounting"},
			tablestest.Cells{"agreement_id": "lamps", "title_da": "Lamper", "title_sv": "Lampor", "title_en": "Lamps", "gain_nature": "resource"})
		p.set("agreement", "status", "example", "mechanism", "pooled_target")
		p["agreement"][2]["status"] = "signed"
		p["target"][0]["status"], p["target"][0]["counts"] = "example", "renewable_electricity"
		p.set("joint_savings", "example_share", 0.6)
	}},
	{"a proposal, smaller groups, the price of what is missing", true, func(p plan) {
		p.set("agreement", "status", "proposed")
		p.set("joint_savings", "best_groups", "Køge; Stevns", "backstop_used", true)
	}},
	{"loss, with no side payments that help", true, func(p plan) {
		p.set("joint_savings", "gain_eur", -20000.0, "good_neighbour_ok", false, "recommended_rule", nil)
		p.stevnsLoses()
		p.stevnsObjects(20000.0)
	}},
	{"one loses in all", true, func(p plan) {
		p.set("joint_savings", "good_neighbour_ok", false, "transfer_individual_eur", 12000.0)
		p.stevnsLoses()
	}},
	{"not known", true, func(p plan) {
		p.set("joint_savings", "gain_eur", nil, "good_neighbour_ok", nil, "n_draws", nil)
		p.set("agreement_incidence", "gain_eur", nil)
	}},
}

// TestLeads holds what the front page and the page of an agreement say first to
// testdata/leads.txt, which people have read.
func TestLeads(t *testing.T) {
	var said strings.Builder
	for _, c := range leads {
		p := signed()
		c.change(p)
		about := "an agreement"
		if c.all {
			about = "all"
		}
		fmt.Fprintf(&said, "== %s: %s\n", about, c.what)
		for _, l := range words.All {
			for _, paragraph := range p.lead(t, l, c.all) {
				var sentences []string
				for _, s := range paragraph {
					sentences = append(sentences, html.UnescapeString(regexp.MustCompile("<[^>]+>").ReplaceAllString(string(s), "")))
				}
				if len(sentences) > 0 {
					fmt.Fprintf(&said, "%s: %s\n", l, strings.Join(sentences, " "))
				}
			}
		}
	}
	const file = "testdata/leads.txt"
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
	ours := regexp.MustCompile("^(verdict_(loss|nothing|unknown)|(range|co2|promise|together|alone|smaller|holds|examples?|proposed)_.*|loss(_here|_none|_none_here|_in_all)?|least_sure|other_(holds|most|none)|key_(holds|breaks|breaks_often|breaks_loser|fails|unknown)|range|ranges_from|backstop|examples|proposals)$")
	for _, key := range texts.Unused() {
		if ours.MatchString(key) {
			t.Errorf("no case says %s", key)
		}
	}
}

// plan is the rows of the tables of a made-up plan.
type plan map[string][]tablestest.Cells

var leadColumns = map[string]string{
	"plan": "plan name_en currency @price_year", "member": "country muni_code name %bit", "factor": "factor_id @year #value value_unit mark",
	"agreement": "agreement_id title_da title_sv title_en status mechanism gain_nature %quorum",
	"joint_savings": "agreement_id #alone_eur #joint_eur #gain_eur #gain_share #gain_p10_eur #gain_p50_eur #gain_p90_eur #gain_probability #gain_mwh #gain_p10_mwh #gain_p90_mwh #byproduct_t #target_mwh #target_t ?backstop_used recommended_rule #cover_gain_eur best_groups " +
		"?good_neighbour_ok #transfer_individual_eur %n_draws #assumption_share #example_share sentence_da sentence_sv sentence_en",
	"agreement_incidence": "agreement_id country muni_code ?signs ?loses #gain_eur #gain_probability",
	"stability":           "agreement_id game rule ?in_core #max_excess_eur blocking_members #in_core_probability",
	"target":              "country muni_code counts status",
}

// signed is a plan of two members with one signed agreement by which both gain.
func signed() plan {
	p := plan{
		"plan":      {{"plan": "my-plan", "name_en": "My plan", "currency": "DKK", "price_year": 2025}},
		"member":    {{"country": "DK", "muni_code": "259", "name": "Køge", "bit": 0}, {"country": "DK", "muni_code": "336", "name": "Stevns", "bit": 1}},
		"factor":    {{"factor_id": "dkk_per_eur", "year": 2025, "value": 7.4604, "value_unit": "DKK/EUR", "mark": "S"}},
		"agreement": {{"agreement_id": "straw", "title_da": "Fælles halm", "title_sv": "Gemensam halm", "title_en": "Shared straw", "status": "signed", "mechanism": "shared_plant", "gain_nature": "resource", "quorum": 2}},
		"target":    {{"country": "DK", "muni_code": "259", "counts": "energy", "status": "adopted"}, {"country": "DK", "muni_code": "336", "counts": "energy", "status": "adopted"}},
	}
	for _, id := range []string{"straw", tables.AllAgreements} {
		p["joint_savings"] = append(p["joint_savings"], tablestest.Cells{"agreement_id": id, "alone_eur": 500000.0, "joint_eur": 400000.0, "gain_eur": 100000.0, "gain_share": 0.2, "gain_p10_eur": 50500.0, "gain_p50_eur": 92000.0, "gain_p90_eur": 160000.0, "gain_probability": 0.97,
			"byproduct_t": 7.25, "recommended_rule": "shapley", "cover_gain_eur": 120000.0, "good_neighbour_ok": true, "n_draws": 10000, "assumption_share": 0.0, "example_share": 0.0, "sentence_da": "Tabellens ord.", "sentence_sv": "Tabellens ord.", "sentence_en": "The table’s words."})
		p["agreement_incidence"] = append(p["agreement_incidence"], tablestest.Cells{"agreement_id": id, "country": "DK", "muni_code": "259", "signs": true, "loses": false, "gain_eur": 70000.0},
			tablestest.Cells{"agreement_id": id, "country": "DK", "muni_code": "336", "signs": true, "loses": false, "gain_eur": 30000.0})
		p["stability"] = append(p["stability"], tablestest.Cells{"agreement_id": id, "game": "eur", "rule": agreedRule(id), "in_core": true, "in_core_probability": 0.8},
			tablestest.Cells{"agreement_id": id, "game": "eur", "rule": "shapley", "in_core": true, "in_core_probability": 0.9})
	}
	return p
}

// set sets cells of all rows of a table.
func (p plan) set(table string, cells ...any) {
	for _, row := range p[table] {
		for i := 0; i < len(cells); i += 2 {
			row[cells[i].(string)] = cells[i+1]
		}
	}
}

// ofAll sets cells of the rows about all agreements together.
func (p plan) ofAll(table string, cells ...any) {
	only := plan{}
	for _, row := range p[table] {
		if row["agreement_id"] == tables.AllAgreements {
			only[table] = append(only[table], row)
		}
	}
	only.set(table, cells...)
}

// stevnsLoses lets it lose on the agreement and on all.
func (p plan) stevnsLoses() {
	for _, row := range p["agreement_incidence"] {
		if row["muni_code"] == "336" {
			row["gain_eur"], row["loses"] = -12000.0, true
		}
	}
}

// stevnsObjects lets it do better alone under the agreed keys.
func (p plan) stevnsObjects(more float64) {
	for _, row := range p["stability"] {
		if row["rule"] != "shapley" {
			row["in_core"], row["blocking_members"], row["max_excess_eur"] = false, "Stevns", more
		}
	}
}

// lead is what is said first on the page of the agreement, or on the front page.
func (p plan) lead(t *testing.T, l words.Language, all bool) [][]template.HTML {
	t.Helper()
	var made []tablestest.Table
	for _, name := range read {
		columns, ok := leadColumns[name]
		if !ok {
			columns = "plan"
		}
		made = append(made, tablestest.Made(name, columns, p[name]...))
	}
	b, err := open(tablestest.Snapshot(t, false, made...), "")
	if err != nil {
		t.Fatal(err)
	}
	s, _, err := b.scribe(l, stage{})
	if err != nil {
		t.Fatal(err)
	}
	if all {
		joint, _ := s.table("joint_savings").First("agreement_id", tables.AllAgreements)
		return s.lead(joint)
	}
	agreement, _ := s.table("agreement").First()
	joint, _ := s.table("joint_savings").First("agreement_id", "straw")
	return s.together(agreement, joint)
}
