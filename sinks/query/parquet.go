package query

import (
	"errors"
	"fmt"
	"io"

	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/compress"
	"github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/metadata"
	"github.com/apache/arrow-go/v18/parquet/schema"
)

// groupRows is how many rows make a row group: what is held in memory.
const groupRows = 1 << 16

// writeParquet writes the result by itself and not through DuckDB, which would
// need the right to write files while a query of somebody else is open.
func writeParquet(w io.Writer, r *Result) error {
	if len(r.Columns) == 0 {
		return &Error{Message: "the result has no columns"}
	}
	columns := make([]*parquetColumn, len(r.Columns))
	var fields schema.FieldList
	for i, c := range r.Columns {
		columns[i] = newParquetColumn(c)
		field, err := columns[i].field()
		if err != nil {
			return err
		}
		fields = append(fields, field)
	}
	root, err := schema.NewGroupNode("schema", parquet.Repetitions.Required, fields, -1)
	if err != nil {
		return err
	}
	about, err := arrowSchema(columns)
	if err != nil {
		return err
	}
	pairs := metadata.NewKeyValueMetadata()
	if err := pairs.Append(schemaKey, about); err != nil {
		return err
	}
	writer, err := file.NewParquetWriterWithError(w, root, file.WithWriteMetadata(pairs), file.WithWriterProps(parquet.NewWriterProperties(
		parquet.WithCompression(compress.Codecs.Zstd), parquet.WithDictionaryDefault(true), parquet.WithStats(false))))
	if err != nil {
		return err
	}
	pending := 0
	for row, err := range r.Rows() {
		if err != nil {
			return errors.Join(err, writer.Close())
		}
		for i, v := range row {
			if err := columns[i].append(v); err != nil {
				return errors.Join(err, writer.Close())
			}
		}
		if pending++; pending == groupRows {
			if err := flush(writer, columns); err != nil {
				return errors.Join(err, writer.Close())
			}
			pending = 0
		}
	}
	if pending > 0 {
		err = flush(writer, columns)
	}
	return errors.Join(err, writer.Close())
}

// flush writes what the columns hold as a row group and empties them.
func flush(writer *file.Writer, columns []*parquetColumn) error {
	group, err := writer.AppendRowGroupChecked()
	if err != nil {
		return err
	}
	for _, c := range columns {
		chunk, err := group.NextColumn()
		if err != nil {
			return err
		}
		switch chunk := chunk.(type) {
		case *file.BooleanColumnChunkWriter:
			_, err = chunk.WriteBatch(c.flags, c.defined, nil)
		case *file.Int32ColumnChunkWriter:
			_, err = chunk.WriteBatch(c.small, c.defined, nil)
		case *file.Int64ColumnChunkWriter:
			_, err = chunk.WriteBatch(c.whole, c.defined, nil)
		case *file.Float32ColumnChunkWriter:
			_, err = chunk.WriteBatch(c.single, c.defined, nil)
		case *file.Float64ColumnChunkWriter:
			_, err = chunk.WriteBatch(c.double, c.defined, nil)
		case *file.ByteArrayColumnChunkWriter:
			_, err = chunk.WriteBatch(c.texts, c.defined, nil)
		case *file.FixedLenByteArrayColumnChunkWriter:
			_, err = chunk.WriteBatch(c.fixed, c.defined, nil)
		default:
			err = fmt.Errorf("no way to write a column of type %s", c.column.Type)
		}
		if err := errors.Join(err, chunk.Close()); err != nil {
			return err
		}
		c.empty()
	}
	return group.Close()
}
