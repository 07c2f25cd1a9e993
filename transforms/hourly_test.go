package transforms

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
)

// hourly is a small world in which the steps of the hourly balance run: what the
// plan, the publishers and other models say is put in by hand.
type hourly struct {
	t     testing.TB
	build *build
	steps map[string]model
}

// newHourly has two members of different size, Greve and Stevns, in DK2, and a
// base year of 2022.
func newHourly(t testing.TB) hourly {
	b := openBuild(t)
	b.fixed = b.registries
	if err := b.need(t.Context(), []string{"registry.factor"}); err != nil {
		t.Fatal(err)
	}
	h := hourly{t, b, map[string]model{}}
	for _, m := range b.models {
		h.steps[m.name] = m
	}
	h.exec(
		"CREATE TABLE plan.plan AS SELECT 'p' AS plan, 2022::SMALLINT AS base_year",
		"CREATE TABLE plan.member AS SELECT * FROM (VALUES ('p', 0, 'DK', '253', 'Greve', 'DK2'), ('p', 1, 'DK', '336', 'Stevns', 'DK2')) v(plan, bit, country, muni_code, name, zone)",
		"CREATE TABLE member_zone AS SELECT plan, country, muni_code, nullif(zone, '') AS zone FROM plan.member",
		"CREATE TABLE hourly (country VARCHAR, muni_code VARCHAR, series_id VARCHAR, sector_id VARCHAR, hour_utc TIMESTAMPTZ, energy_mwh DECIMAL(18,6))",
		"CREATE TABLE zone_hour (zone VARCHAR, series_id VARCHAR, hour_utc TIMESTAMPTZ, energy_mwh DECIMAL(18,6), source_id VARCHAR)",
		`CREATE TABLE electricity_year AS SELECT 'p' AS plan, 'DK' AS country, muni_code, flow, energy_mwh::DECIMAL(18,3) AS energy_mwh, 'A' AS grade
			FROM (VALUES ('253', 'consumption', 1000), ('253', 'wind', 10), ('253', 'solar', 333.333), ('336', 'consumption', 101.211), ('336', 'wind', 16748.263), ('336', 'solar', 0)) v(muni_code, flow, energy_mwh)`)
	return h
}

func (h hourly) exec(statements ...string) {
	h.t.Helper()
	if err := h.build.exec(h.t.Context(), statements...); err != nil {
		h.t.Fatal(err)
	}
}

// run makes the tables from the metered hours to the balance anew.
func (h hourly) run() {
	h.t.Helper()
	for _, step := range []string{"member_hour", "zone_shape", "hourly_period", "hourly_shape", "hourly_balance", "missing_hourly_balance"} {
		m := h.steps[step]
		h.exec("DROP TABLE IF EXISTS "+step, "DROP TABLE IF EXISTS "+step+originSuffix)
		h.exec(m.declare...)
		if err := h.build.runSQL(h.t.Context(), m); err != nil {
			h.t.Fatalf("%s: %v", step, err)
		}
	}
}

// want compares the one row that a query returns, its values joined by blanks.
func (h hourly) want(query, want string) {
	h.t.Helper()
	var got string
	if err := h.build.conn.QueryRowContext(h.t.Context(), "SELECT concat_ws(' ', *COLUMNS(*)) FROM ("+query+")").Scan(&got); err != nil {
		h.t.Fatalf("%s: %v", query, err)
	}
	if got != want {
		h.t.Errorf("%s\n got %s\nwant %s", query, got, want)
	}
}

// zone puts hours of a zone's load, wind and solar power in.
func (h hourly) zone(zone, from string, hours int) {
	h.exec(fmt.Sprintf(`INSERT INTO zone_hour SELECT '%s', s.series, TIMESTAMPTZ '%s' + to_hours(i::INTEGER), 1 + s.k * ((i * 7919 + 13 * s.k) %% 101), 'opsd'
		FROM range(%d) r(i) CROSS JOIN (VALUES ('total_load', 5), ('onshore_wind_power', 3), ('solar_power', 2)) s(series, k)`, zone, from, hours))
}

// meters puts a year of metered hours of both members in: one uses 3 and makes 2 MWh
// in every hour, the other uses 0.3 and makes 7, and 100 from fuel.
func (h hourly) meters(year, hours int) {
	h.exec(fmt.Sprintf(`INSERT INTO hourly SELECT 'DK', m.code, s.series, s.sector, TIMESTAMPTZ '%d-01-01 00:00:00Z' + to_hours(i::INTEGER), CASE m.code WHEN '253' THEN s.first ELSE s.second END
		FROM range(%d) r(i) CROSS JOIN (VALUES ('253'), ('336')) m(code)
		CROSS JOIN (VALUES ('consumption', 'HOUS', 1, 0.1), ('consumption', 'BUS', 1, 0.1), ('consumption', 'SERV_PUB', 1, 0.1),
			('production_pv', '-', 0.5, 3), ('production_wind_onshore', '-', 1.5, 4), ('production_thermal', '-', 100, 100)) s(series, sector, first, second)`, year, hours))
}

const sums = "SELECT string_agg(muni_code || ' ' || consumption || ' ' || production, ', ' ORDER BY muni_code) FROM (SELECT muni_code, sum(consumption_mwh) AS consumption, sum(production_mwh) AS production FROM hourly_balance GROUP BY muni_code)"

// Metered hours count before shapes, in the year nearest to the base year, when
// every member has them; an hour that is not whole for one of them counts for none.
func TestMeteredHours(t *testing.T) {
	h := newHourly(t)
	h.zone("DK2", "2022-01-01 00:00:00Z", 8760)
	h.meters(2019, 8760)
	h.meters(2024, 8760)
	h.meters(2023, 8699) // too few, though nearer
	h.exec("UPDATE hourly SET energy_mwh = NULL WHERE muni_code = '336' AND series_id = 'production_pv' AND hour_utc = '2024-07-01 12:00:00Z'",
		"DELETE FROM hourly WHERE muni_code = '253' AND sector_id = 'BUS' AND hour_utc = '2024-07-02 12:00:00Z'")
	h.run()
	h.want("SELECT min(method_id), min(grade), min(value_status), count(*), count(DISTINCT hour_utc), min(year(hour_utc)) FROM hourly_balance", "metered A derived 17516 8758 2024")
	h.want(sums, "253 26274.000 17516.000, 336 2627.400 61306.000")

	// Households alone are not a member's consumption.
	h.exec("DELETE FROM hourly WHERE muni_code = '253' AND sector_id = 'SERV_PUB'")
	h.run()
	h.want("SELECT min(method_id), count(*), min(year(hour_utc)) FROM hourly_balance", "zone_shape 17520 2022")
}

// Over a year the hours add up to the annual figures; the year is the nearest one, of
// two equally near the earlier.
func TestShapeYear(t *testing.T) {
	h := newHourly(t)
	h.zone("DK2", "2024-01-01 00:00:00Z", 8784)
	h.zone("DK2", "2020-01-01 00:00:00Z", 8784)
	h.zone("DK2", "2021-01-01 00:00:00Z", 8000)
	h.exec("DELETE FROM zone_hour WHERE series_id = 'total_load' AND hour_utc = '2020-03-01 10:00:00Z'")
	h.run()
	h.want("SELECT min(method_id), min(grade), min(value_status), count(*), min(year(hour_utc)), max(year(hour_utc)) FROM hourly_balance", "zone_shape D estimated 17566 2020 2020")
	h.want(sums, "253 1000.000 343.333, 336 101.211 16748.263")
	// Double the load is double the use, to a kWh.
	h.want(`SELECT max(abs(b.consumption_mwh - 1000 * z.energy_mwh / t.energy_mwh)) <= 0.001 FROM hourly_balance b JOIN zone_shape z USING (hour_utc)
		CROSS JOIN (SELECT sum(energy_mwh) AS energy_mwh FROM zone_shape WHERE flow = 'consumption' AND year(hour_utc) = 2020) t WHERE z.flow = 'consumption' AND b.muni_code = '253'`, "true")
}

// Where no year is whole, the longest run of hours has its part of a year.
func TestShapeOfAFewHours(t *testing.T) {
	h := newHourly(t)
	h.zone("DK2", "2024-10-01 00:00:00Z", 24)
	h.zone("DK2", "2024-10-25 22:00:00Z", 73)
	h.zone("DK2", "2024-12-01 00:00:00Z", 73)
	h.run()
	h.want("SELECT min(method_id), min(grade), count(*), min(hour_utc)::DATE FROM hourly_balance", "zone_shape_part E 146 2024-10-25")
	h.want(sums, "253 8.333 2.861, 336 0.843 139.569") // the year's figures x 73 / 8760, by flow
}

// A zone without solar power has that of the nearest zone with some, with a lower
// grade; hydro power runs evenly.
func TestOtherZonesSun(t *testing.T) {
	h := newHourly(t)
	h.zone("DK1", "2022-01-01 00:00:00Z", 8760)
	h.zone("DK2", "2022-01-01 00:00:00Z", 8760)
	h.zone("SE4", "2022-01-01 00:00:00Z", 8760)
	h.exec("DELETE FROM zone_hour WHERE zone = 'SE4' AND series_id = 'solar_power'", "UPDATE member_zone SET zone = 'SE4'",
		"UPDATE zone_hour SET energy_mwh = -0.5 WHERE zone = 'DK2' AND series_id = 'solar_power' AND hour(hour_utc) < 4",
		"INSERT INTO electricity_year VALUES ('p', 'DK', '336', 'hydro', 876, 'B')")
	h.run()
	h.want("SELECT string_agg(DISTINCT shape_zone, ' ' ORDER BY shape_zone) FROM hourly_shape WHERE flow = 'solar'", "DK2")
	h.want("SELECT string_agg(DISTINCT muni_code || grade, ' ' ORDER BY muni_code || grade) FROM hourly_balance", "253E 336E")
	h.want(sums, "253 1000.000 343.333, 336 101.211 17624.263")
	h.want("SELECT min(production_mwh) >= 0.1, count(*) FROM hourly_balance WHERE muni_code = '336'", "true 8760")
	h.want("SELECT min(production_mwh) >= 0 FROM hourly_balance", "true")
}

// One member without a figure or a zone keeps the hours of all from being made.
func TestMissingMember(t *testing.T) {
	h := newHourly(t)
	h.zone("DK2", "2022-01-01 00:00:00Z", 8760)
	h.exec("UPDATE electricity_year SET energy_mwh = NULL WHERE muni_code = '336' AND flow <> 'solar'", "UPDATE member_zone SET zone = NULL WHERE muni_code = '253'")
	h.run()
	h.want("SELECT count(*) FROM hourly_balance", "0")
	h.want("SELECT reason FROM missing_hourly_balance", "not known in any year near the base year: Greve (its bidding zone); Stevns (electricity used, wind power)")

	h.exec("UPDATE electricity_year SET energy_mwh = 1", "UPDATE member_zone SET zone = 'DK2'", "DELETE FROM zone_hour WHERE series_id = 'total_load'")
	h.run()
	h.want("SELECT count(*) FROM hourly_balance", "0")
	h.want("SELECT reason FROM missing_hourly_balance", "there is no hour of which the load, wind and solar power of all members' bidding zones are known")
}

// A municipality without a zone in the registry lies where most of its turbines do,
// of two equal zones in the first by name.
func TestMemberZone(t *testing.T) {
	h := newHourly(t)
	h.exec("DROP TABLE member_zone", "DELETE FROM plan.member",
		"INSERT INTO plan.member VALUES ('p', 0, 'SE', '1380', 'Halmstad', 'SE4'), ('p', 1, 'SE', '1383', 'Varberg', ''), ('p', 2, 'SE', '1384', 'Kungsbacka', ''), ('p', 3, 'SE', '0380', 'Uppsala', '')",
		`CREATE TABLE raw.vbk_turbine AS SELECT 'SE' AS country, code AS muni_code, zone, code || i AS turbine_id, ['x#' || code || i] AS _origin
			FROM (VALUES ('1380', 'SE3', 1), ('1383', 'SE3', 1), ('1383', 'SE4', 2), ('1383', 'SE3', 3), ('1384', 'SE4', 1), ('1384', 'SE3', 2), ('0380', NULL, 1)) v(code, zone, i)`)
	m := h.steps["member_zone"]
	if err := h.build.runSQL(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	h.want("SELECT string_agg(muni_code || ' ' || coalesce(zone, 'none') || ' ' || coalesce(len(_origin), 0), ', ' ORDER BY muni_code) FROM member_zone",
		"0380 none 0, 1380 SE4 0, 1383 SE3 2, 1384 SE3 1")
}

// Whatever the figures and the shape, the hours are none negative and add up to the
// year's figures, or their part of a year, exactly.
func TestHoursAddUp(t *testing.T) {
	h := newHourly(t)
	random := rand.New(rand.NewPCG(4, 4))
	for range 25 {
		hours := 1 + random.IntN(40)
		var rows, years []string
		for _, series := range []string{"total_load", "onshore_wind_power", "solar_power"} {
			quiet := random.IntN(5) == 0 // nothing in any hour
			for hour := range hours {
				wh := random.Int64N(2e9) - 1000
				if quiet {
					wh = 0
				}
				rows = append(rows, fmt.Sprintf("('DK2', '%s', TIMESTAMPTZ '2022-01-01 00:00:00Z' + to_hours(%d), %d / 1000000, 'opsd')", series, hour, wh))
			}
		}
		want := map[string]float64{}
		for _, code := range []string{"253", "336"} {
			for _, flow := range []string{"consumption", "wind", "solar"} {
				kwh := random.Int64N(5e9)
				column := "production"
				if flow == "consumption" {
					column = flow
				}
				want[code+column] += math.Round(float64(kwh)*float64(hours)/8760) / 1000
				years = append(years, fmt.Sprintf("('p', 'DK', '%s', '%s', %d / 1000, 'A')", code, flow, kwh))
			}
		}
		h.exec("DELETE FROM zone_hour", "DELETE FROM electricity_year", "INSERT INTO zone_hour VALUES "+strings.Join(rows, ", "), "INSERT INTO electricity_year VALUES "+strings.Join(years, ", "))
		h.run()
		h.want("SELECT count(*), min(consumption_mwh) >= 0, min(production_mwh) >= 0 FROM hourly_balance", fmt.Sprintf("%d true true", 2*hours))
		h.want(sums, fmt.Sprintf("253 %.3f %.3f, 336 %.3f %.3f", want["253consumption"], want["253production"], want["336consumption"], want["336production"]))
	}
}
