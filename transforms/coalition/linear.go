package coalition

import (
	"cmp"
	"fmt"
	"math"
	"math/big"
	"slices"
)

// TargetRow is one of several targets that members meet at once: energy, CO2,
// the heat of one sector. Each row has its own unit.
type TargetRow struct {
	ID       string    // stable name
	Targets  []float64 // by member, units per year from 0, kept to the millionth
	Backstop float64   // EUR per unit at which any missing amount can be had; 0 means that there is none
}

// ResourceRow is something scarce that members share: biomass, a budget, the
// capacity of a pipe. A coalition has what its members have.
type ResourceRow struct {
	ID        string    // stable name
	Available []float64 // by member, units per year from 0, kept to the millionth
}

// Choice is a whole alternative at one member that can be carried out in full or
// in part.
type Choice struct {
	ID     string    // stable name, unique at its member
	Member int       // player at whose place it is carried out
	Group  string    // choices of one member with the same group exclude each other: their shares add up to at most 1; "" stands alone
	Cost   float64   // net annual cost of the whole, EUR per year; negative when it pays for itself
	Toward []float64 // contribution of the whole by target row, units per year; negative when it works against the target
	Uses   []float64 // use of the whole by resource row, units per year; negative when it adds to the resource
}

// Linear is the mechanism of [PooledTarget] for several targets at once and for
// shared resources, where no merit order exists: a linear program for each
// coalition,
//
//	C(S) = min sum of c_m x_m + sum of p_r b_r
//	with   sum of a_rm x_m + b_r >= sum of T_ri   for every target row r,
//	       sum of u_qm x_m       <= sum of R_qi   for every resource row q,
//	       sum of x_m in g       <= 1             for every group g,  x, b >= 0,
//
// over the choices m and the members i of S, where the backstop b_r of a row
// without a backstop price is 0. The savings game is a linear production game and
// therefore totally balanced: its core is never empty. Source: Owen (1975).
//
// Amounts and costs are held as whole millionths, and every program is solved and
// verified in exact rationals at any number of members.
//
// A Linear is not changed after it is built.
type Linear struct {
	members int
	targets int         // how many of the rows are targets
	rows    []linearRow // targets, then resources with both sides negated
	groups  [][][]alternative
	choices int
}

// linearRow asks for at least need. A resource is a row that asks for no less
// than minus what is available, at which it can be met by doing nothing.
type linearRow struct {
	id      string
	need    []int64  // by member, in grains
	size    []int64  // by member: need and amounts without their signs, in grains
	ceiling *big.Rat // backstop price, EUR per unit, which no price exceeds; nil without one
}

// alternative is a choice as the program sees it; groups holds them by member
// and group, in the order of their names.
type alternative struct {
	source int     // position in the caller's list
	cost   int64   // in grains of a euro
	amount []int64 // by row, in grains
}

// NewLinear builds the mechanism from at least one target row, any number of
// resource rows, and the choices of all members. The number of members is the
// length of every row.
//
// It fails on rows of unequal length or equal names, on a choice of an unknown
// member, on two choices of one id at one member, on lists that do not match the
// rows, and on numbers that are not finite, too large, or negative where they
// cannot be. Amounts of one row, and the costs, may add up to 1e12.
func NewLinear(targets []TargetRow, resources []ResourceRow, choices []Choice) (*Linear, error) {
	if len(targets) == 0 || len(targets[0].Targets) == 0 {
		return nil, fmt.Errorf("%w: no targets", ErrPlayers)
	}
	l := &Linear{members: len(targets[0].Targets), targets: len(targets), choices: len(choices)}
	for _, t := range targets {
		if !(t.Backstop >= 0 && t.Backstop <= largestAmount) {
			return nil, fmt.Errorf("coalition: backstop price of target %q is %v EUR, expected a positive price or 0 for none", t.ID, t.Backstop)
		}
		var ceiling *big.Rat
		if t.Backstop > 0 {
			ceiling = new(big.Rat).SetFloat64(t.Backstop)
		}
		if err := l.addRow(t.ID, t.Targets, 1, ceiling); err != nil {
			return nil, err
		}
	}
	for _, r := range resources {
		if err := l.addRow(r.ID, r.Available, -1, nil); err != nil {
			return nil, err
		}
	}
	if err := l.addChoices(choices); err != nil {
		return nil, err
	}
	return l, l.checkSize()
}

func (l *Linear) addRow(id string, amounts []float64, sign int64, ceiling *big.Rat) error {
	if len(amounts) != l.members {
		return fmt.Errorf("coalition: row %q has %d members, expected %d", id, len(amounts), l.members)
	}
	for _, r := range l.rows {
		if r.id == id {
			return fmt.Errorf("coalition: row %q occurs twice", id)
		}
	}
	r := linearRow{id: id, need: make([]int64, l.members), size: make([]int64, l.members), ceiling: ceiling}
	for i, amount := range amounts {
		grains, err := toGrains(amount)
		if err != nil || grains < 0 {
			return fmt.Errorf("coalition: row %q of member %d is %v, expected a number from 0", id, i, amount)
		}
		r.need[i], r.size[i] = sign*grains, grains
	}
	l.rows = append(l.rows, r)
	return nil
}

// addChoices sorts the choices by name, so that no result depends on the order
// in which they came, and puts them into their groups.
func (l *Linear) addChoices(choices []Choice) error {
	order := make([]int, len(choices))
	for at, c := range choices {
		if c.Member < 0 || c.Member >= l.members {
			return fmt.Errorf("coalition: choice %q belongs to member %d, expected 0 to %d", c.ID, c.Member, l.members-1)
		}
		order[at] = at
	}
	slices.SortStableFunc(order, func(a, b int) int {
		x, y := choices[a], choices[b]
		return cmp.Or(cmp.Compare(x.Member, y.Member), cmp.Compare(x.Group, y.Group), cmp.Compare(x.ID, y.ID))
	})
	l.groups = make([][][]alternative, l.members)
	seen := make(map[string]int, len(choices)) // the last member with a choice of this name
	for k, at := range order {
		c := choices[at]
		if last, found := seen[c.ID]; found && last == c.Member {
			return fmt.Errorf("coalition: choice %q occurs twice at member %d", c.ID, c.Member)
		}
		seen[c.ID] = c.Member
		a, err := l.alternative(c, at)
		if err != nil {
			return err
		}
		groups := &l.groups[c.Member]
		if k > 0 && c.Group != "" && choices[order[k-1]].Member == c.Member && choices[order[k-1]].Group == c.Group {
			last := len(*groups) - 1
			(*groups)[last] = append((*groups)[last], a)
			continue
		}
		*groups = append(*groups, []alternative{a})
	}
	return nil
}

func (l *Linear) alternative(c Choice, source int) (alternative, error) {
	if len(c.Toward) != l.targets || len(c.Uses) != len(l.rows)-l.targets {
		return alternative{}, fmt.Errorf("coalition: choice %q of member %d has %d contributions and %d uses, expected %d and %d",
			c.ID, c.Member, len(c.Toward), len(c.Uses), l.targets, len(l.rows)-l.targets)
	}
	cost, err := toGrains(c.Cost)
	if err != nil {
		return alternative{}, fmt.Errorf("coalition: choice %q of member %d costs %v EUR, expected a number up to %g", c.ID, c.Member, c.Cost, largestAmount)
	}
	a := alternative{source: source, cost: cost, amount: make([]int64, len(l.rows))}
	for r := range l.rows {
		amount, sign := 0.0, int64(1)
		if r < l.targets {
			amount = c.Toward[r]
		} else {
			amount, sign = c.Uses[r-l.targets], -1
		}
		grains, err := toGrains(amount)
		if err != nil {
			return alternative{}, fmt.Errorf("coalition: choice %q of member %d in row %q: %w", c.ID, c.Member, l.rows[r].id, err)
		}
		a.amount[r] = sign * grains
	}
	return a, nil
}

// checkSize adds up the costs and the size of every row, and refuses sums that
// whole numbers do not hold.
func (l *Linear) checkSize() error {
	cost, total := 0.0, make([]float64, len(l.rows))
	for i, groups := range l.groups {
		for r, row := range l.rows {
			total[r] += toUnits(row.size[i])
		}
		for _, a := range slices.Concat(groups...) {
			if cost += math.Abs(toUnits(a.cost)); cost > largestAmount {
				return fmt.Errorf("coalition: the costs add up to %g EUR, expected at most %g", cost, largestAmount)
			}
			for r, amount := range a.amount {
				if total[r] += math.Abs(toUnits(amount)); total[r] <= largestAmount {
					l.rows[r].size[i] += max(amount, -amount)
				}
			}
		}
	}
	for r, row := range l.rows {
		if total[r] > largestAmount {
			return fmt.Errorf("coalition: the amounts of row %q add up to %g, expected at most %g", row.id, total[r], largestAmount)
		}
	}
	return nil
}

// Members returns the number of members.
func (l *Linear) Members() int { return l.members }

// Costs returns C(S) in whole cents per year for every coalition, indexed by
// [Mask], and whether any coalition needed a backstop.
//
// It fails with [ErrPlayers], with [ErrPrecision], or with [ErrTarget] where a
// row has no backstop.
func (l *Linear) Costs() (cents []int64, backstopUsed bool, err error) {
	cents, err = tabulateGroups(l.members, 100, func(group []int) (float64, error) {
		m, err := l.cheapest(group)
		if err != nil {
			return 0, err
		}
		backstopUsed = backstopUsed || m.backstopUsed()
		return units(m.cost), nil
	})
	return cents, backstopUsed, err
}

// MoneyGame returns the savings game in cents per year at equal targets.
//
// It fails as [Linear.Costs] does.
func (l *Linear) MoneyGame() (Game, error) {
	cents, _, err := l.Costs()
	if err != nil {
		return Game{}, err
	}
	return FromCosts(l.members, cents)
}
