package energistyrelsen

import (
	"context"
	"strings"
	"testing"
	"time"

	"samkraft/pipeline"
	"samkraft/sources/sourcetest"
)

// table collects rows by column name, of one table.
type table []map[string]any

func (t table) where(column string, value any) (found table) {
	for _, r := range t {
		if r[column] == value {
			found = append(found, r)
		}
	}
	return found
}

func (t table) sum(column string) (sum int64) {
	for _, r := range t {
		if v, ok := r[column].(int64); ok {
			sum += v
		}
	}
	return sum
}

func (t table) nulls(column string) (n int) {
	for _, r := range t {
		if r[column] == nil {
			n++
		}
	}
	return n
}

// recorded decodes the one recorded extract of a data set.
func recorded(t *testing.T, dataSet string) map[string]table {
	t.Helper()
	mirror := sourcetest.Mirror(t, Source{}, 3)
	tables := map[string]table{}
	for _, x := range mirror.Extracts {
		if !strings.HasPrefix(x.Parts[0].Name, "dk-ens-") {
			t.Errorf("%s is another publisher's", x.Parts[0].Name)
		}
		if x.DataSet != dataSet {
			continue
		}
		started := time.Now()
		out := pipeline.Checked(x, sourcetest.Tables(Source{}, dataSet), func(declared pipeline.Table, _ string, values []any) error {
			row := map[string]any{}
			for i, v := range values {
				row[declared.Columns[i].Name] = v
			}
			tables[declared.Name] = append(tables[declared.Name], row)
			return nil
		})
		edition, err := Source{}.Decode(context.Background(), x, out)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%s as of %s in %v", x.Parts[0].Name, edition.AsOf, time.Since(started))
		tables["edition"] = table{{"as_of": edition.AsOf}}
	}
	return tables
}

func equal[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: %v, expected %v", what, got, want)
	}
}

func TestRecordedTurbines(t *testing.T) {
	tables := recorded(t, turbineRegister)
	turbines, years := tables["ens_turbine"], tables["ens_turbine_year"]
	equal(t, "as of", tables["edition"][0]["as_of"], any("2022-03-15"))
	standing := turbines.where("status", "standing")
	equal(t, "standing", len(standing), 6296)
	equal(t, "decommissioned", len(turbines.where("status", "decommissioned")), 3444)
	equal(t, "at sea and standing", len(standing.where("placement", "sea")), 630)
	equal(t, "standing without municipality", standing.nulls("muni_code"), 4)
	equal(t, "all without municipality", turbines.nulls("muni_code"), 50)
	equal(t, "standing without position", standing.nulls("x_m"), 614)
	equal(t, "positions outside Denmark", turbines.nulls("lon_deg"), turbines.nulls("x_m"))
	equal(t, "standing without rotor", standing.nulls("rotor_m"), 64)
	equal(t, "without capacity", turbines.nulls("capacity_kw"), 0)
	for _, c := range []struct {
		code             string
		turbines, gone   int
		capacity, energy int64 // W, Wh
	}{
		{"253", 6, 2, 1_271_000, 979_901_674},
		{"259", 9, 8, 3_970_000, 3_927_845_412},
		{"269", 3, 1, 611_000, 460_882_607},
		{"336", 26, 17, 11_111_000, 16_748_262_747},
	} {
		in := standing.where("muni_code", c.code)
		equal(t, c.code+" turbines", len(in), c.turbines)
		equal(t, c.code+" decommissioned", len(turbines.where("status", "decommissioned").where("muni_code", c.code)), c.gone)
		equal(t, c.code+" capacity", in.sum("capacity_kw"), c.capacity)
		ids := map[any]bool{}
		for _, r := range in {
			ids[r["turbine_id"]] = true
			if lon, ok := r["lon_deg"].(float64); ok {
				lat := r["lat_deg"].(float64)
				if lon < 11.9 || lon > 12.5 || lat < 55.2 || lat > 55.65 {
					t.Errorf("%s stands at %v, %v", r["turbine_id"], lon, lat)
				}
			}
		}
		var energy int64
		for _, r := range years.where("year", int64(2021)) {
			if ids[r["turbine_id"]] {
				energy += r["energy_kwh"].(int64)
			}
		}
		equal(t, c.code+" production of 2021", energy, c.energy)
	}
	equal(t, "turbine and months", len(tables["ens_turbine_month"]), 6263)
}

func TestRecordedPlants(t *testing.T) {
	tables := recorded(t, producerCount)
	units := tables["ens_plant_year"]
	equal(t, "as of", tables["edition"][0]["as_of"], any("2023-12-31"))
	for year, n := range map[int64]int{2021: 2838, 2022: 2849, 2023: 2858} {
		equal(t, "units", len(units.where("year", year)), n)
	}
	equal(t, "without municipality", units.nulls("muni_code"), 4)
	equal(t, "identity withheld", len(units.where("identity_withheld", true)), 150)
	equal(t, "scrapped", len(units)-units.nulls("scrapped"), 329)
	for _, c := range []struct {
		code              string
		year              int64
		heat, electricity int64 // MJ
	}{
		{"253", 2021, 6_660, 1_990}, {"259", 2021, 1_440_970, 311_160}, {"269", 2021, 105_110, 81_530}, {"336", 2021, 0, 1_250},
		{"253", 2023, 6_270, 370}, {"259", 2023, 1_382_720, 114_880}, {"269", 2023, 102_050, 46_530}, {"336", 2023, 0, 5_420},
	} {
		in := units.where("year", c.year).where("muni_code", c.code)
		near := func(what string, got, want int64) {
			if got = got / 1000; got < want-5 || got > want+5 {
				t.Errorf("%s %d %s: %d GJ/1000, expected %d", c.code, c.year, what, got, want)
			}
		}
		near("heat", in.sum("heat_delivered_tj"), c.heat)
		near("electricity", in.sum("electricity_delivered_tj"), c.electricity)
	}
	// What is put in by fuel adds up to the gross input; one unit of the recorded
	// edition has fuels and a gross of 0.
	if fuels, gross := tables["ens_plant_fuel_year"].sum("energy_tj"), units.sum("gross_tj"); fuels-gross < 37_790_000 || fuels-gross > 37_810_000 {
		t.Errorf("fuels %d, gross %d", fuels, gross)
	}
}

func TestRecordedNetworks(t *testing.T) {
	tables := recorded(t, heatNetworks)
	nets := tables["ens_heat_network_year"]
	equal(t, "as of", tables["edition"][0]["as_of"], any("2022-12-31"))
	equal(t, "rows", len(nets), 1079)
	for id, want := range map[string][3]float64{"2": {13.49, 10.43, 11.83}, "23": {0, 0, 0}, "339": {6.45, 14.46, 22.61}} {
		for i, co2 := range want {
			in := nets.where("network_id", id).where("year", int64(2020+i))
			if len(in) != 1 {
				t.Fatalf("net %s has %d rows of %d", id, len(in), 2020+i)
			}
			if got := in[0]["co2_heat_kg_per_gj"].(float64); got < co2-0.006 || got > co2+0.006 {
				t.Errorf("net %s %d: %v kg/GJ, expected %v", id, 2020+i, got, co2)
			}
		}
	}
}
