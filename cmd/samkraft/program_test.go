package main

import (
	"bytes"
	"testing"
	"time"

	"samkraft/pipeline"
)

// runSamkraft runs a command line in this process and returns what it printed on
// both streams. The clock stands still.
func runSamkraft(t testing.TB, want pipeline.ExitCode, args ...string) string {
	t.Helper()
	var out bytes.Buffer
	code := execute(t.Context(), program{
		args: args, out: &out, err: &out, getenv: func(string) string { return "" },
		clock: func() time.Time { return time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC) }, pid: 1,
	})
	if code != want {
		t.Fatalf("samkraft %q ended with %d, want %d:\n%s", args, code, want, out.String())
	}
	return out.String()
}
