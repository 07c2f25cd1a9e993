package workbook

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"samkraft/sinks/tables"
)

// coverWidths are the columns of the cover.
var coverWidths = []float64{34, 17, 17, 17, 17, 46}

// headHeight is that of headings of two lines.
const headHeight = 32

// pen writes the cover from the top down.
type pen struct {
	*edition
	sheet string
	row   int // the last one that was written
}

// cover writes the first sheet: what the plan says, what nobody may miss who reads it,
// what the words mean, and where everything is.
func (e *edition) cover(name, charts, columns, codes string) {
	p := &pen{edition: e, sheet: name}
	for i, width := range coverWidths {
		p.width(name, i+1, i+1, width)
	}
	p.across(1, p.planName(), "title", 1)
	p.do(p.file.SetRowHeight(name, p.row, 32))
	p.across(1, p.say("subject"), "quiet", 1)
	for _, warning := range p.warnings() {
		p.across(1, warning, "warning", 1)
	}
	all, some := p.first("joint_savings", "agreement_id", tables.AllAgreements)
	if some {
		p.row++
		p.across(1, all.Text("sentence_"+string(p.lang)), "lead", 1.15)
		p.figures(all)
		p.gets()
	}
	p.terms()
	p.made()
	p.contents(charts, columns, codes)
	p.sources()
	p.print(name, dark)
	p.do(p.file.SetSheetView(name, 0, &excelize.ViewOptions{ShowGridLines: pointer(false), ShowZeros: pointer(true)}))
	p.do(p.file.SetPageLayout(name, &excelize.PageLayoutOptions{Orientation: pointer("landscape")}))
}

// across writes a text from a column to the last one, as high as it is long.
func (p *pen) across(from int, text, look string, size float64) {
	p.row++
	p.span(from, len(coverWidths), text, look, size)
}

// span writes a text over some columns of the row, and makes the row as high as the
// text needs.
func (p *pen) span(from, to int, text, look string, size float64) {
	if p.err != nil {
		return
	}
	p.put(p.sheet, from, p.row, text, look)
	a, b := cellName(from, p.row), cellName(to, p.row)
	if from < to {
		p.do(p.file.SetCellStyle(p.sheet, a, b, p.looks[look]))
		p.do(p.file.MergeCell(p.sheet, a, b))
	}
	width := 0.0
	for i := from; i <= to; i++ {
		width += coverWidths[i-1]
	}
	lines := 1 + int(float64(units(text))*size*0.9/width)
	height, err := p.file.GetRowHeight(p.sheet, p.row)
	p.do(err)
	if want := min(409, float64(lines)*15.5*size+2); want > height {
		p.do(p.file.SetRowHeight(p.sheet, p.row, want))
	}
}

func (p *pen) heading(key string) {
	p.row++
	p.across(1, p.say(key), "heading", 1.3)
}

// line writes a row of a small table. A number is written as the style of its place says.
func (p *pen) line(values []any, looks []string) {
	p.row++
	for i, v := range values {
		p.put(p.sheet, i+1, p.row, v, looks[i])
	}
	if looks[0] == "head" {
		p.do(p.file.SetRowHeight(p.sheet, p.row, headHeight))
	}
}

// number is a cell's number, or words where there is none.
func (p *pen) number(r tables.Row, column string) any {
	if v, known := r.Number(column); known {
		return v
	}
	return p.say("not_known")
}

// figures are what the members gain together.
func (p *pen) figures(all tables.Row) {
	p.heading("gain_title")
	p.line([]any{p.say("figure"), p.say("most_likely"), p.say("low_end"), p.say("high_end"), p.say("unit")}, []string{"head", "head", "head", "head", "head"})
	looks := []string{"strong", "figure", "figure", "figure", "after"}
	for _, kind := range []string{"eur", "mwh", "t"} {
		unit := map[string]string{"eur": "EUR/year", "mwh": "MWh/year", "t": "t/year"}[kind]
		value, low, high := p.number(all, "gain_"+kind), p.number(all, "gain_p10_"+kind), p.number(all, "gain_p90_"+kind)
		p.line([]any{p.say("gain_" + kind), value, low, high, p.lang.Unit(unit)}, looks)
		if currency, rate := p.rate(); kind == "eur" && inOther(currency) {
			_, decimals, _ := strings.Cut(strconv.FormatFloat(rate, 'f', -1, 64), ".") // all that is reckoned with
			p.line([]any{p.say("gain_currency", "currency", currency, "rate", p.lang.Number(rate, len(decimals))),
				times(value, rate), times(low, rate), times(high, rate), p.say("currency_year", "currency", currency)}, looks)
		}
	}
	share := []string{"strong", "share", "text"}
	p.line([]any{p.say("gain_probability"), p.number(all, "gain_probability")}, share)
	p.line([]any{p.say("on_assumptions"), p.number(all, "assumption_share")}, share)
	p.line([]any{p.say("on_examples"), p.number(all, "example_share")}, share)
}

// inOther reports whether money is also shown in another currency than the euro.
func inOther(currency string) bool { return currency != "" && currency != "EUR" }

// times is euro in another currency, to its hundredths; words stay.
func times(amount any, rate float64) any {
	if eur, known := amount.(float64); known {
		return math.Round(eur*rate*100) / 100
	}
	return amount
}

// gets is what each member gains, and whether the whole is better for each.
func (p *pen) gets() {
	p.heading("gets_title")
	all, ok := p.first("joint_savings", "agreement_id", tables.AllAgreements)
	switch {
	case !ok || all.Null("good_neighbour_ok"):
		p.across(1, p.say("promise_unknown"), "text", 1)
	case all.Bool("good_neighbour_ok"):
		p.across(1, p.say("promise_kept"), "text", 1)
	default:
		p.across(1, p.say("promise_broken"), "warning", 1)
	}
	p.line([]any{p.say("member"), p.say("gain_year"), p.say("low_end"), p.say("high_end"), p.say("gains_in"), p.say("unit")}, []string{"head", "head", "head", "head", "head", "head"})
	currency, rate := p.rate()
	for _, m := range p.members {
		r, ok := p.first("agreement_incidence", "agreement_id", tables.AllAgreements, "country", m.country, "muni_code", m.code)
		if !ok {
			continue
		}
		gain, low, high, often := p.number(r, "gain_eur"), p.number(r, "low_eur"), p.number(r, "high_eur"), p.number(r, "gain_probability")
		if inOther(currency) {
			p.line([]any{m.name, times(gain, rate), times(low, rate), times(high, rate), often, p.say("currency_year", "currency", currency)},
				[]string{"strong", "figure", "figure", "figure", "share", "after"})
			p.line([]any{p.say("same_in_euro"), gain, low, high, nil, p.lang.Unit("EUR/year")}, []string{"after", "beside", "beside", "beside", "text", "after"})
			continue
		}
		p.line([]any{m.name, gain, low, high, often, p.lang.Unit("EUR/year")}, []string{"strong", "figure", "figure", "figure", "share", "after"})
	}
}

// warnings are what nobody may miss who reads a figure of the plan.
func (e *edition) warnings() []string {
	var all []string
	if e.snapshot.Sample {
		all = append(all, e.say("warn_sample"))
	}
	r, ok := e.first("joint_savings", "agreement_id", tables.AllAgreements)
	if !ok {
		return all
	}
	if part, known := r.Number("example_share"); r.Bool("example") && known && part > 0 {
		all = append(all, e.say("warn_examples", "part", e.lang.Share(part, 0)))
	} else if r.Bool("example") {
		all = append(all, e.say("warn_some_examples"))
	}
	if part, known := r.Number("assumption_share"); known && part > 0 {
		all = append(all, e.say("warn_assumptions", "part", e.lang.Share(part, 0)))
	}
	if !r.Bool("complete") {
		all = append(all, e.say("warn_incomplete"))
	}
	return all
}

// terms are what the words on the cover mean.
func (p *pen) terms() {
	p.heading("terms_title")
	for _, term := range []string{"gain", "energy", "co2", "range", "assumption", "example", "money", "empty", "status", "keys"} {
		p.row++
		p.put(p.sheet, 1, p.row, p.say("term_"+term), "strong")
		p.span(2, len(coverWidths), p.say("term_"+term+"_means"), "text", 1)
	}
}

// made says of when the workbook is, and of which snapshot.
func (p *pen) made() {
	p.heading("made_title")
	day := p.say("not_known")
	if newest := p.newest(); !newest.IsZero() {
		day = p.lang.Date(newest)
	}
	for _, pair := range [][2]string{{p.say("as_of"), day}, {p.say("snapshot"), p.id}, {p.say("plan_id"), p.snapshot.Plan}} {
		p.row++
		p.put(p.sheet, 1, p.row, pair[0], "strong")
		p.span(2, len(coverWidths), pair[1], "text", 1)
	}
	p.across(1, p.say("same_figures"), "text", 1)
}

// contents leads to every sheet, and names the tables that have none.
func (p *pen) contents(charts, columns, codes string) {
	p.heading("contents_title")
	p.row++
	p.entry(p.say("sheet"), p.say("rows"), p.say("description"), "head")
	for _, one := range [][2]string{{charts, "charts_about"}, {columns, "columns_about"}, {codes, "codes_about"}} {
		p.row++
		p.entry(one[0], nil, p.say(one[1]), "text")
		p.link(p.sheet, 1, p.row, one[0])
	}
	var last *group
	for _, s := range p.sheets {
		if g, _ := place(s.table.Name); g != last {
			last = g
			p.across(1, p.say("group_"+g.name), "group", 1)
		}
		p.row++
		p.entry(p.names[s.table.Name], s.table.Rows, p.about(s.table.Heading), "text")
		p.link(p.sheet, 1, p.row, p.names[s.table.Name])
	}
	if len(p.left) == 0 {
		return
	}
	p.heading("left_title")
	for _, l := range p.left {
		title, _ := p.lang.Table(l.heading.Name)
		p.row++
		p.entry(title, l.heading.Rows, p.why(l)+" "+p.about(l.heading), "text")
	}
}

// why says why a table has no sheet.
func (e *edition) why(l leftOut) string {
	file := l.heading.Name + ".parquet"
	switch l.reason {
	case noRows:
		return e.say("left_empty")
	case tooLarge:
		return e.say("left_large", "file", file, "most", e.lang.Number(maxRows, 0))
	}
	return e.say("left_long", "file", file)
}

// entry is a line of the contents.
func (p *pen) entry(title string, rows any, about, look string) {
	p.put(p.sheet, 1, p.row, title, look)
	p.put(p.sheet, 2, p.row, rows, map[string]string{"head": "head", "text": "count"}[look])
	p.span(3, len(coverWidths), about, look, 1)
}

// about is what a table holds.
func (e *edition) about(t tables.Heading) string {
	_, text := e.lang.Table(t.Name)
	if e.lang == "en" || text == "" {
		return t.Description
	}
	return text
}

// sources are who the data come from, with the credit that they ask for.
func (p *pen) sources() {
	p.heading("sources_title")
	p.across(1, p.say("sources_about"), "text", 1)
	p.row++
	p.put(p.sheet, 1, p.row, p.say("source"), "head")
	p.span(2, 4, p.say("credit"), "head", 1)
	p.span(5, 6, p.say("licence"), "head", 1)
	for r := range p.all("source") {
		if _, used := p.first("extract", "source_id", r.Text("source_id")); !used {
			continue
		}
		licence := r.Text("licence")
		if !r.Bool("redistributable") {
			licence = fmt.Sprintf("%s. %s", licence, p.say("ask_first"))
		}
		p.row++
		p.span(1, 1, r.Text("title"), "strong", 1)
		p.span(2, 4, r.Text("attribution"), "text", 1)
		p.span(5, 6, licence, "text", 1)
	}
}
