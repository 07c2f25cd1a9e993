package suppression

import (
	"fmt"
	"math"
	"testing"
)

// g4 is the golden case of the method.
func g4() Table {
	return Table{
		Rows: []string{"IND", "PUB", "SERV"}, Columns: []string{"LIQ", "SOLID", "GAS"},
		Cells:     [][]int64{{Hidden, Hidden, 50}, {Hidden, Hidden, 6}, {6, 2, 22}},
		RowTotals: []int64{120, 20, 30}, ColumnTotals: []int64{40, 52, 78}, Total: 170,
	}
}

var g4Seed = [][]float64{{36, 36, 0}, {3, 9, 0}, {0, 0, 0}}

func TestGolden(t *testing.T) {
	table := g4()
	r, err := table.Bounds()
	if err != nil {
		t.Fatal(err)
	}
	if got, want := fmt.Sprint(r.Cells[0][:2], r.Cells[1][:2]), "[{20 34} {36 50}] [{0 14} {0 14}]"; got != want {
		t.Errorf("bounds %s, want %s", got, want)
	}
	for _, c := range []struct {
		limit int
		want  [4]float64
	}{
		{1, [4]float64{30.909090909, 38.461538462, 3.090909091, 11.538461538}},
		{maxIterations, [4]float64{31.059566049, 38.940433951, 2.940433951, 11.059566049}},
	} {
		e, err := table.fit(g4Seed, c.limit)
		if err != nil {
			t.Fatal(err)
		}
		for k, got := range []float64{e.Cells[0][0], e.Cells[0][1], e.Cells[1][0], e.Cells[1][1]} {
			if math.Abs(got-c.want[k]) > 5e-10 {
				t.Errorf("after %d iterations: %.9f, want %.9f", e.Iterations, got, c.want[k])
			}
		}
		if e.Converged != (c.limit > 1) {
			t.Errorf("converged %v after %d iterations", e.Converged, e.Iterations)
		}
	}
	// The closed form, from the seed's cross-ratio of 3.
	e, err := table.Fit(g4Seed)
	if err != nil {
		t.Fatal(err)
	}
	if a := (292 - math.Sqrt(292*292-8*7140)) / 4; math.Abs(e.Cells[0][0]-a) > 1e-7 {
		t.Errorf("%.9f, closed form %.9f", e.Cells[0][0], a)
	}
}

// TestOneHidden: a single hidden cell follows from its row, its column and the
// total, so that all three have to go.
func TestOneHidden(t *testing.T) {
	table := g4()
	table.Cells = [][]int64{{20, 50, 50}, {Hidden, 0, 6}, {6, 2, 22}}
	r, err := table.Bounds()
	if err != nil {
		t.Fatal(err)
	}
	if got := r.Cells[1][0]; got != (Range{14, 14}) {
		t.Errorf("a cell that follows from its sums has bounds %v, want 14 to 14", got)
	}
	safe, protected, err := table.Protect(0.1)
	if err != nil {
		t.Fatal(err)
	}
	if !protected[1][0] || safe.RowTotals[1] != Hidden || safe.ColumnTotals[0] != Hidden || safe.Total != Hidden {
		t.Errorf("protected %v, totals of its row %d, its column %d and the table %d; want true and all hidden", protected[1][0], safe.RowTotals[1], safe.ColumnTotals[0], safe.Total)
	}
	if table.RowTotals[1] != 20 || table.Total != 170 {
		t.Error("Protect has changed the table that it was given")
	}
	r, err = safe.Bounds()
	if err != nil {
		t.Fatal(err)
	}
	if got := r.Cells[1][0]; got != (Range{0, Unbounded}) {
		t.Errorf("without its totals the cell has bounds %v, want none", got)
	}
}

// TestFewestWithheld: where withholding a row's total will do, the column's stays.
func TestFewestWithheld(t *testing.T) {
	table := g4()
	table.Cells = [][]int64{{Hidden, 50, 50}, {Hidden, Hidden, 6}, {Hidden, Hidden, 22}}
	table.ColumnTotals[1], table.Total = Hidden, Hidden
	safe, protected, err := table.Protect(0.1)
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(protected); got != "[[true false false] [false false false] [false false false]]" {
		t.Errorf("protected: %s; want the one that follows from its row", got)
	}
	if got := fmt.Sprint(safe.RowTotals, safe.ColumnTotals, safe.Total); got != "[-1 20 30] [40 -1 78] -1" {
		t.Errorf("totals left: %s", got)
	}
	r, err := safe.ExactBounds()
	if err != nil {
		t.Fatal(err)
	}
	// What PUB and SERV leave of the 40 is at least 40 - 14 - 8.
	if r.Cells[0][0] != (Range{18, 40}) {
		t.Errorf("bounds of the protected cell: %v, want 18 to 40", r.Cells[0][0])
	}
}

func TestAllHidden(t *testing.T) {
	table := Table{Rows: []string{"A", "B"}, Columns: []string{"X", "Y"}, Cells: [][]int64{{Hidden, Hidden}, {Hidden, Hidden}},
		RowTotals: []int64{Hidden, Hidden}, ColumnTotals: []int64{Hidden, Hidden}, Total: Hidden}
	seed := [][]float64{{1, 2}, {3, 4}}
	r, err := table.Bounds()
	if err != nil {
		t.Fatal(err)
	}
	e, err := table.Fit(seed)
	if err != nil {
		t.Fatal(err)
	}
	if r.Cells[1][1] != (Range{0, Unbounded}) || r.Total != (Range{0, Unbounded}) || !math.IsNaN(e.Cells[0][0]) {
		t.Errorf("of a table without a figure something is known: %v, estimates %v", r, e.Cells)
	}
	// The total alone bounds every cell, and the seed says how it is shared out.
	table.Total = 50
	if r, err = table.Bounds(); err != nil {
		t.Fatal(err)
	}
	if e, err = table.Fit(seed); err != nil {
		t.Fatal(err)
	}
	if r.Cells[1][1] != (Range{0, 50}) || r.RowTotals[0] != (Range{0, 50}) || math.Abs(e.Cells[1][1]-20) > 1e-9 {
		t.Errorf("bounds %v and %v, estimate %v; want 0 to 50 and 20", r.Cells[1][1], r.RowTotals[0], e.Cells[1][1])
	}
	filled, err := table.Round(e)
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(filled.Cells, filled.RowTotals, filled.ColumnTotals, filled.Total); got != "[[5 10] [15 20]] [15 35] [20 30] 50" {
		t.Errorf("filled with %s", got)
	}
}

func TestZeroSeed(t *testing.T) {
	e, err := g4().Fit([][]float64{{0, 36, 0}, {3, 9, 0}, {0, 0, 0}})
	if err != nil {
		t.Fatal(err)
	}
	// IND LIQ would have to be at least 20.
	if e.Converged || e.Iterations != maxIterations {
		t.Errorf("a seed whose zeros leave no solution: converged %v after %d iterations", e.Converged, e.Iterations)
	}
	if _, err := g4().Round(e); err != ErrEstimate {
		t.Errorf("an estimate that has not converged is rounded: %v", err)
	}
	e, err = g4().Fit([][]float64{{36, 36, 0}, {0, 9, 0}, {0, 0, 0}})
	if err != nil {
		t.Fatal(err)
	}
	if !e.Converged || e.Cells[1][0] != 0 || math.Abs(e.Cells[0][0]-34) > 1e-6 || math.Abs(e.Cells[1][1]-14) > 1e-6 {
		t.Errorf("a zero that leaves one solution: converged %v, %v", e.Converged, e.Cells)
	}
	e, err = g4().Fit([][]float64{{0, 0, 0}, {3, 9, 0}, {0, 0, 0}})
	if err != nil || e.Converged {
		t.Errorf("a row of zeros that has to add up to 70: converged %v, %v", e.Converged, err)
	}
}
