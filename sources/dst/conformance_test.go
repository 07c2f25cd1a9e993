package dst

import (
	"testing"
	"time"

	"samkraft/pipeline"
	"samkraft/sources/conformance"
	"samkraft/sources/standin"
)

func TestConformance(t *testing.T) {
	greve, err := pipeline.FindMunicipality("DK", "253")
	if err != nil {
		t.Fatal(err)
	}
	for _, dataSet := range []string{areaSet, populationSet, buildingSet, dwellingSet} {
		t.Run(dataSet, func(t *testing.T) {
			conformance.Run(t, conformance.Client{
				Live: Source{}, DataSet: dataSet, Want: pipeline.Want{Members: []pipeline.Municipality{greve}, Years: []int{2024}, Now: time.Date(2026, 3, 14, 0, 0, 0, 0, time.UTC)},
				Services: func() []standin.Dialect { return []standin.Dialect{standin.NewStatBank().Small()} },
			})
		})
	}
}
