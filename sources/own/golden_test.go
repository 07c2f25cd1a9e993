package own

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"samkraft/pipeline"
	"samkraft/sources/sourcetest"
)

func TestGolden(t *testing.T) { sourcetest.Golden(t, Source{}) }

func TestStopsWhenAsked(t *testing.T) {
	sourcetest.StopsWhenAsked(t, Source{}, "packages", sourcetest.Part("p.csv", []byte("stock,measures\nheat_district,B5\n")))
}

// FuzzDecode feeds any bytes to every kind of file.
func FuzzDecode(f *testing.F) {
	files, err := filepath.Glob("../../testdata/decode/own/*/in/*.csv")
	if err != nil || len(files) == 0 {
		f.Fatalf("no files to begin with: %v", err)
	}
	for _, name := range files {
		content, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		claim, _ := Source{}.Recognise(pipeline.Sniff{Head: content})
		f.Add(claim.DataSet, content)
	}
	f.Fuzz(func(t *testing.T, kind string, content []byte) {
		sourcetest.Survives(t, Source{}, kind, sourcetest.Part("fuzz", content))
	})
}

// TestDocumented checks that docs/own-data.md has every column of every kind, and no
// kind too many.
func TestDocumented(t *testing.T) {
	text, err := os.ReadFile("../../docs/own-data.md")
	if err != nil {
		t.Fatal(err)
	}
	sections := strings.Split(string(text), "\n## ")
	if len(sections) != len(kinds)+2 {
		t.Errorf("%d sections, expected one for each of %d kinds, an introduction and how files are written", len(sections), len(kinds))
	}
	for _, k := range kinds {
		at := slices.IndexFunc(sections, func(s string) bool { return strings.HasPrefix(s, k.id+"\n") })
		if at < 0 {
			t.Errorf("the kind %s is not documented", k.id)
			continue
		}
		for _, f := range k.fields {
			word := "`" + f.name + "`"
			if !f.needed {
				word = "*" + word + "*"
			}
			if !strings.Contains(sections[at], word) {
				t.Errorf("%s: the column %s is not documented as %s", k.id, f.name, word)
			}
		}
	}
}
