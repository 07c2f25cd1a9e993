package query_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"samkraft/sinks/query"
)

func TestQueries(t *testing.T) {
	s := newFixture(t).open(t, query.Limits{})
	for _, c := range []struct{ text, want string }{
		{"SELECT muni_code FROM energy_balance ORDER BY muni_code DESC", "muni_code\r\n0751\r\n0155\r\n0101\r\n"},
		{"SELECT muni_code FROM ENERGY_BALANCE ORDER BY 1 LIMIT 1;", "muni_code\r\n0101\r\n"},
		{"SELECT muni_code FROM main.energy_balance ORDER BY 1 LIMIT 1 -- the first; or so", "muni_code\r\n0101\r\n"},
		{"FROM municipality SELECT muni_name ORDER BY people", "muni_name\r\nDragør\r\nAarhus\r\nKøbenhavn\r\n"},
		{"TABLE municipality ORDER BY people LIMIT 1", "muni_code,muni_name,people\r\n0155,Dragør,14640\r\n"},
		{"SELECT muni_name, energy_mwh FROM energy_balance JOIN municipality USING (muni_code) ORDER BY ALL", "muni_name,energy_mwh\r\nAarhus,\r\nDragør,-0.007\r\nKøbenhavn,1234.500\r\n"},
		{"WITH a AS (SELECT sum(energy_mwh) AS s FROM energy_balance) SELECT s FROM a", "s\r\n1234.493\r\n"},
		{"WITH RECURSIVE a(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM a WHERE n < 3) SELECT n FROM a", "n\r\n1\r\n2\r\n3\r\n"},
		{"WITH municipality AS (SELECT 7 AS x) SELECT x FROM municipality", "x\r\n7\r\n"},
		{"SELECT n FROM range(3) t(n)", "n\r\n0\r\n1\r\n2\r\n"},
		{"SELECT unnest([1, 2]) AS n", "n\r\n1\r\n2\r\n"},
		{"VALUES (1, 'a')", "col0,col1\r\n1,a\r\n"},
		{"SELECT 1 AS a, 2 AS a", "a,a_1\r\n1,2\r\n"},
		{"SELECT NULL", "NULL\r\n\"\"\r\n"},
		{"SELECT column_name, column_type FROM (DESCRIBE municipality)", "column_name,column_type\r\nmuni_code,VARCHAR\r\nmuni_name,VARCHAR\r\npeople,INTEGER\r\n"},
		{"SELECT column_name, max FROM (SUMMARIZE municipality) WHERE column_name = 'people'", "column_name,max\r\npeople,667099\r\n"},
		{"SELECT * FROM (PIVOT energy_balance ON year IN (2024, 2025) USING count(*) GROUP BY share) ORDER BY ALL", "share,2024,2025\r\n0.25,1,0\r\n0.5,0,1\r\n,1,0\r\n"},
		{"SELECT muni_code FROM energy_balance UNION SELECT muni_code FROM municipality ORDER BY 1", "muni_code\r\n0101\r\n0155\r\n0751\r\n"},
		{"SELECT lpad('1', 4, '0') AS p, format('{:,.2f}', 1234.5) AS f, printf('%.1f', 2.0) AS g", "p,f,g\r\n0001,\"1,234.50\",2.0\r\n"},
		{"SELECT row_number() OVER (ORDER BY people) AS r FROM municipality ORDER BY r LIMIT 2", "r\r\n1\r\n2\r\n"},
		{"SELECT date_trunc('month', hour_utc) AS m FROM energy_balance WHERE muni_code = '0155'", "m\r\n2024-03-01T00:00:00Z\r\n"},
		{"SELECT hour_utc AT TIME ZONE 'Europe/Copenhagen' AS local FROM energy_balance WHERE muni_code = '0155'", "local\r\n2024-03-31T03:00:00\r\n"},
		{"SELECT current_date IS NOT NULL AS d", "d\r\ntrue\r\n"},
	} {
		equal(t, ask(t, s, c.text, "csv"), c.want)
	}
}

func TestColumns(t *testing.T) {
	s := newFixture(t).open(t, query.Limits{})
	for _, c := range []struct{ text, want string }{
		{"SELECT * FROM energy_balance", "muni_code:VARCHAR: year:INTEGER:1 energy_mwh:DECIMAL(18,3):MWh hour_utc:TIMESTAMP WITH TIME ZONE: day:DATE: share:DOUBLE:1 note:VARCHAR:"},
		{"SELECT energy_mwh, people FROM energy_balance JOIN municipality USING (muni_code)", "energy_mwh:DECIMAL(18,3):MWh people:INTEGER:persons"},
		{"SELECT b.energy_mwh FROM energy_balance b", "energy_mwh:DECIMAL(18,3):MWh"},
		{"SELECT ENERGY_MWH FROM energy_balance", "energy_mwh:DECIMAL(18,3):MWh"},
		{"WITH a AS (SELECT energy_mwh FROM energy_balance) SELECT * FROM a", "energy_mwh:DECIMAL(18,3):MWh"},
		// A name that was given to something else has no unit.
		{"SELECT energy_mwh / 1000 AS energy_mwh FROM energy_balance", "energy_mwh:DOUBLE:"},
		{"SELECT year AS energy_mwh FROM energy_balance", "energy_mwh:INTEGER:"},
		{"SELECT * REPLACE (2 * share AS share) FROM (SELECT share FROM energy_balance)", "share:DOUBLE:"},
		{"SELECT * RENAME (share AS year) FROM (SELECT share FROM energy_balance)", "year:DOUBLE:"},
		{"SELECT t.energy_mwh FROM (SELECT people FROM municipality) t(energy_mwh), energy_balance e WHERE false", "energy_mwh:INTEGER:"},
		{"WITH a(energy_mwh) AS (SELECT people FROM municipality) SELECT energy_mwh FROM a, (FROM energy_balance SELECT muni_code)", "energy_mwh:INTEGER:"},
		{"SELECT people FROM municipality UNION ALL SELECT year FROM energy_balance", "people:INTEGER:"},
		{"SELECT sum(energy_mwh) FROM energy_balance", "sum(energy_mwh):DECIMAL(38,3):"},
	} {
		r, err := s.Query(context.Background(), c.text)
		if err != nil {
			t.Errorf("%s\n%v", c.text, err)
			continue
		}
		var got []string
		for _, column := range r.Columns {
			got = append(got, column.Name+":"+column.Type+":"+column.Unit)
		}
		equal(t, strings.Join(got, " "), c.want)
		check(t, r.Close())
		check(t, r.Close())
	}
}

func TestFaultsOfTheQuery(t *testing.T) {
	s := newFixture(t).open(t, query.Limits{})
	for _, c := range []struct{ text, message, hint string }{
		{"SELECT * FROM energy_balanse", `there is no table "energy_balanse"`, "did you mean energy_balance?"},
		{"SELECT * FROM sun", `there is no table "sun"`, "the tables are energy_balance, municipality"},
		{"SELECT energy_mhw FROM energy_balance", "Referenced column \"energy_mhw\" not found in FROM clause!\n\nLINE 1: SELECT energy_mhw FROM energy_balance\n               ^", `near it are "energy_mwh", "year"`},
		{"SELECT\n  FROM WHERE", `syntax error at or near "WHERE" (line 2, character 8)`, ""},
		{"SELECT 'ø', FROM , x", `syntax error at or near "," (line 1, character 18)`, ""},
		{"SELECT muni_name::INTEGER FROM municipality WHERE people = 14640", "Could not convert string 'Dragør' to INT32 when casting from source column muni_name", ""},
		{"SELECT error('no')", "no", ""},
		{"SELECT contain('a', 'b')", "Scalar Function with name contain does not exist!\n\nLINE 1: SELECT contain('a', 'b')\n               ^", `near it are "contains"`},
		{"SELECT 1::VARIANT AS v", "column v is of type VARIANT, which cannot be given out", "cast it to another type"},
	} {
		_, err := tryAsk(s, c.text, "csv")
		var fault *query.Error
		if !errors.As(err, &fault) {
			t.Errorf("%s\n%v", c.text, err)
			continue
		}
		equal(t, fault.Message, c.message)
		equal(t, fault.Hint, c.hint)
	}
}

func TestRowLimit(t *testing.T) {
	s := newFixture(t).open(t, query.Limits{Rows: 3})
	for _, c := range []struct {
		text, want, note string
	}{
		{"SELECT range AS n FROM range(3)", "n\r\n0\r\n1\r\n2\r\n", ""},
		{"SELECT range AS n FROM range(4)", "n\r\n0\r\n1\r\n2\r\n", "only the first 3 rows are given: the query has more"},
		{"SELECT range AS n FROM range(1000000000000000)", "n\r\n0\r\n1\r\n2\r\n", "only the first 3 rows are given: the query has more"},
		{"SELECT range AS n FROM range(100000) ORDER BY n DESC", "n\r\n99999\r\n99998\r\n99997\r\n", "only the first 3 rows are given: the query has more"},
	} {
		r, err := s.Query(context.Background(), c.text)
		check(t, err)
		var out strings.Builder
		check(t, query.Write(&out, r, "csv"))
		equal(t, out.String(), c.want)
		equal(t, r.Note(), c.note)
		equal(t, r.Truncated(), c.note != "")
		check(t, r.Close())
	}
}

// endless would run for longer than anybody waits.
const endless = "SELECT count(*) FROM range(1000000000) a, range(1000000000) b, range(1000000000) c WHERE a.range * b.range + c.range = 7"

func TestTimeout(t *testing.T) {
	f := newFixture(t)
	s := f.open(t, query.Limits{Timeout: 50 * time.Millisecond})
	_, err := s.Query(context.Background(), endless)
	var fault *query.Error
	if !errors.As(err, &fault) || !errors.Is(err, context.DeadlineExceeded) {
		t.Fatal(err)
	}
	equal(t, fault.Message, "the query took longer than 50ms and was stopped")

	s = f.open(t, query.Limits{})
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	if _, err = s.Query(ctx, endless); !errors.As(err, &fault) || !errors.Is(err, context.DeadlineExceeded) {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if _, err = s.Query(ctx, "SELECT 1"); !errors.As(err, &fault) || !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	equal(t, ask(t, s, "SELECT 1 AS n", "csv"), "n\r\n1\r\n")
}

func TestMemoryLimit(t *testing.T) {
	f := newFixture(t)
	s := f.open(t, query.Limits{Memory: "30MB"})
	before := f.files(t)
	for _, text := range []string{
		"SELECT count(*) FROM (SELECT DISTINCT md5(range::VARCHAR) FROM range(10000000))",
		"SELECT list(range) FROM range(100000000)",
		"SELECT * FROM range(10000000) ORDER BY md5(range::VARCHAR)",
		"SELECT string_agg(range::VARCHAR, ',') FROM range(100000000)",
	} {
		_, err := tryAsk(s, text, "csv")
		var fault *query.Error
		if !errors.As(err, &fault) {
			t.Fatalf("%s\n%v", text, err)
		}
		equal(t, fault.Message, "the query needs more memory than the 30MB it may use")
		equal(t, ask(t, s, "SELECT count(*) AS n FROM municipality", "csv"), "n\r\n3\r\n")
	}
	equal(t, f.files(t), before)
}

func TestConcurrentQueries(t *testing.T) {
	s := newFixture(t).open(t, query.Limits{Threads: 1})
	var group sync.WaitGroup
	for i := range 8 {
		group.Go(func() {
			out, err := tryAsk(s, fmt.Sprintf("SELECT count(*) + %d AS n FROM energy_balance, range(1000)", i), "csv")
			if want := fmt.Sprintf("n\r\n%d\r\n", 3000+i); err != nil || out != want {
				t.Errorf("%q, %v", out, err)
			}
		})
	}
	group.Wait()
}

func TestReadingMayEndEarly(t *testing.T) {
	s := newFixture(t).open(t, query.Limits{})
	r, err := s.Query(context.Background(), "SELECT range FROM range(100000)")
	check(t, err)
	for row, err := range r.Rows() {
		check(t, err)
		equal(t, row[0], any(int64(0)))
		break
	}
	equal(t, r.Truncated(), false)
	check(t, r.Close())
}

func TestOpenFaults(t *testing.T) {
	f := newFixture(t)
	missing := filepath.Join(f.root, "missing")
	_, err := query.Open(missing, query.Limits{})
	if err == nil || strings.Contains(err.Error(), f.root) {
		t.Errorf("%v", err)
	}
	empty := filepath.Join(f.root, "empty")
	check(t, os.Mkdir(empty, 0o755))
	if _, err = query.Open(empty, query.Limits{}); err == nil {
		t.Error("a folder without tables was opened")
	}
	// Damage and loss are found by the queries that meet them, and tell no path.
	check(t, os.WriteFile(filepath.Join(f.folder, "broken.parquet"), []byte("no Parquet file at all"), 0o644))
	s := f.open(t, query.Limits{})
	check(t, os.Remove(filepath.Join(f.folder, "municipality.parquet")))
	for _, table := range []string{"broken", "municipality"} {
		_, err := tryAsk(s, "SELECT * FROM "+table, "csv")
		var fault *query.Error
		if err == nil || errors.As(err, &fault) || strings.Contains(err.Error(), f.folder) {
			t.Errorf("%s: %v", table, err)
		}
	}
	ask(t, s, "SELECT * FROM energy_balance", "csv")
	s = f.open(t, query.Limits{Memory: "a lot"})
	if _, err := tryAsk(s, "SELECT 1", "csv"); err == nil {
		t.Error("a memory limit that is none was taken")
	}
}
