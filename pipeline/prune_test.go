package pipeline_test

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"samkraft/pipeline"
	house "samkraft/pipeline/keep"
)

// farOff is when the tests prune: every file's own date is long ago then.
var farOff = time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC)

// years is a workspace into which plan south was published every ten days of a year, each
// time from another edition, with a withheld set after every third. It returns the
// snapshots, the oldest first.
func years(t *testing.T, disk pipeline.FS, times int) (ids []string) {
	t.Helper()
	r := newRunner(disk)
	now := farOff.AddDate(-1, 0, 0)
	r.Clock = func() time.Time { return now }
	for i := range times {
		now = now.AddDate(0, 0, 10)
		f := published.with("energy.csv", fmt.Sprintf("#alpha energy 2023-12-31\n253;HOUS;%d\n259;HOUS;101000.5\n", 1000+i))
		o := pipeline.Order{Plans: []pipeline.Plan{south(t)}, Origin: pipeline.FromMirror, Files: f.FS()}
		ids = append(ids, good(t, order(t, r, o)).Plans[0].Snapshot)
		if i%3 == 2 {
			now = now.Add(time.Hour)
			r.Transform = &fakeTransform{disk: disk, version: fmt.Sprint(i), failing: "error"}
			if order(t, r, o).Code() != pipeline.Withheld {
				t.Fatal("nothing was withheld")
			}
			r.Transform = &fakeTransform{disk: disk, version: "1"}
		}
	}
	return ids
}

func keeper(disk pipeline.FS) house.Keeper {
	rules := house.Default()
	rules.Snapshots, rules.Months, rules.Runs, rules.Withheld, rules.Archive = 2, 4, 100*24*time.Hour, 50*24*time.Hour, 200*24*time.Hour
	return house.Keeper{Disk: disk, Sources: []pipeline.Source{alpha, beta}, Rules: rules, Now: farOff}
}

func prune(t *testing.T, k house.Keeper) []house.Item {
	t.Helper()
	items, err := k.List()
	if err != nil {
		t.Fatal(err)
	}
	if err := k.Remove(context.Background(), items, func(house.Item) {}); err != nil {
		t.Fatal(err)
	}
	return items
}

// whole checks that every snapshot that is listed is whole, and returns them.
func whole(t *testing.T, disk pipeline.FS, plan string) []string {
	t.Helper()
	s := pipeline.Snapshots{Disk: disk}
	ids, err := s.List(plan)
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range ids {
		if faults, err := s.Verify(plan, id); err != nil || len(faults) > 0 {
			t.Errorf("snapshot %s: %v %q", id, err, faults)
		}
	}
	return ids
}

// TestPrune follows the rules through a year of snapshots every ten days.
func TestPrune(t *testing.T) {
	disk := workspace(t)
	ids := years(t, disk, 36)
	pins := house.Pins{Disk: disk}
	if err := pins.Set("south", house.Pin{Name: "byråd-2099", Snapshot: ids[3]}); err != nil {
		t.Fatal(err)
	}
	if _, err := (pipeline.Snapshots{Disk: disk}).Use("south", pipeline.Hold{Snapshot: ids[5]}); err != nil {
		t.Fatal(err)
	}
	// The last two; the newest of each month since September; the pinned one, and the one
	// that readers are held on. Publication times are ten days apart: 2099-01-11 and on.
	want := map[string]bool{ids[3]: true, ids[5]: true, ids[34]: true, ids[35]: true}
	month := map[string]string{}
	for i, id := range ids {
		if at := farOff.AddDate(-1, 0, 10*(i+1)); at.After(farOff.AddDate(0, -4, 0)) {
			month[at.Format("2006-01")] = id
		}
	}
	for _, id := range month {
		want[id] = true
	}
	items := prune(t, keeper(disk))
	if got := whole(t, disk, "south"); !slices.Equal(got, slices.Sorted(maps.Keys(want))) {
		t.Errorf("%d snapshots stay, want %d: %v", len(got), len(want), got)
	}
	kinds := map[house.Kind]int{}
	for _, i := range items {
		kinds[i.Kind]++
		if i.Reason == "" || i.Bytes == 0 || len(i.Paths) == 0 || i.Frees > i.Bytes {
			t.Errorf("%+v", i)
		}
	}
	// Of 36 editions those of the snapshots that stay are of use decoded. A run's record stays
	// when it is young, or says when a snapshot that stays was made.
	records, err := pipeline.Records{Disk: disk}.List()
	if err != nil {
		t.Fatal(err)
	}
	made := house.Made(records)
	for id := range want {
		if made["south/"+id].IsZero() {
			t.Errorf("nothing says any more when %s was made", id)
		}
	}
	if kinds[house.Snapshot] != 36-len(want) || kinds[house.Stage] != 36-len(want) || kinds[house.Models] == 0 || kinds[house.Withheld] != 10 || kinds[house.Run] != 32 || len(records) != 48-32 {
		t.Errorf("%v, %d records", kinds, len(records))
	}
	if again := prune(t, keeper(disk)); len(again) > 0 {
		t.Errorf("there is more to prune: %+v", again)
	}
	// The plan goes on from here.
	f := published.with("energy.csv", "#alpha energy 2023-12-31\n253;HOUS;1035\n259;HOUS;101000.5\n")
	if o := good(t, run(t, disk, f, south(t))).Plans[0]; o.New || o.Held != ids[5] {
		t.Errorf("%+v", o)
	}
	if o := good(t, order(t, newRunner(disk), pipeline.Order{Plans: []pipeline.Plan{south(t)}})).Plans[0]; o.New {
		t.Errorf("%+v", o)
	}
}

// TestPruneArchive: of the archive goes what nothing names, when it is asked for by name.
func TestPruneArchive(t *testing.T) {
	disk := workspace(t)
	years(t, disk, 36)
	before := content(t, disk, "archive")
	k := keeper(disk)
	prune(t, k)
	if !maps.Equal(content(t, disk, "archive"), before) {
		t.Error("the archive was pruned, and nobody asked")
	}
	items, err := k.ArchiveItems()
	if err != nil || len(items) == 0 || house.Agreed(items) == house.Agreed(items[1:]) {
		t.Fatalf("%d items: %v", len(items), err)
	}
	if err := k.Remove(context.Background(), items, func(house.Item) {}); err != nil {
		t.Fatal(err)
	}
	consistent(t, disk)
	snapshots := pipeline.Snapshots{Disk: disk}
	for _, id := range whole(t, disk, "south") {
		m, err := snapshots.Manifest("south", id)
		if err != nil {
			t.Fatal(err)
		}
		for _, in := range m.Inputs {
			x, err := pipeline.Archive{Disk: disk}.Extract(in.Source, in.DataSet, in.Extract)
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range x.Parts {
				if sum, _, err := partHash(p); err != nil || sum != p.SHA256 {
					t.Errorf("snapshot %s needs %s: %v", id, p.SHA256, err)
				}
			}
		}
	}
	if after := content(t, disk, "archive"); len(after) != len(before)-2*len(items) {
		t.Errorf("%d files of %d are left after %d extracts", len(after), len(before), len(items))
	}
	// A manifest that cannot be read may name anything.
	latest, _ := latestOf(t, disk, "south")
	manifest := disk.Path("snapshots/south/" + latest + "/manifest.json")
	if err := os.Remove(manifest); err != nil {
		t.Fatal(err)
	}
	if items, err := k.ArchiveItems(); err == nil || !strings.Contains(err.Error(), latest) || items != nil {
		t.Errorf("%v %v", items, err)
	}
}

// TestPruneCareful: what cannot be read is no reason to take something away.
func TestPruneCareful(t *testing.T) {
	for name, damage := range map[string]func(disk pipeline.Disk) error{
		"pins": func(d pipeline.Disk) error { return os.WriteFile(d.Path("snapshots/south/pins"), []byte("{}"), 0o644) },
		"latest": func(d pipeline.Disk) error {
			return os.WriteFile(d.Path("snapshots/south/latest"), []byte("?\n"), 0o644)
		},
		"moved": func(d pipeline.Disk) error {
			return os.Chtimes(d.Path("snapshots/south/latest"), farOff, farOff.Add(-time.Hour))
		},
		"record": func(d pipeline.Disk) error {
			entries, err := os.ReadDir(d.Path("runs"))
			if err == nil {
				err = os.WriteFile(d.Path("runs/"+entries[len(entries)-1].Name()), []byte("{"), 0o644)
			}
			return err
		},
	} {
		disk := workspace(t)
		ids := years(t, disk, 9)
		if err := damage(disk); err != nil {
			t.Fatal(err)
		}
		k := keeper(disk)
		k.Rules.Months = 0
		prune(t, k)
		if name == "record" {
			ids = ids[7:] // the newest two; a record that cannot be read is no snapshot's
		}
		slices.Sort(ids)
		if got := whole(t, disk, "south"); !slices.Equal(got, ids) {
			t.Errorf("%s: %d snapshots stay, want %d", name, len(got), len(ids))
		}
	}
}

// TestPruneFaults stops a pruning after each of its operations. Readers find whole
// snapshots and the latest among them, and the next pruning comes to the same end.
func TestPruneFaults(t *testing.T) {
	root := memoryFolder(t)
	base := filepath.Join(root, "base")
	ids := years(t, pipeline.Disk(base), 5)
	again := func(folder string) {
		if err := copyFolder(base, folder); err != nil {
			t.Fatal(err)
		}
		for i, id := range ids {
			at := farOff.AddDate(-1, 0, 10*(i+1)) // for when the record of the run cannot be read
			if err := os.Chtimes(filepath.Join(folder, "snapshots/south", id, "manifest.json"), at, at); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, mode := range []faultMode{crash, once} {
		undisturbed := pipeline.Disk(filepath.Join(root, "undisturbed"))
		again(string(undisturbed))
		prune(t, keeper(undisturbed))
		want := content(t, undisturbed, ".")
		latest, _ := latestOf(t, undisturbed, "south")
		var left map[string]string
		for k := 1; ; k++ {
			folder := filepath.Join(root, fmt.Sprint(k))
			again(folder)
			disk := newFaultDisk(folder, mode, k)
			items, err := keeper(disk).List()
			if err == nil {
				err = keeper(disk).Remove(context.Background(), items, func(house.Item) {})
			}
			if !disk.reached() {
				break
			}
			if err == nil && mode == crash {
				t.Errorf("operation %d failed, and nobody said so", k)
			}
			now := content(t, disk.Disk, ".")
			if maps.Equal(now, left) {
				continue // an operation that changes nothing: judged already
			}
			left = now
			whole(t, disk.Disk, "south")
			if id, _ := seen(t, disk.Disk, "south"); id != latest {
				t.Errorf("operation %d: a reader sees %s", k, id)
			}
			prune(t, keeper(disk.Disk))
			if err := pipeline.Sweep(disk.Disk, "."); err != nil {
				t.Fatal(err)
			}
			if got := content(t, disk.Disk, "."); !maps.Equal(got, want) {
				t.Fatalf("operation %d: %d files stay, %d after a pruning that nothing disturbed", k, len(got), len(want))
			}
			if err := os.RemoveAll(folder); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.RemoveAll(string(undisturbed)); err != nil {
			t.Fatal(err)
		}
	}
}
