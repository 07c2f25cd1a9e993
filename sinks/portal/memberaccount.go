package portal

import (
	"html/template"
	"slices"

	"samkraft/sinks/chart"
)

// memberAccount is the page of one member's energy account.
type memberAccount struct {
	Year    template.HTML
	Use     grid
	Scope   []template.HTML // what the account counts, and what not
	Flow    template.HTML
	Weather grid
	Bars    template.HTML
	Stocks  grid
	Carbon  grid
}

func memberAccountOf(s *scribe, m member) (any, error) {
	b := s.balanceOf(m)
	page := memberAccount{Year: s.yearOf(b), Use: s.useOf(b), Flow: s.flowOf(b), Stocks: s.stocksOf(m), Carbon: s.memberCarbon(b)}
	page.Weather, page.Bars = s.weather(b)
	if !b.fuelled() {
		page.Scope = append(page.Scope, s.say("account_member_wires"))
		if own := s.ownHeat(m); own.known() {
			page.Scope = append(page.Scope, s.say("account_member_own", "energy", s.estimated(own)))
		}
	}
	if text := s.heatElsewhere(b); text != "" {
		page.Scope = append(page.Scope, text)
	}
	if slices.Contains(b.used(), "ambient_heat") {
		page.Scope = append(page.Scope, s.say("account_member_ambient"))
	}
	return page, nil
}

// useOf is the final use by sector and carrier.
func (s *scribe) useOf(b balance) grid {
	carriers, sectors := b.used(), b.users()
	g := grid{Caption: s.say("account_matrix"), Head: []field{word(s.say("sector"))}}
	for _, c := range carriers {
		g.Head = append(g.Head, num(s.named("carrier", "carrier_id", c)))
	}
	g.Head = append(g.Head, num(s.say("total")))
	for _, sector := range sectors {
		row := line{Name: s.named("sector", "sector_id", sector)}
		for _, c := range carriers {
			row.Cells = append(row.Cells, num(s.energyOrNone(only(b.parts("FINAL", "carrier_id", c, "sector_id", sector), "energy_mwh"))))
		}
		row.Cells = append(row.Cells, num(s.energyOrNone(b.useOf(sector))))
		g.Rows = append(g.Rows, row)
	}
	foot := line{Name: s.say("total"), Class: "total"}
	for _, c := range carriers {
		foot.Cells = append(foot.Cells, num(s.energyOrNone(b.use(c))))
	}
	foot.Cells = append(foot.Cells, num(s.energyOrNone(only(pick(b.rows, "flow", "FINAL", "carrier_id", "TOTAL", "sector_id", "TOTAL"), "energy_mwh"))))
	g.Rows = append(g.Rows, foot)
	return g
}

// weather is the final use by carrier as it was and in normal weather.
func (s *scribe) weather(b balance) (grid, template.HTML) {
	rows := s.of(b.member, "energy_normalised", "year", b.year)
	g := grid{Caption: s.say("account_weather_carrier"), Head: s.heads("carrier", "#as_measured", "#in_normal_weather", "reason")}
	bars := chart.Bars{Title: s.text("account_weather_carrier"), Desc: s.text("account_weather_bars"), Head: s.text("carrier"), Horizontal: true, Format: s.lang.Energy, Words: s.chartWords(),
		Series: []chart.Series{{Name: s.text("as_measured")}, {Name: s.text("in_normal_weather")}}}
	for _, c := range inOrder(rows, "carrier_id", carrierOrder) {
		parts := pick(rows, "carrier_id", c)
		was, normal := sum(parts, "energy_mwh"), sum(parts, "normalised_mwh")
		if v, known := was.value(); known && v == 0 {
			continue
		}
		reason := s.say("no_figure")
		for _, r := range parts {
			if r.Text("value_status") == "suppressed" && b.use(c).known() {
				reason = s.say("account_weather_secret")
				break
			}
			if r.Null("normalised_mwh") && !r.Null("reason") {
				reason = s.reason(r, "reason")
				break
			}
		}
		name := s.named("carrier", "carrier_id", c)
		g.Rows = append(g.Rows, line{Name: name, Cells: []field{num(s.energy(was)), num(s.energy(normal)), word(reason)}})
		bars.Categories = append(bars.Categories, s.plainName("carrier", "carrier_id", c))
		bars.Series[0].Values = append(bars.Series[0].Values, s.value(was))
		bars.Series[1].Values = append(bars.Series[1].Values, s.value(normal))
	}
	if len(g.Rows) == 0 {
		return g, ""
	}
	return g, s.figure("weather", "account_weather_bars", bars)
}

// stocksOf are the stocks on which measures can act.
func (s *scribe) stocksOf(m member) grid {
	g := grid{Caption: s.say("account_stocks"), Head: s.heads("stock", "of_year", "#as_measured", "#at_least", "#at_most", "#in_normal_weather", "grade", "made_how")}
	for _, r := range s.of(m, "end_use") {
		g.Rows = append(g.Rows, line{Name: plainText(s.code(r, "stock")), Cells: []field{
			word(s.year(r, "year")), num(s.energy(at(r, "energy_mwh"))), num(s.energy(at(r, "low_mwh"))), num(s.energy(at(r, "high_mwh"))),
			num(s.energy(at(r, "normalised_mwh"))), word(s.quote(r, "grade")), word(s.reason(r, "reason")),
		}})
	}
	return g
}

// memberCarbon is the CO2 of the final use, by carrier.
func (s *scribe) memberCarbon(b balance) grid {
	g := grid{Caption: s.say("account_carbon"), Head: s.heads("carrier", "#carbon_fossil", "#carbon_biogenic", "#energy_of_it")}
	rows := s.of(b.member, "emission", "year", b.year, "view", "consumption")
	carriers := inOrder(rows, "carrier_id", carrierOrder)
	carriers = slices.DeleteFunc(carriers, func(c string) bool { return c == "TOTAL" })
	for _, c := range carriers {
		energy := s.carbonOf(b, c, "energy_mwh")
		if v, known := energy.value(); known && v == 0 {
			continue
		}
		g.Rows = append(g.Rows, line{Name: s.named("carrier", "carrier_id", c), Cells: []field{
			num(s.mass(s.carbonOf(b, c, "t_co2"))), num(s.mass(s.carbonOf(b, c, "t_co2_biogenic"))), num(s.energy(energy)),
		}})
	}
	if s.heatElsewhere(b) != "" && !slices.Contains(carriers, "district_heat") {
		g.Rows = append(g.Rows, s.noCarbon(s.named("carrier", "carrier_id", "district_heat")))
	}
	if !b.fuelled() {
		g.Rows = append(g.Rows, s.noCarbon(s.say("other_fuel")))
	}
	return g
}

// noCarbon is the row of a carrier that is used and of which nobody has a figure.
func (s *scribe) noCarbon(name template.HTML) line {
	return line{Name: name, Cells: []field{num(s.mass(figure{})), num(s.mass(figure{})), num(s.energy(figure{}))}}
}
