package portal

import (
	"html/template"
	"io/fs"
	"strings"

	"samkraft/sinks/chart"
	"samkraft/sinks/tables"
	"samkraft/sinks/words"
)

// Book is a snapshot that documents beside the pages are made of, such as the report.
type Book struct{ book *book }

// Open reads the tables of the snapshot in a folder.
func Open(folder fs.FS) (Book, error) {
	b, err := open(folder, "")
	return Book{b}, err
}

// Writer writes parts of a document in one language as the pages have them: figures
// with the cells that they come from and three significant digits, money with the euro
// beside it, names, tables, charts. A document stands for itself: its figures lead
// nowhere. A figure is a cell or the sum of a column over rows; a column that begins
// with a minus is written the other way round, as a loss is.
type Writer struct {
	s      *scribe
	shapes *template.Template
}

// Writer returns a writer. What it is asked for that the tables of another version of
// the program lack makes it panic.
func (b Book) Writer(l words.Language) (Writer, error) {
	s, t, err := b.book.scribe(l, stage{})
	if err != nil {
		return Writer{}, err
	}
	s.alone = true
	return Writer{s, t}, nil
}

// Style is the style of pages and charts, to be embedded.
func Style() string { return styleSheet() }

// Member is a member of the plan.
type Member struct{ Country, Code, Name string }

// Members are the members of the plan in their order.
func (w Writer) Members() []Member {
	var all []Member
	for _, m := range w.s.members {
		all = append(all, Member{m.country, m.code, m.name})
	}
	return all
}

// PlanName is the name of the plan.
func (w Writer) PlanName() string { return w.s.name(w.s.lang) }

// Table is one of the tables that pages read.
func (w Writer) Table(name string) *tables.Table { return w.s.table(name) }

// Money writes euro in the plan's currency, with the euro beside it.
func (w Writer) Money(column string, rows ...tables.Row) template.HTML {
	return w.s.money(figure{column, rows})
}

// Price is Money for euro per MWh.
func (w Writer) Price(column string, row tables.Row) template.HTML {
	return w.s.perUnit(at(row, column), "MWh")
}

// Energy writes MWh.
func (w Writer) Energy(column string, rows ...tables.Row) template.HTML {
	return w.s.energy(figure{column, rows})
}

// Mass writes tonnes.
func (w Writer) Mass(column string, rows ...tables.Row) template.HTML {
	return w.s.mass(figure{column, rows})
}

// Percent writes a share without decimals; what is nearly all or nothing is not written
// as all or nothing.
func (w Writer) Percent(column string, row tables.Row) template.HTML {
	return w.s.percent(at(row, column))
}

// Count writes a whole number.
func (w Writer) Count(column string, row tables.Row) template.HTML { return w.s.count(at(row, column)) }

// Year writes a year or a day.
func (w Writer) Year(column string, row tables.Row) template.HTML { return w.s.year(row, column) }

// Local writes a text that a table has in each language, as title_da.
func (w Writer) Local(column string, row tables.Row) template.HTML { return w.s.local(row, column) }

// Quote writes a name, which is the same in all languages.
func (w Writer) Quote(column string, row tables.Row) template.HTML { return w.s.quote(row, column) }

// English writes a text that tables have in English alone.
func (w Writer) English(column string, row tables.Row) template.HTML { return w.s.english(row, column) }

// Measure writes what a step of table supply_curve is.
func (w Writer) Measure(step tables.Row) template.HTML {
	return w.s.measure(step, "home_country", "home_muni_code")
}

// MemberOf is the name of the municipality at which a step of table supply_curve is.
func (w Writer) MemberOf(step tables.Row) string {
	return w.s.memberOf(step.Text("home_country"), step.Text("home_muni_code"))
}

// Parameter writes what a row of table tornado turns.
func (w Writer) Parameter(row tables.Row) template.HTML { return w.s.parameter(row) }

// MustHold writes what the check of a row of table check_result asks for.
func (w Writer) MustHold(row tables.Row) template.HTML { return w.s.mustHold(row) }

// Status writes whether the agreement of a row is signed, with a mark.
func (w Writer) Status(row tables.Row) template.HTML { return w.s.status(row) }

// Names joins names as the language does.
func (w Writer) Names(names []string) string { return w.s.list(names) }

// Enumerate is Names of what is already written.
func (w Writer) Enumerate(parts []template.HTML) template.HTML { return w.s.enumerate(parts) }

// Caveats say what of the gain is made up, an example, assumed or missing.
func (w Writer) Caveats() []template.HTML { return w.s.caveats() }

// Promise says whether no member loses over all agreements, by their row of table
// joint_savings.
func (w Writer) Promise(all tables.Row) template.HTML { return w.s.promise(all) }

// Size says how large a gain is beside what the members' plans cost or earn, by its row
// of table joint_savings; "" where nothing is gained or that is not known.
func (w Writer) Size(row tables.Row) template.HTML { return w.s.size(row) }

// Verdict says what all agreements together bring, by their row of table joint_savings.
func (w Writer) Verdict(all tables.Row) template.HTML { return w.s.verdict(all) }

// Spread says how sure a gain is, by its row of table joint_savings.
func (w Writer) Spread(joint tables.Row) []template.HTML { return w.s.spread(joint) }

// Drawn says what the ranges come from.
func (w Writer) Drawn() template.HTML { return w.s.drawn() }

// Carbon says what the plan that saves the money does to CO2 beside the plans alone, by
// its row of table joint_savings; nothing where that is the same.
func (w Writer) Carbon(joint tables.Row) []template.HTML { return w.s.carbon(joint) }

// Assumed says how much of a joint plan rests on assumptions, by its row of table
// joint_savings; nothing where none of it does.
func (w Writer) Assumed(joint tables.Row) []template.HTML { return w.s.assumed(joint) }

// Losses say who loses on which agreement, and on all together.
func (w Writer) Losses() []template.HTML { return w.s.losses() }

// KeysHold says whether a group of members could do better alone under the agreed keys.
func (w Writer) KeysHold() []template.HTML { return w.s.keyHolds(tables.AllAgreements) }

// Blocking names the group of members that could do better alone than under a way of
// sharing, by its row of table stability.
func (w Writer) Blocking(certificate tables.Row) string { return w.s.blocking(certificate) }

// Rate says at which rate money is shown, and of when it is; "" where it is in euro.
func (w Writer) Rate() template.HTML { return w.s.rateSentence() }

// Strongest are the steps of the joint supply curve that bring most money a year.
func (w Writer) Strongest(n int) []tables.Row { return w.s.strongest(n) }

// Swings are the rows of table tornado about the gain of all, the largest first.
func (w Writer) Swings(n int) []tables.Row {
	rows := w.s.swings()
	return rows[:min(n, len(rows))]
}

// Heading stands above a column of a table, to the right where that has figures.
type Heading struct {
	Text    template.HTML
	Figures bool
}

// Grid writes a table. The first cell of a row names it.
func (w Writer) Grid(caption template.HTML, head []Heading, rows [][]template.HTML) template.HTML {
	g := grid{Caption: caption}
	for _, h := range head {
		g.Head = append(g.Head, field{h.Text, h.Figures})
	}
	for _, row := range rows {
		one := line{Name: row[0]}
		for i, cell := range row[1:] {
			one.Cells = append(one.Cells, field{cell, g.Head[i+1].Number})
		}
		g.Rows = append(g.Rows, one)
	}
	return w.shape("grid", g)
}

// Gains shows what a row of table joint_savings gains in money, energy and CO2.
func (w Writer) Gains(row tables.Row) template.HTML { return w.shape("gains", w.s.gains(row)) }

// shape writes a part of a page.
func (w Writer) shape(name string, content any) template.HTML {
	var text strings.Builder
	if err := w.shapes.ExecuteTemplate(&text, name, content); err != nil {
		panic(err) // the template is ours, and a Builder does not fail
	}
	return template.HTML(text.String())
}

// The charts, each with a caption that says what to see in it.

// UseChart shows the final energy of each member by carrier.
func (w Writer) UseChart() template.HTML { return w.s.account().Bars }

// SavingsCurve shows the savings of all members, cheapest first.
func (w Writer) SavingsCurve() template.HTML { return w.s.jointCurve() }

// GainRanges shows how sure each member's gain is under the key of an agreement.
func (w Writer) GainRanges(agreement string) template.HTML {
	return w.s.gainRanges(agreement, "index_gets_see")
}

// Tornado shows what rows of table tornado do to the gain.
func (w Writer) Tornado(rows []tables.Row) template.HTML {
	drawing, _ := w.s.tornado(rows)
	return drawing
}

// Value is a figure for a chart of the document's own.
func (w Writer) Value(column string, rows ...tables.Row) chart.Value {
	return w.s.value(figure{column, rows})
}

// ChartWords are what charts say of themselves.
func (w Writer) ChartWords() chart.Words { return w.s.chartWords() }

// Figure is a chart with its caption and its table.
func (w Writer) Figure(id, caption string, c chart.Chart) template.HTML {
	return chart.Figure("figure-"+id, caption, c, w.s.text("as_table"))
}
