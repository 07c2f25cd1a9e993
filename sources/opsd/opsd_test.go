package opsd

import (
	"context"
	"math"
	"path"
	"strings"
	"testing"
	"time"

	"samkraft/pipeline"
	"samkraft/sources/sourcetest"
)

func TestMarks(t *testing.T) {
	if v, status, err := marks.Read("", '.'); v != nil || status != pipeline.NotAvailable || err != nil {
		t.Errorf("a blank cell is %v, %s, %v", v, status, err)
	}
	for _, other := range []string{"-", "..", "n/e", "NaN", "nan", "NA"} {
		if v, status, err := marks.Read(other, '.'); err == nil {
			t.Errorf("%q is %v, %s", other, v, status)
		}
	}
}

func TestSplit(t *testing.T) {
	for column, want := range map[string][2]string{
		"DK_2_load_actual_entsoe_transparency": {"DK_2", "load_actual_entsoe_transparency"},
		"DE_load_actual_entsoe_transparency":   {"DE", "load_actual_entsoe_transparency"},
		"DE_50hertz_wind_generation_actual":    {"DE", "50hertz_wind_generation_actual"},
		"SE_wind_capacity":                     {"SE", "wind_capacity"},
		"utc_timestamp":                        {"", ""},
		"":                                     {"", ""},
	} {
		if prefix, what := split(column); prefix != want[0] || what != want[1] {
			t.Errorf("%q is split into %q and %q", column, prefix, what)
		}
	}
}

// The formats of one file give the same rows.
func TestFormsAgree(t *testing.T) {
	want := string(sourcetest.Case(t, Source{}, "hours/want.txt"))
	for _, name := range []string{"hours-gzip", "hours-zstd", "hours-bom-crlf"} {
		got := string(sourcetest.Case(t, Source{}, name+"/want.txt"))
		for _, packed := range []string{".gz", ".zst"} {
			got = strings.ReplaceAll(got, "timeseries.csv"+packed, "timeseries.csv")
		}
		if got != want {
			t.Errorf("%s gives other rows", name)
		}
	}
}

func TestUnclaimed(t *testing.T) {
	sourcetest.Unclaimed(t, Source{}, map[string]string{
		"prices by the clock":     "\"MTU (CET/CEST)\",\"Day-ahead Price [EUR/MWh]\",\"Currency\",\"BZN|SE4\"\n",
		"another table with time": "utc_timestamp,value\n2017-01-01T00:00:00Z,1\n",
		"Energi Data Service":     "HourUTC;HourDK;PriceArea;SpotPriceDKK;SpotPriceEUR\n",
		"notes":                   "The columns are utc_timestamp, cet_cest_timestamp and DK_2_price_day_ahead.\n",
		"nothing":                 "",
	})
}

func TestStops(t *testing.T) {
	sourcetest.StopsWhenAsked(t, Source{}, dataSet, sourcetest.Part("hours.csv", sourcetest.Case(t, Source{}, "hours/in/timeseries.csv")))
}

// TestSample holds the built-in sample to its zones and hours.
func TestSample(t *testing.T) {
	text := sourcetest.Sample(t, Source{}, "made-up")
	for part, want := range map[string]int{"DK2 | total_load": 72, "DK2 | solar_power": 72, "SE4 | total_load": 72, "SE4 | onshore_wind_power": 72, "SE4 | 2024-10-": 72, "SE4 | solar": 0} {
		if got := strings.Count(text, part); got != want {
			t.Errorf("%d rows with %q, not %d", got, part, want)
		}
	}
}

// TestRecorded reads the year 2017. Sums are those of the file, added up by hand
// with another program.
func TestRecorded(t *testing.T) {
	x := sourcetest.Mirror(t, Source{}, 1).Extracts[0]
	if dir := path.Dir(x.Parts[0].Name); dir != "eu-opsd-timeseries" {
		t.Errorf("a file of %s is claimed", dir)
	}
	sums, hours, last := map[string]int64{}, map[string]int{}, time.Time{}
	out := pipeline.Checked(x, tables, func(table pipeline.Table, _ string, v []any) error {
		if table.Name == priceTable {
			hours["price "+v[0].(string)]++
			return nil
		}
		name := v[0].(string) + " " + v[1].(string)
		sums[name] += v[3].(int64)
		hours[name]++
		if when := v[2].(time.Time); when.After(last) {
			last = when
		}
		return nil
	})
	edition, err := Source{}.Decode(context.Background(), x, out)
	if err != nil {
		t.Fatal(err)
	}
	if edition.AsOf != "2017-12-31" || last.Format(time.RFC3339) != "2017-12-31T22:00:00Z" {
		t.Errorf("as of %s, last hour %s", edition.AsOf, last)
	}
	for name, mwh := range map[string]float64{
		"DK2 total_load": 13043604.94, "DK2 wind_power": 3071703.90, "DK2 onshore_wind_power": 1628675.82, "DK2 offshore_wind_power": 1443028.08, "DK2 solar_power": 251358.86,
		"SE3 total_load": 87237204, "SE4 total_load": 24407748, "SE4 onshore_wind_power": 4249062,
	} {
		if got := float64(sums[name]) / 1e6; math.Abs(got-mwh) > 0.001 {
			t.Errorf("%s is %.3f MWh, expected %.3f", name, got, mwh)
		}
	}
	for name, want := range map[string]int{"DK2 total_load": 8759, "SE4 solar_power": 0, "SE4 wind_power": 0, "price DK2": 8757, "price SE4": 8757} {
		if hours[name] != want {
			t.Errorf("%s has %d hours, expected %d", name, hours[name], want)
		}
	}
}

func BenchmarkRecorded(b *testing.B) {
	sourcetest.Benchmark(b, Source{}, sourcetest.Mirror(b, Source{}, 1).Extracts...)
}
