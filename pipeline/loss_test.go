package pipeline_test

import (
	"strings"
	"testing"

	"samkraft/pipeline"
)

// TestLossStops takes a whole data set out of the folder, as a disk that was not
// mounted does: the plan waits, and its last snapshot stands.
func TestLossStops(t *testing.T) {
	disk := workspace(t)
	old := good(t, run(t, disk, published, south(t))).Plans[0].Snapshot
	poorer := published.without("people.csv").without("people-labels.csv")
	o := run(t, disk, poorer, south(t))
	if p := o.Plans[0]; p.Code != pipeline.Failed || p.Snapshot != old || len(p.Problems) != 1 || !strings.Contains(p.Problems[0], "people") {
		t.Fatalf("%+v", o)
	}
	// Several data sets are one problem, and what nobody recognises is listed once, in the outcome.
	none := run(t, disk, poorer.without("energy.csv").with("notes.txt", "Greve\n"), south(t))
	if p := none.Plans[0]; len(p.Problems) != 1 || !strings.Contains(p.Problems[0], "alpha energy, alpha people") || strings.Contains(p.Problems[0], "notes.txt") || len(none.Unrecognised) != 1 {
		t.Errorf("%+v", none)
	}
	r := newRunner(disk)
	accepted := order(t, r, pipeline.Order{Plans: []pipeline.Plan{south(t)}, Origin: pipeline.FromMirror, Files: poorer.FS(), AcceptLoss: true})
	if p := accepted.Plans[0]; p.Code != pipeline.Done || !p.New || p.Snapshot == old {
		t.Errorf("%+v", accepted)
	}
	if again := run(t, disk, poorer, south(t)); again.Code() != pipeline.Done || again.Plans[0].New {
		t.Errorf("a loss that was accepted is complained of again: %+v", again)
	}
}

// TestDamagedSnapshotIsMadeAgain takes a file out of the published snapshot: the
// next run does not say that it stands, but makes it whole again.
func TestDamagedSnapshotIsMadeAgain(t *testing.T) {
	disk := workspace(t)
	id := good(t, run(t, disk, published, south(t))).Plans[0].Snapshot
	snapshots := pipeline.Snapshots{Disk: disk}
	entries, err := disk.ReadDir(snapshots.Folder("south", id))
	if err != nil {
		t.Fatal(err)
	}
	if err := disk.Remove(snapshots.Folder("south", id) + "/" + entries[0].Name()); err != nil {
		t.Fatal(err)
	}
	o := good(t, run(t, disk, published, south(t)))
	if o.Plans[0].Snapshot != id {
		t.Errorf("%+v", o)
	}
	if faults, err := snapshots.Verify("south", id); err != nil || len(faults) > 0 {
		t.Error(err, faults)
	}
}

// TestCutOff marks the run before that never came to its end.
func TestCutOff(t *testing.T) {
	disk := workspace(t)
	records := pipeline.Records{Disk: disk}
	if err := records.Write(pipeline.Record{ID: "19990101T000000.000Z", State: pipeline.Running}); err != nil {
		t.Fatal(err)
	}
	good(t, run(t, disk, published, south(t)))
	all, err := records.List()
	if err != nil || len(all) != 2 || all[0].State != pipeline.CutOff || all[1].State != pipeline.Ended || all[1].Code != pipeline.Done {
		t.Errorf("%v %+v", err, all)
	}
}

// TestDamagedStage changes one bit of what was staged: it is decoded again, and
// the snapshot is the same.
func TestDamagedStage(t *testing.T) {
	disk := workspace(t)
	id := good(t, run(t, disk, published, south(t))).Plans[0].Snapshot
	var damage func(folder string)
	damage = func(folder string) {
		entries, err := disk.ReadDir(folder)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			name := folder + "/" + e.Name()
			if e.IsDir() {
				damage(name)
				continue
			}
			text, err := pipeline.ReadFile(disk, name)
			if err != nil {
				t.Fatal(err)
			}
			text[len(text)/2] ^= 1
			f, err := disk.Create(name)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := f.Write(text); err != nil {
				t.Fatal(err)
			}
			if err := f.Close(); err != nil {
				t.Fatal(err)
			}
		}
	}
	damage("stage")
	for _, folder := range []string{"models", "snapshots"} {
		if err := disk.RemoveAll(folder); err != nil {
			t.Fatal(err)
		}
	}
	if o := good(t, run(t, disk, published, south(t))); o.Plans[0].Snapshot != id || o.Decoded == 0 {
		t.Errorf("%s before, then %+v", id, o)
	}
}
