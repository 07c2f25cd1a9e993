package tables_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/decimal128"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"

	"samkraft/sinks/tables"
)

// folder is a snapshot of one table of two members with a cell of every type, the
// second row null wherever it may be.
func folder(t *testing.T, change func(told map[string]any)) fstest.MapFS {
	t.Helper()
	types := []struct {
		name, stored string
		kind         arrow.DataType
	}{
		{"member", "VARCHAR", arrow.BinaryTypes.String},
		{"energy_mwh", "DECIMAL(18,3)", &arrow.Decimal128Type{Precision: 18, Scale: 3}},
		{"cost_eur", "DOUBLE", arrow.PrimitiveTypes.Float64},
		{"year", "SMALLINT", arrow.PrimitiveTypes.Int16},
		{"count", "INTEGER", arrow.PrimitiveTypes.Int32},
		{"rows", "BIGINT", arrow.PrimitiveTypes.Int64},
		{"mask", "UBIGINT", arrow.PrimitiveTypes.Uint64},
		{"is_total", "BOOLEAN", arrow.FixedWidthTypes.Boolean},
		{"day", "DATE", arrow.FixedWidthTypes.Date32},
		{"hour", "TIMESTAMP WITH TIME ZONE", &arrow.TimestampType{Unit: arrow.Microsecond, TimeZone: "UTC"}},
	}
	var fields []arrow.Field
	var described []map[string]any
	for _, c := range types {
		fields = append(fields, arrow.Field{Name: c.name, Type: c.kind, Nullable: true})
		described = append(described, map[string]any{"name": c.name, "stored_as": c.stored, "unit": "1", "description": "of " + c.name})
	}
	schema := arrow.NewSchema(fields, nil)
	b := array.NewRecordBuilder(memory.DefaultAllocator, schema)
	at := time.Date(2025, 10, 26, 1, 30, 0, 0, time.UTC)
	b.Field(0).(*array.StringBuilder).AppendValues([]string{"Køge", "Stevns"}, nil)
	b.Field(1).(*array.Decimal128Builder).Append(decimal128.FromI64(154956914))
	b.Field(2).(*array.Float64Builder).Append(0.1)
	b.Field(3).(*array.Int16Builder).Append(-2023)
	b.Field(4).(*array.Int32Builder).Append(7)
	b.Field(5).(*array.Int64Builder).Append(1 << 40)
	b.Field(6).(*array.Uint64Builder).Append(15)
	b.Field(7).(*array.BooleanBuilder).Append(true)
	b.Field(8).(*array.Date32Builder).Append(arrow.Date32FromTime(at))
	b.Field(9).(*array.TimestampBuilder).Append(arrow.Timestamp(at.UnixMicro()))
	for i := 1; i < len(types); i++ {
		b.Field(i).AppendNull()
	}
	var parquet bytes.Buffer
	record := b.NewRecordBatch()
	w, err := pqarrow.NewFileWriter(schema, &parquet, nil, pqarrow.DefaultWriterProps())
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(w.Write(record), w.Close()); err != nil {
		t.Fatal(err)
	}
	told := map[string]any{
		"name": "thing", "path": "thing.parquet", "description": "Things.", "rows": 2,
		"schema": map[string]any{"fields": described, "primaryKey": []string{"member"}},
	}
	if change != nil {
		change(told)
	}
	text, err := json.Marshal(map[string]any{
		"name": "my-plan", "title": "My plan", "sources": []any{map[string]any{"sample": true}}, "resources": []any{told},
	})
	if err != nil {
		t.Fatal(err)
	}
	return fstest.MapFS{"datapackage.json": {Data: text}, "thing.parquet": {Data: parquet.Bytes()}}
}

func TestTable(t *testing.T) {
	s, err := tables.Open(folder(t, nil))
	if err != nil {
		t.Fatal(err)
	}
	if s.Plan != "my-plan" || s.Title != "My plan" || !s.Sample || strings.Join(s.Names(), " ") != "thing" {
		t.Errorf("the snapshot is %+v", s)
	}
	thing, err := s.Table("thing")
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2025, 10, 26, 1, 30, 0, 0, time.UTC)
	want := map[string]any{
		"member": "Køge", "energy_mwh": 154956.914, "cost_eur": 0.1, "year": int64(-2023), "count": int64(7), "rows": int64(1 << 40),
		"mask": int64(15), "is_total": true, "day": at.Truncate(24 * time.Hour), "hour": at,
	}
	first, second := thing.Row(0), thing.Row(1)
	for _, c := range thing.Columns {
		if got := first.Value(c.Name); got != want[c.Name] {
			t.Errorf("%s: %v (%T), want %v", c.Name, got, got, want[c.Name])
		}
		if c.Name != "member" && !second.Null(c.Name) {
			t.Errorf("%s of the second row is %v, want null", c.Name, second.Value(c.Name))
		}
	}
	if _, there := second.Number("energy_mwh"); there {
		t.Error("what is missing counts as a number")
	}
	if got := thing.Where("member", "Køge", "year", -2023); len(got) != 1 || got[0].Index() != 0 {
		t.Errorf("Where finds %v", got)
	}
	if r, ok := thing.First("member", "Stevns"); !ok || r.Index() != 1 {
		t.Errorf("First finds %v %v", r, ok)
	}
	if _, ok := thing.First("member", "Greve"); ok {
		t.Error("First finds a member that is not there")
	}
	if got := strings.Join(thing.Distinct("member"), " "); got != "Køge Stevns" {
		t.Errorf("Distinct gives %s", got)
	}
	if _, err := s.Table("other"); !errors.Is(err, tables.ErrNoTable) {
		t.Errorf("a table that is not there gives %v", err)
	}
}

func TestTableThatWasChanged(t *testing.T) {
	for name, test := range map[string]struct {
		change func(map[string]any)
		spoil  func(fstest.MapFS)
		want   string
	}{
		"rows":         {change: func(told map[string]any) { told["rows"] = 3 }, want: "10 columns and 2 rows, datapackage.json says 10 and 3"},
		"other folder": {change: func(told map[string]any) { told["path"] = "../thing.parquet" }, want: `is in the file "../thing.parquet"`},
		"cut":          {spoil: func(f fstest.MapFS) { f["thing.parquet"].Data = f["thing.parquet"].Data[:100] }, want: "thing.parquet:"},
		"gone":         {spoil: func(f fstest.MapFS) { delete(f, "thing.parquet") }, want: "thing.parquet"},
		"renamed column": {change: func(told map[string]any) {
			told["schema"].(map[string]any)["fields"].([]map[string]any)[1]["name"] = "energy_gwh"
		}, want: "column 2 is energy_mwh, datapackage.json says energy_gwh"},
		"no description": {spoil: func(f fstest.MapFS) { delete(f, "datapackage.json") }, want: "does not say what it holds"},
	} {
		t.Run(name, func(t *testing.T) {
			f := folder(t, test.change)
			if test.spoil != nil {
				test.spoil(f)
			}
			s, err := tables.Open(f)
			if err == nil {
				_, err = s.Table("thing")
			}
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("the error is %v, want one with %q", err, test.want)
			}
		})
	}
}
