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
	"errors"
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
	set := dataSet(source, x.DataSet)
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

// StopsWhenAsked checks that the decoder of a data set gives up once its context is
// done, and says so.
func StopsWhenAsked(t *testing.T, source pipeline.Source, dataSet string, part pipeline.Part) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	x := pipeline.Extract{DataSet: dataSet, Parts: []pipeline.Part{part}}
	if _, err := source.Decode(ctx, x, pipeline.Checked(x, nil, nil)); !errors.Is(err, context.Canceled) {
		t.Errorf("decoding went on: %v", err)
	}
}

// Benchmark decodes extracts over and over.
func Benchmark(b *testing.B, source pipeline.Source, extracts ...pipeline.Extract) {
	b.ReportAllocs()
	for b.Loop() {
		for _, x := range extracts {
			if err := decodeAway(source, x); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// decodeAway decodes an extract, checks its rows and drops them.
func decodeAway(source pipeline.Source, x pipeline.Extract) error {
	out := pipeline.Checked(x, Tables(source, x.DataSet), func(pipeline.Table, string, []any) error { return nil })
	_, err := source.Decode(context.Background(), x, out)
	return err
}

// Tables returns the tables of a data set, none where the source has no such set.
func Tables(source pipeline.Source, id string) []pipeline.Table { return dataSet(source, id).Tables }

func dataSet(source pipeline.Source, id string) pipeline.DataSet {
	for _, d := range source.Publisher().DataSets {
		if d.ID == id {
			return d
		}
	}
	return pipeline.DataSet{}
}

// Case reads an input of one of the source's golden cases, such as
// "csv/in/turbines.csv".
func Case(t testing.TB, source pipeline.Source, name string) []byte {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("..", "..", "testdata", "decode", source.Publisher().ID, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// Sample reads the source's folders of the built-in sample, of the kinds
// published and made-up, and returns the dump. Nothing but the SOURCE.txt of each
// may be left over.
func Sample(t *testing.T, source pipeline.Source, kinds ...string) string {
	t.Helper()
	dump := ""
	for _, kind := range kinds {
		dump += Dump(os.DirFS(filepath.Join("..", "..", "testdata", "sample", kind, source.Publisher().ID)), source)
	}
	if strings.Contains(dump, "error") || strings.Contains(dump, "set aside") || strings.Count(dump, "not recognised:") != len(kinds) {
		t.Errorf("the sample is not read whole:\n%s", dump)
	}
	return dump
}

// Unclaimed checks that the source leaves alone what others have written: file
// contents by what they are.
func Unclaimed(t *testing.T, source pipeline.Source, others map[string]string) {
	t.Helper()
	for name, content := range others {
		if claim, ok := source.Recognise(pipeline.Sniff{Head: []byte(content), Whole: true}); ok {
			t.Errorf("%s: claimed as %s %s", name, claim.DataSet, claim.Role)
		}
	}
}

// Mirror finds the source's files among the recorded ones (see Recorded): so many
// extracts, and nothing set aside.
func Mirror(t testing.TB, source pipeline.Source, extracts int) pipeline.Mirror {
	t.Helper()
	mirror, err := pipeline.ReadMirror(context.Background(), os.DirFS(Recorded(t)), []pipeline.Source{source})
	if err != nil {
		t.Fatal(err)
	}
	if len(mirror.SetAside) > 0 || len(mirror.Extracts) != extracts {
		t.Fatalf("%d extracts, expected %d; set aside: %v", len(mirror.Extracts), extracts, mirror.SetAside)
	}
	return mirror
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
