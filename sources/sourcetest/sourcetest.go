// Package sourcetest holds every publisher to the same tests: golden folders,
// declarations, and decoders that survive any bytes.
//
// A golden case is a folder testdata/decode/PUBLISHER/CASE with the publisher's
// files in in/ and what the decoder makes of them in want.txt: rows, or the
// error. To add a case, add the folder and run the package's tests with -update;
// no Go is needed.
package sourcetest

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"samkraft/pipeline"
)

var update = flag.Bool("update", false, "write want.txt of golden cases that are new or whose decoder has a new version")

// Golden runs the publisher's golden cases and checks its declarations. A case
// whose output has changed fails, and -update accepts it only together with a
// raised version of the data set's decoder.
func Golden(t *testing.T, source pipeline.Source) {
	t.Helper()
	publisher := source.Publisher()
	Declaration(t, source)
	root := filepath.Join("..", "..", "testdata", "decode", publisher.ID)
	cases, err := os.ReadDir(root)
	if err != nil {
		t.Fatalf("%s has no golden cases: %v", publisher.ID, err)
	}
	for _, c := range cases {
		t.Run(c.Name(), func(t *testing.T) {
			folder := filepath.Join(root, c.Name())
			got := Dump(os.DirFS(filepath.Join(folder, "in")), source)
			wantFile := filepath.Join(folder, "want.txt")
			want, err := os.ReadFile(wantFile)
			if err != nil {
				if !*update {
					t.Fatalf("%v; run with -update to write it", err)
				}
				want = nil
			}
			if got == string(want) {
				return
			}
			if *update && (want == nil || versions(got) != versions(string(want)) || !strings.Contains(string(want), "version")) {
				if err := os.WriteFile(wantFile, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			t.Errorf("the decoder's output has changed and its version has not: raise Version of the data set, then run with -update\n%s", firstDifference(string(want), got))
		})
	}
}

// Declaration checks what a publisher says about itself.
func Declaration(t *testing.T, source pipeline.Source) {
	t.Helper()
	p := source.Publisher()
	for name, value := range map[string]string{"ID": p.ID, "Title": p.Title, "Name": p.Name, "Licence": p.Licence, "Attribution": p.Attribution, "Address": p.Address} {
		if value == "" {
			t.Errorf("%s: %s is empty", p.ID, name)
		}
	}
	for _, d := range p.DataSets {
		if d.ID == "" || d.Title == "" || len(d.Countries) == 0 || d.Version < 1 || (d.Mode != pipeline.Replace && d.Mode != pipeline.Upsert) {
			t.Errorf("%s: data set %q: id, title, countries, mode and a version of at least 1 are required", p.ID, d.ID)
		}
		for _, table := range d.Tables {
			if err := table.Validate(); err != nil {
				t.Errorf("%s: %v", p.ID, err)
			}
		}
	}
}

// Dump recognises and decodes the files below root and writes what came out as
// text, one row a line.
func Dump(root fs.FS, source pipeline.Source) string {
	var out strings.Builder
	mirror, err := pipeline.ReadMirror(context.Background(), root, []pipeline.Source{source})
	if err != nil {
		fmt.Fprintf(&out, "error: %v\n", err)
		return out.String()
	}
	for _, name := range mirror.Unrecognised {
		fmt.Fprintf(&out, "not recognised: %s\n", name)
	}
	for _, s := range mirror.SetAside {
		if s.Source == "" {
			fmt.Fprintf(&out, "damaged: %v\n", s.Problem)
			continue
		}
		fmt.Fprintf(&out, "set aside (broken: %v): %s/%s: %v\n", s.Broken, s.Source, s.DataSet, s.Problem)
	}
	for _, x := range mirror.Extracts {
		out.WriteString(dumpExtract(source, x))
	}
	return out.String()
}

func dumpExtract(source pipeline.Source, x pipeline.Extract) string {
	var set pipeline.DataSet
	for _, d := range source.Publisher().DataSets {
		if d.ID == x.DataSet {
			set = d
		}
	}
	rows := map[string]*strings.Builder{}
	for _, table := range set.Tables {
		rows[table.Name] = &strings.Builder{}
	}
	checked := pipeline.Checked(x, set.Tables, func(table pipeline.Table, location string, values []any) error {
		cells := make([]string, len(values))
		for i, v := range values {
			cells[i] = cell(table.Columns[i].Kind, v)
		}
		fmt.Fprintf(rows[table.Name], "  %s @ %s\n", strings.Join(cells, " | "), location)
		return nil
	})
	edition, err := source.Decode(context.Background(), x, checked)
	head := fmt.Sprintf("%s/%s version %d, as of %q, from", x.Source, x.DataSet, set.Version, edition.AsOf)
	for _, p := range x.Parts {
		head += " " + p.Name
	}
	if err != nil {
		return fmt.Sprintf("%s\n  error: %v\n", head, err)
	}
	text := head + "\n"
	for _, table := range set.Tables {
		if rows[table.Name].Len() == 0 {
			continue
		}
		text += " " + table.Name
		for i, c := range table.Columns {
			text += []string{": ", " | "}[min(i, 1)] + c.Name
		}
		text += "\n" + rows[table.Name].String()
	}
	return text
}

func cell(kind pipeline.Kind, v any) string {
	switch v := v.(type) {
	case nil:
		return "∅"
	case int64:
		switch kind {
		case pipeline.Decimal3:
			return fmt.Sprint(pipeline.Decimal{Coefficient: v, Exponent: -3})
		case pipeline.Decimal6:
			return fmt.Sprint(pipeline.Decimal{Coefficient: v, Exponent: -6})
		}
		return fmt.Sprint(v)
	case time.Time:
		if kind == pipeline.Date {
			return v.Format(time.DateOnly)
		}
		return v.Format(time.RFC3339Nano)
	default:
		return fmt.Sprint(v)
	}
}

func versions(dump string) string {
	var found []string
	for _, line := range strings.Split(dump, "\n") {
		if i := strings.Index(line, " version "); i > 0 && line[0] != ' ' {
			found = append(found, line[:strings.Index(line, ",")])
		}
	}
	return strings.Join(found, ";")
}

func firstDifference(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := 0; i < len(w) || i < len(g); i++ {
		a, b := "", ""
		if i < len(w) {
			a = w[i]
		}
		if i < len(g) {
			b = g[i]
		}
		if a != b {
			return fmt.Sprintf("line %d\n want: %s\n  got: %s", i+1, a, b)
		}
	}
	return ""
}

// Part makes a part of bytes, for tests that decode without a folder.
func Part(name string, content []byte) pipeline.Part {
	return pipeline.Part{Role: "data", Name: name, Bytes: int64(len(content)), Open: func() (io.ReadCloser, error) {
		return io.NopCloser(bytes.NewReader(content)), nil
	}}
}

// Decode recognises and decodes one file and returns the dump.
func Decode(source pipeline.Source, name string, content []byte) string {
	return Dump(fstest.MapFS{name: &fstest.MapFile{Data: content}}, source)
}

// Fuzz feeds any bytes to the decoder of a data set: it may refuse them, with an
// error that is a Problem, and must not fall.
func Fuzz(f *testing.F, source pipeline.Source, dataSet string, seeds ...[]byte) {
	for _, s := range seeds {
		f.Add(s)
	}
	var tables []pipeline.Table
	for _, d := range source.Publisher().DataSets {
		if d.ID == dataSet {
			tables = d.Tables
		}
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		x := pipeline.Extract{Source: source.Publisher().ID, DataSet: dataSet, Parts: []pipeline.Part{Part("fuzz", content)}}
		out := pipeline.Checked(x, tables, func(pipeline.Table, string, []any) error { return nil })
		_, err := source.Decode(context.Background(), x, out)
		if _, ok := err.(*pipeline.Problem); err != nil && !ok {
			t.Errorf("an error for the person who must act is a Problem: %T %v", err, err)
		}
	})
}

// Recorded returns the folder of recorded publishers' files that
// $SAMKRAFT_MIRROR names, and skips the test where it names none. Where
// SAMKRAFT_REQUIRE_MIRROR is set, a missing folder is a failure.
func Recorded(t testing.TB) string {
	t.Helper()
	folder := os.Getenv("SAMKRAFT_MIRROR")
	_, err := os.Stat(folder)
	if err != nil && os.Getenv("SAMKRAFT_REQUIRE_MIRROR") != "" {
		t.Fatalf("recorded data are required: %v", err)
	}
	if err != nil {
		t.Skip("SAMKRAFT_MIRROR names no folder of recorded data")
	}
	return folder
}
