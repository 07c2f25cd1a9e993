package transforms

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"samkraft/pipeline"
)

// Describe lists the tables that a plan's snapshot holds, by name, as their
// declarations say: description, key, columns with type, unit and description.
func (w *Warehouse) Describe(ctx context.Context) ([]pipeline.BuiltTable, error) {
	declared, err := w.declarations(ctx)
	if err != nil {
		return nil, err
	}
	var tables []pipeline.BuiltTable
	for _, table := range slices.Sorted(maps.Keys(declared)) {
		tables = append(tables, declared[table])
	}
	return tables, nil
}

// declarations reads the declarations of all published tables back from DuckDB:
// columns and types, and from the comments description, key and units. All at once
// and once for all builds, because each question makes DuckDB list its whole
// catalogue.
func (w *Warehouse) declarations(ctx context.Context) (map[string]pipeline.BuiltTable, error) {
	w.declaring.Lock()
	defer w.declaring.Unlock()
	if w.declared != nil {
		return w.declared, nil
	}
	b, err := w.open(ctx, "declarations", 1)
	if err != nil {
		return nil, err
	}
	defer b.close()
	for _, m := range w.models {
		if m.interim {
			continue
		}
		if err := b.exec(ctx, slices.Concat(m.declare, m.comment)...); err != nil {
			return nil, fmt.Errorf("table %s: %w", m.name, err)
		}
	}
	w.declared, err = b.describe(ctx)
	return w.declared, err
}

// Tables is Describe for those who have no workspace: it reads the declarations
// inside the program.
func Tables(ctx context.Context, publishers []pipeline.Publisher) ([]pipeline.BuiltTable, error) {
	w, err := New(pipeline.Disk("."), publishers, 1, "100MB")
	if err != nil {
		return nil, err
	}
	return w.Describe(ctx)
}
