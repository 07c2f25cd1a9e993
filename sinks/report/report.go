package report

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"strings"

	"samkraft/sinks/portal"
	"samkraft/sinks/tables"
	"samkraft/sinks/words"
)

//go:embed report.html
var shapeFile string

//go:embed texts.csv
var textFile string

//go:embed report.css
var style string

var (
	texts = words.MustReadCatalogue(textFile)
	shape = template.Must(template.New("report").Funcs((&report{}).functions()).Parse(shapeFile))
)

// report is the report in one language while it is made.
type report struct {
	portal.Writer
	lang words.Language
	all  tables.Row // of joint_savings
	some bool       // there are agreements, and all is such a row
}

// content is what the template shows.
type content struct {
	*report
	Style     template.CSS
	Day       string // of the newest figures, for the head of each printed page
	AsOf      template.HTML
	Languages []tongue
	Answer    answer
	Energy    energy
	Reach     reach
	Deals     agreements
	Sure      certainty
	Sources   sources
}

type tongue struct {
	Code          words.Language
	Name, Address string
	Here          bool
}

// Lang is the language of the report.
func (c content) Lang() words.Language { return c.lang }

// Some reports whether there are agreements.
func (c content) Some() bool { return c.some }

// Name is the plan's name, as a cell.
func (c content) Name() template.HTML {
	plan, _ := c.Table("plan").First()
	return c.Local("name", plan)
}

// Pages is where the plan's pages are.
func (c content) Pages() string { return "pages/" + string(c.lang) + "/index.html" }

// write writes the report of a snapshot in a language.
func write(book portal.Book, l words.Language) (text []byte, err error) {
	// A snapshot of another version of the program may lack a column.
	defer func() {
		if caught := recover(); caught != nil {
			err = fmt.Errorf("the report cannot be made of these tables: %v", caught)
		}
	}()
	w, err := book.Writer(l)
	if err != nil {
		return nil, err
	}
	r := &report{Writer: w, lang: l}
	r.all, r.some = r.Table("joint_savings").First("agreement_id", tables.AllAgreements)
	c := content{report: r, Style: template.CSS(portal.Style() + style), Answer: r.answer(), Energy: r.energy(), Reach: r.reach(), Deals: r.agreements(), Sure: r.certainty(), Sources: r.sources()}
	c.Day, c.AsOf = r.asOf()
	for _, other := range words.All {
		c.Languages = append(c.Languages, tongue{other, texts.Text(other, "language"), portal.ReportFile(other), other == l})
	}
	t, err := shape.Clone()
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = t.Funcs(r.functions()).Execute(&out, c)
	return out.Bytes(), err
}

// functions are what the template calls.
func (r *report) functions() template.FuncMap {
	return template.FuncMap{"say": r.say, "text": r.text}
}

// say is a text of the catalogue with values.
func (r *report) say(key string, pairs ...any) template.HTML {
	return texts.HTML(r.lang, key, pairs...)
}

// text is a text of the catalogue without values.
func (r *report) text(key string) string { return texts.Text(r.lang, key) }

// heads are headings of a table, by their keys; those that begin with # stand above
// figures.
func (r *report) heads(keys ...string) []portal.Heading {
	var all []portal.Heading
	for _, key := range keys {
		name, figures := strings.CutPrefix(key, "#")
		all = append(all, portal.Heading{Text: r.say(name), Figures: figures})
	}
	return all
}

// asOf says of when the newest figures are, plainly and as cells.
func (r *report) asOf() (plain string, cells template.HTML) {
	var first, last tables.Row
	some := false
	for x := range r.Table("extract").All() {
		day, known := x.Time("as_of")
		if !known {
			continue
		}
		if !some {
			first, last, some = x, x, true
		}
		if begin, _ := first.Time("as_of"); day.Before(begin) {
			first = x
		}
		if end, _ := last.Time("as_of"); day.After(end) {
			last = x
		}
	}
	if !some {
		return r.text("as_of_none"), r.say("as_of_none")
	}
	day, _ := last.Time("as_of")
	plain = texts.Text(r.lang, "as_of", "day", r.lang.Date(day))
	if begin, _ := first.Time("as_of"); begin.Equal(day) {
		return plain, r.say("as_of_day", "day", r.Year("as_of", last))
	}
	return plain, r.say("as_of_span", "first", r.Year("as_of", first), "last", r.Year("as_of", last))
}

// of are the rows of a table about a member that have these values.
func (r *report) of(m portal.Member, table string, pairs ...any) []tables.Row {
	return r.Table(table).Where(append([]any{"country", m.Country, "muni_code", m.Code}, pairs...)...)
}

// plainText makes text fit to stand in the report.
func plainText(text string) template.HTML { return template.HTML(template.HTMLEscapeString(text)) }
