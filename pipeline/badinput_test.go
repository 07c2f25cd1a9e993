package pipeline_test

import (
	"context"
	"errors"
	"os"
	"path"
	"strings"
	"testing"
	"testing/fstest"

	"samkraft/pipeline"
)

// TestBadInput: a bad file stops the plans that need it, each with one clear
// problem; the old snapshot stands, other plans go on, and without the file all
// is well.
func TestBadInput(t *testing.T) {
	cases := []struct {
		name, file, text string
		says             []string // each in the problem of the plan
	}{
		{"a letter in a number", "bad.csv", "#alpha energy 2025-12-31\n253;HOUS;80569.59O\n259;HOUS;1\n", []string{"bad.csv", "line 2", `"80569.59O" is not a number`, "code;what;value"}},
		{"an unknown municipality", "bad.csv", "#alpha energy 2025-12-31\n253;HOUS;2\n254;HOUS;1\n", []string{"bad.csv", "line 3", `unknown municipality "254"`}},
		{"a missing cell", "bad.csv", "#alpha energy 2025-12-31\n253;HOUS;2\n259;HOUS\n", []string{"bad.csv", "line 3", "2 cells"}},
		{"a key twice", "bad.csv", "#alpha energy 2025-12-31\n253;HOUS;2\n259;HOUS;1\n253;HOUS;3\n", []string{"bad.csv", "line 4", "already at line 2", "253 HOUS"}},
		{"too large a number", "bad.csv", "#alpha energy 2025-12-31\n253;HOUS;2\n259;HOUS;1e16\n", []string{"bad.csv", "line 3", "energy_mwh", "18 digits"}},
		{"a compressed file cut short", "bad.csv.gz", "cut", []string{"bad.csv.gz", "cannot be read to its end", "a whole file", "download it again"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			disk := workspace(t)
			old := good(t, run(t, disk, published, south(t), north(t)))
			trees := "#beta trees 2023-12-31\n1380;trees;1201\n1315;trees;901\n"
			mirror := published.with(c.file, c.text).with("trees-2023.csv", trees)
			if c.text == "cut" {
				whole := gzipped(t, "#alpha energy 2025-12-31\n"+strings.Repeat("253;HOUS;2\n259;HOUS;1\n", 40))
				mirror[c.file] = string(whole[:len(whole)-9])
			}
			o := run(t, disk, mirror, south(t), north(t))
			p := o.Plans[0]
			if p.Code != pipeline.Failed || p.New || p.Snapshot != old.Plans[0].Snapshot || len(p.Problems) != 1 || o.Code() != pipeline.Failed {
				t.Fatalf("%+v", o)
			}
			for _, s := range c.says {
				if !strings.Contains(p.Problems[0], s) {
					t.Errorf("%q does not say %q", p.Problems[0], s)
				}
			}
			if id, _ := seen(t, disk, "south"); id != old.Plans[0].Snapshot {
				t.Errorf("latest is %s", id)
			}
			if q := o.Plans[1]; q.Code != pipeline.Done || !q.New || q.Snapshot == old.Plans[1].Snapshot {
				t.Errorf("the plan that does not need the file: %+v", q)
			}
			consistent(t, disk)

			// The bad file is not in the archive.
			for _, r := range receipts(t, disk) {
				if strings.HasPrefix(r.Parts[0].Name, "bad") {
					t.Errorf("the archive holds %+v", r)
				}
			}
			again := good(t, run(t, disk, mirror.without(c.file), south(t), north(t)))
			if again.Plans[0].New || again.Plans[1].New || again.Plans[0].Snapshot != old.Plans[0].Snapshot {
				t.Errorf("without the bad file: %+v", again)
			}
		})
	}
}

func receipts(t *testing.T, disk pipeline.FS) []pipeline.Receipt {
	t.Helper()
	all, err := pipeline.Archive{Disk: disk}.Receipts()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// Of a file that was cut so early that nothing tells what it is, the plans know by
// what they miss: it stops those whose last snapshot was made with a file that is not
// here now, though others of its data set remain.
func TestBadInputNameless(t *testing.T) {
	disk := workspace(t)
	two := published.with("energy-2022.csv", "#alpha energy 2022-12-31\n253;HOUS;1\n259;HOUS;2\n")
	old := good(t, run(t, disk, two, south(t), north(t)))
	nameless := string(gzipped(t, two["energy-2022.csv"])[:12])
	o := run(t, disk, two.without("energy-2022.csv").with("energy-2022.gz", nameless), south(t), north(t))
	if p := o.Plans[0]; p.Code != pipeline.Failed || p.Snapshot != old.Plans[0].Snapshot || len(p.Problems) != 1 || !strings.Contains(p.Problems[0], "energy-2022.gz") {
		t.Errorf("the plan that misses a file: %+v", p)
	}
	if q := o.Plans[1]; q.Code != pipeline.Done || q.New {
		t.Errorf("the plan that misses nothing: %+v", q)
	}
	if o := run(t, disk, two.with("junk.gz", nameless), south(t), north(t)); o.Code() != pipeline.Done || len(o.SetAside) != 1 {
		t.Errorf("beside all that the plans were made with: %+v", o)
	}
}

// A plan whose first run finds a bad file publishes nothing at all.
func TestBadInputAtFirst(t *testing.T) {
	disk := workspace(t)
	o := run(t, disk, published.with("energy.csv", "#alpha energy 2023-12-31\n253;HOUS;1\n259;HOUS;?\n"), south(t))
	if p := o.Plans[0]; p.Code != pipeline.Failed || p.Snapshot != "" || p.New {
		t.Errorf("%+v", p)
	}
	if id, _ := seen(t, disk, "south"); id != "" {
		t.Errorf("latest is %s", id)
	}
	good(t, run(t, disk, published, south(t)))
}

// People without their labels are nothing that can be read.
func TestIncompleteExtract(t *testing.T) {
	disk := workspace(t)
	o := run(t, disk, files{"people.csv": published["people.csv"], "trees.csv": published["trees.csv"]}, across(t), north(t))
	p := o.Plans[0]
	if p.Code != pipeline.Failed || len(p.Problems) != 1 || !strings.Contains(p.Problems[0], "people.csv") || !strings.Contains(p.Problems[0], "labels") {
		t.Errorf("%+v", p)
	}
	if len(o.SetAside) != 1 || o.SetAside[0] != p.Problems[0] {
		t.Errorf("set aside: %v", o.SetAside)
	}
	if q := o.Plans[1]; q.Code != pipeline.Done || !q.New {
		t.Errorf("a plan that does not need it: %+v", q)
	}
	good(t, run(t, disk, published, across(t), north(t)))
}

func TestNothingToPublish(t *testing.T) {
	disk := workspace(t)
	o := run(t, disk, files{"trees.csv": published["trees.csv"], "notes.txt": "Greve and Køge\n"}, south(t))
	if p := o.Plans[0]; p.Code != pipeline.Failed || len(p.Problems) != 1 || !strings.Contains(p.Problems[0], "no data set of the plan has any data") {
		t.Errorf("%+v", o)
	}
	if len(o.Unrecognised) != 1 || o.Unrecognised[0] != "notes.txt" {
		t.Errorf("unrecognised: %v", o.Unrecognised)
	}
}

// A sink that fails stops the plan and leaves nothing of it.
func TestSinkFails(t *testing.T) {
	disk := workspace(t)
	r := newRunner(disk)
	r.Sinks = append(r.Sinks, brokenSink{})
	o := order(t, r, pipeline.Order{Plans: []pipeline.Plan{south(t)}, Origin: pipeline.FromMirror, Files: published.FS()})
	if p := o.Plans[0]; p.Code != pipeline.Failed || len(p.Problems) != 1 || !strings.Contains(p.Problems[0], errSink.Error()) || p.New {
		t.Errorf("%+v", p)
	}
	if left := content(t, disk, "snapshots"); len(left) > 0 {
		t.Errorf("a failed sink leaves %d files", len(left))
	}
}

var errSink = errors.New("the sink is stopped up")

type brokenSink struct{}

func (brokenSink) Write(context.Context, pipeline.Draft) error { return errSink }

// A check that fails keeps the tables back and leaves readers what they had.
func TestWithheld(t *testing.T) {
	disk := workspace(t)
	old := good(t, run(t, disk, published, south(t))).Plans[0].Snapshot
	r := newRunner(disk)
	r.Transform.(*fakeTransform).failing = "error"
	o := order(t, r, pipeline.Order{Plans: []pipeline.Plan{south(t), north(t)}, Origin: pipeline.FromMirror, Files: later.FS()})
	p := o.Plans[0]
	if o.Code() != pipeline.Withheld || p.Code != pipeline.Withheld || p.New || p.Snapshot != old || p.Withheld != path.Join("withheld", "south", o.Run) {
		t.Errorf("%+v", o)
	}
	if len(p.Checks) != 1 || p.Checks[0].ID != "adds_up" || p.Checks[0].Messages[0] != "it does not" {
		t.Errorf("checks: %+v", p.Checks)
	}
	held := content(t, disk, p.Withheld)
	if !strings.Contains(held["energy.parquet"], "79000125") || len(held) != 3 {
		t.Errorf("withheld: %d files", len(held))
	}
	if id, _ := seen(t, disk, "south"); id != old {
		t.Errorf("latest is %s", id)
	}
	consistent(t, disk)

	// A warning is published with the plan.
	r.Transform.(*fakeTransform).failing = "warning"
	o = order(t, r, pipeline.Order{Plans: []pipeline.Plan{south(t)}, Origin: pipeline.FromMirror, Files: later.FS()})
	if p := o.Plans[0]; p.Code != pipeline.Done || !p.New || len(p.Checks) != 1 {
		t.Errorf("%+v", p)
	}
}

// A latest that cannot be read is made anew, not followed.
func TestLatestDamaged(t *testing.T) {
	disk := workspace(t)
	old := good(t, run(t, disk, published, south(t))).Plans[0].Snapshot
	if err := os.WriteFile(disk.Path("snapshots/south/latest"), []byte("../../archive\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	good(t, run(t, disk, published, south(t)))
	if id, _ := seen(t, disk, "south"); id != old {
		t.Errorf("latest is %s, was %s", id, old)
	}
}

// A file that was cut in the first run and is whole in the second.
func TestDamagedThenWhole(t *testing.T) {
	whole := gzipped(t, published["energy.csv"])
	disk := workspace(t)
	cut := fstest.MapFS{"energy.csv.gz": {Data: whole[:len(whole)/2]}}
	o := order(t, newRunner(disk), pipeline.Order{Plans: []pipeline.Plan{south(t)}, Origin: pipeline.FromMirror, Files: cut})
	if p := o.Plans[0]; p.Code != pipeline.Failed || p.Snapshot != "" {
		t.Errorf("%+v", p)
	}
	cut["energy.csv.gz"].Data = whole
	good(t, order(t, newRunner(disk), pipeline.Order{Plans: []pipeline.Plan{south(t)}, Origin: pipeline.FromMirror, Files: cut}))
}
