package klimaregnskabet

import (
	"context"
	"fmt"
	"os"
	"path"
	"strings"
	"testing"

	"samkraft/pipeline"
	"samkraft/sources/sourcetest"
)

// one is a document of one municipality and year.
const one = `{"sourceUrl":"https://klimaregnskabet.dk","fetchedAt":"2026-05-18T07:24:39.7+00:00","kommuner":[{"kommuneKode":"0253","kommuneNavn":"Greve","years":[2023],"samletUdledning":[164051.6],"udledningPrCapita":[3.185],"sektorer":{"energi":[61414.7],"transport":[92181.3],"landbrug":[2872.2],"affald":[4427.1],"industri":[3156.3]},"veAndel":[0.0515]}]}`

func TestMarks(t *testing.T) {
	for cell, want := range map[string]pipeline.Status{"61414.7": pipeline.Observed, "-20900.7": pipeline.Observed, "0.0": pipeline.Zero, "null": pipeline.NotAvailable} {
		dump := sourcetest.Decode(Source{}, "a.json", []byte(strings.Replace(one, "61414.7", cell, 1)))
		if !strings.Contains(dump, "| energi | ") || !strings.Contains(dump, string(want)+" @ kommuner[0].sektorer.energi[0]") {
			t.Errorf("%s is not %s:\n%s", cell, want, dump)
		}
	}
	for _, cell := range []string{`""`, `"61414.7"`, "true", "{}", "[]", "1e12", "1e400", "NaN"} {
		dump := sourcetest.Decode(Source{}, "a.json", []byte(strings.Replace(one, "61414.7", cell, 1)))
		if !strings.Contains(dump, "error: a.json, at kommuner[0].sektorer.energi") {
			t.Errorf("%s is no figure:\n%s", cell, dump)
		}
	}
}

func TestStopsWhenAsked(t *testing.T) {
	sourcetest.StopsWhenAsked(t, Source{}, dataSet, sourcetest.Part("a", []byte(one)))
}

func TestRecorded(t *testing.T) {
	ctx := context.Background()
	x := sourcetest.Mirror(t, Source{}, 1).Extracts[0]
	if path.Base(x.Parts[0].Name) != "by_kommune_2018-2023.json" {
		t.Fatalf("%s is taken, expected by_kommune_2018-2023.json", x.Parts[0].Name)
	}
	rows := map[string]int{}
	cells := map[string]any{}
	var national int64
	out := pipeline.Checked(x, Source{}.Publisher().DataSets[0].Tables, func(table pipeline.Table, _ string, v []any) error {
		rows[table.Name]++
		if table.Name == shareTable {
			cells[fmt.Sprint(v[1], " ", v[2], " share")] = v[3]
			return nil
		}
		cells[fmt.Sprint(v[1], " ", v[2], " ", v[3])] = v[4]
		if v[2] == int64(2023) && v[3] == "samlet" {
			national += v[4].(int64)
		}
		return nil
	})
	edition, err := Source{}.Decode(ctx, x, out)
	if err != nil {
		t.Fatal(err)
	}
	if edition.AsOf != "2026-05-18" {
		t.Errorf("as of %q, expected the day of the answers", edition.AsOf)
	}
	if rows[emissionTable] != 98*6*6 || rows[shareTable] != 98*6 {
		t.Errorf("%v rows, expected %d and %d", rows, 98*6*6, 98*6)
	}
	for key, want := range map[string]any{
		"253 2023 samlet": int64(164_051_600), "259 2023 samlet": int64(375_121_800), "269 2023 samlet": int64(85_324_900), "336 2023 samlet": int64(82_437_400),
		"253 2018 energi": int64(129_631_500), "259 2022 industri": int64(4_466_600), "336 2023 share": 0.2146, "580 2023 share": 1.1126,
	} {
		if cells[key] != want {
			t.Errorf("%s is %v, expected %v", key, cells[key], want)
		}
	}
	if national != 34_039_454_100 {
		t.Errorf("the municipalities of 2023 add up to %d kg, the document's national total is 34039454.0 t", national)
	}
}

func BenchmarkDecode(b *testing.B) {
	content, err := os.ReadFile(path.Join(sourcetest.Recorded(b), "dk-klimaregnskab", "by_kommune_2018-2023.json"))
	if err != nil {
		b.Fatal(err)
	}
	x := pipeline.Extract{Source: "klimaregnskabet", DataSet: dataSet, Parts: []pipeline.Part{sourcetest.Part("a", content)}}
	sourcetest.Benchmark(b, Source{}, x)
}
