package transforms

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	duckdb "github.com/duckdb/duckdb-go/v2"

	"samkraft/pipeline"
)

// build is the making of one plan's tables.
type build struct {
	*Warehouse
	conn   *sql.Conn
	db     *sql.DB
	engine string // DuckDB's version
	job    pipeline.Job
	fixed  []fixed                        // the registries and what the plan says
	tables map[string]pipeline.BuiltTable // what is published, as it is declared
	keys   map[string]string              // by relation: what decides its content
	loaded map[string]bool                // relations that stand in DuckDB
	built  map[string]pipeline.BuiltTable
}

// open starts an engine with nothing in it. Builds of other plans may go on beside
// it: what does not fit into memory has a folder of its own, by name.
func (w *Warehouse) open(ctx context.Context, name string, threads int) (*build, error) {
	connector, err := duckdb.NewConnector("", nil)
	if err != nil {
		return nil, fmt.Errorf("DuckDB: %w", err)
	}
	b := &build{Warehouse: w, db: sql.OpenDB(connector), keys: map[string]string{}, loaded: map[string]bool{}, built: map[string]pipeline.BuiltTable{}}
	if b.conn, err = b.db.Conn(ctx); err != nil {
		return nil, errors.Join(err, b.db.Close())
	}
	settings := []string{
		fmt.Sprintf("SET threads = %d", max(1, threads)),
		"SET memory_limit = " + quote(w.Memory),
		"SET temp_directory = " + quote(w.Disk.Path("models/.new-spill-"+name)),
		"SET autoinstall_known_extensions = false",
		"SET autoload_known_extensions = false",
		"SET TimeZone = 'UTC'",
		"SET preserve_insertion_order = true",
		"CREATE SCHEMA raw", "CREATE SCHEMA plan", "CREATE SCHEMA registry",
	}
	settings = slices.Concat(settings, strict, weather, potential, units, quality)
	if err := b.exec(ctx, settings...); err != nil {
		return nil, errors.Join(err, b.close())
	}
	if err := b.conn.QueryRowContext(ctx, "SELECT library_version FROM pragma_version()").Scan(&b.engine); err != nil {
		return nil, errors.Join(err, b.close())
	}
	return b, nil
}

func (b *build) close() error { return errors.Join(b.conn.Close(), b.db.Close()) }

func (b *build) exec(ctx context.Context, statements ...string) error {
	for _, s := range statements {
		if _, err := b.conn.ExecContext(ctx, s); err != nil {
			return fmt.Errorf("%w (in: %.80s...)", err, strings.Join(strings.Fields(s), " "))
		}
	}
	return nil
}

// quote writes a text as an SQL literal, name as an SQL identifier.
func quote(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }

func name(text string) string { return `"` + strings.ReplaceAll(text, `"`, `""`) + `"` }

// key is what decides a model's content: its text and the keys of what it reads.
func (b *build) key(m model) (string, error) {
	parts := []any{engineVersion, b.engine, m.name, m.text, b.job.Plan.ID}
	if m.fill != nil {
		parts = append(parts, m.fill.version)
	}
	for _, in := range m.inputs {
		k, ok := b.keys[in]
		if !ok {
			return "", fmt.Errorf("reads %s, which nobody makes", in)
		}
		parts = append(parts, in, k)
	}
	return pipeline.Hash(parts)[:32], nil
}

// table brings a model's table into being: from the cache, or by running it.
func (b *build) table(ctx context.Context, m model) error {
	key, err := b.key(m)
	if err != nil {
		return err
	}
	b.keys[m.name] = key
	if m.fill != nil {
		return b.goTable(ctx, m, key)
	}
	if t, ok := b.cached(m.name, key); ok {
		b.built[m.name] = t
		return nil
	}
	if err := b.need(ctx, m.inputs); err != nil {
		return err
	}
	if err := b.exec(ctx, m.declare...); err != nil {
		return err
	}
	if err := b.runSQL(ctx, m); err != nil {
		return err
	}
	b.loaded[m.name] = true
	return b.keep(ctx, m, key)
}

// need makes sure that relations stand in DuckDB.
func (b *build) need(ctx context.Context, relations []string) error {
	for _, r := range relations {
		if b.loaded[r] {
			continue
		}
		schema, table, _ := strings.Cut(r, ".")
		var err error
		switch schema {
		case "raw":
			err = b.loadRaw(ctx, table)
		case "plan", "registry":
			err = b.loadFixed(ctx, r)
		default:
			t := b.built[r]
			err = b.exec(ctx, fmt.Sprintf("CREATE VIEW %s AS SELECT * FROM read_parquet(%s)", name(r), quote(b.Disk.Path(t.File))))
		}
		if err != nil {
			return fmt.Errorf("%s: %w", r, err)
		}
		b.loaded[r] = true
	}
	return nil
}

// runSQL fills a declared table with its query. The query gives every declared
// column, and may give _origin, the places in extracts from which a row comes.
func (b *build) runSQL(ctx context.Context, m model) error {
	if m.interim {
		return b.exec(ctx, fmt.Sprintf("CREATE TABLE %s AS %s", name(m.name), m.query))
	}
	if err := b.exec(ctx, fmt.Sprintf("CREATE TEMP TABLE _result AS %s", m.query)); err != nil {
		return err
	}
	columns, err := b.columnNames(ctx, "_result")
	if err != nil {
		return err
	}
	declared := b.tables[m.name]
	for _, c := range declared.Columns {
		if !slices.Contains(columns, c.Name) {
			return fmt.Errorf("the query gives no column %s", c.Name)
		}
	}
	if !slices.Contains(columns, originColumn) {
		columns = append(columns, originColumn)
		if err := b.exec(ctx, "ALTER TABLE _result ADD COLUMN _origin VARCHAR[]"); err != nil {
			return err
		}
	}
	if len(columns) != len(declared.Columns)+1 {
		return fmt.Errorf("the query gives the columns %q, which are more than are declared", columns)
	}
	return b.exec(ctx,
		fmt.Sprintf("INSERT INTO %s BY NAME SELECT * EXCLUDE (_origin) FROM _result", name(m.name)),
		fmt.Sprintf("CREATE TABLE %s AS SELECT %s AS row_key, _origin FROM _result WHERE _origin IS NOT NULL", name(m.name+originSuffix), rowKey(declared.Key)),
		"DROP TABLE _result")
}

// rowKey is the SQL that joins a key's parts, but for the plan, with a bar.
func rowKey(key []string) string {
	var parts []string
	for _, k := range key {
		if k != "plan" {
			parts = append(parts, name(k)+"::VARCHAR")
		}
	}
	if len(parts) == 0 {
		return "'-'"
	}
	return "concat_ws('|', " + strings.Join(parts, ", ") + ")"
}

const (
	originColumn = "_origin"
	originSuffix = "__origin"
)

func (b *build) columnNames(ctx context.Context, table string) ([]string, error) {
	rows, err := b.conn.QueryContext(ctx, fmt.Sprintf("FROM %s LIMIT 0", table))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	return rows.Columns()
}
