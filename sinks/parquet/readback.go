package parquet

import (
	"context"
	"fmt"
	"os"

	"github.com/xitongsys/parquet-go/parquet"
	"github.com/xitongsys/parquet-go/reader"
	"github.com/xitongsys/parquet-go/source"

	"samkraft/pipeline"
)

// ReadBack is a sink that writes nothing: it reads every fresh table of a draft
// with an independent reader and stops the publication unless it finds the same
// columns, rows, values, nulls and order as the writer had.
type ReadBack struct{}

var _ pipeline.Sink = ReadBack{}

// Write compares. Tables that an earlier job made were compared then, and their
// bytes are compared with their hash whenever they are taken from the cache.
func (ReadBack) Write(ctx context.Context, draft pipeline.Draft) error {
	for _, t := range draft.Tables {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if !t.Fresh {
			continue
		}
		if err := compare(draft.Disk.Path(draft.File(t.Name+".parquet")), t); err != nil {
			return fmt.Errorf("table %s does not read back as it was written: %w", t.Name, err)
		}
	}
	return nil
}

// batch is how many values of a column are read at a time.
const batch = 1 << 16

func compare(path string, t pipeline.BuiltTable) (err error) {
	// The reader is an old library: a file it cannot read may make it panic.
	defer func() {
		if caught := recover(); caught != nil {
			err = fmt.Errorf("the reader fell: %v", caught)
		}
	}()
	file, err := open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	r, err := reader.NewParquetColumnReader(file, 1)
	if err != nil {
		return err
	}
	defer r.ReadStop()
	if r.GetNumRows() != t.Rows {
		return fmt.Errorf("%d rows, %d were written", r.GetNumRows(), t.Rows)
	}
	leaves := r.SchemaHandler.ValueColumns
	if len(leaves) != len(t.Columns) {
		return fmt.Errorf("%d columns, %d were written", len(leaves), len(t.Columns))
	}
	for i, c := range t.Columns {
		element := r.SchemaHandler.SchemaElements[r.SchemaHandler.MapIndex[leaves[i]]]
		name := r.SchemaHandler.GetExName(int(r.SchemaHandler.MapIndex[leaves[i]]))
		if name != c.Name {
			return fmt.Errorf("column %d is %s, %s was written", i+1, name, c.Name)
		}
		if err := fits(element, c.Type); err != nil {
			return fmt.Errorf("column %s: %w", c.Name, err)
		}
		digest, err := digestColumn(r, int64(i), t.Rows)
		if err != nil {
			return fmt.Errorf("column %s: %w", c.Name, err)
		}
		if digest != c.Digest {
			return fmt.Errorf("column %s holds other values", c.Name)
		}
	}
	return nil
}

func digestColumn(r *reader.ParquetReader, index, rows int64) (string, error) {
	digest := pipeline.NewDigest()
	for read := int64(0); read < rows; {
		values, _, _, err := r.ReadColumnByIndex(index, min(batch, rows-read))
		if err != nil {
			return "", err
		}
		if len(values) == 0 {
			return "", fmt.Errorf("%d values, %d were written", read, rows)
		}
		for _, v := range values {
			if err := add(digest, v); err != nil {
				return "", err
			}
		}
		read += int64(len(values))
	}
	return digest.Sum(), nil
}

func add(d pipeline.Digest, v any) error {
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
	case int32:
		d.Whole(int64(v))
	case int64:
		d.Whole(v)
	case float64:
		d.Number(v)
	default:
		return fmt.Errorf("a value of type %T", v)
	}
	return nil
}

// fits checks that the file says of a column what its type means.
func fits(e *parquet.SchemaElement, duckType string) error {
	var precision, scale int32
	if n, _ := fmt.Sscanf(duckType, "DECIMAL(%d,%d)", &precision, &scale); n == 2 {
		if e.GetConvertedType() != parquet.ConvertedType_DECIMAL || e.GetPrecision() != precision || e.GetScale() != scale {
			return fmt.Errorf("it is no %s", duckType)
		}
		return nil
	}
	physical, ok := map[string]parquet.Type{
		"VARCHAR": parquet.Type_BYTE_ARRAY, "SMALLINT": parquet.Type_INT32, "INTEGER": parquet.Type_INT32, "BIGINT": parquet.Type_INT64, "UBIGINT": parquet.Type_INT64,
		"DOUBLE": parquet.Type_DOUBLE, "BOOLEAN": parquet.Type_BOOLEAN, "DATE": parquet.Type_INT32, "TIMESTAMP WITH TIME ZONE": parquet.Type_INT64,
	}[duckType]
	if !ok || e.GetType() != physical {
		return fmt.Errorf("it is %v, written as %s", e.GetType(), duckType)
	}
	return nil
}

// file is the reader library's view of a file on disk.
type file struct{ *os.File }

func open(path string) (source.ParquetFile, error) {
	f, err := os.Open(path)
	return file{f}, err
}

func (f file) Open(string) (source.ParquetFile, error) { return open(f.Name()) }
func (f file) Create(string) (source.ParquetFile, error) {
	return nil, fmt.Errorf("this file is only read")
}
