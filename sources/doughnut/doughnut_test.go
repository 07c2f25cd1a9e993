package doughnut

import (
	"context"
	"fmt"
	"path"
	"strings"
	"testing"

	"samkraft/pipeline"
	"samkraft/sources/sourcetest"
)

// small holds two municipalities in each file.
var small = map[string]string{
	"ve_kapacitet":           "kommune_kode,kommune_navn,ve_kw_per_indb,ve_sol_mw,ve_vind_mw,ve_offshore_mw,befolkning\n253,Greve,0.3,16.5,0.4,0.0,53536.0\n336,Stevns,0.8,8.8,9.8,0.0,23612.0\n",
	"fjernvarme_mix":         "kommune_kode,kommune_navn,fjv_biomasse_pct,fjv_affald_pct,fjv_fossil_pct,fjv_ren_pct,fjv_total_tj,fjv_status,fjv_net\n259,Køge,48.8,0.0,44.8,6.4,2168.6,ok,\n336,Stevns,,,,,2.1,fælles_net,\n",
	"bolig_fossil":           "kommune_kode,bolig_fossil_ratio,bolig_fossil_raw,fossil_direkte_pct,fossil_via_fjv_pct,fritid_fossil_pct,fritid_andel_pct\n253,47.56,52.44,47.96,4.47,7.69,0.46\n400,,,,,,\n",
	"klimaregnskab_kontekst": "kommune_kode,kommune_navn,klima_landbrug,klima_energi,klima_transport,energiforbrug,ve_selvforsyning,year\n253,Greve,0.0558,1.1924,1.7897,64.2933,5.1477,2023\n336,Stevns,,0.0,0.6627,,,2023\n",
}

func TestMarks(t *testing.T) {
	file := small["klimaregnskab_kontekst"]
	for cell, want := range map[string]pipeline.Status{"1.1924": pipeline.Observed, "-0.1": pipeline.Observed, "0.0": pipeline.Zero, "": pipeline.NotAvailable} {
		dump := sourcetest.Decode(Source{}, "a.csv", []byte(strings.Replace(file, "1.1924", cell, 1)))
		line := ""
		for _, l := range strings.Split(dump, "\n") {
			if strings.HasPrefix(l, "  DK | 253 | 2023 | energi |") {
				line = l
			}
		}
		if !strings.Contains(line, "| "+string(want)+" @") {
			t.Errorf("%q is not %s: %s", cell, want, dump)
		}
	}
	for _, cell := range []string{"-", "..", "nan", "None", "1.19a", "x", `"1,19"`} {
		dump := sourcetest.Decode(Source{}, "a.csv", []byte(strings.Replace(file, "1.1924", cell, 1)))
		if !strings.Contains(dump, `"klima_energi"`) || !strings.Contains(dump, "error: a.csv") {
			t.Errorf("%q is no figure: %s", cell, dump)
		}
	}
}

// TestMasterTable: the project's master table has the columns of all the files
// and is none of them.
func TestMasterTable(t *testing.T) {
	header := ""
	for _, s := range indicators {
		header += strings.Join(s.header, ",") + ","
	}
	if claim, ok := (Source{}).Recognise(pipeline.Sniff{Head: []byte(header + "\n253,1\n"), Whole: true}); ok {
		t.Errorf("the master table is taken for %s", claim.DataSet)
	}
}

func TestStopsWhenAsked(t *testing.T) {
	sourcetest.StopsWhenAsked(t, Source{}, "bolig_fossil", sourcetest.Part("a", []byte(small["bolig_fossil"])))
}

func TestRecorded(t *testing.T) {
	files := map[string]string{
		"bolig_fossil_scores.csv": "bolig_fossil", "fjernvarme_mix_scores.csv": "fjernvarme_mix",
		"klimaregnskab_kontekst.csv": "klimaregnskab_kontekst", "ve_kapacitet_scores.csv": "ve_kapacitet",
	}
	mirror := sourcetest.Mirror(t, Source{}, len(files))
	rows := map[string]int{}
	cells := map[string]string{}
	for _, x := range mirror.Extracts {
		if want := files[path.Base(x.Parts[0].Name)]; want != x.DataSet {
			t.Errorf("%s is taken for %s, expected %q", x.Parts[0].Name, x.DataSet, want)
		}
		edition, err := Source{}.Decode(context.Background(), x, pipeline.Checked(x, sourcetest.Tables(Source{}, x.DataSet), func(table pipeline.Table, _ string, v []any) error {
			rows[table.Name]++
			key := fmt.Sprint(table.Name, " ", v[1])
			if table.Name == "dn_emission_per_capita" {
				key += fmt.Sprint(" ", v[3])
			}
			cells[key] = fmt.Sprint(v[2:])
			return nil
		}))
		if err != nil {
			t.Fatal(err)
		}
		want := ""
		if x.DataSet == "klimaregnskab_kontekst" {
			want = "2023-12-31"
		}
		if edition.AsOf != want {
			t.Errorf("%s is as of %q, expected %q", x.DataSet, edition.AsOf, want)
		}
	}
	if got := fmt.Sprint(rows); got != "map[dn_capacity:4 dn_district_heating:4 dn_dwelling_heating:4 dn_emission_per_capita:12]" {
		t.Errorf("rows: %s", got)
	}
	for key, want := range map[string]string{
		"dn_capacity 259":                      "[25700 4000 0 63335 observed]",
		"dn_district_heating 269":              "[0.605 0.313 0.062 0.02 89900 network 2 Storkøbenhavns Fjernvarme observed]",
		"dn_district_heating 259":              "[0.488 0 0.448 0.064 2168600 own <nil> observed]",
		"dn_district_heating 336":              "[<nil> <nil> <nil> <nil> 2100 unknown <nil> not_available]",
		"dn_dwelling_heating 336":              "[0.4603 0.0005 0.0902 0.0828 observed observed]",
		"dn_emission_per_capita 253 transport": "[2023 transport 1.7897 observed]",
	} {
		if cells[key] != want {
			t.Errorf("%s is %s, expected %s", key, cells[key], want)
		}
	}
}
