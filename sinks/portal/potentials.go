package portal

import (
	"html/template"
	"math"
	"slices"
	"strings"

	"samkraft/sinks/chart"
	"samkraft/sinks/tables"
)

// potentials is the page of renewable energy within reach beside what is used.
type potentials struct {
	Members []memberPotential
	Curves  []supplyOfCarrier
	Land    grid
	Stocks  grid
}

// memberPotential is what is within reach of one member.
type memberPotential struct {
	ID, Name string
	Bars     template.HTML
	Table    grid
	Compete  template.HTML // "" where every case is more than the one below it
}

// supplyOfCarrier is a supply curve of all members for one carrier.
type supplyOfCarrier struct {
	ID    string
	Name  template.HTML
	Draw  template.HTML
	Table grid
}

func potentialsOf(s *scribe) (any, error) {
	page := potentials{}
	for _, m := range s.members {
		page.Members = append(page.Members, s.potentialOf(m))
	}
	rows := s.table("renewable_supply").Where("case", "central")
	for _, c := range inOrder(rows, "carrier_id", carrierOrder) {
		if curve, some := s.renewables(c, pick(rows, "carrier_id", c)); some {
			page.Curves = append(page.Curves, curve)
		}
	}
	page.Land = s.ledger("land_ledger", "land_class", "area_ha", "ledger_land")
	page.Stocks = s.ledger("resource_ledger", "stock", "energy_mwh", "ledger_stock")
	return page, nil
}

// potentialOf is what a member can realise beside what it uses.
func (s *scribe) potentialOf(m member) memberPotential {
	page := memberPotential{ID: "member-" + m.code, Name: m.name}
	page.Table = grid{Caption: s.say("potential_table", "member", m.name),
		Head: s.heads("resource", "#theoretical", "#technical", "#realisable", "#potential_low", "#potential_high", "grade", "#used_today", "of_year", "#unused")}
	bars := chart.Bars{Title: s.text("potential_bars"), Desc: s.text("potential_bars_see"), Head: s.text("resource"), Horizontal: true, Format: s.lang.Energy, Words: s.chartWords(),
		Series: []chart.Series{{Name: s.text("realisable")}, {Name: s.text("used_today")}}}
	rows := s.of(m, "renewable_potential", "level", "realisable", "case", "central")
	slices.SortStableFunc(rows, func(a, b tables.Row) int { return strings.Compare(beforeParts(a), beforeParts(b)) })
	var competing []string
	for _, r := range rows {
		resource := r.Text("resource")
		name := s.resourceName(r)
		other := func(level, which string) template.HTML {
			found, ok := s.one(m, "renewable_potential", "resource", resource, "level", level, "case", which)
			if !ok {
				return s.say("no_figure")
			}
			return s.energy(at(found, "energy_mwh"))
		}
		page.Table.Rows = append(page.Table.Rows, line{Name: plainText(name) + "<small>" + s.resourceReason(r) + "</small>", Cells: []field{
			num(other("theoretical", "central")), num(other("technical", "central")), num(s.energy(at(r, "energy_mwh"))),
			num(other("realisable", "low")), num(other("realisable", "high")), word(s.quote(r, "grade")), num(s.energy(at(r, "used_mwh"))), word(s.dayOrNone(r, "used_year")),
			num(s.energy(at(r, "unused_mwh"))),
		}})
		if !s.rises(m, resource) {
			competing = append(competing, lowerFirst(s.code(r, "resource")))
		}
		if at(r, "energy_mwh").known() {
			bars.Categories = append(bars.Categories, name)
			bars.Series[0].Values = append(bars.Series[0].Values, s.value(at(r, "energy_mwh")))
			bars.Series[1].Values = append(bars.Series[1].Values, s.value(at(r, "used_mwh")))
		}
	}
	page.Bars = s.figure("potential-"+m.code, "potential_bars_see", bars)
	if len(competing) > 0 {
		page.Compete = s.say("potential_compete", "resources", s.list(competing))
	}
	return page
}

// solar is the resource that is the sum of others, whose names begin with it.
const solar = "solar"

// isSolarPart reports whether a resource is part of the solar power that has a row of
// its own.
func isSolarPart(resource string) bool { return slices.Contains(tables.SolarParts(), resource) }

// beforeParts sorts resources by their names, the parts of a sum right below it.
func beforeParts(r tables.Row) string {
	if resource := r.Text("resource"); isSolarPart(resource) {
		return solar + " " + resource
	}
	return r.Text("resource")
}

// resourceName is what a resource is called, marked where it is the sum of others or a
// part of it.
func (s *scribe) resourceName(r tables.Row) string {
	name := s.code(r, "resource")
	switch resource := r.Text("resource"); {
	case resource == solar:
		return texts.Text(s.lang, "sum_of_parts", "name", name)
	case isSolarPart(resource):
		return texts.Text(s.lang, "of_which", "name", lowerFirst(name))
	}
	return name
}

// resourceReason is the reason of a potential, in which resources have their names and
// not their ids.
func (s *scribe) resourceReason(r tables.Row) template.HTML {
	said, known := s.lang.Reason(r.Text("reason"))
	named := said
	for _, id := range tables.SolarParts() {
		named = strings.ReplaceAll(named, id, lowerFirst(s.lang.Code("resource", id)))
	}
	if !known || named == said {
		return s.reason(r, "reason")
	}
	return s.said(r, "reason", named)
}

// rises reports whether the low, central and high case of what is realisable rise in
// this order, as far as they are known.
func (s *scribe) rises(m member, resource string) bool {
	last := math.Inf(-1)
	for _, which := range []string{"low", "central", "high"} {
		r, ok := s.one(m, "renewable_potential", "resource", resource, "level", "realisable", "case", which)
		if !ok {
			continue
		}
		if v, known := r.Number("energy_mwh"); known {
			if v < last {
				return false
			}
			last = v
		}
	}
	return true
}

// renewables is the joint supply curve of a carrier, and whether it has a step.
func (s *scribe) renewables(carrier string, rows []tables.Row) (supplyOfCarrier, bool) {
	rows = slices.DeleteFunc(slices.Clone(rows), func(r tables.Row) bool { return r.Null("joint_rank") })
	slices.SortStableFunc(rows, func(a, b tables.Row) int {
		x, _ := a.Int("joint_rank")
		y, _ := b.Int("joint_rank")
		return int(x - y)
	})
	page := supplyOfCarrier{ID: "carrier-" + carrier, Name: s.named("carrier", "carrier_id", carrier)}
	page.Table = grid{Caption: s.say("renewables_of", "carrier", page.Name), Head: s.heads("plant", "member", "#made_a_year", "#power", "#cost_of_it", "#worth", "#carbon_cut", "grade")}
	c := chart.Steps{Title: s.text("renewables_table"), Desc: s.text("renewables_see"), Unit: s.perMWh(), Head: s.text("plant"), MemberHead: s.text("member"),
		HeightName: s.text("cost_of_it"), WidthName: s.text("made_a_year"), Format: s.threeDigits, WidthFormat: s.lang.Energy, Words: s.chartWords(), Members: s.memberKeys()}
	for _, r := range rows {
		where := s.memberOf(r.Text("country"), r.Text("muni_code"))
		page.Table.Rows = append(page.Table.Rows, line{Name: plainText(s.code(r, "resource")), Cells: []field{
			word(plainText(where)), num(s.energy(at(r, "energy_mwh"))), num(s.power(at(r, "power_mw"))), num(s.perUnit(at(r, "lcoe_eur_per_mwh"), "MWh")),
			num(s.perUnit(at(r, "value_eur_per_mwh"), "MWh")), num(s.mass(at(r, "saved_t"))), word(s.quote(r, "grade")),
		}})
		c.Blocks = append(c.Blocks, chart.Block{Name: s.code(r, "resource"), Member: s.memberIndex(r.Text("country"), r.Text("muni_code")),
			Width: s.value(at(r, "energy_mwh")), Height: s.moneyValue(at(r, "lcoe_eur_per_mwh"))})
	}
	page.Draw = s.inMoney(s.figure("renewables-"+carrier, "renewables_see", c))
	return page, len(rows) > 0
}

// ledger lists what land or a stock is divided into, by member.
func (s *scribe) ledger(table, class, amount, caption string) grid {
	g := grid{Caption: s.say(caption), Head: []field{word(s.say("divided")), word(s.say("divided_into"))}}
	for _, m := range s.members {
		g.Head = append(g.Head, num(plainText(m.name)))
	}
	type key struct{ class, use string }
	var order []key
	for r := range s.table(table).All() {
		if k := (key{r.Text(class), r.Text("use")}); !slices.Contains(order, k) {
			order = append(order, k)
		}
	}
	for _, k := range order {
		row := line{Name: plainText(s.lang.Code(class, k.class)), Cells: []field{word(plainText(s.lang.Code("use", k.use)))}}
		for _, m := range s.members {
			cell := s.say("no_figure")
			if r, ok := s.one(m, table, class, k.class, "use", k.use); ok && amount == "area_ha" {
				cell = s.unit(at(r, amount), "ha")
			} else if ok {
				cell = s.energy(at(r, amount))
			}
			row.Cells = append(row.Cells, num(cell))
		}
		g.Rows = append(g.Rows, row)
	}
	return g
}
