package transforms

import (
	"testing"
)

// TestWeatherChecks lets the checks of the weather correction look at two
// municipalities whose figures are right, and then at each fault that they are
// there for.
func TestWeatherChecks(t *testing.T) {
	b := testBuild(t, weatherPlan(t))
	if err := b.need(t.Context(), []string{"plan.degree_days", "registry.factor"}); err != nil {
		t.Fatal(err)
	}
	for _, table := range []string{"degree_days", "energy_normalised", "end_use", "factor"} {
		b.loaded[table] = true
	}
	// 200 and 220 degree days a month, 250 in a normal one; in the second municipality nothing is known of homes but electricity.
	err := b.exec(t.Context(),
		`CREATE TABLE good_degree_days AS SELECT 'SE' AS country, muni_code, 2020 AS year, month, 'GD17_NOSEASON_1991_2020' AS gd_definition_id, station_id, degree_days, 250.0::DOUBLE AS degree_days_normal
			FROM (VALUES ('1380', '1', 200.0::DOUBLE), ('1382', '2', 220.0::DOUBLE)) v(muni_code, station_id, degree_days) CROSS JOIN (SELECT unnest(range(1, 13)) AS month)`,
		`CREATE TABLE good_energy AS SELECT 'SE' AS country, muni_code, 2020 AS year, carrier_id, sector_id, energy_mwh::DECIMAL(18,3) AS energy_mwh,
				normalised(energy_mwh::DOUBLE, climate_share, 3000, gd)::DECIMAL(18,3) AS normalised_mwh, climate_share, gd AS degree_days, 3000.0::DOUBLE AS degree_days_normal,
				'GD17_NOSEASON_1991_2020' AS gd_definition_id, station_id, if(climate_share = 0, 'unchanged', 'degree_days') AS method_id
			FROM (VALUES ('1380', 'district_heat', 'HOUS_APT', 1000, 0.7::DOUBLE, 2400.0::DOUBLE, '1'), ('1380', 'electricity', 'SERV_PUB', 900, 0, 2400, '1'),
				('1382', 'electricity', 'HOUS_APT', 500, 0, 2640, '2'), ('1382', 'SOL_R', 'AGR', 500, 0.2, 2640, '2')) v(muni_code, carrier_id, sector_id, energy_mwh, climate_share, gd, station_id)`,
		"CREATE TABLE end_use AS SELECT 'SE' AS country, '1380' AS muni_code, 'electricity_service' AS stock, 900.0::DOUBLE AS energy_mwh, 900.0::DOUBLE AS normalised_mwh, 0.0::DOUBLE AS climate_share",
		"CREATE VIEW factor AS SELECT * FROM registry.factor")
	if err != nil {
		t.Fatal(err)
	}
	ids := []string{"C20", "C23", "P10", "P11"}
	for _, c := range []struct{ fault, sql, want string }{
		{"none", "SELECT 1", ""},
		{"a definition that is not the plan's", "UPDATE degree_days SET gd_definition_id = 'DMI' WHERE muni_code = '1382'", "C20 2"}, // its degree days and what was corrected with the plan's
		{"two definitions of one municipality", "UPDATE degree_days SET gd_definition_id = 'DMI' WHERE muni_code = '1380' AND month = 1", "C20 2"},
		{"another station's normal year", "UPDATE energy_normalised SET degree_days_normal = 3100 WHERE muni_code = '1382' AND climate_share > 0", "C20 1"},
		{"another station", "UPDATE energy_normalised SET station_id = '1' WHERE muni_code = '1382' AND climate_share > 0", "C20 1"},
		{"corrected without a share", "UPDATE energy_normalised SET normalised_mwh = 501 WHERE muni_code = '1382' AND climate_share = 0", "C23 1"},
		{"a stock corrected without a share", "UPDATE end_use SET normalised_mwh = 901", "C23 1"},
		{"a stock not known without a share", "UPDATE end_use SET normalised_mwh = NULL", "C23 1"},
		{"hardly any heat", "UPDATE energy_normalised SET energy_mwh = 9000 WHERE climate_share = 0; UPDATE energy_normalised SET normalised_mwh = energy_mwh WHERE climate_share = 0", "P10 1"},
		{"a secret cell among homes", "UPDATE energy_normalised SET energy_mwh = NULL, normalised_mwh = NULL WHERE muni_code = '1380' AND climate_share = 0", ""},
		{"a correction by 2 % too much", "UPDATE energy_normalised SET normalised_mwh = normalised_mwh * 1.02 WHERE climate_share > 0", "P11 2"},
	} {
		err := b.exec(t.Context(), "CREATE OR REPLACE TABLE degree_days AS FROM good_degree_days", "CREATE OR REPLACE TABLE energy_normalised AS FROM good_energy",
			"UPDATE end_use SET normalised_mwh = energy_mwh", c.sql)
		if err != nil {
			t.Fatal(err)
		}
		if got := outcomes(t, b, ids, counted); got != c.want {
			t.Errorf("%s: found %q, want %q", c.fault, got, c.want)
		}
	}
}

// TestStatedDegreeDays holds degree days of a municipality's own temperatures to
// those that the weather service counts: three months of 30 days.
func TestStatedDegreeDays(t *testing.T) {
	b := testBuild(t, weatherPlan(t))
	if err := b.need(t.Context(), []string{"registry.factor"}); err != nil {
		t.Fatal(err)
	}
	if err := b.emptyRaw(t.Context(), b.Declared["dmi_value"]); err != nil {
		t.Fatal(err)
	}
	b.loaded["raw.dmi_value"], b.loaded["station_month"], b.loaded["factor"] = true, true, true
	err := b.exec(t.Context(), "CREATE VIEW factor AS FROM registry.factor",
		"CREATE TABLE station_month AS SELECT 'DMI-0253' AS station_id, 2023::SMALLINT AS year, month::SMALLINT AS month, n_missing, degree_days::DOUBLE AS degree_days FROM (VALUES (1, 0, 410), (4, 0, 240), (7, 0, 24), (11, 3, 300)) v(month, n_missing, degree_days)")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ values, want string }{
		{"(1, 418), (4, 241), (7, 28), (11, 390)", ""}, // 2 %, next to nothing, 4 Kd, and a month of which days are missing
		{"(1, 424), (4, 241), (7, 30)", "P25 2"},       // 3.3 % of January, and 6 Kd of July
	} {
		err := b.exec(t.Context(), "DELETE FROM raw.dmi_value",
			"INSERT INTO raw.dmi_value BY NAME SELECT 'DK' AS country, '253' AS muni_code, 'acc_heating_degree_days_17' AS parameter, 'month' AS resolution, make_date(2023, month, 1) AS date, value FROM (VALUES "+c.values+") v(month, value)")
		if err != nil {
			t.Fatal(err)
		}
		if got := outcomes(t, b, []string{"P25"}, counted); got != c.want {
			t.Errorf("%s: found %q, want %q", c.values, got, c.want)
		}
	}
}
