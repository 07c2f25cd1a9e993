package costtable

import (
	"cmp"
	"fmt"
	"math/big"
	"math/bits"
	"slices"
	"strings"

	"samkraft/pipeline"
	"samkraft/transforms/coalition"
)

// Kind says what the numbers of a table are. It is the header of their column.
type Kind string

// The two kinds.
const (
	Cost   Kind = "cost"   // what a coalition pays; less is better
	Saving Kind = "saving" // what a coalition gains; more is better
)

// Table is a number for every coalition of a group. Build one with [Read].
type Table struct {
	members  []string
	kind     Kind
	mark     byte           // decimal mark that the files are said to have, or 0
	decimals int            // values are whole numbers of 10^-decimals
	rounded  int            // numbers of the file that had more
	numbers  int            // numbers of the file
	values   []int64        // by mask, as they stand in the file
	rank     []int32        // by mask: the row of the file, from 1; 0 for none
	game     coalition.Game // the savings game
}

// Options say how files are read.
type Options struct {
	Additive bool // a coalition that is not in the file gets the sum of its members alone
	Decimal  byte // decimal mark of CSV files, '.' or ','; 0 leaves it to the numbers
}

// Read reads a table. Numbers with more than six decimals, and of large numbers
// with fewer, are rounded half away from zero: see [Answer.Notice].
//
// It fails with a [pipeline.Problem] on anything that is not a whole table:
// another header, a coalition that is missing or there twice, a number that is
// absent or none.
func Read(file string, content []byte, o Options) (*Table, error) {
	s, err := readSheet(file, content, o.Decimal, header{"coalition", string(Cost)}, header{"coalition", string(Saving)})
	if err != nil {
		return nil, err
	}
	t := &Table{kind: Kind(s.header[1]), mark: o.Decimal}
	masks, err := t.readCoalitions(s)
	if err != nil {
		return nil, err
	}
	if err := t.readValues(s, masks); err != nil {
		return nil, err
	}
	alone := t.alone()
	if err := t.complete(s, masks, alone, o.Additive); err != nil {
		return nil, err
	}
	return t, t.play(s, masks, alone)
}

// Members lists the members in file order.
func (t *Table) Members() []string { return slices.Clone(t.members) }

// readCoalitions reads the first column: which coalition each row is of.
func (t *Table) readCoalitions(s *sheet) ([]coalition.Mask, error) {
	members := register{number: map[string]int{}}
	masks := make([]coalition.Mask, len(s.rows))
	rows := make(map[coalition.Mask]int, len(s.rows))
	for i, r := range s.rows {
		mask, err := members.coalition(r.name)
		if err != nil {
			expected := "members joined by +, each once"
			if len(members.members) == MaxMembers {
				expected += fmt.Sprintf(", and at most %d in the file", MaxMembers)
			}
			return nil, s.problem(r, 0, fmt.Sprintf("%q: %v", shorten(r.name), err), expected, "")
		}
		if first, twice := rows[mask]; twice {
			return nil, s.problem(r, 0, fmt.Sprintf("coalition %q is in %s already, as %q", shorten(r.name), s.place(s.rows[first]), shorten(s.rows[first].name)), "every coalition once, its members in any order", "")
		}
		rows[mask] = i
		masks[i] = mask
	}
	t.members = members.members
	return masks, nil
}

// readValues reads the second column, in the largest unit in which all numbers
// are whole, or in which they can be shared.
func (t *Table) readValues(s *sheet, masks []coalition.Mask) error {
	list, err := s.numerals()
	if err != nil {
		return err
	}
	for _, n := range list {
		t.decimals = max(t.decimals, min(n.decimals(), maxDecimals))
	}
	for t.decimals > leastDecimals && !shareable(list, masks, t.decimals) {
		t.decimals--
	}
	t.numbers = len(list)
	t.values = make([]int64, 1<<len(t.members))
	for i, n := range list {
		value, err := n.units(t.decimals)
		if err != nil || value > coalition.MaxValue || value < -coalition.MaxValue {
			return s.about(s.rows[i], fmt.Sprintf("%q is too large", shorten(s.rows[i].number)), t.limit(), "take a larger unit, or fewer decimals in the whole file")
		}
		t.values[masks[i]] = value
		if n.decimals() > t.decimals {
			t.rounded++
		}
	}
	return nil
}

// shareable reports whether no number, and no difference of one from what the
// members have alone, is too large when so many decimals are kept.
func shareable(list []numeral, masks []coalition.Mask, decimals int) bool {
	alone, largest := int64(0), int64(0)
	for i, n := range list {
		value, err := n.units(decimals)
		if value = max(value, -value); err != nil || value > coalition.MaxValue {
			return false
		}
		largest = max(largest, value)
		if masks[i].Size() == 1 {
			alone += value
		}
	}
	return alone+largest <= coalition.MaxValue
}

func (t *Table) limit() string {
	return "at most " + decimal(t.amount(big.NewRat(coalition.MaxValue, 1)), t.decimals) + " either way"
}

// complete finds the coalitions that are not in the file, and fills them if that
// is wanted. Of 20 members there may be a million: they are counted, and not put
// in order.
func (t *Table) complete(s *sheet, masks []coalition.Mask, alone []int64, additive bool) error {
	t.rank = make([]int32, len(t.values))
	for i, mask := range masks {
		t.rank[mask] = int32(i + 1)
	}
	var missing, large absent
	for mask := coalition.Mask(1); mask < coalition.Mask(len(t.rank)); mask++ {
		if t.rank[mask] != 0 {
			continue
		}
		missing.add(mask)
		if value := alone[mask]; value > coalition.MaxValue || value < -coalition.MaxValue {
			large.add(mask)
		}
	}
	switch {
	case missing.count == 0:
		return nil
	case !additive:
		return &pipeline.Problem{File: s.file, Sheet: s.tab, What: t.list(missing),
			Expected: fmt.Sprintf("a row for each of the %d coalitions of %s", len(t.values)-1, and(t.members)),
			Remedy:   "write them, or let --missing additive take the sum of their members alone"}
	case missing.first[0].Size() == 1:
		missing.count, missing.first = 1, missing.first[:1]
		return &pipeline.Problem{File: s.file, Sheet: s.tab, What: t.list(missing), Expected: "a row for each member alone, even with --missing additive"}
	case large.count > 0:
		return &pipeline.Problem{File: s.file, Sheet: s.tab, What: fmt.Sprintf("coalition %q: the sum of its members alone is too large", t.name(large.first[0])), Expected: t.limit()}
	}
	for mask, sum := range alone {
		if t.rank[mask] == 0 {
			t.values[mask] = sum
		}
	}
	return nil
}

// absent are coalitions that are missing: how many, and the first few of them.
type absent struct {
	count int
	first []coalition.Mask
}

func (a *absent) add(mask coalition.Mask) {
	const most = 5
	a.count++
	at, _ := slices.BinarySearchFunc(a.first, mask, byMembers)
	if at < most {
		a.first = slices.Insert(a.first, at, mask)
		a.first = a.first[:min(len(a.first), most)]
	}
}

// list names coalitions that are missing, the first few of many.
func (t *Table) list(missing absent) string {
	var names []string
	for _, mask := range missing.first {
		names = append(names, fmt.Sprintf("%q", t.name(mask)))
	}
	switch {
	case missing.count == 1:
		return "coalition " + names[0] + " is missing"
	case missing.count > len(names):
		return fmt.Sprintf("%d coalitions are missing, the first of them %s", missing.count, and(names))
	}
	return fmt.Sprintf("coalitions %s are missing", and(names))
}

// play builds the savings game.
func (t *Table) play(s *sheet, masks []coalition.Mask, alone []int64) (err error) {
	n := len(t.members)
	if t.kind == Saving {
		t.game, err = coalition.New(n, t.values)
		return err
	}
	lines := make(map[coalition.Mask]int, len(masks))
	for mask := range coalition.Mask(len(t.values)) {
		saved := alone[mask] - t.values[mask]
		if saved <= coalition.MaxValue && saved >= -coalition.MaxValue {
			continue
		}
		for i, m := range masks {
			lines[m] = s.rows[i].line
		}
		return &pipeline.Problem{File: s.file, Sheet: s.tab, Row: lines[mask], Column: s.header[1],
			What: fmt.Sprintf("coalition %q: the difference from its members alone is too large", t.name(mask)), Expected: t.limit()}
	}
	t.game, err = coalition.FromCosts(n, t.values)
	return err
}

// alone sums up, by mask, what the members of a coalition have alone.
func (t *Table) alone() []int64 {
	sums := make([]int64, len(t.values))
	for mask := 1; mask < len(sums); mask++ {
		rest := mask & (mask - 1) // without the first member
		sums[mask] = sums[rest] + t.values[mask^rest]
	}
	return sums
}

// single is what a member has alone.
func (t *Table) single(i int) *big.Rat { return big.NewRat(t.values[1<<i], 1) }

// total is the value of the whole group.
func (t *Table) total() int64 { return t.values[len(t.values)-1] }

// amount turns whole units into the unit of the file.
func (t *Table) amount(units *big.Rat) *big.Rat {
	return new(big.Rat).Mul(units, big.NewRat(1, pow10(t.decimals)))
}

// names lists the members of a coalition in file order.
func (t *Table) names(mask coalition.Mask) []string {
	list := make([]string, 0, mask.Size())
	for _, i := range mask.Members() {
		list = append(list, t.members[i])
	}
	return list
}

// name is a coalition as a file writes it.
func (t *Table) name(mask coalition.Mask) string { return strings.Join(t.names(mask), "+") }

// order puts coalitions with fewer members first, then those whose row comes
// first in the file, then those that have none.
func (t *Table) order(a, b coalition.Mask) int {
	if bySize := cmp.Compare(a.Size(), b.Size()); bySize != 0 {
		return bySize
	}
	// A row of no number is behind all others.
	if byRow := cmp.Compare(uint32(t.rank[a]-1), uint32(t.rank[b]-1)); byRow != 0 {
		return byRow
	}
	return byMembers(a, b)
}

// byMembers puts coalitions with fewer members first, then compares them like
// lists of their members.
func byMembers(a, b coalition.Mask) int {
	return cmp.Or(cmp.Compare(a.Size(), b.Size()), cmp.Compare(bits.Reverse64(uint64(b)), bits.Reverse64(uint64(a))))
}
