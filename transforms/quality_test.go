package transforms

import (
	"math"
	"testing"
	"time"
	_ "time/tzdata"
)

// TestUnits holds the conversions of energy to their exact values.
func TestUnits(t *testing.T) {
	b := testBuild(t, weatherPlan(t))
	for _, c := range []struct {
		query string
		want  float64
	}{
		{"SELECT mwh_of_tj(1)", 277.777777778},
		{"SELECT 606 / mwh_of_tj(1) * 1000", 2181.6},
		{"SELECT mwh_of_tj(2181.6) / 1000", 606},
		{"SELECT mwh_of_toe(1)", 11.63},
		{"SELECT mwh_of_gj(1000) - mwh_of_tj(1)", 0},
	} {
		if got := number(t, b, c.query); math.Abs(got-c.want) > 5e-10 {
			t.Errorf("%s = %.10f, want %.10f", c.query, got, c.want)
		}
	}
}

// TestAggregateQuality puts together 100, 40, 30, 20 and 10 of the grades A to E.
// Independent errors come to 0.050062461, just above what grade B allows.
func TestAggregateQuality(t *testing.T) {
	b := testBuild(t, weatherPlan(t))
	if err := b.need(t.Context(), []string{"registry.factor"}); err != nil {
		t.Fatal(err)
	}
	const given = " FROM (SELECT [half_width_of('A'), half_width_of('B'), half_width_of('C'), half_width_of('D'), half_width_of('E')] AS u, [100, 40, 30, 20, 10] AS e)"
	for _, c := range []struct {
		query string
		want  float64
	}{
		{"SELECT independent_half_width(u, e)" + given, 0.050062461},
		{"SELECT shared_half_width(u, e)" + given, 0.1025},
		{"SELECT independent_half_width([0.3], [7])", 0.3},
		{"SELECT shared_half_width([0.3, 0.3], [7, 5])", 0.3},
	} {
		if got := number(t, b, c.query); math.Abs(got-c.want) > 5e-10 {
			t.Errorf("%s = %.10f, want %.10f", c.query, got, c.want)
		}
	}
	for u, want := range map[string]string{
		"independent_half_width(u, e)": "C", "shared_half_width(u, e)": "C",
		"0": "A", "0.02": "A", "0.0200001": "B", "0.05": "B", "0.15": "C", "0.3": "D", "0.31": "E", "7": "E",
	} {
		var got string
		if err := b.conn.QueryRowContext(t.Context(), "SELECT grade_of("+u+")"+given).Scan(&got); err != nil || got != want {
			t.Errorf("grade_of(%s) = %s (%v), want %s", u, got, err, want)
		}
	}
	for _, unknown := range []string{"independent_half_width([0.1, NULL], [1, 2])", "shared_half_width([0.1, 0.1], [1, NULL])", "shared_half_width([0.1], [0])", "grade_of(NULL)"} {
		if number(t, b, "SELECT ("+unknown+" IS NULL)::INTEGER") != 1 {
			t.Errorf("%s is known", unknown)
		}
	}
}

// TestLocalTime holds the hours of local days and years, of which the balance by
// hour and the readers of its tables make use, in DuckDB and in Go: days of 23 and
// 25 hours when clocks change, years of whole days from 23:00 UTC on.
func TestLocalTime(t *testing.T) {
	b := testBuild(t, weatherPlan(t))
	for _, zone := range []string{"Europe/Copenhagen", "Europe/Stockholm"} {
		place, err := time.LoadLocation(zone)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			from, to, utc string
			hours         float64
		}{
			{"2024-03-31", "2024-04-01", "2024-03-30T23:00:00Z", 23}, {"2024-10-27", "2024-10-28", "2024-10-26T22:00:00Z", 25},
			{"2023-03-26", "2023-03-27", "2023-03-25T23:00:00Z", 23}, {"2023-10-29", "2023-10-30", "2023-10-28T22:00:00Z", 25},
			{"2025-03-30", "2025-03-31", "2025-03-29T23:00:00Z", 23}, {"2025-10-26", "2025-10-27", "2025-10-25T22:00:00Z", 25},
			{"2023-01-01", "2024-01-01", "2022-12-31T23:00:00Z", 8760}, {"2024-01-01", "2025-01-01", "2023-12-31T23:00:00Z", 8784},
		} {
			// Every UTC hour of three years, and those whose local day lies between the two.
			got := number(t, b, `SELECT count(*) FROM (SELECT unnest(range(TIMESTAMPTZ '2022-12-01 00:00:00+00', TIMESTAMPTZ '2025-12-31 00:00:00+00', INTERVAL 1 HOUR)) AS h)
				WHERE h AT TIME ZONE ? >= ?::TIMESTAMP AND h AT TIME ZONE ? < ?::TIMESTAMP`, zone, c.from, zone, c.to)
			from, err := time.ParseInLocation(time.DateOnly, c.from, place)
			if err != nil {
				t.Fatal(err)
			}
			to, err := time.ParseInLocation(time.DateOnly, c.to, place)
			if err != nil {
				t.Fatal(err)
			}
			if got != c.hours || to.Sub(from).Hours() != c.hours || from.UTC().Format(time.RFC3339) != c.utc {
				t.Errorf("%s from %s: %g hours in DuckDB, %g in Go from %s; want %g from %s", zone, c.from, got, to.Sub(from).Hours(), from.UTC().Format(time.RFC3339), c.hours, c.utc)
			}
		}
	}
}
