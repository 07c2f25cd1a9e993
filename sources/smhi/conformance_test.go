package smhi

import (
	"testing"
	"time"

	"samkraft/pipeline"
	"samkraft/sources/conformance"
	"samkraft/sources/standin"
)

// Stations near Halmstad and Hylte: one is young, one old, one has no archive, one
// has been closed, one is far away.
func publisher() []standin.Dialect {
	return []standin.Dialect{standin.NewSMHI(
		standin.SMHIStation{ID: "62410", Name: "Halmstad flygplats", Latitude: 56.6833, Longitude: 12.8167, From: time.Date(2024, 5, 1, 0, 0, 0, 0, time.UTC)},
		standin.SMHIStation{ID: "63510", Name: "Torup A", Latitude: 56.95, Longitude: 13.06, From: time.Date(2024, 5, 20, 0, 0, 0, 0, time.UTC)},
		standin.SMHIStation{ID: "63520", Name: "Åled", Latitude: 56.75, Longitude: 12.95, From: time.Date(2024, 7, 1, 0, 0, 0, 0, time.UTC), NoArchive: true},
		standin.SMHIStation{ID: "63530", Name: "Oskarström", Latitude: 56.8, Longitude: 12.97, From: time.Date(1950, 1, 1, 0, 0, 0, 0, time.UTC), To: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)},
		standin.SMHIStation{ID: "180940", Name: "Kiruna", Latitude: 67.83, Longitude: 20.34, From: time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC)},
	)}
}

func TestConformance(t *testing.T) {
	for _, dataSet := range []string{hourly, daily} {
		t.Run(dataSet, func(t *testing.T) {
			conformance.Run(t, conformance.Client{
				Live: Source{}, DataSet: dataSet, Services: publisher,
				Want: pipeline.Want{Members: want(t, "SE 1315", "SE 1380").Members, Years: []int{2024}, From: date(2024), To: date(2025), Now: time.Date(2024, 9, 20, 6, 0, 0, 0, time.UTC)},
			})
		})
	}
}
