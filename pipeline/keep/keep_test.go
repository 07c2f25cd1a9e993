package keep

import (
	"os"
	"strings"
	"testing"
	"time"

	"samkraft/pipeline"
)

// TestChoose: by age stay the newest few, one a month, and what was superseded lately.
func TestChoose(t *testing.T) {
	now := time.Date(2026, 11, 22, 6, 0, 0, 0, time.UTC)
	rules := Rules{Snapshots: 2, Months: 3, Grace: day}
	made := []struct{ at, kept string }{
		{"2026-11-22T05:00:00Z", "among the newest 2"},
		{"2026-11-21T05:00:00Z", "among the newest 2"},
		{"2026-11-20T05:00:00Z", ""}, // superseded two days ago
		{"2026-10-31T23:59:59Z", "the newest of its month"},
		{"2026-10-31T05:00:00Z", ""},
		{"2026-09-01T05:00:00Z", "pinned"},
		{"2026-08-30T05:00:00Z", "the newest of its month"},
		{"2026-08-29T05:00:00Z", ""},
		{"2026-07-31T05:00:00Z", ""}, // four months back
	}
	var all []snapshot
	for _, m := range made {
		at, err := time.Parse(time.RFC3339, m.at)
		if err != nil {
			t.Fatal(err)
		}
		s := snapshot{made: at}
		if m.kept == "pinned" {
			s.kept = m.kept
		}
		all = append(all, s)
	}
	rules.choose(all, now)
	for i, m := range made {
		if all[i].kept != m.kept {
			t.Errorf("of %s: %q, want %q", m.at, all[i].kept, m.kept)
		}
	}
	// Three publications of one morning: readers of the second may not have ended.
	all = []snapshot{{made: now}, {made: now.Add(-time.Hour)}, {made: now.Add(-2 * time.Hour)}, {made: now.Add(-3 * day)}}
	Rules{Snapshots: 1, Grace: day}.choose(all, now)
	for i, want := range []string{"among the newest 1", "may still be read", "may still be read", "may still be read"} {
		if all[i].kept != want {
			t.Errorf("snapshot %d: %q, want %q", i, all[i].kept, want)
		}
	}
}

func TestPins(t *testing.T) {
	disk := pipeline.Disk(t.TempDir())
	pins := Pins{disk}
	const id = "0123456789abcdef"
	if err := disk.MkdirAll("snapshots/south/" + id); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"", "latest", "newest", id, "a/b", "..", "-x", "a b", strings.Repeat("x", 65), "x\n"} {
		if pins.Set("south", Pin{Name: name, Snapshot: id}) == nil {
			t.Errorf("%q can be a name", name)
		}
	}
	for _, name := range []string{"byråd-2026", "Ä", "2026-11"} {
		if err := pins.Set("south", Pin{Name: name, Snapshot: id, By: "anna"}); err != nil {
			t.Error(err)
		}
	}
	if err := pins.Set("south", Pin{Name: "Ä", Snapshot: "fedcba9876543210"}); err == nil || !strings.Contains(err.Error(), "unpin") {
		t.Errorf("a name went to another snapshot: %v", err)
	}
	list, err := pins.List("south")
	if err != nil || len(list) != 3 || list[0].Name != "2026-11" || list[1].By != "anna" {
		t.Errorf("%v %+v", err, list)
	}
	if faults := pins.Verify("south"); len(faults) > 0 {
		t.Error(faults)
	}
	if pin, err := pins.Remove("south", "Ä"); err != nil || pin.Snapshot != id {
		t.Errorf("%+v %v", pin, err)
	}
	if _, err := pins.Remove("south", "Ä"); err == nil {
		t.Error("a pin can be taken away twice")
	}
	if err := os.Remove(disk.Path("snapshots/south/" + id)); err != nil {
		t.Fatal(err)
	}
	if faults := pins.Verify("south"); len(faults) != 2 || !strings.Contains(faults[0], "2026-11") {
		t.Errorf("%q", faults)
	}
	// One changed letter is noticed.
	file := disk.Path("snapshots/south/pins")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(strings.Replace(string(text), "byråd", "byrad", 1)), 0o644); err != nil {
		t.Fatal(err)
	}
	if faults := pins.Verify("south"); len(faults) != 1 || !strings.Contains(faults[0], "has been changed") {
		t.Errorf("%q", faults)
	}
}
