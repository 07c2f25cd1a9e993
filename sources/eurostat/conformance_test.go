package eurostat

import (
	"testing"
	"time"

	"samkraft/sources/conformance"
	"samkraft/sources/standin"
)

func TestConformance(t *testing.T) {
	for _, dataSet := range []string{annual, monthly} {
		t.Run(dataSet, func(t *testing.T) {
			w := want(t, "DK 253", "SE 1315", "SE 1380")
			w.Now = time.Date(2024, 9, 20, 6, 0, 0, 0, time.UTC)
			conformance.Run(t, conformance.Client{
				Live: Source{}, DataSet: dataSet, Want: w,
				Services: func() []standin.Dialect { return []standin.Dialect{standin.NewEurostat(2022)} },
			})
		})
	}
}
