package find_test

import (
	"slices"
	"testing"

	"samkraft/sinks/explore/find"
	"samkraft/sinks/tables"
)

func index() *find.Index {
	columns := func(names ...string) (all []tables.Column) {
		for _, n := range names {
			all = append(all, tables.Column{Name: n})
		}
		return all
	}
	return find.New([]tables.Heading{
		{Name: "energy_balance", Columns: columns("country", "muni_code", "year", "carrier_id", "energy_mwh")},
		{Name: "municipality", Columns: columns("country", "muni_code", "name", "area_km2")},
		{Name: "agreement", Columns: columns("agreement_id", "mechanism")},
		{Name: "agreement_member", Columns: columns("agreement_id", "muni_code", "key_weight")},
		{Name: "supply_curve", Columns: columns("measure_id", "step_eur_per_mwh")},
	})
}

func TestFind(t *testing.T) {
	x := index()
	for _, c := range []struct {
		question string
		first    []string
	}{
		{"energy_balance", []string{"energy_balance"}},
		{"ENERGY balance", []string{"energy_balance"}},
		{"avtal", []string{"agreement"}},       // Swedish
		{"Aftaler", []string{"agreement"}},     // Danish
		{"agreements", []string{"agreement"}},  // English
		{"area_km2", []string{"municipality"}}, // a column
		{"agreement key_weight", []string{"agreement_member"}},
		{"", nil},
		{"%_ ' OR 1=1 <script>", nil},
		{"nobodyhassuchaword", nil},
		{"agreement nobodyhassuchaword", nil},
	} {
		var got []string
		for _, h := range x.Find(c.question) {
			got = append(got, h.Table)
		}
		if len(got) < len(c.first) || !slices.Equal(got[:len(c.first)], c.first) || c.first == nil && got != nil {
			t.Errorf("%q finds %q, expected %q first", c.question, got, c.first)
		}
	}
}

// Accents and case make no difference, in either direction.
func TestFindWithoutAccents(t *testing.T) {
	x := index()
	for _, pair := range [][2]string{{"kommun", "KOMMUN"}, {"område", "omrade"}, {"bidrag", "Bidrag"}, {"år", "ar"}, {"na\u0308mn", "nämn"}, {"energibärare", "energibarare"}, {"fördelning", "fordelning"}} {
		a, b := x.Find(pair[0]), x.Find(pair[1])
		if !slices.EqualFunc(a, b, func(a, b find.Hit) bool { return a.Table == b.Table }) {
			t.Errorf("%q finds %v, %q finds %v", pair[0], a, pair[1], b)
		}
	}
	if hits := x.Find("energibarare"); len(hits) == 0 || !slices.Contains(hits[0].Columns, "carrier_id") {
		t.Errorf("energibarare: %v", hits)
	}
}
