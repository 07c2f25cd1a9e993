package query

import (
	"context"
	"errors"
	"strings"
)

// Session asks a snapshot many questions, one after the other, and starts DuckDB once
// for all of them: most of the time of a small question is its start. It is for questions
// of the program itself. What strangers ask gets an engine of its own, of which nothing
// is left.
type Session struct {
	snapshot *Snapshot
	engine   *engine
}

// Session begins a session, which must be closed.
func (s *Snapshot) Session(ctx context.Context) (*Session, error) {
	e, err := openEngine(ctx, s.limits)
	if err != nil {
		return nil, s.explain(ctx, unreadable{err})
	}
	var all []table
	for _, name := range s.names() {
		all = append(all, s.tables[strings.ToLower(name)])
	}
	if err := e.lock(ctx, all); err != nil {
		return nil, errors.Join(s.explain(ctx, unreadable{err}), e.close())
	}
	return &Session{s, e}, nil
}

// Query is Query of the snapshot, with at most so many rows. The result before must be
// closed.
func (x *Session) Query(ctx context.Context, sql string, rows int64) (*Result, error) {
	return x.snapshot.ask(ctx, sql, rows, x.engine)
}

// Close ends the session.
func (x *Session) Close() error { return x.engine.close() }
