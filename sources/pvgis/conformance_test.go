package pvgis

import (
	"context"
	"errors"
	"testing"
	"time"

	"samkraft/pipeline"
	"samkraft/sources/conformance"
	"samkraft/sources/standin"
)

func TestConformance(t *testing.T) {
	for _, dataSet := range []string{calc, series} {
		t.Run(dataSet, func(t *testing.T) {
			w := want(t, 2023)
			w.Now = time.Date(2024, 9, 20, 6, 0, 0, 0, time.UTC)
			conformance.Run(t, conformance.Client{
				Live: Source{}, DataSet: dataSet, Want: w,
				Services: func() []standin.Dialect { return []standin.Dialect{standin.NewPVGIS().FirstDays(10)} },
			})
		})
	}
}

// A centre in the sea: the service refuses with its own words, and there is nothing.
func TestCentreInTheSea(t *testing.T) {
	w := want(t, 2023)
	s, err := standin.Listen(standin.NewPVGIS([2]float64{w.Members[0].Latitude, w.Members[0].Longitude}), standin.Options{Clock: func() time.Time { return w.Now }})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for i, p := range (Source{}).Pieces(calc, w) {
		var parts []pipeline.Part
		if err := (Source{}).Fetch(context.Background(), calc, p, s.Ask(&parts)); errors.Is(err, pipeline.ErrNothing) != (i == 0) || len(parts) != i {
			t.Errorf("%s: %v, %d parts", p.Key, err, len(parts))
		}
	}
}
