package suppression

import (
	"errors"
	"math"
	"strings"
	"testing"
)

func TestContradiction(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*Table)
		want   string
	}{
		{"parts above their total", func(t *Table) { t.RowTotals[0] = 49; t.Total = Hidden }, "row IND: total and printed parts differ by 1 more than rounding explains"},
		{"parts below their total", func(t *Table) { t.RowTotals[2] = 31 }, "row SERV: total and printed parts differ by 1 more than rounding explains"},
		{"totals and total", func(t *Table) { t.Total = 180 }, "the totals of the rows: total and printed parts differ by 10"},
		// Together IND and PUB have to take 84 of LIQ and SOLID, which have 85.
		{"rows against columns", func(t *Table) { t.ColumnTotals[1], t.ColumnTotals[2] = 53, 77; t.Cells[2][2] = Hidden }, "the printed figures leave no room for the hidden ones"},
	} {
		table := g4()
		c.change(&table)
		_, err := table.Bounds()
		var contradiction *Contradiction
		if !errors.As(err, &contradiction) || !strings.Contains(err.Error(), c.want) || len(contradiction.Sums) == 0 {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
		if _, err := table.Fit(g4Seed); !errors.As(err, &contradiction) {
			t.Errorf("%s: Fit answers %v", c.name, err)
		}
		if _, _, err := table.Protect(0.1); !errors.As(err, &contradiction) {
			t.Errorf("%s: Protect answers %v", c.name, err)
		}
	}
}

func TestNoTable(t *testing.T) {
	for name, change := range map[string]func(*Table){
		"no rows":        func(t *Table) { *t = Table{} },
		"a short row":    func(t *Table) { t.Cells[1] = t.Cells[1][:2] },
		"a row too many": func(t *Table) { t.Cells = append(t.Cells, t.Cells[0]) },
		"totals missing": func(t *Table) { t.ColumnTotals = nil },
		"negative":       func(t *Table) { t.Cells[0][2] = -5 },
		"too large":      func(t *Table) { t.Total = MaxFigure + 1 },
		"the largest":    func(t *Table) { t.RowTotals[0] = math.MaxInt64 },
		"odd unit":       func(t *Table) { t.Unit = 3 },
		"negative unit":  func(t *Table) { t.Unit = -2 },
		"huge unit":      func(t *Table) { t.Unit = math.MaxInt64 - 1 },
	} {
		table := g4()
		change(&table)
		if _, err := table.Bounds(); !errors.Is(err, ErrTable) {
			t.Errorf("%s: Bounds answers %v", name, err)
		}
		if _, err := table.Fit(g4Seed); !errors.Is(err, ErrTable) {
			t.Errorf("%s: Fit answers %v", name, err)
		}
		if _, _, err := table.Protect(0.1); !errors.Is(err, ErrTable) {
			t.Errorf("%s: Protect answers %v", name, err)
		}
	}
}

func TestNoSeed(t *testing.T) {
	for name, seed := range map[string][][]float64{
		"none":     nil,
		"short":    {{1, 1}, {1, 1}, {1, 1}},
		"negative": {{-1, 1, 0}, {1, 1, 0}, {0, 0, 0}},
		"no value": {{math.NaN(), 1, 0}, {1, 1, 0}, {0, 0, 0}},
		"infinite": {{math.Inf(1), 1, 0}, {1, 1, 0}, {0, 0, 0}},
	} {
		if _, err := g4().Fit(seed); !errors.Is(err, ErrSeed) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, share := range []float64{-0.1, 1.1, math.NaN()} {
		if _, _, err := g4().Protect(share); !errors.Is(err, ErrShare) {
			t.Errorf("share %v: %v", share, err)
		}
	}
}

// TestLargest: figures at the limit do not overflow.
func TestLargest(t *testing.T) {
	table := g4()
	for i := range table.Cells {
		for j := range table.Cells[i] {
			table.Cells[i][j] = Hidden
		}
		table.RowTotals[i], table.ColumnTotals[i] = MaxFigure/3, MaxFigure/3
	}
	table.Total = MaxFigure / 3 * 3
	r, err := table.Bounds()
	if err != nil {
		t.Fatal(err)
	}
	if r.Cells[2][1] != (Range{0, MaxFigure / 3}) {
		t.Errorf("bounds %v", r.Cells[2][1])
	}
}
