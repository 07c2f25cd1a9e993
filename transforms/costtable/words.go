package costtable

// words are what an answer is told in, in one language. The order of what is
// filled in is the same in all.
type words struct {
	and   string
	mark  string // decimal mark
	rule  string // heading of the column
	alone string // the row of what members have alone
	kinds map[Kind]voice

	rows      map[string]string // what a rule is called at the head of its row, where not by its id
	rules     map[string]string // what a rule is called in a sentence
	key       string            // what a key with a name of its own is called: name
	under     string            // rule, what happens under it
	no        string            // rule, reason
	less      string            // than an amount
	added     string            // reason: nothing can be split by what members add
	unsure    string            // reason: not verified
	warning   string            // two coalitions that fare better apart
	another   string            // such pair
	others    string            // such pairs: how many
	empty     string            // what some group could do under every division
	core      string
	convex    string
	certified string
	rounded   string // decimals, numbers, of all numbers
}

// voice is how a kind of table is spoken of.
type voice struct {
	share, has string // members, total
	suffer     string // what a member does that fares worse than alone
	worse      string // than alone
	content    string // nobody does
	leave      string // what a group could do by itself: members, amount
	apart      string // what two coalitions do apart: first, second, amount
	always     string // what some group could do under every division: amount
	zero       string // reason: the key of what members have alone adds up to 0
	impossible string // reason: alone, together
}

// languages by their code; English for any other.
var languages = map[string]*words{"da": danish, "sv": swedish}

var english = &words{
	and: "and", mark: ".", rule: "RULE", alone: "alone",
	kinds: map[Kind]voice{
		Cost: {
			share:      "%s share a cost of %s.",
			has:        "%s has a cost of %s.",
			suffer:     "pays",
			worse:      "more than alone",
			content:    "nobody pays more than alone, and no group could save by going its own way",
			leave:      "%s together could save %s by going their own way",
			apart:      "%s and %s pay %s less apart than together",
			always:     "some group could save %s or more by going its own way",
			zero:       "division by zero: what the members pay alone adds up to 0",
			impossible: "no imputation: alone the members pay %s, together %s, so that somebody must pay more than alone",
		},
		Saving: {
			share:      "%s share a saving of %s.",
			has:        "%s has a saving of %s.",
			suffer:     "receives",
			worse:      "less than alone",
			content:    "nobody receives less than alone, and no group could save more by going its own way",
			leave:      "%s together could save %s more by going their own way",
			apart:      "%s and %s save %s more apart than together",
			always:     "some group could save %s or more beyond its share by going its own way",
			zero:       "division by zero: what the members save alone adds up to 0",
			impossible: "no imputation: alone the members save %s, together %s, so that somebody must receive less than alone",
		},
	},
	rules: map[string]string{
		ruleEqual: "equal shares", ruleProportional: "the proportional key", ruleStandalone: "the stand-alone key", ruleSeparable: "the method of separable costs",
		ruleGately: "the Gately point", ruleShapley: "the Shapley value", ruleNucleolus: "the nucleolus", rulePerCapita: "the per-capita nucleolus",
	},
	key:       "the %s key",
	under:     "under %s %s",
	no:        "%s has no answer: %s",
	less:      "less than %s",
	added:     "division by zero: what the members add to the others comes to the same in sum as what they have alone, and the rest cannot be split by the difference",
	unsure:    "the answer could not be verified",
	warning:   "Warning: to join does not always pay (not superadditive). %s",
	another:   "; there is another such pair",
	others:    "; there are %d other such pairs",
	empty:     "No division is stable (the core is empty): under every one %s.",
	core:      "There are divisions under which nobody would go its own way (the core is not empty).",
	convex:    "The larger the group, the more it saves by another member (convex).",
	certified: "The nucleolus is verified by Kohlberg's criterion.",
	rounded:   "Rounded to %d decimals: %d of the %d numbers of the file.",
}
