package transforms

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/ipc"
	duckdb "github.com/duckdb/duckdb-go/v2"

	"samkraft/pipeline"
)

var (
	keyAtEnd  = regexp.MustCompile(`(?s)^(.*\S)\s*key: ([a-z0-9_, ]+)$`)
	unitAtEnd = regexp.MustCompile(`(?s)^(.*\S) \[([^\]]+)\]$`)
)

// describe reads the tables that stand in an engine, with their comments.
func (b *build) describe(ctx context.Context) (map[string]pipeline.BuiltTable, error) {
	type row struct {
		table, about string
		comment      *string
		column       pipeline.BuiltColumn
	}
	rows, err := scan(ctx, b, `SELECT t.table_name, coalesce(t.comment, ''), c.column_name, c.data_type, c.comment
		FROM duckdb_tables() t JOIN duckdb_columns() c USING (schema_name, table_name) WHERE schema_name = 'main' ORDER BY t.table_name, c.column_index`, func(r *row) []any {
		return []any{&r.table, &r.about, &r.column.Name, &r.column.Type, &r.comment}
	})
	if err != nil {
		return nil, err
	}
	tables := map[string]pipeline.BuiltTable{}
	for _, r := range rows {
		t, known := tables[r.table]
		if !known {
			m := keyAtEnd.FindStringSubmatch(r.about)
			if m == nil {
				return nil, fmt.Errorf("the comment on %s does not end with its key", r.table)
			}
			t = pipeline.BuiltTable{Name: r.table, Description: m[1], Key: strings.Split(m[2], ", ")}
		}
		if r.comment != nil {
			r.column.Description = *r.comment
			if m := unitAtEnd.FindStringSubmatch(*r.comment); m != nil {
				r.column.Description, r.column.Unit = m[1], m[2]
			}
		}
		t.Columns = append(t.Columns, r.column)
		tables[r.table] = t
	}
	for _, t := range tables {
		if err := declarationFault(t); err != nil {
			return nil, fmt.Errorf("table %s: %w", t.Name, err)
		}
	}
	return tables, nil
}

// declarationFault says what a published table's declaration lacks.
func declarationFault(t pipeline.BuiltTable) error {
	known := map[string]bool{}
	for _, c := range t.Columns {
		known[c.Name] = true
		number := isNumber(c.Type)
		switch {
		case c.Description == "":
			return fmt.Errorf("column %s has no comment", c.Name)
		case number && c.Unit == "":
			return fmt.Errorf("column %s is a number and its comment does not end with a unit in brackets", c.Name)
		case !number && c.Unit != "":
			return fmt.Errorf("column %s is no number and its comment names the unit %s", c.Name, c.Unit)
		}
	}
	for _, k := range t.Key {
		if !known[k] {
			return fmt.Errorf("the key names the column %s, which is not there", k)
		}
	}
	if t.Key[0] != "plan" {
		return fmt.Errorf("the key does not begin with plan")
	}
	return nil
}

func isNumber(duckType string) bool {
	switch {
	case strings.HasPrefix(duckType, "DECIMAL"), strings.HasSuffix(duckType, "INT"), duckType == "INTEGER", duckType == "DOUBLE":
		return true
	}
	return false
}

// writeTable checks the key, writes the rows in the key's order and takes the
// digests of what it wrote.
func (b *build) writeTable(ctx context.Context, m model, t *pipeline.BuiltTable) error {
	var keys []string
	for _, k := range t.Key {
		keys = append(keys, name(k))
	}
	order := strings.Join(keys, ", ")
	if !m.interim {
		var twice, null int64
		nulls := strings.Join(keys, " IS NULL OR ") + " IS NULL"
		if err := b.conn.QueryRowContext(ctx, fmt.Sprintf("SELECT coalesce(sum(n - 1), 0)::BIGINT, coalesce(sum(n) FILTER (%s), 0)::BIGINT FROM (SELECT %s, count(*) AS n FROM %s GROUP BY ALL) WHERE n > 1 OR %s", nulls, order, name(t.Name), nulls)).Scan(&twice, &null); err != nil {
			return err
		}
		if twice > 0 || null > 0 {
			return fmt.Errorf("%d rows have a key that stands twice, %d a key with a null (key: %s)", twice, null, order)
		}
	}
	query := fmt.Sprintf("SELECT * FROM %s ORDER BY %s", name(t.Name), order)
	if m.interim {
		query = fmt.Sprintf("SELECT * FROM %s ORDER BY ALL", name(t.Name))
		return b.copy(ctx, query, t.File, "")
	}
	schema, err := arrowSchema(*t)
	if err != nil {
		return err
	}
	if err := b.copy(ctx, query, t.File, schema); err != nil {
		return err
	}
	return b.digests(ctx, query, t)
}

// page is how many rows are read at a time: the driver holds an answer in memory
// whole, outside of what the engine is bounded to.
const page = 100_000

// digests hashes the columns as DuckDB holds them, for the reader that checks the
// file.
func (b *build) digests(ctx context.Context, query string, t *pipeline.BuiltTable) error {
	digests := make([]pipeline.Digest, len(t.Columns))
	for i := range digests {
		digests[i] = pipeline.NewDigest()
	}
	rows, err := b.rows(ctx, t.Name)
	if err != nil {
		return err
	}
	if t.Rows = rows; rows <= page {
		err = b.digest(ctx, query, t, digests)
	} else if err = b.exec(ctx, "CREATE TEMP TABLE _ordered AS "+query); err == nil {
		for begin := int64(0); begin < rows && err == nil; begin += page {
			err = b.digest(ctx, fmt.Sprintf("SELECT * FROM _ordered WHERE rowid >= %d AND rowid < %d ORDER BY rowid", begin, begin+page), t, digests)
		}
		err = errors.Join(err, b.exec(ctx, "DROP TABLE _ordered"))
	}
	for i := range digests {
		t.Columns[i].Digest = digests[i].Sum()
	}
	return err
}

func (b *build) rows(ctx context.Context, table string) (rows int64, err error) {
	err = b.conn.QueryRowContext(ctx, "SELECT count(*) FROM "+name(table)).Scan(&rows)
	return rows, err
}

// digest adds rows to the digests of the columns.
func (b *build) digest(ctx context.Context, query string, t *pipeline.BuiltTable, digests []pipeline.Digest) error {
	rows, err := b.conn.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer rows.Close()
	values, targets := make([]any, len(t.Columns)), make([]any, len(t.Columns))
	for i := range values {
		targets[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(targets...); err != nil {
			return err
		}
		for i, v := range values {
			if err := addValue(digests[i], v, t.Columns[i].Type); err != nil {
				return fmt.Errorf("column %s: %w", t.Columns[i].Name, err)
			}
		}
	}
	return rows.Err()
}

func addValue(d pipeline.Digest, v any, duckType string) error {
	switch v := v.(type) {
	case nil:
		d.Null()
	case string:
		d.Text(v)
	case bool:
		n := int64(0)
		if v {
			n = 1
		}
		d.Whole(n)
	case int16:
		d.Whole(int64(v))
	case int32:
		d.Whole(int64(v))
	case int64:
		d.Whole(v)
	case uint64:
		d.Whole(int64(v))
	case float64:
		d.Number(v)
	case duckdb.Decimal:
		d.Whole(v.Value.Int64())
	case time.Time:
		if duckType == "DATE" {
			d.Whole(v.Unix() / 86400)
		} else {
			d.Whole(v.UnixMicro())
		}
	default:
		return fmt.Errorf("no way to publish a value of type %T (%s)", v, duckType)
	}
	return nil
}

// arrowSchema is the Arrow form of a table's schema with unit and description on
// each field, as Parquet files carry it: an IPC message in base 64.
func arrowSchema(t pipeline.BuiltTable) (string, error) {
	var fields []arrow.Field
	for _, c := range t.Columns {
		kind, err := arrowType(c.Type)
		if err != nil {
			return "", fmt.Errorf("column %s: %w", c.Name, err)
		}
		names, values := []string{"description"}, []string{c.Description}
		if c.Unit != "" {
			names, values = append(names, "unit"), append(values, c.Unit)
		}
		fields = append(fields, arrow.Field{Name: c.Name, Type: kind, Nullable: true, Metadata: arrow.NewMetadata(names, values)})
	}
	about := arrow.NewMetadata([]string{"description", "key"}, []string{t.Description, strings.Join(t.Key, ", ")})
	var buffer bytes.Buffer
	w := ipc.NewWriter(&buffer, ipc.WithSchema(arrow.NewSchema(fields, &about)))
	if err := w.Close(); err != nil {
		return "", err
	}
	return base64.StdEncoding.EncodeToString(buffer.Bytes()), nil
}

func arrowType(duckType string) (arrow.DataType, error) {
	var precision, scale int32
	if n, _ := fmt.Sscanf(duckType, "DECIMAL(%d,%d)", &precision, &scale); n == 2 {
		return &arrow.Decimal128Type{Precision: precision, Scale: scale}, nil
	}
	switch duckType {
	case "VARCHAR":
		return arrow.BinaryTypes.String, nil
	case "SMALLINT":
		return arrow.PrimitiveTypes.Int16, nil
	case "INTEGER":
		return arrow.PrimitiveTypes.Int32, nil
	case "BIGINT":
		return arrow.PrimitiveTypes.Int64, nil
	case "UBIGINT":
		return arrow.PrimitiveTypes.Uint64, nil
	case "DOUBLE":
		return arrow.PrimitiveTypes.Float64, nil
	case "BOOLEAN":
		return arrow.FixedWidthTypes.Boolean, nil
	case "DATE":
		return arrow.FixedWidthTypes.Date32, nil
	case "TIMESTAMP WITH TIME ZONE":
		return &arrow.TimestampType{Unit: arrow.Microsecond, TimeZone: "UTC"}, nil
	}
	return nil, fmt.Errorf("no published table has columns of type %s", duckType)
}
