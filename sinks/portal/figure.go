package portal

import (
	"math"
	"strconv"
	"strings"

	"samkraft/sinks/tables"
)

// figure is a number on a page: a cell of a table, or the sum of cells of one column.
// A column that begins with a minus is shown the other way round, as a loss is.
type figure struct {
	column string
	rows   []tables.Row
}

// at is the figure of one cell.
func at(row tables.Row, column string) figure {
	return figure{column, []tables.Row{row}}
}

// sum is the figure of a column over rows. Without rows there is none.
func sum(rows []tables.Row, column string) figure {
	return figure{column, rows}
}

// value returns the number and whether it is known: a sum is not where one of its
// parts is not.
func (f figure) value() (float64, bool) {
	total := 0.0
	column, turned := strings.CutPrefix(f.column, "-")
	for _, r := range f.rows {
		v, ok := r.Number(column)
		if !ok {
			return 0, false
		}
		total += v
	}
	if len(f.rows) > 1 {
		total = math.Round(total*1e6) / 1e6 // finer than any column is rounded
	}
	if turned {
		total = 0 - total // zero stays zero
	}
	return total, len(f.rows) > 0
}

// known reports whether there is a number.
func (f figure) known() bool {
	_, ok := f.value()
	return ok
}

// status is why a number is not known, as the first row without one says: a code of
// value_status, or "".
func (f figure) status() string {
	for _, r := range f.rows {
		if r.Null(strings.TrimPrefix(f.column, "-")) && r.Table().Has("value_status") {
			return r.Text("value_status")
		}
	}
	return ""
}

// places names the rows by their places in the table.
func (f figure) places() string {
	var all []string
	for _, r := range f.rows {
		all = append(all, strconv.Itoa(r.Index()))
	}
	return strings.Join(all, " ")
}

// exact writes a number so that it reads back as the same.
func exact(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
