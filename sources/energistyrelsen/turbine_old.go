package energistyrelsen

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"samkraft/pipeline"
	"samkraft/sources"
)

// oldSheet is one of the two sheets of the old layout.
type oldSheet struct {
	name, status string
	header       []string
	totals       []string // rows at the foot, in order of appearance; none of them need be there
}

const (
	periodRow = 17 // the years and months of the production columns
	headerRow = 18 // the Danish header; the English one stands in row 10
)

var oldStanding = oldSheet{
	name: "IkkeAfmeldte-Existing turbines", status: "standing",
	header: []string{"Møllenummer (GSRN)", "Dato for oprindelig nettilslutning", "Kapacitet (kW)", "Rotor-diameter (m)", "Navhøjde (m)", "Fabrikat", "Model",
		"Kommune-nr.", "Kommune", "Type af placering", "Ejerlav", "Matrikel-nummer", "X (øst) koordinat UTM 32 Euref89", "Y (nord) koordinat UTM 32 Euref89",
		"Koordinatoprindelse", "Netselskabets installations-nummer"},
	totals: []string{"Sum af ikke-afmeldte anlæg / Sum of existing turbines", "Sum af afmeldte anlæg/ sum of decommissioned turbines", "I alt"},
}

var oldDecommissioned = oldSheet{
	name: "Afmeldte-Decommissioned", status: "decommissioned",
	header: []string{"Møllenummer (GSRN)", "Dato for oprindelig nettilslutning", "Dato for afmeldning", "Kapacitet (kW)", "Rotor-diameter (m)", "Navhøjde (m)", "Fabrikat", "Typebetegnelse",
		"Kommune-nr.", "Kommune", "Type af placering", "Ejerlav", "Matrikel-nummer", "X (øst) koordinat UTM 32 Euref89", "Y (nord) koordinat UTM 32 Euref89",
		"Koordinatoprindelse", "Netselskabets installations-nummer"},
	totals: []string{"Sum af afmeldte anlæg/ sum of decommissioned turbines"},
}

// oldProduction: a blank cell states nothing, and then there is no row.
var oldProduction = sources.Marks{"": pipeline.NotAvailable}

// period is a production column: a year, or a month of the running year.
type period struct {
	year  int
	month time.Time // zero for a year
}

// oldReader carries what one sheet's rows need of those above them.
type oldReader struct {
	oldSheet
	columns turbineColumns
	periods []period // of the columns behind the header's
	width   int      // columns that may hold something
	total   int      // total rows passed
	ended   bool     // a total row or a blank row has been passed
	asOf    string
	rows    int
	out     pipeline.Output
}

func decodeOldTurbines(ctx context.Context, book *sources.Workbook, out pipeline.Output) (pipeline.Edition, error) {
	edition := pipeline.Edition{}
	for _, layout := range []oldSheet{oldStanding, oldDecommissioned} {
		o := oldReader{oldSheet: layout, columns: findTurbineColumns(layout.header), out: out}
		s := &sheet{book: book, name: layout.name, header: layout.header, mark: '.'}
		if err := s.each(ctx, o.row); err != nil {
			return pipeline.Edition{}, err
		}
		if o.periods == nil {
			return pipeline.Edition{}, book.Problem(layout.name, headerRow, "", "the sheet ends before its header", "the header in row 18 and turbines below it")
		}
		if o.rows == 0 && layout.status == oldStanding.status {
			return pipeline.Edition{}, book.Problem(layout.name, headerRow+1, "", "there are no turbines", "turbines below the header")
		}
		if o.asOf == "" {
			o.asOf = o.lastPeriod()
		}
		edition.AsOf = max(edition.AsOf, o.asOf)
	}
	return edition, nil
}

func (o *oldReader) row(r row) error {
	switch {
	case r.number < periodRow:
		// The state of the register stands alone in column A, as 2022.03.15.
		if d, err := time.Parse("2006.01.02", r.text(0)); err == nil && d.Year() >= 1970 && d.Year() <= 2100 {
			o.asOf = d.Format(time.DateOnly)
		}
		return nil
	case r.number == periodRow:
		return o.readPeriods(r)
	case r.number == headerRow:
		return o.readHeader(r)
	case r.blank():
		o.ended = true
		return nil
	}
	for i := o.total; i < len(o.totals); i++ {
		if r.text(0) == o.totals[i] {
			o.total, o.ended = i+1, true
			return nil
		}
	}
	if o.ended {
		return r.problem(0, fmt.Sprintf("%q stands below the end of the turbines", r.text(0)), "only the total rows "+strings.Join(o.totals, ", "))
	}
	return o.turbine(r)
}

// readPeriods reads row 17: a run of years, then months of the year that
// follows, then their sum.
func (o *oldReader) readPeriods(r row) error {
	o.periods = []period{}
	o.width = len(o.header)
	accumulated := false
	for i := len(o.header); i < len(r.cells); i++ {
		s := r.text(i)
		if s == "" {
			continue
		}
		if i != o.width || accumulated {
			return r.problem(i, fmt.Sprintf("%q stands outside the production columns", s), "years, months and Akkumuleret without a gap")
		}
		o.width = i + 1
		if s == "Akkumuleret" {
			accumulated = true
			continue
		}
		p, ok := readPeriod(s)
		if !ok || len(o.periods) > 0 && !o.periods[len(o.periods)-1].before(p) {
			return r.problem(i, fmt.Sprintf("%q is not the next period", s), "a year or the first day of a month, one after the other")
		}
		o.periods = append(o.periods, p)
	}
	if len(o.periods) == 0 {
		return r.problem(-1, "there are no production columns", "years behind the turbines' columns")
	}
	return nil
}

func readPeriod(s string) (period, bool) {
	if n, err := strconv.Atoi(s); err == nil && n >= 1970 && n <= 2100 {
		return period{year: n}, true
	}
	d, ok := sources.SerialDate(s)
	return period{year: d.Year(), month: d}, ok && d.Day() == 1 && d.Year() >= 1970
}

// before reports whether q follows p: the next year, the first month of a later
// year, the next month.
func (p period) before(q period) bool {
	switch {
	case p.month.IsZero() && q.month.IsZero():
		return q.year == p.year+1
	case p.month.IsZero():
		return q.year > p.year
	}
	return q.month.Equal(p.month.AddDate(0, 1, 0))
}

func (o *oldReader) lastPeriod() string {
	p := o.periods[len(o.periods)-1]
	if p.month.IsZero() {
		return sources.EndOfYear(p.year)
	}
	return lastDay(p.month)
}

// readHeader reads row 18; behind the turbines' columns nothing stands in it but
// the running year, somewhere above its months and their sum.
func (o *oldReader) readHeader(r row) error {
	if o.periods == nil {
		return r.problem(-1, "row 17 is missing", "the years of the production columns in it")
	}
	if err := r.expectHeader(o.header); err != nil {
		return err
	}
	for i := len(o.header); i < len(r.cells); i++ {
		s := r.text(i)
		if s != "" && (i >= o.width || s != strconv.Itoa(o.periods[len(o.periods)-1].year)) {
			return r.problem(i, fmt.Sprintf("%q is an extra column", s), "nothing behind the turbines' columns but years and months")
		}
	}
	return nil
}

func (o *oldReader) turbine(r row) error {
	o.rows++
	t, err := readTurbine(r, o.columns, o.status, o.out)
	if err != nil {
		return err
	}
	for i := o.width; i < len(r.cells); i++ {
		if r.text(i) != "" {
			return r.problem(i, fmt.Sprintf("%q stands outside the production columns", r.text(i)), "nothing")
		}
	}
	location := r.location()
	for i, p := range o.periods {
		value, status, err := r.value(len(o.header)+i, oldProduction)
		if err != nil {
			return err
		}
		if status == pipeline.NotAvailable {
			continue
		}
		if p.month.IsZero() {
			err = o.out.Row("ens_turbine_year", location, t.id, p.year, value, status)
		} else {
			err = o.out.Row("ens_turbine_month", location, t.id, p.month, value, status)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
