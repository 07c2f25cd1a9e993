package scb

import (
	"testing"

	"samkraft/pipeline"
	"samkraft/sources/conformance"
	"samkraft/sources/standin"
)

// TestConformance tries one table with a number, and the closed one, which is asked
// for in the older version of the interface.
func TestConformance(t *testing.T) {
	for dataSet, year := range map[string]int{prodbrEl: 2023, folkmangd: 2023, energiKommKat: 2008} {
		t.Run(dataSet, func(t *testing.T) {
			conformance.Run(t, conformance.Client{
				Live: Source{}, DataSet: dataSet, Want: pipeline.Want{Years: []int{year - 1, year}, Now: day(2026, 3, 14)},
				Services: func() []standin.Dialect {
					return []standin.Dialect{standin.NewSCB(2024, "1278", "1380"), standin.NewSCBVersion1("0331", "1380")}
				},
			})
		})
	}
}
