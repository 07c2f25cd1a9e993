package portal

import (
	"strings"
	"time"

	"samkraft/sinks/tables"
)

// origins lead from rows to the publishers' files behind them: rows of table lineage
// by table and row key, in their order. Not every row has some of its own.
type origins map[[2]string][]tables.Row

// everyRow is the row key of what leads to the files behind a whole table.
const everyRow = "*"

func (b *book) findOrigins() origins {
	found := origins{}
	for r := range b.table("lineage").All() {
		key := [2]string{r.Text("table_name"), r.Text("row_key")}
		found[key] = append(found[key], r)
	}
	return found
}

// rowKey is the key of a row without the plan, as table lineage writes it.
func rowKey(r tables.Row) string { return strings.Join(keyOf(r), "|") }

func keyOf(r tables.Row) []string {
	var parts []string
	for _, k := range r.Table().Key {
		if k != "plan" && !r.Null(k) {
			parts = append(parts, plain(r, k))
		}
	}
	return parts
}

// plain writes a cell as it is, whole: numbers with a point and all of their digits.
func plain(r tables.Row, column string) string {
	switch v := r.Value(column).(type) {
	case string:
		return v
	case bool:
		if v {
			return "true"
		}
		return "false"
	case time.Time:
		if v.Equal(v.Truncate(24 * time.Hour)) {
			return v.Format(time.DateOnly)
		}
		return v.Format(time.RFC3339)
	}
	if v, ok := r.Number(column); ok {
		return exact(v)
	}
	return ""
}
