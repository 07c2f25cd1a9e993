package dst

import (
	"context"
	"os"
	"path"
	"testing"
	"time"

	"samkraft/pipeline"
	"samkraft/sources/sourcetest"
)

// recorded decodes the recorded answers: rows by table, keyed by code and year or day.
func recorded(t testing.TB) (pipeline.Mirror, map[string]map[string][]any) {
	ctx := context.Background()
	mirror := sourcetest.Mirror(t, Source{}, 2)
	rows := map[string]map[string][]any{areaTable: {}, populationTable: {}}
	for _, x := range mirror.Extracts {
		out := pipeline.Checked(x, sourcetest.Tables(Source{}, x.DataSet), func(table pipeline.Table, _ string, v []any) error {
			key := v[1].(string) + " "
			if n, ok := v[2].(int64); ok {
				key += time.Date(int(n), 1, 1, 0, 0, 0, 0, time.UTC).Format("2006")
			} else {
				key += v[2].(time.Time).Format(time.DateOnly)
			}
			rows[table.Name][key] = append([]any(nil), v...)
			return nil
		})
		edition, err := Source{}.Decode(ctx, x, out)
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]string{areaSet: "2026-01-01", populationSet: "2024-01-01"}[x.DataSet]
		if edition.AsOf != want {
			t.Errorf("%s is as of %q, expected %q", x.DataSet, edition.AsOf, want)
		}
	}
	return mirror, rows
}

func TestRecorded(t *testing.T) {
	mirror, rows := recorded(t)
	claimed := map[string]string{}
	for _, x := range mirror.Extracts {
		claimed[path.Base(x.Parts[0].Name)] = x.DataSet
	}
	want := map[string]string{"are207.csv": areaSet, "folk1am_2024m01.csv": populationSet}
	if len(claimed) != 2 || claimed["are207.csv"] != areaSet || claimed["folk1am_2024m01.csv"] != populationSet {
		t.Errorf("claimed %v, expected %v and neither SKOV1 nor another publisher's file", claimed, want)
	}
	if n := len(rows[areaTable]); n != 99*20 {
		t.Errorf("%d areas, expected 99 municipalities in 20 years", n)
	}
	if n := len(rows[populationTable]); n != 99 {
		t.Errorf("%d populations, expected 99", n)
	}
	for key, want := range map[string]int64{
		"253 2026": 60_400, "259 2026": 257_500, "269 2026": 40_100, "336 2026": 250_100,
		"253 2007": 60_180, "259 2007": 255_470, "269 2007": 39_990, "336 2007": 250_190,
	} {
		if row := rows[areaTable][key]; row[3] != want || row[4] != "observed" {
			t.Errorf("area %s: %v, expected %d", key, row, want)
		}
	}
	for key, want := range map[string]int64{"253": 52_157, "259": 62_848, "269": 24_579, "336": 23_649, "411": 91} {
		if row := rows[populationTable][key+" 2024-01-01"]; row[3] != want {
			t.Errorf("population %s: %v, expected %d", key, row, want)
		}
	}
	var sum int64
	for key, row := range rows[areaTable] {
		if km2, ok := row[3].(int64); ok && key[4:] == "2026" {
			sum += km2
		}
	}
	if sum != 42_956_700 {
		t.Errorf("the municipalities' areas of 2026 add up to %d, the nation has 42956,70", sum)
	}
	if row := rows[areaTable]["411 2026"]; row[3] != nil || row[4] != "not_available" {
		t.Errorf("Christiansø's 0,00 km2 is no area: %v", row)
	}
}

func BenchmarkArea(b *testing.B) {
	folder := sourcetest.Recorded(b)
	content, err := os.ReadFile(path.Join(folder, "dk-dst", "are207.csv"))
	if err != nil {
		b.Fatal(err)
	}
	x := pipeline.Extract{Source: "dst", DataSet: areaSet, Parts: []pipeline.Part{sourcetest.Part("are207.csv", content)}}
	sourcetest.Benchmark(b, Source{}, x)
}
