package suppression

import (
	"errors"
	"fmt"
)

// ErrShare says that a share is not between 0 and 1.
var ErrShare = errors.New("suppression: not a share")

// Protect returns the table as it may be published: with as few totals hidden as
// will do, so that what the printed figures say of any hidden cell is a range
// wider than share times its upper end, and which cells are protected: those of
// which the figures told more before. Ranges are those of ExactBounds: that figures
// are rounded protects nobody. Errors are those of Bounds, and ErrShare.
//
// Totals are not protected for their own sake: a hidden total all of whose parts
// are printed tells of nobody.
func (t Table) Protect(share float64) (published Table, protected [][]bool, err error) {
	if err := t.check(); err != nil {
		return t, nil, err
	}
	if !(share >= 0 && share <= 1) {
		return t, nil, fmt.Errorf("%w: %v; expected 0 to 1", ErrShare, share)
	}
	t = t.copy()
	for _, row := range t.Cells {
		protected = append(protected, make([]bool, len(row)))
	}
	for {
		ranges, err := t.ExactBounds()
		if err != nil {
			return t, nil, err
		}
		narrow := t.tooNarrow(ranges, share)
		if len(narrow) == 0 {
			return t, protected, nil
		}
		for _, at := range narrow {
			protected[at.i][at.j] = true
		}
		if t, err = t.withhold(narrow[0], share); err != nil {
			return t, nil, err
		}
	}
}

// tooNarrow lists the hidden cells that the printed figures tell too much of.
func (t Table) tooNarrow(r Ranges, share float64) []place {
	var narrow []place
	for i, row := range t.Cells {
		for j, v := range row {
			if v == Hidden && r.Cells[i][j].Narrow(share) {
				narrow = append(narrow, place{i, j})
			}
		}
	}
	return narrow
}

// Narrow says whether a figure is known closer than a share of its upper end.
func (r Range) Narrow(share float64) bool {
	return r.High != Unbounded && float64(r.High-r.Low) <= share*float64(r.High)
}

// withhold hides the fewest of a cell's row total, column total and total of the
// table that protect it. With all three hidden they can grow together with the
// cell, and it can be anything.
func (t Table) withhold(at place, share float64) (tried Table, err error) {
	const row, column, total = 1, 2, 4
	for _, choice := range []int{row, column, total, row | total, column | total, row | column, row | column | total} {
		tried = t.copy()
		if choice&row != 0 {
			tried.RowTotals[at.i] = Hidden
		}
		if choice&column != 0 {
			tried.ColumnTotals[at.j] = Hidden
		}
		if choice&total != 0 {
			tried.Total = Hidden
		}
		ranges, err := tried.ExactBounds()
		if err != nil || !ranges.Cells[at.i][at.j].Narrow(share) {
			return tried, err
		}
	}
	return tried, nil
}
