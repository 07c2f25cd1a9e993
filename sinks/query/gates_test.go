package query

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// TestLockedEngine tries the engine behind the guard: if the guard let a
// statement through, the lock has to hold. (It does not hold against
// enable_logging, which ends the whole process when it may not write its file:
// the guard alone stops that one.)
func TestLockedEngine(t *testing.T) {
	ctx := context.Background()
	root := t.TempDir()
	secret := filepath.Join(root, "secret.csv")
	if err := os.WriteFile(secret, []byte("word\nhidden\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	// A folder whose name is a pattern must not open other folders.
	folder := filepath.Join(root, "a[b]c*")
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(folder, "x.parquet")
	e, err := openEngine(ctx, Default())
	if err != nil {
		t.Fatal(err)
	}
	defer e.close()
	if err := e.exec(ctx, "COPY (SELECT 42 AS n) TO "+Literal(file)+" (FORMAT parquet)"); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(e.see(ctx, []table{{"x", file}}), e.lock(ctx, []table{{"x", file}})); err != nil {
		t.Fatal(err)
	}
	var n int
	if err := e.conn.QueryRowContext(ctx, "SELECT n FROM x").Scan(&n); err != nil || n != 42 {
		t.Fatalf("the view gives %d, %v", n, err)
	}
	for _, attack := range []string{
		"SELECT * FROM read_csv(" + Literal(secret) + ")",
		"SELECT * FROM " + Literal(secret),
		"SELECT * FROM read_text(" + Literal(file+"/../../secret.csv") + ")",
		"SELECT * FROM read_blob(" + Literal(root+"/*") + ")",
		"SELECT * FROM glob(" + Literal(root+"/*") + ")",
		"COPY x TO " + Literal(filepath.Join(root, "new.csv")),
		"COPY x TO " + Literal(filepath.Join(folder, "y.parquet")),
		"EXPORT DATABASE " + Literal(filepath.Join(root, "export")),
		"ATTACH " + Literal(filepath.Join(root, "new.duckdb")),
		"INSTALL httpfs", "LOAD httpfs",
		"SELECT * FROM 's3://bucket/x.parquet'",
		"SET enable_external_access = true",
		"SET allowed_directories = ['/']",
		"SET GLOBAL allowed_paths = ['/']",
		"SET temp_directory = " + Literal(root),
		"SET lock_configuration = false",
		"RESET lock_configuration",
		"SET memory_limit = '100GB'",
		"SET threads = 64",
		"SET profiling_output = " + Literal(filepath.Join(root, "profile.json")),
		"CREATE PERSISTENT SECRET s (TYPE http)",
	} {
		rows, err := e.conn.QueryContext(ctx, attack)
		if err == nil {
			rows.Close()
			t.Errorf("%s was done", attack)
		}
	}
	var found []string
	for _, f := range []string{root, folder} {
		entries, err := os.ReadDir(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, entry := range entries {
			found = append(found, entry.Name())
		}
	}
	if want := []string{"a[b]c*", "secret.csv", "x.parquet"}; !slices.Equal(found, want) {
		t.Errorf("on the disk are %q", found)
	}
}

// harmless are the functions whose result depends on more than their arguments
// and that a query may call all the same. A new version of DuckDB with another
// such function fails here, so that somebody decides about it.
var harmless = []string{
	"current_database", "current_date", "current_schema", "error", "gen_random_uuid", "get_current_time", "get_current_timestamp",
	"now", "random", "today", "transaction_timestamp", "uuid", "uuidv4", "uuidv7",
}

func TestEveryFunctionOfTheEngineIsDecidedOn(t *testing.T) {
	e := newEngine(t)
	for _, name := range e.list(t, "SELECT DISTINCT function_name FROM duckdb_functions() WHERE function_type = 'scalar' AND stability <> 'CONSISTENT'") {
		if refused[name] == "" && !slices.Contains(harmless, name) {
			t.Errorf("function %s is neither refused nor known to be harmless", name)
		}
	}
	// Macros read more than their arguments when they hold a query.
	for _, name := range e.list(t, "SELECT DISTINCT function_name FROM duckdb_functions() WHERE function_type = 'macro' AND (macro_definition LIKE '%FROM %' OR macro_definition LIKE '%sleep%')") {
		if refused[name] == "" {
			t.Errorf("macro %s is not refused", name)
		}
	}
}

func TestRelationsOfTheEngineAreRecognised(t *testing.T) {
	for _, name := range newEngine(t).list(t, "SELECT view_name FROM duckdb_views() WHERE schema_name <> 'information_schema'") {
		if !systemRelation.MatchString(name) {
			t.Errorf("relation %s could be taken for a common table expression", name)
		}
	}
}

type testEngine struct{ *engine }

func newEngine(t *testing.T) testEngine {
	t.Helper()
	e, err := openEngine(context.Background(), Default())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.close() })
	return testEngine{e}
}

func (e testEngine) list(t *testing.T, query string) (names []string) {
	t.Helper()
	rows, err := e.conn.QueryContext(context.Background(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var name sql.NullString
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		names = append(names, name.String)
	}
	if err := rows.Err(); err != nil || len(names) == 0 {
		t.Fatalf("%d names, %v", len(names), err)
	}
	return names
}

func TestStatementOf(t *testing.T) {
	for _, c := range [][2]string{
		{"SELECT 1", "SELECT 1"},
		{"SELECT 1;", "SELECT 1"},
		{"SELECT 1 ; -- ; done", "SELECT 1 "},
		{"SELECT ';' -- a;b\n;", "SELECT ';' -- a;b\n"},
		{"SELECT 'it''s;' ;", "SELECT 'it''s;' "},
		{`SELECT E'a\';b' ;`, `SELECT E'a\';b' `},
		{`SELECT "a;""b" ;`, `SELECT "a;""b" `},
		{"SELECT 1 /* ; /* ; */ ; */ + 2;", "SELECT 1 /* ; /* ; */ ; */ + 2"},
		{"SELECT $$a;b$$, $x$ $$ ; $x$;", "SELECT $$a;b$$, $x$ $$ ; $x$"},
		{"SELECT $1;", "SELECT $1"},
		{"SELECT 'open;", "SELECT 'open;"},
		{"SELECT 1 -- open;", "SELECT 1 -- open;"},
	} {
		if got := statementOf(c[0]); got != c[1] {
			t.Errorf("%s\ngot  %s\nwant %s", c[0], got, c[1])
		}
	}
}
