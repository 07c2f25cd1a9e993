package pipeline_test

import (
	"context"
	"errors"
	"maps"
	"strings"
	"testing"

	"samkraft/pipeline"
)

func TestRunPublishes(t *testing.T) {
	disk := workspace(t)
	o := good(t, run(t, disk, published, south(t), north(t)))
	if o.Decoded != 3 || o.Extracts != 3 || len(o.Plans) != 2 || !o.Plans[0].New || !o.Plans[1].New {
		t.Errorf("%+v", o)
	}
	_, held := seen(t, disk, "south")
	if want := "model 1\n2023-12-31\n253 HOUS 80569590 line 2\n259 HOUS 101000500 line 3\n"; held["energy.parquet"] != want {
		t.Errorf("energy: %q", held["energy.parquet"])
	}
	if _, there := held["trees.parquet"]; there {
		t.Error("a plan of Danish members holds a table about Sweden")
	}
	_, held = seen(t, disk, "north")
	if want := "model 1\n2022-12-31\n1380 trees 1200000 line 2\n1315 trees 900250 line 3\n"; held["trees.parquet"] != want {
		t.Errorf("trees: %q", held["trees.parquet"])
	}
}

func TestRunAgainDoesNothing(t *testing.T) {
	disk := workspace(t)
	first := good(t, run(t, disk, published, across(t)))
	before := content(t, disk, "snapshots")
	again := good(t, run(t, disk, published, across(t)))
	if again.Decoded != 0 || again.Plans[0].New || again.Plans[0].Snapshot != first.Plans[0].Snapshot {
		t.Errorf("%+v", again)
	}
	if !maps.Equal(before, content(t, disk, "snapshots")) {
		t.Error("the second run changed snapshots")
	}
}

func TestRunDecodesOnlyWhatIsNew(t *testing.T) {
	disk := workspace(t)
	good(t, run(t, disk, published, across(t)))
	o := good(t, run(t, disk, later, across(t)))
	if o.Decoded != 1 || !o.Plans[0].New {
		t.Errorf("%+v", o)
	}
	_, held := seen(t, disk, "across")
	if !strings.Contains(held["energy.parquet"], "2023-12-31\n253 HOUS 80569590 line 2") || !strings.Contains(held["energy.parquet"], "2024-12-31\n253 HOUS 79000125 line 2") {
		t.Errorf("energy: %q", held["energy.parquet"])
	}
}

// Going back to what was published before points at the snapshot that stands.
func TestRunGoesBack(t *testing.T) {
	disk := workspace(t)
	first := good(t, run(t, disk, published, across(t)))
	good(t, run(t, disk, later, across(t)))
	back := good(t, run(t, disk, published, across(t)))
	if id, _ := seen(t, disk, "across"); id != first.Plans[0].Snapshot || back.Plans[0].Snapshot != id || !back.Plans[0].New {
		t.Errorf("%+v", back)
	}
	if all, err := (pipeline.Snapshots{Disk: disk}).List("across"); err != nil || len(all) != 2 {
		t.Errorf("%v %v", all, err)
	}
}

// at calls a function when the run comes to a step.
type at struct {
	quiet
	stage string
	do    func()
}

func (a at) Step(stage string, _, _ int, _ string) {
	if strings.HasPrefix(stage, a.stage) {
		a.do()
	}
}

func TestRunInterrupted(t *testing.T) {
	for _, stage := range []string{"recognise", "decode", "build", "publish"} {
		t.Run(stage, func(t *testing.T) {
			disk := workspace(t)
			old := good(t, run(t, disk, published, across(t))).Plans[0].Snapshot
			ctx, stop := context.WithCancel(context.Background())
			r := newRunner(disk)
			r.Report = at{stage: stage, do: stop}
			o, err := r.Run(ctx, pipeline.Order{Plans: []pipeline.Plan{across(t)}, Origin: pipeline.FromMirror, Files: later.FS()})
			id, _ := seen(t, disk, "across")
			if err == nil && o.Plans[0].New { // too late to stop it
				if id != o.Plans[0].Snapshot || id == old {
					t.Errorf("latest is %s after %+v", id, o)
				}
			} else if !errors.Is(err, context.Canceled) || id != old {
				t.Errorf("latest is %s, was %s: %v", id, old, err)
			}
			good(t, run(t, disk, later, across(t)))
		})
	}
}

func TestWorkspaceIsOfOneKind(t *testing.T) {
	for _, kinds := range [][2]pipeline.Origin{{pipeline.FromSample, pipeline.FromMirror}, {pipeline.FromMirror, pipeline.FromSample}} {
		disk := workspace(t)
		o := good(t, order(t, newRunner(disk), pipeline.Order{Plans: []pipeline.Plan{south(t)}, Origin: kinds[0], Files: published.FS()}))
		_, err := newRunner(disk).Run(context.Background(), pipeline.Order{Plans: []pipeline.Plan{south(t)}, Origin: kinds[1], Files: later.FS()})
		if !errors.Is(err, pipeline.ErrKind) || !strings.Contains(err.Error(), string(kinds[0])) {
			t.Errorf("%s after %s: %v", kinds[1], kinds[0], err)
		}
		if id, _ := seen(t, disk, "south"); id != o.Plans[0].Snapshot {
			t.Errorf("latest is %s", id)
		}
	}
}
