package energidataservice

import (
	"os"
	"testing"

	"samkraft/pipeline"
	"samkraft/sources/conformance"
	"samkraft/sources/standin"
)

// TestConformance puts the client on trial with a data set of each kind: hours of
// a municipality, hours of Danish time alone, months of all, and a zone.
func TestConformance(t *testing.T) {
	for i, dataSet := range []string{"CapacityPerMunicipality", "ConsumptionIndustry", "ReCoverageMunicipality", "DayAheadPrices"} {
		if i > 1 && os.Getenv("SAMKRAFT_LONG") == "" {
			break // the others take as long again
		}
		t.Run(dataSet, func(t *testing.T) {
			conformance.Run(t, conformance.Client{
				Live: Source{}, DataSet: dataSet, Pieces: 2,
				Want:     pipeline.Want{Members: members(t, "DK 253", "DK 101"), From: date(2025, 10, 1), To: date(2026, 1, 1), Now: date(2026, 11, 22)},
				Services: func() []standin.Dialect { return []standin.Dialect{standin.NewEnergiDataService("253", "101")} },
			})
		})
	}
}
