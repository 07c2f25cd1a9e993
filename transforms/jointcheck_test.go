package transforms

import (
	"slices"
	"strings"
	"testing"
)

// TestJointChecks lets the checks of the joint savings' figures look at tables that
// are right, of two members of different size, and then at each fault that they
// are there for.
func TestJointChecks(t *testing.T) {
	b := testBuild(t, weatherPlan(t))
	tables := []string{"joint_savings", "coalition_value", "allocation", "agreement_incidence", "stability", "tornado"}
	for _, m := range b.models {
		if slices.Contains(tables, m.name) {
			if err := b.exec(t.Context(), m.declare...); err != nil {
				t.Fatal(err)
			}
			b.loaded[m.name] = true
		}
	}
	// A gain of 100 EUR (60 to 160), of which Køge gets two thirds.
	err := b.exec(t.Context(),
		`INSERT INTO joint_savings BY NAME SELECT 'p' AS plan, 'PLAN' AS scenario_id, unnest(['a', 'ALL']) AS agreement_id, 500 AS alone_eur, 400 AS joint_eur, 100 AS gain_eur, 60 AS gain_p10_eur, 110 AS gain_p50_eur, 160 AS gain_p90_eur,
			7 AS gain_t, 5 AS gain_p10_t, 5 AS gain_p50_t, 9 AS gain_p90_t, 'shapley' AS recommended_rule, 200 AS n_draws`,
		"UPDATE joint_savings SET good_neighbour_ok = true WHERE agreement_id = 'ALL'",
		`INSERT INTO coalition_value BY NAME SELECT 'p' AS plan, 'PLAN' AS scenario_id, 'a' AS agreement_id, m AS coalition_mask, if(m = 3, 60, 0) AS gain_p10_eur, if(m = 3, 110, 0) AS gain_p50_eur, if(m = 3, 160, 0) AS gain_p90_eur
			FROM (SELECT unnest([1, 2, 3]) AS m)`,
		`CREATE TABLE part AS FROM (VALUES ('DK', '336', 33.33, 20, 36.67, 53.33), ('DK', '259', 66.67, 40, 73.33, 106.67)) v(country, muni_code, gain_eur, low_eur, median_eur, high_eur)`,
		`INSERT INTO allocation BY NAME SELECT 'p' AS plan, 'PLAN' AS scenario_id, agreement_id, 'shapley' AS rule, true AS in_core, part.* FROM part, (SELECT unnest(['a', 'ALL']) AS agreement_id)`,
		`INSERT INTO agreement_incidence BY NAME SELECT 'p' AS plan, 'PLAN' AS scenario_id, agreement_id, false AS loses, part.* FROM part, (SELECT unnest(['a', 'ALL']) AS agreement_id)`,
		`INSERT INTO stability BY NAME SELECT 'p' AS plan, 'PLAN' AS scenario_id, unnest(['a', 'ALL']) AS agreement_id, 'eur' AS game, 'shapley' AS rule, true AS efficient, true AS in_core, -0.3333 AS max_excess_share, -33.33 AS max_excess_eur,
			-0.5 AS least_core_low_share, -50 AS least_core_eur, true AS superadditive, true AS convex`,
		`INSERT INTO tornado BY NAME SELECT 'p' AS plan, 'PLAN' AS scenario_id, param_id, country, muni_code, low AS low_gain_eur, gain AS gain_eur, high AS high_gain_eur, swing AS swing_eur
			FROM (VALUES ('line', '-', '-', 80, 100, 125, 45), ('line', 'DK', '336', 26.67, 33.33, 41.66, 14.99), ('line', 'DK', '259', 53.33, 66.67, 83.34, 30.01),
				('peak', '-', '-', 90, 100, 90, 10), ('peak', 'DK', '336', 30, 33.33, 30, 3.33), ('peak', 'DK', '259', 60, 66.67, 60, 6.67)) v(param_id, country, muni_code, low, gain, high, swing)`)
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range tables {
		if err := b.exec(t.Context(), "CREATE TABLE good_"+table+" AS FROM "+table); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct{ fault, sql, want string }{
		{"none", "SELECT 1", ""},
		{"a median above the 90th percentile", "UPDATE joint_savings SET gain_p50_eur = 161 WHERE agreement_id = 'a'", "C14b joint_savings|a|eur"},
		{"a 10th percentile above the median", "UPDATE joint_savings SET gain_p10_t = 6 WHERE agreement_id = 'ALL'", "C14b joint_savings|ALL|t"},
		{"no median between two others", "UPDATE joint_savings SET gain_p10_mwh = 1, gain_p90_mwh = 2 WHERE agreement_id = 'a'", "C14b joint_savings|a|mwh"},
		{"a group's", "UPDATE coalition_value SET gain_p10_eur = 111 WHERE coalition_mask = 3", "C14b coalition_value|a|3"},
		{"a member's", "UPDATE allocation SET median_eur = 19 WHERE agreement_id = 'a' AND muni_code = '336'", "C14b allocation|a|shapley|DK|336"},
		{"a member's under the key", "UPDATE agreement_incidence SET high_eur = NULL WHERE agreement_id = 'ALL' AND muni_code = '259'", "C14b agreement_incidence|ALL|DK|259"},
		{"nothing drawn", "UPDATE joint_savings SET n_draws = NULL, gain_p10_eur = 1000", ""},
		{"a group that is named though it gains nothing alone", "UPDATE stability SET blocking_members = 'Stevns' WHERE agreement_id = 'a'", "C14c a|eur|shapley"},
		{"somebody could, and nobody complains", "UPDATE stability SET in_core = false, blocking_members = 'Stevns' WHERE agreement_id = 'a'; UPDATE joint_savings SET recommended_rule = 'nucleolus'" +
			" WHERE agreement_id = 'a'; UPDATE allocation SET in_core = false WHERE agreement_id = 'a'", "C14c a|eur|shapley"},
		{"better than the best", "UPDATE stability SET max_excess_share = -0.6, max_excess_eur = -60 WHERE agreement_id = 'ALL'", "C14c ALL|eur|shapley"},
		{"convex alone", "UPDATE stability SET superadditive = false WHERE agreement_id = 'a'", "C14c a|eur|shapley"},
		{"a part that is lost", "UPDATE stability SET efficient = false WHERE agreement_id = 'a'", "C14c a|eur|shapley"},
		{"allocation has another certificate", "UPDATE allocation SET in_core = false WHERE agreement_id = 'a'", "C14c a|eur|shapley"},
		{"another is recommended", "UPDATE joint_savings SET recommended_rule = 'nucleolus' WHERE agreement_id = 'a'", "C14c a"},
		{"a cent between alone and joint", "UPDATE joint_savings SET joint_eur = 400.01 WHERE agreement_id = 'a'", "C14c a"},
		{"a good neighbour that loses", "UPDATE agreement_incidence SET loses = true WHERE agreement_id = 'ALL' AND muni_code = '336'", "C14c ALL"},
		{"a cent less for the members", "UPDATE tornado SET low_gain_eur = 26.66, swing_eur = 15 WHERE param_id = 'line' AND muni_code = '336'", "C15b line"},
		{"another base", "UPDATE tornado SET gain_eur = 100.01 WHERE param_id = 'line' AND country = '-'; UPDATE tornado SET gain_eur = 66.68 WHERE param_id = 'line' AND muni_code = '259'", "C15b line"},
		{"a swing from end to end", "UPDATE tornado SET swing_eur = 0 WHERE param_id = 'peak' AND country = '-'", "C15b peak|-|-"},
		{"a member's key is unknown", "UPDATE tornado SET low_gain_eur = NULL, gain_eur = NULL, high_gain_eur = NULL, swing_eur = NULL WHERE country <> '-'", ""},
	} {
		for _, table := range tables {
			if err := b.exec(t.Context(), "DELETE FROM "+table, "INSERT INTO "+table+" FROM good_"+table); err != nil {
				t.Fatal(err)
			}
		}
		if err := b.exec(t.Context(), c.sql); err != nil {
			t.Fatal(err)
		}
		if got := outcomes(t, b, []string{"C14b", "C14c", "C15b"}, rowsOf); got != c.want {
			t.Errorf("%s: found %q, want %q", c.fault, got, c.want)
		}
	}
}

// rowsOf says which rows a check finds.
func rowsOf(c check, found []offence) string {
	var rows []string
	for _, o := range found {
		if o.state == "failed" {
			rows = append(rows, c.id+" "+o.rowKey)
		}
	}
	return strings.Join(rows, ", ")
}
