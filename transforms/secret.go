package transforms

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"samkraft/transforms/suppression"
)

// secretUse says what may be said of the hidden figures in SCB's final use: table
// by table (a member and year) what has to be withheld so that no hidden cell
// follows from the rest, and from what is left bounds and estimates of the others.
//
// Two passes keep protected cells safe: seeds come from tables in which everything
// that must be is withheld, so that every figure that is published is worked out
// from published figures. What the plan states itself of a hidden figure is published
// too, and may be the truth: tables have it among the printed figures.
var secretUse = goModel{
	tables:  []string{"secret_use"},
	version: 2,
	inputs:  []string{"own_cell", "registry.factor", "scb_use"},
	run: func(ctx context.Context, b *build) (map[string][][]string, error) {
		u, err := readUse(ctx, b)
		if err != nil {
			return nil, err
		}
		for _, t := range u.tables {
			if err := t.protect(u.share); err != nil {
				return nil, fmt.Errorf("SCB's final use of %s in %d: %w", t.code, t.year, err)
			}
		}
		var rows [][]string
		for _, t := range u.tables {
			if !t.secret() {
				continue
			}
			more, err := u.say(t)
			if err != nil {
				return nil, fmt.Errorf("SCB's final use of %s in %d: %w", t.code, t.year, err)
			}
			rows = append(rows, more...)
		}
		return map[string][][]string{"secret_use": rows}, nil
	},
}

// secret says whether there is something to work out.
func (t *useTable) secret() bool {
	return t.member && t.hidden > 0 && !t.negative && len(t.Rows) > 0 && len(t.Columns) > 0
}

// protect withholds totals of a member's table from which a hidden cell follows:
// first from what SCB prints, then from that together with what the plan states. A
// cell of the first kind stays protected, whatever the plan states of it.
func (t *useTable) protect(share float64) error {
	if !t.secret() {
		return nil
	}
	t.protected = map[figureOf]bool{}
	if err := t.withhold(share); err != nil || len(t.own) == 0 {
		return err
	}
	t.state()
	return t.withhold(share)
}

// state puts what the plan states of hidden figures into the table, but for those
// that are protected.
func (t *useTable) state() {
	put := func(at *int64, i, j int) {
		if own, stated := t.own[t.place(i, j)]; stated && !t.protected[t.place(i, j)] {
			*at = own
		}
	}
	for i := range t.Rows {
		for j := range t.Columns {
			put(&t.Cells[i][j], i, j)
		}
		put(&t.RowTotals[i], i, suppression.All)
	}
	for j := range t.Columns {
		put(&t.ColumnTotals[j], suppression.All, j)
	}
	put(&t.Total, suppression.All, suppression.All)
}

// withhold hides totals from which a hidden cell follows. Of a table that
// contradicts itself nobody can say what follows from what: then it hides all totals.
func (t *useTable) withhold(share float64) error {
	safe, protected, err := t.Table.Protect(share)
	var contradiction *suppression.Contradiction
	if errors.As(err, &contradiction) {
		t.fault = strings.Join(contradiction.Sums, ", ") // by name alone: a difference would tell a total
		for i := range t.RowTotals {
			t.RowTotals[i] = suppression.Hidden
		}
		for j := range t.ColumnTotals {
			t.ColumnTotals[j] = suppression.Hidden
		}
		t.Total = suppression.Hidden
		return nil
	}
	if err != nil {
		return err
	}
	t.Table = safe
	for i := range protected {
		for j := range protected[i] {
			if protected[i][j] { // nor does a secret total that holds it say anything
				t.protected[t.place(i, j)] = true
				t.protected[t.place(i, suppression.All)] = true
				t.protected[t.place(suppression.All, j)] = true
			}
		}
	}
	return nil
}

// say makes the rows of a member's table: one for each hidden figure.
func (u *use) say(t *useTable) ([][]string, error) {
	ranges, err := t.Bounds()
	if err != nil {
		return nil, err
	}
	exact, err := t.ExactBounds()
	if err != nil {
		return nil, err
	}
	filled, err := u.fill(t)
	if err != nil {
		return nil, err
	}
	var rows [][]string
	for i := suppression.All; i < len(t.Rows); i++ {
		for j := suppression.All; j < len(t.Columns); j++ {
			place := t.place(i, j)
			scb, stated := t.scb[place]
			if t.At(i, j) != suppression.Hidden || !stated {
				continue
			}
			r, estimate := ranges.At(i, j), filled.At(i, j)
			f := secretFigure{status: "suppressed", grade: "B", method: "kre"}
			_, own := t.own[place]
			switch {
			case scb != suppression.Hidden || own || t.protected[place]:
				f.method = "kre_withheld"
			case r.High == suppression.Unbounded || exact.At(i, j).Narrow(0):
				// Nothing is known of it; or all its parts are, and it stays as SCB has it.
			case estimate == suppression.Hidden:
				f.low, f.high, f.publishable, f.method = mwh(r.Low), mwh(r.High), true, "kre_bounds"
			default:
				f = secretFigure{mwh(estimate), mwh(r.Low), mwh(r.High), "estimated", u.grade(r, estimate), true, "kre_ipf"}
			}
			rows = append(rows, literals(t.country, t.code, t.year, place.carrier, place.sector, f.energy, f.low, f.high, f.status, f.grade, f.publishable, f.method, orNull(t.fault)))
		}
	}
	return rows, nil
}

// secretFigure is what is said of a hidden figure.
type secretFigure struct {
	energy, low, high *float64
	status, grade     string
	publishable       bool
	method            string
}

func mwh(kwh int64) *float64 {
	f := float64(kwh) / 1000
	return &f
}

func orNull(text string) any {
	if text == "" {
		return nil
	}
	return text
}

// grade says how good an estimate is by how wide its bounds are.
func (u *use) grade(r suppression.Range, estimate int64) string {
	switch width := float64(r.High - r.Low); {
	case width <= u.widthC*float64(estimate):
		return "C"
	case width <= u.widthD*float64(estimate):
		return "D"
	}
	return "E"
}

// fill returns the table with estimates of what is hidden, where there is something
// to begin with and the iteration ends.
func (u *use) fill(t *useTable) (suppression.Table, error) {
	seed, found := u.seed(t)
	if !found {
		return t.Table, nil
	}
	fit, err := t.Fit(seed)
	if err != nil || !fit.Converged {
		return t.Table, err
	}
	return t.Round(fit)
}
