package report

import (
	"html/template"
	"slices"

	"samkraft/sinks/chart"
	"samkraft/sinks/tables"
)

// reach is the section of what is within reach: renewable energy and savings.
type reach struct {
	Sentences  []template.HTML
	Potentials template.HTML // drawing
	Savings    []template.HTML
	Strongest  template.HTML // table
	Curve      template.HTML // drawing
}

// most is how many savings are listed.
const most = 6

func (r *report) reach() reach {
	page := reach{Sentences: []template.HTML{r.say("reach_about")}}
	c := chart.Bars{Title: r.text("reach_chart"), Desc: r.text("reach_see"), Head: r.text("resource"), Horizontal: true, Format: r.lang.Energy, Words: r.ChartWords(),
		Series: []chart.Series{{Name: r.text("realisable")}, {Name: r.text("used_today")}}}
	var left []tables.Row
	var unknown []string
	greatest := 0.0
	for _, resource := range r.resources() {
		all := r.Table("renewable_potential").Where("level", "realisable", "case", "central", "resource", resource)
		switch v, known := sum(all, "unused_mwh"); {
		case !known:
			unknown = append(unknown, r.lang.Code("resource", resource))
		case v > greatest:
			greatest, left = v, all
		}
		_, within := sum(all, "energy_mwh")
		if _, used := sum(all, "used_mwh"); !within && !used {
			continue // the pages say why
		}
		c.Categories = append(c.Categories, r.lang.Code("resource", resource))
		c.Series[0].Values = append(c.Series[0].Values, r.Value("energy_mwh", all...))
		c.Series[1].Values = append(c.Series[1].Values, r.Value("used_mwh", all...))
	}
	if greatest > 0 {
		page.Sentences = append(page.Sentences, r.say("reach_most", "resource", r.lang.Code("resource", left[0].Text("resource")), "energy", r.Energy("unused_mwh", left...)))
		if len(unknown) > 0 {
			page.Sentences = append(page.Sentences, r.say("reach_left_unknown", "resources", r.Names(unknown)))
		}
	} else {
		page.Sentences = append(page.Sentences, r.say("reach_unknown"))
	}
	page.Potentials = r.Figure("reach", r.text("reach_see"), c)
	r.savings(&page)
	return page
}

// resources are those whose potentials stand beside each other.
func (r *report) resources() []string {
	return slices.DeleteFunc(r.Table("renewable_potential").Distinct("resource"), func(id string) bool { return slices.Contains(tables.SolarParts(), id) })
}

// savings are the measures that bring most, and the curve of them all.
func (r *report) savings(page *reach) {
	if _, known := sum(r.targets(), "target_mwh"); known {
		page.Savings = append(page.Savings, r.say("savings_targets", "energy", r.Energy("target_mwh", r.targets()...)))
	}
	page.Curve = r.SavingsCurve()
	steps := r.Strongest(most)
	if len(steps) == 0 {
		page.Savings = append(page.Savings, r.say("savings_none"))
		return
	}
	page.Savings = append(page.Savings, r.say("savings_see"))
	var cells [][]template.HTML
	for _, step := range steps {
		cells = append(cells, []template.HTML{
			r.Measure(step), plainText(r.MemberOf(step)), plainText(r.lang.Code("stock", step.Text("stock"))), r.Energy("step_mwh", step), r.Price("step_eur_per_mwh", step), r.Mass("step_t", step),
		})
	}
	page.Strongest = r.Grid(r.say("savings_table"), r.heads("measure", "member", "stock", "#saved_a_year", "#net_price", "#carbon_cut"), cells)
}
