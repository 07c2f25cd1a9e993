package transforms

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"samkraft/pipeline"
)

// setKeys computes what decides the content of every relation that is not a
// model: the publishers' tables, what the plan says, and the registries.
func (b *build) setKeys() {
	for _, state := range b.job.DataSets {
		for _, t := range state.DataSet.Tables {
			parts := []any{t, state.DataSet.Mode}
			for _, x := range current(state) {
				parts = append(parts, x.Extract.SHA256, x.Version, x.AsOf)
			}
			if municipal(t) {
				parts = append(parts, b.job.Plan.Members)
			}
			b.keys["raw."+t.Name] = pipeline.Hash(parts)[:32]
		}
	}
	for _, f := range b.fixed {
		b.keys[f.name] = pipeline.Hash([]any{f.columns, f.rows})[:32]
	}
	// A table of a data set that is about other countries is there, and empty.
	for table := range b.Declared {
		if _, known := b.keys["raw."+table]; !known {
			b.keys["raw."+table] = "empty"
		}
	}
}

// current returns the extracts that count: of a data set that is replaced whole,
// those of the newest edition.
func current(state pipeline.State) []pipeline.Staged {
	if state.DataSet.Mode != pipeline.Replace || len(state.Extracts) == 0 {
		return state.Extracts
	}
	newest := state.Extracts[len(state.Extracts)-1].AsOf
	var kept []pipeline.Staged
	for _, x := range state.Extracts {
		if x.AsOf == newest {
			kept = append(kept, x)
		}
	}
	return kept
}

func municipal(t pipeline.Table) bool { return t.Column("country") >= 0 && t.Column("muni_code") >= 0 }

// findTable returns a publisher's table by its name.
func (b *build) findTable(table string) (pipeline.State, pipeline.Table, bool) {
	for _, state := range b.job.DataSets {
		for _, t := range state.DataSet.Tables {
			if t.Name == table {
				return state, t, true
			}
		}
	}
	return pipeline.State{}, pipeline.Table{}, false
}

// wholeCountry are tables about municipalities of which raw.TABLE has them all: a
// district heating network has plants and users outside of the plan. Models that
// publish their rows join the members.
var wholeCountry = []string{"ens_plant_year", "bal_district_heat"}

// loadRaw makes raw.TABLE: the present state of a publisher's table, for the
// plan's members where it is about municipalities. Per key the latest edition
// counts; _origin lists the places of all editions, the one that counts first.
// Editions of one date that disagree are an error that names both files.
func (b *build) loadRaw(ctx context.Context, table string) error {
	state, t, known := b.findTable(table)
	if !known {
		// The publisher has nothing to say about the plan's countries.
		declared, ok := b.Declared[table]
		if !ok {
			return fmt.Errorf("no publisher has a table %s", table)
		}
		return b.emptyRaw(ctx, declared)
	}
	var columns, key, files, editions []string
	for _, c := range t.Columns {
		columns = append(columns, fmt.Sprintf("%s::%s AS %s", name(c.Name), duckType(c.Kind), name(c.Name)))
	}
	for _, k := range t.Key {
		key = append(key, name(k))
	}
	for i, x := range current(state) {
		if x.Files[t.Name] == "" {
			continue
		}
		asOf, file := "NULL", quote(b.Disk.Path(x.Files[t.Name]))
		if x.AsOf != "" {
			asOf = quote(x.AsOf)
		}
		files = append(files, file)
		editions = append(editions, fmt.Sprintf("(%s, %s::DATE, %d, %s)", file, asOf, i, quote(x.Extract.SHA256)))
	}
	if len(files) == 0 {
		return b.emptyRaw(ctx, t)
	}
	mine := ""
	if municipal(t) && !slices.Contains(wholeCountry, table) {
		mine = " WHERE muni_code IS NULL" + b.isMember()
	}
	all := fmt.Sprintf(`SELECT * FROM (SELECT %s, _as_of, _edition, _sha256 || '#' || %s AS _place
		FROM read_parquet([%s], filename = '_file') JOIN (VALUES %s) e(_file, _as_of, _edition, _sha256) USING (_file))%s`,
		strings.Join(columns, ", "), pipeline.LocationColumn, strings.Join(files, ", "), strings.Join(editions, ", "), mine)
	undisputed := fmt.Sprintf("CREATE TABLE raw.%s AS SELECT * EXCLUDE (_edition, _place), [_place] AS _origin FROM (%s)", table, all)
	if len(files) == 1 {
		return b.exec(ctx, undisputed)
	}
	// Extracts seldom have a key in common: what there is to do where two have is done
	// for those keys alone.
	keys := strings.Join(key, ", ")
	if err := b.exec(ctx, fmt.Sprintf("CREATE TEMP TABLE _repeated AS SELECT %s FROM (%s) GROUP BY ALL HAVING count(*) > 1", keys, all)); err != nil {
		return err
	}
	var repeated bool
	if err := b.conn.QueryRowContext(ctx, "SELECT EXISTS (FROM _repeated)").Scan(&repeated); err != nil {
		return err
	}
	if !repeated {
		return b.exec(ctx, "DROP TABLE _repeated", undisputed)
	}
	var same []string
	for _, k := range key {
		same = append(same, fmt.Sprintf("r.%s IS NOT DISTINCT FROM e.%s", k, k))
	}
	joined := strings.Join(same, " AND ")
	if err := b.exec(ctx, fmt.Sprintf("CREATE TEMP TABLE _editions AS SELECT e.* FROM (%s) e SEMI JOIN _repeated r ON %s", all, joined)); err != nil {
		return err
	}
	if err := b.disagreement(ctx, state, t, keys); err != nil {
		return err
	}
	return b.exec(ctx,
		fmt.Sprintf(`CREATE TABLE raw.%s AS
			WITH listed AS (SELECT %s, max(_edition) AS _last, list(_place ORDER BY _edition DESC) AS _origin FROM _editions GROUP BY ALL)
			SELECT e.* EXCLUDE (_edition, _place), coalesce(r._origin, [e._place]) AS _origin FROM (%s) e LEFT JOIN listed r ON %s WHERE r._last IS NULL OR r._last = e._edition`,
			table, keys, all, joined),
		"DROP TABLE _repeated", "DROP TABLE _editions")
}

// isMember is the SQL that asks for the plan's members, as alternatives: in words that
// hold already where a file is read, so that the rest of the country is passed over.
func (b *build) isMember() string {
	codes := map[string][]string{}
	for _, m := range b.job.Plan.Members {
		codes[m.Country] = append(codes[m.Country], quote(m.Code))
	}
	condition := ""
	for _, country := range slices.Sorted(maps.Keys(codes)) {
		condition += fmt.Sprintf(" OR country = %s AND muni_code IN (%s)", quote(country), strings.Join(codes[country], ", "))
	}
	return condition
}

// disagreement looks for two editions of one date that say different things of
// one key.
func (b *build) disagreement(ctx context.Context, state pipeline.State, t pipeline.Table, keys string) error {
	var values []string
	for _, c := range t.Columns {
		isKey := false
		for _, k := range t.Key {
			isKey = isKey || k == c.Name
		}
		if !isKey {
			values = append(values, fmt.Sprintf("coalesce(%s::VARCHAR, '')", name(c.Name)))
		}
	}
	if len(values) == 0 {
		return nil
	}
	said := "concat_ws(' | ', " + strings.Join(values, ", ") + ")"
	rows, err := b.conn.QueryContext(ctx, fmt.Sprintf(`
		SELECT concat_ws(' | ', %s), min_by(%s, _edition), max_by(%s, _edition), min_by(_place, _edition), max_by(_place, _edition)
		FROM _editions GROUP BY %s, _as_of HAVING min(%s) <> max(%s) ORDER BY 1 LIMIT 1`, keys, said, said, keys, said, said))
	if err != nil {
		return err
	}
	defer rows.Close()
	if !rows.Next() {
		return rows.Err()
	}
	var key, first, second, firstPlace, secondPlace string
	if err := rows.Scan(&key, &first, &second, &firstPlace, &secondPlace); err != nil {
		return err
	}
	return &pipeline.Problem{
		File:     placeName(state, firstPlace) + " and " + placeName(state, secondPlace),
		What:     fmt.Sprintf("two editions of %s without a difference in date disagree about %s: %q against %q", state.DataSet.ID, key, first, second),
		Expected: "one of them",
		Remedy:   "take the wrong one out",
	}
}

func placeName(state pipeline.State, place string) string {
	sha, location, _ := strings.Cut(place, "#")
	for _, x := range state.Extracts {
		if x.Extract.SHA256 == sha {
			return x.Extract.Parts[0].Name + " (" + location + ")"
		}
	}
	return place
}

// emptyRaw makes raw.TABLE without a row, with the columns that its publisher
// declares.
func (b *build) emptyRaw(ctx context.Context, t pipeline.Table) error {
	var columns []string
	for _, c := range t.Columns {
		columns = append(columns, fmt.Sprintf("%s %s", name(c.Name), duckType(c.Kind)))
	}
	return b.exec(ctx, fmt.Sprintf("CREATE TABLE raw.%s (%s, _as_of DATE, _origin VARCHAR[])", t.Name, strings.Join(columns, ", ")))
}

func duckType(k pipeline.Kind) string {
	switch k {
	case pipeline.Integer:
		return "BIGINT"
	case pipeline.Number:
		return "DOUBLE"
	case pipeline.Decimal3:
		return "DECIMAL(18,3)"
	case pipeline.Decimal6:
		return "DECIMAL(18,6)"
	case pipeline.Instant:
		return "TIMESTAMPTZ"
	case pipeline.Date:
		return "DATE"
	case pipeline.Flag:
		return "BOOLEAN"
	}
	return "VARCHAR"
}
