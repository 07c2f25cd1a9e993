package query_test

import (
	"fmt"
	"strings"
	"testing"

	"samkraft/sinks/query"
)

// TestSession asks in one engine what is otherwise asked in one each: the answers are the
// same, and what is refused is refused there too.
func TestSession(t *testing.T) {
	f := newFixture(t)
	s := f.open(t, query.Limits{})
	session, err := s.Session(t.Context())
	check(t, err)
	for _, sql := range []string{
		"SELECT * FROM energy_balance ORDER BY ALL",
		"SELECT muni_name FROM municipality ORDER BY 1",
		"SELECT nonsense FROM municipality",
		"SELECT * FROM read_csv('" + f.secret + "')",
		"SELECT * FROM '" + f.secret + "'",
		"SET threads = 2",
		"CREATE TABLE municipality2 AS FROM municipality",
		"SELECT muni_name, energy_mwh FROM energy_balance JOIN municipality USING (muni_code) ORDER BY ALL",
	} {
		alone, apart := s.Query(t.Context(), sql)
		beside, together := session.Query(t.Context(), sql, 2)
		if fmt.Sprint(apart) != fmt.Sprint(together) {
			t.Errorf("%s: %v, alone %v", sql, together, apart)
		}
		if apart != nil || together != nil {
			continue
		}
		equal(t, strings.Join(lines(t, beside, 2), "\n"), strings.Join(lines(t, alone, 2), "\n"))
		check(t, beside.Close())
		check(t, alone.Close())
	}
	many, err := session.Query(t.Context(), "FROM municipality", 2)
	check(t, err)
	if got := lines(t, many, 9); len(got) != 2 || !many.Truncated() {
		t.Errorf("of three rows two can be asked for: %q", got)
	}
	check(t, many.Close())
	check(t, session.Close())
}

// lines are the first rows of a result.
func lines(t *testing.T, r *query.Result, most int) (all []string) {
	t.Helper()
	for row, err := range r.Rows() {
		check(t, err)
		if len(all) < most {
			all = append(all, fmt.Sprint(r.Columns, row))
		}
	}
	return all
}
