package coalition

import "math/big"

// Rule divides v(N) among the players of a game.
type Rule func(Game) ([]*big.Rat, error)

// Monotone reports whether a rule gives no player more when everybody together
// gain less by some units, while every smaller coalition gains what it did:
// nobody pays less when the joint project becomes dearer. It asks this of one
// game and one loss, and compares the shares exactly. A rule for which it holds
// whatever the game is called aggregate monotonic: the Shapley value is, and the
// per-capita nucleolus as long as the core still has members; the nucleolus and the
// Gately point are not. Source: Megiddo (1974).
//
// It fails with [ErrPlayers] on a single player, whose loss would be one alone as
// well, with [ErrTable] where the loss is too large or none, and as the rule does.
func Monotone(g Game, rule Rule, loss int64) (bool, error) {
	dearer, err := g.dearer(loss)
	if err != nil {
		return false, err
	}
	before, err := rule(g)
	if err != nil {
		return false, err
	}
	after, err := rule(dearer)
	if err != nil {
		return false, err
	}
	for i := range before {
		if after[i].Cmp(before[i]) > 0 {
			return false, nil
		}
	}
	return true, nil
}

// dearer is the game in which all together gain less.
func (g Game) dearer(loss int64) (Game, error) {
	if g.n < 2 {
		return Game{}, ErrPlayers
	}
	if loss < 1 || loss > MaxValue {
		return Game{}, ErrTable
	}
	v := g.Values()
	v[g.grand()] -= loss
	return New(g.n, v)
}
