package pipeline_test

import (
	"context"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"samkraft/pipeline"
)

// ticks is the clock of all runs: every look at it is a second later.
var ticks atomic.Int64

func fakeClock() time.Time { return time.Unix(1_700_000_000+ticks.Add(1), 0) }

// quiet is a Reporter that nobody listens to.
type quiet struct{}

func (quiet) Step(string, int, int, string) {}
func (quiet) Note(string, ...any)           {}

// memoryFolder is a temporary folder, on a disk in memory where there is one:
// the faults alone take a thousand runs.
func memoryFolder(t testing.TB) string {
	folder, err := os.MkdirTemp("/dev/shm", "samkraft-")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	return folder
}

// workspace is an empty workspace.
func workspace(t testing.TB) pipeline.Disk { return pipeline.Disk(memoryFolder(t)) }

func newRunner(disk pipeline.FS) *pipeline.Runner {
	return &pipeline.Runner{Disk: disk, Clock: fakeClock, PID: 4711, Sources: []pipeline.Source{alpha, beta},
		Transform: &fakeTransform{disk: disk, version: "1"}, Sinks: []pipeline.Sink{fakeSink{}}, Threads: 1, Report: quiet{}}
}

// files are publishers' files by name; what is edited is edited in a copy.
type files map[string]string

func (f files) with(name, text string) files {
	g := files{name: text}
	for n, t := range f {
		if n != name {
			g[n] = t
		}
	}
	return g
}

func (f files) without(name string) files {
	g := f.with(name, "")
	delete(g, name)
	return g
}

func (f files) FS() fs.FS {
	m := fstest.MapFS{}
	for name, text := range f {
		m[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return m
}

// published is what the publishers gave out first.
var published = files{
	"energy.csv":        "#alpha energy 2023-12-31\n253;HOUS;80569.590\n259;HOUS;101000.5\n",
	"people.csv":        "#alpha people 2024-01-01 data south\n253;people;50558\n259;people;61993\n",
	"people-labels.csv": "#alpha people - labels south\n253;Greve;0\n259;Køge;0\n",
	"trees.csv":         "#beta trees 2022-12-31\n1380;trees;1200\n1315;trees;900.25\n",
}

// later adds a second edition of the energy.
var later = published.with("energy-2024.csv", "#alpha energy 2024-12-31\n253;HOUS;79000.125\n259;HOUS;99000\n")

func plan(t testing.TB, id string, members ...string) pipeline.Plan {
	t.Helper()
	text := "id: " + id + "\nname: {en: A plan}\nmembers:\n"
	for _, m := range members {
		country, code, _ := strings.Cut(m, " ")
		text += "  - {country: " + country + ", code: '" + code + "'}\n"
	}
	p, err := pipeline.ParsePlan(id+".yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func south(t testing.TB) pipeline.Plan { return plan(t, "south", "DK 253", "DK 259") }
func north(t testing.TB) pipeline.Plan { return plan(t, "north", "SE 1380", "SE 1315") }
func across(t testing.TB) pipeline.Plan {
	return plan(t, "across", "DK 253", "DK 259", "SE 1380", "SE 1315")
}

// run takes plans through from a mirror and expects no error of the run itself.
func run(t testing.TB, disk pipeline.FS, f files, plans ...pipeline.Plan) pipeline.Outcome {
	t.Helper()
	return order(t, newRunner(disk), pipeline.Order{Plans: plans, Origin: pipeline.FromMirror, Files: f.FS()})
}

func order(t testing.TB, r *pipeline.Runner, o pipeline.Order) pipeline.Outcome {
	t.Helper()
	outcome, err := r.Run(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	return outcome
}

// good fails the test unless every plan of the outcome is fine.
func good(t testing.TB, o pipeline.Outcome) pipeline.Outcome {
	t.Helper()
	for _, p := range o.Plans {
		if p.Code != pipeline.Done || len(p.Problems) > 0 || p.Snapshot == "" {
			t.Fatalf("plan %s: %+v", p.Plan, p)
		}
	}
	return o
}

// content returns the files below a folder of a workspace by name.
func content(t testing.TB, disk pipeline.FS, folder string) map[string]string {
	t.Helper()
	found := map[string]string{}
	root := disk.Path(folder)
	err := filepath.WalkDir(root, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		text, err := os.ReadFile(name)
		relative, _ := filepath.Rel(root, name)
		found[filepath.ToSlash(relative)] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// seen returns the latest snapshot of a plan as a reader finds it, id and files,
// after making sure that it is whole; "" is none.
func seen(t testing.TB, disk pipeline.FS, plan string) (id string, held map[string]string) {
	t.Helper()
	s := pipeline.Snapshots{Disk: disk}
	id, err := s.Latest(plan)
	if err != nil {
		t.Fatal(err)
	}
	if id == "" {
		return "", nil
	}
	faults, err := s.Verify(plan, id)
	if err != nil || len(faults) > 0 {
		t.Fatalf("snapshot %s: %v %v", id, err, faults)
	}
	return id, content(t, disk, path.Join("snapshots", plan, id))
}
