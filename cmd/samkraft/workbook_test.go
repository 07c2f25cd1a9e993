package main

import (
	"os"
	"path/filepath"
	"testing"

	"samkraft/sinks/words"
	"samkraft/sinks/workbook/booktest"
)

// TestWorkbook compares the workbooks of the sample's snapshots with their tables, cell
// by cell: one language of each snapshot, and all of them in the long form, because
// the rows are the same in all.
func TestWorkbook(t *testing.T) {
	t.Parallel()
	for i, s := range sampleSnapshots(t) {
		for j, l := range words.All {
			book, err := os.ReadFile(filepath.Join(s.folder, s.plan+"-"+string(l)+".xlsx"))
			if err != nil {
				t.Fatal(err)
			}
			if i%len(words.All) != j && os.Getenv("SAMKRAFT_LONG") == "" {
				continue
			}
			faults, err := booktest.Faults(os.DirFS(s.folder), book, 17)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range faults[:min(len(faults), 20)] {
				t.Errorf("%s in %s: %s", s.plan, l, f)
			}
		}
	}
}
