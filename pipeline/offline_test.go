package pipeline_test

import (
	"maps"
	"os"
	"testing"

	"samkraft/pipeline"
)

// From the archive alone the same snapshot is made, to the byte, even with
// nothing but the archive and the fetch log left; of a sample too, whose figures
// stay marked as made up.
func TestOffline(t *testing.T) {
	for _, origin := range []pipeline.Origin{pipeline.FromMirror, pipeline.FromSample} {
		t.Run(string(origin), func(t *testing.T) {
			disk := workspace(t)
			plans := []pipeline.Plan{south(t), across(t)}
			good(t, order(t, newRunner(disk), pipeline.Order{Plans: plans, Origin: origin, Files: published.FS()}))
			good(t, order(t, newRunner(disk), pipeline.Order{Plans: plans, Origin: origin, Files: later.FS()}))
			want := map[string]string{}
			for _, p := range plans {
				_, held := seen(t, disk, p.ID)
				for name, text := range held {
					want[p.ID+"/"+name] = text
				}
			}
			for _, folder := range []string{"stage", "models", "snapshots", "runs"} {
				if err := os.RemoveAll(disk.Path(folder)); err != nil {
					t.Fatal(err)
				}
			}
			o := good(t, order(t, newRunner(disk), pipeline.Order{Plans: plans}))
			if o.Decoded != 4 || o.Extracts != 4 {
				t.Errorf("%+v", o)
			}
			got := map[string]string{}
			for _, p := range plans {
				_, held := seen(t, disk, p.ID)
				for name, text := range held {
					got[p.ID+"/"+name] = text
				}
			}
			if !maps.Equal(got, want) {
				t.Errorf("from the archive comes something else: %d files, want %d", len(got), len(want))
			}
			consistent(t, disk)
		})
	}
}

// With --only, what is not read anew is as the archive last had it.
func TestOnly(t *testing.T) {
	disk := workspace(t)
	good(t, run(t, disk, published, across(t)))
	trees := later.with("trees.csv", "#beta trees 2023-12-31\n1380;trees;1201\n1315;trees;901\n")
	o := good(t, order(t, newRunner(disk), pipeline.Order{Plans: []pipeline.Plan{across(t)}, Origin: pipeline.FromMirror, Files: trees.FS(), Only: []string{"beta"}}))
	if o.Decoded != 1 || !o.Plans[0].New {
		t.Errorf("%+v", o)
	}
	_, held := seen(t, disk, "across")
	if want := "model 1\n2023-12-31\n253 HOUS 80569590 line 2\n259 HOUS 101000500 line 3\n"; held["energy.parquet"] != want {
		t.Errorf("energy, which was not to be read: %q", held["energy.parquet"])
	}
	if want := "model 1\n2023-12-31\n1380 trees 1201000 line 2\n1315 trees 901000 line 3\n"; held["trees.parquet"] != want {
		t.Errorf("trees: %q", held["trees.parquet"])
	}
}

// A workspace in which nothing was ever read has nothing to offer.
func TestOfflineEmpty(t *testing.T) {
	o := order(t, newRunner(workspace(t)), pipeline.Order{Plans: []pipeline.Plan{south(t)}})
	if p := o.Plans[0]; p.Code != pipeline.Failed || p.New || len(p.Problems) != 1 {
		t.Errorf("%+v", p)
	}
}

// A run over a folder that has lost half of its files leaves nothing behind that a
// run from the archive would make a plan of: it takes what the last good folder had.
func TestOfflineAfterHalf(t *testing.T) {
	disk := workspace(t)
	whole := good(t, run(t, disk, later, south(t))).Plans[0].Snapshot
	half := published.without("people.csv").without("people-labels.csv").with("energy.csv", "#alpha energy 2025-12-31\n253;HOUS;1\n259;HOUS;2\n")
	if p := run(t, disk, half, south(t)).Plans[0]; p.Code != pipeline.Failed || p.Snapshot != whole {
		t.Fatalf("%+v", p)
	}
	for _, folder := range []string{"stage", "models", "snapshots"} {
		if err := os.RemoveAll(disk.Path(folder)); err != nil {
			t.Fatal(err)
		}
	}
	o := order(t, newRunner(disk), pipeline.Order{Plans: []pipeline.Plan{south(t)}})
	if p := o.Plans[0]; p.Code != pipeline.Done || p.Snapshot != whole {
		t.Errorf("from the archive comes %+v, and the last good folder gave %s", p, whole)
	}
}
