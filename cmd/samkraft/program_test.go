package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"samkraft/pipeline"
)

// runSamkraft runs a command line in this process and returns what it printed on
// both streams. The clock stands still. Snapshots have no pages and no workbooks, which
// take half the time that publishing a small plan does: whole has them.
func runSamkraft(t testing.TB, want pipeline.ExitCode, args ...string) string {
	t.Helper()
	return runWith(t, nil, want, args...)
}

// whole is runSamkraft with all that people read.
func whole(t testing.TB, want pipeline.ExitCode, args ...string) string {
	t.Helper()
	return runWith(t, views(), want, args...)
}

// inLong are the views in the long form of a test, for which pages are files like others.
func inLong() []pipeline.Sink {
	if os.Getenv("SAMKRAFT_LONG") == "" {
		return nil
	}
	return views()
}

func runWith(t testing.TB, views []pipeline.Sink, want pipeline.ExitCode, args ...string) string {
	t.Helper()
	var out bytes.Buffer
	code := execute(t.Context(), program{
		args: args, out: &out, err: &out, getenv: func(string) string { return "" },
		clock: func() time.Time { return time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC) }, pid: 1, views: views,
	})
	if code != want {
		t.Fatalf("samkraft %q ended with %d, want %d:\n%s", args, code, want, out.String())
	}
	return out.String()
}

// withFewDraws is a plan's text with few draws of the uncertain figures, for tests
// of something else: with all of them, drawing is most of a run.
func withFewDraws(t testing.TB, text string) string {
	t.Helper()
	few := strings.Replace(text, "draws: 10000", "draws: 20", 1)
	if few == text {
		t.Fatal("the plan does not say how often to draw")
	}
	return few
}

// fewDraws writes the built-in plans with few draws, and returns their files.
func fewDraws(t testing.TB) (kobenhavnSyd, godaGrannar string) {
	t.Helper()
	folder := t.TempDir()
	write := func(id string) string {
		text, known := pipeline.BuiltinPlanText(id)
		if !known {
			t.Fatalf("there is no plan %s", id)
		}
		file := filepath.Join(folder, id+".yaml")
		if err := os.WriteFile(file, []byte("replaces: builtin\n"+withFewDraws(t, string(text))), 0o644); err != nil {
			t.Fatal(err)
		}
		return file
	}
	return write("kobenhavn-syd"), write("goda-grannar")
}
