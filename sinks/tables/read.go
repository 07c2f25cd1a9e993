package tables

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"math/big"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/decimal128"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"
)

// read reads the file of a table and holds it to what is told of it.
func read(folder fs.FS, told resource) (_ *Table, err error) {
	// A file that was changed after it was published may break the reader.
	defer func() {
		if caught := recover(); caught != nil {
			err = fmt.Errorf("%s: it cannot be read: %v", told.Path, caught)
		}
	}()
	text, err := fs.ReadFile(folder, told.Path)
	if err != nil {
		return nil, err
	}
	parquet, err := file.NewParquetReader(bytes.NewReader(text))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", told.Path, err)
	}
	defer parquet.Close()
	reader, err := pqarrow.NewFileReader(parquet, pqarrow.ArrowReadProperties{}, memory.DefaultAllocator)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", told.Path, err)
	}
	content, err := reader.ReadTable(context.Background())
	if err != nil {
		return nil, fmt.Errorf("%s: %w", told.Path, err)
	}
	defer content.Release()
	t := &Table{Heading: told.heading(), index: map[string]int{}}
	if int(content.NumCols()) != len(t.Columns) || content.NumRows() != told.Rows {
		return nil, fmt.Errorf("%s: %d columns and %d rows, datapackage.json says %d and %d", told.Path, content.NumCols(), content.NumRows(), len(t.Columns), told.Rows)
	}
	for i, c := range t.Columns {
		column := content.Column(i)
		if column.Name() != c.Name {
			return nil, fmt.Errorf("%s: column %d is %s, datapackage.json says %s", told.Path, i+1, column.Name(), c.Name)
		}
		values, err := columnOf(column.Data(), t.Rows)
		if err != nil {
			return nil, fmt.Errorf("%s, column %s: %w", told.Path, c.Name, err)
		}
		t.index[c.Name] = i
		t.values = append(t.values, values)
	}
	return t, nil
}

// columnOf copies the cells of a column out of the reader's memory.
func columnOf(chunks *arrow.Chunked, rows int) (values, error) {
	switch kind := chunks.DataType().(type) {
	case *arrow.StringType:
		known := map[string]string{} // most columns of text hold few different ones
		return collect(chunks, rows, func(a *array.String, i int) string {
			text, ok := known[a.Value(i)]
			if !ok {
				text = string([]byte(a.Value(i)))
				known[text] = text
			}
			return text
		}), nil
	case *arrow.Float64Type:
		return collect(chunks, rows, (*array.Float64).Value), nil
	case *arrow.BooleanType:
		return collect(chunks, rows, (*array.Boolean).Value), nil
	case *arrow.Int16Type:
		return collect(chunks, rows, func(a *array.Int16, i int) int64 { return int64(a.Value(i)) }), nil
	case *arrow.Int32Type:
		return collect(chunks, rows, func(a *array.Int32, i int) int64 { return int64(a.Value(i)) }), nil
	case *arrow.Int64Type:
		return collect(chunks, rows, (*array.Int64).Value), nil
	case *arrow.Uint64Type:
		// Sizes of games and of samples: far below what an int64 holds.
		return collect(chunks, rows, func(a *array.Uint64, i int) int64 { return int64(a.Value(i)) }), nil
	case *arrow.Decimal128Type:
		return collect(chunks, rows, func(a *array.Decimal128, i int) float64 { return nearest(a.Value(i), kind.Scale) }), nil
	case *arrow.Date32Type:
		return collect(chunks, rows, func(a *array.Date32, i int) time.Time { return a.Value(i).ToTime().UTC() }), nil
	case *arrow.TimestampType:
		return collect(chunks, rows, func(a *array.Timestamp, i int) time.Time { return a.Value(i).ToTime(kind.Unit).UTC() }), nil
	}
	return nil, fmt.Errorf("cells of type %s are not known", chunks.DataType())
}

// collect puts the chunks of a column one after the other.
func collect[A arrow.Array, T comparable](chunks *arrow.Chunked, rows int, value func(A, int) T) values {
	c := cells[T]{value: make([]T, 0, rows)}
	if chunks.NullN() > 0 {
		c.there = make([]bool, 0, rows)
	}
	for _, chunk := range chunks.Chunks() {
		a := chunk.(A)
		for i := range a.Len() {
			var v T
			if !a.IsNull(i) {
				v = value(a, i)
			}
			c.value = append(c.value, v)
			if c.there != nil {
				c.there = append(c.there, !a.IsNull(i))
			}
		}
	}
	return c
}

// nearest is the number nearest to a decimal, so that it is written with the same
// digits: dividing once by a power of ten that is exact rounds once.
func nearest(d decimal128.Num, scale int32) float64 {
	power := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)), nil)
	f, _ := new(big.Rat).SetFrac(d.BigInt(), power).Float64()
	return f
}
