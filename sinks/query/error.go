package query

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"

	duckdb "github.com/duckdb/duckdb-go/v2"
)

// Error is a fault of the query or of its size: something that the one who wrote
// it can change. It names no path of this machine that was not in the query.
type Error struct {
	Message string // what is wrong, in a sentence without full stop
	Hint    string // what to do about it, or ""

	cause error
}

// Error returns the message and the hint, on two lines.
func (e *Error) Error() string {
	if e.Hint == "" {
		return e.Message
	}
	return e.Message + "\n" + e.Hint
}

// Unwrap returns context.DeadlineExceeded or context.Canceled when the query was
// stopped, ErrMemory when it needs more memory than it may use, and nil otherwise.
func (e *Error) Unwrap() error { return e.cause }

// ErrMemory is the cause of an Error whose query needs more memory than it may use.
var ErrMemory = errors.New("memory bound")

// errTimeout is the cause with which a query's own time bound ends it.
var errTimeout = errors.New("time bound")

// unreadable is an error before the query had its turn: it is not to blame.
type unreadable struct{ error }

var (
	typePrefix = regexp.MustCompile(`^[A-Za-z ]+ Error: `)
	candidates = regexp.MustCompile(`(?s)\n*(?:Did you mean|Candidate (?:bindings|functions)):? ?(.*?)(\n\n|$)`)
)

// explain turns what DuckDB says into an Error. It returns an error of another
// type, also without paths, when the query is not to blame.
func (s *Snapshot) explain(ctx context.Context, err error) error {
	var known *Error
	if errors.As(err, &known) {
		return known
	}
	if ctx.Err() != nil {
		return s.stopped(ctx)
	}
	var fault *duckdb.Error
	if errors.As(err, &unreadable{}) || !errors.As(err, &fault) {
		return s.unanswered(err)
	}
	switch fault.Type {
	case duckdb.ErrorTypeOutOfMemory:
		return &Error{
			Message: fmt.Sprintf("the query needs more memory than the %s it may use", s.limits.Memory),
			Hint:    "select fewer rows or columns before joining, sorting or grouping",
			cause:   ErrMemory,
		}
	case duckdb.ErrorTypePermission:
		return &Error{Message: "a query reads the snapshot's tables and nothing else"}
	case duckdb.ErrorTypeIO, duckdb.ErrorTypeFatal, duckdb.ErrorTypeInternal, duckdb.ErrorTypeHTTP:
		return s.unanswered(fault)
	}
	message := typePrefix.ReplaceAllString(s.withoutPaths(fault.Msg), "")
	hint := ""
	if m := candidates.FindStringSubmatch(message); m != nil {
		hint = "near it are " + strings.TrimSuffix(strings.Join(strings.Fields(m[1]), " "), "?")
		message = strings.Replace(message, m[0], m[2], 1)
	}
	return &Error{Message: strings.TrimSpace(message), Hint: hint}
}

// unanswered is the error of a snapshot or an engine that failed.
func (s *Snapshot) unanswered(err error) error {
	message, _, _ := strings.Cut(s.withoutPaths(err.Error()), "\n")
	return fmt.Errorf("the query could not be answered: %s", message)
}

// stopped says why a query was stopped.
func (s *Snapshot) stopped(ctx context.Context) error {
	switch cause := context.Cause(ctx); {
	case errors.Is(cause, errTimeout):
		return &Error{
			Message: fmt.Sprintf("the query took longer than %s and was stopped", s.limits.Timeout),
			Hint:    "select fewer rows before joining, sorting or grouping",
			cause:   context.DeadlineExceeded,
		}
	case errors.Is(cause, context.DeadlineExceeded):
		return &Error{Message: "the query took too long and was stopped", cause: context.DeadlineExceeded}
	default:
		return &Error{Message: "the query was stopped", cause: context.Canceled}
	}
}

// nearest is the hint for an unknown name: a known one that differs in few
// letters, or otherwise.
func nearest(name string, known []string, otherwise string) string {
	best, distance := "", max(2, len(name)/3)+1
	for _, k := range known {
		if d := edits(strings.ToLower(name), strings.ToLower(k)); d < distance {
			best, distance = k, d
		}
	}
	if best == "" {
		return otherwise
	}
	return "did you mean " + best + "?"
}

// edits counts the bytes to change, add or drop to make one text of another.
func edits(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
