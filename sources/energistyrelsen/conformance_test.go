package energistyrelsen_test

import (
	"testing"
	"time"

	"samkraft/pipeline"
	"samkraft/sources/conformance"
	"samkraft/sources/energistyrelsen"
	"samkraft/sources/standin"
)

func TestConformance(t *testing.T) {
	for _, dataSet := range []string{"Stamdataregister", "Energiproducenttaellingen", "Fjernvarmenet"} {
		t.Run(dataSet, func(t *testing.T) {
			conformance.Run(t, conformance.Client{
				Live: energistyrelsen.Source{}, DataSet: dataSet, Want: pipeline.Want{Now: time.Date(2026, 10, 3, 12, 0, 0, 0, time.UTC)},
				Services: func() []standin.Dialect {
					return []standin.Dialect{standin.NewEnergistyrelsen(12, time.Date(2026, 8, 1, 0, 0, 0, 0, time.UTC))}
				},
				ReadsPages: true,
			})
		})
	}
}
