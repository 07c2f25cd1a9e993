package costtable_test

import (
	"bytes"
	"errors"
	"flag"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"samkraft/pipeline"
	"samkraft/transforms/costtable"
)

var update = flag.Bool("update", false, "write the expected files of new golden cases")

// TestGolden runs the cases of testdata/allocate. A case is a folder with
// table.csv or table.xlsx, if wanted with weights.csv and with args.txt (which may
// hold --missing additive and --decimal), and with want.json, or with want.txt that holds the
// error of a bad file. Where there is a want.table.txt, want.table.da.txt,
// want.table.sv.txt or want.csv, these forms are compared as well. With -update, a
// case without expectations gets them, and so does an empty file of those forms.
func TestGolden(t *testing.T) {
	folders, err := filepath.Glob("../../testdata/allocate/*")
	if err != nil || len(folders) == 0 {
		t.Fatalf("no golden cases: %v", err)
	}
	for _, folder := range folders {
		t.Run(filepath.Base(folder), func(t *testing.T) {
			answer, err := runCase(t, folder)
			var problem *pipeline.Problem
			switch {
			case errors.As(err, &problem):
				missing(t, folder, "want.json")
				compare(t, folder, "want.txt", []byte(err.Error()+"\n"), true)
			case err != nil:
				t.Fatal(err)
			default:
				missing(t, folder, "want.txt")
				compare(t, folder, "want.json", written(t, answer.WriteJSON), true)
				for name, language := range map[string]string{"want.table.txt": "en", "want.table.da.txt": "da", "want.table.sv.txt": "sv"} {
					compare(t, folder, name, written(t, inWords(answer, language)), false)
				}
				compare(t, folder, "want.csv", written(t, answer.WriteCSV), false)
			}
		})
	}
}

// runCase does what the command does with a folder.
func runCase(t *testing.T, folder string) (*costtable.Answer, error) {
	name := "table.csv"
	content, err := os.ReadFile(filepath.Join(folder, name))
	if errors.Is(err, fs.ErrNotExist) {
		name = "table.xlsx"
		content, err = os.ReadFile(filepath.Join(folder, name))
	}
	if err != nil {
		t.Fatal(err)
	}
	args, err := os.ReadFile(filepath.Join(folder, "args.txt"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	table, err := costtable.Read(name, content, options(t, string(args)))
	if err != nil {
		return nil, err
	}
	var weights *costtable.Weights
	content, err = os.ReadFile(filepath.Join(folder, "weights.csv"))
	if err == nil {
		weights, err = table.ReadWeights("weights.csv", content)
		if err != nil {
			return nil, err
		}
	}
	return table.Allocate(weights, "population")
}

// options are those of args.txt.
func options(t *testing.T, args string) (o costtable.Options) {
	for pair := range slices.Chunk(strings.Fields(args), 2) {
		switch strings.Join(pair, " ") {
		case "--missing additive":
			o.Additive = true
		case "--decimal point":
			o.Decimal = '.'
		case "--decimal comma":
			o.Decimal = ','
		default:
			t.Fatalf("args.txt holds %q", pair)
		}
	}
	return o
}

// inWords writes an answer for people.
func inWords(a *costtable.Answer, language string) func(io.Writer) error {
	return func(w io.Writer) error { return a.WriteText(w, language) }
}

func written(t testing.TB, write func(io.Writer) error) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// missing checks that a case does not expect the opposite.
func missing(t *testing.T, folder, name string) {
	t.Helper()
	if _, err := os.Stat(filepath.Join(folder, name)); err == nil {
		t.Errorf("there is a %s", name)
	}
}

// compare holds an output to its golden file.
func compare(t *testing.T, folder, name string, got []byte, needed bool) {
	t.Helper()
	path := filepath.Join(folder, name)
	want, err := os.ReadFile(path)
	absent := errors.Is(err, fs.ErrNotExist)
	switch {
	case absent && !needed:
		return
	case *update && (absent || err == nil && len(want) == 0):
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	case err != nil:
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s: want\n%s\ngot\n%s", name, want, got)
	}
}
