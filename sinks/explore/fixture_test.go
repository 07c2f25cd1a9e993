package explore_test

import (
	"database/sql"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	_ "github.com/duckdb/duckdb-go/v2"

	"samkraft/pipeline"
	"samkraft/sinks/explore"
	"samkraft/sinks/query"
)

const (
	plan     = "south"
	snapshot = "00000000000000aa"
	secret   = "plainly-not-for-you"
	hostile  = `<script>alert(1)</script>`
)

type field struct {
	Name   string `json:"name"`
	Stored string `json:"stored_as"`
	Unit   string `json:"unit,omitempty"`
}

// served is a server of one plan, with a secret beside its tables. Its questions have
// more time than a busy machine needs.
func served(t *testing.T) (*httptest.Server, string) {
	t.Helper()
	return servedWithin(t, time.Minute)
}

// servedWithin is served with so much time for a question.
func servedWithin(t *testing.T, timeout time.Duration) (*httptest.Server, string) {
	t.Helper()
	root := t.TempDir()
	folder := filepath.Join(root, "snapshots", plan, snapshot)
	check(t, os.MkdirAll(folder, 0o755))
	check(t, os.WriteFile(filepath.Join(root, "secret.csv"), []byte("word\n"+secret+"\n"), 0o644))
	check(t, os.WriteFile(filepath.Join(root, "snapshots", plan, "latest"), []byte(snapshot+"\n"), 0o644))
	db, err := sql.Open("duckdb", "")
	check(t, err)
	defer db.Close()
	db.SetMaxOpenConns(1)
	var resources []any
	add := func(name, statement string, rows int, key []string, fields ...field) {
		t.Helper()
		_, err := db.Exec("COPY (" + statement + ") TO '" + filepath.Join(folder, name+".parquet") + "' (FORMAT parquet)")
		check(t, err)
		resources = append(resources, map[string]any{"name": name, "path": name + ".parquet", "rows": rows, "schema": map[string]any{"fields": fields, "primaryKey": key}})
	}
	add("plan", "SELECT 'south' AS plan, 'Syd' || repeat(' æøå', 100) AS name_da, 'Söder' AS name_sv, 'South' AS name_en", 1, []string{"plan"},
		field{"plan", "VARCHAR", ""}, field{"name_da", "VARCHAR", ""}, field{"name_sv", "VARCHAR", ""}, field{"name_en", "VARCHAR", ""})
	add("energy_balance", `SELECT * FROM (VALUES
		('DK', '253', 2020::SMALLINT, 'ELEC', 1000.500::DECIMAL(18,3), 0.25::DOUBLE, 12.5::DOUBLE, DATE '2020-01-01', true, '=1+1'),
		('DK', '269', 2020, 'ELEC', 12, 0.5, NULL, DATE '2020-03-31', false, '`+hostile+`'),
		('DK', '253', 2021, 'OIL', NULL, 0.75, 1e-7, NULL, NULL, ''),
		('SE', '1278', 2021, 'OIL', 7.125, NULL, 3, DATE '2021-12-31', true, 'O''Hara "quoted" % _ \'))
		t(country, muni_code, year, carrier_id, energy_mwh, share, price_eur_per_mwh, day, fossil, note) ORDER BY muni_code, year`, 4, []string{"muni_code", "year"},
		field{"country", "VARCHAR", ""}, field{"muni_code", "VARCHAR", ""}, field{"year", "SMALLINT", "year"}, field{"carrier_id", "VARCHAR", ""},
		field{"energy_mwh", "DECIMAL(18,3)", "MWh"}, field{"share", "DOUBLE", "1"}, field{"price_eur_per_mwh", "DOUBLE", "EUR/MWh"},
		field{"day", "DATE", ""}, field{"fossil", "BOOLEAN", ""}, field{"note", "VARCHAR", ""})
	add("emission", "SELECT * FROM (VALUES ('DK', true, 5::DOUBLE), ('DK', false, 2), ('SE', false, 3)) t(country, is_total, t_co2)", 3, []string{"country", "is_total"},
		field{"country", "VARCHAR", ""}, field{"is_total", "BOOLEAN", ""}, field{"t_co2", "DOUBLE", "t"})
	add("hourly", "SELECT 'DK' AS country, range::INTEGER AS n_hours, range::DOUBLE / 3 AS energy_mwh FROM range(1234)", 1234, []string{"n_hours"},
		field{"country", "VARCHAR", ""}, field{"n_hours", "INTEGER", "1"}, field{"energy_mwh", "DOUBLE", "MWh"})
	add("agreement", "SELECT 'roofs' AS agreement_id, 'Fælles tage' AS title_da, 'Gemensamma tak' AS title_sv, 'Roofs together' AS title_en UNION ALL SELECT 'wind', NULL, NULL, NULL", 2, []string{"agreement_id"},
		field{"agreement_id", "VARCHAR", ""}, field{"title_da", "VARCHAR", ""}, field{"title_sv", "VARCHAR", ""}, field{"title_en", "VARCHAR", ""})
	add("outlook", `SELECT * FROM (VALUES
		('DK', '253', 2020::SMALLINT, 3::SMALLINT, 100::DOUBLE, 80::DOUBLE, 130::DOUBLE, TIMESTAMPTZ '2020-03-01 00:00:00+00'), ('DK', '253', 2021, 1, 110, 90, 140, '2020-03-01 01:00:00+00'),
		('DK', '253', 2022, 2, 120, 95, 150, '2020-03-01 02:00:00+00'), ('DK', '269', 2020, 3, 7, 5, NULL, '2020-03-01 00:00:00+00'),
		('DK', '269', 2022, 3, NULL, NULL, NULL, '2020-03-01 02:00:00+00')) t(country, muni_code, year, stage, gain_eur, low_eur, high_eur, hour_utc) ORDER BY muni_code, year`,
		5, []string{"country", "muni_code", "year"},
		field{"country", "VARCHAR", ""}, field{"muni_code", "VARCHAR", ""}, field{"year", "SMALLINT", "year"}, field{"stage", "SMALLINT", "1"},
		field{"gain_eur", "DOUBLE", "EUR"}, field{"low_eur", "DOUBLE", "EUR"}, field{"high_eur", "DOUBLE", "EUR"}, field{"hour_utc", "TIMESTAMP WITH TIME ZONE", ""})
	add("model", "SELECT * FROM (VALUES ('agreement', true, 'Agreement: as the plan says.', NULL), ('energy_balance', true, 'Account: from use < all & flow.', 'SELECT 1'), ('outlook', true, 'Outlook: from the account and emission.', 'SELECT 3'), ('use', false, 'Use.', 'SELECT 2')) t(model, is_published, description, sql)",
		4, []string{"model"}, field{"model", "VARCHAR", ""}, field{"is_published", "BOOLEAN", ""}, field{"description", "VARCHAR", ""}, field{"sql", "VARCHAR", ""})
	add("model_input", `SELECT *, if(input_kind = 'table', input, NULL) AS table_name, NULL::VARCHAR AS source_id, NULL::VARCHAR AS dataset FROM (VALUES ('energy_balance', 'emission', 'table'), ('energy_balance', 'use', 'step'), ('use', 'outlook', 'table'), ('use', 'gone', 'table'), ('outlook', 'energy_balance', 'table'), ('outlook', 'emission', 'table'), ('agreement', 'energy_balance', 'table'))
		t(model, input, input_kind)`, 7, []string{"model", "input"}, field{"model", "VARCHAR", ""}, field{"input", "VARCHAR", ""}, field{"input_kind", "VARCHAR", ""}, field{"table_name", "VARCHAR", ""}, field{"source_id", "VARCHAR", ""}, field{"dataset", "VARCHAR", ""})
	add("lineage", "SELECT 'outlook' AS table_name, 'DK|253|2020' AS row_key, 'ff00' AS extract_sha256", 1, []string{"table_name", "row_key", "extract_sha256"},
		field{"table_name", "VARCHAR", ""}, field{"row_key", "VARCHAR", ""}, field{"extract_sha256", "VARCHAR", ""})
	text, err := json.Marshal(map[string]any{"name": plan, "title": "South", "resources": resources})
	check(t, err)
	check(t, os.WriteFile(filepath.Join(folder, "datapackage.json"), text, 0o644))
	handler := explore.New(explore.Site{
		Snapshots: pipeline.Snapshots{Disk: pipeline.Disk(root)}, Styles: []string{"/style.css"},
		Who:    func(r *http.Request) string { return r.Header.Get("X-Who") },
		Report: func(err error) { t.Errorf("reported: %v", err) },
		Limits: query.Limits{Memory: "100MB", Timeout: timeout},
	})
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server, root
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func ask(t *testing.T, server *httptest.Server, address string, headers ...string) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequest("GET", server.URL+address, nil)
	check(t, err)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	answer, err := server.Client().Do(r)
	check(t, err)
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	check(t, err)
	return answer, string(text)
}

func asking(sql string) string { return "/south/en/query?" + url.Values{"sql": {sql}}.Encode() }

// page asks for a page that has to be there.
func page(t *testing.T, server *httptest.Server, address string) *goquery.Document {
	t.Helper()
	answer, text := ask(t, server, address)
	if answer.StatusCode != 200 || answer.Header.Get("Content-Type") != "text/html; charset=utf-8" {
		t.Fatalf("%s: %s\n%s", address, answer.Status, text)
	}
	return parse(t, text)
}

func parse(t *testing.T, text string) *goquery.Document {
	t.Helper()
	d, err := goquery.NewDocumentFromReader(strings.NewReader(text))
	check(t, err)
	return d
}

// grid is what a page's table of rows shows, a line for each row.
func grid(d *goquery.Document) string { return gridOf(d.Find("main table").Not("figure table")) }

func gridOf(table *goquery.Selection) string {
	var lines []string
	table.Find("tr").Each(func(_ int, row *goquery.Selection) {
		var cells []string
		row.Find("th, td").Each(func(_ int, c *goquery.Selection) {
			cells = append(cells, strings.ReplaceAll(strings.TrimSpace(c.Text()), "\u00a0", " "))
		})
		lines = append(lines, strings.Join(cells, "|"))
	})
	return strings.Join(lines, "\n")
}

func equal(t *testing.T, what, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("%s\ngot\n%s\nwant\n%s", what, got, want)
	}
}
