package compare_test

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	_ "github.com/duckdb/duckdb-go/v2"

	"samkraft/sinks/compare"
)

// file writes the rows of a query as Parquet and returns its path. The name has
// letters in it that a pattern would read otherwise.
func file(t *testing.T, name, query string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name+"[1]*.parquet")
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(fmt.Sprintf("COPY (%s) TO '%s' (FORMAT parquet)", query, strings.ReplaceAll(path, "'", "''"))); err != nil {
		t.Fatal(err)
	}
	return path
}

func engine(t *testing.T) *compare.Engine {
	t.Helper()
	e, err := compare.Open(1, "100MB", t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	return e
}

var use = compare.Table{Name: "use", Key: []string{"muni_code", "year"}, Columns: []compare.Column{{Name: "energy_mwh", Unit: "MWh"}, {Name: "value_status"}}}

func rows(values string) string {
	return "SELECT code::VARCHAR AS muni_code, year::BIGINT AS year, mwh::DECIMAL(18,3) AS energy_mwh, status::VARCHAR AS value_status FROM (VALUES " + values + ") AS v(code, year, mwh, status)"
}

func text(s string) *string     { return &s }
func number(f float64) *float64 { return &f }

func TestCompare(t *testing.T) {
	old := compare.State{Now: []string{file(t, "old", rows("('253', 2022, 10.5, 'observed'), ('253', NULL, 1, 'observed'), ('259', 2022, 700, 'observed'), ('269', 2022, 5, 'observed'), ('336', 2022, 3, 'observed')"))}}
	now := compare.State{Now: []string{file(t, "new", rows("('253', 2022, 11.25, 'derived'), ('253', NULL, 2, 'observed'), ('259', 2022, NULL, 'suppressed'), ('269', 2022, 5, 'observed'), ('350', 2022, 9, 'observed'), ('360', 2022, 9, 'observed')"))}}
	got, err := engine(t).Compare(t.Context(), use, old, now, 3)
	if err != nil {
		t.Fatal(err)
	}
	want := compare.Difference{Table: "use", Added: 2, Removed: 1, Changed: 3, Cells: 5, Largest: []compare.Change{
		{Key: []string{"253", ""}, Column: "energy_mwh", Unit: "MWh", Old: text("1.000"), New: text("2.000"), Delta: number(1)},
		{Key: []string{"253", "2022"}, Column: "energy_mwh", Unit: "MWh", Old: text("10.500"), New: text("11.250"), Delta: number(0.75)},
		{Key: []string{"253", "2022"}, Column: "value_status", Old: text("observed"), New: text("derived")},
	}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if back, err := engine(t).Compare(t.Context(), use, now, old, 3); err != nil || back.Added != 1 || back.Removed != 2 || back.Changed != 3 {
		t.Errorf("%+v %v", back, err)
	}
	if same, err := engine(t).Compare(t.Context(), use, old, old, 3); err != nil || same.Any() || same.Largest != nil {
		t.Errorf("%+v %v", same, err)
	}
}

// A later file counts before an earlier one, and a file that both have only where
// nothing else has the key.
func TestFilesInOrder(t *testing.T) {
	rest := file(t, "rest", rows("('253', 2022, 1, 'observed'), ('259', 2022, 2, 'observed'), ('269', 2022, 3, 'observed')"))
	early, late := file(t, "early", rows("('253', 2022, 4, 'observed')")), file(t, "late", rows("('253', 2022, 5, 'observed'), ('336', 2022, 6, 'observed')"))
	got, err := engine(t).Compare(t.Context(), use, compare.State{Rest: []string{rest}}, compare.State{Now: []string{early, late}, Rest: []string{rest}}, 9)
	if err != nil || got.Added != 1 || got.Removed != 0 || got.Changed != 1 || len(got.Largest) != 1 || *got.Largest[0].Old != "1.000" || *got.Largest[0].New != "5.000" {
		t.Errorf("%+v %v", got, err)
	}
}

// A table of which one state has nothing comes or goes.
func TestNothing(t *testing.T) {
	state := compare.State{Now: []string{file(t, "some", rows("('253', 2022, 1, 'observed'), ('259', 2022, 2, 'observed')"))}}
	if got, err := engine(t).Compare(t.Context(), use, compare.State{}, state, 9); err != nil || got.Added != 2 || got.Removed+got.Changed != 0 {
		t.Errorf("%+v %v", got, err)
	}
	if got, err := engine(t).Compare(t.Context(), use, state, compare.State{}, 9); err != nil || got.Removed != 2 || got.Added+got.Changed != 0 {
		t.Errorf("%+v %v", got, err)
	}
}
