package costtable

import "math/big"

// Answer is everything that is said of a table. Its JSON is the same to the last
// byte for the same file.
type Answer struct {
	Members       []string               `json:"members"` // in file order
	Kind          Kind                   `json:"kind"`
	Total         Number                 `json:"total"`     // of the whole group
	Rules         Object[Object[Number]] `json:"rules"`     // rule to member to share; null without an answer
	Reasons       Object[string]         `json:"reasons"`   // why a rule has no answer
	Stability     Object[*Stability]     `json:"stability"` // null without an answer
	Superadditive bool                   `json:"superadditive"`
	Violations    []Violation            `json:"violations"`
	Omitted       int                    `json:"violations_omitted,omitempty"` // smaller ones, of a large table
	Convex        bool                   `json:"convex"`
	CoreEmpty     bool                   `json:"core_empty"`
	LeastCore     Number                 `json:"least_core"`         // the smallest possible largest excess
	Verified      *bool                  `json:"nucleolus_verified"` // null without a nucleolus
	Exact         Object[Object[string]] `json:"exact"`              // the shares as fractions, of rules with an answer
	Rounded       *Rounded               `json:"rounded,omitempty"`  // null when every number of the file was taken as it stands

	table   *Table
	rulings []ruling
	worst   []objections // by ruling; zero without shares
	key     string       // what the proportional key is called in words
}

// Stability says who would object to the shares of a rule.
type Stability struct {
	InCore               bool     `json:"in_core"`
	IndividuallyRational bool     `json:"individually_rational"`
	MaxExcess            Number   `json:"max_excess"`
	Blocking             []string `json:"blocking"` // who has it when positive: fewest members first, then the row that comes first
}

// Rounded says how many numbers of the file had more decimals than could be kept,
// and how many are kept.
type Rounded struct {
	Numbers  int `json:"numbers"`
	Decimals int `json:"decimals"`
}

// Violation is two coalitions that fare better apart than together, by an amount.
type Violation struct {
	Coalitions [2][]string `json:"coalitions"`
	Amount     Number      `json:"amount"`
}

// Allocate shares a table by every rule. Weights may be nil; key is what they are
// called in sentences, such as "population".
func (t *Table) Allocate(w *Weights, key string) (*Answer, error) {
	rulings, verified, err := t.apply(w)
	if err != nil {
		return nil, err
	}
	a := &Answer{
		Members: t.members, Kind: t.kind, Total: Number{t.amount(big.NewRat(t.total(), 1))},
		Rules: Object[Object[Number]]{}, Reasons: Object[string]{}, Stability: Object[*Stability]{}, Exact: Object[Object[string]]{},
		Violations: []Violation{}, Verified: verified,
		table: t, rulings: rulings, key: key,
	}
	if t.rounded > 0 {
		a.Rounded = &Rounded{t.rounded, t.decimals}
	}
	for _, r := range rulings {
		a.add(r)
	}
	return a, a.properties()
}

// add writes down what a rule says.
func (a *Answer) add(r ruling) {
	t := a.table
	if r.shares == nil {
		a.Rules.set(r.rule, nil)
		a.Reasons.set(r.rule, t.reason(english, r.why, t.write))
		a.Stability.set(r.rule, nil)
		a.worst = append(a.worst, objections{})
		return
	}
	shares, exact := Object[Number]{}, Object[string]{}
	for i, share := range r.shares {
		amount := t.amount(share)
		shares.set(t.members[i], Number{amount})
		exact.set(t.members[i], amount.RatString())
	}
	worst := t.object(r.shares)
	a.Rules.set(r.rule, shares)
	a.Exact.set(r.rule, exact)
	a.Stability.set(r.rule, t.stability(r.shares, worst))
	a.worst = append(a.worst, worst)
}
