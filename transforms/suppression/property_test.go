package suppression

import (
	"errors"
	"math"
	"math/rand"
	"os"
	"testing"
)

// every tries a property on many random tables; the long form on more.
func every(t *testing.T, seed int64, check func(t *testing.T, rng *rand.Rand)) {
	rng := rand.New(rand.NewSource(seed))
	rounds := 400
	if os.Getenv("SAMKRAFT_LONG") != "" {
		rounds = 4000
	}
	for range rounds {
		check(t, rng)
	}
}

// drawTable draws a table of true figures and hides some: cells and totals.
func drawTable(rng *rand.Rand, most int64, size int) (truth, printed Table) {
	m, n := 1+rng.Intn(size), 1+rng.Intn(size)
	truth = Table{Rows: make([]string, m), Columns: make([]string, n), RowTotals: make([]int64, m), ColumnTotals: make([]int64, n)}
	for i := range m {
		truth.Cells = append(truth.Cells, make([]int64, n))
		for j := range n {
			v := rng.Int63n(most + 1)
			truth.Cells[i][j] = v
			truth.RowTotals[i] += v
			truth.ColumnTotals[j] += v
			truth.Total += v
		}
	}
	printed = truth.copy()
	for _, f := range printed.figures() {
		odds := 4
		if f.row == All || f.column == All {
			odds = 3
		}
		if rng.Intn(10) < odds {
			*f.value = Hidden
		}
	}
	return truth, printed
}

// TestBoundsAreTight compares bounds with those found by trying all values.
func TestBoundsAreTight(t *testing.T) {
	every(t, 1, func(t *testing.T, rng *rand.Rand) {
		const cap = 13 // more than four cells of at most 3 add up to
		_, table := drawTable(rng, 3, 2)
		got, err := table.Bounds()
		if err != nil {
			t.Fatal(err)
		}
		want := map[place]*Range{}
		try := table.copy()
		var hidden []place
		for i, row := range table.Cells {
			for j, v := range row {
				if v == Hidden {
					hidden = append(hidden, place{i, j})
				}
			}
		}
		var fill func(k int)
		fill = func(k int) {
			if k < len(hidden) {
				for v := range int64(cap + 1) {
					try.Cells[hidden[k].i][hidden[k].j] = v
					fill(k + 1)
				}
				return
			}
			total := int64(0)
			columns := make([]int64, len(try.Columns))
			for i, row := range try.Cells {
				sum := int64(0)
				for j, v := range row {
					sum += v
					columns[j] += v
				}
				if table.RowTotals[i] != Hidden && table.RowTotals[i] != sum {
					return
				}
				total += sum
			}
			for j, sum := range columns {
				if table.ColumnTotals[j] != Hidden && table.ColumnTotals[j] != sum {
					return
				}
			}
			if table.Total != Hidden && table.Total != total {
				return
			}
			for _, at := range hidden {
				v := try.Cells[at.i][at.j]
				if want[at] == nil {
					want[at] = &Range{v, v}
				}
				want[at].Low, want[at].High = min(want[at].Low, v), max(want[at].High, v)
			}
		}
		fill(0)
		for _, at := range hidden {
			w := *want[at]
			if w.High == cap {
				w.High = Unbounded
			}
			if g := got.Cells[at.i][at.j]; g != w {
				t.Fatalf("cell %v of %v: bounds %v, by trial %v", at, table, g, w)
			}
		}
	})
}

// TestTruthWithinBounds: whatever figures are rounded to, the truth lies between
// the bounds, and no table that somebody could have printed contradicts itself.
func TestTruthWithinBounds(t *testing.T) {
	every(t, 2, func(t *testing.T, rng *rand.Rand) {
		truth, table := drawTable(rng, 500, 4)
		table.Unit = 10
		for _, f := range table.figures() {
			if *f.value != Hidden {
				*f.value = (*f.value + 5) / 10 * 10
			}
		}
		r, err := table.Bounds()
		if err != nil {
			t.Fatal(err)
		}
		for i := All; i < len(truth.Rows); i++ {
			for j := All; j < len(truth.Columns); j++ {
				if b := r.At(i, j); truth.At(i, j) < b.Low || truth.At(i, j) > b.High {
					t.Fatalf("%d of %v does not lie within %v", truth.At(i, j), table, b)
				}
			}
		}
	})
}

// TestFit is P16: cross-ratios of the seed are kept. Estimates lie within bounds,
// fulfil the sums, and so do the whole numbers that they are rounded to.
func TestFit(t *testing.T) {
	every(t, 3, func(t *testing.T, rng *rand.Rand) {
		_, table := drawTable(rng, 1000, 4)
		seed := make([][]float64, len(table.Rows))
		for i := range seed {
			for range table.Columns {
				seed[i] = append(seed[i], 0.1+10*rng.Float64())
			}
		}
		e, err := table.Fit(seed)
		if err != nil {
			t.Fatal(err)
		}
		if !e.Converged {
			return // the only solution lies at the edge
		}
		exact, err := table.Bounds()
		if err != nil {
			t.Fatal(err)
		}
		filled, err := table.Round(e)
		if err != nil {
			t.Fatal(err)
		}
		for i, row := range table.Cells {
			for j, v := range row {
				x, b := e.Cells[i][j], exact.Cells[i][j]
				if math.IsNaN(x) != (v == Hidden && b.High == Unbounded) {
					t.Fatalf("estimate %v of a cell with bounds %v", x, b)
				}
				if math.IsNaN(x) {
					continue
				}
				if x < float64(b.Low)-1e-3 || b.High != Unbounded && x > float64(b.High)+1e-3 {
					t.Fatalf("estimate %v outside of %v", x, b)
				}
				if math.Abs(float64(filled.Cells[i][j])-x) > 1.001 {
					t.Fatalf("%v rounded to %d", x, filled.Cells[i][j])
				}
			}
		}
		if err := filled.checkSums(); err != nil {
			t.Fatalf("rounded: %v", err)
		}
		ratio := func(x [][]float64, i, j, k, l int) float64 { return x[i][j] * x[k][l] / (x[i][l] * x[k][j]) }
		hidden := func(i, j int) bool {
			return table.Cells[i][j] == Hidden && e.Cells[i][j] > 1e-3
		}
		for i := range table.Rows {
			for k := range i {
				for j := range table.Columns {
					for l := range j {
						if hidden(i, j) && hidden(k, l) && hidden(i, l) && hidden(k, j) {
							if got, want := ratio(e.Cells, i, j, k, l), ratio(seed, i, j, k, l); math.Abs(got-want) > 1e-9*want {
								t.Fatalf("cross-ratio %v, of the seed %v", got, want)
							}
						}
					}
				}
			}
		}
	})
}

// TestAttack plays somebody who wants to know a protected cell and has everything
// that is published: the printed figures that are left, and the bounds of all
// others. Nothing must tell a protected cell closer than the share.
func TestAttack(t *testing.T) {
	every(t, 4, func(t *testing.T, rng *rand.Rand) {
		_, table := drawTable(rng, 1000, 4)
		share := rng.Float64()
		safe, protected, err := table.Protect(share)
		if err != nil {
			t.Fatal(err)
		}
		published, err := safe.Bounds()
		if err != nil {
			t.Fatal(err)
		}
		spans := safe.spans(0)
		for k, f := range safe.figures() {
			secret := f.row != All && f.column != All && protected[f.row][f.column]
			if b := published.At(f.row, f.column); *f.value == Hidden && !secret && b.High != Unbounded {
				spans[k] = span{b.Low, b.Low, b.High}
			}
		}
		c, err := safe.circulate(spans)
		if err != nil {
			t.Fatal(err)
		}
		for k, f := range c.figures {
			if f.row != All && f.column != All && *f.value == Hidden {
				if b := c.bounds(k); b.Narrow(share) {
					t.Fatalf("cell %d, %d of %v is known to lie within %v", f.row, f.column, table, b)
				}
			}
			if before := table.At(f.row, f.column); *f.value != Hidden && *f.value != before {
				t.Fatalf("a printed %d has become %d", before, *f.value)
			}
		}
	})
}

// TestAnyTable: whatever stands in a table, there is an answer or an error that
// says what is wrong.
func TestAnyTable(t *testing.T) {
	every(t, 5, func(t *testing.T, rng *rand.Rand) {
		_, table := drawTable(rng, 20, 3)
		for _, f := range table.figures() {
			if rng.Intn(8) == 0 {
				*f.value = []int64{Hidden, 0, 1, 19, -2, MaxFigure, MaxFigure + 1, math.MinInt64}[rng.Intn(8)]
			}
		}
		table.Unit = []int64{0, 2, 10, 1 << 40}[rng.Intn(4)]
		_, err := table.Bounds()
		var contradiction *Contradiction
		if err != nil && !errors.Is(err, ErrTable) && !errors.As(err, &contradiction) {
			t.Fatal(err)
		}
		safe, _, protectErr := table.Protect(0.1)
		if (protectErr == nil) != (err == nil) {
			t.Fatalf("Bounds answers %v, Protect %v", err, protectErr)
		}
		if err == nil {
			if _, err := safe.Bounds(); err != nil {
				t.Fatal(err)
			}
		}
	})
}
