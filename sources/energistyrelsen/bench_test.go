package energistyrelsen

import (
	"os"
	"path/filepath"
	"testing"

	"samkraft/pipeline"
	"samkraft/sources/sourcetest"
)

// BenchmarkTurbines decodes the largest recorded workbook.
func BenchmarkTurbines(b *testing.B) {
	content, err := os.ReadFile(filepath.Join(sourcetest.Recorded(b), "dk-ens-wind-register", "stamdata_vindkraft_2022-01.xlsx"))
	if err != nil {
		b.Skip(err)
	}
	x := pipeline.Extract{Source: "energistyrelsen", DataSet: turbineRegister, Parts: []pipeline.Part{sourcetest.Part("recorded", content)}}
	sourcetest.Benchmark(b, Source{}, x)
}
