package main

import (
	"bytes"
	"os"
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
