package transforms

import (
	"context"
	"fmt"
	"math"
	"strings"
)

// goModel is a model for which SQL is the wrong tool: a function that reads
// relations and fills tables that are declared in model files.
type goModel struct {
	tables  []string // filled together
	version int      // raised whenever the function's answers change
	inputs  []string
	from    map[string][]string                                                // what a table is made of, where that is not all of inputs; tables that are filled together too
	run     func(ctx context.Context, b *build) (map[string][][]string, error) // rows of SQL literals by table
}

var goModels = []goModel{savingMeasures, jointSavings, secretUse}

// from is what a model's rows are made of: what it reads, but of a table that is filled
// together with others the part that it is made of.
func (m model) from() []string {
	if m.fill != nil && m.fill.from[m.name] != nil {
		return m.fill.from[m.name]
	}
	return m.inputs
}

// goTable brings a table of a Go model into being, with those that are filled
// together with it.
func (b *build) goTable(ctx context.Context, m model, key string) error {
	if b.loaded[m.name] {
		return b.keep(ctx, m, key)
	}
	together := map[string]model{}
	cached := true
	for _, sibling := range b.models {
		if sibling.fill == m.fill {
			together[sibling.name] = sibling
			k, err := b.key(sibling)
			if err != nil {
				return err
			}
			_, ok := b.cached(sibling.name, k)
			cached = cached && ok
		}
	}
	if cached {
		b.built[m.name], _ = b.cached(m.name, key)
		return nil
	}
	if err := b.need(ctx, m.inputs); err != nil {
		return err
	}
	filled, err := m.fill.run(ctx, b)
	if err != nil {
		return err
	}
	for _, table := range m.fill.tables {
		if err := b.exec(ctx, together[table].declare...); err != nil {
			return err
		}
		if err := b.values(ctx, table, filled[table]); err != nil {
			return fmt.Errorf("table %s: %w", table, err)
		}
		b.loaded[table] = true
	}
	return b.keep(ctx, m, key)
}

// scan reads a query's rows into values made by row.
func scan[T any](ctx context.Context, b *build, query string, fields func(*T) []any) ([]T, error) {
	rows, err := b.conn.QueryContext(ctx, query)
	if err != nil {
		return nil, fmt.Errorf("%w (in: %.80s...)", err, strings.Join(strings.Fields(query), " "))
	}
	defer rows.Close()
	var all []T
	for rows.Next() {
		var one T
		if err := rows.Scan(fields(&one)...); err != nil {
			return nil, fmt.Errorf("%w (in: %.80s...)", err, strings.Join(strings.Fields(query), " "))
		}
		all = append(all, one)
	}
	return all, rows.Err()
}

// literal writes a value as SQL. A nil pointer is null.
func literal(v any) string {
	switch v := v.(type) {
	case string:
		return quote(v)
	case float64:
		return decimal(v)
	case *float64:
		if v == nil {
			return "NULL"
		}
		return decimal(*v)
	case nil:
		return "NULL"
	default:
		return fmt.Sprint(v)
	}
}

func literals(values ...any) []string {
	row := make([]string, len(values))
	for i, v := range values {
		row[i] = literal(v)
	}
	return row
}

// round rounds to a stated number of decimals, which is how published numbers
// are rounded, once.
func round(f float64, decimals int) float64 {
	scale := math.Pow10(decimals)
	r := math.Round(f*scale) / scale
	if r == 0 {
		return 0 // not minus zero
	}
	return r
}

// words joins names as a sentence does: "a, b and c".
func words(names []string, and string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " " + and + " " + names[len(names)-1]
}
