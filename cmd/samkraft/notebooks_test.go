package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// TestNotebooks holds that the notebooks are kept without outputs: these would be
// figures of one snapshot that nobody renews. .ci/run executes them.
func TestNotebooks(t *testing.T) {
	files, err := filepath.Glob("../../notebooks/*.ipynb")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) < 4 {
		t.Errorf("there are %d notebooks, expected at least 4", len(files))
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var notebook struct {
			Cells []struct {
				Kind    string            `json:"cell_type"`
				Count   *int              `json:"execution_count"`
				Outputs []json.RawMessage `json:"outputs"`
			} `json:"cells"`
		}
		if err := json.Unmarshal(text, &notebook); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		code := 0
		for i, cell := range notebook.Cells {
			if cell.Kind == "code" {
				code++
			}
			if cell.Count != nil || len(cell.Outputs) > 0 {
				t.Errorf("%s, cell %d: it has been executed; clear all outputs before it is committed", filepath.Base(name), i+1)
			}
		}
		if code == 0 {
			t.Errorf("%s has no code", filepath.Base(name))
		}
	}
}
