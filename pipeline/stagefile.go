package pipeline

import (
	"crypto/sha256"
	"errors"
	"hash"
	"io"
	"math"
	"path"

	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/compress"
	"github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/schema"
)

// LocationColumn is the column of a staged file that says where in the extract
// a row stood.
const LocationColumn = "_location"

// stageFiles writes the tables of one extract as Parquet.
type stageFiles struct {
	disk FS
	base string
	open map[string]*stageFile
	last *stageFile // that a row was written to
}

// stageFile is a table on its way into a file. While one row group is filled
// another is written, so that two processors have something to do; a table of
// one group is written where it is closed.
type stageFile struct {
	name   string
	table  string
	sink   File
	sum    hash.Hash // of what was written
	writer *file.Writer
	group  *rowGroup      // that is being filled
	full   chan *rowGroup // to be written; nil until the first is
	empty  chan *rowGroup // back from there
	rows   int64
}

func (s *stageFiles) row(t Table, location string, cells []cell) error {
	f := s.last
	if f == nil || f.table != t.Name {
		var err error
		if f, err = s.of(t); err != nil {
			return err
		}
		s.last = f
	}
	f.group.append(location, cells)
	f.rows++
	if f.group.rows == groupRows {
		return f.next()
	}
	return nil
}

// of returns the file of a table.
func (s *stageFiles) of(t Table) (*stageFile, error) {
	if f := s.open[t.Name]; f != nil {
		return f, nil
	}
	f, err := s.create(t)
	if err == nil {
		s.open[t.Name] = f
	}
	return f, err
}

// next hands the group over to be written and takes an empty one.
func (f *stageFile) next() error {
	if f.full == nil {
		f.full, f.empty = make(chan *rowGroup), make(chan *rowGroup, 2)
		f.empty <- f.group.another()
		go func() {
			defer close(f.empty)
			for g := range f.full {
				g.err = g.write(f.writer)
				f.empty <- g
			}
		}()
	}
	f.full <- f.group
	f.group = <-f.empty
	return f.group.err
}

// wait ends the writing of handed over groups.
func (f *stageFile) wait() error {
	if f.full == nil {
		return nil
	}
	close(f.full)
	var all error
	for g := range f.empty {
		all = errors.Join(all, g.err)
	}
	return all
}

func (s *stageFiles) create(t Table) (*stageFile, error) {
	f := &stageFile{name: s.base + "." + t.Name + ".parquet", table: t.Name, sum: sha256.New(), group: &rowGroup{}}
	var fields schema.FieldList
	for _, c := range t.Columns {
		fields = append(fields, node(c.Name, c.Kind))
		f.group.columns = append(f.group.columns, column{kind: c.Kind})
	}
	fields = append(fields, node(LocationColumn, Text))
	f.group.columns = append(f.group.columns, column{kind: Text})
	root, err := schema.NewGroupNode("schema", parquet.Repetitions.Required, fields, -1)
	if err != nil {
		return nil, err
	}
	if f.sink, err = s.disk.Create(Temp(f.name)); err != nil {
		return nil, err
	}
	f.writer, err = file.NewParquetWriterWithError(keepOpen{io.MultiWriter(f.sink, f.sum)}, root, file.WithWriterProps(properties(t)))
	if err != nil {
		return nil, errors.Join(err, f.sink.Close(), s.disk.Remove(Temp(f.name)))
	}
	return f, nil
}

// properties says how a table is written: compressed as fast as can be, for it is
// a cache; texts by dictionary; numbers, which are too many to be looked up, as
// they are; of a location what differs from the one above. A dictionary may have
// any size: where the writer gives one up halfway, it lists the encodings in the
// order of a map, and the same rows would not give the same bytes.
func properties(t Table) *parquet.WriterProperties {
	options := []parquet.WriterProperty{
		parquet.WithCompression(compress.Codecs.Zstd), parquet.WithCompressionLevel(fastest), parquet.WithStats(false),
		parquet.WithDictionaryDefault(false), parquet.WithDictionaryPageSizeLimit(math.MaxInt32),
		parquet.WithEncodingFor(LocationColumn, parquet.Encodings.DeltaByteArray),
	}
	for _, c := range t.Columns {
		if c.Kind == Text {
			options = append(options, parquet.WithDictionaryFor(c.Name, true))
		}
	}
	return parquet.NewWriterProperties(options...)
}

// fastest is a level of zstd.
const fastest = 1

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

// close finishes the files; with keep false they are thrown away.
func (s *stageFiles) close(keep bool) error {
	var all error
	for _, f := range s.open {
		err := f.wait()
		if keep && err == nil && f.group.rows > 0 {
			err = f.group.write(f.writer)
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
