package workbook

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"samkraft/sinks/tables"
	"samkraft/sinks/words"
)

// maxRows is how many rows of a table make a sheet that people still scroll and filter.
// What has more is named on the cover, with its Parquet file.
const maxRows = 20_000

// book is what the workbooks of all languages have in common.
type book struct {
	id       string // of the snapshot
	snapshot *tables.Snapshot
	formats  formats
	sheets   []*sheet
	left     []leftOut
	members  []member
	places   map[string]string // names of municipalities by country and code
}

// leftOut is a table that has no sheet.
type leftOut struct {
	heading tables.Heading
	reason  reason
}

// reason is why a table has no sheet.
type reason int

const (
	noRows reason = iota
	tooLarge
	tooLong // a text of it
)

// member is a member of the plan.
type member struct{ country, code, name string }

// open reads the tables of the snapshot in a folder and writes their rows.
func open(folder fs.FS, id string) (_ *book, err error) {
	defer caught(&err)
	snapshot, err := tables.Open(folder)
	if err != nil {
		return nil, err
	}
	b := &book{id: id, snapshot: snapshot, places: map[string]string{}}
	for r := range b.all("municipality") {
		b.places[r.Text("country")+r.Text("muni_code")] = r.Text("name")
	}
	for r := range b.all("member") {
		m := member{r.Text("country"), r.Text("muni_code"), r.Text("name")}
		b.members = append(b.members, m)
		b.places[m.country+m.code] = m.name
	}
	names := snapshot.Names()
	slices.SortStableFunc(names, func(a, b string) int {
		_, x := place(a)
		_, y := place(b)
		return x - y
	})
	for _, name := range names {
		if err := b.add(name); err != nil {
			return nil, fmt.Errorf("table %s: %w", name, err)
		}
	}
	return b, nil
}

// add makes the sheet of a table, or says why it has none.
func (b *book) add(name string) error {
	heading, err := b.snapshot.Heading(name)
	if err != nil {
		return err
	}
	switch {
	case heading.Rows == 0:
		b.left = append(b.left, leftOut{heading, noRows})
		return nil
	case heading.Rows > maxRows:
		b.left = append(b.left, leftOut{heading, tooLarge})
		return nil
	}
	s, err := b.newSheet(name)
	if errors.Is(err, errLong) {
		b.left = append(b.left, leftOut{heading, tooLong})
		return nil
	}
	if err != nil {
		return err
	}
	b.sheets = append(b.sheets, s)
	return nil
}

// caught turns a panic into an error: a snapshot of another version of the program may
// lack a column.
func caught(err *error) {
	if what := recover(); what != nil {
		*err = fmt.Errorf("the workbook cannot be made of these tables: %v", what)
	}
}

// all goes through the rows of a table; a table that the snapshot does not have has
// none. One that cannot be read is found when its sheet is made.
func (b *book) all(table string) func(func(tables.Row) bool) {
	t, err := b.snapshot.Table(table)
	if err != nil {
		return func(func(tables.Row) bool) {}
	}
	return t.All()
}

// where are the rows of a table that have these values, as Table.Where.
func (b *book) where(table string, pairs ...any) []tables.Row {
	t, err := b.snapshot.Table(table)
	if err != nil {
		return nil
	}
	return t.Where(pairs...)
}

// first is the first of them, and whether there is one.
func (b *book) first(table string, pairs ...any) (tables.Row, bool) {
	if rows := b.where(table, pairs...); len(rows) > 0 {
		return rows[0], true
	}
	return tables.Row{}, false
}

// rate is what a euro is in the plan's currency, in the year whose euro money is stated
// in or the nearest; no currency where there is none.
func (b *book) rate() (currency string, value float64) {
	plan, ok := b.first("plan")
	if !ok {
		return "", 0
	}
	price, _ := plan.Number("price_year")
	best := math.Inf(1)
	for _, r := range b.where("factor", "factor_id", strings.ToLower(plan.Text("currency"))+"_per_eur") {
		year, _ := r.Number("year")
		if v, known := r.Number("value"); known && v > 0 && math.Abs(year-price) < best {
			currency, value, best = plan.Text("currency"), v, math.Abs(year-price)
		}
	}
	return currency, value
}

// edition is the workbook of one language while it is made.
type edition struct {
	*book
	lang  words.Language
	file  *excelize.File
	looks map[string]int
	names map[string]string // of sheets, by table
	taken map[string]bool   // names of sheets, in lower case
	parts map[string][]byte // that stand for others when the workbook is packed, see table
	err   error             // the first one; nothing is done after it
}

// write writes the workbook of a language.
func (b *book) write(w io.Writer, l words.Language) (err error) {
	defer caught(&err)
	e := &edition{book: b, lang: l, file: excelize.NewFile(), looks: map[string]int{}, names: map[string]string{}, taken: map[string]bool{}, parts: map[string][]byte{}}
	defer func() { err = errors.Join(err, e.file.Close()) }()
	e.do(b.formats.make(e.file))
	var kinds []string
	for kind := range looks {
		kinds = append(kinds, kind)
	}
	slices.Sort(kinds)
	for _, kind := range kinds {
		look := looks[kind]
		style, err := e.file.NewStyle(&look)
		e.do(err)
		e.looks[kind] = style
	}
	cover, charts := e.name(e.say("cover")), e.name(e.say("charts"))
	e.do(e.file.SetSheetName("Sheet1", cover))
	e.sheet(charts)
	packed := map[string][]byte{}
	for _, s := range b.sheets {
		title, _ := l.Table(s.table.Name)
		e.names[s.table.Name] = e.name(title)
	}
	for _, s := range b.sheets {
		packed[e.sheet(e.names[s.table.Name])] = s.rows
		e.tableSheet(s)
	}
	columns, codes := e.dictionary()
	e.cover(cover, charts, columns, codes)
	e.charts(charts)
	// The time is that of the newest data: a workbook has one, and no clock is asked.
	day := b.newest().UTC().Format(time.RFC3339)
	e.do(e.file.SetDocProps(&excelize.DocProperties{
		Title: e.planName(), Subject: e.say("subject"), Creator: "Samkraft", LastModifiedBy: "Samkraft", Identifier: b.id, Language: string(l),
		Created: day, Modified: day,
	}))
	e.do(e.file.SetAppProps(&excelize.AppProperties{Application: "Samkraft"}))
	if e.err != nil {
		return e.err
	}
	e.file.SetZipWriter(func(to io.Writer) excelize.ZipWriter { return &pack{to, map[string]*bytes.Buffer{}, e.parts, packed} })
	return e.file.Write(w)
}

// do keeps the first error.
func (e *edition) do(err error) {
	if e.err == nil {
		e.err = err
	}
}

// sheet makes a sheet and returns the part in which it stands.
func (e *edition) sheet(name string) (part string) {
	at, err := e.file.NewSheet(name)
	e.do(err)
	return fmt.Sprintf("xl/worksheets/sheet%d.xml", at+1)
}

// What the name of a sheet may be.
const maxName = 31

// name makes the name of a sheet of a title: short, without the signs that Excel takes
// for its own, and no other sheet's.
func (e *edition) name(title string) string {
	clean := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\'`, r) || r < ' ' {
			return ' '
		}
		return r
	}, title)
	clean = strings.Join(strings.Fields(clean), " ")
	name := shorten(clean, maxName)
	for n := 2; name == "" || e.taken[strings.ToLower(name)]; n++ {
		mark := fmt.Sprintf(" %d", n)
		name = shorten(clean, maxName-len(mark)) + mark
	}
	e.taken[strings.ToLower(name)] = true
	return name
}

// shorten cuts a text to a number of UTF-16 units, at a space where one is near.
func shorten(text string, most int) string {
	if units(text) <= most {
		return text
	}
	size := 0
	for i, r := range text {
		if size += units(string(r)); size > most-1 {
			text = text[:i]
			break
		}
	}
	if space := strings.LastIndexByte(text, ' '); space > len(text)*2/3 {
		text = text[:space]
	}
	return strings.TrimRight(text, " ,;(–-") + "…"
}

// planName is the plan's name in the language of the workbook.
func (e *edition) planName() string {
	if plan, ok := e.first("plan"); ok && !plan.Null("name_"+string(e.lang)) {
		return plan.Text("name_" + string(e.lang))
	}
	return e.snapshot.Title
}

// newest is the newest of the publishers' own dates; the zero time where none is known.
func (b *book) newest() time.Time {
	var newest time.Time
	for r := range b.all("extract") {
		if day, known := r.Time("as_of"); known && day.After(newest) {
			newest = day
		}
	}
	return newest
}
