package portal

import (
	"html/template"

	"samkraft/sinks/chart"
	"samkraft/sinks/tables"
)

// gainRanges shows how sure each member's gain is under the key of an agreement.
func (s *scribe) gainRanges(id, see string) template.HTML {
	c := chart.Ranges{
		Title: s.text("index_ranges"), Desc: s.text(see), Head: s.text("member"),
		LowName: s.text("low_end"), MiddleName: s.text("median"), HighName: s.text("high_end"), CentralName: s.text("central"),
		Format: s.currency, Words: s.chartWords(),
	}
	for _, m := range s.members {
		r, ok := s.one(m, "agreement_incidence", "agreement_id", id)
		if !ok || !r.Bool("signs") {
			continue
		}
		c.Rows = append(c.Rows, chart.Range{Name: m.name, Low: s.moneyValue(at(r, "low_eur")), Middle: s.moneyValue(at(r, "median_eur")),
			High: s.moneyValue(at(r, "high_eur")), Central: s.moneyValue(at(r, "gain_eur"))})
	}
	return s.inMoney(s.figure("ranges", see, c))
}

// gainMap shows the members, shaded by their gain by inhabitant.
func (s *scribe) gainMap() template.HTML {
	c := chart.Map{
		Title: s.text("index_map"), Desc: s.text("index_map_see"), Head: s.text("member"), ValueHead: s.text("per_head"),
		Format: s.currency, Words: s.chartWords(),
	}
	for _, m := range s.members {
		area := chart.Area{Name: m.name, Value: chart.Unknown(s.text("not_known"))}
		if r, ok := s.one(m, "boundary"); ok {
			area.GeoJSON = r.Text("geojson")
		}
		if r, ok := s.one(m, "allocation", "agreement_id", tables.AllAgreements, "rule", "agreed_keys"); ok {
			area.Value = s.moneyValue(at(r, "gain_eur_per_capita"))
		}
		c.Areas = append(c.Areas, area)
	}
	return s.inMoney(s.figure("map", "index_map_see", c))
}
