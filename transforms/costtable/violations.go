package costtable

import (
	"cmp"
	"slices"

	"samkraft/transforms/coalition"
)

// maxViolations bounds the list of violations. Every table of nine members or
// fewer has room for all its pairs.
const maxViolations = 10_000

// breach is two coalitions without common members that fare better apart.
type breach struct {
	s, t   coalition.Mask // s comes first by its members
	amount int64
}

// breaches lists the pairs that break superadditivity of the savings game, the
// worst first and then by their members, and says how many more there are than
// it lists. Time grows as 3^n.
func (t *Table) breaches() (list []breach, more int) {
	v := t.game.Values()
	count := 0
	least := int64(0) // what is less cannot be among the listed any more
	for union := coalition.Mask(1); union < coalition.Mask(len(v)); union++ {
		// Each pair once: the first part holds the lowest member of the union.
		rest := union & (union - 1)
		for part := rest; part != 0; part = (part - 1) & rest {
			amount := v[union&^part] + v[part] - v[union]
			if amount <= 0 {
				continue
			}
			count++
			if amount < least {
				continue
			}
			b := breach{union &^ part, part, amount}
			if byMembers(b.s, b.t) > 0 {
				b.s, b.t = b.t, b.s
			}
			if list = append(list, b); len(list) == 2*maxViolations {
				list = worst(list)
				least = list[len(list)-1].amount
			}
		}
	}
	list = worst(list)
	return list, count - len(list)
}

func worst(list []breach) []breach {
	slices.SortFunc(list, func(a, b breach) int {
		return cmp.Or(cmp.Compare(b.amount, a.amount), byMembers(a.s|a.t, b.s|b.t), byMembers(a.s, b.s), byMembers(a.t, b.t))
	})
	return list[:min(len(list), maxViolations)]
}
