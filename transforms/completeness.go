package transforms

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"samkraft/pipeline"
)

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
		if len(state.Extracts) == 0 && !b.Reads(state.Publisher.ID, state.DataSet.ID) && !b.job.Plan.Names(state.Publisher.ID, state.DataSet.ID) {
			continue // nor what no table is made of
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
		reason, err := b.whyEmpty(ctx, models, table)
		if err != nil {
			return err
		}
		if err := b.absent(ctx, b.built[table], reason); err != nil {
			return err
		}
	}
	if err := b.absentPotentials(ctx); err != nil {
		return err
	}
	if err := b.noNormalYear(ctx); err != nil {
		return err
	}
	return b.openElectricity(ctx)
}

// noNormalYear says in completeness whose degree days have no normal year beside
// them, so that nothing of them is corrected for weather, and what it lacks.
func (b *build) noNormalYear(ctx context.Context) error {
	if err := b.need(ctx, []string{"degree_days", "registry.factor", "plan.degree_days"}); err != nil {
		return err
	}
	return b.exec(ctx, `INSERT INTO completeness
		SELECT plan, country, muni_code, 'samkraft', 'degree_days/normal', 0, 'partial', count(degree_days_normal), count(*) - count(degree_days_normal), NULL,
			'of the normal period ' || any_value(d.normal_from) || ' to ' || any_value(d.normal_to) || ' station ' || station_id || ' has a month in ' || min(normal_years) || ' years and should in '
			|| factor('gd_normal_years_min', '-', 0)::INTEGER || ': nothing is corrected for weather'
		FROM degree_days CROSS JOIN plan.degree_days d GROUP BY plan, country, muni_code, station_id
		HAVING count(DISTINCT month) FILTER (degree_days_normal IS NOT NULL) < count(DISTINCT month)`)
}

// openElectricity says in completeness whose electricity of the base year does not
// close, and which part of it is not known.
func (b *build) openElectricity(ctx context.Context) error {
	if err := b.need(ctx, []string{"energy_balance"}); err != nil {
		return err
	}
	return b.exec(ctx, `INSERT INTO completeness
		WITH flow AS (
			SELECT muni_code, country, flow, if(flow = 'PROD', carrier_id, 'electricity') AS carrier_id, count(*) = count(energy_mwh) AS known FROM energy_balance JOIN plan.plan ON year = base_year
			WHERE carrier_id IN ('electricity', 'wind', 'pv', 'hydro') AND (NOT is_total OR flow = 'FINAL') GROUP BY ALL),
		part(country, flow, carrier_id, text) AS (VALUES ('DK', 'FINAL', 'electricity', 'the use'), ('SE', 'FINAL', 'electricity', 'the use'), ('DK', 'PROD', 'wind', 'wind power'), ('SE', 'PROD', 'wind', 'wind power'),
			('DK', 'PROD', 'pv', 'solar power'), ('SE', 'PROD', 'hydro', 'water power')),
		lack AS (
			SELECT m.plan, m.country, m.muni_code, string_agg(p.text, ', ' ORDER BY p.text) FILTER (f.known IS DISTINCT FROM true) AS text
			FROM plan.member m JOIN part p USING (country) LEFT JOIN flow f USING (country, muni_code, flow, carrier_id) GROUP BY ALL)
		SELECT plan, country, muni_code, 'samkraft', 'energy_balance/electricity', base_year, 'partial', 0, 0, NULL,
			'the balance of electricity does not close in the base year: ' || if(text IS NULL, 'what plants take in or give is not known', 'not known: ' || text)
		FROM lack JOIN plan.plan USING (plan) ANTI JOIN (SELECT country, muni_code FROM energy_balance JOIN plan.plan ON year = base_year WHERE flow = 'DIFF' AND carrier_id = 'electricity') USING (country, muni_code)`)
}

// absent says of a published table that it has no rows, or nothing of some members
// though it is about municipalities: where there is nothing to have, as of a member
// that signs nothing, that is not a gap.
func (b *build) absent(ctx context.Context, t pipeline.BuiltTable, reason string) error {
	who := "SELECT plan, '-' AS country, '-' AS muni_code FROM plan.plan"
	if t.Rows > 0 {
		if !slices.Contains(t.Key, "muni_code") {
			return nil
		}
		who = "SELECT plan, country, muni_code FROM plan.member ANTI JOIN " + name(t.Name) + " USING (country, muni_code)"
	}
	if err := b.need(ctx, []string{t.Name, "not_applicable"}); err != nil {
		return err
	}
	return b.exec(ctx, fmt.Sprintf(`INSERT INTO completeness
		SELECT w.plan, w.country, w.muni_code, 'samkraft', %[1]s, 0, if(n.reason IS NULL, 'missing', 'not_applicable'), 0, 0, NULL, coalesce(n.reason, %[2]s)
		FROM (%[3]s) w LEFT JOIN not_applicable n ON n.dataset = %[1]s AND n.country = w.country AND n.muni_code = w.muni_code`, quote(t.Name), quote(reason), who))
}

// whyEmpty says why a published table lacks rows: what the step
// interim/missing_TABLE.sql says, where there is one, else which data sets would
// have filled it.
func (b *build) whyEmpty(ctx context.Context, models map[string]model, table string) (string, error) {
	if step, ok := models["missing_"+table]; ok {
		if err := b.need(ctx, []string{step.name}); err != nil {
			return "", err
		}
		var reason *string
		if err := b.conn.QueryRowContext(ctx, "SELECT reason FROM "+name(step.name)).Scan(&reason); err != nil {
			return "", fmt.Errorf("%s: %w", step.name, err)
		}
		if reason != nil {
			return *reason, nil
		}
	}
	if sets := b.feeds(models, table, map[string]bool{}); len(sets) > 0 {
		return "it is made of " + words(sets, "and") + ": nothing at hand there serves", nil
	}
	return "nothing to fill it with", nil
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

// feeds lists the data sets that a table is made of, by way of other tables.
func (b *build) feeds(models map[string]model, table string, seen map[string]bool) []string {
	var sets []string
	for _, in := range models[table].from() {
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
