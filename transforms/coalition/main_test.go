package coalition

import (
	"flag"
	"os"
	"testing"
)

// TestMain lets the properties draw the same cases in every run. A failure then
// comes back by itself, and no file has to remember it. Flags of the command line
// count more than what is set here.
func TestMain(m *testing.M) {
	flag.Set("rapid.seed", "1")
	flag.Set("rapid.nofailfile", "true")
	flag.Set("rapid.checks", "50")
	if long() {
		flag.Set("rapid.checks", "200")
	}
	m.Run()
}

// long reports whether the full form of slow tests was asked for.
func long() bool { return os.Getenv("SAMKRAFT_LONG") != "" }
