package costtable

import (
	"fmt"
	"math/big"

	"samkraft/pipeline"
)

// maxDigits bounds the digits of a weight, before and after the decimal mark: a
// key is a number of people or of kWh, or a share of one.
const maxDigits = 30

// Weights is a key: a number from 0 for each member of a table.
type Weights struct {
	key []*big.Rat
}

// ReadWeights reads a key for the members of a table, in any order.
//
// It fails with a [pipeline.Problem] when a member is unknown, missing or there
// twice, when a weight is negative or none, or when all are 0.
func (t *Table) ReadWeights(file string, content []byte) (*Weights, error) {
	s, err := readSheet(file, content, t.mark, header{"member", "weight"})
	if err != nil {
		return nil, err
	}
	number := map[string]int{}
	for i, name := range t.members {
		number[name] = i
	}
	members := make([]int, len(s.rows))
	given := make([]*row, len(t.members))
	for k, r := range s.rows {
		name, err := memberName(r.name)
		if err != nil {
			return nil, s.problem(r, 0, err.Error(), "a member of the table", "")
		}
		i, known := number[name]
		if !known {
			return nil, s.problem(r, 0, fmt.Sprintf("the table has no member %q", shorten(name)), "one of "+and(t.members), "")
		}
		if given[i] != nil {
			return nil, s.problem(r, 0, fmt.Sprintf("member %q is in %s already", shorten(name), s.place(*given[i])), "every member once", "")
		}
		given[i], members[k] = &s.rows[k], i
	}
	for i, name := range t.members {
		if given[i] == nil {
			return nil, &pipeline.Problem{File: file, Sheet: s.tab, What: fmt.Sprintf("member %q is missing", name), Expected: "a weight for each of " + and(t.members)}
		}
	}
	list, err := s.numerals()
	if err != nil {
		return nil, err
	}
	w := &Weights{make([]*big.Rat, len(t.members))}
	sum := new(big.Rat)
	for k, n := range list {
		if n.negative {
			return nil, s.about(s.rows[k], fmt.Sprintf("%q is negative", s.rows[k].number), "a number from 0", "")
		}
		if n.point > maxDigits || len(n.digits)-n.point > maxDigits {
			return nil, s.about(s.rows[k], fmt.Sprintf("%q has too many digits", shorten(s.rows[k].number)), fmt.Sprintf("at most %d before and after the decimal mark", maxDigits), "round it")
		}
		w.key[members[k]] = n.rat()
		sum.Add(sum, w.key[members[k]])
	}
	if sum.Sign() == 0 {
		return nil, &pipeline.Problem{File: file, Sheet: s.tab, What: "all weights are 0", Expected: "at least one above 0"}
	}
	return w, nil
}
