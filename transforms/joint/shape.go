package joint

import (
	"strings"

	"samkraft/transforms/coalition"
)

// shape says whether a game is superadditive and convex, but for a unit a player
// that rounding can take. Whether a large game that is not convex is superadditive
// would take too long to find: null.
func shape(g coalition.Game) (superadditive any, convex bool) {
	slack := int64(g.Players())
	_, bent := coalition.Convex(g)
	convex = bent.Lack <= slack
	switch {
	case convex:
		return true, true
	case g.Players() > coalition.MaxPartitionPlayers:
		return nil, false
	}
	_, _, apart := coalition.Superadditive(g)
	return apart.Lack <= slack, false
}

// monotone asks of a way of sharing whether anybody pays less when the joint
// project becomes dearer, by a hundredth of the gain; null where the way looks at
// more than the game, or has no answer for the dearer project, and in games that
// are too large to be solved in exact numbers.
func monotone(g coalition.Game, s sharing) (any, error) {
	if s.of == nil || g.Players() < 2 || s.programs && g.Players() > coalition.ExactPlayers {
		return nil, nil
	}
	ok, err := coalition.Monotone(g, s.of, max(1, g.Total()/100))
	switch {
	case err == nil:
		return ok, nil
	case noAnswer(err):
		return nil, nil
	}
	return nil, err
}

// nulls are the names of the players that add nothing to any group; null where
// there are none.
func (e *engine) nulls(players []int, g coalition.Game) any {
	var mask coalition.Mask
	for _, i := range coalition.NullPlayers(g) {
		mask |= 1 << i
	}
	if mask == 0 {
		return nil
	}
	return strings.Join(e.in.names(players, mask), ", ")
}

// alike are the names of the players that could be exchanged for each other in
// every group, one list for each kind; null where there are none.
func (e *engine) alike(players []int, g coalition.Game) any {
	var lists []string
	for _, group := range coalition.SymmetricPlayers(g) {
		var mask coalition.Mask
		for _, i := range group {
			mask |= 1 << i
		}
		if len(group) > 1 {
			lists = append(lists, strings.Join(e.in.names(players, mask), ", "))
		}
	}
	if lists == nil {
		return nil
	}
	return strings.Join(lists, "; ")
}
