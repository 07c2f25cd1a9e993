package pipeline_test

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/file"

	"samkraft/pipeline"
)

// stagedRows reads a staged Parquet file with arrow-go: one list of values per
// row, nil for null.
func stagedRows(disk pipeline.FS, name string) ([][]any, error) {
	if name == "" {
		return nil, nil // a table without rows has no file
	}
	text, err := pipeline.ReadFile(disk, name)
	if err != nil {
		return nil, err
	}
	r, err := file.NewParquetReader(bytes.NewReader(text))
	if err != nil {
		return nil, err
	}
	defer r.Close()
	rows := make([][]any, r.NumRows())
	for g, first := 0, 0; g < r.NumRowGroups(); g++ {
		group := r.RowGroup(g)
		for c := range group.NumColumns() {
			column, err := group.Column(c)
			if err != nil {
				return nil, err
			}
			values, err := cells(column, group.NumRows())
			if err != nil {
				return nil, err
			}
			for i, v := range values {
				rows[first+i] = append(rows[first+i], v)
			}
		}
		first += int(group.NumRows())
	}
	return rows, nil
}

func cells(column file.ColumnChunkReader, n int64) ([]any, error) {
	switch c := column.(type) {
	case *file.ByteArrayColumnChunkReader:
		return spread[parquet.ByteArray](c, n, func(v parquet.ByteArray) any { return string(v) })
	case *file.Int64ColumnChunkReader:
		return spread[int64](c, n, func(v int64) any { return v })
	case *file.Int32ColumnChunkReader:
		return spread[int32](c, n, func(v int32) any { return v })
	case *file.Float64ColumnChunkReader:
		return spread[float64](c, n, func(v float64) any { return v })
	case *file.BooleanColumnChunkReader:
		return spread[bool](c, n, func(v bool) any { return v })
	}
	return nil, fmt.Errorf("a column of type %T", column)
}

// spread puts the values of a column, which Parquet keeps without the nulls,
// back into their rows.
func spread[T any](c interface {
	ReadBatch(n int64, values []T, defined, repeated []int16) (int64, int, error)
}, n int64, plain func(T) any) ([]any, error) {
	values, defined := make([]T, n), make([]int16, n)
	total, _, err := c.ReadBatch(n, values, defined, nil)
	if err != nil || total != n {
		return nil, fmt.Errorf("%d of %d rows: %w", total, n, err)
	}
	out, next := make([]any, n), 0
	for i, d := range defined {
		if d == 1 {
			out[i] = plain(values[next])
			next++
		}
	}
	return out, nil
}

func stagedText(disk pipeline.FS, name string) (string, error) {
	rows, err := stagedRows(disk, name)
	var text strings.Builder
	for _, row := range rows {
		fmt.Fprintln(&text, row...)
	}
	return text.String(), err
}
