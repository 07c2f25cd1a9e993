package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"samkraft/pipeline"
)

// TestMissingIsNotZero takes one data set after another out of the folder: no
// stock of energy use may then have another figure than before, unless none, and
// the headline must say that it is incomplete. The indicator of fossil heating is
// not among them: without it an assumed share serves, and the row says so.
func TestMissingIsNotZero(t *testing.T) {
	t.Parallel()
	stocks := func(workspace, plan string) map[string]string {
		found := map[string]string{}
		out := answer(t, workspace, plan, "select muni_code || '/' || stock || '=' || coalesce(energy_mwh::varchar, 'null') from end_use order by 1")
		for _, line := range strings.Fields(out) {
			stock, figure, _ := strings.Cut(line, "=")
			found[stock] = figure
		}
		return found
	}
	folder, whole := dropFolder(t), fewWorkspace(t)
	danish, swedish := fewDraws(t)
	for _, c := range []struct{ plan, file, pattern string }{
		{"kobenhavn-syd", danish, "published/balmorel/DE.inc"},
		{"kobenhavn-syd", danish, "published/balmorel/DH.inc"},
		{"kobenhavn-syd", danish, "published/balmorel/INDIVUSERS_DH.inc"},
		{"kobenhavn-syd", danish, "published/balmorel/INDUSTRY_DH.inc.gz"},
		{"kobenhavn-syd", danish, "published/dst/folk1a*"},
		{"goda-grannar", swedish, "*/scb/SlutAnvSektor*"},
	} {
		files, err := filepath.Glob(filepath.Join(folder, filepath.FromSlash(c.pattern)))
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: nothing to take out: %v", c.pattern, err)
		}
		poorer := dropFolder(t)
		for _, f := range files {
			name, err := filepath.Rel(folder, f)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.Remove(filepath.Join(poorer, name)); err != nil {
				t.Fatal(err)
			}
		}
		// The workspace that had it refuses; a fresh one makes what can be made.
		if out := runSamkraft(t, pipeline.Failed, "run", c.file, "--mirror", poorer, "--workspace", whole); !strings.Contains(out, "--accept-loss") {
			t.Errorf("without %s: the loss is not told:\n%s", c.pattern, out)
		}
		workspace := t.TempDir()
		out := runSamkraft(t, pipeline.Done, "run", c.file, "--mirror", poorer, "--workspace", workspace)
		if !strings.Contains(out, "Incomplete") && !strings.Contains(out, "No figure") {
			t.Errorf("without %s the headline does not say that it is incomplete:\n%s", c.pattern, out)
		}
		before, after := stocks(whole, c.plan), stocks(workspace, c.plan)
		missing := 0
		for stock, figure := range before {
			if after[stock] == "null" {
				missing++
			} else if after[stock] != figure {
				t.Errorf("without %s: %s is %s, with it %s", c.pattern, stock, after[stock], figure)
			}
		}
		if missing == 0 {
			t.Errorf("without %s nothing is missing", c.pattern)
		}
	}
}
