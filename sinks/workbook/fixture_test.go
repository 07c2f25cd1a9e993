package workbook

import (
	"testing"
	"testing/fstest"
	"time"

	"samkraft/sinks/tables/tablestest"
)

// made is a table of a fixture: its columns as "name TYPE unit", the first ones its
// key, and its rows.
type made struct {
	name    string
	key     int
	columns [][3]string
	rows    [][]any
}

// snapshotOf writes tables as a snapshot has them.
func snapshotOf(t testing.TB, all ...made) fstest.MapFS {
	t.Helper()
	var tables []tablestest.Table
	for _, m := range all {
		tables = append(tables, tablestest.Table{Name: m.name, Key: m.key, Columns: m.columns, Rows: m.rows})
	}
	return tablestest.Snapshot(t, true, tables...)
}

// two is a plan of two members of different size, with what the cover and the charts
// read; Stevns has a secret figure and loses.
func two(more ...made) []made {
	day := time.Date(2026, 5, 18, 0, 0, 0, 0, time.UTC)
	text := func(name string) [3]string { return [3]string{name, "VARCHAR", ""} }
	number := func(name, unit string) [3]string { return [3]string{name, "DOUBLE", unit} }
	return append([]made{
		{"plan", 1, [][3]string{text("plan"), text("name_da"), text("name_sv"), text("name_en"), {"base_year", "SMALLINT", "year"}, {"price_year", "SMALLINT", "year"}, text("currency")},
			[][]any{{"my-plan", "Min <plan> & din", "Min plan", "My plan", 2023, 2025, "DKK"}}},
		{"member", 2, [][3]string{text("country"), text("muni_code"), text("name")}, [][]any{{"DK", "259", "Køge"}, {"DK", "336", "Stevns"}}},
		{"factor", 2, [][3]string{text("factor_id"), {"year", "SMALLINT", "year"}, number("value", "value_unit"), text("value_unit")},
			[][]any{{"dkk_per_eur", 2020, 7.4, "DKK/EUR"}, {"dkk_per_eur", 2025, 7.46038, "DKK/EUR"}}},
		{"joint_savings", 1, [][3]string{text("agreement_id"), number("gain_eur", "EUR"), number("gain_p10_eur", "EUR"), number("gain_p90_eur", "EUR"), number("gain_mwh", "MWh"),
			number("gain_p10_mwh", "MWh"), number("gain_p90_mwh", "MWh"), number("gain_t", "t"), number("gain_p10_t", "t"), number("gain_p90_t", "t"), number("gain_probability", "1"),
			number("assumption_share", "1"), number("example_share", "1"), {"example", "BOOLEAN", ""}, {"complete", "BOOLEAN", ""}, {"good_neighbour_ok", "BOOLEAN", ""}, text("sentence_da"), text("sentence_sv"), text("sentence_en")},
			[][]any{{"ALL", 1000.25, -50.5, 3000.0, 12.5, nil, nil, nil, nil, nil, 0.94, 0.5, 0.25, true, false, false, "Vi vinder.", "Vi vinner.", "We gain."}}},
		{"agreement_incidence", 3, [][3]string{text("agreement_id"), text("country"), text("muni_code"), number("gain_eur", "EUR"), number("low_eur", "EUR"), number("high_eur", "EUR"), number("gain_probability", "1")},
			[][]any{{"ALL", "DK", "259", 1200.5, 100.0, 3100.0, 0.99}, {"ALL", "DK", "336", -200.25, -400.0, 10.0, 0.06}}},
		{"allocation", 4, [][3]string{text("agreement_id"), text("rule"), text("country"), text("muni_code"), number("gain_eur", "EUR")},
			[][]any{{"ALL", "shapley", "DK", "259", 700.0}, {"ALL", "shapley", "DK", "336", 300.25}, {"ALL", "nucleolus", "DK", "259", 600.0}}},
		{"energy_balance", 6, [][3]string{text("country"), text("muni_code"), {"year", "SMALLINT", "year"}, text("flow"), text("carrier_id"), text("sector_id"), {"is_total", "BOOLEAN", ""}, number("energy_mwh", "MWh"), text("value_status")},
			[][]any{
				{"DK", "259", 2022, "FINAL", "electricity", "HOUS", false, 1.0, "observed"},
				{"DK", "259", 2023, "FINAL", "electricity", "HOUS", false, 155.956, "observed"}, {"DK", "259", 2023, "FINAL", "electricity", "IND", false, 44.044, "observed"},
				{"DK", "336", 2023, "FINAL", "electricity", "HOUS", false, 10.5, "observed"}, {"DK", "336", 2023, "FINAL", "electricity", "IND", false, nil, "suppressed"},
				{"DK", "259", 2023, "FINAL", "district_heat", "HOUS", false, nil, "suppressed"}, {"DK", "259", 2023, "FINAL", "district_heat", "TOTAL", true, 77.25, "observed"},
				{"DK", "259", 2023, "PROD", "electricity", "-", false, 5.0, "observed"},
			}},
		{"supply_curve", 2, [][3]string{text("scope"), {"rank", "BIGINT", "1"}, number("step_eur_per_mwh", "EUR/MWh"), number("cumulative_mwh", "MWh")},
			[][]any{{"joint", 2, 30.0, 150.0}, {"joint", 1, -20.5, 100.0}, {"joint", 3, 9000.0, 151.0}, {"member", 1, 1.0, 1.0}}},
		{"extract", 1, [][3]string{text("source_id"), {"as_of", "DATE", ""}, {"bytes", "BIGINT", "byte"}}, [][]any{{"dst", day, 1 << 40}, {"eds", nil, 5}}},
		{"source", 1, [][3]string{text("source_id"), text("title"), text("licence"), text("attribution"), {"redistributable", "BOOLEAN", ""}},
			[][]any{{"dst", "StatBank", "CC-BY-4.0", "Source: Statistics Denmark", true}, {"unused", "Nobody", "none", "", false}}},
		{"hourly", 1, [][3]string{{"hour_utc", "TIMESTAMP WITH TIME ZONE", ""}, number("energy_mwh", "MWh")}, [][]any{{time.Date(2025, 10, 26, 0, 30, 0, 0, time.UTC), 0.000123}, {time.Date(2025, 10, 26, 1, 0, 0, 0, time.UTC), nil}}},
		{"own_figure", 1, [][3]string{text("note")}, nil},
	}, more...)
}
