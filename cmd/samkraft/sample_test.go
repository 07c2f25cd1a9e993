package main

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	_ "github.com/duckdb/duckdb-go/v2"

	"samkraft/pipeline"
)

// planSample is a workspace that tests share: the program makes it once, because that
// takes seconds. Nobody may write there.
type planSample struct {
	once   sync.Once
	folder string
	args   []string
	told   bytes.Buffer
	code   pipeline.ExitCode
}

// run makes the workspace, once: only then is the command line asked for.
func (p *planSample) run(t testing.TB, command func() []string) {
	t.Helper()
	p.once.Do(func() {
		p.folder, _ = os.MkdirTemp("", "samkraft-test-")
		p.args = command()
		// Not the test's context: the tests that come later want it too.
		p.code = execute(context.Background(), program{
			args: append(p.args, "--workspace", p.folder), out: io.Discard, err: &p.told,
			getenv: func(string) string { return "" }, clock: testTime, pid: os.Getpid(), views: views(),
		})
	})
	if p.code != pipeline.Done {
		t.Fatalf("samkraft %q ended with %d:\n%s", p.args, p.code, &p.told)
	}
}

func TestMain(m *testing.M) {
	code := m.Run()
	for _, folder := range []string{sample.folder, ownSample.folder, kindsSample.folder, few.folder} {
		if folder == "" {
			continue
		}
		if err := os.RemoveAll(folder); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
	}
	os.Exit(code)
}

// sample is the workspace of the built-in plans.
var sample planSample

// testTime is what the clock of a program under test shows.
func testTime() time.Time { return time.Date(2026, 3, 2, 5, 15, 0, 0, time.UTC) }

// sampleWorkspace returns the folder of a workspace in which 'samkraft run
// --sample' has published both plans.
func sampleWorkspace(t testing.TB) string {
	t.Helper()
	sample.run(t, func() []string { return []string{"run", "--sample"} })
	return sample.folder
}

// snapshot is a published snapshot as its reader finds it.
type snapshot struct {
	plan   string
	folder string
	tables []snapshotTable
}

// snapshotTable is a table as the data package describes it.
type snapshotTable struct {
	name, description, file string
	rows                    int64
	key                     []string
	columns                 []snapshotColumn
}

type snapshotColumn struct {
	Name        string `json:"name"`
	Description string `json:"description"`
	Unit        string `json:"unit"`
	StoredAs    string `json:"stored_as"`
}

// sampleSnapshots returns the newest snapshot of every plan of the sample, of the
// plan with data of its own, and of that with other kinds of targets.
func sampleSnapshots(t testing.TB) []snapshot {
	t.Helper()
	snapshots := pipeline.Snapshots{Disk: pipeline.Disk(sampleWorkspace(t))}
	plans, err := snapshots.Plans()
	if err != nil {
		t.Fatal(err)
	}
	if len(plans) != len(pipeline.BuiltinPlans()) {
		t.Fatalf("the sample has snapshots of %v, of %d plans", plans, len(pipeline.BuiltinPlans()))
	}
	var all []snapshot
	for _, plan := range plans {
		id, err := snapshots.Latest(plan)
		if err != nil {
			t.Fatal(err)
		}
		s, err := readSnapshot(plan, snapshots.Disk.Path(snapshots.Folder(plan, id)))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, s)
	}
	return append(all, ownSnapshot(t), kindsSample.snapshot(t, kindsPlan, "other-kinds"))
}

func readSnapshot(plan, folder string) (snapshot, error) {
	s := snapshot{plan: plan, folder: folder}
	text, err := os.ReadFile(filepath.Join(folder, "datapackage.json"))
	if err != nil {
		return s, err
	}
	var p struct {
		Resources []struct {
			Name, Description, Path string
			Rows                    int64
			Schema                  struct {
				Fields     []snapshotColumn
				PrimaryKey []string
			}
		}
	}
	if err := json.Unmarshal(text, &p); err != nil {
		return s, err
	}
	if len(p.Resources) == 0 {
		return s, errors.New(folder + " has no tables")
	}
	for _, r := range p.Resources {
		s.tables = append(s.tables, snapshotTable{
			name: r.Name, description: r.Description, file: filepath.Join(folder, r.Path),
			rows: r.Rows, key: r.Schema.PrimaryKey, columns: r.Schema.Fields,
		})
	}
	return s, nil
}

// openDuckDB opens an empty DuckDB that reads Parquet files.
func openDuckDB(t testing.TB) *sql.DB {
	t.Helper()
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// readParquet is the SQL that reads a file.
func readParquet(file string) string {
	return "read_parquet('" + strings.ReplaceAll(file, "'", "''") + "')"
}
