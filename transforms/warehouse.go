package transforms

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"sort"
	"strings"

	duckdb "github.com/duckdb/duckdb-go/v2"

	"samkraft/pipeline"
)

// Warehouse is the Transform that builds a plan's tables in DuckDB. It is set up
// once and used for one plan at a time.
type Warehouse struct {
	// Disk is the workspace; built tables are kept below models/.
	Disk pipeline.FS
	// Threads and Memory bound the engine. Memory is a size as DuckDB writes it.
	Threads int
	Memory  string
	// Declared are the tables of all publishers, by name.
	Declared map[string]pipeline.Table
	// Feeds says which data set a publisher's table is of.
	Feeds map[string]string

	models []model // in the order in which they can be built
	checks []check
	hash   string
}

var _ pipeline.Transform = (*Warehouse)(nil)

// New reads the models and checks inside the program and finds out what depends
// on what. It fails when a model reads a relation that nobody makes.
func New(disk pipeline.FS, publishers []pipeline.Publisher, threads int, memory string) (*Warehouse, error) {
	w := &Warehouse{Disk: disk, Threads: threads, Memory: memory, Declared: map[string]pipeline.Table{}, Feeds: map[string]string{}}
	for _, p := range publishers {
		for _, d := range p.DataSets {
			for _, t := range d.Tables {
				if _, twice := w.Declared[t.Name]; twice {
					return nil, fmt.Errorf("two data sets have a table %s", t.Name)
				}
				w.Declared[t.Name] = t
				w.Feeds[t.Name] = p.ID + " " + d.ID
			}
		}
	}
	models, err := readModels()
	if err != nil {
		return nil, err
	}
	if w.checks, err = readChecks(); err != nil {
		return nil, err
	}
	b, err := w.open(context.Background())
	if err != nil {
		return nil, err
	}
	defer b.close()
	byTable := map[string]*goModel{}
	for i := range goModels {
		for _, t := range goModels[i].tables {
			byTable[t] = &goModels[i]
		}
	}
	for i := range models {
		m := &models[i]
		switch m.fill = byTable[m.name]; {
		case m.query == "" && m.fill == nil && !slices.Contains(engineTables, m.name):
			return nil, fmt.Errorf("nothing fills the table %s", m.name)
		case m.query != "":
			if m.inputs, err = b.reads(m.query); err != nil {
				return nil, fmt.Errorf("model %s: %w", m.name, err)
			}
		case m.fill != nil:
			m.inputs = m.fill.inputs
		}
	}
	for i := range w.checks {
		if w.checks[i].inputs, err = b.reads(w.checks[i].query); err != nil {
			return nil, fmt.Errorf("check %s: %w", w.checks[i].id, err)
		}
	}
	if w.models, err = inOrder(models); err != nil {
		return nil, err
	}
	var texts []string
	for _, m := range w.models {
		texts = append(texts, m.name, m.text)
	}
	for _, c := range w.checks {
		texts = append(texts, c.id, c.text)
	}
	for _, g := range goModels {
		texts = append(texts, fmt.Sprint(g.tables, g.version))
	}
	registry, err := registryHash()
	if err != nil {
		return nil, err
	}
	w.hash = pipeline.Hash([]any{texts, registry, engineVersion, b.engine})
	return w, nil
}

// engineVersion is raised when the engine itself makes other tables of the same
// models.
const engineVersion = 2

// engineTables are filled by the engine, from what it knows of the build.
var engineTables = []string{"completeness", "check_result", "lineage"}

// Hash identifies models, checks, registries and the engine.
func (w *Warehouse) Hash() string { return w.hash }

// inOrder sorts models so that each comes after what it reads; among those that
// could come next, by name.
func inOrder(models []model) ([]model, error) {
	sort.Slice(models, func(i, j int) bool { return models[i].name < models[j].name })
	known := map[string]bool{}
	for _, m := range models {
		known[m.name] = true
	}
	var ordered []model
	done := map[string]bool{}
	for len(ordered) < len(models) {
		before := len(ordered)
		for _, m := range models {
			ready := !done[m.name]
			for _, in := range m.inputs {
				if !strings.Contains(in, ".") && !known[in] {
					return nil, fmt.Errorf("model %s reads %s, which nobody makes", m.name, in)
				}
				ready = ready && (strings.Contains(in, ".") || done[in])
			}
			if ready {
				ordered = append(ordered, m)
				done[m.name] = true
			}
		}
		if len(ordered) == before {
			return nil, errors.New("the models read each other in a circle")
		}
	}
	return ordered, nil
}

// build is the making of one plan's tables.
type build struct {
	*Warehouse
	conn   *sql.Conn
	db     *sql.DB
	engine string // DuckDB's version
	job    pipeline.Job
	keys   map[string]string // by relation: what decides its content
	loaded map[string]bool   // relations that stand in DuckDB
	built  map[string]pipeline.BuiltTable
}

func (w *Warehouse) open(ctx context.Context) (*build, error) {
	connector, err := duckdb.NewConnector("", nil)
	if err != nil {
		return nil, fmt.Errorf("DuckDB: %w", err)
	}
	b := &build{Warehouse: w, db: sql.OpenDB(connector), keys: map[string]string{}, loaded: map[string]bool{}, built: map[string]pipeline.BuiltTable{}}
	if b.conn, err = b.db.Conn(ctx); err != nil {
		return nil, errors.Join(err, b.db.Close())
	}
	settings := []string{
		fmt.Sprintf("SET threads = %d", max(1, w.Threads)),
		"SET memory_limit = " + quote(w.Memory),
		"SET temp_directory = " + quote(w.Disk.Path("models/.new-spill")),
		"SET autoinstall_known_extensions = false",
		"SET autoload_known_extensions = false",
		"SET TimeZone = 'UTC'",
		"SET preserve_insertion_order = true",
		"CREATE SCHEMA raw", "CREATE SCHEMA plan", "CREATE SCHEMA registry",
	}
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
func name(text string) string  { return `"` + strings.ReplaceAll(text, `"`, `""`) + `"` }

// reads finds the relations that a query reads, by DuckDB's own parser. Common
// table expressions do not count.
func (b *build) reads(query string) ([]string, error) {
	var text string
	err := b.conn.QueryRowContext(context.Background(), "SELECT json_serialize_sql(?::VARCHAR)::VARCHAR", query).Scan(&text)
	if err != nil {
		return nil, err
	}
	var tree map[string]any
	if err := json.Unmarshal([]byte(text), &tree); err != nil {
		return nil, err
	}
	if tree["error"] == true {
		return nil, fmt.Errorf("%v", tree["error_message"])
	}
	found, own := map[string]bool{}, map[string]bool{}
	walkTree(tree, found, own)
	var names []string
	for n := range found {
		if !own[n] {
			names = append(names, n)
		}
	}
	for _, macro := range []string{"factor(", "factor_of_role(", "price("} {
		if strings.Contains(query, macro) {
			names = append(names, "registry.factor")
		}
	}
	sort.Strings(names)
	return slices.Compact(names), nil
}

func walkTree(node any, found, own map[string]bool) {
	switch n := node.(type) {
	case map[string]any:
		if n["type"] == "BASE_TABLE" {
			table := fmt.Sprint(n["table_name"])
			if schema := fmt.Sprint(n["schema_name"]); schema != "" {
				table = schema + "." + table
			}
			found[table] = true
		}
		if cte, ok := n["cte_map"].(map[string]any); ok {
			if entries, ok := cte["map"].([]any); ok {
				for _, e := range entries {
					if entry, ok := e.(map[string]any); ok {
						own[fmt.Sprint(entry["key"])] = true
					}
				}
			}
		}
		for _, v := range n {
			walkTree(v, found, own)
		}
	case []any:
		for _, v := range n {
			walkTree(v, found, own)
		}
	}
}

// Build makes the tables of a plan.
func (w *Warehouse) Build(ctx context.Context, job pipeline.Job) (pipeline.Built, error) {
	b, err := w.open(ctx)
	if err != nil {
		return pipeline.Built{}, err
	}
	defer b.close()
	b.job = job
	if err := b.setKeys(); err != nil {
		return pipeline.Built{}, err
	}
	for i, m := range w.models {
		if job.Progress != nil {
			job.Progress(i, len(w.models), m.name)
		}
		if slices.Contains(engineTables, m.name) {
			continue
		}
		if err := b.table(ctx, m); err != nil {
			return pipeline.Built{}, fmt.Errorf("table %s: %w", m.name, err)
		}
	}
	checks, err := b.finish(ctx)
	if err != nil {
		return pipeline.Built{}, err
	}
	result := pipeline.Built{Checks: checks}
	for _, m := range w.models {
		if !m.interim() {
			result.Tables = append(result.Tables, b.built[m.name])
		}
	}
	sort.Slice(result.Tables, func(i, j int) bool { return result.Tables[i].Name < result.Tables[j].Name })
	if job.Progress != nil {
		job.Progress(len(w.models), len(w.models), "checks")
	}
	return result, nil
}

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
	if m.interim() {
		return b.exec(ctx, fmt.Sprintf("CREATE TABLE %s AS %s", name(m.name), m.query))
	}
	if err := b.exec(ctx, fmt.Sprintf("CREATE TEMP TABLE _result AS %s", m.query)); err != nil {
		return err
	}
	columns, err := b.columnNames(ctx, "_result")
	if err != nil {
		return err
	}
	declared, err := b.describe(ctx, m.name)
	if err != nil {
		return err
	}
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
	rows, err := b.conn.QueryContext(ctx, "SELECT column_name FROM duckdb_columns() WHERE table_name = ? ORDER BY column_index", table)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var names []string
	for rows.Next() {
		var n string
		if err := rows.Scan(&n); err != nil {
			return nil, err
		}
		names = append(names, n)
	}
	return names, rows.Err()
}

// meta is what is kept beside a built table.
type meta struct {
	Table  pipeline.BuiltTable
	Origin string // file with the rows' origins, "" when the model gives none
}

// originFile returns the file with the origins of a table's rows, when its model
// gives any.
func (b *build) originFile(table string) (string, bool) {
	var kept meta
	text, err := pipeline.ReadFile(b.Disk, path.Join("models", table, b.keys[table]+".json"))
	if err != nil || json.Unmarshal(text, &kept) != nil || kept.Origin == "" {
		return "", false
	}
	return kept.Origin, true
}

// cached returns a table that was built before, if its file is still what it was.
func (b *build) cached(table, key string) (pipeline.BuiltTable, bool) {
	var kept meta
	text, err := pipeline.ReadFile(b.Disk, path.Join("models", table, key+".json"))
	if err != nil || json.Unmarshal(text, &kept) != nil {
		return pipeline.BuiltTable{}, false
	}
	sum, _, err := pipeline.HashFile(b.Disk, kept.Table.File)
	if err != nil || sum != kept.Table.SHA256 || kept.Origin != "" && !pipeline.Exists(b.Disk, kept.Origin) {
		return pipeline.BuiltTable{}, false
	}
	kept.Table.Fresh = false
	return kept.Table, true
}

// keep writes a table to models/TABLE/KEY.parquet, its rows' origins beside it,
// and KEY.json last.
func (b *build) keep(ctx context.Context, m model, key string) error {
	folder := path.Join("models", m.name)
	if err := b.Disk.MkdirAll(folder); err != nil {
		return err
	}
	kept := meta{}
	var err error
	if kept.Table, err = b.describe(ctx, m.name); err != nil {
		return err
	}
	kept.Table.File = path.Join(folder, key+".parquet")
	if err := b.writeTable(ctx, m, &kept.Table); err != nil {
		return err
	}
	if !m.interim() && m.query != "" {
		kept.Origin = path.Join(folder, key+".origin.parquet")
		query := fmt.Sprintf("SELECT DISTINCT row_key, split_part(o, '#', 1) AS extract_sha256, split_part(o, '#', 2) AS location FROM (SELECT row_key, unnest(_origin) AS o FROM %s) ORDER BY ALL", name(m.name+originSuffix))
		if err := b.copy(ctx, query, kept.Origin, ""); err != nil {
			return err
		}
	}
	if kept.Table.SHA256, kept.Table.Bytes, err = pipeline.HashFile(b.Disk, kept.Table.File); err != nil {
		return err
	}
	if err := pipeline.WriteFile(b.Disk, path.Join(folder, key+".json"), func(w io.Writer) error { return json.NewEncoder(w).Encode(kept) }); err != nil {
		return err
	}
	kept.Table.Fresh = true
	b.built[m.name] = kept.Table
	return nil
}

// copy writes a query's rows as Parquet, whole or not at all.
func (b *build) copy(ctx context.Context, query, file, metadata string) error {
	if metadata != "" {
		metadata = ", KV_METADATA {'ARROW:schema': " + quote(metadata) + "}"
	}
	target := pipeline.Temp(file)
	err := b.exec(ctx, fmt.Sprintf("COPY (%s) TO %s (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880%s)", query, quote(b.Disk.Path(target)), metadata))
	if err != nil {
		return errors.Join(err, b.Disk.RemoveAll(target))
	}
	if err := b.Disk.Sync(target); err != nil {
		return err
	}
	if err := b.Disk.Freeze(target); err != nil {
		return err
	}
	return pipeline.Settle(b.Disk, file)
}
