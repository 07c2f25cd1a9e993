package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"samkraft/pipeline"
)

// pollingReader opens the newest snapshot of a plan again and again, as if it had
// never heard of runs, and reads all of it.
type pollingReader struct {
	disk pipeline.Disk
	plan string
	db   *sql.DB

	polls, tables int
	seen          []string          // snapshots, in the order of their coming
	answers       map[string]string // what a table of a snapshot said, by file
}

// The reader looks every so often, and thoroughly at each so many of its looks.
const (
	every    = 5 * time.Millisecond
	thorough = 10
)

// read polls until ctx is done, and once more, and returns the first fault.
func (r *pollingReader) read(ctx context.Context) error {
	r.answers = map[string]string{}
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return r.poll()
		case <-ticker.C:
		}
		if err := r.poll(); err != nil {
			return fmt.Errorf("poll %d: %w", r.polls, err)
		}
	}
}

// poll looks once: whether every file of the newest snapshot is there. A thorough look
// is at every bit of them, and into one table. The first one at a snapshot is thorough
// and into all tables.
func (r *pollingReader) poll() error {
	r.polls++
	snapshots := pipeline.Snapshots{Disk: r.disk}
	id, err := snapshots.Latest(r.plan)
	if err != nil {
		return err
	}
	n := len(r.seen)
	switch {
	case id == "" && n == 0:
		return nil
	case id == "":
		return fmt.Errorf("snapshot %s is gone, and there is none", r.seen[n-1])
	case n == 0 || r.seen[n-1] != id:
		// No publisher of the soak goes back to figures that it had, so neither may the plan.
		if slices.Contains(r.seen, id) {
			return fmt.Errorf("back from snapshot %s to %s", r.seen[n-1], id)
		}
		r.seen = append(r.seen, id)
	}
	fresh := len(r.seen) > n
	if !snapshots.Intact(r.plan, id) {
		return fmt.Errorf("snapshot %s lacks files", id)
	}
	if !fresh && r.polls%thorough != 0 {
		return nil
	}
	if faults, err := snapshots.Verify(r.plan, id); err != nil || len(faults) > 0 {
		return fmt.Errorf("snapshot %s: %w %v", id, err, faults)
	}
	m, err := snapshots.Manifest(r.plan, id)
	if err != nil {
		return err
	}
	if err := r.describes(id, m); err != nil {
		return fmt.Errorf("snapshot %s: %w", id, err)
	}
	tables := m.Tables
	if !fresh {
		tables = tables[r.polls/thorough%len(tables):][:1]
	}
	for _, table := range tables {
		if err := r.table(id, table); err != nil {
			return fmt.Errorf("snapshot %s, table %s: %w", id, table.Name, err)
		}
	}
	return nil
}

// describes checks that the data package has the tables of the manifest.
func (r *pollingReader) describes(id string, m pipeline.Manifest) error {
	text, err := pipeline.ReadFile(r.disk, path.Join(pipeline.Snapshots{Disk: r.disk}.Folder(r.plan, id), "datapackage.json"))
	if err != nil {
		return err
	}
	var described struct{ Resources []struct{ Name string } }
	if err := json.Unmarshal(text, &described); err != nil {
		return err
	}
	names := map[string]bool{}
	for _, resource := range described.Resources {
		names[resource.Name] = true
	}
	for _, table := range m.Tables {
		if !names[table.Name] {
			return fmt.Errorf("datapackage.json lacks %s", table.Name)
		}
	}
	if len(m.Tables) == 0 || len(names) != len(m.Tables) {
		return fmt.Errorf("datapackage.json has %d tables, manifest.json %d", len(names), len(m.Tables))
	}
	return nil
}

// table reads every value of a table. The same table says the same whenever it is read.
func (r *pollingReader) table(id string, table pipeline.ManifestTable) error {
	r.tables++
	file := path.Join(pipeline.Snapshots{Disk: r.disk}.Folder(r.plan, id), table.Name+".parquet")
	var rows int64
	var sum sql.NullString
	if err := r.db.QueryRow("SELECT count(*), bit_xor(hash(t))::VARCHAR FROM "+readParquet(r.disk.Path(file))+" t").Scan(&rows, &sum); err != nil {
		return err
	}
	if before, known := r.answers[file]; known && before != sum.String {
		return fmt.Errorf("it says another thing than before")
	}
	r.answers[file] = sum.String
	if rows != table.Rows {
		return fmt.Errorf("%d rows, the manifest has %d", rows, table.Rows)
	}
	return nil
}

// TestPollingReader: what the soak must never see, its reader would see.
func TestPollingReader(t *testing.T) {
	const plan = "goda-grannar"
	whole, id := sampleWorkspace(t), latest(t, sampleWorkspace(t), plan)
	faults := map[string]struct {
		do   func(folder string) error
		want string
	}{
		"a file is missing":     {func(f string) error { return os.Remove(filepath.Join(f, id, "allocation.parquet")) }, "lacks files"},
		"a file is cut":         {func(f string) error { return os.Truncate(filepath.Join(f, id, "allocation.parquet"), 100) }, "lacks files"},
		"a bit has changed":     {func(f string) error { return flip(filepath.Join(f, id, "allocation.parquet")) }, "has been changed"},
		"the list is not there": {func(f string) error { return os.Remove(filepath.Join(f, id, "files.json")) }, "lacks files"},
		"latest is gone":        {func(f string) error { return os.Remove(filepath.Join(f, "latest")) }, "is gone"},
		"back to an older one": {func(f string) error {
			return os.WriteFile(filepath.Join(f, "latest"), []byte("0123456789abcdef\n"), 0o644)
		}, "back from"},
	}
	for name, fault := range faults {
		t.Run(name, func(t *testing.T) {
			workspace := t.TempDir()
			folder := filepath.Join(workspace, "snapshots", plan)
			if err := os.CopyFS(folder, os.DirFS(filepath.Join(whole, "snapshots", plan))); err != nil {
				t.Fatal(err)
			}
			r := &pollingReader{disk: pipeline.Disk(workspace), plan: plan, db: openDuckDB(t), seen: []string{"0123456789abcdef"}, answers: map[string]string{}}
			if err := r.poll(); err != nil || r.tables < 30 {
				t.Fatalf("%d tables of a whole snapshot: %v", r.tables, err)
			}
			if err := fault.do(folder); err != nil {
				t.Fatal(err)
			}
			var err error
			for range thorough {
				err = errors.Join(err, r.poll())
			}
			if err == nil || !strings.Contains(err.Error(), fault.want) {
				t.Errorf("it said %v, expected %q", err, fault.want)
			}
		})
	}
}

// flip changes a bit in the middle of a file.
func flip(name string) error {
	contents, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	contents[len(contents)/2] ^= 1
	return errors.Join(os.Remove(name), os.WriteFile(name, contents, 0o644))
}
