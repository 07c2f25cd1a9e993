package query

import (
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"strings"
)

// Column is a column of a result. No two columns of a result have one name.
type Column struct {
	Name string
	Type string // as DuckDB's DESCRIBE names it
	// Unit is the unit of a number that is a plain column of a table, and "" when
	// it is not known: a computed number has whatever unit the query gives it.
	Unit string
}

// Text writes a value of the column as CSV does, and "" for nil.
func (c Column) Text(v any) string {
	if v == nil {
		return ""
	}
	return textOf(v, c.Type)
}

// IsNumber reports whether the column holds numbers.
func (c Column) IsNumber() bool { return isNumber(c.Type) }

// Result is the answer to a query. It can be read once, by one goroutine.
type Result struct {
	Columns []Column

	engine   *engine
	stays    bool // the engine, when the result is closed
	snapshot *Snapshot
	rows     *sql.Rows
	limit    int64
	more     bool
	stop     func()
}

// Rows gives the rows, up to the limit. The slice is used again for the next
// row. An error is the last thing it gives. A value is nil, bool, int64,
// *big.Int, float32, float64, Decimal of the DuckDB driver, time.Time in UTC,
// json.RawMessage for a list, a struct and the like, or string for all else.
func (r *Result) Rows() iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		values, targets := make([]any, len(r.Columns)), make([]any, len(r.Columns))
		for i := range values {
			targets[i] = &values[i]
		}
		for n := int64(0); r.rows.Next(); n++ {
			if n == r.limit {
				r.more = true
				return
			}
			err := r.rows.Scan(targets...)
			for i := 0; i < len(values) && err == nil; i++ {
				values[i], err = plain(values[i], r.Columns[i].Type)
			}
			if err != nil {
				yield(nil, r.fault(err))
				return
			}
			if !yield(values, nil) {
				return
			}
		}
		if err := r.rows.Err(); err != nil {
			yield(nil, r.fault(err))
		}
	}
}

func (r *Result) fault(err error) error {
	return fmt.Errorf("the result could not be read: %s", r.snapshot.withoutPaths(err.Error()))
}

// Truncated reports, once the rows are read, whether the query had more rows than
// the limit.
func (r *Result) Truncated() bool { return r.more }

// Note says in a sentence that rows are missing, and is "" when none are.
func (r *Result) Note() string {
	if !r.more {
		return ""
	}
	return fmt.Sprintf("only the first %d rows are given: the query has more", r.limit)
}

// Close frees what the result holds. It may be called more than once.
func (r *Result) Close() error {
	if r.engine == nil {
		return nil
	}
	err := r.rows.Close()
	if !r.stays {
		err = errors.Join(err, r.engine.close())
	}
	r.stop()
	r.engine = nil
	return err
}

// typeName is DuckDB's name for a type that the driver shortens.
func typeName(name string) string {
	switch name {
	case "TIMESTAMPTZ":
		return "TIMESTAMP WITH TIME ZONE"
	case "TIMETZ":
		return "TIME WITH TIME ZONE"
	case "SQLNULL":
		return "NULL"
	}
	return name
}

func isNumber(kind string) bool {
	switch kind {
	case "FLOAT", "DOUBLE", "INTEGER", "UINTEGER", "BIGNUM":
		return true
	}
	return isDecimal(kind) || strings.HasSuffix(kind, "INT")
}

// isDecimal reports whether a type is a decimal, not a list of them.
func isDecimal(kind string) bool {
	return strings.HasPrefix(kind, "DECIMAL(") && strings.HasSuffix(kind, ")")
}
