package pipeline_test

import (
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"syscall"
	"testing"

	"samkraft/pipeline"
)

// TestOlderWorkspace works on a workspace that a program from before there was a version
// of it left: two snapshots, a withheld set, records, logs, and a server's memory.
func TestOlderWorkspace(t *testing.T) {
	disk := workspace(t)
	if err := copyFolder("testdata/workspace", string(disk)); err != nil {
		t.Fatal(err)
	}
	if err := pipeline.CheckLayout(disk); err != nil {
		t.Fatal(err)
	}
	records, err := pipeline.Records{Disk: disk}.List()
	if err != nil || len(records) != 3 || records[0].By == "" || records[1].Outcome.Plans[0].Snapshot != "08eafbe4bac47d64" || records[2].Code != pipeline.Withheld {
		t.Errorf("%v %+v", err, records)
	}
	for plan, ids := range map[string][]string{"south": {"08eafbe4bac47d64", "2ebd596c473d28bf"}, "north": {"19382eed2677dc34"}} {
		for _, id := range ids {
			if faults, err := (pipeline.Snapshots{Disk: disk}).Verify(plan, id); err != nil || len(faults) > 0 {
				t.Errorf("%s/%s: %v %q", plan, id, err, faults)
			}
		}
	}
	// Nothing is new: data, plans and models are those of then. From the archive, too.
	for _, o := range []pipeline.Outcome{
		good(t, run(t, disk, later, south(t), north(t))),
		good(t, order(t, newRunner(disk), pipeline.Order{Plans: []pipeline.Plan{south(t), north(t)}})),
	} {
		if o.Plans[0].New || o.Plans[1].New || o.Decoded > 0 {
			t.Errorf("%+v", o)
		}
	}
	if text, err := os.ReadFile(disk.Path("version")); err != nil || string(text) != "1\n" {
		t.Errorf("version %q: %v", text, err)
	}
	good(t, run(t, disk, third, south(t), north(t)))
	consistent(t, disk)
}

// TestOtherLayouts: no run, and no change, where the layout is not known or not whole.
func TestOtherLayouts(t *testing.T) {
	for name, c := range map[string]struct {
		make func(disk pipeline.Disk) error
		says string
	}{
		"newer":    {func(d pipeline.Disk) error { return os.WriteFile(d.Path("version"), []byte("2\n"), 0o644) }, "newer samkraft (version 2, this one knows 1)"},
		"nonsense": {func(d pipeline.Disk) error { return os.WriteFile(d.Path("version"), []byte("one"), 0o644) }, `version holds "one"`},
		"restored": {func(d pipeline.Disk) error { return os.Mkdir(d.Path(pipeline.Restoring), 0o755) }, "begin it anew with 'samkraft restore'"},
	} {
		disk := workspace(t)
		good(t, run(t, disk, published, south(t)))
		if err := c.make(disk); err != nil {
			t.Fatal(err)
		}
		before := content(t, disk, "snapshots")
		_, err := newRunner(disk).Run(context.Background(), pipeline.Order{Plans: []pipeline.Plan{south(t)}, Origin: pipeline.FromMirror, Files: later.FS()})
		if !errors.Is(err, pipeline.ErrLayout) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", name, err)
		}
		if len(content(t, disk, "snapshots")) != len(before) {
			t.Errorf("%s: the run went on", name)
		}
	}
}

// readOnly is a disk that is mounted for reading.
type readOnly struct{ pipeline.Disk }

func (readOnly) refuse() error                          { return &os.PathError{Op: "open", Path: "lock", Err: syscall.EROFS} }
func (d readOnly) Create(string) (pipeline.File, error) { return nil, d.refuse() }
func (d readOnly) Append(string) (pipeline.File, error) { return nil, d.refuse() }
func (d readOnly) MkdirAll(name string) error           { _, err := d.Stat(name); return err }
func (d readOnly) Sync(string) error                    { return d.refuse() }
func (d readOnly) Commit(string) error                  { return d.refuse() }
func (d readOnly) Rename(string, string) error          { return d.refuse() }
func (d readOnly) Link(string, string) error            { return d.refuse() }
func (d readOnly) Remove(string) error                  { return d.refuse() }
func (d readOnly) RemoveAll(string) error               { return d.refuse() }
func (d readOnly) Freeze(string) error                  { return d.refuse() }

// TestReadOnly: what reads works on a disk that cannot be written, and a run says what is
// wrong. When the disk can be written again, the next run is as if nothing had been.
func TestReadOnly(t *testing.T) {
	disk := workspace(t)
	first := good(t, run(t, disk, published, south(t))).Plans[0].Snapshot
	fixed := readOnly{disk}
	if id, _ := seen(t, fixed, "south"); id != first {
		t.Errorf("a reader sees %q", id)
	}
	if records, err := (pipeline.Records{Disk: fixed}).List(); err != nil || len(records) != 1 {
		t.Errorf("%v %v", records, err)
	}
	if state, err := (pipeline.FetchLog{Disk: fixed}).State("alpha", "energy"); err != nil || len(state.Files) != 1 {
		t.Errorf("%+v %v", state, err)
	}
	o := pipeline.Order{Plans: []pipeline.Plan{south(t)}, Origin: pipeline.FromMirror, Files: later.FS()}
	_, err := newRunner(fixed).Run(context.Background(), o)
	if err == nil {
		t.Fatal("a run wrote to a disk that cannot be written")
	}
	for _, want := range []string{string(disk), "cannot be written", "read-only file system", "mount it for writing"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%v lacks %q", err, want)
		}
	}
	if good(t, order(t, newRunner(disk), o)).Plans[0].Snapshot == first {
		t.Error("the next run published nothing")
	}
}

// TestRecordDamagedRun: a record that cannot be read stops no run.
func TestRecordDamagedRun(t *testing.T) {
	disk := workspace(t)
	o := run(t, disk, published, south(t))
	if err := os.WriteFile(disk.Path("runs/"+o.Run+".json"), []byte("\x00\x00"), 0o644); err != nil {
		t.Fatal(err)
	}
	if o := good(t, run(t, disk, later, south(t))); !o.Plans[0].New {
		t.Errorf("%+v", o)
	}
}

// TestRoom: a run that would fill the disk is refused before it writes, readers keep
// what they have, and a run with nothing to do needs no room.
func TestRoom(t *testing.T) {
	disk := workspace(t)
	first := good(t, run(t, disk, published, south(t))).Plans[0].Snapshot
	free := int64(1 << 20)
	r := newRunner(disk)
	r.Free = func() (int64, error) { return free, nil }
	mirror := func(f files) pipeline.Order {
		return pipeline.Order{Plans: []pipeline.Plan{south(t)}, Origin: pipeline.FromMirror, Files: f.FS()}
	}
	if o := good(t, order(t, r, mirror(published))); o.Plans[0].New {
		t.Errorf("%+v", o)
	}
	_, err := r.Run(context.Background(), mirror(later))
	if err == nil || !strings.Contains(err.Error(), "1.0 MB free, and this run needs about 104.9 MB") || !strings.Contains(err.Error(), "samkraft prune --dry-run") {
		t.Errorf("%v", err)
	}
	if id, _ := seen(t, disk, "south"); id != first {
		t.Errorf("a reader sees %s", id)
	}
	if records, err := (pipeline.Records{Disk: disk}).List(); err != nil || !strings.Contains(records[len(records)-1].Error, "MB free") || records[len(records)-1].Code != pipeline.Failed {
		t.Errorf("%v %+v", err, records)
	}
	// What is new counts with its size: here more than the room to work in.
	big := later.with("people.csv", published["people.csv"]+strings.Repeat("\n", 2<<20))
	free = 101 << 20
	if _, err := r.Run(context.Background(), mirror(big)); err == nil || !strings.Contains(err.Error(), "2.1 MB for files that are new") {
		t.Errorf("%v", err)
	}
	free = 1 << 30
	if good(t, order(t, r, mirror(later))).Plans[0].Snapshot == first {
		t.Error("the next run published nothing")
	}
	r.Free = func() (int64, error) { return 0, io.ErrUnexpectedEOF }
	if _, err := r.Run(context.Background(), mirror(third)); err == nil || !strings.Contains(err.Error(), "cannot be told") {
		t.Errorf("%v", err)
	}
	if n, err := pipeline.FreeSpace(string(disk)); err != nil || n <= 0 {
		t.Errorf("%d bytes free: %v", n, err)
	}
}
