package costtable

import (
	"math/big"

	"samkraft/transforms/coalition"
)

// properties writes down what holds of the savings game, whoever gets what.
func (a *Answer) properties() error {
	t := a.table
	breaches, more := t.breaches()
	a.Superadditive, a.Omitted = len(breaches) == 0, more
	for _, b := range breaches {
		a.Violations = append(a.Violations, Violation{[2][]string{t.names(b.s), t.names(b.t)}, Number{t.amount(big.NewRat(b.amount, 1))}})
	}
	a.Convex, _ = coalition.Convex(t.game)
	least, err := coalition.LeastCore(t.game)
	if err != nil {
		return err
	}
	a.CoreEmpty = least.Epsilon.Sign() > 0
	a.LeastCore = Number{t.amount(least.Epsilon)}
	return nil
}
