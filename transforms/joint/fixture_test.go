package joint

import (
	"fmt"
	"math"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"samkraft/pipeline"
	"samkraft/transforms/coalition"
	"samkraft/transforms/saving"
)

// The toy cooperations are invented; only the names of the members are real.

// rung is one block of a toy supply curve: GWh at EUR per MWh.
type rung struct{ gwh, price float64 }

// toy is a member whose measures are a ladder on a stock; of a member with several
// stocks there are several.
type toy struct {
	Member
	stock  string
	ladder []rung
}

// fourMembers are Greve 1, Solrød 2, Køge 4, Stevns 8 of Annex A, G10.
func fourMembers() []toy {
	return []toy{
		{member("DK", "253", "Greve", 51000, 30, 12.30, 55.58), "heat_industry", []rung{{2, 15}, {20, 35}, {15, 50}, {10, 70}}},
		{member("DK", "269", "Solrød", 24000, 15, 12.22, 55.53), "electricity_household", []rung{{1, 18}, {12, 30}, {6, 55}, {5, 65}}},
		{member("DK", "259", "Køge", 62000, 40, 12.18, 55.46), "electricity_business", []rung{{3, 12}, {40, 28}, {30, 45}, {20, 60}}},
		{member("DK", "336", "Stevns", 23000, 18, 12.25, 55.33), "electricity_service", []rung{{1, 20}, {5, 58}, {14, 62}, {12, 80}}},
	}
}

// fiveMembers are Båstad 1, Laholm 2, Halmstad 4, Hylte 8, Falkenberg 16 of G11.
func fiveMembers() []toy {
	return []toy{
		{member("SE", "1278", "Båstad", 16000, 12, 12.85, 56.43), "heat_industry", []rung{{4, 22}, {9, 48}, {6, 75}}},
		{member("SE", "1381", "Laholm", 26000, 16, 13.04, 56.51), "electricity_household", []rung{{6, 18}, {14, 40}, {10, 66}}},
		{member("SE", "1380", "Halmstad", 105000, 55, 12.86, 56.67), "electricity_business", []rung{{20, 25}, {40, 38}, {30, 58}}},
		{member("SE", "1315", "Hylte", 10000, 10, 13.24, 56.99), "electricity_service", []rung{{30, 12}, {10, 34}, {5, 70}}},
		{member("SE", "1382", "Falkenberg", 47000, 24, 12.49, 56.90), "heat_district", []rung{{8, 20}, {22, 44}, {12, 72}}},
	}
}

func member(country, code, name string, population, targetGWh, lon, lat float64) Member {
	return Member{Country: country, Code: code, Name: name, Population: population, Target: targetGWh * 1000, HasTarget: true, Complete: true, Lon: lon, Lat: lat}
}

// fixed is a factor of both countries without a range.
func fixed(id string, value float64) saving.Factor { return ranged(id, value, value, value) }

func ranged(id string, low, mode, high float64) saving.Factor {
	return saving.Factor{ID: id, Spread: coalition.Spread{Low: low, Mode: mode, High: high}, Distribution: "tri", Mark: "S", Unit: "1"}
}

// model has the measures of some members. Each step of a ladder is a package that
// takes all steps up to it: what the lower convex hull of the packages adds from
// one to the next is the ladder again. No two members may have the same stock,
// because a package is on a stock wherever there is one. Lives are of one year and there is no
// interest, so that a MWh costs what is invested in it.
func model(t testing.TB, members []toy, off float64, changed ...saving.Factor) *saving.Model {
	t.Helper()
	in := saving.Input{Year: 2025, Factors: toyFactors(changed...)}
	places := map[string]int{}
	for _, m := range members {
		i, known := places[m.Code]
		if !known {
			i = len(places)
			places[m.Code] = i
		}
		total := 0.0
		for _, r := range m.ladder {
			total += r.gwh
		}
		in.Stocks = append(in.Stocks, saving.Stock{Member: i, Country: m.Country, Code: m.Code, Name: m.Name, ID: m.stock, Energy: total * 1000, Heat: math.NaN(), HalfWidth: off})
		energy, cost := 0.0, 0.0
		for k, r := range m.ladder {
			energy, cost = energy+r.gwh, cost+r.gwh*r.price
			id := fmt.Sprintf("%s%s%d", m.stock, m.Code, k)
			in.Measures = append(in.Measures, saving.Measure{ID: id, Saving: id + "_saving", SavingPer: "share", Invest: id + "_invest", InvestPer: "mwh", Life: "one_year"})
			in.Parts = append(in.Parts, saving.Part{Stock: m.stock, Package: id, Measure: id})
			in.Factors = append(in.Factors, fixed(id+"_saving", energy/total), fixed(id+"_invest", cost/energy))
		}
	}
	made, err := saving.New(in)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// toyFactors are the mechanisms' and the supplies' factors: energy is worth
// nothing, so that what is invested is what is paid.
func toyFactors(changed ...saving.Factor) []saving.Factor {
	marginal := fixed("ef_electricity", 100)
	marginal.Role = "marginal"
	list := []saving.Factor{
		ranged("discount_rate_0_35", 0, 0, 0.06), fixed("one_year", 1), fixed("price_natural_gas", 0), fixed("price_electricity_delivered", 0), fixed("price_district_heat", 0),
		fixed("ef_natural_gas", 200), marginal, fixed("ef_dh_default", 50), fixed("dh_loss_rate", 0), fixed("service_electricity_per_m2", 80),
		fixed("heat_demand_dk_dwelling_mean", 100), fixed("heat_use_se_detached_mean", 120),
		fixed("price_backstop", 200), fixed("road_detour", 1.3), fixed("transport_straw", 0.06), fixed("beta_plant", 0.7), fixed("beta_procurement", 0.85), fixed("beta_shared_staff", 0),
		fixed("shared_staff_fixed", 90), fixed("coordination_kappa1", 12), fixed("coordination_kappa2", 5),
		fixed("price_co2_quota", 80), fixed("eff_boiler_natural_gas_dh", 1), fixed("price_straw", 22), fixed("measure_p7_efficiency", 1), fixed("measure_p7_investment", 800), fixed("measure_p7_lifetime", 25),
		fixed("measure_p7_fom", 0.05), fixed("measure_p7_vom", 1), fixed("straw_boiler_mw", 5), fixed("straw_boiler_full_load_hours", 5000),
	}
	for _, c := range changed {
		list = slices.DeleteFunc(list, func(f saving.Factor) bool { return f.ID == c.ID && f.Country == "" })
	}
	return append(list, changed...)
}

// of makes a factor a country's own.
func of(country string, f saving.Factor) saving.Factor {
	f.Country = country
	return f
}

// plan is what the members agree, without draws.
func plan(t testing.TB, members []toy, agreements ...pipeline.Agreement) Input {
	t.Helper()
	return uncertain(t, members, 0, nil, agreements...)
}

// uncertain is a plan whose stocks may be off by a share, and with some factors
// changed.
func uncertain(t testing.TB, members []toy, off float64, changed []saving.Factor, agreements ...pipeline.Agreement) Input {
	t.Helper()
	in := Input{Plan: "toy", PriceYear: 2025, Measures: model(t, members, off, changed...), Factors: toyFactors(changed...), Agreements: agreements, Amounts: map[string][]float64{}, Seed: 7}
	for _, m := range members {
		at := slices.IndexFunc(in.Members, func(known Member) bool { return known.Code == m.Code })
		if at < 0 {
			at = len(in.Members)
			in.Members = append(in.Members, m.Member)
		}
		for _, r := range m.ladder {
			in.Members[at].Energy += r.gwh * 1000
		}
	}
	return in
}

// agree is a signed agreement of the members with the codes, of all where none is named.
func agree(id, mechanism string, codes ...string) pipeline.Agreement {
	return pipeline.Agreement{ID: id, Title: pipeline.Texts{EN: id, DA: id, SV: id}, Status: "signed", Mechanism: mechanism, Quorum: 2,
		Signatories: pipeline.Who{All: len(codes) == 0, Codes: codes}, Key: pipeline.CostKey{Type: "final_energy", Shares: "cost"}}
}

func number(x float64) *float64 { return &x }

// row is a row of a published table, by column.
type row map[string]any

// solve returns the tables of a plan. Every row must have a cell for every column, and the
// sentences the figures of theirs.
func solve(t testing.TB, in Input) map[string][]row {
	t.Helper()
	rows, err := Solve(in)
	if err != nil {
		t.Fatal(err)
	}
	tables := map[string][]row{}
	for table, list := range rows {
		names := columns(t, table)
		for _, cells := range list {
			if len(cells) != len(names) {
				t.Fatalf("a row of %s has %d cells for %d columns: %v", table, len(cells), len(names), cells)
			}
			r := row{}
			for i, name := range names {
				r[name] = cells[i]
			}
			tables[table] = append(tables[table], r)
		}
	}
	for _, r := range tables["joint_savings"] {
		for _, fault := range sentenceFaults(r) {
			t.Error(fault)
		}
	}
	return tables
}

var created = regexp.MustCompile(`(?s)CREATE TABLE \w+ \((.*?)\);`)

// columns reads a table's columns where it is declared.
func columns(t testing.TB, table string) []string {
	t.Helper()
	folder := "joint"
	if table == "agreement_member" {
		folder = "register"
	}
	text, err := os.ReadFile("../models/" + folder + "/" + table + ".sql")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, column := range strings.Split(created.FindStringSubmatch(string(text))[1], ",") {
		names = append(names, strings.Fields(column)[0])
	}
	return names
}

// where returns the rows with given values, written column, value, column, value.
func where(rows []row, key ...any) []row {
	var found []row
	for _, r := range rows {
		fits := true
		for i := 0; i < len(key); i += 2 {
			fits = fits && r[key[i].(string)] == key[i+1]
		}
		if fits {
			found = append(found, r)
		}
	}
	return found
}

// one returns the one row with given values.
func one(t testing.TB, rows []row, key ...any) row {
	t.Helper()
	found := where(rows, key...)
	if len(found) != 1 {
		t.Fatalf("%d rows with %v, expected one", len(found), key)
	}
	return found[0]
}

// column returns the numbers of a column.
func column(t testing.TB, rows []row, name string) []float64 {
	t.Helper()
	var list []float64
	for _, r := range rows {
		x, ok := r[name].(float64)
		if !ok {
			t.Fatalf("%s is %v, expected a number", name, r[name])
		}
		list = append(list, x)
	}
	return list
}

// near fails unless figures are as expected, to half a unit of what is published.
func near(t testing.TB, what string, got []float64, tolerance float64, want ...float64) {
	t.Helper()
	fits := len(got) == len(want)
	for i := 0; fits && i < len(got); i++ {
		fits = math.Abs(got[i]-want[i]) <= tolerance
	}
	if !fits {
		t.Errorf("%s: %v, expected %v", what, got, want)
	}
}

// same fails unless a cell is as expected.
func same(t testing.TB, what string, got, want any) {
	t.Helper()
	if got != want {
		t.Errorf("%s: %v, expected %v", what, got, want)
	}
}

func sum(list []float64) float64 {
	total := 0.0
	for _, x := range list {
		total += x
	}
	return total
}

func contains(cell any, part string) bool {
	text, _ := cell.(string)
	return strings.Contains(text, part)
}
