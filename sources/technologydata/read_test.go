package technologydata

import (
	"context"
	"path"
	"testing"

	"samkraft/pipeline"
	"samkraft/sources/sourcetest"
)

func TestYearOf(t *testing.T) {
	for name, want := range map[string]int{
		"costs_2030.csv":                  2030,
		"a/b/costs_2050.csv.zst":          2050,
		"pypsa_costs_2020.csv":            2020,
		"costs_2030 (1).csv":              2030,
		"costs_2030":                      2030,
		"2030/data.csv":                   0,
		"costs_203.csv":                   0,
		"costs_203":                       0,
		"costs_20301.csv":                 0,
		"costs_.csv":                      0,
		"costs_1900.csv":                  0,
		"costs_+203.csv":                  0,
		"costs.csv":                       0,
		"folder_costs_2030/something.csv": 0,
	} {
		got, err := yearOf(name)
		if got != want || (err == nil) != (want != 0) {
			t.Errorf("%s is of %d, %v; want %d", name, got, err, want)
		}
	}
}

func TestRecorded(t *testing.T) {
	mirror := sourcetest.Mirror(t, Source{}, 7)
	years := map[int64]int{}
	for _, x := range mirror.Extracts {
		if dir := path.Dir(x.Parts[0].Name); dir != "pypsa-technology-data" {
			t.Errorf("a file of %s is claimed", dir)
		}
		technologies := map[any]bool{}
		bases := map[any]int{}
		withoutSource, withoutYear := 0, 0
		out := pipeline.Checked(x, Source{}.Publisher().DataSets[0].Tables, func(_ pipeline.Table, _ string, v []any) error {
			technologies[v[0]] = true
			years[v[2].(int64)]++
			bases[v[6]]++
			if v[5] == nil {
				withoutSource++
			}
			if v[7] == nil {
				withoutYear++
			}
			if v[0] == "onwind" && v[1] == "investment" && v[2] == int64(2030) && (v[3] != 1383.3059 || v[7] != int64(2015)) {
				t.Errorf("onshore wind of 2030 is %v", v)
			}
			return nil
		})
		if _, err := (Source{}).Decode(context.Background(), x, out); err != nil {
			t.Fatal(err)
		}
		if len(technologies) != 298 || withoutSource != 10 || withoutYear != 120 {
			t.Errorf("%s: %d technologies, %d rows without a source, %d without a year of prices", x.Parts[0].Name, len(technologies), withoutSource, withoutYear)
		}
		// 369 amounts restated by the compiler; two in the prices of their source.
		if bases[int64(2025)] != 369 || bases[int64(2019)] != 1 || bases[int64(2020)] != 1 || len(bases) != 4 {
			t.Errorf("%s: price bases %v", x.Parts[0].Name, bases)
		}
	}
	for year := int64(2020); year <= 2050; year += 5 {
		if years[year] != 1266 {
			t.Errorf("%d has %d rows", year, years[year])
		}
	}
}

func BenchmarkRecorded(b *testing.B) {
	sourcetest.Benchmark(b, Source{}, sourcetest.Mirror(b, Source{}, 7).Extracts[0])
}
