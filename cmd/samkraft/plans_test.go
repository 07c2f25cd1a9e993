package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"samkraft/pipeline"
)

// TestPlansCheckCounts reads what the check of a good plan says of one and of more.
func TestPlansCheckCounts(t *testing.T) {
	file := filepath.Join(t.TempDir(), "one.yaml")
	text := `{id: one, name: {en: One}, members: [{country: DK, code: "253"}, {country: DK, code: "259"}], agreements: [{id: office, title: {en: Office}, mechanism: scale, signatories: all, parameters: {kind: shared_staff}}]}`
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		file:    "plan one with 2 members, 1 agreement and 0 files of its own data\n",
		ownPlan: "plan own-data with 4 members, 1 agreement and 7 files of its own data\n",
	} {
		// The plan with data of its own states no agreement, and has the usual one.
		if out := runSamkraft(t, pipeline.Done, "plans", "check", name); !strings.HasSuffix(out, want) {
			t.Errorf("%q, expected %q", out, want)
		}
	}
	if got := counted(2, "agreement", "agreements"); got != "2 agreements" {
		t.Errorf("%q", got)
	}
}
