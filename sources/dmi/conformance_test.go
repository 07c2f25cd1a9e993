package dmi

import (
	"testing"
	"time"

	"samkraft/pipeline"
	"samkraft/sources/conformance"
	"samkraft/sources/standin"
)

// TestConformance asks two municipalities for a part of a year, in pages shorter than
// a list by day.
func TestConformance(t *testing.T) {
	var members []pipeline.Municipality
	for _, code := range []string{"253", "259"} {
		m, err := pipeline.FindMunicipality("DK", code)
		if err != nil {
			t.Fatal(err)
		}
		members = append(members, m)
	}
	conformance.Run(t, conformance.Client{
		Live: Source{}, DataSet: valueSet, Want: pipeline.Want{Members: members, Years: []int{2026}, Now: time.Date(2026, 3, 14, 0, 0, 0, 0, time.UTC)}, Pieces: 4,
		Services: func() []standin.Dialect { return []standin.Dialect{standin.NewDMI(40, "253", "259")} },
	})
}
