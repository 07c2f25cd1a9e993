package suppression

import (
	"errors"
	"fmt"
	"math"
	"strings"
)

// Hidden stands for a figure that is not printed.
const Hidden int64 = -1

// Unbounded is the High of a figure that can be of any size.
const Unbounded int64 = math.MaxInt64

// MaxFigure is the largest figure that a table may hold.
const MaxFigure int64 = 1 << 43

// ErrTable says that a table is none: its parts differ in length, a figure is
// neither Hidden nor between 0 and MaxFigure, or its unit is odd or negative.
var ErrTable = errors.New("suppression: not a table")

// Table is a published table with its totals, in whole numbers of any one unit.
type Table struct {
	Rows, Columns []string  // their names, for errors
	Cells         [][]int64 // by row, then column
	RowTotals     []int64
	ColumnTotals  []int64
	Total         int64
	// Unit is what the figures are rounded to, an even number; 0 if they are exact.
	Unit int64
}

// Contradiction says that printed figures of a table cannot be true together,
// even if each is off by half of the unit that it is rounded to.
type Contradiction struct {
	Sums []string // the sums that contradict themselves or each other
	What string
}

func (c *Contradiction) Error() string {
	return strings.Join(c.Sums, ", ") + ": " + c.What
}

// check finds what keeps a table from being one.
func (t Table) check() error {
	wrong := func(format string, values ...any) error {
		return fmt.Errorf("%w: %s", ErrTable, fmt.Sprintf(format, values...))
	}
	if len(t.Rows) == 0 || len(t.Columns) == 0 {
		return wrong("it has %d rows and %d columns", len(t.Rows), len(t.Columns))
	}
	if len(t.Cells) != len(t.Rows) || len(t.RowTotals) != len(t.Rows) || len(t.ColumnTotals) != len(t.Columns) {
		return wrong("%d rows and %d columns are named, but it has %d rows of cells, %d totals of rows and %d of columns",
			len(t.Rows), len(t.Columns), len(t.Cells), len(t.RowTotals), len(t.ColumnTotals))
	}
	if t.Unit < 0 || t.Unit%2 != 0 || t.Unit > MaxFigure {
		return wrong("its figures are rounded to %d; expected an even number, or 0 for exact figures", t.Unit)
	}
	for i, row := range t.Cells {
		if len(row) != len(t.Columns) {
			return wrong("row %s has %d cells, expected %d", t.Rows[i], len(row), len(t.Columns))
		}
	}
	for _, f := range t.figures() {
		if v := *f.value; v != Hidden && (v < 0 || v > MaxFigure) {
			return wrong("%s holds %d; expected 0 to %d, or Hidden", t.name(f), v, MaxFigure)
		}
	}
	return nil
}

// copy returns a table whose figures can be changed without changing t's.
func (t Table) copy() Table {
	t.RowTotals = append([]int64(nil), t.RowTotals...)
	t.ColumnTotals = append([]int64(nil), t.ColumnTotals...)
	cells := make([][]int64, len(t.Cells))
	for i, row := range t.Cells {
		cells[i] = append([]int64(nil), row...)
	}
	t.Cells = cells
	return t
}

// All is the row or column of a total: that of row 2 stands in row 2, column All.
const All = -1

// At returns a cell or a total.
func (t Table) At(row, column int) int64 {
	return at(t.Cells, t.RowTotals, t.ColumnTotals, t.Total, row, column)
}

func at[T any](cells [][]T, rowTotals, columnTotals []T, total T, row, column int) T {
	switch {
	case row == All && column == All:
		return total
	case row == All:
		return columnTotals[column]
	case column == All:
		return rowTotals[row]
	}
	return cells[row][column]
}

// figure is a cell or total of a table: an arc of its network.
type figure struct {
	row, column int
	value       *int64
}

// figures lists cells row by row, then the totals of rows, of columns, and the
// total.
func (t *Table) figures() []figure {
	var list []figure
	for i := range t.Cells {
		for j := range t.Cells[i] {
			list = append(list, figure{i, j, &t.Cells[i][j]})
		}
	}
	for i := range t.RowTotals {
		list = append(list, figure{i, All, &t.RowTotals[i]})
	}
	for j := range t.ColumnTotals {
		list = append(list, figure{All, j, &t.ColumnTotals[j]})
	}
	return append(list, figure{All, All, &t.Total})
}

// name says which figure it is.
func (t Table) name(f figure) string {
	switch {
	case f.row == All && f.column == All:
		return "the total"
	case f.row == All:
		return "the total of column " + t.Columns[f.column]
	case f.column == All:
		return "the total of row " + t.Rows[f.row]
	}
	return "row " + t.Rows[f.row] + ", column " + t.Columns[f.column]
}

// The sums of a table, which are the nodes of its network: of each row, of each
// column, of the rows' totals and of the columns' totals.

func (t Table) sums() int       { return len(t.Rows) + len(t.Columns) + 2 }
func (t Table) allRows() int    { return len(t.Rows) + len(t.Columns) }
func (t Table) allColumns() int { return len(t.Rows) + len(t.Columns) + 1 }

// ends returns the two sums in which a figure stands: it flows out of the first
// and into the second.
func (t Table) ends(f figure) (from, to int) {
	switch {
	case f.row == All && f.column == All:
		return t.allColumns(), t.allRows()
	case f.row == All:
		return len(t.Rows) + f.column, t.allColumns()
	case f.column == All:
		return t.allRows(), f.row
	}
	return f.row, len(t.Rows) + f.column
}

func (t Table) sumName(node int) string {
	switch {
	case node < len(t.Rows):
		return "row " + t.Rows[node]
	case node < len(t.Rows)+len(t.Columns):
		return "column " + t.Columns[node-len(t.Rows)]
	case node == t.allRows():
		return "the totals of the rows"
	}
	return "the totals of the columns"
}
