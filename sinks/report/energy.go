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
	e := energy{Use: r.UseChart()}
	all := stocks{rows(r.Table("end_use")), rows(r.Table("stock_emission"))}
	whole := r.ofAll("end_use")
	if whole && all.known("energy_mwh") {
		e.Sentences = append(e.Sentences, r.say("energy_sum", "energy", r.Energy("energy_mwh", all.use...)))
	} else {
		e.Sentences = append(e.Sentences, r.say("energy_unknown"))
	}
	if whole && all.known("normalised_mwh") {
		e.Sentences = append(e.Sentences, r.say("energy_normal", "energy", r.Energy("normalised_mwh", all.use...)))
	} else {
		e.Sentences = append(e.Sentences, r.say("energy_normal_unknown"))
	}
	var cells [][]template.HTML
	var most portal.Member
	greatest, countries := 0.0, map[string]bool{}
	for _, m := range r.Members() {
		own := stocks{r.of(m, "end_use"), r.of(m, "stock_emission")}
		if v, known := sum(own.use, "energy_mwh"); known && v > greatest {
			greatest, most = v, m
		}
		countries[m.Country] = true
		cells = append(cells, append(r.stocks(plainText(m.Name), own), r.targetOf(m)))
	}
	if greatest > 0 && len(cells) > 1 {
		e.Sentences = append(e.Sentences, r.say("energy_most", "member", most.Name, "energy", r.Energy("energy_mwh", r.of(most, "end_use")...)))
	}
	if len(countries) > 1 {
		e.Sentences = append(e.Sentences, r.say("energy_both"))
	}
	if whole {
		cells = append(cells, append(r.stocks(r.say("all_together"), all), r.Energy("target_mwh", r.targets()...)))
	}
	e.Members = r.Grid(r.say("energy_table"), r.heads("member", "#as_measured", "#in_normal_weather", "#carbon", "#target"), cells)
	return e
}

// stocks are rows of table end_use, and of table stock_emission about the same.
type stocks struct{ use, carbon []tables.Row }

// known reports whether a column of all uses is known.
func (s stocks) known(column string) bool {
	_, known := sum(s.use, column)
	return known
}

// stocks writes energy, the same in normal weather, and CO2. A use whose energy is not
// known has no row of CO2.
func (r *report) stocks(name template.HTML, s stocks) []template.HTML {
	carbon := r.say("not_known")
	if s.known("energy_mwh") {
		carbon = r.Mass("co2_t", s.carbon...)
	}
	return []template.HTML{name, r.Energy("energy_mwh", s.use...), r.Energy("normalised_mwh", s.use...), carbon}
}

// ofAll reports whether a table has something of every member, so that a sum of it is
// that of all.
func (r *report) ofAll(table string) bool {
	for _, m := range r.Members() {
		if len(r.of(m, table)) == 0 {
			return false
		}
	}
	return true
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
