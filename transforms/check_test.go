package transforms

import (
	"fmt"
	"strings"
	"testing"
)

// TestSecretCheck holds C19 to finding what may not be published: a figure of a
// secret cell, bounds of a protected one, and a cell that a sum tells.
func TestSecretCheck(t *testing.T) {
	b := openBuild(t)
	for _, m := range b.models {
		if m.name == "energy_balance" || m.name == "energy_normalised" || m.name == "capacity" {
			if err := b.exec(t.Context(), m.declare...); err != nil {
				t.Fatal(err)
			}
			b.loaded[m.name] = true
		}
	}
	var c19 check
	for _, c := range b.checks {
		if c.id == "C19" {
			c19 = c
		}
	}
	// A sector of three carriers and its total.
	for _, c := range []struct {
		name                string
		first, second, last string // energy, low, high, half_width, status, publishable
		total               string
		want                string
	}{
		{"all printed", "1, 1, 1, 0.05, 'observed', true", "2, 2, 2, 0.05, 'observed', true", "0, 0, 0, 0.05, 'zero', true", "3, 3, 3, 0.05, 'observed', true", ""},
		{"two hidden, one of them estimated", "1, 0, 3, 0.6, 'estimated', true", "NULL, NULL, NULL, NULL, 'suppressed', false", "0, 0, 0, 0.05, 'zero', true", "3, 3, 3, 0.05, 'observed', true", ""},
		{"one hidden, with a secret total", "NULL, NULL, NULL, NULL, 'suppressed', false", "2, 2, 2, 0.05, 'observed', true", "0, 0, 0, 0.05, 'zero', true", "NULL, NULL, NULL, NULL, 'suppressed', false", ""},
		{"one hidden, that the total tells", "NULL, NULL, NULL, NULL, 'suppressed', false", "2, 2, 2, 0.05, 'observed', true", "0, 0, 0, 0.05, 'zero', true", "3, 3, 3, 0.05, 'observed', true", "SE|1380|2020|FINAL|A|IND"},
		{"one estimated, that the total tells", "1, 1, 1, 0.15, 'estimated', true", "2, 2, 2, 0.05, 'observed', true", "0, 0, 0, 0.05, 'zero', true", "3, 3, 3, 0.05, 'observed', true", "SE|1380|2020|FINAL|A|IND"},
		{"a secret figure with a value", "1, NULL, NULL, NULL, 'suppressed', true", "NULL, NULL, NULL, NULL, 'suppressed', false", "0, 0, 0, 0.05, 'zero', true", "3, 3, 3, 0.05, 'observed', true", "SE|1380|2020|FINAL|A|IND|-"},
		{"bounds of what may not be published", "NULL, 0, 3, NULL, 'suppressed', false", "NULL, NULL, NULL, NULL, 'suppressed', false", "0, 0, 0, 0.05, 'zero', true", "3, 3, 3, 0.05, 'observed', true", "SE|1380|2020|FINAL|A|IND|-"},
	} {
		statements := []string{"DELETE FROM energy_balance"}
		for _, f := range []struct{ carrier, values string }{{"A", c.first}, {"B", c.second}, {"C", c.last}, {"TOTAL", c.total}} {
			statements = append(statements, fmt.Sprintf(`INSERT INTO energy_balance (plan, country, muni_code, year, "view", flow, carrier_id, sector_id, plant_id, source_id, energy_mwh, low_mwh, high_mwh, half_width, value_status, publishable)
				VALUES ('p', 'SE', '1380', 2020, 'consumption', 'FINAL', %s, 'IND', '-', 'scb', %s)`, quote(f.carrier), f.values))
		}
		if err := b.exec(t.Context(), statements...); err != nil {
			t.Fatal(err)
		}
		found, err := b.run(t.Context(), c19)
		if err != nil {
			t.Fatal(err)
		}
		var keys []string
		for _, o := range found {
			if o.state == "failed" {
				keys = append(keys, o.rowKey)
			}
		}
		if got := strings.Join(keys, " "); got != c.want {
			t.Errorf("%s: C19 finds %q, want %q", c.name, got, c.want)
		}
	}
}
