package query

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	duckdb "github.com/duckdb/duckdb-go/v2"
)

// engine is the DuckDB of one query, or of a session: one database in memory, one
// connection.
type engine struct {
	db   *sql.DB
	conn *sql.Conn
	seen map[string]bool // the tables of which it has views
}

// openEngine starts an engine that has read nothing yet.
func openEngine(ctx context.Context, limits Limits) (*engine, error) {
	settings := url.Values{}
	for name, value := range map[string]string{
		"threads":      strconv.Itoa(limits.Threads),
		"memory_limit": limits.Memory,
		// No spilling: a query that needs the disk needs too much.
		"temp_directory":               "",
		"autoinstall_known_extensions": "false",
		"autoload_known_extensions":    "false",
		"allow_community_extensions":   "false",
		"allow_persistent_secrets":     "false",
	} {
		settings.Set(name, value)
	}
	connector, err := duckdb.NewConnector("?"+settings.Encode(), nil)
	if err != nil {
		return nil, fmt.Errorf("DuckDB does not start: %w", err)
	}
	e := &engine{db: sql.OpenDB(connector)}
	if e.conn, err = e.db.Conn(ctx); err != nil {
		return nil, errors.Join(err, e.db.Close())
	}
	if err := e.exec(ctx, "SET GLOBAL TimeZone = 'UTC'"); err != nil {
		return nil, errors.Join(err, e.close())
	}
	return e, nil
}

func (e *engine) close() error { return errors.Join(e.conn.Close(), e.db.Close()) }

func (e *engine) exec(ctx context.Context, statements ...string) error {
	for _, s := range statements {
		if _, err := e.conn.ExecContext(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

// see makes views of tables that the engine has not seen yet.
func (e *engine) see(ctx context.Context, tables []table) error {
	for _, t := range tables {
		if e.seen[t.name] {
			continue
		}
		if err := e.exec(ctx, fmt.Sprintf("CREATE VIEW %s AS SELECT * FROM read_parquet(%s)", Identifier(t.name), Literal(globLiteral(t.path)))); err != nil {
			return err
		}
		if e.seen == nil {
			e.seen = map[string]bool{}
		}
		e.seen[t.name] = true
	}
	return nil
}

// lock locks the engine for good: of all files it can open only those of the tables, and
// no setting can be changed.
func (e *engine) lock(ctx context.Context, tables []table) error {
	var paths []string
	for _, t := range tables {
		paths = append(paths, Literal(t.path))
		if pattern := globLiteral(t.path); pattern != t.path {
			// Access is asked for twice: for the pattern and for what it finds.
			paths = append(paths, Literal(pattern))
		}
	}
	return e.exec(ctx, "SET allowed_paths = ["+strings.Join(paths, ", ")+"]",
		"SET enable_external_access = false",
		"SET lock_configuration = true",
	)
}

// globLiteral writes a path as the pattern that matches it alone.
func globLiteral(path string) string {
	return strings.NewReplacer("[", "[[]", "*", "[*]", "?", "[?]").Replace(path)
}

// Literal writes a text and Identifier a name as SQL: whatever they hold, they end where
// they end.
func Literal(text string) string    { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }
func Identifier(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }
