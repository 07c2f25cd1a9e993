package query

import (
	"bytes"
	"encoding/base64"
	"maps"
	"strings"

	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/apache/arrow-go/v18/parquet/file"
)

// schemaKey is where a Parquet file keeps its Arrow schema, an IPC message in
// base 64, and unitKey where a field of that schema keeps its unit.
const (
	schemaKey = "ARROW:schema"
	unitKey   = "unit"
)

// units maps the columns of the tables that were read to their units, for those
// result columns that can only be plain columns: all tables that have the column
// agree, and the query gives the name to nothing else.
func (g *guard) units(tables []table) map[string]string {
	if g.mixes {
		return nil
	}
	agreed := map[string]string{}
	for _, t := range tables {
		for name, unit := range fileUnits(t.path) {
			if before, seen := agreed[name]; seen && before != unit {
				unit = ""
			}
			agreed[name] = unit
		}
	}
	maps.DeleteFunc(agreed, func(name, _ string) bool { return g.made[name] })
	return agreed
}

// fileUnits reads the units of a file's columns, by name in lower case, with ""
// for a column without. A file that tells none has none: the query is answered
// all the same.
func fileUnits(path string) map[string]string {
	reader, err := file.OpenParquetFile(path, false)
	if err != nil {
		return nil
	}
	defer reader.Close()
	encoded := reader.MetaData().KeyValueMetadata().FindValue(schemaKey)
	if encoded == nil {
		return nil
	}
	message, err := base64.StdEncoding.DecodeString(*encoded)
	if err != nil {
		return nil
	}
	stream, err := ipc.NewReader(bytes.NewReader(message))
	if err != nil {
		return nil
	}
	defer stream.Release()
	units := map[string]string{}
	for _, f := range stream.Schema().Fields() {
		unit, _ := f.Metadata.GetValue(unitKey)
		units[strings.ToLower(f.Name)] = unit
	}
	return units
}
