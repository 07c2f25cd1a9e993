package pipeline_test

import (
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"samkraft/pipeline"
)

// everyKind is a table with a column of each kind.
var everyKind = pipeline.Table{Name: "everything", Description: "one of each", Key: []string{"muni_code", "day"}, Columns: []pipeline.Column{
	{Name: "muni_code", Kind: pipeline.Text, Description: "d"},
	{Name: "day", Kind: pipeline.Date, Description: "d"},
	{Name: "count", Kind: pipeline.Integer, Unit: "1", Description: "d"},
	{Name: "share", Kind: pipeline.Number, Unit: "1", Description: "d"},
	{Name: "energy_mwh", Kind: pipeline.Decimal3, Unit: "MWh", Description: "d"},
	{Name: "power_mw", Kind: pipeline.Decimal6, Unit: "MW", Description: "d"},
	{Name: "at", Kind: pipeline.Instant, Description: "d"},
	{Name: "final", Kind: pipeline.Flag, Description: "d"},
}}

var (
	newYear = time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	someDay = time.Date(2024, 3, 31, 0, 0, 0, 0, time.UTC)
	extract = pipeline.Extract{Source: "alpha", DataSet: "everything", Parts: []pipeline.Part{{Name: "everything.csv"}}}
)

// goodRow is a row of everyKind, with the value at a place replaced.
func goodRow(place int, value any) []any {
	row := []any{"253", newYear, 7, 0.5, dec("80569.590"), dec("77.01"), newYear.Add(time.Hour), true}
	if place >= 0 {
		row[place] = value
	}
	return row
}

func dec(text string) pipeline.Decimal {
	d, err := pipeline.ParseDecimal(text, '.')
	if err != nil {
		panic(err)
	}
	return d
}

// keep is an Output that keeps the rows that come through.
func keep(rows *[][]any) pipeline.Output {
	return pipeline.Checked(extract, []pipeline.Table{everyKind}, func(_ pipeline.Table, _ string, values []any) error {
		*rows = append(*rows, append([]any(nil), values...))
		return nil
	})
}

func TestCheckedPlainValues(t *testing.T) {
	copenhagen, seventy := time.FixedZone("CET", 3600), dec("70")
	cases := []struct {
		place       int
		given, want any
	}{
		{0, "253", "253"}, {0, pipeline.Suppressed, "suppressed"}, {0, pipeline.Zero, "zero"}, {0, pipeline.Derived, "derived"}, {0, "", ""},
		{2, 7, int64(7)}, {2, int64(-7), int64(-7)}, {2, dec("1200"), int64(1200)}, {2, dec("1.2e3"), int64(1200)}, {2, nil, nil},
		{3, 0.5, 0.5}, {3, dec("0.1"), 0.1}, {3, math.Copysign(0, -1), 0.0}, {3, nil, nil},
		{4, dec("80569.590"), int64(80569590)}, {4, dec("0.0005"), int64(1)}, {4, dec("-0.0005"), int64(-1)}, {4, dec("0.00049"), int64(0)}, {4, dec("999999999999999.999"), int64(999999999999999999)},
		{5, dec("77.01"), int64(77010000)}, {5, nil, nil}, {5, &seventy, int64(70000000)}, {5, (*pipeline.Decimal)(nil), nil}, {3, &seventy, 70.0},
		{6, newYear, newYear}, {6, newYear.In(copenhagen), newYear}, {6, nil, nil},
		{1, someDay, someDay}, {1, time.Date(2024, 3, 31, 0, 0, 0, 0, copenhagen), someDay},
		{7, true, true}, {7, false, false}, {7, nil, nil},
	}
	for _, c := range cases {
		var rows [][]any
		if err := keep(&rows).Row("everything", "line 2", goodRow(c.place, c.given)...); err != nil {
			t.Errorf("%s %v: %v", everyKind.Columns[c.place].Kind, c.given, err)
		} else if got := rows[0][c.place]; got != c.want {
			t.Errorf("%s %v is handed on as %T %v", everyKind.Columns[c.place].Kind, c.given, got, got)
		}
	}
}

func TestCheckedRefuses(t *testing.T) {
	cases := []struct {
		place int
		given any
		says  string
	}{
		{0, 253, "muni_code: the decoder gives int where the column holds text"},
		{0, nil, "muni_code: has no value, and a row is known by it"},
		{1, nil, "day: has no value, and a row is known by it"},
		{1, "2024-01-01", "day: the decoder gives string where the column holds date"},
		{1, newYear.Add(time.Minute), "day: 2024-01-01 00:01:00 +0000 UTC is not a date"},
		{2, "7", "count: the decoder gives string where the column holds integer"},
		{2, 7.0, "count: the decoder gives float64 where the column holds integer"},
		{2, dec("7.5"), "count: 7.5 is not a whole number"},
		{2, dec("1e30"), "count: 1e30 does not fit in 18 digits"},
		{0, (*pipeline.Decimal)(nil), "muni_code: has no value, and a row is known by it"},
		{0, dec("253"), "muni_code: the decoder gives pipeline.Decimal where the column holds text"},
		{3, 1, "share: the decoder gives int where the column holds number"},
		{3, math.NaN(), "share: NaN is not a finite number"},
		{3, math.Inf(-1), "share: -Inf is not a finite number"},
		{4, 80569.59, "energy_mwh: the decoder gives float64 where the column holds decimal3"},
		{4, dec("1e15"), "energy_mwh: 1e15 does not fit in 18 digits"},
		{5, dec("-1e12"), "power_mw: -1e12 does not fit in 18 digits"},
		{6, "2024-01-01T00:00", "at: the decoder gives string where the column holds instant"},
		{7, 1, "final: the decoder gives int where the column holds flag"},
	}
	for _, c := range cases {
		var rows [][]any
		err := keep(&rows).Row("everything", "line 2", goodRow(c.place, c.given)...)
		var p *pipeline.Problem
		if !errors.As(err, &p) || p.File != "everything.csv" || p.Path != "line 2" || p.What != c.says || len(rows) > 0 {
			t.Errorf("%v: %v; want %s", c.given, err, c.says)
		}
	}
}

// A row too short or too long, or for a table that nobody declared, is the
// decoder's fault and no file's.
func TestCheckedDeclarations(t *testing.T) {
	var rows [][]any
	for _, c := range []struct {
		table  string
		values []any
		says   string
	}{
		{"everything", goodRow(-1, nil)[:7], "alpha/everything: table everything has 8 columns, the decoder gives 7"},
		{"everything", append(goodRow(-1, nil), "more"), "alpha/everything: table everything has 8 columns, the decoder gives 9"},
		{"everything", nil, "alpha/everything: table everything has 8 columns, the decoder gives 0"},
		{"something", goodRow(-1, nil), "alpha/everything: the decoder writes to the undeclared table something"},
	} {
		err := keep(&rows).Row(c.table, "line 2", c.values...)
		var p *pipeline.Problem
		if err == nil || errors.As(err, &p) || err.Error() != c.says {
			t.Errorf("%v; want %s", err, c.says)
		}
	}
	if len(rows) > 0 {
		t.Errorf("%v came through", rows)
	}
}

func TestCheckedDuplicateKey(t *testing.T) {
	var rows [][]any
	out := keep(&rows)
	for i, row := range [][]any{goodRow(-1, nil), goodRow(0, "259"), goodRow(1, someDay), goodRow(0, "25")} {
		if err := out.Row("everything", []string{"line 2", "line 3", "line 4", "line 5"}[i], row...); err != nil {
			t.Fatal(err)
		}
	}
	err := out.Row("everything", "sheet X, row 19", goodRow(0, "259")...)
	var p *pipeline.Problem
	if !errors.As(err, &p) || p.Path != "sheet X, row 19" || !strings.Contains(p.What, "line 3") || !strings.Contains(p.What, "259 2024-01-01") {
		t.Errorf("%v", err)
	}
	if len(rows) != 4 {
		t.Errorf("%d rows came through", len(rows))
	}
	if err := keep(&rows).Row("everything", "line 2", goodRow(0, "259")...); err != nil {
		t.Errorf("another extract: %v", err)
	}
}

// What the one behind says is handed back.
func TestCheckedHandsErrorsBack(t *testing.T) {
	out := pipeline.Checked(extract, []pipeline.Table{everyKind}, func(pipeline.Table, string, []any) error { return errSink })
	if err := out.Row("everything", "line 2", goodRow(-1, nil)...); !errors.Is(err, errSink) {
		t.Error(err)
	}
}
