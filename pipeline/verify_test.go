package pipeline_test

import (
	"os"
	"strings"
	"testing"

	"samkraft/pipeline"
)

// TestVerifyFindsEveryBit flips each bit of each file of a snapshot, and of the
// file that names it, one after the other.
func TestVerifyFindsEveryBit(t *testing.T) {
	disk := workspace(t)
	o := good(t, run(t, disk, files{"trees.csv": published["trees.csv"]}, north(t)))
	id := o.Plans[0].Snapshot
	s := pipeline.Snapshots{Disk: disk}
	sound := func() bool {
		latest, err := s.Latest("north")
		if err != nil {
			return false
		}
		faults, err := s.Verify("north", latest)
		return err == nil && len(faults) == 0
	}
	if !sound() {
		t.Fatal("a new snapshot does not verify")
	}
	bits := 0
	for name := range content(t, disk, "snapshots/north") {
		file := disk.Path("snapshots/north/" + name)
		if err := os.Chmod(file, 0o644); err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for i := range text {
			for bit := range 8 {
				text[i] ^= 1 << bit
				if err := os.WriteFile(file, text, 0o644); err != nil {
					t.Fatal(err)
				}
				if sound() {
					t.Errorf("%s: bit %d of byte %d is not missed", name, bit, i)
				}
				text[i] ^= 1 << bit
				bits++
			}
		}
		if err := os.WriteFile(file, text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if !sound() || bits < 1000 {
		t.Errorf("after %d bits %s does not verify", bits, id)
	}
}

// What is wrong is told by name.
func TestVerifyTells(t *testing.T) {
	cases := []struct {
		name   string
		change func(folder string) error
		says   string
	}{
		{"a file too many", func(f string) error { return os.WriteFile(f+"/extra.csv", nil, 0o644) }, "extra.csv does not belong to the snapshot"},
		{"a table missing", func(f string) error { return os.Remove(f + "/trees.parquet") }, "trees.parquet is missing"},
		{"a sink's file missing", func(f string) error { return os.Remove(f + "/about.txt") }, "about.txt is missing"},
		{"no list", func(f string) error { return os.Remove(f + "/files.json") }, "files.json cannot be read"},
		{"no manifest", func(f string) error { return os.Remove(f + "/manifest.json") }, "manifest.json cannot be read"},
		{"a table cut short", func(f string) error { return os.Truncate(f+"/trees.parquet", 3) }, "trees.parquet has been changed"},
		{"a table grown", func(f string) error { return os.Truncate(f+"/trees.parquet", 1<<10) }, "trees.parquet has been changed"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			disk := workspace(t)
			id := good(t, run(t, disk, published, north(t))).Plans[0].Snapshot
			s := pipeline.Snapshots{Disk: disk}
			folder := disk.Path(s.Folder("north", id))
			if err := os.Chmod(folder+"/trees.parquet", 0o644); err != nil {
				t.Fatal(err)
			}
			if err := c.change(folder); err != nil {
				t.Fatal(err)
			}
			faults, err := s.Verify("north", id)
			if err != nil || len(faults) != 1 || !strings.Contains(faults[0], c.says) {
				t.Errorf("%v %q", err, faults)
			}
		})
	}
}

func TestSnapshotFilesAreFrozen(t *testing.T) {
	disk := workspace(t)
	id := good(t, run(t, disk, published, north(t))).Plans[0].Snapshot
	folder := pipeline.Snapshots{Disk: disk}.Folder("north", id)
	for name := range content(t, disk, folder) {
		info, err := disk.Stat(folder + "/" + name)
		if err != nil || info.Mode().Perm() != 0o444 {
			t.Errorf("%s: %v %v", name, info.Mode(), err)
		}
	}
}
