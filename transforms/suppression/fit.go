package suppression

import (
	"errors"
	"fmt"
	"math"
)

// Limits of iterative proportional fitting.
const (
	tolerance     = 1e-9 // largest error of a sum, as a share of it
	maxIterations = 5000
)

// ErrSeed says that a seed does not fit its table: it is of another size, or holds
// a value below zero or none at all for a hidden cell.
var ErrSeed = errors.New("suppression: not a seed of the table")

// Estimate is what Fit thinks of a table's cells.
type Estimate struct {
	// Cells are the printed cells, moved within their rounding where sums ask for it,
	// and estimates of the hidden ones. A hidden cell that no printed total binds is
	// NaN: nothing can be said of it.
	Cells      [][]float64
	Iterations int
	// Converged says that all sums are fulfilled to 1e-9 of themselves. Otherwise the
	// estimates are not to be used: zeros in the seed leave the sums no solution, or
	// only one at the edge, which the iteration does not reach.
	Converged bool
}

// Fit estimates the hidden cells by iterative proportional fitting: it starts from
// a seed, of which only the values at hidden cells count, and scales rows and
// columns in turn until all sums are fulfilled. The seed's cross-ratios x11 x22 /
// (x12 x21) are kept, and a zero in it stays zero. Errors are those of Bounds, and
// ErrSeed.
func (t Table) Fit(seed [][]float64) (Estimate, error) {
	return t.fit(seed, maxIterations)
}

func (t Table) fit(seed [][]float64, limit int) (Estimate, error) {
	t, err := t.reconcile()
	if err != nil {
		return Estimate{}, err
	}
	if err := t.checkSeed(seed); err != nil {
		return Estimate{}, err
	}
	e := Estimate{}
	bound := make([][]bool, len(t.Rows))
	for i, row := range t.Cells {
		bound[i] = make([]bool, len(row))
		e.Cells = append(e.Cells, make([]float64, len(row)))
		for j, v := range row {
			if e.Cells[i][j] = float64(v); v == Hidden {
				e.Cells[i][j] = seed[i][j]
			}
		}
	}
	rows, columns := t.margins()
	for _, m := range append(append([]margin(nil), rows...), columns...) {
		for _, at := range m.cells {
			bound[at.i][at.j] = true
		}
	}
	for possible := true; possible && !e.Converged && e.Iterations < limit; e.Iterations++ {
		for _, m := range rows {
			possible = m.scale(e.Cells) && possible
		}
		for _, m := range columns {
			possible = m.scale(e.Cells) && possible
		}
		e.Converged = possible
		for _, m := range rows {
			e.Converged = e.Converged && math.Abs(m.sum(e.Cells)-m.target) <= tolerance*m.target
		}
	}
	for i, row := range t.Cells {
		for j, v := range row {
			if v == Hidden && !bound[i][j] {
				e.Cells[i][j] = math.NaN()
			}
		}
	}
	return e, nil
}

func (t Table) checkSeed(seed [][]float64) error {
	if len(seed) != len(t.Rows) {
		return fmt.Errorf("%w: it has %d rows, expected %d", ErrSeed, len(seed), len(t.Rows))
	}
	for i, row := range t.Cells {
		if len(seed[i]) != len(row) {
			return fmt.Errorf("%w: row %s has %d values, expected %d", ErrSeed, t.Rows[i], len(seed[i]), len(row))
		}
		for j, v := range row {
			if s := seed[i][j]; v == Hidden && !(s >= 0 && s <= float64(MaxFigure)) {
				return fmt.Errorf("%w: %v for row %s, column %s; expected 0 to %d", ErrSeed, s, t.Rows[i], t.Columns[j], MaxFigure)
			}
		}
	}
	return nil
}

// margin is what a set of hidden cells adds up to.
type margin struct {
	cells  []place
	target float64
}

type place struct{ i, j int }

func (m margin) sum(x [][]float64) float64 {
	s := 0.0
	for _, at := range m.cells {
		s += x[at.i][at.j]
	}
	return s
}

// scale makes the cells add up to the target, unless they are all zero.
func (m margin) scale(x [][]float64) bool {
	s := m.sum(x)
	if s == 0 {
		return m.target == 0
	}
	for _, at := range m.cells {
		x[at.i][at.j] *= m.target / s
	}
	return true
}

// margins returns what the hidden cells of rows and of columns add up to, for a
// reconciled table. Rows whose total is hidden are one margin together, when the
// total of the table is known; so are columns.
func (t Table) margins() (rows, columns []margin) {
	byRow, byColumn := make([]margin, len(t.Rows)), make([]margin, len(t.Columns))
	inRow, inColumn := make([]int64, len(t.Rows)), make([]int64, len(t.Columns)) // printed
	for i, row := range t.Cells {
		for j, v := range row {
			if v == Hidden {
				byRow[i].cells = append(byRow[i].cells, place{i, j})
				byColumn[j].cells = append(byColumn[j].cells, place{i, j})
			} else {
				inRow[i] += v
				inColumn[j] += v
			}
		}
	}
	total := t.Total
	for _, side := range []struct {
		lines   []margin
		printed []int64
		totals  []int64
	}{{byRow, inRow, t.RowTotals}, {byColumn, inColumn, t.ColumnTotals}} {
		if sum, known := addUp(side.lines, side.printed, side.totals); known && total == Hidden {
			total = sum
		}
	}
	return gather(byRow, inRow, t.RowTotals, total), gather(byColumn, inColumn, t.ColumnTotals, total)
}

// addUp adds the totals of rows, or columns, when each is printed or has no hidden
// cell.
func addUp(lines []margin, printed, totals []int64) (sum int64, known bool) {
	for k, v := range totals {
		switch {
		case v != Hidden:
			sum += v
		case len(lines[k].cells) == 0:
			sum += printed[k]
		default:
			return 0, false
		}
	}
	return sum, true
}

// gather makes margins of the hidden cells of rows, or columns.
func gather(lines []margin, printed, totals []int64, total int64) []margin {
	var kept []margin
	var rest margin // of the lines whose total is hidden
	left := total
	for k, m := range lines {
		if totals[k] == Hidden {
			rest.cells = append(rest.cells, m.cells...)
			left -= printed[k]
			continue
		}
		left -= totals[k]
		if len(m.cells) > 0 {
			m.target = float64(totals[k] - printed[k])
			kept = append(kept, m)
		}
	}
	if total != Hidden && len(rest.cells) > 0 {
		rest.target = float64(left)
		kept = append(kept, rest)
	}
	return kept
}
