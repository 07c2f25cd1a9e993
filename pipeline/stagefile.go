package pipeline

import (
	"errors"
	"fmt"
	"io"
	"path"
	"time"

	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/compress"
	"github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/schema"
)

// LocationColumn is the column of a staged file that says where in the extract
// a row stood.
const LocationColumn = "_location"

// groupRows is how many rows make a row group: what is held in memory.
const groupRows = 1 << 17

// stageFiles writes the tables of one extract as Parquet.
type stageFiles struct {
	disk FS
	base string
	open map[string]*stageFile
}

// stageFile gathers the columns of one table. Nulls stand in defined as 0 and
// nowhere in the values, which is how Parquet keeps them.
type stageFile struct {
	name    string
	sink    File
	writer  *file.Writer
	columns []column
	pending int
	rows    int64
}

type column struct {
	kind    Kind
	defined []int16
	text    []parquet.ByteArray
	last    string // the last text and its bytes: most cells repeat the one above
	bytes   parquet.ByteArray
	whole   []int64
	small   []int32
	number  []float64
	flag    []bool
}

func (s *stageFiles) row(t Table, location string, values []any) error {
	f := s.open[t.Name]
	if f == nil {
		var err error
		if f, err = s.create(t); err != nil {
			return err
		}
		s.open[t.Name] = f
	}
	for i, v := range values {
		f.columns[i].append(v)
	}
	f.columns[len(values)].append(location)
	f.rows++
	if f.pending++; f.pending == groupRows {
		return f.flush()
	}
	return nil
}

func (c *column) append(v any) {
	if v == nil {
		c.defined = append(c.defined, 0)
		return
	}
	c.defined = append(c.defined, 1)
	switch v := v.(type) {
	case string:
		if v != c.last || c.bytes == nil {
			c.last, c.bytes = v, parquet.ByteArray(v)
		}
		c.text = append(c.text, c.bytes)
	case int64:
		c.whole = append(c.whole, v)
	case float64:
		c.number = append(c.number, v)
	case bool:
		c.flag = append(c.flag, v)
	case time.Time:
		if c.kind == Date {
			c.small = append(c.small, int32(v.Unix()/86400))
		} else {
			c.whole = append(c.whole, v.UnixMicro())
		}
	}
}

func (s *stageFiles) create(t Table) (*stageFile, error) {
	f := &stageFile{name: s.base + "." + t.Name + ".parquet"}
	var fields schema.FieldList
	for _, c := range t.Columns {
		fields = append(fields, node(c.Name, c.Kind))
		f.columns = append(f.columns, column{kind: c.Kind})
	}
	fields = append(fields, node(LocationColumn, Text))
	f.columns = append(f.columns, column{kind: Text})
	root, err := schema.NewGroupNode("schema", parquet.Repetitions.Required, fields, -1)
	if err != nil {
		return nil, err
	}
	if f.sink, err = s.disk.Create(Temp(f.name)); err != nil {
		return nil, err
	}
	f.writer, err = file.NewParquetWriterWithError(keepOpen{f.sink}, root, file.WithWriterProps(parquet.NewWriterProperties(
		parquet.WithCompression(compress.Codecs.Zstd), parquet.WithDictionaryDefault(true), parquet.WithStats(false))))
	if err != nil {
		return nil, errors.Join(err, f.sink.Close(), s.disk.Remove(Temp(f.name)))
	}
	return f, nil
}

func node(name string, kind Kind) schema.Node {
	physical, logical := parquet.Types.ByteArray, schema.LogicalType(schema.StringLogicalType{})
	switch kind {
	case Integer:
		physical, logical = parquet.Types.Int64, schema.NewIntLogicalType(64, true)
	case Number:
		physical, logical = parquet.Types.Double, schema.NoLogicalType{}
	case Decimal3:
		physical, logical = parquet.Types.Int64, schema.NewDecimalLogicalType(18, 3)
	case Decimal6:
		physical, logical = parquet.Types.Int64, schema.NewDecimalLogicalType(18, 6)
	case Instant:
		physical, logical = parquet.Types.Int64, schema.NewTimestampLogicalType(true, schema.TimeUnitMicros)
	case Date:
		physical, logical = parquet.Types.Int32, schema.DateLogicalType{}
	case Flag:
		physical, logical = parquet.Types.Boolean, schema.NoLogicalType{}
	}
	return schema.MustPrimitive(schema.NewPrimitiveNodeLogical(name, parquet.Repetitions.Optional, logical, physical, -1, -1))
}

// keepOpen lets the Parquet writer finish without closing the file, which has
// to be synced first.
type keepOpen struct{ io.Writer }

func (f *stageFile) flush() error {
	group, err := f.writer.AppendRowGroupChecked()
	if err != nil {
		return err
	}
	for i := range f.columns {
		c := &f.columns[i]
		w, err := group.NextColumn()
		if err != nil {
			return err
		}
		switch w := w.(type) {
		case *file.ByteArrayColumnChunkWriter:
			_, err = w.WriteBatch(c.text, c.defined, nil)
		case *file.Int64ColumnChunkWriter:
			_, err = w.WriteBatch(c.whole, c.defined, nil)
		case *file.Int32ColumnChunkWriter:
			_, err = w.WriteBatch(c.small, c.defined, nil)
		case *file.Float64ColumnChunkWriter:
			_, err = w.WriteBatch(c.number, c.defined, nil)
		case *file.BooleanColumnChunkWriter:
			_, err = w.WriteBatch(c.flag, c.defined, nil)
		default:
			err = fmt.Errorf("no way to stage a column of kind %s", c.kind)
		}
		if err := errors.Join(err, w.Close()); err != nil {
			return err
		}
		c.defined, c.text, c.whole, c.small, c.number, c.flag = c.defined[:0], c.text[:0], c.whole[:0], c.small[:0], c.number[:0], c.flag[:0]
	}
	f.pending = 0
	return group.Close()
}

// close finishes the files; with keep false they are thrown away.
func (s *stageFiles) close(keep bool) error {
	var all error
	for _, f := range s.open {
		var err error
		if keep && f.pending > 0 {
			err = f.flush()
		}
		err = errors.Join(err, f.writer.Close(), f.sink.Sync(), f.sink.Close())
		if keep && err == nil {
			err = s.disk.Rename(Temp(f.name), f.name)
		} else {
			err = errors.Join(err, s.disk.Remove(Temp(f.name)))
		}
		all = errors.Join(all, err)
	}
	if keep && len(s.open) > 0 {
		all = errors.Join(all, s.disk.Commit(path.Dir(s.base)))
	}
	return all
}
