package main

import (
	"testing"
)

// TestComputed holds what tables model and model_input say of how tables are computed to
// the tables themselves: all are there, what is read is there, and the files that lineage
// finds behind a table are of data sets to which its inputs lead.
func TestComputed(t *testing.T) {
	t.Parallel()
	db := openDuckDB(t)
	for _, s := range sampleSnapshots(t) {
		read := func(table string) string { return readParquet(s.table(t, table).file) }
		published := map[string]bool{}
		for _, table := range s.tables {
			published[table.name] = true
		}
		for _, name := range firstColumn(t, db, "SELECT model FROM "+read("model")+" WHERE is_published AND length(description) > 20") {
			if !published[name] {
				t.Errorf("%s: model has table %s, which is not published", s.plan, name)
			}
			delete(published, name)
		}
		for name := range published {
			t.Errorf("%s: it is not said how table %s is computed", s.plan, name)
		}
		for fault, query := range map[string]string{
			"a query is lacking": "SELECT model FROM " + read("model") + " WHERE (computed_by = 'sql') <> (sql IS NOT NULL)",
			"an input is no model, or of another kind": "SELECT i.model || ' ' || i.input FROM " + read("model_input") + " i LEFT JOIN " + read("model") + " m ON m.model = i.input " +
				"WHERE i.input_kind IN ('table', 'step') AND (m.is_published <> (i.input_kind = 'table')) IS DISTINCT FROM false",
			"a coefficient is not in table factor":                "SELECT model || ' ' || input FROM " + read("model_input") + " WHERE input_kind = 'coefficient' AND input NOT IN (SELECT factor_id FROM " + read("factor") + ")",
			"an input is to be seen in a table that is not there": "SELECT model || ' ' || input FROM " + read("model_input") + " WHERE table_name NOT IN (SELECT model FROM " + read("model") + " WHERE is_published)",
			"a file is of a data set that nothing reads": "WITH RECURSIVE behind(made, model) AS (SELECT model, model FROM " + read("model") + " UNION SELECT made, i.input FROM behind JOIN " + read("model_input") +
				" i USING (model) WHERE i.input_kind IN ('table', 'step')) SELECT DISTINCT table_name || ' ' || source_id || ' ' || dataset FROM " + read("lineage") +
				" l WHERE NOT EXISTS (FROM behind b JOIN " + read("model_input") + " i USING (model) WHERE b.made = l.table_name AND if(l.source_id = 'own', i.input_kind = 'own_data', i.source_id = l.source_id AND i.dataset = l.dataset))",
		} {
			for _, found := range firstColumn(t, db, query) {
				t.Errorf("%s: %s: %s", s.plan, fault, found)
			}
		}
		if leads := firstColumn(t, db, "SELECT DISTINCT source_id FROM "+read("model_input")+" WHERE source_id IS NOT NULL"); len(leads) < 5 {
			t.Errorf("%s: tables lead to the publishers %v", s.plan, leads)
		}
	}
}
