package costtable_test

import (
	"errors"
	"math/big"
	"os"
	"path/filepath"
	"testing"

	"samkraft/pipeline"
	"samkraft/transforms/costtable"
)

// FuzzRead throws files at the reader. Whatever they hold, the answer is a table
// whose shares add up, or a problem that names the file.
func FuzzRead(f *testing.F) {
	for _, name := range []string{"table.csv", "table.xlsx"} {
		files, err := filepath.Glob("../../testdata/allocate/*/" + name)
		if err != nil || len(files) == 0 {
			f.Fatalf("no golden %s: %v", name, err)
		}
		for _, file := range files {
			content, err := os.ReadFile(file)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(content, false, byte(0))
			f.Add(content, true, byte(1))
			f.Add(content, false, byte(2))
		}
	}
	f.Fuzz(func(t *testing.T, content []byte, additive bool, mark byte) {
		table, err := costtable.Read("table", content, costtable.Options{Additive: additive, Decimal: [3]byte{0, '.', ','}[mark%3]})
		if err != nil {
			isProblem(t, err)
			return
		}
		weights, err := table.ReadWeights("table", content)
		if err != nil {
			isProblem(t, err)
		}
		if len(table.Members()) > 6 {
			return // slow, and of no interest to the reader
		}
		answer, err := table.Allocate(weights, "")
		if err != nil {
			t.Fatal(err)
		}
		for _, rule := range []string{"equal", "standalone", "separable", "gately", "shapley", "nucleolus", "percapita_nucleolus"} {
			shares, ok := answer.Rules.Get(rule)
			if !ok {
				t.Fatalf("%s is missing", rule)
			}
			sum := new(big.Rat)
			for _, member := range answer.Members {
				if share, ok := shares.Get(member); ok {
					sum.Add(sum, share.Rat)
				}
			}
			if shares != nil && sum.Cmp(answer.Total.Rat) != 0 {
				t.Errorf("%s adds up to %s, not to %s", rule, sum.RatString(), answer.Total.RatString())
			}
		}
		written(t, answer.WriteJSON)
		written(t, inWords(answer, [3]string{"en", "da", "sv"}[mark%3]))
		written(t, answer.WriteCSV)
	})
}

func isProblem(t *testing.T, err error) {
	t.Helper()
	var problem *pipeline.Problem
	if !errors.As(err, &problem) || problem.File != "table" || problem.What == "" {
		t.Errorf("%v is no problem that names the file", err)
	}
}
