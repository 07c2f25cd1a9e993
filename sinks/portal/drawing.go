package portal

import (
	"fmt"
	"html/template"
	"strings"

	"samkraft/sinks/chart"
)

// value is a figure for a chart, with its place and the way to its origin.
func (s *scribe) value(f figure) chart.Value { return s.scaled(f, 1) }

// moneyValue is a figure of euro in the plan's currency: what charts show, with the euro
// beside it in their tables. The drawing is to stand within inMoney.
func (s *scribe) moneyValue(f figure) chart.Value {
	if s.rate.currency == "" {
		return s.scaled(f, 1)
	}
	value := s.scaled(f, s.rate.value)
	if euro, known := f.value(); known && strings.HasSuffix(f.column, "_per_mwh") {
		value.Beside = s.threeDigits(euro) + "\u00a0" + s.lang.Unit("EUR/MWh")
	} else if known {
		value.Beside = s.lang.Euro(wholeEuro(euro))
	}
	return value
}

func (s *scribe) scaled(f figure, by float64) chart.Value {
	if len(f.rows) == 0 {
		return chart.Unknown("") // nobody has such a figure, and nothing says why
	}
	cell := chart.Cell{Table: f.rows[0].Table().Name, Row: f.places(), Column: f.column, Href: s.show(f)}
	v, ok := f.value()
	if why := s.why(f); !ok && why == s.text("not_known") {
		return chart.Unknown("").At(cell) // the chart itself says that it is not known
	} else if !ok {
		return chart.Unknown(why).At(cell)
	}
	return chart.Known(v * by).At(cell)
}

// inMoney stands around a drawing of moneyValue figures: its numbers are the cells'
// times the rate, which the foot of the page tells. A document that is printed has no
// table below its drawings.
func (s *scribe) inMoney(drawing template.HTML) template.HTML {
	if s.rate.currency == "" {
		return drawing
	}
	drawing = template.HTML(fmt.Sprintf(`<div data-rate="%s">%s</div>`, s.ratePlace(), drawing))
	if s.alone {
		return drawing
	}
	return drawing + template.HTML(fmt.Sprintf(`<p class="note">%s</p>`, s.say("rate_drawn", "currency", s.rate.currency)))
}

// figure is a drawing with its caption, which says what to see in it, and its table.
func (s *scribe) figure(id, caption string, c chart.Chart) template.HTML {
	return chart.Figure("figure-"+id, s.text(caption), c, s.text("as_table"))
}

// chartWords are what charts say of themselves.
func (s *scribe) chartWords() chart.Words {
	return chart.Words{Nothing: s.text("chart_nothing"), Unknown: s.text("not_known"), Total: s.text("total")}
}

// currency writes an amount of the plan's currency, or of euro where it has none, by the
// rule of money: what a chart says is what its table says.
func (s *scribe) currency(v float64) string {
	if s.rate.currency == "" {
		return s.lang.Euro(wholeEuro(v))
	}
	v = wholeEuro(v/s.rate.value) * s.rate.value
	local, _, _ := strings.Cut(s.lang.Currency(v, 1, s.rate.currency), " (") // the euro stand behind it in brackets
	return local
}
