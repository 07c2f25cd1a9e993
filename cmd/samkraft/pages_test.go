package main

import (
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"

	"samkraft/sinks/portal/portaltest"
)

// TestPages reads the pages of the sample's snapshots: each figure is the table's, no
// other text has a digit, every link leads somewhere. Without SAMKRAFT_LONG it reads
// one language of each.
func TestPages(t *testing.T) {
	t.Parallel()
	languages := []string{"da", "sv", "en"}
	for i, s := range sampleSnapshots(t) {
		root := os.DirFS(s.folder)
		read := languages
		if os.Getenv("SAMKRAFT_LONG") == "" {
			read = languages[i%3 : i%3+1]
		}
		pages := map[string][]byte{}
		for _, l := range read {
			err := fs.WalkDir(root, "pages/"+l, func(name string, e fs.DirEntry, err error) error {
				if err != nil || e.IsDir() {
					return err
				}
				text, err := fs.ReadFile(root, name)
				pages[strings.TrimPrefix(name, "pages/")] = text
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			if pages[l+"/index.html"] == nil || pages[l+"/how/joint_savings.html"] == nil {
				t.Errorf("%s lacks pages in %s", s.folder, l)
			}
		}
		faults, err := portaltest.Faults(root, pages, func(address string) bool {
			_, err := fs.Stat(root, path.Join("pages", address))
			return err == nil
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range faults[:min(len(faults), 20)] {
			t.Errorf("%s: %s", s.plan, f)
		}
		if len(faults) > 20 {
			t.Errorf("and %d more", len(faults)-20)
		}
	}
}
