package query_test

import (
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"samkraft/sinks/query"
)

// TestExhaustion asks for more time, memory or rows than there is. What comes back is an
// Error, and soon: a query that could not be stopped would hold up the test.
func TestExhaustion(t *testing.T) {
	attacks := []string{
		// Time.
		"SELECT count(*) FROM range(10000000) a, range(10000000) b",
		"SELECT count(*) FROM range(1000000) a JOIN range(1000000) b ON a.range <> b.range",
		"SELECT count(*) FROM range(100000) a, range(100000) b WHERE sin(a.range * b.range) > 2",
		"SELECT sum(x.range + y.range) FROM energy_balance, range(100000000) x, range(100000000) y",
		"WITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT x % 7 + 1 FROM t) SELECT max(x) FROM t",
		"WITH RECURSIVE t(x) AS (SELECT 1::HUGEINT UNION SELECT x + 1 FROM t) SELECT max(x) FROM t",
		"WITH RECURSIVE a AS (SELECT 1 AS x UNION ALL SELECT b.x FROM a, (SELECT x FROM a) b) SELECT count(*) FROM a",
		"SELECT count(*) FROM range(1000000000) WHERE md5(range::VARCHAR) = ''",
		"SELECT sum(length(sha256(range::VARCHAR))) FROM range(1000000000)",
		"SELECT count(*) FROM range(100000000) WHERE regexp_matches(range::VARCHAR, '(1|2|3|4)*((5|6)*7)*$')",
		"SELECT count(*) FROM range(100000000) WHERE levenshtein(range::VARCHAR, 'abcdefghijklmnopqrstuvwxyz') = 0",
		"SELECT max(range) OVER (ORDER BY range ROWS BETWEEN 1000000 PRECEDING AND 1000000 FOLLOWING EXCLUDE CURRENT ROW) FROM range(100000000)",
		"SELECT (SELECT max(b.range) FROM range(100000000) b WHERE b.range % (a.range + 1) = 0) FROM range(1000000) a",
		"SELECT list_sort(list(range)) FROM range(1000000000)",
		"SELECT * FROM range(1000000000000) ORDER BY hash(range)",
		// Memory.
		"SELECT a.range, b.range AS b FROM range(1000000000) a, range(1000000000) b",
		"SELECT list(range) FROM range(1000000000)",
		"SELECT string_agg(range::VARCHAR, ',') FROM range(1000000000)",
		"SELECT histogram(range) FROM range(1000000000)",
		"SELECT count(DISTINCT range) FROM range(1000000000)",
		"SELECT median(hash(range)) FROM range(1000000000)",
		"SELECT mode(range) FROM range(1000000000)",
		"SELECT quantile_cont(range, 0.5) FROM range(1000000000)",
		"SELECT range, count(*) FROM range(1000000000) GROUP BY ALL",
		"SELECT count(*) FROM range(100000000) a JOIN range(100000000) b USING (range)",
		"SELECT row_number() OVER (ORDER BY hash(range)) FROM range(1000000000)",
		"SELECT lag(range) OVER (PARTITION BY range % 3 ORDER BY hash(range)) FROM range(1000000000)",
		"WITH a AS MATERIALIZED (SELECT range, md5(range::VARCHAR) AS m FROM range(1000000000)) SELECT count(*) FROM a, a b WHERE a.m < b.m",
		"WITH RECURSIVE t(x) AS (SELECT 'xxxxxxxxxxxxxxxx' UNION ALL SELECT x || x FROM t WHERE length(x) < 100000000) SELECT max(length(x)) FROM t",
		"WITH RECURSIVE t(x) AS (SELECT [1] UNION ALL SELECT x || x FROM t WHERE len(x) < 100000000) SELECT max(len(x)) FROM t",
		"SELECT a.range FROM range(10000000) a UNION SELECT b.range + 10000000 FROM range(1000000000) b",
		"SELECT DISTINCT ON (range) range FROM range(1000000000)",
		"SELECT approx_top_k(range, 999999) FROM range(1000000000)",
		"SELECT array_agg(range ORDER BY hash(range)) FROM range(1000000000)",
		"SELECT map(list(range), list(range)) FROM range(1000000000)",
		"SELECT json_group_array(range) FROM range(1000000000)",
		"PIVOT (SELECT range AS r, 1 AS v FROM range(1000000000)) ON v IN (1, 2) USING list(r)",
	}
	f := newFixture(t)
	s := f.open(t, query.Limits{Memory: "100MB", Threads: 1, Rows: 100, Timeout: 300 * time.Millisecond})
	for i, attack := range attacks {
		if os.Getenv("SAMKRAFT_LONG") == "" && i%6 != 0 {
			continue // the long form tries them all
		}
		out, err := tryAsk(s, attack, "csv")
		var fault *query.Error
		if !errors.As(err, &fault) || fault.Message == "" {
			t.Errorf("%s\nends with %v after %d bytes", attack, err, len(out))
		}
	}
	equal(t, ask(t, s, "SELECT count(*) AS n FROM energy_balance", "csv"), "n\r\n3\r\n")
}

// TestBounded asks for what is large and can be given in part.
func TestBounded(t *testing.T) {
	f := newFixture(t)
	s := f.open(t, query.Limits{Memory: "100MB", Threads: 1, Rows: 100, Timeout: time.Minute})
	for _, large := range []string{
		"FROM range(1000000000000)",
		"SELECT * FROM generate_series(1, 1000000000000)",
		"WITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM t WHERE x < 100000) FROM t",
		"SELECT * FROM range(1000000) LIMIT 1000000",
		"SELECT range FROM range(100000) ORDER BY range DESC",
		"SELECT 1 FROM energy_balance a, energy_balance b, energy_balance c, energy_balance d, energy_balance e, energy_balance f",
		"SELECT * FROM range(1000) -- LIMIT 1",
		"SELECT * FROM range(1000) /* LIMIT 1 */",
		"(((SELECT * FROM range(1000))))",
		"SELECT * FROM range(1000) OFFSET 10",
		"SELECT unnest([range, range]) FROM range(1000)",
	} {
		out, err := tryAsk(s, large, "csv")
		if lines := strings.Count(out, "\n"); err != nil || lines != 101 {
			t.Errorf("%s\ngives %d lines, %v", large, lines, err)
		}
	}
}
