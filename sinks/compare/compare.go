// Package compare finds what differs between two states of a table, each a set of
// Parquet files: rows that came, rows that went, and cells that changed.
package compare

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

// Table says how the rows of a table are told apart.
type Table struct {
	Name    string
	Key     []string // columns; a null equals a null
	Columns []Column // what is compared besides the key
}

// Column is a column that is compared. Numbers have a unit, and the difference of
// theirs is told.
type Column struct {
	Name, Unit string
}

// State is a table at one time: files in which the later row of a key counts.
type State struct {
	// Now are the files that may differ from the other state's, in order: of two rows
	// with one key that of the later file counts.
	Now []string
	// Rest are files that both states have. Their rows are looked at only where a key of
	// Now stands in them too; Now counts before Rest.
	Rest []string
}

// Difference is how two states of a table differ.
type Difference struct {
	Table   string   `json:"table"`
	Added   int64    `json:"added"`   // rows
	Removed int64    `json:"removed"` // rows
	Changed int64    `json:"changed"` // rows that are in both, in any column
	Cells   int64    `json:"cells"`   // cells of those rows
	Largest []Change `json:"largest,omitempty"`
}

// Any reports whether anything differs.
func (d Difference) Any() bool { return d.Added+d.Removed+d.Changed > 0 }

// Change is a cell that changed. A value is nil where the cell is empty.
type Change struct {
	Key    []string `json:"key"` // in the order of Table.Key
	Column string   `json:"column"`
	Unit   string   `json:"unit,omitempty"`
	Old    *string  `json:"old"`
	New    *string  `json:"new"`
	// Delta is new less old, of numbers that both have.
	Delta *float64 `json:"delta,omitempty"`
}

// Engine compares. It holds an engine in memory until it is closed, and is not safe
// for concurrent use.
type Engine struct {
	db *sql.DB
}

// Open starts an engine with so many threads and so much memory, a size as DuckDB
// writes it; what does not fit is spilled to the folder.
func Open(threads int, memory, spill string) (*Engine, error) {
	settings := url.Values{"threads": {strconv.Itoa(threads)}, "memory_limit": {memory}, "temp_directory": {spill},
		"autoinstall_known_extensions": {"false"}, "autoload_known_extensions": {"false"}}
	connector, err := duckdb.NewConnector("?"+settings.Encode(), nil)
	if err != nil {
		return nil, fmt.Errorf("DuckDB does not start: %w", err)
	}
	e := &Engine{db: sql.OpenDB(connector)}
	e.db.SetMaxOpenConns(1) // temporary tables belong to a connection
	if _, err := e.db.Exec("SET TimeZone = 'UTC'"); err != nil {
		return nil, errors.Join(err, e.Close())
	}
	return e, nil
}

// Close ends the engine.
func (e *Engine) Close() error { return e.db.Close() }

// Compare compares two states of a table, and lists up to most of the cells that
// changed: numbers first, by the size of their change, then others, in the order of
// the key.
func (e *Engine) Compare(ctx context.Context, t Table, old, new State, most int) (Difference, error) {
	d := Difference{Table: t.Name}
	fail := func(err error) (Difference, error) { return d, fmt.Errorf("comparing %s: %w", t.Name, err) }
	for _, s := range []string{
		"CREATE OR REPLACE TEMP TABLE touched AS " + keysOf(t, append(append([]string{}, old.Now...), new.Now...)),
		"CREATE OR REPLACE TEMP TABLE old AS " + rowsOf(t, old),
		"CREATE OR REPLACE TEMP TABLE new AS " + rowsOf(t, new),
		"CREATE OR REPLACE TEMP TABLE cell AS " + cells(t),
	} {
		if _, err := e.db.ExecContext(ctx, s); err != nil {
			return fail(err)
		}
	}
	row := e.db.QueryRowContext(ctx, fmt.Sprintf(`SELECT
		(SELECT count(*) FROM new ANTI JOIN old ON %[1]s), (SELECT count(*) FROM old ANTI JOIN new ON %[1]s),
		(SELECT count(DISTINCT row_id) FROM cell), (SELECT count(*) FROM cell)`, sameKey(t, "old", "new")))
	if err := row.Scan(&d.Added, &d.Removed, &d.Changed, &d.Cells); err != nil {
		return fail(err)
	}
	found, err := e.db.QueryContext(ctx, fmt.Sprintf("SELECT key, column_name, unit, old, new, delta FROM cell ORDER BY (delta IS NULL), abs(delta) DESC, key, column_name LIMIT %d", most))
	if err != nil {
		return fail(err)
	}
	defer found.Close()
	for found.Next() {
		var c Change
		var key duckdb.Composite[[]string]
		if err := found.Scan(&key, &c.Column, &c.Unit, &c.Old, &c.New, &c.Delta); err != nil {
			return fail(err)
		}
		c.Key = key.Get()
		d.Largest = append(d.Largest, c)
	}
	if err := found.Err(); err != nil {
		return fail(err)
	}
	return d, nil
}

// keysOf is a query for the keys in files.
func keysOf(t Table, files []string) string {
	return "SELECT DISTINCT " + names(t.Key) + " FROM " + read(t, files)
}

// rowsOf is a query for the rows of a state whose keys are touched: one by key.
func rowsOf(t Table, s State) string {
	var parts []string
	for i, file := range s.Now {
		parts = append(parts, fmt.Sprintf("SELECT *, %d AS _place FROM %s", i+1, read(t, []string{file})))
	}
	if len(s.Rest) > 0 {
		parts = append(parts, fmt.Sprintf("SELECT *, 0 AS _place FROM %s AS rest SEMI JOIN touched ON %s", read(t, s.Rest), sameKey(t, "rest", "touched")))
	}
	if len(parts) == 0 {
		parts = []string{"SELECT *, 0 AS _place FROM " + read(t, nil)}
	}
	return fmt.Sprintf("SELECT * EXCLUDE (_place) FROM (%s) QUALIFY row_number() OVER (PARTITION BY %s ORDER BY _place DESC) = 1", strings.Join(parts, " UNION ALL "), names(t.Key))
}

// read is the relation of files, with the columns of the table; of none it is empty.
func read(t Table, files []string) string {
	var columns []string
	for _, k := range t.Key {
		columns = append(columns, identifier(k))
	}
	for _, c := range t.Columns {
		columns = append(columns, identifier(c.Name))
	}
	if len(files) == 0 {
		for i := range columns {
			columns[i] = "NULL AS " + columns[i]
		}
		return "(SELECT " + strings.Join(columns, ", ") + " WHERE false)"
	}
	var paths []string
	for _, f := range files {
		paths = append(paths, literal(strings.NewReplacer("[", "[[]", "*", "[*]", "?", "[?]").Replace(f)))
	}
	return fmt.Sprintf("(SELECT %s FROM read_parquet([%s]))", strings.Join(columns, ", "), strings.Join(paths, ", "))
}

// cells is a query for the cells that changed of rows that are in both states.
func cells(t Table) string {
	var key []string
	for _, k := range t.Key {
		key = append(key, fmt.Sprintf("coalesce(old.%s::VARCHAR, '')", identifier(k)))
	}
	var parts []string
	for _, c := range t.Columns {
		name := identifier(c.Name)
		delta := "NULL::DOUBLE"
		if c.Unit != "" {
			delta = fmt.Sprintf("try_cast(new.%[1]s AS DOUBLE) - try_cast(old.%[1]s AS DOUBLE)", name)
		}
		parts = append(parts, fmt.Sprintf(`SELECT [%s] AS key, concat_ws('|', %s) AS row_id, %s AS column_name, %s AS unit, old.%[5]s::VARCHAR AS old, new.%[5]s::VARCHAR AS new, %[6]s AS delta
			FROM old JOIN new ON %[7]s WHERE old.%[5]s IS DISTINCT FROM new.%[5]s`,
			strings.Join(key, ", "), strings.Join(key, ", "), literal(c.Name), literal(c.Unit), name, delta, sameKey(t, "old", "new")))
	}
	if len(parts) == 0 {
		return "SELECT NULL::VARCHAR[] AS key, '' AS row_id, '' AS column_name, '' AS unit, NULL::VARCHAR AS old, NULL::VARCHAR AS new, NULL::DOUBLE AS delta WHERE false"
	}
	return strings.Join(parts, " UNION ALL ")
}

func sameKey(t Table, a, b string) string {
	var all []string
	for _, k := range t.Key {
		all = append(all, fmt.Sprintf("%s.%s IS NOT DISTINCT FROM %s.%s", a, identifier(k), b, identifier(k)))
	}
	return strings.Join(all, " AND ")
}

func names(columns []string) string {
	var all []string
	for _, c := range columns {
		all = append(all, identifier(c))
	}
	return strings.Join(all, ", ")
}

func literal(text string) string    { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }
func identifier(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }
