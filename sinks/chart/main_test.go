package chart

import (
	"flag"
	"testing"
)

// TestMain lets the properties draw the same cases in every run, and leave no
// files. Flags of the command line count more than what is set here.
func TestMain(m *testing.M) {
	flag.Set("rapid.seed", "1")
	flag.Set("rapid.nofailfile", "true")
	m.Run()
}
