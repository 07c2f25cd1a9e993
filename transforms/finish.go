package transforms

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"samkraft/pipeline"
)

// finish fills the tables that the engine makes of what it knows of the build:
// completeness, the checks' results, and lineage.
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
			if !m.interim() {
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
	return summarise(found), nil
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

// completeness counts what each table of each data set has of each member, and
// says of each published table without rows that nothing fills it.
func (b *build) completeness(ctx context.Context, models map[string]model, published []string) error {
	if err := b.need(ctx, []string{"plan.member", "plan.plan"}); err != nil {
		return err
	}
	for _, state := range b.job.DataSets {
		if len(state.Extracts) == 0 && b.substituted(state) {
			continue // nothing is missing: it is here in another form
		}
		if state.Publisher.ID == pipeline.OwnSource {
			continue // nobody misses what a plan does not state itself
		}
		for _, t := range state.DataSet.Tables {
			if err := b.need(ctx, []string{"raw." + t.Name}); err != nil {
				return err
			}
			id := state.DataSet.ID
			if len(state.DataSet.Tables) > 1 {
				id += "/" + t.Name
			}
			if err := b.exec(ctx, countRows(state, t, id)); err != nil {
				return err
			}
		}
	}
	for _, table := range published {
		if slices.Contains(engineTables, table) || slices.Contains(ownTables, table) {
			continue
		}
		reason := "nothing to fill it with"
		if sets := b.feeds(models, table, map[string]bool{}); len(sets) > 0 {
			reason = "it is made of " + words(sets, "and") + ": nothing at hand there serves"
		}
		if err := b.absent(ctx, b.built[table], reason); err != nil {
			return err
		}
	}
	return nil
}

// absent says of a published table that it has no rows, or nothing of some members
// though it is about municipalities.
func (b *build) absent(ctx context.Context, t pipeline.BuiltTable, reason string) error {
	const row = "INSERT INTO completeness SELECT plan, %s, 'samkraft', %s, 0, 'missing', 0, 0, NULL, %s FROM plan.%s"
	if t.Rows == 0 {
		return b.exec(ctx, fmt.Sprintf(row, "'-', '-'", quote(t.Name), quote(reason), "plan"))
	}
	if !slices.Contains(t.Key, "muni_code") {
		return nil
	}
	if err := b.need(ctx, []string{t.Name}); err != nil {
		return err
	}
	return b.exec(ctx, fmt.Sprintf(row+" ANTI JOIN %s USING (country, muni_code)", "country, muni_code", quote(t.Name), quote(reason), "member", name(t.Name)))
}

// substituted reports whether another data set says what this one would.
func (b *build) substituted(state pipeline.State) bool {
	return slices.ContainsFunc(b.job.DataSets, func(o pipeline.State) bool {
		return o.Publisher.ID == state.Publisher.ID && o.DataSet.ID == state.DataSet.Substitute && len(o.Extracts) > 0
	})
}

// countRows is the SQL that counts a publisher's table by member and year.
func countRows(state pipeline.State, t pipeline.Table, id string) string {
	year, hourly := "0", false
	for _, c := range t.Columns {
		switch {
		case c.Name == "year":
			year = "year"
		case slices.Contains(t.Key, c.Name) && (c.Kind == pipeline.Instant || c.Kind == pipeline.Date):
			year, hourly = "year("+c.Name+")", c.Name == "hour_utc"
		}
	}
	unknown := []string{}
	for _, c := range t.Columns {
		if strings.HasSuffix(c.Name, "_status") {
			unknown = append(unknown, c.Name+" IN ('suppressed', 'not_available')")
		}
	}
	suppressed := "false"
	for _, c := range t.Columns {
		if strings.HasSuffix(c.Name, "_status") {
			suppressed += " OR " + c.Name + " = 'suppressed'"
		}
	}
	isUnknown := "false"
	if len(unknown) > 0 {
		isUnknown = strings.Join(unknown, " OR ")
	}
	full := "true"
	if hourly {
		full = "hours >= 24 * if(year % 4 = 0 AND (year % 100 <> 0 OR year % 400 = 0), 366, 365)"
	}
	hours := "0"
	if hourly {
		hours = "count(DISTINCT hour_utc)"
	}
	counted := fmt.Sprintf(`SELECT %%s, (%s)::SMALLINT AS year, count(*) AS n, count(*) FILTER (%s) AS unknown, count(*) FILTER (%s) AS suppressed, %s AS hours, max(_as_of) AS as_of FROM raw.%s %%s GROUP BY ALL`,
		year, isUnknown, suppressed, hours, t.Name)
	verdict := fmt.Sprintf(`CASE WHEN n IS NULL THEN 'missing' WHEN suppressed > 0 THEN 'suppressed' WHEN unknown > 0 OR NOT (%s) THEN 'partial' ELSE 'complete' END,
		coalesce(n, 0), coalesce(unknown, 0), as_of,
		CASE WHEN n IS NULL THEN %s WHEN suppressed > 0 THEN suppressed || if(suppressed = 1, ' figure is secret', ' figures are secret') WHEN unknown > 0 THEN unknown || if(unknown = 1, ' figure is not available', ' figures are not available')
			WHEN NOT (%s) THEN 'the series has ' || hours || if(hours = 1, ' hour', ' hours') || ' of the year (UTC)' END`,
		full, quote(missingReason(state)), full)
	if municipal(t) {
		countries := "'" + strings.Join(state.DataSet.Countries, "', '") + "'"
		return fmt.Sprintf(`INSERT INTO completeness SELECT m.plan, m.country, m.muni_code, %s, %s, coalesce(year, 0)::SMALLINT, %s
			FROM plan.member m LEFT JOIN (%s) USING (country, muni_code) WHERE m.country IN (%s)`,
			quote(state.Publisher.ID), quote(id), verdict, fmt.Sprintf(counted, "country, muni_code", "WHERE muni_code IS NOT NULL"), countries)
	}
	return fmt.Sprintf(`INSERT INTO completeness SELECT p.plan, '-', '-', %s, %s, coalesce(year, 0)::SMALLINT, %s
		FROM plan.plan p LEFT JOIN (%s) ON true`, quote(state.Publisher.ID), quote(id), verdict, fmt.Sprintf(counted, "1 AS one", ""))
}

func missingReason(state pipeline.State) string {
	if len(state.Extracts) == 0 {
		return "no file of this data set is at hand"
	}
	return "the files of this data set say nothing of it"
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

// feeds lists the data sets that a table is made of, by way of other tables.
func (b *build) feeds(models map[string]model, table string, seen map[string]bool) []string {
	var sets []string
	for _, in := range models[table].inputs {
		if raw, isRaw := strings.CutPrefix(in, "raw."); isRaw {
			if set := b.Feeds[raw]; set != "" {
				sets = append(sets, set)
			}
		} else if !seen[in] {
			seen[in] = true
			sets = append(sets, b.feeds(models, in, seen)...)
		}
	}
	slices.Sort(sets)
	return slices.Compact(sets)
}

// behind lists the extracts that a table was made of, by way of other tables. With
// own true the publishers' tables that it reads itself are left out, because its
// rows name their places there; steps on the way that are not published pass
// their rows' places on and count as read by the table itself.
func (b *build) behind(models map[string]model, table string, own bool, seen map[string]bool) []string {
	var extracts []string
	for _, in := range models[table].inputs {
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
		extracts = append(extracts, b.behind(models, in, own && models[in].interim(), seen)...)
	}
	slices.Sort(extracts)
	return slices.Compact(extracts)
}
