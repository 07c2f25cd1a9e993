package suppression

import (
	"errors"
	"math"
)

// ErrEstimate says that an estimate cannot be rounded: it has not converged, or is
// of another table.
var ErrEstimate = errors.New("suppression: not a converged estimate of the table")

// Round fills the hidden figures of a table with a converged estimate in whole
// numbers, each next to what was estimated, so that all sums come out exactly.
// Totals follow from their cells. A figure of which nothing can be said stays
// Hidden. This is controlled rounding: a flow whose pipes carry the whole number
// below the estimate or the one above.
func (t Table) Round(e Estimate) (Table, error) {
	if !e.Converged || len(e.Cells) != len(t.Rows) {
		return t, ErrEstimate
	}
	t, err := t.reconcile()
	if err != nil {
		return t, err
	}
	freeRow, freeColumn, anyFree := make([]bool, len(t.Rows)), make([]bool, len(t.Columns)), false
	for i, row := range t.Cells {
		for j, v := range row {
			if v == Hidden && math.IsNaN(e.Cells[i][j]) {
				freeRow[i], freeColumn[j], anyFree = true, true, true
			}
		}
	}
	// Sums hold to 1e-9 of themselves, which of large ones is more than a whole: then
	// the next number but one has to do.
	var c circulation
	for give := int64(0); give < 10; give++ {
		spans := t.spans(0)
		for k, f := range t.figures() {
			if *f.value == Hidden && f.row != All && f.column != All && !math.IsNaN(e.Cells[f.row][f.column]) {
				x := e.Cells[f.row][f.column]
				spans[k] = span{max(int64(math.Floor(x))-give, 0), int64(math.Round(x)), int64(math.Ceil(x)) + give}
			}
		}
		if c, err = t.circulate(spans); err == nil {
			break
		}
	}
	if err != nil {
		return t, err
	}
	filled := t.copy()
	for k, f := range filled.figures() {
		var free bool
		switch {
		case f.row == All && f.column == All:
			free = anyFree
		case f.row == All:
			free = freeColumn[f.column]
		case f.column == All:
			free = freeRow[f.row]
		default:
			free = math.IsNaN(e.Cells[f.row][f.column])
		}
		if *f.value == Hidden && !free {
			*f.value = c.value(k)
		}
	}
	return filled, nil
}
