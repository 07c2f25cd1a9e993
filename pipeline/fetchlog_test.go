package pipeline_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"samkraft/pipeline"
)

func lastExtracts(t *testing.T, l pipeline.FetchLog) []string {
	t.Helper()
	s, err := l.State("alpha", "energy")
	if err != nil {
		t.Fatal(err)
	}
	return s.Files
}

func TestFetchLog(t *testing.T) {
	disk := workspace(t)
	l := pipeline.FetchLog{Disk: disk}
	if s, err := l.State("alpha", "energy"); !s.Last.IsZero() || err != nil {
		t.Errorf("before the first line: %v %v", s, err)
	}
	lines := []pipeline.Fetched{
		{Time: fakeClock().UTC(), Run: "1", Origin: pipeline.FromMirror, Extracts: []string{"aa"}},
		{Time: fakeClock().UTC(), Run: "2", Origin: pipeline.FromMirror, Extracts: []string{"aa"}}, // says the same: not written
		{Time: fakeClock().UTC(), Run: "3", Origin: pipeline.FromMirror, Extracts: []string{"aa", "bb"}},
		{Time: fakeClock().UTC(), Run: "4", Origin: pipeline.FromSample, Extracts: []string{"aa", "bb"}},
		{Time: fakeClock().UTC(), Run: "5", Origin: pipeline.FromSample, Extracts: []string{"aa"}},
	}
	for _, f := range lines {
		if err := l.Record("alpha", "energy", f); err != nil {
			t.Fatal(err)
		}
	}
	last, err := l.State("alpha", "energy")
	if err != nil || last.Origin != pipeline.FromSample || !last.Last.Equal(lines[4].Time) || !slices.Equal(last.Files, []string{"aa"}) {
		t.Errorf("%+v %v", last, err)
	}
	if n := strings.Count(content(t, disk, "fetch")["alpha/energy.jsonl"], "\n"); n != 4 {
		t.Errorf("%d lines", n)
	}
	if s, err := l.State("alpha", "people"); !s.Last.IsZero() || err != nil {
		t.Errorf("another data set: %v %v", s, err)
	}
}

// Wherever a crash cuts the last line, the one before it counts, and the next
// one is written behind what is there.
func TestFetchLogCut(t *testing.T) {
	disk := workspace(t)
	l := pipeline.FetchLog{Disk: disk}
	name := disk.Path("fetch/alpha/energy.jsonl")
	write := func(run string, extracts ...string) string {
		t.Helper()
		if err := l.Record("alpha", "energy", pipeline.Fetched{Time: fakeClock(), Run: run, Origin: pipeline.FromMirror, Extracts: extracts}); err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	one := write("1", "aa", "bb")
	two := write("2", "aa", "bb", "cc")
	if !strings.HasPrefix(two, one) {
		t.Fatal("a line was rewritten")
	}
	for n := len(one); n < len(two); n++ {
		if err := os.WriteFile(name, []byte(two[:n]), 0o644); err != nil {
			t.Fatal(err)
		}
		want := []string{"aa", "bb"}
		if n == len(two)-1 {
			want = append(want, "cc") // only the line's end is missing
		}
		if got := lastExtracts(t, l); !slices.Equal(got, want) {
			t.Fatalf("cut after %d bytes: %q, want %q", n-len(one), got, want)
		}
		after := write("3", "dd")
		if got := lastExtracts(t, l); !slices.Equal(got, []string{"dd"}) || !strings.HasPrefix(after, two[:n]) {
			t.Fatalf("written after a cut after %d bytes: %q", n-len(one), got)
		}
	}
}
