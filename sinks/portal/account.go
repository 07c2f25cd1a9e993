package portal

import (
	"html/template"
	"slices"

	"samkraft/sinks/chart"
	"samkraft/sinks/tables"
)

// account is the page of all members' energy accounts side by side.
type account struct {
	Bars    template.HTML
	Use     grid
	Weather grid
	Carbon  grid
}

func accountOf(s *scribe) (any, error) { return s.account(), nil }

func (s *scribe) account() account {
	var balances []balance
	var carriers []string
	for _, m := range s.members {
		b := s.balanceOf(m)
		balances = append(balances, b)
		for _, c := range b.used() {
			if !slices.Contains(carriers, c) {
				carriers = append(carriers, c)
			}
		}
	}
	slices.SortStableFunc(carriers, func(a, b string) int { return slices.Index(carrierOrder, a) - slices.Index(carrierOrder, b) })
	page := account{}
	bars := chart.Bars{Title: s.text("account_use"), Desc: s.text("account_use_see"), Head: s.text("member"), Stacked: true, Horizontal: true, Format: s.lang.Energy, Words: s.chartWords()}
	page.Use = grid{Caption: s.say("account_use"), Head: []field{word(s.say("member")), word(s.say("of_year"))}}
	for _, c := range carriers {
		page.Use.Head = append(page.Use.Head, num(s.named("carrier", "carrier_id", c)))
		bars.Series = append(bars.Series, chart.Series{Name: s.plainName("carrier", "carrier_id", c)})
	}
	page.Use.Head = append(page.Use.Head, num(s.say("publisher_total")))
	page.Weather = grid{Caption: s.say("account_weather"), Head: s.heads("member", "#as_measured", "#in_normal_weather", "reason")}
	for _, b := range balances {
		bars.Categories = append(bars.Categories, b.member.name)
		row := line{Name: s.accountLink(b.member), Cells: []field{word(s.yearOf(b))}}
		for i, c := range carriers {
			use := b.use(c)
			bars.Series[i].Values = append(bars.Series[i].Values, s.value(use))
			row.Cells = append(row.Cells, num(s.energyOrNone(use)))
		}
		row.Cells = append(row.Cells, num(s.energyOrNone(only(pick(b.rows, "flow", "FINAL", "carrier_id", "TOTAL", "sector_id", "TOTAL"), "energy_mwh"))))
		page.Use.Rows = append(page.Use.Rows, row)
		page.Weather.Rows = append(page.Weather.Rows, s.weatherOf(b.member))
	}
	page.Bars = s.figure("use", "account_use_see", bars)
	page.Carbon = s.carbonOfAll(balances)
	return page
}

// only is the figure of the only row of a list, or none.
func only(rows []tables.Row, column string) figure {
	return figure{column, rows[:min(len(rows), 1)]}
}

// accountLink leads to a member's account.
func (s *scribe) accountLink(m member) template.HTML {
	return template.HTML(`<a href="` + s.up() + accountFile(m) + `.html">` + template.HTMLEscapeString(m.name) + `</a>`)
}

// yearOf writes the year of an account.
func (s *scribe) yearOf(b balance) template.HTML {
	if len(b.rows) == 0 {
		return s.say("not_known")
	}
	return s.year(b.rows[0], "year")
}

// energyOrNone writes energy, or a dash where no publisher has such a figure.
func (s *scribe) energyOrNone(f figure) template.HTML {
	if len(f.rows) == 0 {
		return s.say("no_figure")
	}
	if v, known := f.value(); known && v == 0 {
		return s.number(f)
	}
	mark := template.HTML("")
	if slices.ContainsFunc(f.rows, func(r tables.Row) bool { return r.Text("value_status") == "estimated" }) {
		mark = template.HTML(`<abbr title="` + template.HTMLEscapeString(s.lang.Code("value_status", "estimated")) + `">≈</abbr> `)
	}
	return mark + s.energy(f)
}

// weatherOf is the energy of a member's stocks as measured and in normal weather.
func (s *scribe) weatherOf(m member) line {
	stocks := s.of(m, "end_use")
	normal := sum(stocks, "normalised_mwh")
	reason := s.say("no_figure")
	if !normal.known() {
		reason = s.whyNotNormal(m)
	}
	return line{Name: s.accountLink(m), Cells: []field{num(s.energy(sum(stocks, "energy_mwh"))), num(s.energy(normal)), word(reason)}}
}

// whyNotNormal says why a member's energy is not corrected for weather.
func (s *scribe) whyNotNormal(m member) template.HTML {
	for _, r := range s.of(m, "energy_normalised") {
		if r.Null("normalised_mwh") && !r.Null("energy_mwh") {
			return s.reason(r, "reason")
		}
	}
	return s.say("not_known")
}

// carbonOf is the CO2 of a carrier's use: of the publisher's total, or of the sectors.
func (s *scribe) carbonOf(b balance, carrier, column string) figure {
	rows := s.of(b.member, "emission", "year", b.year, "carrier_id", carrier, "view", "consumption")
	if whole := pick(rows, "is_total", true); len(whole) == 1 && !whole[0].Null(column) {
		return at(whole[0], column)
	}
	return sum(pick(rows, "is_total", false), column)
}

func (s *scribe) carbonOfAll(balances []balance) grid {
	var rows []tables.Row
	for _, b := range balances {
		rows = append(rows, s.of(b.member, "emission", "year", b.year, "view", "consumption")...)
	}
	var some []tables.Row
	for _, r := range rows {
		if v, known := r.Number("t_co2"); (!known || v != 0) && r.Text("carrier_id") != "TOTAL" {
			some = append(some, r)
		}
	}
	carriers := inOrder(some, "carrier_id", carrierOrder)
	g := grid{Caption: s.say("account_carbon"), Head: []field{word(s.say("member"))}}
	for _, c := range carriers {
		g.Head = append(g.Head, num(s.named("carrier", "carrier_id", c)))
	}
	for _, b := range balances {
		row := line{Name: s.accountLink(b.member)}
		for _, c := range carriers {
			f := s.carbonOf(b, c, "t_co2")
			if len(f.rows) == 0 {
				row.Cells = append(row.Cells, num(s.say("no_figure")))
				continue
			}
			row.Cells = append(row.Cells, num(s.mass(f)))
		}
		g.Rows = append(g.Rows, row)
	}
	return g
}
