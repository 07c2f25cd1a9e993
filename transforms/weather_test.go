package transforms

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"samkraft/pipeline"
)

// testBuild opens a warehouse for a plan, with nothing built yet.
func testBuild(t *testing.T, plan pipeline.Plan) *build {
	t.Helper()
	b := openBuild(t)
	b.job = pipeline.Job{Plan: plan}
	b.fixed = slices.Concat(b.registries, planRelations(b.job))
	return b
}

func number(t testing.TB, b *build, query string, args ...any) float64 {
	t.Helper()
	var f float64
	if err := b.conn.QueryRowContext(t.Context(), query, args...).Scan(&f); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return f
}

// weatherPlan is a plan file of two members, with the default definition.
func weatherPlan(t *testing.T) pipeline.Plan {
	t.Helper()
	return planOf(t, "members: [{country: DK, code: \"253\"}, {country: SE, code: \"1380\"}]\n")
}

// planOf is the plan that a text with its members makes.
func planOf(t *testing.T, text string) pipeline.Plan {
	t.Helper()
	p, err := pipeline.ParsePlan("toy.yaml", []byte("id: toy\nname: {en: Toy}\n"+text))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestWeatherGolden holds degree days and correction to published and hand-made
// examples: a week of days; the two years of Rødovre Fjernvarme (hot water 25 %);
// the standard house; and Sweden's 143 TWh of 2007, stated as 149.9 TWh corrected
// at an index of 87.8 %.
func TestWeatherGolden(t *testing.T) {
	b := testBuild(t, weatherPlan(t))
	for _, c := range []struct {
		query string
		want  float64
		close float64
	}{
		{"SELECT fsum(degree_day(x, 17)) FROM (SELECT unnest([18.2, 16.5, 10.0, 0.0, -10.0, 17.0, 3.4]) AS x)", 65.1, 1e-9},
		{"SELECT normalised(3808.4, 0.75, 3112, 2571.0)", 4409.433956, 5e-7},
		{"SELECT normalised(4065.1, 0.75, 3112, 2740.7)", 4478.143647, 5e-7},
		{"SELECT normalised(18.1, 0.70, 2906, 2600)", 19.591162, 5e-7},
		{"SELECT normalised(100, 1, 1, 0.96)", 104.166667, 5e-7},
		{"SELECT normalised(143, 0.347254385, 1, 0.878)", 149.9, 1e-7},
		{"SELECT (149.9 - 143) / (normalised(143, 1, 1, 0.878) - 143)", 0.347254385, 5e-10},
	} {
		if got := number(t, b, c.query); math.Abs(got-c.want) > c.close {
			t.Errorf("%s = %.9f, want %.9f", c.query, got, c.want)
		}
	}
	for _, known := range []string{"normalised(100, 0, NULL, NULL) = 100", "normalised(0, 0.7, NULL, NULL) = 0", "normalised(0, NULL, 3000, 0) = 0"} {
		if number(t, b, "SELECT coalesce("+known+", false)::INTEGER") != 1 {
			t.Errorf("not so: %s", known)
		}
	}
	for _, unknown := range []string{"normalised(100, 0.7, NULL, 2500)", "normalised(100, 0.7, 3000, NULL)", "normalised(100, NULL, 3000, 2500)", "normalised(NULL, 0.7, 3000, 2500)", "normalised(100, 0.7, 3000, 0)", "degree_day(NULL, 17)"} {
		if number(t, b, "SELECT ("+unknown+" IS NULL)::INTEGER") != 1 {
			t.Errorf("%s is known", unknown)
		}
	}
}

// TestWeatherProperties: nothing changes where nothing follows the weather, or in
// a normal year; a mild year's use is raised and a cold one's lowered, never to
// more than the whole use would be; and parts corrected apart add up to the whole.
func TestWeatherProperties(t *testing.T) {
	b := testBuild(t, weatherPlan(t))
	r := rand.New(rand.NewPCG(17, 1991))
	for range 200 {
		energy, share := math.Exp(r.Float64()*20-6), r.Float64()
		normal, actual := 1500+3500*r.Float64(), 1500+3500*r.Float64()
		var unshared, usual, got, parts float64
		err := b.conn.QueryRowContext(t.Context(), `SELECT normalised(e, 0, n, a), normalised(e, s, n, n), normalised(e, s, n, a), normalised(e * s, 1, n, a) + normalised(e * (1 - s), 0, n, a)
			FROM (SELECT ?::DOUBLE AS e, ?::DOUBLE AS s, ?::DOUBLE AS n, ?::DOUBLE AS a)`, energy, share, normal, actual).Scan(&unshared, &usual, &got, &parts)
		if err != nil {
			t.Fatal(err)
		}
		near := func(x, y float64) bool { return math.Abs(x-y) <= 1e-9*energy }
		low, high := min(energy, energy*normal/actual), max(energy, energy*normal/actual)
		switch {
		case unshared != energy:
			t.Errorf("%v with share 0 became %v", energy, unshared)
		case !near(usual, energy):
			t.Errorf("%v in a normal year became %v", energy, usual)
		case got < low && !near(got, low) || got > high && !near(got, high):
			t.Errorf("%v lies outside of %v to %v", got, low, high)
		case !near(got, parts):
			t.Errorf("%v is %v in parts", got, parts)
		}
	}
}

// TestDegreeDays builds the tables from temperatures that can be added up by hand.
// Inland stands far off and has 1991 to 2020 at 10 degrees, but 12 in 2020; Coast
// stands near and has some hours of January 2020; Island is out of reach. Of Køge
// the weather service has the mean of its area, in April 2020 alone.
func TestDegreeDays(t *testing.T) {
	b := testBuild(t, planOf(t, "members: [{country: DK, code: \"253\"}, {country: DK, code: \"259\"}, {country: SE, code: \"1380\"}]\n"))
	if err := b.need(t.Context(), []string{"plan.member"}); err != nil {
		t.Fatal(err)
	}
	tables := []string{"smhi_temperature_day", "smhi_temperature_hour", "smhi_station_daily", "smhi_station_hourly", "dmi_value"}
	for _, table := range tables {
		if err := b.emptyRaw(t.Context(), b.Declared[table]); err != nil {
			t.Fatal(err)
		}
		b.loaded["raw."+table] = true
	}
	b.loaded["municipality"] = true
	err := b.exec(t.Context(),
		"INSERT INTO raw.smhi_station_daily BY NAME SELECT '1' AS station_id, 'Inland' AS name, 13.0 AS lon_deg, 57.0 AS lat_deg UNION ALL SELECT '3', 'Island', 19.0, 57.5",
		"INSERT INTO raw.smhi_station_hourly BY NAME SELECT '2' AS station_id, 'Coast' AS name, 12.8 AS lon_deg, 55.6 AS lat_deg",
		// Eleven days are missing in February 2019, ten in March.
		`INSERT INTO raw.smhi_temperature_day BY NAME SELECT station_id, d::DATE AS day, if(year(d) = 2020, 12, 10) AS temperature_degc, 'Y' AS quality
			FROM (SELECT unnest(generate_series(TIMESTAMP '1991-01-01', TIMESTAMP '2020-12-31', INTERVAL 1 DAY)) AS d) CROSS JOIN (SELECT unnest(['1', '3']) AS station_id)
			WHERE d NOT BETWEEN '2019-02-01' AND '2019-02-11' AND d NOT BETWEEN '2019-03-22' AND '2019-03-31'`,
		// The first day has all hours at 5 degrees; the second 20 of them, one at -5; the third 19; of the fourth the day's mean is known.
		`INSERT INTO raw.smhi_temperature_hour BY NAME SELECT '2' AS station_id, h::TIMESTAMPTZ AS hour_utc, if(h = '2020-01-02 00:00', -5, 5) AS temperature_degc, 'G' AS quality
			FROM (SELECT unnest(generate_series(TIMESTAMP '2020-01-01', TIMESTAMP '2020-01-04 23:00', INTERVAL 1 HOUR)) AS h)
			WHERE NOT (day(h) = 2 AND hour(h) >= 20) AND NOT (day(h) = 3 AND hour(h) >= 19)`,
		"INSERT INTO raw.smhi_temperature_day BY NAME SELECT '2' AS station_id, DATE '2020-01-04' AS day, 1 AS temperature_degc, 'Y' AS quality",
		// The days of April have 8 degrees, one of them is marked as invalid; the month's own mean is of no use.
		`INSERT INTO raw.dmi_value BY NAME SELECT 'DK' AS country, '259' AS muni_code, 'mean_temp' AS parameter, 'day' AS resolution, d::DATE AS date, if(day(d) = 9, NULL, 8) AS value
			FROM (SELECT unnest(generate_series(TIMESTAMP '2020-04-01', TIMESTAMP '2020-04-30', INTERVAL 1 DAY)) AS d)
			UNION ALL BY NAME SELECT 'DK' AS country, '259' AS muni_code, parameter, 'month' AS resolution, month AS date, value FROM (VALUES
				('mean_temp', DATE '2020-05-01', 9), ('acc_heating_degree_days_17', DATE '2020-04-01', 280)) v(parameter, month, value)`,
		`CREATE TABLE municipality AS SELECT 'weather' AS plan, * FROM (VALUES ('DK', '253', 12.245, 55.59), ('DK', '259', NULL, NULL), ('SE', '1380', 12.95, 56.6), ('SE', '2580', 22.1, 65.6)) v(country, muni_code, lon_deg, lat_deg)`)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range b.models {
		if slices.Contains([]string{"weather_station", "weather_day", "station_month", "degree_days", "degree_year"}, m.name) {
			if err := b.need(t.Context(), m.inputs); err != nil {
				t.Fatal(err)
			}
			if err := b.exec(t.Context(), m.declare...); err != nil {
				t.Fatal(err)
			}
			if err := b.runSQL(t.Context(), m); err != nil {
				t.Fatalf("%s: %v", m.name, err)
			}
			b.loaded[m.name] = true
		}
	}
	for _, c := range []struct{ query, want string }{
		// The nearest station with a normal year counts, else that of the longest series; out of reach there is none.
		{"SELECT muni_code, station_name, distance_km FROM degree_days GROUP BY ALL ORDER BY 1", "1380 Inland 44.6, 253 Coast 34.9, 259 Køge (municipality) 0"},
		// Greve is nearer to Køge than to Coast, and yet what Køge has is Køge's.
		{"SELECT month, degree_days, n_missing, degree_days_normal, station_id, source_id, value_status, grade FROM degree_days WHERE muni_code = '259' AND month IN (4, 5) ORDER BY 1",
			"4 270 1 NULL DMI-0259 dmi estimated C, 5 NULL 31 NULL DMI-0259 dmi not_available E"},
		{"SELECT degree_days, low_degree_days, high_degree_days, n_missing, n_days, value_status, grade FROM degree_days WHERE muni_code = '1380' AND year = 2019 AND month IN (2, 3, 4) ORDER BY month",
			"NULL 174 196 11 28 not_available E, 217 197 217 10 31 estimated C, 210 210 210 0 30 derived B"},
		{"SELECT degree_days FROM degree_year WHERE muni_code = '1380' AND year IN (2016, 2018, 2019, 2020) ORDER BY year", "2562, 2555, NULL, 1830"},
		// January has 29 years of 7 a day and one of 5; so has March, one year of it filled; February has 21 + 7 + 1 years of 28, 29 and 29 days.
		{"SELECT DISTINCT month, degree_days_normal, normal_years FROM degree_days WHERE muni_code = '1380' AND month < 4 ORDER BY 1", "1 214.933 30, 2 195.931 29, 3 214.933 30"},
		// Three of Coast's days count: 12, 17 - 90/20 and 16 Kd; the missing hours may have been -5 or 5 degrees.
		{"SELECT temperature_degc, round(low_degc, 4), round(high_degc, 4), n_hours_missing FROM weather_day WHERE station_id = '2' ORDER BY day", "5 5 5 0, 4.5 2.9167 4.5833 4, 1 1 1 0"},
		{"SELECT degree_days, n_missing, n_hours_missing, degree_days_normal, normal_years FROM degree_days WHERE muni_code = '253' AND month = 1", "NULL 28 4 NULL 0"},
		{"SELECT count(*), count(degree_days), count(degree_days_normal) FROM degree_days WHERE muni_code = '253'", "12 0 0"},
		{"SELECT DISTINCT gd_definition_id FROM degree_days", "GD17_NOSEASON_1991_2020"},
	} {
		if got := texts(t, b, c.query); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.query, got, c.want)
		}
	}
}

// texts returns a query's rows, joined.
func texts(t *testing.T, b *build, query string) string {
	t.Helper()
	rows, err := b.conn.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for rows.Next() {
		values := make([]any, len(columns))
		for i := range values {
			values[i] = new(any)
		}
		if err := rows.Scan(values...); err != nil {
			t.Fatal(err)
		}
		var row []string
		for _, v := range values {
			text := "NULL"
			if v := *v.(*any); v != nil {
				text = fmt.Sprint(v)
			}
			row = append(row, text)
		}
		all = append(all, strings.Join(row, " "))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return strings.Join(all, ", ")
}
