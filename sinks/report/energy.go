package report

import (
	"html/template"

	"samkraft/sinks/portal"
	"samkraft/sinks/tables"
)

// energy is the section of where the energy goes today.
type energy struct {
	Sentences []template.HTML
	Use       template.HTML // drawing
	Members   template.HTML // table
}

func (r *report) energy() energy {
	stocks, carbon := rows(r.Table("end_use")), rows(r.Table("stock_emission"))
	e := energy{Use: r.UseChart()}
	if _, known := sum(stocks, "energy_mwh"); known {
		e.Sentences = append(e.Sentences, r.say("energy_sum", "energy", r.Energy("energy_mwh", stocks...)))
	} else {
		e.Sentences = append(e.Sentences, r.say("energy_unknown"))
	}
	if _, known := sum(stocks, "normalised_mwh"); known {
		e.Sentences = append(e.Sentences, r.say("energy_normal", "energy", r.Energy("normalised_mwh", stocks...)))
	} else {
		e.Sentences = append(e.Sentences, r.say("energy_normal_unknown"))
	}
	var cells [][]template.HTML
	var most portal.Member
	greatest, countries := 0.0, map[string]bool{}
	for _, m := range r.Members() {
		own := r.of(m, "end_use")
		if v, known := sum(own, "energy_mwh"); known && v > greatest {
			greatest, most = v, m
		}
		countries[m.Country] = true
		cells = append(cells, []template.HTML{
			plainText(m.Name), r.Energy("energy_mwh", own...), r.Energy("normalised_mwh", own...), r.Mass("co2_t", r.of(m, "stock_emission")...), r.targetOf(m),
		})
	}
	if greatest > 0 && len(cells) > 1 {
		e.Sentences = append(e.Sentences, r.say("energy_most", "member", most.Name, "energy", r.Energy("energy_mwh", r.of(most, "end_use")...)))
	}
	if len(countries) > 1 {
		e.Sentences = append(e.Sentences, r.say("energy_both"))
	}
	cells = append(cells, []template.HTML{r.say("all_together"), r.Energy("energy_mwh", stocks...), r.Energy("normalised_mwh", stocks...), r.Mass("co2_t", carbon...), r.Energy("target_mwh", r.targets()...)})
	e.Members = r.Grid(r.say("energy_table"), r.heads("member", "#as_measured", "#in_normal_weather", "#carbon", "#target"), cells)
	return e
}

// targets are the members' targets of energy.
func (r *report) targets() []tables.Row { return r.Table("target").Where("counts", "energy") }

// targetOf is what a member's target of energy asks to be saved.
func (r *report) targetOf(m portal.Member) template.HTML {
	if own := r.of(m, "target", "counts", "energy"); len(own) > 0 {
		return r.Energy("target_mwh", own[0])
	}
	return r.say("no_target")
}

// rows are all rows of a table.
func rows(t *tables.Table) []tables.Row { return t.Where() }

// sum adds up a column, and reports whether all of it is known.
func sum(rows []tables.Row, column string) (float64, bool) {
	total := 0.0
	for _, r := range rows {
		v, known := r.Number(column)
		if !known {
			return 0, false
		}
		total += v
	}
	return total, len(rows) > 0
}
