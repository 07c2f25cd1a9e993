package transforms

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// part is the part of a size that each of several engines has.
func part(size string, sharing int) string {
	var n int
	var unit string
	if _, err := fmt.Sscanf(size, "%d%s", &n, &unit); err != nil || sharing < 2 {
		return size
	}
	if unit == "GB" {
		n, unit = n*1000, "MB"
	}
	return fmt.Sprintf("%d%s", n/sharing, unit)
}

// large is from how many rows on a relation does not stay in the engine without need.
const large = 50_000

// release takes out of the engine what is large and stands in a file: a model's table,
// which later models then read from there, and publishers' tables that no later model
// reads. Who needs one of those nonetheless has it made anew.
func (b *build) release(ctx context.Context, m model, later []model) error {
	gone := []string{m.name}
	for _, in := range m.inputs {
		if strings.HasPrefix(in, "raw.") && !slices.ContainsFunc(later, func(l model) bool { return slices.Contains(l.inputs, in) }) {
			gone = append(gone, in)
		}
	}
	for _, r := range gone {
		if !b.loaded[r] {
			continue
		}
		schema, table, _ := strings.Cut(r, ".")
		if schema != "raw" {
			schema, table = "main", r
		}
		relation := schema + "." + name(table)
		var rows int64
		if err := b.conn.QueryRowContext(ctx, "SELECT count(*) FROM "+relation).Scan(&rows); err != nil {
			return err
		}
		if rows < large {
			continue
		}
		if err := b.exec(ctx, "DROP TABLE "+relation, "DROP TABLE IF EXISTS "+name(table+originSuffix)); err != nil {
			return err
		}
		delete(b.loaded, r)
	}
	return nil
}
