package main

import (
	"bytes"
	"database/sql"
	"encoding/base64"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/file"
	duckdb "github.com/duckdb/duckdb-go/v2"

	"samkraft/pipeline"
	readback "samkraft/sinks/parquet"
)

// TestReaders reads every table of the sample with three readers that share no
// code: DuckDB, arrow-go, and the independent reader of sinks/parquet. They see
// what the data package says, and the same values in the same order.
func TestReaders(t *testing.T) {
	db := openDuckDB(t)
	for _, s := range sampleSnapshots(t) {
		for _, table := range s.tables {
			t.Run(s.plan+"/"+table.name, func(t *testing.T) {
				digests := readWithDuckDB(t, db, table)
				readWithArrow(t, table, digests)
				readIndependently(t, s, table, digests)
			})
		}
	}
}

// readWithDuckDB compares a file's columns and rows with the data package and
// returns the digest of each column.
func readWithDuckDB(t *testing.T, db *sql.DB, table snapshotTable) []string {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), "FROM "+readParquet(table.file))
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	types, err := rows.ColumnTypes()
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, c := range types {
		found = append(found, c.Name()+" "+c.DatabaseTypeName())
	}
	var want []string
	for _, c := range table.columns {
		// The driver has a shorter name for this type.
		want = append(want, c.Name+" "+strings.Replace(c.StoredAs, "TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ", 1))
	}
	if !slices.Equal(found, want) {
		t.Fatalf("DuckDB sees the columns\n%q, the data package has\n%q", found, want)
	}
	digests := make([]pipeline.Digest, len(types))
	values, targets := make([]any, len(types)), make([]any, len(types))
	for i := range types {
		digests[i], targets[i] = pipeline.NewDigest(), &values[i]
	}
	var n int64
	for ; rows.Next(); n++ {
		if err := rows.Scan(targets...); err != nil {
			t.Fatal(err)
		}
		for i, v := range values {
			if err := addDuckDB(digests[i], v, table.columns[i].StoredAs); err != nil {
				t.Fatalf("column %s: %v", table.columns[i].Name, err)
			}
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	if n != table.rows {
		t.Fatalf("DuckDB sees %d rows, the data package has %d", n, table.rows)
	}
	return sums(digests)
}

func addDuckDB(d pipeline.Digest, v any, storedAs string) error {
	switch v := v.(type) {
	case nil:
		d.Null()
	case string:
		d.Text(v)
	case bool:
		d.Whole(oneIf(v))
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
		if storedAs == "DATE" {
			d.Whole(v.Unix() / (24 * 60 * 60))
		} else {
			d.Whole(v.UnixMicro())
		}
	default:
		return fmt.Errorf("a value of type %T", v)
	}
	return nil
}

func oneIf(v bool) int64 {
	if v {
		return 1
	}
	return 0
}

func sums(digests []pipeline.Digest) []string {
	var all []string
	for _, d := range digests {
		all = append(all, d.Sum())
	}
	return all
}

// readWithArrow compares with arrow-go: the schema that Arrow readers see, with
// descriptions and units, and the values as the file holds them.
func readWithArrow(t *testing.T, table snapshotTable, want []string) {
	t.Helper()
	r, err := file.OpenParquetFile(table.file, false)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if r.NumRows() != table.rows {
		t.Errorf("arrow-go sees %d rows, the data package has %d", r.NumRows(), table.rows)
	}
	compareArrowSchema(t, r, table)
	leaves := r.MetaData().Schema
	if leaves.NumColumns() != len(table.columns) {
		t.Fatalf("arrow-go sees %d columns, the data package has %d", leaves.NumColumns(), len(table.columns))
	}
	for i, c := range table.columns {
		leaf := leaves.Column(i)
		if leaf.Name() != c.Name || leaf.MaxDefinitionLevel() != 1 || leaf.MaxRepetitionLevel() != 0 {
			t.Errorf("column %d is %v in arrow-go, the data package has %s and every column is flat and may be null", i+1, leaf, c.Name)
		}
		if logical := logicalTypes(c.StoredAs); !slices.Contains(logical, leaf.LogicalType().String()) {
			t.Errorf("column %s is %v in arrow-go, expected one of %q for %s", c.Name, leaf.LogicalType(), logical, c.StoredAs)
		}
		digest := pipeline.NewDigest()
		for group := range r.NumRowGroups() {
			chunk, err := r.RowGroup(group).Column(i)
			if err != nil {
				t.Fatal(err)
			}
			if err := addArrow(digest, chunk); err != nil {
				t.Fatalf("column %s: %v", c.Name, err)
			}
		}
		if digest.Sum() != want[i] {
			t.Errorf("column %s: arrow-go sees other values than DuckDB", c.Name)
		}
	}
}

// logicalTypes are the names that arrow-go may give to a column of a type.
func logicalTypes(storedAs string) []string {
	var precision, scale int
	if n, _ := fmt.Sscanf(storedAs, "DECIMAL(%d,%d)", &precision, &scale); n == 2 {
		return []string{fmt.Sprintf("Decimal(precision=%d, scale=%d)", precision, scale)}
	}
	return map[string][]string{
		"VARCHAR":  {"String"},
		"SMALLINT": {"Int(bitWidth=16, isSigned=true)"},
		"INTEGER":  {"Int(bitWidth=32, isSigned=true)", "None"},
		"BIGINT":   {"Int(bitWidth=64, isSigned=true)", "None"},
		"UBIGINT":  {"Int(bitWidth=64, isSigned=false)"},
		"DOUBLE":   {"None"},
		"BOOLEAN":  {"None"},
		"DATE":     {"Date"},
		"TIMESTAMP WITH TIME ZONE": {
			"Timestamp(isAdjustedToUTC=true, timeUnit=microseconds, is_from_converted_type=false, force_set_converted_type=false)",
		},
	}[storedAs]
}

// compareArrowSchema reads the schema that the file carries for Arrow readers.
func compareArrowSchema(t *testing.T, r *file.Reader, table snapshotTable) {
	t.Helper()
	text := r.MetaData().KeyValueMetadata().FindValue("ARROW:schema")
	if text == nil {
		t.Error("the file carries no ARROW:schema")
		return
	}
	message, err := base64.StdEncoding.DecodeString(*text)
	if err != nil {
		t.Fatal(err)
	}
	stream, err := ipc.NewReader(bytes.NewReader(message))
	if err != nil {
		t.Fatal(err)
	}
	defer stream.Release()
	schema := stream.Schema()
	about := schema.Metadata()
	if got, _ := about.GetValue("description"); got != table.description {
		t.Errorf("the Arrow schema describes the table as %q, the data package as %q", got, table.description)
	}
	if got, _ := about.GetValue("key"); got != strings.Join(table.key, ", ") {
		t.Errorf("the Arrow schema has the key %q, the data package %q", got, table.key)
	}
	if schema.NumFields() != len(table.columns) {
		t.Fatalf("the Arrow schema has %d fields, the data package %d", schema.NumFields(), len(table.columns))
	}
	for i, c := range table.columns {
		field := schema.Field(i)
		description, _ := field.Metadata.GetValue("description")
		unit, _ := field.Metadata.GetValue("unit")
		got := snapshotColumn{Name: field.Name, Description: description, Unit: unit, StoredAs: c.StoredAs}
		if got != c {
			t.Errorf("field %d of the Arrow schema is %+v, the data package has %+v", i+1, got, c)
		}
		if want := arrowName(c.StoredAs); field.Type.String() != want {
			t.Errorf("field %s of the Arrow schema is %v, expected %s for %s", c.Name, field.Type, want, c.StoredAs)
		}
	}
}

func arrowName(storedAs string) string {
	var precision, scale int32
	if n, _ := fmt.Sscanf(storedAs, "DECIMAL(%d,%d)", &precision, &scale); n == 2 {
		return (&arrow.Decimal128Type{Precision: precision, Scale: scale}).String()
	}
	return map[string]string{
		"VARCHAR": "utf8", "SMALLINT": "int16", "INTEGER": "int32", "BIGINT": "int64", "UBIGINT": "uint64", "DOUBLE": "float64",
		"BOOLEAN": "bool", "DATE": "date32", "TIMESTAMP WITH TIME ZONE": "timestamp[us, tz=UTC]",
	}[storedAs]
}

func addArrow(d pipeline.Digest, chunk file.ColumnChunkReader) error {
	switch chunk := chunk.(type) {
	case *file.Int32ColumnChunkReader:
		return addChunk(chunk, chunk.ReadBatch, func(v int32) { d.Whole(int64(v)) }, d.Null)
	case *file.Int64ColumnChunkReader:
		return addChunk(chunk, chunk.ReadBatch, d.Whole, d.Null)
	case *file.Float64ColumnChunkReader:
		return addChunk(chunk, chunk.ReadBatch, d.Number, d.Null)
	case *file.BooleanColumnChunkReader:
		return addChunk(chunk, chunk.ReadBatch, func(v bool) { d.Whole(oneIf(v)) }, d.Null)
	case *file.ByteArrayColumnChunkReader:
		return addChunk(chunk, chunk.ReadBatch, func(v parquet.ByteArray) { d.Text(string(v)) }, d.Null)
	}
	return fmt.Errorf("stored as %v", chunk.Type())
}

// addChunk hands every value of a column chunk to add, and every null to null.
func addChunk[V any](chunk file.ColumnChunkReader, read func(int64, []V, []int16, []int16) (int64, int, error), add func(V), null func()) error {
	values, levels := make([]V, 1<<12), make([]int16, 1<<12)
	for chunk.HasNext() {
		n, present, err := read(int64(len(values)), values, levels, nil)
		if err != nil {
			return err
		}
		next := 0
		for _, level := range levels[:n] {
			if level == 0 {
				null()
				continue
			}
			add(values[next])
			next++
		}
		if next != present {
			return fmt.Errorf("%d values for %d cells that are not null", present, next)
		}
	}
	return chunk.Err()
}

// readIndependently lets the reader that guards every publication compare the
// file with what DuckDB saw.
func readIndependently(t *testing.T, s snapshot, table snapshotTable, digests []string) {
	t.Helper()
	built := pipeline.BuiltTable{Name: table.name, Rows: table.rows, Fresh: true}
	for i, c := range table.columns {
		built.Columns = append(built.Columns, pipeline.BuiltColumn{Name: c.Name, Type: c.StoredAs, Digest: digests[i]})
	}
	draft := pipeline.Draft{Disk: pipeline.Disk(filepath.Dir(s.folder)), Folder: filepath.Base(s.folder), Tables: []pipeline.BuiltTable{built}}
	if err := (readback.ReadBack{}).Write(t.Context(), draft); err != nil {
		t.Error(err)
	}
}

// TestPythonReaders reads the sample with pyarrow, pandas and polars, and lets
// frictionless judge the data package. $SAMKRAFT_PYTHON is an interpreter that has
// them; .ci/run makes one.
func TestPythonReaders(t *testing.T) {
	python := os.Getenv("SAMKRAFT_PYTHON")
	if python == "" {
		for _, name := range []string{"CI", "SAMKRAFT_REQUIRE_MIRROR"} {
			if os.Getenv(name) != "" {
				t.Fatalf("%s is set and SAMKRAFT_PYTHON names no interpreter", name)
			}
		}
		t.Skip("SAMKRAFT_PYTHON names no interpreter with pyarrow, pandas, polars and frictionless")
	}
	script, err := filepath.Abs("../../testdata/readers/check_snapshot.py")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range sampleSnapshots(t) {
		t.Run(s.plan, func(t *testing.T) {
			output, err := exec.CommandContext(t.Context(), python, script, s.folder).CombinedOutput()
			if err != nil {
				t.Fatalf("%v\n%s", err, output)
			}
			t.Logf("%s", output)
		})
	}
}

// TestNodeReader reads every table of both plans in JavaScript, and compares the
// values of tables that have every type with what a query prints.
// $SAMKRAFT_NODE is node, $SAMKRAFT_NODE_MODULES the folder in which npm has
// installed hyparquet and hyparquet-compressors; .ci/run makes one.
func TestNodeReader(t *testing.T) {
	node, modules := os.Getenv("SAMKRAFT_NODE"), os.Getenv("SAMKRAFT_NODE_MODULES")
	if node == "" || modules == "" {
		for _, name := range []string{"CI", "SAMKRAFT_REQUIRE_MIRROR"} {
			if os.Getenv(name) != "" {
				t.Fatalf("%s is set and SAMKRAFT_NODE and SAMKRAFT_NODE_MODULES name no reader", name)
			}
		}
		t.Skip("SAMKRAFT_NODE and SAMKRAFT_NODE_MODULES name no node with hyparquet")
	}
	script, err := filepath.Abs("../../testdata/readers/check_snapshot.mjs")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range sampleSnapshots(t)[:len(pipeline.BuiltinPlans())] {
		t.Run(s.plan, func(t *testing.T) {
			answers := t.TempDir()
			for _, table := range []string{"population", "energy_balance", "coalition_value", "extract", "hourly", "weather_hourly", "zone_price"} {
				answer := runSamkraft(t, pipeline.Done, "query", "--workspace", sampleWorkspace(t), "--plan", s.plan, "--format", "json", "FROM "+table)
				if err := os.WriteFile(filepath.Join(answers, table+".json"), []byte(answer), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			output, err := exec.CommandContext(t.Context(), node, script, s.folder, answers).CombinedOutput()
			if err != nil {
				t.Fatalf("%v\n%s", err, output)
			}
			t.Logf("%s", output)
		})
	}
}
