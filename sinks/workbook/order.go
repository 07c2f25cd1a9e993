package workbook

import "slices"

// group is a run of sheets that belong together.
type group struct {
	name   string // a key of texts.csv, with group_ before it
	colour string // of the tabs
	tables []string
}

// groups are the tables in the order in which planners look for them.
var groups = []group{
	{"gain", "1B7837", []string{"joint_savings", "agreement_incidence", "allocation", "stability", "coalition_value", "exit_loss", "tornado"}},
	{"members", "2166AC", []string{"member", "municipality", "population", "target", "burden"}},
	{"account", "B35806", []string{"energy_balance", "energy_normalised", "end_use", "electricity_year", "emission", "sector_emission", "stock_emission",
		"heat_demand", "building_stock", "heat_network", "heat_network_input", "heat_network_member", "capacity", "turbine", "turbine_year", "degree_days",
		"scenario", "netting", "hourly", "hourly_balance", "zone_balance", "zone_price", "weather_hourly"}},
	{"potentials", "7FBC41", []string{"renewable_potential", "renewable_supply", "land_ledger", "resource_ledger"}},
	{"measures", "542788", []string{"supply_curve", "measure", "measure_attribution", "measure_catalogue", "own_measure", "own_building"}},
	{"agreements", "C51B7D", []string{"agreement", "agreement_member"}},
	{"reference", "737373", []string{"plan", "source", "extract", "factor", "carrier", "sector", "boundary"}},
	{"quality", "BDBDBD", []string{"completeness", "check_result", "correction", "own_figure", "lineage", "model", "model_input"}},
}

// place is the group of a table, and its place among all. A table that no group names
// is reference.
func place(table string) (g *group, at int) {
	for i := range groups {
		for _, name := range groups[i].tables {
			if name == table {
				return &groups[i], at
			}
			at++
		}
	}
	i := slices.IndexFunc(groups, func(g group) bool { return g.name == "reference" })
	return &groups[i], at
}
