package pipeline_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"samkraft/pipeline"
)

var sources = []pipeline.Source{alpha, beta}

func readMirror(t testing.TB, root fs.FS) pipeline.Mirror {
	t.Helper()
	m, err := pipeline.ReadMirror(context.Background(), root, sources)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// found lists the extracts as "source dataset: names of the parts".
func found(m pipeline.Mirror) []string {
	var all []string
	for _, x := range m.Extracts {
		text := x.Source + " " + x.DataSet + ":"
		for _, p := range x.Parts {
			text += " " + p.Name
		}
		all = append(all, text)
	}
	return all
}

func TestReadMirror(t *testing.T) {
	m := readMirror(t, files{
		"a/deep/folder/x.bin":       published["energy.csv"],
		"a/copy of x":               published["energy.csv"],
		"b/people":                  published["people.csv"],
		"c/labels":                  published["people-labels.csv"],
		"trees.gz":                  string(gzipped(t, published["trees.csv"])),
		"more trees":                string(zstdOf(t, "#beta trees 2023-12-31\n1380;trees;2\n1315;trees;1\n")),
		"README.md":                 "# Trees of Halmstad and Hylte\n",
		"prose.csv":                 "#alpha unheard-of 2023-12-31\n253;a;1\n259;a;2\n",
		".hidden":                   published["trees.csv"],
		".git/energy.csv":           published["energy.csv"],
		"c/.DS_Store":               "\x00\x01",
		"book.xlsx":                 string(workbook(t, "alpha", 4)),
		"somebody else's book.xlsx": string(workbook(t, "gamma", 5)),
	}.FS())
	got := found(m)
	slices.Sort(got)
	want := []string{"alpha book: book.xlsx", "alpha energy: a/copy of x", "alpha people: b/people c/labels", "beta trees: more trees", "beta trees: trees.gz"}
	if !slices.Equal(got, want) {
		t.Errorf("extracts %q, want %q", got, want)
	}
	if want := []string{"README.md", "prose.csv", "somebody else's book.xlsx"}; !slices.Equal(m.Unrecognised, want) {
		t.Errorf("unrecognised %q, want %q", m.Unrecognised, want)
	}
	if len(m.SetAside) > 0 {
		t.Errorf("set aside: %+v", m.SetAside)
	}
	for _, x := range m.Extracts {
		for _, p := range x.Parts {
			if sum, n, err := partHash(p); err != nil || sum != p.SHA256 || n != p.Bytes {
				t.Errorf("%s is %s, %d bytes: %v", p.Name, sum, n, err)
			}
		}
	}
}

// The bytes are what counts, packed or not; an extract of several parts is known
// by all of them and by their roles.
func TestExtractHash(t *testing.T) {
	hash := func(f files) string {
		t.Helper()
		m := readMirror(t, f.FS())
		if len(m.Extracts) != 1 {
			t.Fatalf("%q", found(m))
		}
		return m.Extracts[0].SHA256
	}
	trees := published["trees.csv"]
	plain := hash(files{"t": trees})
	if hash(files{"u.gz": string(gzipped(t, trees))}) != plain || hash(files{"v.zst": string(zstdOf(t, trees))}) != plain {
		t.Error("packing changes the extract")
	}
	if hash(files{"t": trees, "t2": string(gzipped(t, trees))}) != plain {
		t.Error("a copy changes the extract")
	}
	data, labels := published["people.csv"], published["people-labels.csv"]
	pair := hash(files{"a": data, "b": labels})
	if hash(files{"z": data, "y": labels}) != pair {
		t.Error("names change the extract")
	}
	if hash(files{"a": data, "b": labels + "\n"}) == pair || hash(files{"a": data + "\n", "b": labels}) == pair {
		t.Error("a part can change and the extract stays")
	}
}

// Data with labels of another group are as good as without any.
func TestReadMirrorGroups(t *testing.T) {
	other := strings.Replace(published["people-labels.csv"], "south", "north", 1)
	m := readMirror(t, files{"people.csv": published["people.csv"], "labels.csv": other}.FS())
	if len(m.Extracts) != 0 || len(m.SetAside) != 1 {
		t.Fatalf("%q %+v", found(m), m.SetAside)
	}
	s := m.SetAside[0]
	if s.Broken || s.Source != "alpha" || s.DataSet != "people" || s.File != "people.csv" || !strings.Contains(s.Problem.Error(), "labels") {
		t.Errorf("%+v", s)
	}
	m = readMirror(t, published.with("north.csv", strings.Replace(published["people.csv"], "south", "north", 1)).with("labels.csv", other).FS())
	got := found(m)
	slices.Sort(got)
	if want := []string{"alpha energy: energy.csv", "alpha people: north.csv labels.csv", "alpha people: people.csv people-labels.csv", "beta trees: trees.csv"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestReadMirrorTwoClaims(t *testing.T) {
	twin := fakeSource{pipeline.Publisher{ID: "alpha", Title: "A twin", DataSets: alpha.publisher.DataSets}}
	_, err := pipeline.ReadMirror(context.Background(), published.FS(), []pipeline.Source{beta, alpha, twin})
	var p *pipeline.Problem
	if !errors.As(err, &p) || p.File != "energy.csv" || !strings.Contains(p.What, "alpha") {
		t.Errorf("%v", err)
	}
}

// Wherever a packed file of a known data set is cut, it is set aside as broken;
// cut so early that nothing tells what it is, it is set aside as nobody's.
func TestReadMirrorCut(t *testing.T) {
	text := published["energy.csv"]
	for name, whole := range map[string][]byte{"e.gz": gzipped(t, text), "e.zst": zstdOf(t, text)} {
		for n := range whole {
			m := readMirror(t, fstest.MapFS{name: {Data: whole[:n]}})
			switch {
			case len(m.Extracts) > 0:
				t.Fatalf("%s cut to %d of %d bytes is taken for whole", name, n, len(whole))
			case n > 3 && (len(m.SetAside) != 1 || !m.SetAside[0].Broken || !strings.Contains(m.SetAside[0].Problem.Error(), name)):
				t.Fatalf("%s cut to %d bytes: %+v", name, n, m)
			case len(m.SetAside)+len(m.Unrecognised) != 1:
				t.Fatalf("%s cut to %d bytes: %+v", name, n, m)
			}
		}
	}
}

// Damage behind the part that is looked at to know a file is found as well.
func TestReadMirrorCutLate(t *testing.T) {
	var long strings.Builder
	long.WriteString("#alpha energy 2023-12-31\n")
	for i := range 20_000 {
		long.WriteString([]string{"253;HOUS;", "259;HOUS;"}[i%2] + strings.Repeat("7", i%13+1) + "\n")
	}
	for name, whole := range map[string][]byte{"e.gz": gzipped(t, long.String()), "e.zst": zstdOf(t, long.String())} {
		m := readMirror(t, fstest.MapFS{name: {Data: whole[:len(whole)-1]}})
		if len(m.SetAside) != 1 || m.SetAside[0].Source != "alpha" || m.SetAside[0].DataSet != "energy" || !m.SetAside[0].Broken {
			t.Errorf("%s: %+v", name, m)
		}
		if m := readMirror(t, fstest.MapFS{name: {Data: whole}}); len(m.Extracts) != 1 || m.Extracts[0].Parts[0].Bytes != int64(long.Len()) {
			t.Errorf("%s whole: %+v", name, m)
		}
	}
}

// Through the operating system too, where a link to elsewhere is not followed.
func TestReadMirrorFolder(t *testing.T) {
	folder, elsewhere := t.TempDir(), t.TempDir()
	for name, text := range map[string]string{folder + "/e.csv": published["energy.csv"], elsewhere + "/t.csv": published["trees.csv"]} {
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(elsewhere, filepath.Join(folder, "link")); err != nil {
		t.Skip("this system has no links: ", err)
	}
	if got := found(readMirror(t, os.DirFS(folder))); !slices.Equal(got, []string{"alpha energy: e.csv"}) {
		t.Errorf("%q", got)
	}
	if _, err := pipeline.ReadMirror(context.Background(), os.DirFS(folder+"/nowhere"), sources); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a folder that is not there: %v", err)
	}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if _, err := pipeline.ReadMirror(ctx, os.DirFS(folder), sources); !errors.Is(err, context.Canceled) {
		t.Errorf("after an interruption: %v", err)
	}
}
