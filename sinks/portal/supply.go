package portal

import (
	"fmt"
	"html/template"
	"strings"

	"samkraft/sinks/chart"
	"samkraft/sinks/tables"
)

// supply is the page of the members' savings, cheapest first.
type supply struct {
	Joint   template.HTML
	Steps   grid
	Members grid
	Targets template.HTML // what they ask for together
	Own     []ownCurve
}

// ownCurve is the curve of one member.
type ownCurve struct {
	ID   string
	Name string
	Draw template.HTML
}

func supplyOf(s *scribe) (any, error) {
	joint := s.table("supply_curve").Where("scope", "joint")
	page := supply{Joint: s.jointCurve(), Steps: s.steps(joint)}
	if all := s.targets(); all.known() {
		page.Targets = s.say("supply_targets", "energy", s.energy(all))
	}
	page.Members = grid{Caption: s.say("supply_members"), Head: s.heads("member", "#all_measures", "#target", "#last_price")}
	for _, m := range s.members {
		own := s.of(m, "supply_curve", "scope", "member")
		row := line{Name: template.HTML(fmt.Sprintf(`<a href="#own-%s">%s</a>`, m.code, template.HTMLEscapeString(m.name)))}
		if len(own) == 0 {
			row.Name = plainText(m.name)
			row.Cells = []field{num(s.say("nothing")), num(s.targetOf(m)), num(s.say("no_figure"))}
		} else {
			last := own[len(own)-1]
			row.Cells = []field{num(s.energy(at(last, "cumulative_mwh"))), num(s.targetOf(m)), num(s.dearest(m, own))}
			page.Own = append(page.Own, ownCurve{"own-" + m.code, m.name, s.curve(m.code, "supply_own", "supply_own_see", own)})
		}
		page.Members.Rows = append(page.Members.Rows, row)
	}
	return page, nil
}

// jointCurve draws the savings of all members, with the sum of their targets.
func (s *scribe) jointCurve() template.HTML {
	targets := chart.Marker{Name: s.text("sum_of_targets"), At: s.value(s.targets()), Upright: true}
	return s.curve("joint", "supply_joint", "supply_joint_see", s.table("supply_curve").Where("scope", "joint"), targets)
}

// curve draws steps in their order, each with the colour of the member at whom it is.
// Steps that cost more than the price assumed for what measures do not reach are left
// to the table: they would hide all others.
func (s *scribe) curve(id, title, see string, steps []tables.Row, markers ...chart.Marker) template.HTML {
	c := chart.Steps{
		Title: s.text(title), Desc: s.text(see), Unit: s.perMWh(), Head: s.text("measure"), MemberHead: s.text("member"), HeightName: s.text("net_cost"), WidthName: s.text("saved_a_year"),
		Format: s.threeDigits, WidthFormat: s.lang.Energy, Words: s.chartWords(), Members: s.memberKeys(), Markers: markers,
	}
	backstop, known := s.table("factor").First("factor_id", "price_backstop")
	most := 0.0
	if known {
		most, known = backstop.Number("value")
	}
	for _, r := range steps {
		if price, _ := r.Number("step_eur_per_mwh"); known && price > most {
			continue
		}
		c.Blocks = append(c.Blocks, chart.Block{
			Name: s.plainMeasure(r), Member: s.memberIndex(r.Text("home_country"), r.Text("home_muni_code")),
			Width: s.value(at(r, "step_mwh")), Height: s.moneyValue(at(r, "step_eur_per_mwh")),
		})
	}
	drawing := s.inMoney(s.figure("curve-"+id, see, c))
	if known && len(c.Blocks) < len(steps) {
		drawing += `<p class="note">` + s.say("supply_left_out", "price", s.perUnit(at(backstop, "value"), "MWh")) + `</p>`
	}
	return drawing
}

// memberKeys are the members with their colours.
func (s *scribe) memberKeys() []chart.Key {
	var keys []chart.Key
	for i, m := range s.members {
		keys = append(keys, chart.Key{Name: m.name, Colour: i%8 + 1})
	}
	return keys
}

// perMWh is the unit of a price on a chart.
func (s *scribe) perMWh() string {
	return strings.Replace(s.lang.Unit("EUR/MWh"), "EUR", s.currencyName(), 1)
}

// threeDigits writes a number of a chart.
func (s *scribe) threeDigits(v float64) string { return s.lang.Significant(v, digits) }

// steps lists the joint curve: whose step it is, what it saves and what it costs.
func (s *scribe) steps(joint []tables.Row) grid {
	g := grid{Caption: s.say("supply_steps"), Head: s.heads("measure", "member", "stock", "#saved_a_year", "#net_cost", "#carbon_cut", "#saved_so_far")}
	for _, r := range joint {
		g.Rows = append(g.Rows, line{Name: s.measure(r, "home_country", "home_muni_code"), Cells: []field{
			word(plainText(s.memberOf(r.Text("home_country"), r.Text("home_muni_code")))), word(plainText(s.code(r, "stock"))),
			num(s.energy(at(r, "step_mwh"))), num(s.perUnit(at(r, "step_eur_per_mwh"), "MWh")), num(s.mass(at(r, "step_t"))), num(s.energy(at(r, "cumulative_mwh"))),
		}})
	}
	return g
}

// targets is the sum of the members' targets of energy.
func (s *scribe) targets() figure {
	return sum(s.table("target").Where("counts", "energy"), "target_mwh")
}

// targetOf is what a member's target of energy asks to be saved.
func (s *scribe) targetOf(m member) template.HTML {
	if r, ok := s.one(m, "target", "counts", "energy"); ok {
		return s.energy(at(r, "target_mwh"))
	}
	return s.say("no_target")
}

// dearest is what the last step costs that a member needs for its own target.
func (s *scribe) dearest(m member, own []tables.Row) template.HTML {
	target, ok := s.one(m, "target", "counts", "energy")
	if !ok {
		return s.say("no_figure")
	}
	need, known := target.Number("target_mwh")
	for _, r := range own {
		if sofar, _ := r.Number("cumulative_mwh"); known && sofar >= need {
			return s.perUnit(at(r, "step_eur_per_mwh"), "MWh")
		}
	}
	return s.say("out_of_reach")
}

// memberIndex is the place of a municipality among the members; the first where it is
// none of them.
func (s *scribe) memberIndex(country, code string) int {
	for i, m := range s.members {
		if m.country == country && m.code == code {
			return i
		}
	}
	return 0
}
