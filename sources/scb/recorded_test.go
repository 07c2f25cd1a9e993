package scb

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"

	"samkraft/pipeline"
	"samkraft/sources/sourcetest"
)

// recordedCells decodes every extract and hands each row to see.
func recordedCells(t testing.TB, extracts []pipeline.Extract, see func(x pipeline.Extract, table pipeline.Table, values []any)) {
	t.Helper()
	for _, x := range extracts {
		out := pipeline.Checked(x, sourcetest.Tables(Source{}, x.DataSet), func(table pipeline.Table, _ string, values []any) error {
			see(x, table, values)
			return nil
		})
		edition, err := Source{}.Decode(context.Background(), x, out)
		if err != nil {
			t.Errorf("%s: %v", x.Parts[0].Name, err)
		}
		if !strings.HasSuffix(edition.AsOf, "-12-31") {
			t.Errorf("%s: as of %q", x.Parts[0].Name, edition.AsOf)
		}
	}
}

func TestRecorded(t *testing.T) {
	mirror := sourcetest.Mirror(t, Source{}, 43)
	count := map[string]int{}
	for _, x := range mirror.Extracts {
		count[x.DataSet]++
		if name := x.Parts[0].Name; !strings.HasPrefix(name, "se-scb-kre") && !strings.HasPrefix(name, "se-scb-population/") {
			t.Errorf("%s is not of this publisher", name)
		}
	}
	if got, want := fmt.Sprint(count), "map[EnergiKommKat:34 Folkmangd:1 ProdbrEl:3 ProdbrFj:2 SlutAnvSektor:3]"; got != want {
		t.Errorf("extracts: %s, want %s", got, want)
	}
	rows, statuses := map[string]int{}, map[string]int{}
	cells := map[string]string{} // the key of a cell: its figure
	same := 0
	population := map[string]int64{}
	recordedCells(t, mirror.Extracts, func(x pipeline.Extract, table pipeline.Table, v []any) {
		rows[table.Name]++
		if table.Name == populationTable.Name {
			population[v[1].(string)] = v[3].(int64)
			return
		}
		statuses[table.Name+" "+v[8].(string)]++
		if table.Name == "scb_energy_by_category" && v[4].(int64) > 1990 && v[1] != "1380" && x.Parts[0].Bytes > 500_000 {
			return // spares memory: the files that overlap are compared for Halmstad and 1990
		}
		key := fmt.Sprintf("%s %s %d %s %s", table.Name, v[1], v[4], v[5], v[6])
		figure := fmt.Sprintf("%v %v", v[7], v[8])
		if first, twice := cells[key]; twice {
			same++
			if first != figure {
				t.Errorf("%s is %s and %s in two downloads", key, first, figure)
			}
		}
		cells[key] = figure
	})
	t.Log(rows, statuses, "cells in two downloads:", same)
	for table, want := range map[string]int{
		"scb_final_use":                28170*4 + 2*25272*5,
		"scb_electricity_production":   11268*4 + 12480*12 + 9984*5,
		"scb_district_heat_production": 19719*4 + 17472*8,
		"scb_energy_by_category":       16*14490*11 + (3780+2835)*11,
		"scb_population":               290,
	} {
		if rows[table] != want {
			t.Errorf("%s: %d rows, want %d", table, rows[table], want)
		}
	}
	for key, want := range map[string]string{
		"scb_final_use 1278 2020 999 16":                          "212793000 observed",
		"scb_final_use 1315 2020 999 16":                          "674735000 observed",
		"scb_final_use 1380 2020 999 16":                          "1023915000 observed",
		"scb_final_use 1381 2020 999 16":                          "281505000 observed",
		"scb_final_use 1382 2020 999 16":                          "583031000 observed",
		"scb_final_use 1278 2020 999 955":                         "380149000 observed",
		"scb_final_use 1380 2019 999 955":                         "2819848000 observed",
		"scb_final_use 1380 2020 999 955":                         "<nil> suppressed",
		"scb_final_use 1381 2018 999 955":                         "652444000 observed",
		"scb_final_use 0331 2006 999 955":                         "<nil> not_applicable",
		"scb_final_use 1917 2006 999 955":                         "409465000 observed",
		"scb_electricity_production 1278 2020 total 17":           "2731000 observed",
		"scb_electricity_production 1315 2020 total 17":           "297339000 observed",
		"scb_electricity_production 1380 2020 total 17":           "243324000 observed",
		"scb_electricity_production 1380 2013 4.1 17":             "<nil> suppressed",
		"scb_electricity_production 1278 2010 total 17":           "0 zero",
		"scb_electricity_production 1278 2010 4.2 17":             "<nil> suppressed",
		"scb_electricity_production 1315 2009 4.2 17":             "<nil> suppressed",
		"scb_district_heat_production 1278 2020 total 20":         "5933000 observed",
		"scb_district_heat_production 1380 2020 total 20":         "577592000 observed",
		"scb_district_heat_production 1382 2020 total 20":         "76948000 observed",
		"scb_energy_by_category 00 1990 9.6.1 diesel":             "167082000 observed",
		"scb_energy_by_category 15 1990 9.6.1 diesel":             "<nil> not_applicable",
		"scb_energy_by_category 1380 2008 9.6.1.1 light_fuel_oil": "0 zero",
	} {
		if cells[key] != want {
			t.Errorf("%s: %s, want %s", key, cells[key], want)
		}
	}
	for code, want := range map[string]int64{"1278": 16026, "1315": 10196, "1380": 106084, "1381": 26595, "1382": 47337, "0127": 95905} {
		if population[code] != want {
			t.Errorf("population %s: %d, want %d", code, population[code], want)
		}
	}
	// All 9 984 x 5 cells of the older download of ProdbrEl stand in the later one;
	// the two older files of EnergiKommKat are compared for 1990 and for Halmstad.
	if want := 9984*5 + (3780 + 2835) + 21*10; same != want {
		t.Errorf("%d cells stand in two downloads, want %d", same, want)
	}
	sum := int64(0)
	for _, n := range population {
		sum += n
	}
	if sum != 10_587_710 {
		t.Errorf("the municipalities sum to %d, the row Riket says 10587710", sum)
	}
}

// BenchmarkEnergiKommKat decodes the 34 files of the largest data set.
func BenchmarkEnergiKommKat(b *testing.B) {
	mirror, err := pipeline.ReadMirror(context.Background(), os.DirFS(sourcetest.Recorded(b)+"/se-scb-kre-2022/energikommkat"), []pipeline.Source{Source{}})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		recordedCells(b, mirror.Extracts, func(pipeline.Extract, pipeline.Table, []any) {})
	}
}
