package pipeline_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"samkraft/pipeline"
)

var sinceThen = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// latestOf returns what readers have and what runs made last.
func latestOf(t *testing.T, disk pipeline.FS, plan string) (latest, newest string) {
	t.Helper()
	s := pipeline.Snapshots{Disk: disk}
	latest, err := s.Latest(plan)
	newest, err2 := s.Newest(plan)
	if err := errors.Join(err, err2); err != nil {
		t.Fatal(err)
	}
	return latest, newest
}

// twoEditions is a workspace whose plan south has two snapshots.
func twoEditions(t *testing.T, disk pipeline.FS) (first, second string) {
	t.Helper()
	first = good(t, run(t, disk, published, south(t))).Plans[0].Snapshot
	second = good(t, run(t, disk, later, south(t))).Plans[0].Snapshot
	return first, second
}

// third is another edition still.
var third = later.with("energy-2025.csv", "#alpha energy 2025-12-31\n253;HOUS;78000\n259;HOUS;98000\n")

// TestHold goes back to a snapshot: no run undoes that, whether it finds nothing new or
// publishes, until it is told to.
func TestHold(t *testing.T) {
	disk := workspace(t)
	s := pipeline.Snapshots{Disk: disk}
	first, second := twoEditions(t, disk)
	h, err := s.Use("south", pipeline.Hold{Snapshot: first, Since: sinceThen, By: "anna", Why: "figures of 2024 are wrong"})
	if err != nil || h.Before != second || h.Newest != second {
		t.Fatalf("%v %+v", err, h)
	}
	if latest, newest := latestOf(t, disk, "south"); latest != first || newest != second {
		t.Errorf("readers have %s, runs made %s", latest, newest)
	}
	nothing := good(t, run(t, disk, later, south(t))).Plans[0]
	if nothing.New || nothing.Snapshot != second || nothing.Held != first {
		t.Errorf("%+v", nothing)
	}
	o := good(t, run(t, disk, third, south(t))).Plans[0]
	if !o.New || o.Previous != second || o.Held != first {
		t.Errorf("%+v", o)
	}
	if latest, newest := latestOf(t, disk, "south"); latest != first || newest != o.Snapshot {
		t.Errorf("a run moved readers to %s", latest)
	}
	if kept, was, err := s.Held("south"); err != nil || !was || kept.By != "anna" || !kept.Since.Equal(sinceThen) || kept.Why == "" {
		t.Errorf("%v %+v", err, kept)
	}
	if id, err := s.Release("south"); err != nil || id != o.Snapshot {
		t.Errorf("%s %v", id, err)
	}
	if latest, newest := latestOf(t, disk, "south"); latest != o.Snapshot || newest != latest {
		t.Errorf("readers have %s after all", latest)
	}
	if again := good(t, run(t, disk, third, south(t))).Plans[0]; again.New || again.Held != "" {
		t.Errorf("%+v", again)
	}
	if _, err := s.Use("south", pipeline.Hold{Snapshot: "0123456789abcdef"}); err == nil {
		t.Error("readers were led to a snapshot that is not there")
	}
}

// TestHoldUntilNew ends with the first run that makes something new, and not before.
func TestHoldUntilNew(t *testing.T) {
	disk := workspace(t)
	first, second := twoEditions(t, disk)
	if _, err := (pipeline.Snapshots{Disk: disk}).Use("south", pipeline.Hold{Snapshot: first, UntilNew: true}); err != nil {
		t.Fatal(err)
	}
	if o := good(t, run(t, disk, later, south(t))).Plans[0]; o.Held != first || o.Snapshot != second {
		t.Errorf("%+v", o)
	}
	o := good(t, run(t, disk, third, south(t))).Plans[0]
	if latest, _ := latestOf(t, disk, "south"); o.Held != "" || latest != o.Snapshot {
		t.Errorf("readers have %s after %+v", latest, o)
	}
}

// TestHoldDamaged: what cannot be read of a hold keeps readers where they are.
func TestHoldDamaged(t *testing.T) {
	disk := workspace(t)
	first, _ := twoEditions(t, disk)
	s := pipeline.Snapshots{Disk: disk}
	if _, err := s.Use("south", pipeline.Hold{Snapshot: first}); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(disk.Path("snapshots/south/held"), []byte(`{"snapshot":`), 0o644); err != nil {
		t.Fatal(err)
	}
	o := good(t, run(t, disk, third, south(t))).Plans[0]
	if latest, newest := latestOf(t, disk, "south"); latest != first || newest != o.Snapshot || o.Held != first {
		t.Errorf("readers have %s, runs made %s: %+v", latest, newest, o)
	}
	if err := os.RemoveAll(disk.Path("snapshots/south/" + first)); err != nil {
		t.Fatal(err)
	}
	if o := good(t, run(t, disk, third, south(t))).Plans[0]; o.Held != "" {
		t.Errorf("readers are held on what is not there: %+v", o)
	}
	if latest, _ := latestOf(t, disk, "south"); latest != o.Snapshot {
		t.Errorf("readers have %s", latest)
	}
}

// TestHoldFaults stops the going back, the publishing beside it and its end after each
// operation on the disk: readers have a snapshot that they had before or are to have, and
// the next run carries out what was begun.
func TestHoldFaults(t *testing.T) {
	steps := map[string]func(disk pipeline.FS, first string) error{
		"use": func(disk pipeline.FS, first string) error {
			_, err := (pipeline.Snapshots{Disk: disk}).Use("south", pipeline.Hold{Snapshot: first})
			return err
		},
		"release": func(disk pipeline.FS, _ string) error {
			_, err := (pipeline.Snapshots{Disk: disk}).Release("south")
			return err
		},
	}
	for name, step := range steps {
		t.Run(name, func(t *testing.T) {
			root := memoryFolder(t)
			base := pipeline.Disk(filepath.Join(root, "base"))
			first, second := twoEditions(t, base)
			if name == "release" {
				if err := steps["use"](base, first); err != nil {
					t.Fatal(err)
				}
			}
			for k := 1; ; k++ {
				folder := filepath.Join(root, fmt.Sprint(k))
				if err := copyFolder(string(base), folder); err != nil {
					t.Fatal(err)
				}
				disk := newFaultDisk(folder, crash, k)
				err := step(disk, first)
				if !disk.reached() {
					if err != nil {
						t.Fatal(err)
					}
					break
				}
				if latest, _ := latestOf(t, disk.Disk, "south"); latest != first && latest != second {
					t.Errorf("operation %d: readers have %q", k, latest)
				}
				s := pipeline.Snapshots{Disk: disk.Disk}
				h, was, err := s.Held("south")
				if err != nil {
					t.Fatal(err)
				}
				want := second
				if was && !h.Over {
					want = first
				}
				good(t, run(t, disk.Disk, later, south(t)))
				if latest, _ := latestOf(t, disk.Disk, "south"); latest != want {
					t.Errorf("operation %d: after the next run readers have %s, want %s", k, latest, want)
				}
			}
		})
	}
}
