package pipeline_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"samkraft/pipeline"
)

// TestFaults lets each operation on the disk fail in turn, in the first run of a
// workspace and in one that updates it, and looks at what readers see and at the
// next run.
func TestFaults(t *testing.T) {
	modes := map[string]faultMode{"crash": crash, "full": full, "once": once}
	for name, mode := range modes {
		for _, update := range []bool{false, true} {
			kind := "first"
			if update {
				kind = "update"
			}
			t.Run(name+"/"+kind, func(t *testing.T) {
				t.Parallel()
				c := newFaultCase(t, mode, update)
				for k := 1; c.fails(t, k); k++ {
				}
			})
		}
	}
}

// faultCase is a workspace before a run and what it is to be after it.
type faultCase struct {
	mode   faultMode
	folder string
	base   string
	order  pipeline.Order
	views  map[string]map[string]string // what a reader may see: files by snapshot id
	goal   string                       // the snapshot after an undisturbed run
	left   map[string]string            // what the last faulty run left on the disk
}

func newFaultCase(t *testing.T, mode faultMode, update bool) *faultCase {
	c := &faultCase{mode: mode, folder: memoryFolder(t), views: map[string]map[string]string{}}
	c.base = filepath.Join(c.folder, "base")
	c.order = pipeline.Order{Plans: []pipeline.Plan{across(t)}, Origin: pipeline.FromMirror, Files: published.FS()}
	if update {
		good(t, order(t, newRunner(newFaultDisk(c.base, crash, never)), c.order))
		c.order.Files = later.FS()
	} else if err := os.Mkdir(c.base, 0o755); err != nil {
		t.Fatal(err)
	}
	id, held := seen(t, pipeline.Disk(c.base), "across")
	c.views[id] = held
	undisturbed := filepath.Join(c.folder, "undisturbed")
	if err := copyFolder(c.base, undisturbed); err != nil {
		t.Fatal(err)
	}
	good(t, order(t, newRunner(newFaultDisk(undisturbed, crash, never)), c.order))
	c.goal, held = seen(t, pipeline.Disk(undisturbed), "across")
	if _, old := c.views[c.goal]; old {
		t.Fatal("the run changes nothing: it tests nothing")
	}
	c.views[c.goal] = held
	return c
}

// fails runs with operation number k failing and judges; false: the run was
// through before it came to k.
func (c *faultCase) fails(t *testing.T, k int) bool {
	t.Helper()
	folder := filepath.Join(c.folder, fmt.Sprint(k))
	defer os.RemoveAll(folder)
	if err := copyFolder(c.base, folder); err != nil {
		t.Fatal(err)
	}
	disk := newFaultDisk(folder, c.mode, k)
	r, now := newRunner(disk), time.Unix(1_600_000_000, 0)
	r.Clock = func() time.Time { return now } // so that equal disks are equal to the byte
	o, err := r.Run(context.Background(), c.order)
	defer func() {
		if t.Failed() {
			t.Fatalf("when operation %d failed; the run said %v, %+v", k, err, o)
		}
	}()
	c.told(t, disk, o, err)
	if !disk.reached() {
		return false
	}
	left := content(t, disk.Disk, ".")
	if maps.Equal(left, c.left) {
		return true // an operation that changes nothing: judged already
	}
	c.left = left
	c.view(t, disk.Disk)

	// The next run, on a disk that works, makes everything good.
	healed := newFaultDisk(folder, crash, never)
	good(t, order(t, newRunner(healed), c.order))
	if id, held := seen(t, healed, "across"); id != c.goal || !maps.Equal(held, c.views[id]) {
		t.Errorf("the next run leads to %s, an undisturbed one to %s", id, c.goal)
	}
	c.view(t, disk.Disk)
	consistent(t, healed)

	// From the archive alone it is the same, and there is nothing to do.
	offline := good(t, order(t, newRunner(healed), pipeline.Order{Plans: c.order.Plans}))
	if p := offline.Plans[0]; p.New || p.Snapshot != c.goal || offline.Decoded > 0 {
		t.Errorf("from the archive: %+v", offline)
	}
	return true
}

// told checks that the run owns up to its fault.
func (c *faultCase) told(t *testing.T, disk *faultDisk, o pipeline.Outcome, err error) {
	t.Helper()
	said := ""
	if err != nil {
		said = err.Error()
	}
	for _, p := range o.Plans {
		said += strings.Join(p.Problems, "; ")
	}
	id, _ := seen(t, disk.Disk, "across")
	switch {
	case err == nil && o.Code() == pipeline.Done:
		if id != c.goal {
			t.Errorf("the run says it is done and latest is %q", id)
		}
		if disk.reached() && c.mode != once {
			t.Error("the run says nothing of the fault")
		}
	case !disk.reached():
		t.Error("the run failed without a fault")
	case c.mode == full && !strings.Contains(said, syscall.ENOSPC.Error()):
		t.Errorf("the run does not say that the disk is full: %s", said)
	case c.mode == crash && !errors.Is(err, errFault):
		t.Errorf("the run was cut off and says %v", err)
	}
}

// view checks that a reader sees the old or the new snapshot, whole, whichever
// one it looks at.
func (c *faultCase) view(t *testing.T, disk pipeline.FS) {
	t.Helper()
	id, held := seen(t, disk, "across")
	want, known := c.views[id]
	if !known || !maps.Equal(held, want) {
		t.Errorf("a reader sees %q with %d files", id, len(held))
	}
	s := pipeline.Snapshots{Disk: disk}
	ids, err := s.List("across")
	if err != nil {
		t.Error(err)
	}
	for _, id := range ids {
		if faults, err := s.Verify("across", id); err != nil || len(faults) > 0 || c.views[id] == nil {
			t.Errorf("snapshot %s: %v %v", id, faults, err)
		}
	}
}
