package query

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"math/big"
	"strings"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/schema"
	duckdb "github.com/duckdb/duckdb-go/v2"
)

// parquetColumn gathers the values of one column for a row group. Nulls stand in
// defined as 0 and nowhere in the values, which is how Parquet keeps them.
type parquetColumn struct {
	column   Column
	physical parquet.Type
	logical  schema.LogicalType
	length   int // of fixed values
	arrow    arrow.DataType

	defined []int16
	flags   []bool
	small   []int32
	whole   []int64
	single  []float32
	double  []float64
	texts   []parquet.ByteArray
	fixed   []parquet.FixedLenByteArray
}

// wideBytes is the size of a decimal that needs more than 18 digits.
const wideBytes = 16

func newParquetColumn(c Column) *parquetColumn {
	p := &parquetColumn{column: c, physical: parquet.Types.ByteArray, logical: schema.StringLogicalType{}, length: -1, arrow: arrow.BinaryTypes.String}
	set := func(physical parquet.Type, logical schema.LogicalType, kind arrow.DataType) {
		p.physical, p.logical, p.arrow = physical, logical, kind
	}
	whole := func(bits int8, signed bool, kind arrow.DataType) {
		physical := parquet.Types.Int32
		if bits == 64 {
			physical = parquet.Types.Int64
		}
		set(physical, schema.NewIntLogicalType(bits, signed), kind)
	}
	var precision, scale int32
	switch {
	case isDecimal(c.Type):
		if _, err := fmt.Sscanf(c.Type, "DECIMAL(%d,%d)", &precision, &scale); err == nil {
			p.decimal(precision, scale)
		}
	case isTimestamp(c.Type):
		zone, utc := "", c.Type == "TIMESTAMP WITH TIME ZONE"
		if utc {
			zone = "UTC"
		}
		set(parquet.Types.Int64, schema.NewTimestampLogicalType(utc, schema.TimeUnitMicros), &arrow.TimestampType{Unit: arrow.Microsecond, TimeZone: zone})
	}
	switch c.Type {
	case "BOOLEAN":
		set(parquet.Types.Boolean, schema.NoLogicalType{}, arrow.FixedWidthTypes.Boolean)
	case "TINYINT":
		whole(8, true, arrow.PrimitiveTypes.Int8)
	case "SMALLINT":
		whole(16, true, arrow.PrimitiveTypes.Int16)
	case "INTEGER":
		whole(32, true, arrow.PrimitiveTypes.Int32)
	case "BIGINT":
		whole(64, true, arrow.PrimitiveTypes.Int64)
	case "UTINYINT":
		whole(8, false, arrow.PrimitiveTypes.Uint8)
	case "USMALLINT":
		whole(16, false, arrow.PrimitiveTypes.Uint16)
	case "UINTEGER":
		whole(32, false, arrow.PrimitiveTypes.Uint32)
	case "UBIGINT":
		whole(64, false, arrow.PrimitiveTypes.Uint64)
	case "HUGEINT":
		// What sum gives of integers. Parquet has no wider exact number.
		p.decimal(38, 0)
	case "FLOAT":
		set(parquet.Types.Float, schema.NoLogicalType{}, arrow.PrimitiveTypes.Float32)
	case "DOUBLE":
		set(parquet.Types.Double, schema.NoLogicalType{}, arrow.PrimitiveTypes.Float64)
	case "DATE":
		set(parquet.Types.Int32, schema.DateLogicalType{}, arrow.FixedWidthTypes.Date32)
	}
	return p
}

func (p *parquetColumn) decimal(precision, scale int32) {
	p.physical, p.logical = parquet.Types.Int64, schema.NewDecimalLogicalType(precision, scale)
	p.arrow = &arrow.Decimal128Type{Precision: precision, Scale: scale}
	if precision > 18 {
		p.physical, p.length = parquet.Types.FixedLenByteArray, wideBytes
	}
}

func (p *parquetColumn) field() (schema.Node, error) {
	return schema.NewPrimitiveNodeLogical(p.column.Name, parquet.Repetitions.Optional, p.logical, p.physical, p.length, -1)
}

func (p *parquetColumn) append(v any) error {
	if v == nil {
		p.defined = append(p.defined, 0)
		return nil
	}
	p.defined = append(p.defined, 1)
	switch p.physical {
	case parquet.Types.ByteArray:
		p.texts = append(p.texts, parquet.ByteArray(textOf(v, p.column.Type)))
		return nil
	case parquet.Types.FixedLenByteArray:
		return p.appendWide(v)
	}
	switch v := v.(type) {
	case bool:
		p.flags = append(p.flags, v)
	case int64:
		p.appendWhole(v)
	case *big.Int:
		// UBIGINT: the same 64 bits, told apart by the logical type.
		p.whole = append(p.whole, int64(v.Uint64()))
	case duckdb.Decimal:
		p.whole = append(p.whole, v.Value.Int64())
	case float32:
		p.single = append(p.single, v)
	case float64:
		p.double = append(p.double, v)
	case time.Time:
		if p.column.Type == "DATE" {
			p.appendWhole(v.Unix() / 86400)
		} else {
			p.appendWhole(v.UnixMicro())
		}
	}
	return nil
}

func (p *parquetColumn) appendWhole(n int64) {
	if p.physical == parquet.Types.Int32 {
		p.small = append(p.small, int32(n))
	} else {
		p.whole = append(p.whole, n)
	}
}

// appendWide writes a number in two's complement, the highest byte first.
func (p *parquetColumn) appendWide(v any) error {
	number, ok := v.(*big.Int)
	if d, isDecimal := v.(duckdb.Decimal); isDecimal {
		number, ok = d.Value, true
	}
	if !ok || len(new(big.Int).Abs(number).String()) > 38 {
		return &Error{Message: fmt.Sprintf("column %s has a number of more than the 38 digits that Parquet holds", p.column.Name)}
	}
	if number.Sign() < 0 {
		number = new(big.Int).Add(number, new(big.Int).Lsh(big.NewInt(1), 8*wideBytes))
	}
	p.fixed = append(p.fixed, number.FillBytes(make([]byte, wideBytes)))
	return nil
}

func (p *parquetColumn) empty() {
	p.defined, p.flags, p.small, p.whole = p.defined[:0], p.flags[:0], p.small[:0], p.whole[:0]
	p.single, p.double, p.texts, p.fixed = p.single[:0], p.double[:0], p.texts[:0], p.fixed[:0]
}

// arrowSchema is the schema as Arrow readers expect it, with the units.
func arrowSchema(columns []*parquetColumn) (string, error) {
	var fields []arrow.Field
	for _, p := range columns {
		f := arrow.Field{Name: p.column.Name, Type: p.arrow, Nullable: true}
		if p.column.Unit != "" {
			f.Metadata = arrow.NewMetadata([]string{unitKey}, []string{p.column.Unit})
		}
		fields = append(fields, f)
	}
	var message bytes.Buffer
	if err := ipc.NewWriter(&message, ipc.WithSchema(arrow.NewSchema(fields, nil))).Close(); err != nil {
		return "", err
	}
	return base64.StdEncoding.EncodeToString(message.Bytes()), nil
}

func isTimestamp(kind string) bool {
	return strings.HasPrefix(kind, "TIMESTAMP") && !strings.HasSuffix(kind, "]")
}
