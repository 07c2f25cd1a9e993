package pipeline_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"samkraft/pipeline"
	"samkraft/pipeline/backup"
	house "samkraft/pipeline/keep"
	"samkraft/pipeline/links"
)

func untold(string, int64, int64) {}

func saved(t *testing.T, disk pipeline.FS, cache bool) []byte {
	t.Helper()
	var out bytes.Buffer
	sum, err := backup.Write(context.Background(), disk, &out, cache, untold)
	if err != nil {
		t.Fatal(err)
	}
	if checked, err := backup.Check(context.Background(), bytes.NewReader(out.Bytes()), untold); err != nil || checked != sum {
		t.Fatalf("%+v, saved as %+v: %v", checked, sum, err)
	}
	return out.Bytes()
}

// worth is what a workspace holds that a backup without the cache has, too.
func worth(t *testing.T, disk pipeline.FS) map[string]string {
	t.Helper()
	all := content(t, disk, ".")
	maps.DeleteFunc(all, func(name, _ string) bool {
		return name == "lock" || strings.HasPrefix(name, "stage/") || strings.HasPrefix(name, "models/")
	})
	return all
}

// names counts the names and the files of a workspace.
func names(t *testing.T, disk pipeline.FS) (all, files int) {
	t.Helper()
	list, err := links.Walk(disk, func(name string) bool { return name == "lock" })
	if err != nil {
		t.Fatal(err)
	}
	seen := map[int]bool{}
	for _, f := range list {
		seen[f.Same] = true
	}
	return len(list), len(seen)
}

// TestBackup moves a workspace, with pins and a hold, and goes on in the new place.
func TestBackup(t *testing.T) {
	disk := workspace(t)
	ids := years(t, disk, 4)
	if err := (house.Pins{Disk: disk}).Set("south", house.Pin{Name: "council", Snapshot: ids[0]}); err != nil {
		t.Fatal(err)
	}
	if _, err := (pipeline.Snapshots{Disk: disk}).Use("south", pipeline.Hold{Snapshot: ids[1]}); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(disk.Path("schedule.json"), []byte("{}\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, cache := range []bool{false, true} {
		text := saved(t, disk, cache)
		if !bytes.Equal(text, saved(t, disk, cache)) {
			t.Error("the same workspace gives other bytes")
		}
		moved := workspace(t) + "/new"
		if _, err := backup.Restore(context.Background(), moved, bytes.NewReader(text), nil, untold); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(text, saved(t, moved, cache)) {
			t.Error("the restored workspace gives another backup")
		}
		if !maps.Equal(worth(t, moved), worth(t, disk)) {
			t.Errorf("cache %v: another workspace", cache)
		}
		if cache {
			all, files := names(t, disk)
			if a, f := names(t, moved); a != all || f != files || a == f {
				t.Errorf("%d names of %d files, there were %d of %d", a, f, all, files)
			}
		}
		for _, id := range whole(t, moved, "south") {
			info, err := moved.Stat("snapshots/south/" + id + "/manifest.json")
			if err != nil || info.Mode().Perm() != 0o444 {
				t.Errorf("%v %v", info, err)
			}
		}
		if pins, err := (house.Pins{Disk: moved}).List("south"); err != nil || len(pins) != 1 {
			t.Errorf("%v %v", pins, err)
		}
		f := published.with("energy.csv", "#alpha energy 2023-12-31\n253;HOUS;1003\n259;HOUS;101000.5\n")
		if o := good(t, run(t, moved, f, south(t))); o.Plans[0].New || o.Plans[0].Held != ids[1] || o.Decoded > 0 {
			t.Errorf("cache %v: %+v", cache, o)
		}
		if o := good(t, run(t, moved, f.with("energy-2024.csv", later["energy-2024.csv"]), south(t))); !o.Plans[0].New {
			t.Errorf("%+v", o)
		}
	}
}

// restless is a disk one file of which changes as soon as it has been read.
type restless struct {
	pipeline.Disk
	name string
}

func (d restless) Open(name string) (io.ReadCloser, error) {
	text, err := pipeline.ReadFile(d.Disk, name)
	if err == nil && name == d.name {
		err = os.WriteFile(d.Path(name), append([]byte("{ "), text...), 0o644)
	}
	return io.NopCloser(bytes.NewReader(text)), err
}

// TestBackupConsistent: what a server writes at the top is read once; elsewhere a change is
// noticed.
func TestBackupConsistent(t *testing.T) {
	disk := workspace(t)
	good(t, run(t, disk, published, south(t)))
	if err := os.WriteFile(disk.Path("schedule.json"), []byte("{}"), 0o644); err != nil {
		t.Fatal(err)
	}
	saved(t, restless{disk, "schedule.json"}, false)
	_, err := backup.Write(context.Background(), restless{disk, "snapshots/south/latest"}, io.Discard, false, untold)
	if err == nil || !strings.Contains(err.Error(), "latest was changed while it was read") {
		t.Error(err)
	}
	if err := os.Symlink("/", disk.Path("runs/away")); err != nil {
		t.Skip("this system has no links")
	}
	if _, err := backup.Write(context.Background(), disk, io.Discard, false, untold); err == nil || !strings.Contains(err.Error(), "runs/away") {
		t.Error(err)
	}
}

// TestRestoreFaults stops a restore after each of its operations. What is left is no
// workspace that anybody takes for one, or the whole one, and the next restore makes it.
func TestRestoreFaults(t *testing.T) {
	root := memoryFolder(t)
	base := pipeline.Disk(filepath.Join(root, "base"))
	good(t, run(t, base, published, south(t)))
	text := saved(t, base, false)
	want := worth(t, base)
	restore := func(disk pipeline.FS) error {
		_, err := backup.Restore(context.Background(), disk, bytes.NewReader(text), nil, untold)
		return err
	}
	for _, mode := range []faultMode{crash, full, once} {
		var left map[string]string
		for k := 1; ; k++ {
			folder := filepath.Join(root, fmt.Sprint(mode, k))
			if err := os.Mkdir(folder, 0o755); err != nil {
				t.Fatal(err)
			}
			disk := newFaultDisk(folder, mode, k)
			err := restore(disk)
			if !disk.reached() {
				if err != nil {
					t.Fatal(err)
				}
				break
			}
			now := content(t, disk.Disk, ".")
			if maps.Equal(now, left) {
				continue
			}
			left = now
			switch wrong := pipeline.CheckLayout(disk.Disk); {
			case err == nil && (wrong != nil || !maps.Equal(now, want)):
				t.Errorf("operation %d failed, and nobody said so", k)
			case wrong == nil && len(now) > 0 && !maps.Equal(now, want):
				t.Errorf("operation %d: a part of a workspace passes for one: %d files", k, len(now))
			case wrong == nil && len(now) > 0:
				continue // it was whole before the fault
			}
			if err := restore(disk.Disk); err != nil {
				t.Fatalf("operation %d: %v", k, err)
			}
			if !maps.Equal(content(t, disk.Disk, "."), want) || pipeline.CheckLayout(disk.Disk) != nil {
				t.Errorf("operation %d: the next restore makes something else", k)
			}
		}
	}
}
