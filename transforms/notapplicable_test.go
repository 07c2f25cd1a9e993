package transforms

import (
	"strings"
	"testing"
)

// TestNotApplicable holds the reasons to who has signed what: nothing is said of a
// member whose rows are missing for want of data.
func TestNotApplicable(t *testing.T) {
	b := testBuild(t, weatherPlan(t))
	var step model
	for _, m := range b.models {
		if m.name == "not_applicable" {
			step = m
		}
	}
	for _, table := range []string{"plan.member", "agreement", "agreement_member"} {
		b.loaded[table] = true
	}
	const members = "CREATE OR REPLACE TABLE plan.member AS FROM (VALUES ('DK', '253'), ('DK', '259'), ('SE', '1380')) v(country, muni_code)"
	for _, c := range []struct{ what, agreements, signed, want string }{
		{"all with somebody", "('a', 'resource'), ('b', 'accounting')", "('a', 'DK', '253'), ('a', 'DK', '259'), ('b', 'SE', '1380'), ('b', 'DK', '253')", ""},
		{"one signs nothing, one alone", "('a', 'resource'), ('b', 'resource'), ('c', 'resource')", "('a', 'DK', '253'), ('a', 'SE', '1382'), ('b', 'DK', '259')",
			"agreement_member 1380, allocation 1380, exit_loss 1380, exit_loss 259"},
		{"each alone", "('a', 'resource'), ('b', 'resource'), ('c', 'accounting')", "('a', 'DK', '253'), ('b', 'DK', '259'), ('c', 'SE', '1380')",
			"exit_loss -, exit_loss 1380, exit_loss 253, exit_loss 259"},
		{"nothing for society", "('a', 'accounting'), ('b', 'transfer')", "('a', 'DK', '253'), ('a', 'DK', '259'), ('b', 'SE', '1380'), ('b', 'DK', '253')", "tornado -"},
	} {
		err := b.exec(t.Context(), members, "CREATE OR REPLACE TABLE agreement AS FROM (VALUES "+c.agreements+") v(agreement_id, gain_nature)",
			"CREATE OR REPLACE TABLE agreement_member AS FROM (VALUES "+c.signed+") v(agreement_id, country, muni_code)", "CREATE OR REPLACE TABLE not_applicable AS "+step.query)
		if err != nil {
			t.Fatal(err)
		}
		var got string
		if err := b.conn.QueryRowContext(t.Context(), "SELECT coalesce(string_agg(dataset || ' ' || muni_code, ', ' ORDER BY dataset, muni_code), '') FROM not_applicable").Scan(&got); err != nil {
			t.Fatal(err)
		}
		if got != c.want {
			t.Errorf("%s: %s\nwant %s", c.what, strings.TrimSpace(got), c.want)
		}
	}
}
