package pipeline_test

import (
	"maps"
	"os"
	"slices"
	"testing"
	"testing/fstest"

	"samkraft/pipeline"
)

// TestSameBytes: what is published depends on the plan and the bytes of the
// files, and on nothing else.
func TestSameBytes(t *testing.T) {
	disk := workspace(t)
	good(t, run(t, disk, later, south(t), across(t)))
	want := content(t, disk, "snapshots")
	same := func(t *testing.T, disk pipeline.FS) {
		t.Helper()
		if got := content(t, disk, "snapshots"); !maps.Equal(got, want) {
			t.Errorf("%d files of %d, %v", len(got), len(want), slices.Sorted(maps.Keys(got)))
		}
	}
	t.Run("another workspace", func(t *testing.T) {
		disk := workspace(t) + "/deeper/down"
		good(t, run(t, disk, later, south(t), across(t)))
		same(t, disk)
	})
	t.Run("other names and folders", func(t *testing.T) {
		moved := files{}
		for i, name := range slices.Sorted(maps.Keys(later)) {
			moved[string(rune('z'-i))+"/new/"+string(rune('m'-i))+".dat"] = later[name]
		}
		disk := workspace(t)
		good(t, run(t, disk, moved, south(t), across(t)))
		same(t, disk)
	})
	t.Run("the same file twice", func(t *testing.T) {
		disk := workspace(t)
		good(t, run(t, disk, later.with("a copy of it", later["energy.csv"]), south(t), across(t)))
		same(t, disk)
	})
	t.Run("compressed", func(t *testing.T) {
		packed := fstest.MapFS{}
		for name, text := range later {
			packed[name] = &fstest.MapFile{Data: gzipped(t, text)}
		}
		packed["trees.csv"].Data = zstdOf(t, later["trees.csv"])
		disk := workspace(t)
		good(t, order(t, newRunner(disk), pipeline.Order{Plans: []pipeline.Plan{south(t), across(t)}, Origin: pipeline.FromMirror, Files: packed}))
		same(t, disk)
	})
	t.Run("another order of plans and sources", func(t *testing.T) {
		disk := workspace(t)
		r := newRunner(disk)
		r.Sources = []pipeline.Source{beta, alpha}
		good(t, order(t, r, pipeline.Order{Plans: []pipeline.Plan{across(t), south(t)}, Origin: pipeline.FromMirror, Files: later.FS()}))
		same(t, disk)
	})
	t.Run("one plan after the other", func(t *testing.T) {
		disk := workspace(t)
		good(t, run(t, disk, later, across(t)))
		good(t, run(t, disk, later, south(t)))
		same(t, disk)
	})
	t.Run("two threads", func(t *testing.T) {
		disk := workspace(t)
		r := newRunner(disk)
		r.Threads = 2
		good(t, order(t, r, pipeline.Order{Plans: []pipeline.Plan{south(t), across(t)}, Origin: pipeline.FromMirror, Files: later.FS()}))
		same(t, disk)
	})
	t.Run("caches deleted", func(t *testing.T) {
		for _, folder := range []string{"stage", "models", "snapshots"} {
			if err := os.RemoveAll(disk.Path(folder)); err != nil {
				t.Fatal(err)
			}
		}
		if o := good(t, run(t, disk, later, south(t), across(t))); o.Decoded != 4 {
			t.Errorf("%+v", o)
		}
		same(t, disk)
	})
	t.Run("a damaged cache", func(t *testing.T) {
		for name := range content(t, disk, "stage") {
			if err := os.WriteFile(disk.Path("stage/"+name), []byte(`{"version":`), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.RemoveAll(disk.Path("snapshots")); err != nil {
			t.Fatal(err)
		}
		good(t, run(t, disk, later, south(t), across(t)))
		same(t, disk)
	})
}

// A caching transform must not mistake another plan for the same.
func TestPlansDiffer(t *testing.T) {
	disk := workspace(t)
	o := good(t, run(t, disk, published, south(t), plan(t, "south-too", "DK 259", "DK 253")))
	if o.Plans[0].Snapshot == o.Plans[1].Snapshot {
		t.Error("two plans have one snapshot's id")
	}
	r := newRunner(disk)
	r.Transform = &fakeTransform{disk: disk, version: "2"}
	p := good(t, order(t, r, pipeline.Order{Plans: []pipeline.Plan{south(t)}, Origin: pipeline.FromMirror, Files: published.FS()})).Plans[0]
	if !p.New || p.Snapshot == o.Plans[0].Snapshot {
		t.Errorf("another model publishes nothing: %+v", p)
	}
}
