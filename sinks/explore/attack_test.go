package explore_test

import (
	"fmt"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"samkraft/sinks/explore"
)

// TestAttacks asks over HTTP what sinks/query refuses, and what only an address can do.
// Whatever comes back tells no secret and no place on this machine.
func TestAttacks(t *testing.T) {
	server, root := servedWithin(t, 5*time.Second)
	table := filepath.Join(root, "snapshots", plan, snapshot, "energy_balance.parquet")
	paths := strings.NewReplacer("{secret}", filepath.Join(root, "secret.csv"), "{root}", root, "{table}", table)
	for _, attack := range []string{
		// Files.
		"SELECT * FROM '{secret}'", "SELECT * FROM read_csv('{secret}')", "SELECT content FROM read_text('{secret}')", "SELECT content FROM read_blob('{root}/*')",
		"SELECT * FROM glob('{root}/**')", "SELECT * FROM glob('/etc/*')", "SELECT * FROM parquet_metadata('{table}')", "SELECT * FROM parquet_file_metadata('{table}')",
		"SELECT * FROM parquet_kv_metadata('{table}')", "SELECT * FROM parquet_bloom_probe('{table}', 'year', 1)", "SELECT * FROM read_parquet('{table}', filename = true)",
		"SELECT filename FROM energy_balance", "SELECT file_index FROM energy_balance", "SELECT rowid FROM duckdb_views()", "FROM '/proc/self/environ'", "FROM read_text('/proc/self/cmdline')", "FROM read_csv('/dev/stdin')",
		"SELECT * FROM 'file://{secret}'", "SELECT * FROM '{root}/snapshots/../secret.csv'", "SELECT * FROM \"{secret}\"", "SELECT * FROM $${secret}$$",
		"SELECT * FROM energy_balance UNION ALL BY NAME SELECT * FROM '{secret}'", "SELECT * FROM energy_balance POSITIONAL JOIN '{secret}'", "SELECT * FROM energy_balance ASOF JOIN '{secret}' USING (year)",
		"SELECT [x FOR x IN (SELECT list(word) FROM '{secret}')]", "SELECT CASE WHEN true THEN (SELECT word FROM '{secret}') END", "SELECT 1 IN (SELECT word FROM '{secret}')", "SELECT ARRAY(SELECT word FROM '{secret}')",
		"SELECT 1 LIMIT (SELECT count(*) FROM '{secret}')", "SELECT 1 QUALIFY (SELECT true FROM '{secret}')", "SELECT * FROM energy_balance TABLESAMPLE 10% WHERE EXISTS (FROM '{secret}')",
		// The network.
		"FROM 'https://127.0.0.1:1/x.parquet'", "FROM read_csv('http://169.254.169.254/latest/meta-data/')", "FROM 's3://bucket/x'", "FROM 'hf://datasets/x'", "FROM read_json('ftp://x/y')",
		// Writing.
		"COPY (SELECT 1) TO '{root}/new.csv'", "EXPORT DATABASE '{root}/new'", "CREATE TABLE x AS SELECT 1", "INSERT INTO plan VALUES (1)", "UPDATE plan SET plan = 1", "DELETE FROM plan", "TRUNCATE plan", "ALTER TABLE plan RENAME TO x", "DROP VIEW plan",
		"CREATE MACRO f() AS 1", "CREATE TYPE t AS ENUM ('a')", "CREATE SEQUENCE s", "CREATE SCHEMA s", "COMMENT ON TABLE plan IS 'x'", "MERGE INTO plan USING plan ON true WHEN MATCHED THEN DELETE",
		// The engine.
		"SET memory_limit = '100GB'", "SET GLOBAL threads = 64", "RESET ALL", "PRAGMA database_list", "PRAGMA version", "PRAGMA show_tables", "CALL pragma_database_size()", "LOAD httpfs", "INSTALL httpfs FROM community", "UPDATE EXTENSIONS",
		"ATTACH ':memory:' AS x", "DETACH memory", "USE system", "EXPLAIN ANALYZE SELECT 1", "EXPLAIN SELECT 1", "PREPARE p AS SELECT 1", "EXECUTE p", "DEALLOCATE p", "VACUUM", "CHECKPOINT", "BEGIN", "COMMIT",
		"SELECT current_setting('allowed_paths')", "SELECT getenv('HOME')", "SELECT * FROM duckdb_settings()", "SELECT * FROM duckdb_secrets()", "SELECT * FROM duckdb_views()", "SELECT * FROM duckdb_databases()", "SELECT * FROM duckdb_temporary_files()",
		"SELECT * FROM duckdb_memory()", "SELECT * FROM duckdb_log_contexts()", "SELECT * FROM duckdb_logs", "SELECT * FROM duckdb_connection_count()", "SELECT * FROM pg_catalog.pg_tables", "SELECT * FROM information_schema.tables", "SELECT * FROM sqlite_master", "SHOW ALL TABLES",
		"SELECT * FROM query('FROM plan')", "SELECT * FROM query_table('plan')", "SELECT * FROM test_all_types()", "SELECT * FROM repeat_row(1, num_rows := 1000000000000)", "SELECT * FROM summary(TABLE plan)", "SELECT * FROM enable_logging()",
		// Several statements, comments, encodings.
		"SELECT 1; SELECT 2", "SELECT 1;;SELECT 2", "SELECT 1 /* */; COPY plan TO '{root}/x'", "SELECT 1 --\n; COPY plan TO '{root}/x'", "SELECT 1) UNION (FROM '{secret}'", "SELECT '\x00'", "SELECT '\xff\xfe'", "\ufeffCOPY plan TO '{root}/x'",
		"SELECT 1；COPY plan TO '{root}/x'", "ＳＥＬＥＣＴ 1", "SELECT\u2028* FROM '{secret}'", "SELECT * FROM \u201c{secret}\u201d", "SELECT * FROM re\u200bad_csv('{secret}')", "SELECT * FROM U&\"\\0070lan\"", "/*!SELECT*/ 1", "#\nSELECT 1", "SELECT 1 \\; SELECT 2", "SELECT $1", "SELECT ?", "SELECT :x",
		// Size.
		"SELECT repeat('x', 1000000000)", "SELECT lpad('x', 1000000000, 'x')", "SELECT format('{:>1000000000}', 'x')", "SELECT printf('%1000000000d', 1)", "SELECT list_aggregate(range(1000000000), 'sum')", "SELECT list_resize([1], 1000000000)", "SELECT bitstring('1', 1000000000)",
		"SELECT generate_series(1, 1000000000)", "SELECT 1" + strings.Repeat("0", 2900) + "e999", "SELECT " + strings.Repeat("-", 2800) + "1",
		"SELECT sleep_ms(100000)", "SELECT count(*) FROM range(10000000) a, range(10000000) b, range(10000000) c",
		"WITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT 1 FROM t) SELECT count(*) FROM t", "SELECT '" + strings.Repeat("x", 4000) + "'",
	} {
		text := paths.Replace(attack)
		answer, page := ask(t, server, asking(text))
		switch d := parse(t, page); {
		case answer.StatusCode < 400 || answer.StatusCode >= 500:
			t.Errorf("%.120s\nis answered with %s: %.300s", attack, answer.Status, grid(d))
		case d.Find("[role=alert]").Length() == 0 || d.Find("main table").Length() != 0:
			t.Errorf("%.120s\nhas no reason", attack)
		case strings.Contains(page, secret):
			t.Errorf("%.120s\nshows the secret", attack)
		case strings.Contains(d.Find("[role=alert]").Text(), root) && !strings.Contains(text, root):
			t.Errorf("%.120s\ntells where it is: %s", attack, d.Find("[role=alert]").Text())
		}
	}
	if _, text := ask(t, server, asking("SELECT count(*) AS n FROM energy_balance")+"&format=csv"); text != "n\r\n4\r\n" {
		t.Errorf("afterwards: %q", text)
	}
}

// Nothing of an address, a value or a name becomes markup.
func TestMarkup(t *testing.T) {
	server, _ := served(t)
	const mark = `"><script>alert(1)</script><img src=x onerror=alert(2)>'--`
	for _, address := range []string{
		balance, balance + "?by=note", balance + "?by=note&how=max&of=share", balance + "?is.note=" + url.QueryEscape(mark), balance + "?by=" + url.QueryEscape(mark), balance + "?is." + url.QueryEscape(mark) + "=1",
		balance + "?min.year=" + url.QueryEscape(mark), balance + "?sort=" + url.QueryEscape(mark), balance + "?x=" + url.QueryEscape(mark), balance + "?format=" + url.QueryEscape(mark), "/south/da/explore/?q=" + url.QueryEscape(mark),
		asking("SELECT '" + strings.ReplaceAll(mark, "'", "''") + "' AS \"" + strings.ReplaceAll(mark, `"`, `""`) + `"`), asking("SELECT note FROM energy_balance"), asking(mark), asking("</textarea>" + mark), asking(`SELECT "` + strings.ReplaceAll(mark, `"`, `""`) + `" FROM plan`),
		asking("SELECT 'javascript:alert(1)' AS x"), "/south/en/query?sql=SELECT+1&format=" + url.QueryEscape(mark),
	} {
		_, text := ask(t, server, address)
		d := parse(t, text)
		if d.Find("script, img, iframe, object, embed, base, style, [onerror], [onload], [style]:not(svg *)").Length() != 0 {
			t.Errorf("%s has markup of its own", address)
		}
		d.Find("[href], [action], [src]").Each(func(_ int, s *goquery.Selection) {
			for _, name := range []string{"href", "action", "src"} {
				if at, ok := s.Attr(name); ok && !strings.HasPrefix(at, "/") && !strings.HasPrefix(at, "?") && !strings.HasPrefix(at, "#") && !strings.HasPrefix(at, "../") {
					t.Errorf("%s leads to %q", address, at)
				}
			}
		})
	}
}

// No address leads to another plan, snapshot, table or file.
func TestPlaces(t *testing.T) {
	server, _ := served(t)
	for _, address := range []string{
		"/north/en/query", "/south/fr/query", "/south/en/query/", "/south/en/explore/none", "/south/en/explore/energy_balance.parquet", "/south/en/explore/ENERGY_BALANCE", "/south/en/explore/..%2fplan", "/south/en/explore/..%2f..%2fsecret.csv",
		"/south/en/explore/%2e%2e", "/south/en/explore/plan%00", "/south/en/explore/plan/", "/south/en/explore", "/..%2fsouth/en/query", "/%2e%2e/en/query", "/latest/en/query", "//en/query", "/south//query", "/south/en/explore/%22", "/south/en/explore/plan%3b",
		"/south/en/query?snapshot=latest", "/south/en/query?snapshot=..", "/south/en/query?snapshot=..%2f" + snapshot, "/south/en/query?snapshot=0000000000000000", "/south/en/query?snapshot=" + snapshot + "%2f.", "/south/en/explore/plan?snapshot=%2e", "/south/en/explore/?snapshot=/etc",
	} {
		r, err := http.NewRequest("GET", server.URL, nil)
		check(t, err)
		path, query, _ := strings.Cut(address, "?")
		r.URL.Opaque, r.URL.RawQuery = "//"+r.URL.Host+path, query
		answer, err := server.Client().Do(r)
		check(t, err)
		answer.Body.Close()
		if answer.StatusCode != 404 {
			t.Errorf("%s: %s", address, answer.Status)
		}
	}
	for _, method := range []string{"POST", "PUT", "DELETE", "OPTIONS"} {
		r, err := http.NewRequest(method, server.URL+"/south/en/query?sql=SELECT+1", nil)
		check(t, err)
		answer, err := server.Client().Do(r)
		check(t, err)
		answer.Body.Close()
		if answer.StatusCode != 405 {
			t.Errorf("%s: %s", method, answer.Status)
		}
	}
	for path, mine := range map[string]bool{"/south/en/query": true, "/south/da/explore/": true, "/south/sv/explore/x": true, "/explore.css": true, "/south/en/index.html": false, "/": false, "/snapshots/en/query": true, "/south/en/explore": false} {
		if explore.Serves(path) != mine {
			t.Errorf("%s: %v", path, !mine)
		}
	}
	if answer, _ := ask(t, server, fmt.Sprintf("/south/en/query?snapshot=%s", snapshot)); answer.StatusCode != 200 {
		t.Errorf("a snapshot by its id: %s", answer.Status)
	}
}
