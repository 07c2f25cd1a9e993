package query_test

import (
	"context"
	"database/sql"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"samkraft/sinks/query"
)

const everything = "SELECT * FROM energy_balance ORDER BY muni_code"

func TestWriteTable(t *testing.T) {
	s := newFixture(t).open(t, query.Limits{})
	equal(t, ask(t, s, "SELECT muni_code, energy_mwh, day, note FROM energy_balance ORDER BY 1", "table"), strings.Join([]string{
		"muni_code  energy_mwh [MWh]  day         note",
		"---------  ----------------  ----------  ----------------",
		"0101               1234.500  2024-01-01  =1+1",
		"0155                 -0.007  2024-03-31  a \"quoted\", text",
		"0751                   null  null",
		"",
	}, "\n"))
	equal(t, ask(t, s, "SELECT 'a' || chr(27) || '[31m' || chr(10) || 'ø' AS x", "table"), "x\n------------\na\\x1b[31m\\nø\n")
	equal(t, ask(t, s, "SELECT 1 AS x WHERE false", "table"), "x\n-\n")
}

func TestWriteCSV(t *testing.T) {
	s := newFixture(t).open(t, query.Limits{})
	out := ask(t, s, everything, "csv")
	equal(t, out, "muni_code,year,energy_mwh,hour_utc,day,share,note\r\n"+
		"0101,2024,1234.500,2024-01-01T00:00:00Z,2024-01-01,0.25,=1+1\r\n"+
		"0155,2024,-0.007,2024-03-31T01:00:00Z,2024-03-31,,\"a \"\"quoted\"\", text\"\r\n"+
		"0751,2025,,,,0.5,\"\"\r\n")
	rows, err := csv.NewReader(strings.NewReader(out)).ReadAll()
	check(t, err)
	equal(t, rows[2][6], `a "quoted", text`)
	equal(t, ask(t, s, "SELECT 'a' || chr(13) || chr(10) || ' ' AS \"x,y\"", "csv"), "\"x,y\"\r\n\"a\r\n \"\r\n")
}

func TestWriteJSON(t *testing.T) {
	s := newFixture(t).open(t, query.Limits{})
	out := ask(t, s, everything, "json")
	equal(t, out, `[
{"muni_code":"0101","year":2024,"energy_mwh":1234.500,"hour_utc":"2024-01-01T00:00:00Z","day":"2024-01-01","share":0.25,"note":"=1+1"},
{"muni_code":"0155","year":2024,"energy_mwh":-0.007,"hour_utc":"2024-03-31T01:00:00Z","day":"2024-03-31","share":null,"note":"a \"quoted\", text"},
{"muni_code":"0751","year":2025,"energy_mwh":null,"hour_utc":null,"day":null,"share":0.5,"note":""}
]
`)
	equal(t, ask(t, s, "SELECT 1 AS x WHERE false", "json"), "[\n]\n")
	equal(t, ask(t, s, `SELECT '<&>"\' || chr(9) || chr(8232) AS "a""b", 'nan'::DOUBLE AS n, '-inf'::FLOAT AS m`, "json"), "[\n{\"a\\\"b\":\"<&>\\\"\\\\\\u0009\u2028\",\"n\":null,\"m\":null}\n]\n")
}

// TestValues shows one value of every type, in CSV and in JSON.
func TestValues(t *testing.T) {
	s := newFixture(t).open(t, query.Limits{})
	for _, c := range []struct{ text, csv, json string }{
		{"true", "true", "true"},
		{"(-128)::TINYINT", "-128", "-128"},
		{"65535::USMALLINT", "65535", "65535"},
		{"4294967295::UINTEGER", "4294967295", "4294967295"},
		{"18446744073709551615::UBIGINT", "18446744073709551615", "18446744073709551615"},
		{"-170141183460469231731687303715884105727::HUGEINT", "-170141183460469231731687303715884105727", "-170141183460469231731687303715884105727"},
		{"0.1::FLOAT", "0.1", "0.1"},
		{"1e300::DOUBLE", "1e+300", "1e+300"},
		{"1e15::DOUBLE", "1000000000000000", "1000000000000000"},
		{"'nan'::DOUBLE", "nan", "null"},
		{"-0.05::DECIMAL(4,2)", "-0.05", "-0.05"},
		{"12345678901234567890123456789.123456789::DECIMAL(38,9)", "12345678901234567890123456789.123456789", "12345678901234567890123456789.123456789"},
		{"7::DECIMAL(3,0)", "7", "7"},
		{"TIMESTAMP '2025-06-01 12:30:00.25'", "2025-06-01T12:30:00.25", `"2025-06-01T12:30:00.25"`},
		{"TIMESTAMPTZ '2025-06-01 12:30:00+02'", "2025-06-01T10:30:00Z", `"2025-06-01T10:30:00Z"`},
		{"TIMESTAMP_NS '2025-06-01 12:30:00.123456789'", "2025-06-01T12:30:00.123456789", `"2025-06-01T12:30:00.123456789"`},
		{"DATE '0001-01-01'", "0001-01-01", `"0001-01-01"`},
		{"TIME '01:02:03.5'", "01:02:03.5", `"01:02:03.5"`},
		{"INTERVAL '1 month 2 days 3.5 seconds'", "P1M2DT3.5S", `"P1M2DT3.5S"`},
		{"'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::UUID", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", `"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"`},
		{`'\x00\xFF'::BLOB`, "00ff", `"00ff"`},
		{"'101'::BIT", "101", `"101"`},
		{"'b'::ENUM('a', 'b')", "b", `"b"`},
		{"[1.50, NULL]", `"[1.50,null]"`, "[1.50,null]"},
		{"{'a': 1, 'b': 'x<y'}", `"{""a"":1,""b"":""x<y""}"`, `{"a":1,"b":"x<y"}`},
		{"MAP {'k': DATE '2025-01-01'}", `"{""k"":""2025-01-01T00:00:00Z""}"`, `{"k":"2025-01-01T00:00:00Z"}`},
		{`'{"a": [1, null]}'::JSON`, `"{""a"":[1,null]}"`, `{"a":[1,null]}`},
		{`'"text"'::JSON`, `"""text"""`, `"text"`},
		{"array_value(1, 2)", `"[1,2]"`, "[1,2]"},
	} {
		equal(t, ask(t, s, "SELECT "+c.text+" AS x", "csv"), "x\r\n"+c.csv+"\r\n")
		out := ask(t, s, "SELECT "+c.text+" AS x", "json")
		equal(t, out, "[\n{\"x\":"+c.json+"}\n]\n")
		equal(t, json.Valid([]byte(out)), true)
	}
}

func TestWriteXLSX(t *testing.T) {
	s := newFixture(t).open(t, query.Limits{})
	out := ask(t, s, `SELECT energy_mwh, year, note, hour_utc, day, year = 2024 AS flag, muni_code,
		571313174001234567 + year AS meter FROM energy_balance ORDER BY muni_code`, "xlsx")
	book, err := excelize.OpenReader(strings.NewReader(out))
	check(t, err)
	defer book.Close()
	rows, err := book.GetRows("query")
	check(t, err)
	equal(t, fmt.Sprintf("%q", rows), `[["energy_mwh [MWh]" "year [1]" "note" "hour_utc" "day" "flag" "muni_code" "meter"]`+
		` ["1234.5" "2024" "=1+1" "2024-01-01 00:00:00" "2024-01-01" "TRUE" "0101" "571313174001236591"]`+
		` ["-0.007" "2024" "a \"quoted\", text" "2024-03-31 01:00:00" "2024-03-31" "TRUE" "0155" "571313174001236591"]`+
		` ["" "2025" "" "" "" "FALSE" "0751" "571313174001236592"]]`)
	for cell, want := range map[string]excelize.CellType{
		"A2": excelize.CellTypeUnset, "B2": excelize.CellTypeUnset, "C2": excelize.CellTypeInlineString, "D2": excelize.CellTypeUnset,
		"F2": excelize.CellTypeBool, "G2": excelize.CellTypeInlineString, "H2": excelize.CellTypeInlineString,
	} {
		kind, err := book.GetCellType("query", cell)
		check(t, err)
		if kind != want {
			t.Errorf("%s is of type %d, not %d", cell, kind, want)
		}
	}
	formula, err := book.GetCellFormula("query", "C2")
	check(t, err)
	equal(t, formula, "")
	panes, err := book.GetPanes("query")
	check(t, err)
	equal(t, fmt.Sprint(panes.Freeze, panes.YSplit), "true 1")
	style, err := book.GetCellStyle("query", "A1")
	check(t, err)
	head, err := book.GetStyle(style)
	check(t, err)
	equal(t, head.Font.Bold, true)
	_, err = tryAsk(s, "SELECT string_agg('x', '') FROM range(40000)", "xlsx")
	var fault *query.Error
	if !errors.As(err, &fault) {
		t.Errorf("a text that no cell holds: %v", err)
	}
}

func TestWriteParquet(t *testing.T) {
	f := newFixture(t)
	s := f.open(t, query.Limits{})
	for _, text := range []string{
		everything,
		"SELECT energy_mwh::DECIMAL(38,9) AS wide, (year * share)::DOUBLE AS d, share::FLOAT AS f, year::TINYINT AS t FROM (SELECT energy_mwh, share, 7 AS year FROM energy_balance)",
		"SELECT range AS n, 'n' || range AS s, range % 3 = 0 AS b, nullif(range % 5, 0) AS m, 18446744073709551615::UBIGINT - range::UBIGINT AS u, TIMESTAMP '2025-01-01' + range * INTERVAL 1 MINUTE AS ts FROM range(200000)",
		"SELECT 1 AS a WHERE false",
	} {
		path := filepath.Join(f.root, "out.parquet")
		check(t, os.WriteFile(path, []byte(ask(t, s, text, "parquet")), 0o644))
		equal(t, columnsOf(t, path), declared(t, s, text))
		// The file, asked through the package itself, gives what the query gave.
		folder := t.TempDir()
		check(t, os.Rename(path, filepath.Join(folder, "out.parquet")))
		again, err := query.Open(folder, query.Limits{})
		check(t, err)
		if ask(t, again, "SELECT * FROM out", "csv") != ask(t, s, text, "csv") {
			t.Errorf("%s\nreads back as something else", text)
		}
	}
	// A sum of integers becomes a decimal, a list text, and units come along.
	folder := t.TempDir()
	out := ask(t, s, "SELECT sum(people) OVER () AS n, -sum(people) OVER () AS m, people, [people] AS l FROM municipality ORDER BY people LIMIT 1", "parquet")
	check(t, os.WriteFile(filepath.Join(folder, "out.parquet"), []byte(out), 0o644))
	again, err := query.Open(folder, query.Limits{})
	check(t, err)
	equal(t, ask(t, again, "SELECT n, m, people, l FROM out", "table"), strings.Join([]string{
		"      n         m  people [persons]  l",
		"-------  --------  ----------------  -------",
		"1055127  -1055127             14640  [14640]",
		"",
	}, "\n"))
}

// columnsOf lists a file's columns as DuckDB sees them, declared those of a
// query's result.
func columnsOf(t *testing.T, path string) (list string) {
	t.Helper()
	db, err := sql.Open("duckdb", "")
	check(t, err)
	defer db.Close()
	check(t, db.QueryRow("SELECT string_agg(column_name || ' ' || column_type, ', ') FROM (DESCRIBE SELECT * FROM read_parquet(?))", path).Scan(&list))
	return list
}

func declared(t *testing.T, s *query.Snapshot, text string) string {
	t.Helper()
	r, err := s.Query(context.Background(), text)
	check(t, err)
	defer r.Close()
	var list []string
	for _, c := range r.Columns {
		list = append(list, c.Name+" "+c.Type)
	}
	return strings.Join(list, ", ")
}

func TestWriteFaults(t *testing.T) {
	s := newFixture(t).open(t, query.Limits{})
	_, err := tryAsk(s, "SELECT 1", "html")
	var fault *query.Error
	if !errors.As(err, &fault) || fault.Hint != "the formats are csv, json, parquet, table, xlsx" {
		t.Errorf("%v", err)
	}
	_, err = tryAsk(s, "SELECT 170141183460469231731687303715884105727 AS n", "parquet")
	if !errors.As(err, &fault) {
		t.Errorf("%v", err)
	}
	full := errors.New("the disk is full")
	for _, format := range query.Formats() {
		r, err := s.Query(context.Background(), "SELECT range FROM range(100000)")
		check(t, err)
		if err := query.Write(failing{full}, r, format); !errors.Is(err, full) {
			t.Errorf("%s: %v", format, err)
		}
		check(t, r.Close())
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

// TestStreaming writes many times what a writer may hold on the way: the first
// bytes come long before the last row is read.
func TestStreaming(t *testing.T) {
	s := newFixture(t).open(t, query.Limits{})
	for _, format := range []string{"csv", "json"} {
		r, err := s.Query(context.Background(), "SELECT range AS n, md5(range::VARCHAR) AS h FROM range(300000)")
		check(t, err)
		first := &firstWrite{}
		check(t, query.Write(io.MultiWriter(first, io.Discard), r, format))
		if first.bytes == 0 || first.bytes > 1<<20 {
			t.Errorf("%s: the first write is of %d bytes", format, first.bytes)
		}
		check(t, r.Close())
	}
}

type firstWrite struct{ bytes int }

func (f *firstWrite) Write(b []byte) (int, error) {
	if f.bytes == 0 {
		f.bytes = len(b)
	}
	return len(b), nil
}
