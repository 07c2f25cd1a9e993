package transforms

import (
	"context"
	"sort"

	"samkraft/pipeline"
)

// Describe lists the tables that a plan's snapshot holds, by name, as their
// declarations say: description, key, columns with type, unit and description.
func (w *Warehouse) Describe(ctx context.Context) ([]pipeline.BuiltTable, error) {
	b, err := w.open(ctx, "describe")
	if err != nil {
		return nil, err
	}
	defer b.close()
	var tables []pipeline.BuiltTable
	for _, m := range w.models {
		if m.interim {
			continue
		}
		if err := b.exec(ctx, m.declare...); err != nil {
			return nil, err
		}
		t, err := b.describe(ctx, m.name)
		if err != nil {
			return nil, err
		}
		tables = append(tables, t)
	}
	sort.Slice(tables, func(i, j int) bool { return tables[i].Name < tables[j].Name })
	return tables, nil
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
