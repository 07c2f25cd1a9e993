package energidataservice

import (
	"context"
	"io"
	"path"
	"strings"
	"testing"
	"time"

	"samkraft/pipeline"
	"samkraft/sources/sourcetest"
)

// decoded is what a test wants to know of an extract.
type decoded struct {
	rows  int
	sums  map[string]int64     // by technology, branch, series or zone, in the last digit
	cells map[string]any       // by the same and the hour
	hours map[string]time.Time // first and last
	asOf  string
}

func decode(t testing.TB, x pipeline.Extract) decoded {
	t.Helper()
	r := decoded{sums: map[string]int64{}, cells: map[string]any{}, hours: map[string]time.Time{}}
	for _, l := range layouts {
		if l.set.ID != x.DataSet {
			continue
		}
		table := l.set.Tables[0]
		var hour int
		for i, c := range table.Columns {
			if c.Kind == pipeline.Instant {
				hour = i
			}
		}
		out := pipeline.Checked(x, l.set.Tables, func(_ pipeline.Table, _ string, values []any) error {
			r.rows++
			name, when, value := values[hour-1].(string), values[hour].(time.Time), values[hour+1]
			if n, ok := value.(int64); ok {
				r.sums[name] += n
			}
			r.cells[name+" "+when.Format("2006-01-02 15")] = value
			if first := r.hours["first"]; first.IsZero() || when.Before(first) {
				r.hours["first"] = when
			}
			if when.After(r.hours["last"]) {
				r.hours["last"] = when
			}
			return nil
		})
		edition, err := (Source{}).Decode(context.Background(), x, out)
		if err != nil {
			t.Fatal(err)
		}
		r.asOf = edition.AsOf
	}
	return r
}

func recorded(t testing.TB) map[string]pipeline.Extract {
	t.Helper()
	mirror := sourcetest.Mirror(t, Source{}, 5)
	byName := map[string]pipeline.Extract{}
	for _, x := range mirror.Extracts {
		if !strings.HasPrefix(x.Parts[0].Name, "dk-eds-") {
			t.Errorf("%s is another publisher's file", x.Parts[0].Name)
		}
		byName[path.Base(x.Parts[0].Name)] = x
	}
	return byName
}

func TestRecorded(t *testing.T) {
	files := recorded(t)
	for name, want := range map[string]struct {
		rows        int
		asOf        string
		first, last string
		sums        map[string]int64
		cells       map[string]any
	}{
		"ConsumptionIndustry_851_Privat_2021-2024.csv.zst": {34344, "2024-12-01", "2020-12-31 23", "2024-12-01 22",
			map[string]int64{"Privat": 1128276976_853000},
			map[string]any{"Privat 2024-10-27 00": int64(31239_703000), "Privat 2024-10-27 01": int64(28955_660000)}},
		"ProductionMunicipalityHour_706_2023-2025.csv.zst": {2*17502 + 17502 - 102, "2025-04-26", "2023-04-27 22", "2025-04-26 03",
			map[string]int64{"pv": 22196_794000, "wind_onshore": 67035_790412, "thermal": 8018_912245},
			map[string]any{"wind_onshore 2023-04-27 22": int64(2_516571), "thermal 2023-04-27 23": int64(469010)}},
		"Elspotprices_DK1_2021-2024.csv.zst": {34344, "2024-12-01", "2020-12-31 23", "2024-12-01 22", nil,
			map[string]any{"DK1 2020-12-31 23": nil}},
		"Elspotprices_DK2_2024-08-28_2024-11-06.csv": {1681, "2024-11-06", "2024-08-28 22", "2024-11-06 22", nil, nil},
		"ElectricityBalanceNonv_DK2_2024-08-28_2024-11-06.csv": {1681 * 12, "2024-11-06", "2024-08-28 22", "2024-11-06 22", nil,
			map[string]any{"total_load 2024-11-06 22": int64(1445_449951), "exchange_continent 2024-11-06 22": int64(-584_909973)}},
	} {
		t.Run(name, func(t *testing.T) {
			r := decode(t, files[name])
			if r.rows != want.rows || r.asOf != want.asOf {
				t.Errorf("%d rows as of %s, not %d as of %s", r.rows, r.asOf, want.rows, want.asOf)
			}
			if first, last := r.hours["first"].Format("2006-01-02 15"), r.hours["last"].Format("2006-01-02 15"); first != want.first || last != want.last {
				t.Errorf("the hours go from %s to %s, not %s to %s", first, last, want.first, want.last)
			}
			for key, sum := range want.sums {
				if r.sums[key] != sum {
					t.Errorf("%s adds up to %d, not %d", key, r.sums[key], sum)
				}
			}
			for key, cell := range want.cells {
				if got, ok := r.cells[key]; !ok || cell != nil && got != cell {
					t.Errorf("%s is %v, not %v", key, got, cell)
				}
			}
		})
	}
}

// TestJSONGivesTheSameRows turns every recorded CSV into the service's JSON and
// compares what comes out.
func TestJSONGivesTheSameRows(t *testing.T) {
	for name, x := range recorded(t) {
		t.Run(name, func(t *testing.T) {
			want := decode(t, x)
			x.Parts = []pipeline.Part{sourcetest.Part("answer.json", toJSON(t, x))}
			got := decode(t, x)
			if got.rows != want.rows || got.asOf != want.asOf || len(got.cells) != len(want.cells) {
				t.Errorf("%d rows as of %s, not %d as of %s", got.rows, got.asOf, want.rows, want.asOf)
			}
			for key, cell := range want.cells {
				if got.cells[key] != cell {
					t.Errorf("%s is %v, not %v", key, got.cells[key], cell)
				}
			}
		})
	}
}

// toJSON writes the records of a CSV as the service's answer.
func toJSON(t testing.TB, x pipeline.Extract) []byte {
	t.Helper()
	body, err := x.Parts[0].Open()
	if err != nil {
		t.Fatal(err)
	}
	defer body.Close()
	text, err := io.ReadAll(body)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	header := strings.Split(lines[0], ";")
	var records []string
	for _, line := range lines[1:] {
		var members []string
		for i, field := range strings.Split(line, ";") {
			switch {
			case field == "":
				field = "null"
			case strings.Contains(field, ","):
				field = strings.Replace(field, ",", ".", 1)
			case len(field) == len("2024-10-27 00:00"):
				field = `"` + strings.Replace(field, " ", "T", 1) + `:00"`
			default:
				field = `"` + strings.Replace(field, " ", "T", 1) + `"`
			}
			members = append(members, `"`+header[i]+`":`+field)
		}
		records = append(records, "{"+strings.Join(members, ",")+"}")
	}
	return []byte(`{"total":1745822,"sort":"HourUTC DESC","limit":0,"dataset":"` + x.DataSet + `","records":[` + strings.Join(records, ",") + "]}")
}

func BenchmarkConsumption(b *testing.B) {
	x := recorded(b)["ConsumptionIndustry_851_Privat_2021-2024.csv.zst"]
	asJSON := toJSON(b, x)
	b.Run("CSV", func(b *testing.B) { sourcetest.Benchmark(b, Source{}, x) })
	x.Parts = []pipeline.Part{sourcetest.Part("answer.json", asJSON)}
	b.Run("JSON", func(b *testing.B) { sourcetest.Benchmark(b, Source{}, x) })
}
