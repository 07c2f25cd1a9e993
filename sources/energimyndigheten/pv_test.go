package energimyndigheten

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"samkraft/pipeline"
	"samkraft/sources/sourcetest"
)

func TestMarks(t *testing.T) {
	for cell, want := range map[string]string{
		"..":     "<nil> suppressed",
		"0.00":   "0 zero",
		"166.00": "166 observed",
		"-1.00":  "refused",
		"166.50": "refused",
		".":      "refused",
		"-":      "refused",
		"":       "refused",
		"1e9":    "refused",
	} {
		value, status, err := figure(cell, installations)
		got := fmt.Sprintf("%v %v", value, status)
		if err != nil {
			got = "refused"
		}
		if got != want {
			t.Errorf("%q: %s, want %s", cell, got, want)
		}
	}
}

func TestLabels(t *testing.T) {
	for label, want := range map[string]string{
		"Solcellsanläggningar, antal": "0 true",
		"Antal anläggningar":          "0 true",
		"Installerad effekt (MW)":     "1 true",
		"Installerad effekt (kW)":     "0 false",
		"Antal verk, st":              "0 true",
		"Installerad effekt, MW":      "1 true",
		"Installerad effekt, GW":      "0 false",
		"Elproduktion, GWh":           "0 false",
		"Antal, effekt":               "0 false",
		"":                            "0 false",
	} {
		q, ok := category(label)
		if got := fmt.Sprint(q, ok); got != want {
			t.Errorf("category %q: %s, want %s", label, got, want)
		}
	}
	for label, want := range map[string]string{
		"1380 Halmstad":       "1380 false <nil>",
		"0114 Upplands Väsby": "0114 false <nil>",
		"00 Riket":            " true <nil>",
		"13 Hallands län":     " true <nil>",
		"1399 Nyköbing":       ` false unknown municipality "1399 Nyköbing"`,
		"Halmstad":            ` false the label "Halmstad" has no code`,
		"138 Halmstad":        ` false the label "138 Halmstad" has no code of a municipality, a county or the nation`,
		"99 Okänt":            ` false the label "99 Okänt" has no code of a municipality, a county or the nation`,
	} {
		code, skip, err := municipality(label)
		if got := fmt.Sprint(code, " ", skip, " ", err); got != want {
			t.Errorf("region %q: %s, want %s", label, got, want)
		}
	}
}

// TestAlone: the codes of an answer say nothing without the metadata.
func TestAlone(t *testing.T) {
	x := pipeline.Extract{Source: "energimyndigheten", DataSet: pvAnswer, Parts: []pipeline.Part{sourcetest.Part("answer.json", []byte(`{"data":[]}`))}}
	_, err := Source{}.Decode(context.Background(), x, nil)
	if err == nil || !strings.Contains(err.Error(), "positions") {
		t.Errorf("error %v, want one about positions", err)
	}
}

func TestRecogniseOthers(t *testing.T) {
	sourcetest.Unclaimed(t, Source{}, map[string]string{
		"per inhabitant":    `{"title":"Nätanslutna solcellsanläggningar, installerad effekt per capita och landareal, fr.o.m. år 2016 -","variables":[{"code":"År","text":"År","values":["0"],"valueTexts":["2016"]},{"code":"Region"}]}`,
		"wind, by county":   `{"columns":[{"code":"År"},{"code":"Län"},{"code":"Kategori"}],"data":[{"key":["0","1","0"],"values":["15.00"]}]}`,
		"homes":             `{"title":"Bostäder per kommun","variables":[{"code":"År"},{"code":"Kommun"},{"code":"Kategori"}]}`,
		"Statistics Sweden": `{"columns":[{"code":"Region"},{"code":"Bransle"}],"data":[{"key":["1382","911"],"values":["1234"]}]}`,
		"no columns, codes": `{"data":[{"key":["1382","911","905","2019"],"values":["1234"]}]}`,
		"GeoJSON":           `{"type":"FeatureCollection","features":[]}`,
		"cut":               `{"da`,
		"array":             `[{"key":["0","137","3","0"],"values":["30.00"]}]`,
		"other CSV":         "municipality_code,year,value\n1380,2020,1\n",
		"empty":             "",
	})
}

// list is the metadata answer of the table with every municipality in its place.
func list(t testing.TB) []byte {
	t.Helper()
	regions := []string{"00 Riket"}
	for _, county := range strings.Fields("01 03 04 05 06 07 08 09 10 12 13 14 17 18 19 20 21 22 23 24 25") {
		regions = append(regions, county+" län")
	}
	for _, m := range pipeline.Municipalities() {
		if m.Country == "SE" {
			regions = append(regions, m.Code+" "+m.Name)
		}
	}
	variable := func(code string, texts ...string) map[string]any {
		values := make([]string, len(texts))
		for i := range values {
			values[i] = fmt.Sprint(i)
		}
		return map[string]any{"code": code, "text": code, "values": values, "valueTexts": texts}
	}
	b, err := json.Marshal(map[string]any{"title": "Nätanslutna solcellsanläggningar, antal och installerad effekt, från år 2016 -", "variables": []any{
		variable("År", "2016", "2017", "2018", "2019", "2020", "2021", "2022", "2023", "2024"),
		variable("Region", regions...),
		variable("Effektklass", "< 20 kW", "20 kW - 1 000 kW", "> 1 000 kW", "Totalt"),
		variable("Kategori", "Solcellsanläggningar, antal", "Installerad effekt (MW)"),
	}})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestRecorded(t *testing.T) {
	folder := sourcetest.Recorded(t)
	mirror, err := pipeline.ReadMirror(context.Background(), os.DirFS(folder), []pipeline.Source{Source{}})
	if err != nil {
		t.Fatal(err)
	}
	const csv, extract = "se-energimyndigheten-pv/pv_by_municipality.csv", "se-energimyndigheten-pv/EN0123_1_extract.json"
	if len(mirror.Extracts) != 1 || mirror.Extracts[0].Parts[0].Name != csv || len(mirror.SetAside) != 1 {
		t.Fatalf("extracts %v, set aside %v", mirror.Extracts, mirror.SetAside)
	}
	if s := mirror.SetAside[0]; s.Broken || s.File != extract || !strings.Contains(s.Problem.Error(), "metadata") {
		t.Errorf("set aside: %v", s.Problem)
	}
	rows := func(x pipeline.Extract, table string) map[string]string {
		got := map[string]string{}
		out := pipeline.Checked(x, sourcetest.Tables(Source{}, x.DataSet), func(_ pipeline.Table, _ string, v []any) error {
			got[fmt.Sprint(v[1], " ", v[2])] = fmt.Sprint(v[3:])
			return nil
		})
		edition, err := Source{}.Decode(context.Background(), x, out)
		if err != nil || edition.AsOf != "2024-12-31" {
			t.Errorf("%s: as of %q, %v", table, edition.AsOf, err)
		}
		return got
	}
	made := rows(mirror.Extracts[0], "em_pv_csv")
	if len(made) != 20 || made["1380 2024"] != "[4164 observed 77010 observed]" {
		t.Errorf("%d rows, Halmstad 2024 %s", len(made), made["1380 2024"])
	}
	// The recorded answer, read with the list of municipalities in code order, is
	// the same table: positions and codes agree.
	content, err := os.ReadFile(folder + "/" + extract)
	if err != nil {
		t.Fatal(err)
	}
	x := pipeline.Extract{Source: "energimyndigheten", DataSet: pvAnswer, Parts: []pipeline.Part{sourcetest.Part("data.json", content), sourcetest.Part("metadata.json", list(t))}}
	answered := rows(x, "em_pv")
	secret := 0
	for key, figures := range answered {
		if figures == "[<nil> suppressed <nil> suppressed]" {
			secret++
			continue
		}
		if made[key] != figures {
			t.Errorf("%s is %s in the answer and %s in the CSV file", key, figures, made[key])
		}
	}
	if len(answered) != 22 || secret != 2 {
		t.Errorf("%d rows, %d secret; want 22 and 2", len(answered), secret)
	}
}
