package report

import (
	"html/template"

	"samkraft/sinks/portal"
	"samkraft/sinks/tables"
)

// agreements is the section of who signs what, and who gains and loses by it.
type agreements struct {
	List    template.HTML // table
	Scale   template.HTML // what the gain of joint buying and staffing rests on; "" without any
	Promise template.HTML
	Losses  []template.HTML
	Whole   template.HTML // table
	Sharing []template.HTML
	Shares  template.HTML // table; "" where there is nothing to share
}

func (r *report) agreements() agreements {
	if !r.some {
		return agreements{}
	}
	page := agreements{Promise: r.Promise(r.all), Losses: r.losses(), Whole: r.whole()}
	var cells [][]template.HTML
	var scale []template.HTML
	for a := range r.Table("agreement").All() {
		if a.Text("mechanism") == "scale" {
			scale = append(scale, r.Local("title", a))
		}
		id := a.Text("agreement_id")
		joint := r.Table("joint_savings").Where("agreement_id", id)
		cells = append(cells, []template.HTML{
			r.Local("title", a), r.Status(a), plainText(r.Names(r.signatories(id))), r.Money("gain_eur", joint...), r.Money("gain_p10_eur", joint...), r.Money("gain_p90_eur", joint...),
			plainText(r.lang.Code("gain_nature", a.Text("gain_nature"))),
		})
	}
	page.List = r.Grid(r.say("agreements_table"), r.heads("agreement", "status", "signs", "#gain_year", "#low_end", "#high_end", "nature"), cells)
	if len(scale) > 0 {
		page.Scale = r.say("agreements_scale", "titles", r.Enumerate(scale))
	}
	r.sharing(&page)
	return page
}

// incidence is what an agreement does to a member.
func (r *report) incidence(m portal.Member, id string) (tables.Row, bool) {
	found := r.of(m, "agreement_incidence", "agreement_id", id)
	if len(found) == 0 {
		return tables.Row{}, false
	}
	return found[0], true
}

// signatories are the names of those who have signed an agreement.
func (r *report) signatories(id string) []string {
	return r.names(id, func(i tables.Row) bool { return i.Bool("signs") })
}

// losers are the names of those who lose by an agreement.
func (r *report) losers(id string) []string {
	return r.names(id, func(i tables.Row) bool { return i.Bool("loses") })
}

func (r *report) names(id string, choose func(tables.Row) bool) []string {
	var names []string
	for _, m := range r.Members() {
		if i, ok := r.incidence(m, id); ok && choose(i) {
			names = append(names, m.Name)
		}
	}
	return names
}

// losses say who loses by what, and whose leaving would cost most.
func (r *report) losses() []template.HTML {
	var dearest tables.Row
	var who string
	greatest := 0.0
	for _, m := range r.Members() {
		i, ok := r.incidence(m, tables.AllAgreements)
		if !ok {
			continue
		}
		if v, _ := portal.Amount(i, "exit_value_eur"); v > greatest {
			greatest, dearest, who = v, i, m.Name
		}
	}
	all := r.Losses()
	if greatest > 0 {
		all = append(all, r.say("leaves_most", "member", who, "money", r.Money("exit_value_eur", dearest)))
	}
	return all
}

// whole is what each agreement gives each member, and all of them together.
func (r *report) whole() template.HTML {
	head := r.heads("member")
	var ids []string
	for a := range r.Table("agreement").All() {
		if a.Text("gain_nature") == "resource" {
			ids = append(ids, a.Text("agreement_id"))
			head = append(head, portal.Heading{Text: r.Local("title", a), Figures: true})
		}
	}
	head = append(head, r.heads("#all_together", "#gains_in")...)
	var cells [][]template.HTML
	for _, m := range r.Members() {
		row := []template.HTML{plainText(m.Name)}
		for _, id := range ids {
			row = append(row, r.gainOf(m, id))
		}
		row = append(row, r.gainOf(m, tables.AllAgreements))
		if i, ok := r.incidence(m, tables.AllAgreements); ok {
			row = append(row, r.Percent("gain_probability", i))
		} else {
			row = append(row, r.say("not_known"))
		}
		cells = append(cells, row)
	}
	return r.Grid(r.say("whole_table"), head, cells)
}

// gainOf is what a member gains by an agreement, with a word where that is a loss.
func (r *report) gainOf(m portal.Member, id string) template.HTML {
	i, ok := r.incidence(m, id)
	switch {
	case !ok:
		return r.say("not_known")
	case !i.Bool("signs"):
		return r.say("has_not_signed")
	case i.Bool("loses") && !i.Null("gain_eur"):
		return `<strong class="loss">` + r.say("loses") + " " + r.Money("-gain_eur", i) + `</strong>`
	}
	return r.Money("gain_eur", i)
}
