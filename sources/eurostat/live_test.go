package eurostat

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"samkraft/pipeline"
	"samkraft/sources/sourcetest"
)

func want(t *testing.T, codes ...string) pipeline.Want {
	var w pipeline.Want
	for _, c := range codes {
		country, code, _ := strings.Cut(c, " ")
		m, err := pipeline.FindMunicipality(country, code)
		if err != nil {
			t.Fatal(err)
		}
		w.Members = append(w.Members, m)
	}
	return w
}

func TestPieces(t *testing.T) {
	for dataSet, list := range map[string]string{annual: "DK 2 720, SE 1 720", monthly: "DK 2 168, SE 1 168", "nrg_chdd_a": ""} {
		var got []string
		for _, p := range (Source{}).Pieces(dataSet, want(t, "DK 253", "DK 336", "SE 1380")) {
			got = append(got, fmt.Sprint(p.Key, " ", len(p.Members), " ", p.Again.Hours()))
		}
		if strings.Join(got, ", ") != list {
			t.Errorf("%s: %v", dataSet, got)
		}
	}
}

func TestFetch(t *testing.T) {
	const danish = "&geo=DK011&geo=DK012&geo=DK013&geo=DK014&geo=DK021&geo=DK022&geo=DK031&geo=DK032&geo=DK041&geo=DK042&geo=DK050"
	for name, c := range map[string]struct {
		answer []byte
		want   string // of the error
	}{
		"figures":    {sourcetest.Case(t, Source{}, "years/in/a.json"), ""},
		"nothing":    {sourcetest.Case(t, Source{}, "no-values/in/a.json"), pipeline.ErrNothing.Error()},
		"a refusal":  {sourcetest.Case(t, Source{}, "refused/in/a.json"), "Eurostat says: Invalid value for geo"},
		"too much":   {[]byte(`{"warning":{"status":413,"label":"ASYNCHRONOUS_RESPONSE. Your request will be treated asynchronously."}}`), "Eurostat says: ASYNCHRONOUS_RESPONSE."},
		"other":      {[]byte(`{"error":"down"}`), `Eurostat says: "down"`},
		"not a cube": {[]byte(`{"class":"collection"}`), `class: is "collection"`},
	} {
		p := Source{}.Pieces(annual, want(t, "DK 253"))[0]
		err := Source{}.Fetch(context.Background(), annual, p, func(_ context.Context, r pipeline.Request) (pipeline.Answer, error) {
			if r.Path != "/nrg_chddr2_a?format=JSON&lang=EN&unit=NR&indic_nrg=HDD&indic_nrg=CDD"+danish || r.Role != "data" {
				t.Errorf("asks %s", r.Path)
			}
			return pipeline.Answer{Part: sourcetest.Part("answer", c.answer)}, nil
		})
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: %v", name, err)
		}
		var problem *pipeline.Problem
		if err != nil && !errors.Is(err, pipeline.ErrNothing) && !errors.As(err, &problem) {
			t.Errorf("%s: %T is no Problem", name, err)
		}
	}
}

// A long answer begins with its values: what it is stands in its label.
func TestLongAnswer(t *testing.T) {
	head := `{"version":"2.0","class":"dataset","label":"Cooling and heating degree days by NUTS 3 regions - monthly data","source":"ESTAT","updated":"2024-02-07T23:00:00+0100","value":{"0":1`
	if claim, ok := (Source{}).Recognise(pipeline.Sniff{Head: []byte(head)}); !ok || claim.DataSet != monthly {
		t.Error(claim, ok)
	}
	sourcetest.Unclaimed(t, Source{}, map[string]string{
		"another set": strings.Replace(head, "NUTS 3 regions", "country", 1),
		"notes":       "nrg_chddr2_a of ESTAT",
	})
}
