package portal

import (
	"fmt"
	"io/fs"
	"strings"

	"samkraft/sinks/tables"
	"samkraft/sinks/words"
)

// book is a snapshot that pages are made of.
type book struct {
	id       string // of the snapshot; "" while it is being made
	snapshot *tables.Snapshot
	tables   map[string]*tables.Table
	members  []member
	plan     tables.Row
	rate     rate
	origins  origins
	computed tables.Computed
	papers   func(file string) bool // whether a file for people stands beside the tables
}

// member is a member of the plan.
type member struct {
	country, code, name string
	bit                 int64
}

// rate is what a euro is in the plan's currency.
type rate struct {
	row      tables.Row
	currency string // "" where money is shown in euro alone
	value    float64
}

// read are the tables that pages read. The large ones, by hour and by turbine, are not
// among them.
var read = []string{
	"agreement", "agreement_incidence", "agreement_member", "allocation", "boundary", "carrier", "check_result", "coalition_value", "completeness",
	"emission", "end_use", "energy_balance", "energy_normalised", "exit_loss", "extract", "factor", "joint_savings", "land_ledger",
	"lineage", "measure", "measure_catalogue", "member", "municipality", "own_measure", "plan", "renewable_potential",
	"renewable_supply", "resource_ledger", "sector", "source", "stability", "stock_emission", "supply_curve", "target", "tornado",
}

// open reads the tables of the snapshot in a folder. One of another version of the
// program may lack a column, which is found here or on a page.
func open(folder fs.FS, id string) (_ *book, err error) {
	defer func() {
		if caught := recover(); caught != nil {
			err = fmt.Errorf("its tables are of another version of the program: %v", caught)
		}
	}()
	snapshot, err := tables.Open(folder)
	if err != nil {
		return nil, err
	}
	b := &book{id: id, snapshot: snapshot, tables: map[string]*tables.Table{}}
	for _, name := range read {
		if b.tables[name], err = snapshot.Table(name); err != nil {
			return nil, err
		}
	}
	var ok bool
	if b.plan, ok = b.table("plan").First(); !ok {
		return nil, fmt.Errorf("table plan has no row")
	}
	for r := range b.table("member").All() {
		bit, _ := r.Int("bit")
		b.members = append(b.members, member{r.Text("country"), r.Text("muni_code"), r.Text("name"), bit})
	}
	b.rate = b.findRate()
	b.origins = b.findOrigins()
	if b.computed, err = snapshot.Computed(); err != nil {
		return nil, err
	}
	b.papers = func(file string) bool { _, err := fs.Stat(folder, file); return err == nil }
	return b, nil
}

// table is a table that pages read.
func (b *book) table(name string) *tables.Table {
	t := b.tables[name]
	if t == nil {
		panic("pages do not read the table " + name)
	}
	return t
}

// findRate finds the rate of the year whose euro money is stated in, or of the
// nearest.
func (b *book) findRate() rate {
	currency := b.plan.Text("currency")
	row, ok := tables.ExchangeRate(b.plan, b.table("factor").Where("factor_id", strings.ToLower(currency)+"_per_eur"))
	if !ok {
		return rate{}
	}
	value, _ := row.Number("value")
	return rate{row, currency, value}
}

// name is the plan's name.
func (b *book) name(l words.Language) string { return b.plan.Text("name_" + string(l)) }

// memberOf finds the name of a municipality: a member's, or what the table has.
func (b *book) memberOf(country, code string) string {
	for _, m := range b.members {
		if m.country == country && m.code == code {
			return m.name
		}
	}
	if r, ok := b.table("municipality").First("country", country, "muni_code", code); ok {
		return r.Text("name")
	}
	return code
}

// of are the rows of a table that are about a member, and have these values.
func (b *book) of(m member, table string, pairs ...any) []tables.Row {
	return b.table(table).Where(append([]any{"country", m.country, "muni_code", m.code}, pairs...)...)
}

// one is the only row of a table that is about a member and has these values.
func (b *book) one(m member, table string, pairs ...any) (tables.Row, bool) {
	return b.table(table).First(append([]any{"country", m.country, "muni_code", m.code}, pairs...)...)
}
