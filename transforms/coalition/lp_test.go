package coalition

import (
	"errors"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

// toRational poses a floating-point program on whole numbers in rationals.
func toRational(p program[float64]) program[*big.Rat] {
	q := program[*big.Rat]{columns: p.columns}
	for _, c := range p.cost {
		q.cost = append(q.cost, new(big.Rat).SetFloat64(c))
	}
	for _, b := range p.rhs {
		q.rhs = append(q.rhs, new(big.Rat).SetFloat64(b))
	}
	return q
}

func TestSolveKnownPrograms(t *testing.T) {
	// minimise 2x + 3y subject to x + y = 4, x - s = 1.
	p := program[float64]{
		columns: [][]int64{{1, 1}, {1, 0}, {0, -1}},
		cost:    []float64{2, 3, 0},
		rhs:     []float64{4, 1},
	}
	got, err := solve(floating{}, p)
	if err != nil || got.value != 8 || got.x[0] != 4 || got.dual[0] != 2 || got.dual[1] != 0 {
		t.Errorf("got %+v (%v)", got, err)
	}
	exact, err := solve(rational{}, toRational(p))
	if err != nil || exact.value.Cmp(big.NewRat(8, 1)) != 0 {
		t.Errorf("got %+v (%v)", exact, err)
	}
	// x = 1 and x = 2 cannot both hold, and the proof says so.
	p = program[float64]{columns: [][]int64{{1, 1}}, cost: []float64{0}, rhs: []float64{1, 2}}
	got, err = solve(floating{}, p)
	if !errors.Is(err, errInfeasible) || got.dual[0]+got.dual[1] > 0 || got.dual[0]+2*got.dual[1] <= 0 {
		t.Errorf("got %+v (%v), want a proof of infeasibility", got, err)
	}
	// minimise -x subject to x - y = 0.
	p = program[float64]{columns: [][]int64{{1}, {-1}}, cost: []float64{-1, 0}, rhs: []float64{0}}
	if _, err = solve(floating{}, p); !errors.Is(err, errUnbounded) {
		t.Errorf("got %v, want %v", err, errUnbounded)
	}
	// The second constraint repeats the first.
	p = program[float64]{columns: [][]int64{{1, 2}, {1, 2}}, cost: []float64{5, 7}, rhs: []float64{-3, -6}}
	if _, err = solve(floating{}, p); !errors.Is(err, errInfeasible) {
		t.Errorf("got %v, want %v", err, errInfeasible)
	}
	p.rhs = []float64{3, 6}
	if got, err = solve(floating{}, p); err != nil || got.value != 15 {
		t.Errorf("redundant constraint: %+v (%v), want the value 15", got, err)
	}
}

// Beale's program cycles under the usual rule for the entering variable.
func TestBlandDoesNotCycle(t *testing.T) {
	p := program[float64]{
		// In sixteenths, to be whole: rows times 100 or 50.
		columns: [][]int64{{25, 50, 0}, {-6000, -9000, 0}, {-4, -2, 1}, {900, 300, 0}, {100, 0, 0}, {0, 100, 0}, {0, 0, 1}},
		cost:    []float64{-0.75, 150, -0.02, 6, 0, 0, 0},
		rhs:     []float64{0, 0, 1},
	}
	got, err := solve(floating{}, p)
	if err != nil || !near(got.value, -0.05, 1e-9) {
		t.Errorf("got %+v (%v), want the value -1/20", got, err)
	}
}

// Half of the programs have a solution by construction; in the others the columns
// need not reach the right-hand side.
func TestPropertyRationalAndFloatingAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows, columns := rapid.IntRange(1, 5).Draw(t, "rows"), rapid.IntRange(2, 10).Draw(t, "columns")
		p := program[float64]{
			columns: rapid.SliceOfN(rapid.SliceOfN(rapid.Int64Range(-3, 3), rows, rows), columns, columns).Draw(t, "columns"),
			rhs:     make([]float64, rows),
		}
		for range columns {
			p.cost = append(p.cost, float64(rapid.IntRange(-200, 2000).Draw(t, "cost")))
		}
		reachable := rapid.Bool().Draw(t, "reachable")
		if reachable {
			for k, x := range whole(columns, 2).Draw(t, "solution") {
				for r, a := range p.columns[k] {
					p.rhs[r] += x * float64(a)
				}
			}
		} else {
			p.rhs = whole(rows, 6).Draw(t, "right-hand side")
		}
		got, err := solve(floating{}, p)
		exact, exactErr := solve(rational{}, toRational(p))
		if !errors.Is(err, exactErr) || reachable && errors.Is(err, errInfeasible) {
			t.Fatalf("floating %v, rational %v", err, exactErr)
		}
		if err == nil {
			if want, _ := exact.value.Float64(); !near(got.value, want, 1e-9) {
				t.Errorf("floating %v, rational %v", got.value, want)
			}
		}
	})
}

func TestVerifyCatchesWrongAnswers(t *testing.T) {
	p := program[float64]{columns: [][]int64{{1}, {2}}, cost: []float64{1, 1}, rhs: []float64{4}}
	right := answer[float64]{x: []float64{0, 2}, dual: []float64{0.5}, value: 2}
	if err := verify(floating{}, p, right, 1, 2, []float64{2}); err != nil {
		t.Fatal(err)
	}
	for name, wrong := range map[string]answer[float64]{
		"primal": {x: []float64{0, 1}, dual: []float64{0.5}, value: 2},
		"sign":   {x: []float64{-2, 3}, dual: []float64{0.5}, value: 2},
		"dual":   {x: []float64{0, 2}, dual: []float64{1}, value: 4},
		"gap":    {x: []float64{4, 0}, dual: []float64{0.5}, value: 4},
	} {
		if verify(floating{}, p, wrong, 1, 2, []float64{2}) == nil {
			t.Errorf("%s: a wrong answer was accepted", name)
		}
	}
}
