package workbook

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"samkraft/sinks/tables"
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
	t, err := b.snapshot.Table(table)
	if err != nil {
		return tables.Row{}, false
	}
	return t.First(pairs...)
}

// rate is what a euro is in the plan's currency, in the year whose euro money is stated
// in or the nearest; no currency where there is none.
func (b *book) rate() (currency string, value float64) {
	plan, ok := b.first("plan")
	if !ok {
		return "", 0
	}
	currency = plan.Text("currency")
	row, ok := tables.ExchangeRate(plan, b.where("factor", "factor_id", strings.ToLower(currency)+"_per_eur"))
	if !ok {
		return "", 0
	}
	value, _ = row.Number("value")
	return currency, value
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
