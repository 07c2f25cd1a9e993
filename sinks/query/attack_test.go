package query_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"samkraft/sinks/query"
)

// TestAttacks tries to read, write or learn what a query has no business with.
// {secret}, {root} and {table} stand for paths. Whatever comes back, nothing on the
// disk may have changed, and neither the secret nor a path may be in the answer.
func TestAttacks(t *testing.T) {
	attacks := []string{
		// Reading files.
		"SELECT * FROM '{secret}'",
		`SELECT * FROM "{secret}"`,
		"FROM '{secret}'",
		"TABLE '{secret}'",
		"SELECT * FROM read_csv('{secret}')",
		"SELECT * FROM read_csv_auto('{secret}')",
		"SELECT * FROM READ_CSV('{secret}')",
		`SELECT * FROM "read_csv"('{secret}')`,
		"SELECT * FROM main.read_csv('{secret}')",
		"SELECT * FROM system.main.read_text('{secret}')",
		"SELECT content FROM read_text('{secret}')",
		"SELECT content FROM read_blob('{secret}')",
		"SELECT * FROM read_json('{secret}')",
		"SELECT * FROM read_ndjson_objects('{secret}')",
		"SELECT * FROM sniff_csv('{secret}')",
		"SELECT * FROM glob('{root}/*')",
		"SELECT * FROM read_parquet('{table}')",
		"SELECT filename FROM parquet_scan('{table}', filename=true)",
		"SELECT * FROM '{table}'",
		"SELECT filename FROM energy_balance",
		"SELECT file_row_number FROM energy_balance",
		"SELECT file_name FROM parquet_metadata('{table}')",
		"SELECT * FROM parquet_schema('{table}')",
		"SELECT * FROM parquet_kv_metadata('{table}')",
		"SELECT * FROM read_duckdb('{secret}')",
		"SELECT * FROM read_csv('https://example.org/x.csv')",
		"SELECT * FROM 's3://bucket/x.parquet'",
		"SELECT (SELECT word FROM read_csv('{secret}'))",
		"SELECT * FROM energy_balance WHERE EXISTS (SELECT * FROM read_csv('{secret}'))",
		"WITH a AS (SELECT * FROM read_csv('{secret}')) SELECT * FROM a",
		"WITH RECURSIVE a AS (SELECT word FROM read_csv('{secret}') UNION ALL SELECT word FROM a) SELECT * FROM a",
		"SELECT list_transform([1], lambda x: (SELECT word FROM read_csv('{secret}')))",
		"SELECT 1 ORDER BY (SELECT word FROM read_csv('{secret}'))",
		"SELECT * FROM (DESCRIBE SELECT * FROM read_csv('{secret}'))",
		"SUMMARIZE SELECT * FROM read_csv('{secret}')",
		"SUMMARIZE '{secret}'",
		"PIVOT '{secret}' ON word USING count(*)",
		"FROM (PIVOT '{secret}' ON word IN ('a') USING count(*))",
		"UNPIVOT '{secret}' ON word",
		"SELECT * FROM energy_balance SEMI JOIN '{secret}' ON true",
		"SELECT * FROM energy_balance, LATERAL (SELECT * FROM '{secret}')",
		"VALUES ((SELECT word FROM '{secret}'))",
		"SELECT 1 UNION ALL SELECT word FROM '{secret}'",
		`WITH "{secret}" AS (SELECT 1) SELECT * FROM "{secret}", (SELECT * FROM main."{secret}")`,
		`SELECT * FROM (WITH "{secret}" AS (SELECT 1) SELECT 1), "{secret}"`,
		`SELECT * FROM (WITH "{table}" AS (SELECT 1) SELECT 1), "{table}"`,
		// SQL inside of text.
		"SELECT * FROM query('SELECT * FROM read_csv(''{secret}'')')",
		"SELECT * FROM query_table('{secret}')",
		"SELECT * FROM query_table(['{secret}'])",
		"SELECT * FROM json_execute_serialized_sql(json_serialize_sql('SELECT * FROM read_csv(''{secret}'')'))",
		"SELECT json_serialize_plan('SELECT * FROM energy_balance')",
		"SELECT * FROM histogram_values('{secret}', word)",
		"SELECT * FROM histogram('{secret}', word)",
		"SELECT * FROM seq_scan('{secret}')",
		"SELECT * FROM sql_auto_complete('SELECT * FROM ''{root}/')",
		// Writing.
		"COPY (SELECT 1) TO '{root}/new.csv'",
		"COPY energy_balance TO '{table}'",
		"EXPLAIN ANALYZE COPY (SELECT 1) TO '{root}/new.csv'",
		"EXPLAIN ANALYZE COPY (SELECT 1) TO '{table}'",
		"EXPLAIN SELECT 1",
		"EXPORT DATABASE '{root}/export'",
		"ATTACH '{root}/new.duckdb'",
		"ATTACH '{table}' AS x",
		"CREATE TABLE x AS SELECT 1",
		"CREATE VIEW x AS SELECT 1",
		"CREATE OR REPLACE MACRO abs(x) AS 1",
		"CREATE SECRET s (TYPE s3)",
		"INSERT INTO energy_balance SELECT * FROM energy_balance",
		"DELETE FROM energy_balance",
		"DROP VIEW energy_balance",
		"SELECT 1 INTO x",
		"WITH x AS (INSERT INTO energy_balance VALUES (1) RETURNING *) SELECT * FROM x",
		"WITH x AS (DELETE FROM energy_balance RETURNING *) SELECT * FROM x",
		"WITH x AS (COPY (SELECT 1) TO '{root}/new.csv') SELECT * FROM x",
		"SELECT (COPY (SELECT 1) TO '{root}/new.csv')",
		"SELECT write_log('{secret}', level := 'error')",
		"PREPARE p AS COPY (SELECT 1) TO '{root}/new.csv'",
		"EXECUTE p",
		"CHECKPOINT", "VACUUM", "BEGIN", "EXPORT DATABASE '{root}'", "IMPORT DATABASE '{root}'",
		// Changing the engine.
		"SET enable_external_access = true",
		"SET memory_limit = '100GB'",
		"SET VARIABLE x = 1",
		"RESET lock_configuration",
		"PRAGMA enable_profiling",
		"PRAGMA table_info('energy_balance')",
		"INSTALL httpfs", "LOAD httpfs", "FORCE INSTALL httpfs", "LOAD '{secret}'",
		"CALL enable_logging()",
		"CALL enable_logging(storage := 'file', storage_path := '{root}')",
		"SELECT * FROM enable_logging(storage := 'file', storage_path := '{root}')",
		"CALL pragma_version()",
		"SELECT * FROM enable_logging(storage_path := '{root}')",
		"SELECT * FROM enable_profiling()",
		"SELECT * FROM checkpoint()",
		"USE memory",
		// Learning about the engine and this machine.
		"SELECT sql FROM duckdb_views()",
		"SELECT sql FROM duckdb_views",
		"SELECT sql FROM sqlite_master",
		"SELECT * FROM information_schema.views",
		"SELECT definition FROM pg_views",
		"SELECT definition FROM pg_catalog.pg_views",
		"SELECT * FROM system.information_schema.tables",
		"WITH duckdb_views AS (SELECT 1) SELECT * FROM duckdb_views",
		"SELECT * FROM duckdb_views, (WITH duckdb_views AS (SELECT 1) SELECT * FROM duckdb_views)",
		"WITH duckdb_views AS (SELECT sql FROM duckdb_views) SELECT * FROM duckdb_views",
		"SELECT * FROM duckdb_settings()",
		"SELECT current_setting('allowed_paths')",
		"SELECT main.current_setting('allowed_paths')",
		"SELECT ('allowed_paths').current_setting()",
		"SELECT CURRENT_SETTING('allowed_paths')",
		"SELECT pg_get_viewdef(0)",
		"SELECT getenv('HOME')",
		"SELECT getvariable('x')",
		"SELECT list_transform(['allowed_paths'], lambda x: current_setting(x))",
		"SELECT list_transform(['allowed_paths'], x -> current_setting(x))",
		"SELECT * FROM energy_balance ORDER BY current_setting('allowed_paths')",
		"SELECT max(1) FILTER (current_setting('allowed_paths') IS NULL)",
		"SELECT sum(1) OVER (ORDER BY current_setting('allowed_paths'))",
		"SELECT * REPLACE (current_setting('allowed_paths') AS note) FROM energy_balance",
		"SELECT * FROM range(len(current_setting('allowed_paths')))",
		"SELECT * FROM duckdb_secrets()", "SELECT * FROM which_secret('s3://x', 's3')",
		"SELECT * FROM duckdb_external_file_cache()",
		"SELECT * FROM duckdb_functions()", "SELECT * FROM pragma_user_agent()",
		"SHOW TABLES", "SHOW ALL TABLES", "SHOW DATABASES", "SHOW VARIABLES",
		// Several statements, and texts that are read in two ways.
		"SELECT 1; SELECT 2",
		"SELECT 1; COPY (SELECT 1) TO '{root}/new.csv'",
		"COPY (SELECT 1) TO '{root}/new.csv'; SELECT 1",
		"SELECT 1) TO '{root}/new.csv'; --",
		"SELECT 1) UNION ALL (SELECT word FROM '{secret}'",
		"SELECT 1) x; COPY (SELECT 1) TO '{root}/new.csv'; SELECT * FROM (SELECT 1",
		"SELECT 1 /*; */; COPY (SELECT 1) TO '{root}/new.csv'",
		"SELECT E'\\';' || '; COPY (SELECT 1) TO ''{root}/new.csv''' ; COPY (SELECT 1) TO '{root}/new.csv'",
		"SELECT $$;$$; COPY (SELECT 1) TO '{root}/new.csv'",
		"SELECT 1 \x00 ; COPY (SELECT 1) TO '{root}/new.csv'",
		"SELECT '\xff'",
		"SELECT ?", "SELECT $1", "SELECT $name",
		"", ";", "-- nothing", "/* nothing */;",
		// Too large, too deep.
		"SELECT repeat('x', 1000000000)",
		"SELECT ('x').repeat(1000000000)",
		"SELECT lpad('x', 1000000000, 'y')",
		"SELECT rpad('x', 1000 * 1000000, 'y')",
		"SELECT len(range(10000000000))",
		"SELECT unnest(generate_series(1, 10000000000))",
		"SELECT * FROM unnest(range(10000000000))",
		"SELECT list_resize([1], 10000000000)",
		"SELECT format('{:1000000000}', 1)", "SELECT format('{:{}}', 1, 1000000000)", "SELECT printf('%*d', 1000000000, 1)",
		"SELECT format(note, 1) FROM energy_balance",
		"SELECT sleep_ms(100000000)", "SELECT pg_sleep(100000)",
		"SELECT " + strings.Repeat("(", 20000) + "1" + strings.Repeat(")", 20000),
		"SELECT " + strings.Repeat("[", 20000) + strings.Repeat("]", 20000),
		"SELECT 1" + strings.Repeat("+1", 20000),
		strings.Repeat("SELECT * FROM (", 4000) + "SELECT 1" + strings.Repeat(")", 4000),
		"SELECT '" + strings.Repeat("x", 70000) + "'",
	}
	f := newFixture(t)
	s := f.open(t, query.Limits{Memory: "200MB"})
	working, err := os.Getwd()
	check(t, err)
	here := listFolder(t, working)
	before := f.files(t)
	paths := strings.NewReplacer("{secret}", f.secret, "{root}", f.root, "{table}", filepath.Join(f.folder, "energy_balance.parquet"))
	for _, attack := range attacks {
		text := paths.Replace(attack)
		if len(attack) > 120 {
			attack = attack[:120]
		}
		out, err := tryAsk(s, text, "json")
		var fault *query.Error
		switch {
		case err == nil:
			t.Errorf("%s\nwas answered: %.300s", attack, out)
		case !errors.As(err, &fault) || fault.Message == "":
			t.Errorf("%s\nis not an Error with a message: %v", attack, err)
		case strings.Contains(err.Error(), f.folder) && !strings.Contains(text, f.folder):
			t.Errorf("%s\ntells the folder: %v", attack, err)
		}
		if strings.Contains(out, secret) || err != nil && strings.Contains(err.Error(), secret) {
			t.Errorf("%s\nshows the secret", attack)
		}
		if f.files(t) != before {
			t.Fatalf("%s\nchanged the disk", attack)
		}
	}
	equal(t, listFolder(t, working), here)
	equal(t, ask(t, s, "SELECT count(*) AS n FROM energy_balance", "csv"), "n\r\n3\r\n")
}

func listFolder(t *testing.T, folder string) string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	check(t, err)
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return strings.Join(names, "\n")
}
