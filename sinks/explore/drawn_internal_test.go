package explore

import (
	"strings"
	"testing"

	"samkraft/sinks/tables"
)

// TestEnds finds the range of a figure among columns as tables have them.
func TestEnds(t *testing.T) {
	for _, c := range []struct{ columns, figure, want string }{
		{"energy_mwh low_mwh high_mwh published_mwh", "energy_mwh", "low_mwh  high_mwh"},
		{"energy_mwh low_mwh high_mwh published_mwh", "published_mwh", "  "},
		{"gain_eur cost_eur low_eur median_eur high_eur", "gain_eur", "low_eur median_eur high_eur"},
		{"gain_eur cost_eur low_eur median_eur high_eur", "cost_eur", "  "},
		{"gain_eur gain_p10_eur gain_p50_eur gain_p90_eur gain_p10_t", "gain_eur", "gain_p10_eur gain_p50_eur gain_p90_eur"},
		{"low_gain_eur gain_eur high_gain_eur gain_t low_gain_t", "gain_eur", "low_gain_eur  high_gain_eur"},
		{"gain_t low_gain_t", "gain_t", "  "},
		{"saved_mwh saved_low_mwh saved_high_mwh", "saved_mwh", "saved_low_mwh  saved_high_mwh"},
		{"degree_days low_degree_days high_degree_days", "degree_days", "low_degree_days  high_degree_days"},
		{"energy_mwh low_growth_mwh high_growth_mwh", "energy_mwh", "  "},
		{"population low high", "population", "  "},
	} {
		var table tables.Heading
		for _, name := range strings.Fields(c.columns) {
			table.Columns = append(table.Columns, tables.Column{Name: name, Type: "DOUBLE"})
		}
		if e := endsOf(table, c.figure); e.low+" "+e.middle+" "+e.high != c.want {
			t.Errorf("%s of %s: %+v, want %q", c.figure, c.columns, e, c.want)
		}
	}
}
