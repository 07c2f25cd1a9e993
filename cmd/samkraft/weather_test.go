package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"samkraft/pipeline"
)

// TestWeather makes plans whose targets are to be corrected for weather: with
// temperatures, with the other definition, for which the sample has too few years,
// and without temperatures. What is not known is then counted raw, and said.
func TestWeather(t *testing.T) {
	t.Parallel()
	folder, plans, workspace := dropFolder(t), t.TempDir(), t.TempDir()
	write := func(id, more string) string {
		file := filepath.Join(plans, id+".yaml")
		text := "id: " + id + "\nname: {en: Weather}\nbase_year: 2020\nmembers: [{country: DK, code: \"253\"}, {country: SE, code: \"1380\"}]\n" +
			"targets: [{members: all, kind: final_energy_share, value: -0.1, year: 2035, basis: normalised, scope: [no_transport, no_industry]}]\nuncertainty: {draws: 20}\n" + more
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return file
	}
	run := func(id, more string) string {
		return runSamkraft(t, pipeline.Done, "run", write(id, more), "--mirror", folder, "--workspace", workspace)
	}
	const (
		bases = "select muni_code, basis, complete from target order by muni_code"
		// The target's energy is the sum of the stocks on the basis that it says.
		sums = `select count(*) from (select t.energy_mwh as counted, round(fsum(if(t.basis = 'raw', e.energy_mwh, e.normalised_mwh) order by e.stock), 3) as parts
			from target t join end_use e using (country, muni_code) where not e.industry group by t.muni_code, t.energy_mwh) where counted = parts`
	)
	told := run("known", "")
	if strings.Contains(told, "counted raw") {
		t.Errorf("all is known, and yet:\n%s", told)
	}
	for _, c := range []struct{ sql, want string }{
		{bases, "1380,normalised,true 253,normalised,true"},
		{sums, "2"},
		// 2020 was mild: corrected heat is more. Stocks that do not follow the weather stay as they are.
		{"select count(*), count(*) filter (normalised_mwh > energy_mwh) from end_use where muni_code = '1380' and climate_share > 0", "5,5"},
		{"select count(*) filter (normalised_mwh <> energy_mwh) from end_use where climate_share = 0", "0"},
		{"select muni_code, count(distinct station_id), count(distinct gd_definition_id) from degree_days group by 1 order by 1", "1380,1,1 253,1,1"},
		{"select muni_code, max(station_name like 'Made-up%') from degree_days group by 1 order by 1", "1380,false 253,true"},
		{"select country, count(*) > 0 from energy_normalised where method_id = 'degree_days' and normalised_mwh > 0 group by 1 order by 1", "DK,true SE,true"},
		// Where stocks and cells are the same energy, both tables correct it alike.
		{"select abs(sum(n.normalised_mwh) - max(e.normalised_mwh)) < 0.01 from energy_normalised n join end_use e using (country, muni_code, year) where muni_code = '1380' and carrier_id = 'district_heat' and (sector_id like 'HOUS%' or sector_id like 'SERV%') and stock = 'heat_district'", "true"},
	} {
		if got := answer(t, workspace, "known", c.sql); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.sql, got, c.want)
		}
	}

	if told := run("earlier", "degree_days: GD17_NOSEASON_1981_2010\n"); !strings.Contains(told, "counted raw") || !strings.Contains(told, "Greve, Halmstad") {
		t.Errorf("it is not told that the targets are counted raw:\n%s", told)
	}
	for _, c := range []struct{ sql, want string }{
		{bases, "1380,raw,true 253,raw,true"},
		{sums, "2"},
		{"select distinct gd_definition_id from degree_days union select distinct gd_definition_id from energy_normalised", "GD17_NOSEASON_1981_2010"},
		{"select distinct reason from energy_normalised where normalised_mwh is null and energy_mwh > 0 and year = 2020", "the station has too few years of the normal period"},
		{"select count(*) from energy_normalised where climate_share > 0 and energy_mwh > 0 and normalised_mwh is not null", "0"},
	} {
		if got := answer(t, workspace, "earlier", c.sql); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.sql, got, c.want)
		}
	}

	remove := func(names ...string) {
		for _, name := range names {
			if err := os.RemoveAll(filepath.Join(folder, filepath.FromSlash(name))); err != nil {
				t.Fatal(err)
			}
		}
	}
	remove("published/smhi", "made-up/smhi")
	if told := run("municipal", ""); !strings.Contains(told, "counted raw") {
		t.Errorf("there is no normal year, and it is not told that the targets are counted raw:\n%s", told)
	}
	for _, c := range []struct{ sql, want string }{
		{"select muni_code, station_id, distance_km, year, count(degree_days), count(degree_days_normal), sum(degree_days) between 2700 and 2900, any_value(source_id), max(grade) from degree_days group by all", "253,DMI-0253,0,2023,12,0,true,dmi,B"},
		{"select muni_code, dataset, state, if(state = 'partial', reason, '') from completeness where dataset like 'degree_days%' order by 1",
			"1380,degree_days,missing,\"\" 253,degree_days/normal,partial,of the normal period 1991 to 2020 station DMI-0253 has a month in 0 years and should in 24: nothing is corrected for weather"},
		{"select check_id, state from check_result where check_id in ('C20', 'P25') order by 1", "C20,passed P25,passed"},
	} {
		if got := answer(t, workspace, "municipal", c.sql); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.sql, got, c.want)
		}
	}

	remove("made-up/dmi")
	if told := run("unknown", ""); !strings.Contains(told, "counted raw") {
		t.Errorf("it is not told that the targets are counted raw:\n%s", told)
	}
	for _, c := range []struct{ sql, want string }{
		{bases, "1380,raw,true 253,raw,true"},
		{"select (select count(*) from degree_days), count(*) from energy_normalised where climate_share > 0 and energy_mwh > 0 and (normalised_mwh is not null or reason is null)", "0,0"},
		{"select check_id, state from check_result where check_id in ('C20', 'C23', 'P11') order by 1", "C20,not_applicable C23,passed P11,not_applicable"},
	} {
		if got := answer(t, workspace, "unknown", c.sql); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.sql, got, c.want)
		}
	}
}
