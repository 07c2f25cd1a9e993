// Package catalogue lists the publishers that Samkraft knows.
package catalogue

import (
	"samkraft/pipeline"
	"samkraft/sources/balmorel"
	"samkraft/sources/boundary"
	"samkraft/sources/dmi"
	"samkraft/sources/doughnut"
	"samkraft/sources/dst"
	"samkraft/sources/energidataservice"
	"samkraft/sources/energimyndigheten"
	"samkraft/sources/energistyrelsen"
	"samkraft/sources/eurostat"
	"samkraft/sources/forbrugsudledninger"
	"samkraft/sources/klimaregnskabet"
	"samkraft/sources/klimatkollen"
	"samkraft/sources/opsd"
	"samkraft/sources/pvgis"
	"samkraft/sources/scb"
	"samkraft/sources/smhi"
	"samkraft/sources/technologydata"
	"samkraft/sources/vindbrukskollen"
)

// Sources returns every publisher, by id.
func Sources() []pipeline.Source {
	return []pipeline.Source{
		balmorel.Source{},
		boundary.Source{},
		dmi.Source{},
		doughnut.Source{},
		dst.Source{},
		energidataservice.Source{},
		energimyndigheten.Source{},
		energistyrelsen.Source{},
		eurostat.Source{},
		forbrugsudledninger.Source{},
		klimaregnskabet.Source{},
		klimatkollen.Source{},
		opsd.Source{},
		pvgis.Source{},
		scb.Source{},
		smhi.Source{},
		technologydata.Source{},
		vindbrukskollen.Source{},
	}
}
