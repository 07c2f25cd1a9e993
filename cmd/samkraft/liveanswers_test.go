package main

import "testing"

// TestAnswersReachTables: what a run asks of publishers by itself is in the tables,
// beside or before what files and defaults say.
func TestAnswersReachTables(t *testing.T) {
	workspace := sampleWorkspace(t)
	for _, c := range []struct{ plan, sql, want string }{
		// Greve has 5.12 MW x 1 371.21 h by Balmorel, in panels at the 1 028.38 kWh/kW of its centre. PVGIS is asked for no place in Køge.
		{"kobenhavn-syd", `select muni_code, energy_mwh, round(energy_mwh / power_mw, 2), value_status from renewable_potential where resource = 'solar_ground' and level = 'technical' and "case" = 'central' and muni_code in ('253', '259') order by 1`,
			"253,7020.595,1028.38,observed 259,132890.092,1392.54,observed"},
		{"kobenhavn-syd", `select muni_code, full_load_h from renewable_supply where resource = 'solar_ground' and "case" = 'central' and muni_code in ('253', '259') order by 1`, "253,1028.38 259,1392.54"},
		// On roofs 987.41 x 1010 / 1075 in Halmstad, 1010 elsewhere.
		{"goda-grannar", `select distinct muni_code = '1380', round(energy_mwh / power_mw, 2) from renewable_potential where resource = 'solar_roof' and "case" = 'central' order by 1`, "false,1010 true,927.71"},
		{"goda-grannar", "select count(*) > 0 from lineage where table_name = 'renewable_potential' and source_id = 'pvgis' and row_key like 'SE|1380|solar_roof%'", "true"},
		{"goda-grannar", "select muni_code, year, power_mw, installations, value_status from capacity where technology = 'wind' and muni_code in ('1278', '1315') and year < 2021 order by all", "1278,2019,1.66,3,observed 1278,2020,,,suppressed 1315,2019,42.3,17,observed 1315,2020,45.2,18,observed"},
		{"kobenhavn-syd", "select muni_code, area_basis, area_year, area_m2, district_m2 + oil_gas_m2 + other_m2 = area_m2, source_id from building_stock where dwelling_type = 'ALL' and muni_code in ('253', '269') order by 1",
			"253,register,2026,2653000,true,dst 269,dwellings,,1256139.2,,forbrugsudledninger"},
		{"kobenhavn-syd", "select check_id, state from check_result where check_id in ('P24', 'P25') order by 1", "P24,passed P25,passed"},
		{"goda-grannar", "select check_id, state from check_result where check_id in ('P25', 'P26') order by 1", "P25,not_applicable P26,passed"},
		// Of what no table is made nothing is missing.
		{"kobenhavn-syd", "select count(*) from completeness where source_id = 'eurostat' or dataset in ('BOL102', 'seriescalc')", "0"},
		{"kobenhavn-syd", "select muni_code from completeness where dataset = 'BYGB40' and state = 'missing' order by 1", "269 336"},
	} {
		if got := answer(t, workspace, c.plan, c.sql); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.sql, got, c.want)
		}
	}
}
