package portal

import (
	"html/template"
	"slices"

	"samkraft/sinks/chart"
	"samkraft/sinks/tables"
)

// account is the page of all members' energy accounts side by side.
type account struct {
	Bars         template.HTML
	Use          grid
	UseScope     []template.HTML // what the bars and their table count, and what not
	Weather      grid
	WeatherScope []template.HTML
	Carbon       grid
	CarbonScope  []template.HTML
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
	fuel, wires := s.byFuel(balances)
	see, unnamed := "account_use_see", false
	if len(fuel) == 0 {
		see, unnamed = "account_use_see_wires", true // no column is of a fuel
	}
	bars := chart.Bars{Title: s.text("account_use"), Desc: s.text(see), Head: s.text("member"), Stacked: true, Horizontal: true, Format: s.lang.Energy, Words: s.chartWords()}
	page.Use = grid{Caption: s.say("account_use"), Class: "tight", Head: []field{word(s.say("member"))}}
	for _, c := range carriers {
		page.Use.Head = append(page.Use.Head, num(s.named("carrier", "carrier_id", c)))
		bars.Series = append(bars.Series, chart.Series{Name: s.plainName("carrier", "carrier_id", c)})
	}
	if unnamed {
		page.Use.Head = append(page.Use.Head, num(s.say("other_fuel")))
		bars.Series = append(bars.Series, chart.Series{Name: s.text("other_fuel")})
	}
	if len(wires) > 0 {
		page.Use.Head = append(page.Use.Head, num(s.say("own_heat_estimated")))
	}
	page.Use.Head = append(page.Use.Head, num(s.say("publisher_total")))
	page.Weather = grid{Caption: s.say("account_weather"), Head: s.heads("member", "#as_measured", "#in_normal_weather", "reason")}
	for _, b := range balances {
		bars.Categories = append(bars.Categories, b.member.name)
		row := line{Name: s.accountLink(b.member) + "<small>" + s.yearOf(b) + "</small>"}
		for i, c := range carriers {
			use := b.use(c)
			bars.Series[i].Values = append(bars.Series[i].Values, s.value(use))
			row.Cells = append(row.Cells, num(s.energyOrUnknown(use)))
		}
		if last := len(bars.Series) - 1; unnamed {
			bars.Series[last].Values = append(bars.Series[last].Values, s.value(figure{}))
			row.Cells = append(row.Cells, num(s.energyOrUnknown(figure{})))
		}
		if len(wires) > 0 && b.fuelled() {
			row.Cells = append(row.Cells, num(s.say("no_figure")))
		} else if len(wires) > 0 {
			row.Cells = append(row.Cells, num(s.estimated(s.ownHeat(b.member))))
		}
		row.Cells = append(row.Cells, num(s.energyOrNone(only(pick(b.rows, "flow", "FINAL", "carrier_id", "TOTAL", "sector_id", "TOTAL"), "energy_mwh"))))
		page.Use.Rows = append(page.Use.Rows, row)
		page.Weather.Rows = append(page.Weather.Rows, s.weatherOf(b.member))
	}
	page.Bars = s.figure("use", see, bars)
	page.Carbon = s.carbonOfAll(balances, unnamed)
	if len(fuel) > 0 {
		page.UseScope = append(page.UseScope, s.say("account_scope_all", "members", s.list(fuel)))
	}
	if len(wires) > 0 {
		page.UseScope = append(page.UseScope, s.say("account_scope_wires", "members", s.list(wires)))
		page.CarbonScope = append(page.CarbonScope, s.say("account_carbon_scope", "members", s.list(wires)))
	}
	if slices.Contains(carriers, "ambient_heat") {
		page.UseScope = append(page.UseScope, s.say("account_ambient"))
	}
	for _, b := range balances {
		if text := s.heatElsewhere(b); text != "" {
			page.UseScope = append(page.UseScope, text)
		}
	}
	page.WeatherScope = append(page.WeatherScope, s.say("account_weather_scope"))
	if len(fuel) > 0 {
		page.WeatherScope = append(page.WeatherScope, s.say("account_weather_less", "members", s.list(fuel)))
	}
	if len(wires) > 0 {
		page.WeatherScope = append(page.WeatherScope, s.say("account_weather_more", "members", s.list(wires)))
	}
	return page
}

// byFuel parts the names of the members of whose fuel publishers have figures from
// those of whom they state what comes by wire and pipe alone.
func (s *scribe) byFuel(balances []balance) (fuel, wires []string) {
	for _, b := range balances {
		if b.fuelled() {
			fuel = append(fuel, b.member.name)
		} else {
			wires = append(wires, b.member.name)
		}
	}
	return fuel, wires
}

// ownHeat is the energy of the stocks that burn a fuel, or may: what is estimated where
// no publisher states the fuel itself.
func (s *scribe) ownHeat(m member) figure {
	var rows []tables.Row
	for _, r := range s.of(m, "end_use") {
		if stock := r.Text("stock"); stock == "heat_fossil" || stock == "heat_other" || stock == "heat_industry" {
			rows = append(rows, r)
		}
	}
	return sum(rows, "energy_mwh")
}

// heatElsewhere leads to the estimate of a member's district heat where its account has
// none; "" where it has, or where there is no estimate either.
func (s *scribe) heatElsewhere(b balance) template.HTML {
	stock, ok := s.one(b.member, "end_use", "stock", "heat_district")
	if !ok || b.use("district_heat").known() || !at(stock, "energy_mwh").known() {
		return ""
	}
	return s.say("account_heat_elsewhere", "member", b.member.name, "energy", s.estimated(at(stock, "energy_mwh")), "year", s.year(stock, "year"))
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
	if slices.ContainsFunc(f.rows, func(r tables.Row) bool { return r.Text("value_status") == "estimated" }) {
		return s.estimated(f)
	}
	return s.energy(f)
}

// energyOrUnknown is energyOrNone of what is used, or may be, whether a publisher has a
// figure or not.
func (s *scribe) energyOrUnknown(f figure) template.HTML {
	if len(f.rows) == 0 {
		return s.energy(f)
	}
	return s.energyOrNone(f)
}

// estimated writes energy that is estimated, with the mark of it on the same line.
func (s *scribe) estimated(f figure) template.HTML {
	if !f.known() {
		return s.energy(f)
	}
	return template.HTML(`<span class="estimated"><abbr title="`+template.HTMLEscapeString(s.lang.Code("value_status", "estimated"))+`">≈</abbr>&nbsp;`) + s.energy(f) + `</span>`
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

// carbonOfAll is the CO2 of all members by carrier, with a column for fuel that nobody
// states where they have none else.
func (s *scribe) carbonOfAll(balances []balance, unnamed bool) grid {
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
	if unnamed {
		g.Head = append(g.Head, num(s.say("other_fuel")))
	}
	for _, b := range balances {
		row := line{Name: s.accountLink(b.member)}
		for _, c := range carriers {
			row.Cells = append(row.Cells, num(s.mass(s.carbonOf(b, c, "t_co2"))))
		}
		if unnamed {
			row.Cells = append(row.Cells, num(s.mass(figure{})))
		}
		g.Rows = append(g.Rows, row)
	}
	return g
}
