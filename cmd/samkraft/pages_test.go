package main

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"samkraft/sinks/portal/portaltest"
)

// TestPages reads every page of the sample's snapshots: each figure is the table's,
// no other text has a digit, every link leads somewhere.
func TestPages(t *testing.T) {
	t.Parallel()
	folder := sampleWorkspace(t)
	for _, s := range sampleSnapshots(t) {
		root := os.DirFS(s.folder)
		pages := map[string][]byte{}
		err := fs.WalkDir(root, "pages", func(name string, e fs.DirEntry, err error) error {
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
		for _, l := range []string{"da", "sv", "en"} {
			if pages[l+"/index.html"] == nil {
				t.Errorf("%s has no front page in %s", s.folder, l)
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
			t.Error(f)
		}
		if len(faults) > 20 {
			t.Errorf("and %d more", len(faults)-20)
		}
	}
	_ = slices.Sorted
	_ = filepath.Join
	_ = folder
}
