package portal

import (
	"html/template"
	"slices"
	"strings"

	"samkraft/sinks/chart"
	"samkraft/sinks/tables"
)

// sensitivity is the page of how sure the result is and what decides it.
type sensitivity struct {
	Ranges  template.HTML
	Draws   grid
	Tornado template.HTML
	Swings  grid
}

func sensitivityOf(s *scribe) (any, error) {
	page := sensitivity{Draws: grid{Caption: s.say("draws"), Head: s.heads("agreement", "#central", "#low_end", "#median", "#high_end", "#gains_in")}}
	ranges := chart.Ranges{
		Title: s.text("draws"), Desc: s.text("draws_see"), Head: s.text("agreement"),
		LowName: s.text("low_end"), MiddleName: s.text("median"), HighName: s.text("high_end"), CentralName: s.text("central"), Format: s.currency, Words: s.chartWords(),
	}
	for r := range s.table("joint_savings").All() {
		id := r.Text("agreement_id")
		page.Draws.Rows = append(page.Draws.Rows, line{Name: s.titleOf(id), Cells: []field{
			num(s.money(at(r, "gain_eur"))), num(s.money(at(r, "gain_p10_eur"))), num(s.money(at(r, "gain_p50_eur"))), num(s.money(at(r, "gain_p90_eur"))), num(s.percent(at(r, "gain_probability"))),
		}})
		ranges.Rows = append(ranges.Rows, chart.Range{Name: s.plainTitle(id), Low: s.moneyValue(at(r, "gain_p10_eur")), Middle: s.moneyValue(at(r, "gain_p50_eur")),
			High: s.moneyValue(at(r, "gain_p90_eur")), Central: s.moneyValue(at(r, "gain_eur"))})
	}
	page.Ranges = s.inMoney(s.figure("draws", "draws_see", ranges))
	page.Tornado, page.Swings = s.tornado(s.swings())
	return page, nil
}

// swings are the rows of what each figure does to the gain of all when it alone is
// turned, the largest swing first.
func (s *scribe) swings() []tables.Row {
	rows := s.table("tornado").Where("muni_code", "-")
	slices.SortStableFunc(rows, func(a, b tables.Row) int {
		x, _ := a.Int("rank")
		y, _ := b.Int("rank")
		return int(x - y)
	})
	return rows
}

// tornado draws and lists swings.
func (s *scribe) tornado(rows []tables.Row) (template.HTML, grid) {
	g := grid{Caption: s.say("tornado"), Class: "tight", Head: s.heads("what_is_turned", "#its_value", "#gain_at_low", "#gain_at_high", "turns_decision")}
	c := chart.Tornado{Title: s.text("tornado"), Desc: s.text("tornado_see"), Head: s.text("what_is_turned"), LowName: s.text("gain_at_low"), HighName: s.text("gain_at_high"),
		CentralName: s.text("central"), Format: s.currency, Words: s.chartWords()}
	for _, r := range rows {
		turns := s.say("no")
		if r.Bool("decision_flip") {
			turns = s.say("yes")
		}
		unit := r.Text("value_unit")
		g.Rows = append(g.Rows, line{Name: s.parameter(r) + "<small>" + plainText(s.code(r, "mark")) + "</small>", Cells: []field{
			num(s.unit(at(r, "value"), unit) + "<small>" + s.unit(at(r, "low_value"), unit) + " – " + s.unit(at(r, "high_value"), unit) + "</small>"),
			num(s.money(at(r, "low_gain_eur"))), num(s.money(at(r, "high_gain_eur"))), word(turns),
		}})
		c.Central = s.moneyValue(at(r, "gain_eur"))
		c.Rows = append(c.Rows, chart.Swing{Name: s.plainParameter(r), Low: s.moneyValue(at(r, "low_gain_eur")), High: s.moneyValue(at(r, "high_gain_eur"))})
	}
	return s.inMoney(s.figure("tornado", "tornado_see", c)), g
}

// parameter writes what is turned: in words, with the member it is of, or by its id
// where it has none.
func (s *scribe) parameter(r tables.Row) template.HTML {
	if name := s.plainParameter(r); name != r.Text("param_id") {
		return template.HTML(`<span class="definition">` + template.HTMLEscapeString(name) + `</span>`)
	}
	return s.quote(r, "param_id")
}

// plainParameter is parameter for charts.
func (s *scribe) plainParameter(r tables.Row) string {
	id := r.Text("param_id")
	name := s.lang.Code("param_id", id)
	_, place, of := strings.Cut(id, "@")
	for _, m := range s.members {
		if of && m.code == place {
			name = strings.ReplaceAll(name, place, m.name)
		}
	}
	return name
}

// plainTitle is an agreement's title for charts.
func (s *scribe) plainTitle(id string) string {
	if id == tables.AllAgreements {
		return s.text("all_agreements")
	}
	if r, ok := s.table("agreement").First("agreement_id", id); ok {
		return r.Text("title_" + string(s.lang))
	}
	return id
}
