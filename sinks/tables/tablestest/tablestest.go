// Package tablestest makes snapshots of made-up tables for the tests of what reads them.
package tablestest

import (
	"bytes"
	"encoding/json"
	"errors"
	"testing/fstest"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"
)

// Table is a table of a snapshot: its columns as name, type as DuckDB names it, and
// unit, the first ones its key, and its rows. A cell is nil, string, float64, bool, int
// or time.Time.
type Table struct {
	Name    string
	Key     int
	Columns [][3]string
	Rows    [][]any
}

// T is what a test tells of mistakes.
type T interface {
	Helper()
	Fatal(args ...any)
}

var kinds = map[string]arrow.DataType{
	"VARCHAR": arrow.BinaryTypes.String, "DOUBLE": arrow.PrimitiveTypes.Float64, "SMALLINT": arrow.PrimitiveTypes.Int16, "BIGINT": arrow.PrimitiveTypes.Int64,
	"BOOLEAN": arrow.FixedWidthTypes.Boolean, "DATE": arrow.FixedWidthTypes.Date32, "TIMESTAMP WITH TIME ZONE": &arrow.TimestampType{Unit: arrow.Microsecond, TimeZone: "UTC"},
}

// Snapshot is the folder of a snapshot of the plan my-plan, or of a sample.
func Snapshot(t T, sample bool, all ...Table) fstest.MapFS {
	t.Helper()
	folder := fstest.MapFS{}
	var resources []any
	for _, m := range all {
		var fields []arrow.Field
		var described []map[string]any
		var key []string
		for i, c := range m.Columns {
			fields = append(fields, arrow.Field{Name: c[0], Type: kinds[c[1]], Nullable: true})
			described = append(described, map[string]any{"name": c[0], "stored_as": c[1], "unit": c[2], "description": "What " + c[0] + " is"})
			if i < m.Key {
				key = append(key, c[0])
			}
		}
		schema := arrow.NewSchema(fields, nil)
		b := array.NewRecordBuilder(memory.DefaultAllocator, schema)
		for _, row := range m.Rows {
			for i, v := range row {
				appendTo(b.Field(i), v)
			}
		}
		var file bytes.Buffer
		w, err := pqarrow.NewFileWriter(schema, &file, nil, pqarrow.DefaultWriterProps())
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(w.Write(b.NewRecordBatch()), w.Close()); err != nil {
			t.Fatal(err)
		}
		folder[m.Name+".parquet"] = &fstest.MapFile{Data: file.Bytes()}
		resources = append(resources, map[string]any{
			"name": m.Name, "path": m.Name + ".parquet", "description": "What " + m.Name + " holds.", "rows": len(m.Rows),
			"schema": map[string]any{"fields": described, "primaryKey": key},
		})
	}
	text, err := json.Marshal(map[string]any{"name": "my-plan", "title": "My plan", "sources": []any{map[string]any{"sample": sample}}, "resources": resources})
	if err != nil {
		t.Fatal(err)
	}
	folder["datapackage.json"] = &fstest.MapFile{Data: text}
	return folder
}

func appendTo(b array.Builder, v any) {
	switch v := v.(type) {
	case nil:
		b.AppendNull()
	case string:
		b.(*array.StringBuilder).Append(v)
	case float64:
		b.(*array.Float64Builder).Append(v)
	case bool:
		b.(*array.BooleanBuilder).Append(v)
	case int:
		if short, ok := b.(*array.Int16Builder); ok {
			short.Append(int16(v))
			return
		}
		b.(*array.Int64Builder).Append(int64(v))
	case time.Time:
		if day, ok := b.(*array.Date32Builder); ok {
			day.Append(arrow.Date32FromTime(v))
			return
		}
		b.(*array.TimestampBuilder).Append(arrow.Timestamp(v.UnixMicro()))
	}
}
