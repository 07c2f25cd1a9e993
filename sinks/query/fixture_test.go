package query_test

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/base64"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/ipc"
	_ "github.com/duckdb/duckdb-go/v2"

	"samkraft/sinks/query"
)

// secret stands in a file beside the snapshot, which no query may see.
const secret = "plainly-not-for-you"

// fixture is a snapshot of two tables, and a file that is none of its business.
type fixture struct {
	folder string // the snapshot
	root   string // what lies around it
	secret string // path of the secret file
}

func newFixture(t *testing.T) fixture {
	t.Helper()
	root := t.TempDir()
	f := fixture{folder: filepath.Join(root, "snap"), root: root, secret: filepath.Join(root, "secret.csv")}
	check(t, os.Mkdir(f.folder, 0o755))
	check(t, os.WriteFile(f.secret, []byte("word\n"+secret+"\n"), 0o644))
	// Not a table, whatever its name says.
	check(t, os.WriteFile(filepath.Join(f.folder, "manifest.json"), []byte("{}"), 0o644))
	db, err := sql.Open("duckdb", "")
	check(t, err)
	defer db.Close()
	db.SetMaxOpenConns(1)
	energy := arrowSchema(t, []arrow.Field{
		{Name: "muni_code", Type: arrow.BinaryTypes.String},
		{Name: "year", Type: arrow.PrimitiveTypes.Int32, Metadata: unit("1")},
		{Name: "energy_mwh", Type: &arrow.Decimal128Type{Precision: 18, Scale: 3}, Metadata: unit("MWh")},
		{Name: "hour_utc", Type: &arrow.TimestampType{Unit: arrow.Microsecond, TimeZone: "UTC"}},
		{Name: "day", Type: arrow.FixedWidthTypes.Date32},
		{Name: "share", Type: arrow.PrimitiveTypes.Float64, Metadata: unit("1")},
		{Name: "note", Type: arrow.BinaryTypes.String},
	})
	muni := arrowSchema(t, []arrow.Field{
		{Name: "muni_code", Type: arrow.BinaryTypes.String},
		{Name: "muni_name", Type: arrow.BinaryTypes.String},
		{Name: "people", Type: arrow.PrimitiveTypes.Int32, Metadata: unit("persons")},
	})
	for _, statement := range []string{
		"SET TimeZone = 'UTC'",
		`CREATE TABLE energy_balance AS SELECT * FROM (VALUES
			('0101', 2024, 1234.500::DECIMAL(18,3), TIMESTAMPTZ '2024-01-01 00:00:00+00', DATE '2024-01-01', 0.25::DOUBLE, '=1+1'),
			('0155', 2024, -0.007, TIMESTAMPTZ '2024-03-31 01:00:00+00', DATE '2024-03-31', NULL, 'a "quoted", text'),
			('0751', 2025, NULL, NULL, NULL, 0.5, '')
		) t(muni_code, year, energy_mwh, hour_utc, day, share, note)`,
		`CREATE TABLE municipality AS SELECT * FROM (VALUES ('0101', 'København', 667099), ('0155', 'Dragør', 14640), ('0751', 'Aarhus', 373388)) t(muni_code, muni_name, people)`,
		copyTo(f.folder, "energy_balance", energy),
		copyTo(f.folder, "municipality", muni),
	} {
		_, err := db.Exec(statement)
		check(t, err)
	}
	return f
}

func copyTo(folder, table, schema string) string {
	return fmt.Sprintf("COPY %s TO '%s' (FORMAT parquet, COMPRESSION zstd, KV_METADATA {'ARROW:schema': '%s'})", table, filepath.Join(folder, table+".parquet"), schema)
}

func unit(u string) arrow.Metadata { return arrow.NewMetadata([]string{"unit"}, []string{u}) }

func arrowSchema(t *testing.T, fields []arrow.Field) string {
	t.Helper()
	var message bytes.Buffer
	check(t, ipc.NewWriter(&message, ipc.WithSchema(arrow.NewSchema(fields, nil))).Close())
	return base64.StdEncoding.EncodeToString(message.Bytes())
}

func (f fixture) open(t *testing.T, limits query.Limits) *query.Snapshot {
	t.Helper()
	s, err := query.Open(f.folder, limits)
	check(t, err)
	return s
}

// files lists everything below the fixture's root with its size.
func (f fixture) files(t *testing.T) string {
	t.Helper()
	var list strings.Builder
	check(t, filepath.WalkDir(f.root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		content := []byte(nil)
		if !d.IsDir() {
			if content, err = os.ReadFile(path); err != nil {
				return err
			}
		}
		fmt.Fprintf(&list, "%s %x\n", path, content)
		return nil
	}))
	return list.String()
}

// ask runs a query and writes its result.
func ask(t *testing.T, s *query.Snapshot, text, format string) string {
	t.Helper()
	out, err := tryAsk(s, text, format)
	if err != nil {
		t.Fatalf("%s\n%v", text, err)
	}
	return out
}

func tryAsk(s *query.Snapshot, text, format string) (string, error) {
	r, err := s.Query(context.Background(), text)
	if err != nil {
		return "", err
	}
	defer r.Close()
	var out bytes.Buffer
	err = query.Write(&out, r, format)
	return out.String(), err
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func equal[T comparable](t *testing.T, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("got\n%v\nwant\n%v", got, want)
	}
}
