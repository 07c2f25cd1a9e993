package transforms

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"samkraft/pipeline"
)

// finish fills the tables that the engine makes of what it knows of the build:
// completeness, the checks' results, lineage, and how each table is computed.
func (b *build) finish(ctx context.Context) ([]pipeline.Check, error) {
	models := map[string]model{}
	for _, m := range b.models {
		models[m.name] = m
	}
	var everything []any
	var names []string
	for _, m := range b.models {
		if !slices.Contains(engineTables, m.name) {
			everything = append(everything, m.name, b.keys[m.name])
			if !m.interim {
				names = append(names, m.name)
			}
		}
	}
	for _, s := range b.job.DataSets {
		for _, t := range s.DataSet.Tables {
			everything = append(everything, b.keys["raw."+t.Name])
		}
	}
	slices.Sort(names)

	// Completeness comes first: checks may read it.
	key := pipeline.Hash([]any{engineVersion, b.engine, models["completeness"].text, everything, b.keys["plan.extract"]})[:32]
	if err := b.engineTable(ctx, models["completeness"], key, func() error { return b.completeness(ctx, models, names) }); err != nil {
		return nil, err
	}

	var found []offence
	texts := []any{key}
	for _, c := range b.checks {
		texts = append(texts, c.text)
	}
	for _, c := range b.checks {
		offences, err := b.run(ctx, c)
		if err != nil {
			return nil, fmt.Errorf("check %s: %w", c.id, err)
		}
		found = append(found, offences...)
	}
	key = pipeline.Hash([]any{models["check_result"].text, texts})[:32]
	err := b.engineTable(ctx, models["check_result"], key, func() error {
		rows := make([][]string, 0, len(found))
		for _, o := range found {
			rows = append(rows, []string{quote(b.job.Plan.ID), quote(o.check.id), quote(o.rowKey), quote(o.check.severity), quote(o.state), text(o.observed), text(o.expected), quote(o.text)})
		}
		return b.values(ctx, "check_result", rows)
	})
	if err != nil {
		return nil, err
	}

	key = pipeline.Hash([]any{engineVersion, b.engine, models["lineage"].text, everything, b.keys["plan.extract"]})[:32]
	if err := b.engineTable(ctx, models["lineage"], key, func() error { return b.lineage(ctx, models, names) }); err != nil {
		return nil, err
	}
	return summarise(found), b.fillModels(ctx, models)
}

// engineTable brings one of the engine's tables into being, from the cache or by
// filling it.
func (b *build) engineTable(ctx context.Context, m model, key string, fill func() error) error {
	b.keys[m.name] = key
	if t, ok := b.cached(m.name, key); ok {
		b.built[m.name] = t
		return nil
	}
	if err := b.exec(ctx, m.declare...); err != nil {
		return err
	}
	if err := fill(); err != nil {
		return fmt.Errorf("table %s: %w", m.name, err)
	}
	b.loaded[m.name] = true
	return b.keep(ctx, m, key)
}

// values inserts rows of SQL literals.
func (b *build) values(ctx context.Context, table string, rows [][]string) error {
	for start := 0; start < len(rows); start += 500 {
		var parts []string
		for _, row := range rows[start:min(start+500, len(rows))] {
			parts = append(parts, "("+strings.Join(row, ", ")+")")
		}
		if err := b.exec(ctx, fmt.Sprintf("INSERT INTO %s VALUES %s", name(table), strings.Join(parts, ", "))); err != nil {
			return err
		}
	}
	return nil
}

// lineage gathers the origins of all tables' rows. A table whose model gives no
// origins leads, as a whole, to every extract behind what it reads.
func (b *build) lineage(ctx context.Context, models map[string]model, published []string) error {
	if err := b.need(ctx, []string{"plan.extract"}); err != nil {
		return err
	}
	for _, table := range published {
		if origin, ok := b.originFile(table); ok {
			err := b.exec(ctx, fmt.Sprintf(`INSERT INTO lineage SELECT %s, %s, o.row_key, o.extract_sha256, o.location, e.source_id, e.dataset
				FROM read_parquet(%s) o JOIN (SELECT DISTINCT extract_sha256, source_id, dataset FROM plan.extract) e USING (extract_sha256)`,
				quote(b.job.Plan.ID), quote(table), quote(b.Disk.Path(origin))))
			if err != nil {
				return err
			}
		}
		// What a table has by way of other tables leads, as a whole, to what is behind
		// those; of a table without origins everything does.
		_, own := b.originFile(table)
		var extracts []string
		for _, e := range b.behind(models, table, own, map[string]bool{}) {
			extracts = append(extracts, quote(e))
		}
		if len(extracts) == 0 || b.built[table].Rows == 0 {
			continue
		}
		err := b.exec(ctx, fmt.Sprintf(`INSERT INTO lineage SELECT %s, %s, '*', e.extract_sha256, '-', e.source_id, e.dataset
			FROM (SELECT DISTINCT extract_sha256, source_id, dataset FROM plan.extract WHERE extract_sha256 IN (%s)) e`,
			quote(b.job.Plan.ID), quote(table), strings.Join(extracts, ", ")))
		if err != nil {
			return err
		}
	}
	return nil
}

// behind lists the extracts that a table was made of, by way of other tables. With
// own true the publishers' tables that it reads itself are left out, because its
// rows name their places there; steps on the way that are not published pass
// their rows' places on and count as read by the table itself.
func (b *build) behind(models map[string]model, table string, own bool, seen map[string]bool) []string {
	var extracts []string
	for _, in := range models[table].from() {
		if raw, isRaw := strings.CutPrefix(in, "raw."); isRaw {
			if state, t, known := b.findTable(raw); known && !own {
				for _, x := range current(state) {
					if x.Files[t.Name] != "" {
						extracts = append(extracts, x.Extract.SHA256)
					}
				}
			}
			continue
		}
		if seen[in] {
			continue
		}
		seen[in] = true
		extracts = append(extracts, b.behind(models, in, own && models[in].interim, seen)...)
	}
	slices.Sort(extracts)
	return slices.Compact(extracts)
}
