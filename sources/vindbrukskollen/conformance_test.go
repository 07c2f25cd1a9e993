package vindbrukskollen_test

import (
	"testing"
	"time"

	"samkraft/pipeline"
	"samkraft/sources/conformance"
	"samkraft/sources/standin"
	"samkraft/sources/vindbrukskollen"
)

func TestConformance(t *testing.T) {
	conformance.Run(t, conformance.Client{
		Live: vindbrukskollen.Source{}, DataSet: "Vindkraftverk", Want: pipeline.Want{Now: time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)},
		Services: func() []standin.Dialect {
			register := standin.NewVindbrukskollen(60)
			register.Page = 12
			return []standin.Dialect{register}
		},
		LiveOnly: "a page is one of many, and nothing in it says of how many",
	})
}
