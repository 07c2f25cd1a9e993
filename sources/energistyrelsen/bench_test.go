package energistyrelsen

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"samkraft/pipeline"
	"samkraft/sources/sourcetest"
)

type discard struct{}

func (discard) Row(string, string, ...any) error { return nil }

// BenchmarkTurbines decodes the largest recorded workbook.
func BenchmarkTurbines(b *testing.B) {
	content, err := os.ReadFile(filepath.Join(sourcetest.Recorded(b), "dk-ens-wind-register", "stamdata_vindkraft_2022-01.xlsx"))
	if err != nil {
		b.Skip(err)
	}
	b.ReportAllocs()
	x := pipeline.Extract{Source: "energistyrelsen", DataSet: turbineRegister, Parts: []pipeline.Part{sourcetest.Part("recorded", content)}}
	for b.Loop() {
		if _, err := (Source{}).Decode(context.Background(), x, discard{}); err != nil {
			b.Fatal(err)
		}
	}
}
