package query

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	duckdb "github.com/duckdb/duckdb-go/v2"
)

// Query runs one SELECT and returns its result, which must be closed. An *Error
// says what the writer of the query can change; any other error means that the
// snapshot could not be read. The end of ctx stops the query and the reading of
// its result.
func (s *Snapshot) Query(ctx context.Context, sql string) (*Result, error) {
	return s.ask(ctx, sql, s.limits.Rows, nil)
}

// ask runs one SELECT, in an engine of its own or in one that is open, locked to all
// tables, and stays so.
func (s *Snapshot) ask(ctx context.Context, sql string, rows int64, open *engine) (*Result, error) {
	switch {
	case len(sql) > maxText:
		return nil, &Error{Message: fmt.Sprintf("the query is %d bytes long, %d are the most", len(sql), maxText)}
	case !utf8.ValidString(sql), strings.ContainsRune(sql, 0):
		// A text with a zero would be parsed whole and run up to there.
		return nil, &Error{Message: "the query is not plain text in UTF-8"}
	}
	ctx, stop := context.WithCancelCause(ctx)
	timer := time.AfterFunc(s.limits.Timeout, func() { stop(errTimeout) })
	result, err := s.query(ctx, sql, rows, open)
	timer.Stop()
	if err == nil {
		result.stop = func() { stop(nil) }
		if ctx.Err() == nil {
			return result, nil
		}
		// The time ran out between the last row and here.
		err = errors.Join(ctx.Err(), result.Close())
	}
	err = s.explain(ctx, err)
	stop(nil)
	return nil, err
}

func (s *Snapshot) query(ctx context.Context, sql string, limit int64, open *engine) (result *Result, err error) {
	e := open
	if e == nil {
		if e, err = openEngine(ctx, s.limits); err != nil {
			return nil, unreadable{err}
		}
		defer func() {
			if err != nil {
				err = errors.Join(err, e.close())
			}
		}()
	}
	bounded, tree, err := e.bound(ctx, sql, limit)
	if err != nil {
		return nil, err
	}
	guard, err := s.inspect(tree)
	if err != nil {
		return nil, err
	}
	var tables []table
	for name := range guard.reads {
		tables = append(tables, s.tables[name])
	}
	if err := e.see(ctx, tables); err != nil {
		return nil, unreadable{err}
	}
	if open == nil {
		if err := e.lock(ctx, tables); err != nil {
			return nil, unreadable{err}
		}
	}
	if err := e.prepare(sql); err != nil {
		return nil, err
	}
	rows, err := e.conn.QueryContext(ctx, bounded)
	if err != nil {
		err = withoutPlace(err)
		return nil, err
	}
	types, err := rows.ColumnTypes()
	if err != nil {
		return nil, errors.Join(err, rows.Close())
	}
	result = &Result{engine: e, stays: open != nil, snapshot: s, rows: rows, limit: limit}
	units := guard.units(tables)
	for _, t := range types {
		c := Column{Name: t.Name(), Type: typeName(t.DatabaseTypeName())}
		if strings.Contains(c.Type, "VARIANT") {
			err := &Error{Message: fmt.Sprintf("column %s is of type %s, which cannot be given out", c.Name, c.Type), Hint: "cast it to another type"}
			return nil, errors.Join(err, rows.Close())
		}
		if isNumber(c.Type) {
			c.Unit = units[strings.ToLower(c.Name)]
		}
		result.Columns = append(result.Columns, c)
	}
	return result, nil
}

// bound returns the query as a subquery of one that ends after one row more than
// the limit, and the syntax tree of that: what is inspected is what runs. DuckDB
// keeps the order of a subquery, and the limit reaches into its plan.
func (e *engine) bound(ctx context.Context, sql string, limit int64) (string, node, error) {
	_, whole, err := e.parse(ctx, sql)
	if err != nil {
		return "", nil, err
	}
	body := statementOf(sql)
	_, part, err := e.parse(ctx, body)
	if ctx.Err() != nil {
		return "", nil, ctx.Err()
	}
	if err != nil || part != whole {
		return "", nil, &Error{Message: "the end of the statement is not clear", Hint: "leave the semicolon out"}
	}
	bounded := fmt.Sprintf("SELECT * FROM (\n%s\n) LIMIT %d", body, limit+1)
	tree, _, err := e.parse(ctx, bounded)
	if ctx.Err() != nil {
		return "", nil, ctx.Err()
	}
	if err != nil {
		return "", nil, &Error{Message: "this kind of SELECT cannot stand in parentheses", Hint: onlySelect}
	}
	return bounded, tree, nil
}

// prepare binds the query as it was written, so that its faults are shown in
// its own text, and has the driver say what kind of statement it is.
func (e *engine) prepare(sql string) error {
	return e.conn.Raw(func(conn any) error {
		// Prepare of this driver takes exactly one statement and runs none.
		prepared, err := conn.(driver.Conn).Prepare(sql)
		if err != nil {
			return err
		}
		defer prepared.Close()
		kind, err := prepared.(*duckdb.Stmt).StatementType()
		if err != nil {
			return err
		}
		if kind != duckdb.STATEMENT_TYPE_SELECT {
			return &Error{Message: "only SELECT can be run here", Hint: onlySelect}
		}
		if prepared.NumInput() > 0 {
			return &Error{Message: "the query has parameters, and there is nothing to fill them with", Hint: "write the values"}
		}
		return nil
	})
}

// withoutPlace takes the place out of a message: it would lie in the bounded text.
func withoutPlace(err error) error {
	var fault *duckdb.Error
	if errors.As(err, &fault) {
		message, _, _ := strings.Cut(fault.Msg, "\n\nLINE ")
		return &duckdb.Error{Type: fault.Type, Msg: message}
	}
	return err
}
