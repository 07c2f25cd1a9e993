package main

import (
	"bytes"
	"encoding/csv"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"samkraft/sinks/tables"
	"samkraft/sinks/words"
	"samkraft/transforms"
)

// dictionaryRow is a row of one of the dictionary's files, by column.
type dictionaryRow map[string]string

// dictionary reads a file of the dictionary, and finds each of its texts there and
// trimmed. The unit of a count or share has none.
func dictionary(t *testing.T, name string) []dictionaryRow {
	t.Helper()
	text, err := fs.ReadFile(project(t), path.Join("sinks/words", name))
	if err != nil {
		t.Fatal(err)
	}
	records, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	var rows []dictionaryRow
	for _, record := range records[1:] {
		row := dictionaryRow{}
		for i, column := range records[0] {
			row[column] = record[i]
			if record[i] != strings.TrimSpace(record[i]) || record[i] == "" && record[0] != "1" {
				t.Errorf("%s, %s: %s is %q", name, strings.Join(record[:2], " "), column, record[i])
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// TestWordsTables finds every published table and column described in all languages,
// from the English text as it stands, and nothing described that is not published.
func TestWordsTables(t *testing.T) {
	tables, err := transforms.Tables(t.Context(), declared())
	if err != nil {
		t.Fatal(err)
	}
	units := map[string]bool{}
	for _, row := range dictionary(t, "units.csv") {
		units[row["unit"]] = true
	}
	published, columns := map[string]bool{}, map[string][]string{}
	for _, table := range tables {
		published[table.Name] = true
		title, description := words.English.Table(table.Name)
		if description != table.Description || title == table.Name {
			t.Errorf("tables.csv: table %s: translations are of %q, its description is %q", table.Name, description, table.Description)
		}
		for _, c := range table.Columns {
			columns[c.Name] = append(columns[c.Name], table.Name)
			if _, description := words.English.Column(table.Name, c.Name); description != c.Description {
				t.Errorf("columns.csv: %s.%s: translations are of %q, its description is %q", table.Name, c.Name, description, c.Description)
			}
			if c.Unit != "" && !units[c.Unit] {
				t.Errorf("units.csv has no %s, the unit of %s.%s", c.Unit, table.Name, c.Name)
			}
		}
	}
	for _, row := range dictionary(t, "tables.csv") {
		if !published[row["name"]] {
			t.Errorf("tables.csv: no table %s is published", row["name"])
		}
	}
	named := map[string][]string{}
	rows := dictionary(t, "columns.csv")
	for _, row := range rows {
		for _, table := range strings.Fields(row["table"]) {
			if table != "*" && !slices.Contains(columns[row["column"]], table) {
				t.Errorf("columns.csv: table %s has no column %s", table, row["column"])
			}
			named[row["column"]] = append(named[row["column"]], table)
		}
	}
	for _, row := range rows {
		others := slices.ContainsFunc(columns[row["column"]], func(table string) bool { return !slices.Contains(named[row["column"]], table) })
		if row["table"] == "*" && !others {
			t.Errorf("columns.csv: no table is left that has %s as * says", row["column"])
		}
	}
}

// unspoken are the columns of text that hold no codes, or codes that need no words.
var unspoken = map[string][]string{
	"names and ids": {"building_id", "building_type", "dataset", "extract_sha256", "factor_id", "file", "geojson", "home_muni_code", "input", "leaver_muni_code",
		"location", "model", "muni_code", "name", "name_da", "name_en", "name_sv", "network_id", "network_name", "nuts3", "plan", "publisher", "row_key", "station_id",
		"station_name", "title", "title_da", "title_en", "title_sv", "turbine_id", "who", "zone"},
	"lists of names":                      {"best_groups", "blocking_members", "members", "null_members", "symmetric_members"},
	"sentences":                           {"description", "evidence", "expected", "key_reason", "message", "note", "observed", "reason", "sentence_da", "sentence_en", "sentence_sv", "source", "why"},
	"addresses and licences":              {"address", "attribution", "licence"},
	"what the dictionary has by its name": {"column_name", "table_name", "value_unit"},
	"queries":                             {"sql"},
	"currencies":                          {"currency"},
	"partly names: the codes are said":    {"agreement_id", "group_id", "measure_id", "package_id", "plant_id", "publisher_sector"},
}

// TestWordsCodes finds every code in the tables of the sample said in all languages,
// and nothing said that the program does not write.
func TestWordsCodes(t *testing.T) {
	exempt := map[string]bool{}
	for _, names := range unspoken {
		for _, name := range names {
			exempt[name] = true
		}
	}
	units := map[string]bool{}
	for _, row := range dictionary(t, "units.csv") {
		units[row["unit"]] = true
	}
	rows := dictionary(t, "codes.csv")
	said, danish := map[string]bool{}, map[[2]string]string{}
	for _, row := range rows {
		said[row["column"]] = true
		danish[[2]string{row["column"], row["code"]}] = row["da"]
	}
	there, written := map[string]bool{}, map[[2]string]bool{}
	db := openDuckDB(t)
	for _, s := range sampleSnapshots(t) {
		for _, table := range s.tables {
			var queries []string
			for _, c := range table.columns {
				there[c.Name] = true
				if said[c.Name] || c.StoredAs == "VARCHAR" && !exempt[c.Name] || c.Name == "value_unit" {
					queries = append(queries, `SELECT DISTINCT '`+c.Name+`=' || "`+c.Name+`" FROM `+readParquet(table.file)+` WHERE "`+c.Name+`" IS NOT NULL`)
				}
			}
			if len(queries) == 0 {
				continue
			}
			for _, cell := range firstColumn(t, db, strings.Join(queries, " UNION ALL ")) {
				column, code, _ := strings.Cut(cell, "=")
				written[[2]string{column, code}] = true
				if column == "value_unit" && !units[code] {
					t.Errorf("units.csv has no %q, which stands in %s", code, table.name)
				}
				// A dash says that there is none; some words are the same in Danish.
				known := words.Danish.Code(column, code) != code || danish[[2]string{column, code}] == code
				if !exempt[column] && code != "-" && !known {
					t.Errorf("codes.csv does not say what %q in %s.%s means", code, table.name, column)
				}
			}
		}
	}
	for name := range exempt {
		if !there[name] {
			t.Errorf("no table has the column %s: take it off the list of those without codes", name)
		}
	}
	program := programText(t)
	for _, row := range rows {
		column, code := row["column"], row["code"]
		part := strings.TrimPrefix(code, "production_") // a series is named after its technology
		alive := written[[2]string{column, code}] || strings.Contains(program, "'"+part+"'") || strings.Contains(program, `"`+part+`"`) || strings.Contains(program, "\n"+part+",")
		if !alive || !there[column] {
			t.Errorf("codes.csv: %s %s: the program does not write it", column, code)
		}
	}
}

// programText is what the program is made of, where codes come from.
func programText(t *testing.T) string {
	t.Helper()
	var text strings.Builder
	root := project(t)
	for _, name := range projectFiles(t, root) {
		if !below(name, "transforms") && !below(name, "sources") && !below(name, "pipeline") || strings.HasSuffix(name, "_test.go") || !slices.Contains([]string{".go", ".sql", ".csv"}, path.Ext(name)) {
			continue
		}
		content, err := fs.ReadFile(root, name)
		if err != nil {
			t.Fatal(err)
		}
		text.Write(content)
		text.WriteByte('\n')
	}
	return text.String()
}

// TestWordsChecks holds that what is said of a check is what it checks.
func TestWordsChecks(t *testing.T) {
	said := map[string]string{}
	for _, row := range dictionary(t, "codes.csv") {
		if row["column"] == "check_id" {
			said[row["code"]] = row["en"]
		}
	}
	files, err := fs.Glob(project(t), "transforms/checks/*.sql")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, name := range files {
		text, err := fs.ReadFile(project(t), name)
		if err != nil {
			t.Fatal(err)
		}
		first, _, _ := strings.Cut(string(text), "\n")
		head, about, _ := strings.Cut(strings.TrimPrefix(first, "-- "), ": ")
		id := strings.Fields(head)[0]
		if !strings.EqualFold(said[id], about) {
			t.Errorf("codes.csv: check %s: translations are of %q, it says %q", id, said[id], about)
		}
		delete(said, id)
	}
	for id := range said {
		t.Errorf("codes.csv: there is no check %s", id)
	}
}

// TestWordsReasons finds every reason, and all that a check says, in Danish and Swedish.
func TestWordsReasons(t *testing.T) {
	for _, s := range sampleSnapshots(t) {
		snapshot, err := tables.Open(os.DirFS(s.folder))
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		for _, name := range snapshot.Names() {
			table, err := snapshot.Table(name)
			if err != nil {
				t.Fatal(err)
			}
			for r := range table.All() {
				for _, column := range []string{"reason", "message", "expected"} {
					if !table.Has(column) || r.Null(column) || seen[r.Text(column)] || name == "check_result" && r.Text("state") != "failed" {
						continue
					}
					text := r.Text(column)
					seen[text] = true
					for _, l := range []words.Language{words.Danish, words.Swedish} {
						if _, known := l.Reason(text); !known {
							t.Errorf("%s of %s: sinks/words/reasons.csv does not say %q in %s", column, name, text, l)
						}
					}
				}
			}
		}
		if len(seen) < 50 {
			t.Errorf("%s has %d reasons", s.plan, len(seen))
		}
	}
}
