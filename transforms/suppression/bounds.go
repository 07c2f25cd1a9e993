package suppression

import "fmt"

// Range is what a figure can be: Low to High, both included. High can be
// Unbounded.
type Range struct{ Low, High int64 }

// Ranges are those of the figures of a table; of a printed one, what it can be
// within its rounding.
type Ranges struct {
	Cells                   [][]Range
	RowTotals, ColumnTotals []Range
	Total                   Range
}

// At returns the range of a cell or a total.
func (r Ranges) At(row, column int) Range {
	return at(r.Cells, r.RowTotals, r.ColumnTotals, r.Total, row, column)
}

// Bounds returns what each figure can be: the smallest range that holds all values
// with which all sums that hold a hidden figure can be true. The error is a
// *Contradiction when there are none, or when a sum of printed figures is off by
// more than their rounding, and ErrTable.
func (t Table) Bounds() (Ranges, error) {
	if err := t.check(); err != nil {
		return Ranges{}, err
	}
	if err := t.checkSums(); err != nil {
		return Ranges{}, err
	}
	return t.ranges(t.Unit / 2)
}

// ExactBounds returns bounds that do not hide behind the figures' rounding: those
// of the figures as they are printed where they fit together, else moved within
// their rounding until they do. A figure whose Low is its High follows from the
// others.
func (t Table) ExactBounds() (Ranges, error) {
	exact, err := t.reconcile()
	if err != nil {
		return Ranges{}, err
	}
	return exact.ranges(0)
}

// ranges returns bounds of a table whose printed figures may be off by half a unit.
func (t Table) ranges(half int64) (Ranges, error) {
	c, err := t.circulate(t.spans(half))
	if err != nil {
		return Ranges{}, err
	}
	ranges := Ranges{RowTotals: make([]Range, len(t.Rows)), ColumnTotals: make([]Range, len(t.Columns))}
	for range t.Rows {
		ranges.Cells = append(ranges.Cells, make([]Range, len(t.Columns)))
	}
	for k, f := range c.figures {
		one := Range{c.spans[k].low, c.spans[k].high}
		if *f.value == Hidden {
			one = c.bounds(k)
		}
		switch {
		case f.row == All && f.column == All:
			ranges.Total = one
		case f.row == All:
			ranges.ColumnTotals[f.column] = one
		case f.column == All:
			ranges.RowTotals[f.row] = one
		default:
			ranges.Cells[f.row][f.column] = one
		}
	}
	return ranges, nil
}

func (t *Table) spans(half int64) []span {
	var spans []span
	for _, f := range t.figures() {
		spans = append(spans, spanOf(*f.value, half))
	}
	return spans
}

// checkSums checks each sum by itself: without a hidden figure it has to come out
// within the rounding of its figures, with one the rest must not be negative.
func (t *Table) checkSums() error {
	// Into a sum's node flows what is shared out, and what it is shared to flows out.
	least, most := make([]int64, t.sums()), make([]int64, t.sums()) // in less out
	hiddenIn, hiddenOut := make([]bool, t.sums()), make([]bool, t.sums())
	for _, f := range t.figures() {
		from, to := t.ends(f)
		if *f.value == Hidden {
			hiddenOut[from], hiddenIn[to] = true, true
			continue
		}
		s := spanOf(*f.value, t.Unit/2)
		least[from] -= s.high
		most[from] -= s.low
		least[to] += s.low
		most[to] += s.high
	}
	for sum := range least {
		off := int64(0)
		if least[sum] > 0 && !hiddenOut[sum] {
			off = least[sum]
		} else if most[sum] < 0 && !hiddenIn[sum] {
			off = -most[sum]
		}
		if off > 0 {
			return &Contradiction{
				Sums: []string{t.sumName(sum)},
				What: fmt.Sprintf("total and printed parts differ by %d more than rounding explains; expected a total that is the sum of its parts, hidden ones included", off),
			}
		}
	}
	return nil
}

// reconcile returns the table with printed figures that fulfil all sums in which a
// figure is hidden to the last digit: as they are printed where that can be, else
// moved by no more than half of the unit that they are rounded to.
func (t Table) reconcile() (Table, error) {
	if err := t.check(); err != nil {
		return t, err
	}
	if err := t.checkSums(); err != nil {
		return t, err
	}
	t = t.copy()
	c, err := t.circulate(t.spans(t.Unit / 2))
	if err != nil {
		return t, err
	}
	for k, f := range c.figures {
		if *f.value != Hidden {
			*f.value = c.value(k)
		}
	}
	return t, nil
}
