package energimyndigheten

import (
	"slices"
	"strings"

	"samkraft/pipeline"
	"samkraft/sources"
)

// pxTable is a table of the database that is read: by municipality and year the
// number of plants and their power.
type pxTable struct {
	dataSet   string
	path      []string // below the service's address
	titled    func(title string) bool
	name      string   // for errors
	variables []string // codes, each needed
	region    string   // the one of municipalities
	classes   string   // the one whose value "Totalt" is taken, or ""
	contents  string   // one that the metadata may have besides, with one value, or ""
	counted   string   // the category of numbers, for errors
	table     pipeline.Table
}

var tables = []pxTable{
	{
		dataSet: pvAnswer, path: []string{"Natanslutna_solcellsanlaggningar", "EN0123_1.px"},
		titled: func(title string) bool { return strings.Contains(strings.ToLower(title), "solcellsanläggningar") }, name: "Nätanslutna solcellsanläggningar, antal och installerad effekt (EN0123_1)",
		variables: []string{"År", "Region", "Effektklass", "Kategori"}, region: "Region", classes: "Effektklass",
		counted: "Solcellsanläggningar, antal", table: pvTable("em_pv"),
	},
	{
		dataSet: windAnswer, path: []string{"Vindkraftsstatistik", "EN0105_4.px"},
		titled: isWindTitle, name: "Vindkraft, antal verk och installerad effekt per kommun (EN0105_4)",
		variables: []string{"År", "Kommun", "Kategori"}, region: "Kommun", contents: "CONTENTS",
		counted: "Antal verk, st", table: windTable,
	},
}

func tableOf(dataSet string) (pxTable, bool) {
	for _, t := range tables {
		if t.dataSet == dataSet {
			return t, true
		}
	}
	return pxTable{}, false
}

// isVariable reports whether the table has, or may have, a variable.
func (t pxTable) isVariable(code string) bool {
	return slices.Contains(t.variables, code) || t.contents != "" && code == t.contents
}

func (t pxTable) expected() string { return strings.Join(t.variables, ", ") }

func pvTable(name string) pipeline.Table {
	return pipeline.Table{
		Name:        name,
		Description: "Grid-connected solar power plants of all sizes in Swedish municipalities at the end of the year.",
		Key:         []string{"country", "muni_code", "year"},
		Columns: []pipeline.Column{
			sources.SwedishCountry, sources.SwedishMuniCode,
			{Name: "year", Kind: pipeline.Integer, Unit: "1", Description: "Year at whose end the plants are counted."},
			{Name: "installations", Kind: pipeline.Integer, Unit: "1", Description: "Plants connected to the grid; empty where secret."},
			sources.Text("installations_status", "What stands behind the number of plants: observed, zero, suppressed (secret)."),
			{Name: "capacity_mw", Kind: pipeline.Decimal3, Unit: "MW", Description: "Installed power of these plants; empty where secret."},
			sources.Text("capacity_status", "What stands behind the installed power: observed, zero, suppressed (secret)."),
		},
	}
}

var windTable = pipeline.Table{
	Name:        "em_wind",
	Description: "Wind turbines in Swedish municipalities at the end of the year. The agency gives no production by municipality.",
	Key:         []string{"country", "muni_code", "year"},
	Columns: []pipeline.Column{
		sources.SwedishCountry, sources.SwedishMuniCode,
		{Name: "year", Kind: pipeline.Integer, Unit: "1", Description: "Year at whose end the turbines are counted."},
		{Name: "turbines", Kind: pipeline.Integer, Unit: "1", Description: "Wind turbines; empty where secret."},
		sources.Text("turbines_status", "What stands behind the number of turbines: observed, zero, suppressed (secret)."),
		{Name: "capacity_mw", Kind: pipeline.Decimal3, Unit: "MW", Description: "Installed power of these turbines; empty where secret."},
		sources.Text("capacity_status", "What stands behind the installed power: observed, zero, suppressed (secret)."),
	},
}
