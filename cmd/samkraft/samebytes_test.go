package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"samkraft/pipeline"
)

// TestSameBytes publishes the same files in other workspaces, with another number
// of threads, under other names, with plans in another order and with the caches
// gone: every file of every snapshot must come out the same.
func TestSameBytes(t *testing.T) {
	t.Parallel()
	folder, workspace := dropFolder(t), fewWorkspace(t)
	danish, swedish := fewDraws(t)
	want := snapshotHashes(t, workspace)
	if len(want) < 60 {
		t.Fatalf("only %d files were published", len(want))
	}

	other := t.TempDir()
	whole(t, pipeline.Done, "run", swedish, danish, "--mirror", renamed(t, folder), "--workspace", other, "--threads", "1")
	compareHashes(t, "another workspace, one thread, other names", want, snapshotHashes(t, other))

	for _, gone := range []string{"stage", "models", "snapshots"} {
		if err := os.RemoveAll(filepath.Join(workspace, gone)); err != nil {
			t.Fatal(err)
		}
	}
	whole(t, pipeline.Done, "run", danish, swedish, "--offline", "--workspace", workspace)
	compareHashes(t, "from the archive alone, caches gone", want, snapshotHashes(t, workspace))
}

// renamed copies a folder's files to one folder under names that say nothing. One
// file's name counts: the year of technology costs stands nowhere else.
func renamed(t *testing.T, folder string) string {
	t.Helper()
	target := t.TempDir()
	n := 0
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || entry.Name() == "SOURCE.txt" {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		n++
		name := strings.Repeat("x", n)
		if strings.HasPrefix(entry.Name(), "costs_") {
			name = entry.Name()
		}
		return os.WriteFile(filepath.Join(target, name), content, 0o644)
	})
	if err != nil {
		t.Fatal(err)
	}
	return target
}

func snapshotHashes(t *testing.T, workspace string) map[string]string {
	t.Helper()
	disk := pipeline.Disk(workspace)
	hashes := map[string]string{}
	err := filepath.WalkDir(disk.Path("snapshots"), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, err := filepath.Rel(workspace, path)
		if err != nil {
			return err
		}
		hashes[name], _, err = pipeline.HashFile(disk, filepath.ToSlash(name))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return hashes
}

func compareHashes(t *testing.T, how string, want, got map[string]string) {
	t.Helper()
	for name, hash := range want {
		if got[name] != hash {
			t.Errorf("%s: %s is another", how, name)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%s: %d files, %d before", how, len(got), len(want))
	}
}

// BenchmarkNothingNew reports how long a run takes that finds nothing new, and as
// "of-a-first-run" its share of the time that a first run of the same files takes.
func BenchmarkNothingNew(b *testing.B) {
	first := time.Now()
	workspace := b.TempDir()
	whole(b, pipeline.Done, "run", "--sample", "--workspace", workspace)
	took := time.Since(first)
	for b.Loop() {
		whole(b, pipeline.Done, "run", "--sample", "--workspace", workspace)
	}
	b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(took), "of-a-first-run")
}
