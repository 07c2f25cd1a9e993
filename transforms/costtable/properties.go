package costtable

import (
	"math/big"

	"samkraft/transforms/coalition"
)

// properties writes down what holds of the savings game, whoever gets what.
func (a *Answer) properties() error {
	t := a.table
	a.Convex, _ = coalition.Convex(t.game)
	var breaches []breach
	if !a.Convex { // a convex game is superadditive, and this is slow to see
		breaches, a.Omitted = t.breaches()
	}
	a.Superadditive = len(breaches) == 0
	for _, b := range breaches {
		a.Violations = append(a.Violations, Violation{[2][]string{t.names(b.s), t.names(b.t)}, Number{t.amount(big.NewRat(b.amount, 1))}})
	}
	least, err := coalition.LeastCore(t.game)
	if err != nil {
		return err
	}
	a.CoreEmpty = least.Epsilon.Sign() > 0
	a.LeastCore = Number{t.amount(least.Epsilon)}
	return nil
}
