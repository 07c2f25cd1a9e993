package energimyndigheten

import (
	"testing"

	"samkraft/pipeline"
	"samkraft/sources/conformance"
	"samkraft/sources/standin"
)

func TestConformance(t *testing.T) {
	for _, dataSet := range []string{pvAnswer, windAnswer} {
		t.Run(dataSet, func(t *testing.T) {
			conformance.Run(t, conformance.Client{
				Live: Source{}, DataSet: dataSet, Want: pipeline.Want{Years: []int{2023}, Now: now},
				Services: func() []standin.Dialect {
					return []standin.Dialect{standin.NewEnergimyndigheten(2024, "1278", "1380", "1382")}
				},
			})
		})
	}
}
