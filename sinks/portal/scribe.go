package portal

import (
	"fmt"
	"html/template"
	"math"
	"strings"

	"samkraft/sinks/tables"
	"samkraft/sinks/words"
)

// scribe writes the pages of a book in one language, and keeps which rows they show.
type scribe struct {
	*book
	lang  words.Language
	sheet sheet // that is being written
	stage stage
	shown map[string]*shown // by table
	alone bool              // what it writes leads nowhere: see Writer
}

// shown are the rows of a table that pages show: what its page of origins lists.
type shown struct {
	rows map[int]bool
	sums []figure // in the order in which they came, without repeats
}

// say is a text of the catalogue. A figure among the values is written as it is; all
// else is escaped.
func (s *scribe) say(key string, pairs ...any) template.HTML {
	return texts.HTML(s.lang, key, pairs...)
}

// text is a text of the catalogue without values, for attributes and charts.
func (s *scribe) text(key string) string { return texts.Text(s.lang, key) }

// The ways to write a figure.

func (s *scribe) energy(f figure) template.HTML { return s.write(f, "", s.lang.Energy) }
func (s *scribe) mass(f figure) template.HTML   { return s.write(f, "", s.lang.Mass) }
func (s *scribe) power(f figure) template.HTML  { return s.write(f, "", s.lang.Power) }
func (s *scribe) share(f figure) template.HTML {
	return s.write(f, "", func(v float64) string { return s.lang.Significant(100*v, digits) + "\u00a0%" })
}

// percent writes a share that is a chance or part of all, without decimals. What is
// nearly all, or nearly nothing, is not written as all or nothing.
func (s *scribe) percent(f figure) template.HTML {
	return s.write(f, "", func(v float64) string {
		switch {
		case v > 0 && v <= 0.005: // half of one is rounded to nothing
			return "<\u00a0" + s.lang.Share(0.01, 0)
		case v < 1 && v >= 0.995:
			return ">\u00a0" + s.lang.Share(0.99, 0)
		}
		return s.lang.Share(v, 0)
	})
}

// number writes a number without its unit.
func (s *scribe) number(f figure) template.HTML {
	return s.write(f, "", func(v float64) string { return s.lang.Significant(v, digits) })
}

// count writes a whole number with all of its digits.
func (s *scribe) count(f figure) template.HTML {
	return s.write(f, "", func(v float64) string { return s.lang.Number(v, 0) })
}

// unit writes a number with a unit, of the column or as given.
func (s *scribe) unit(f figure, unit string) template.HTML {
	return s.write(f, "", func(v float64) string {
		return strings.TrimSuffix(s.lang.Significant(v, digits)+"\u00a0"+s.lang.Unit(unit), "\u00a0")
	})
}

// money writes euro in the plan's currency with the euro beside it.
func (s *scribe) money(f figure) template.HTML {
	return s.write(f, s.ratePlace(), func(v float64) string { return s.lang.Currency(wholeEuro(v), s.rate.value, s.rate.currency) })
}

// wholeEuro is an amount of euro as pages and charts write it: parts of a euro a year
// are the rounding of a game that is solved on whole cents.
func wholeEuro(v float64) float64 {
	if math.Abs(v) < 0.5 {
		return 0
	}
	return v
}

// perUnit writes euro per something in the plan's currency with the euro beside it.
func (s *scribe) perUnit(f figure, per string) template.HTML {
	return s.write(f, s.ratePlace(), func(v float64) string {
		unit := s.lang.Unit("EUR/" + per)
		euro := s.lang.Significant(v, digits) + "\u00a0" + unit
		if s.rate.currency == "" {
			return euro
		}
		return s.lang.Significant(v*s.rate.value, digits) + "\u00a0" + strings.Replace(unit, "EUR", s.currencyName(), 1) + " (" + euro + ")"
	})
}

// currencyName is what people call the plan's currency.
func (s *scribe) currencyName() string {
	_, name, _ := strings.Cut(s.currency(1), "\u00a0")
	return name
}

// digits are the significant digits of a figure on a page. All of them are in its
// markup and on the page of origins.
const digits = 3

func (s *scribe) ratePlace() string {
	if s.rate.currency == "" {
		return ""
	}
	s.show(at(s.rate.row, "value"))
	return fmt.Sprintf("factor %d value", s.rate.row.Index())
}

// write writes a figure with the place that it comes from, and leads there. What is
// not known is said in words.
func (s *scribe) write(f figure, rate string, as func(float64) string) template.HTML {
	if len(f.rows) == 0 {
		return template.HTML(`<span class="unknown">` + template.HTMLEscapeString(s.text("not_known")) + `</span>`)
	}
	table := f.rows[0].Table().Name
	where := s.show(f)
	v, ok := f.value()
	if !ok {
		return s.leads(where, "f unknown", template.HTMLEscapeString(s.why(f)))
	}
	if rate != "" {
		rate = fmt.Sprintf(` data-rate="%s"`, rate)
	}
	return s.leads(where, "f", fmt.Sprintf(`<data value="%s" data-table="%s" data-row="%s" data-column="%s"%s>%s</data>`,
		exact(v), table, f.places(), f.column, rate, beside(as(v))))
}

// leads makes a text a link to where its origin is told.
func (s *scribe) leads(where, class, text string) template.HTML {
	if s.alone {
		return template.HTML(fmt.Sprintf(`<span class="%s">%s</span>`, class, text))
	}
	return template.HTML(fmt.Sprintf(`<a class="%s" href="%s">%s</a>`, class, where, text))
}

// beside sets what stands in brackets, the euro beside another currency, apart.
func beside(text string) string {
	first, second, found := strings.Cut(text, " (")
	if !found {
		return template.HTMLEscapeString(text)
	}
	return template.HTMLEscapeString(first) + " <small>(" + template.HTMLEscapeString(second) + "</small>"
}

// why says in words why there is no number.
func (s *scribe) why(f figure) string {
	if status := f.status(); status == "suppressed" || status == "not_available" || status == "not_applicable" {
		return s.lang.Code("value_status", status)
	}
	return s.text("not_known")
}

// show notes that a page shows a figure, and returns where its origin is told.
func (s *scribe) show(f figure) string {
	if s.alone {
		return ""
	}
	table := f.rows[0].Table().Name
	list := s.shown[table]
	if list == nil {
		list = &shown{rows: map[int]bool{}}
		s.shown[table] = list
	}
	for _, r := range f.rows {
		list.rows[r.Index()] = true
	}
	place := s.up() + "how/" + table + ".html#"
	if len(f.rows) == 1 {
		return place + rowID(f.rows[0])
	}
	for i, other := range list.sums {
		if other.column == f.column && other.places() == f.places() {
			return place + sumID(i)
		}
	}
	list.sums = append(list.sums, f)
	return place + sumID(len(list.sums)-1)
}

func rowID(r tables.Row) string { return fmt.Sprintf("r%d", r.Index()) }
func sumID(i int) string        { return fmt.Sprintf("sum%d", i+1) }

// quote writes a text of a table as it stands there.
func (s *scribe) quote(r tables.Row, column string) template.HTML {
	return s.quoteIn(r, column, "")
}

// quoteIn is quote of a text in a language that may not be the page's.
func (s *scribe) quoteIn(r tables.Row, column string, l words.Language) template.HTML {
	lang := ""
	if l != "" && l != s.lang {
		lang = fmt.Sprintf(` lang="%s"`, l)
	}
	return template.HTML(fmt.Sprintf(`<span data-table="%s" data-row="%d" data-column="%s"%s>%s</span>`,
		r.Table().Name, r.Index(), column, lang, template.HTMLEscapeString(plain(r, column))))
}

// local writes a text that a table has in the page's language, as title_da.
func (s *scribe) local(r tables.Row, column string) template.HTML {
	return s.quote(r, column+"_"+string(s.lang))
}

// english writes a text that tables have in English alone.
func (s *scribe) english(r tables.Row, column string) template.HTML {
	return s.quoteIn(r, column, words.English)
}

// reason writes why something is as it is: in the page's language where the program
// wrote the text, else as it stands there.
func (s *scribe) reason(r tables.Row, column string) template.HTML {
	text := r.Text(column)
	said, known := s.lang.Reason(text)
	if !known || said == text {
		return s.english(r, column)
	}
	return s.said(r, column, said)
}

// said writes a text of a table in other words, with the same numbers.
func (s *scribe) said(r tables.Row, column, said string) template.HTML {
	return template.HTML(fmt.Sprintf(`<span data-table="%s" data-row="%d" data-column="%s" data-said>%s</span>`,
		r.Table().Name, r.Index(), column, template.HTMLEscapeString(said)))
}

// year writes a year or a day of a cell.
func (s *scribe) year(r tables.Row, column string) template.HTML {
	text := plain(r, column)
	if text == "" {
		return template.HTML(template.HTMLEscapeString(s.text("not_known")))
	}
	shown := text
	if t, ok := r.Time(column); ok {
		shown = s.lang.Date(t)
	}
	return template.HTML(fmt.Sprintf(`<time datetime="%s" data-table="%s" data-row="%d" data-column="%s">%s</time>`,
		text, r.Table().Name, r.Index(), column, template.HTMLEscapeString(shown)))
}

// code writes what a code of a column means.
func (s *scribe) code(r tables.Row, column string) string { return s.lang.Code(column, r.Text(column)) }

// up leads from the page to the folder of its language.
func (s *scribe) up() string { return strings.Repeat("../", strings.Count(s.sheet.file, "/")) }
