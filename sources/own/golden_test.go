package own

import (
	"os"
	"path/filepath"
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
