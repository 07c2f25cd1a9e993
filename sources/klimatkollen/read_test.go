package klimatkollen

import (
	"context"
	"fmt"
	"path"
	"sort"
	"testing"

	"samkraft/pipeline"
	"samkraft/sources/sourcetest"
)

func TestFigure(t *testing.T) {
	for _, c := range []struct {
		text   string
		value  any
		status pipeline.Status
		ok     bool
	}{
		{"12648.1", pipeline.Decimal{Coefficient: 126481, Exponent: -1}, pipeline.Observed, true},
		{"0.0", pipeline.Decimal{}, pipeline.Zero, true},
		{"null", nil, pipeline.NotAvailable, true}, // the compiler found no figure; not zero
		{"..", nil, "", false},
		{"-3.5", nil, "", false},
		{"1e12", nil, "", false},
	} {
		value, status, what := figure(c.text)
		if value != c.value || status != c.status || (what == "") != c.ok {
			t.Errorf("%s is read as %v, %s, %q", c.text, value, status, what)
		}
	}
}

func TestKnownSectorsAreSorted(t *testing.T) {
	if !sort.StringsAreSorted(knownSectors) {
		t.Error("known searches a sorted list")
	}
}

func TestRecorded(t *testing.T) {
	mirror := sourcetest.Mirror(t, Source{}, 1)
	x := mirror.Extracts[0]
	if got := path.Dir(x.Parts[0].Name); got != "se-klimatkollen" {
		t.Errorf("a file of %s is claimed", got)
	}
	rows, zeros := 0, 0
	sums := map[string]int64{} // of 2023, thousandths of a tonne
	municipalities := map[string]bool{}
	out := pipeline.Checked(x, Source{}.Publisher().DataSets[0].Tables, func(_ pipeline.Table, _ string, v []any) error {
		rows++
		municipalities[v[1].(string)] = true
		if v[5] == "zero" {
			zeros++
		}
		if v[2] == int64(2023) {
			sums[v[1].(string)] += v[4].(int64)
		}
		return nil
	})
	edition, err := Source{}.Decode(context.Background(), x, out)
	if err != nil {
		t.Fatal(err)
	}
	if edition.AsOf != "2023-12-31" || rows != 290*13*9 || len(municipalities) != 290 || zeros != 4737 {
		t.Errorf("as of %s: %d rows of %d municipalities, %d zeros", edition.AsOf, rows, len(municipalities), zeros)
	}
	for code, want := range map[string]int64{"1278": 71013, "1381": 156707, "1380": 374607, "1315": 52577, "1382": 231203} {
		if got := (sums[code] + 500) / 1000; got != want {
			t.Errorf("%s emitted %d tonnes in 2023, want %d (%s)", code, got, want, fmt.Sprint(sums[code]))
		}
	}
}

func BenchmarkRecorded(b *testing.B) {
	sourcetest.Benchmark(b, Source{}, sourcetest.Mirror(b, Source{}, 1).Extracts...)
}
