package costtable

import (
	"fmt"
	"math/big"
	"strings"
)

// voice is how a kind of table is spoken of.
type voice struct {
	title   string // what is shared: total
	suffer  string // what a member does that fares worse than alone
	worse   string // than alone
	content string // nobody does
	leave   string // what a group could do by itself: amount
	apart   string // what two coalitions do apart: first, second, amount
	always  string // what some group could do under every division: amount
	convex  string
}

var voices = map[Kind]voice{
	Cost: {
		title:   "a cost of %s",
		suffer:  "pays",
		worse:   "more than alone",
		content: "nobody pays more than alone, and no group could save by going its own way",
		leave:   "could save %s by going their own way",
		apart:   "%s and %s pay %s less apart than together",
		always:  "some group could save %s or more by going its own way",
		convex:  "The larger the group, the more it saves by another member (convex).",
	},
	Saving: {
		title:   "a saving of %s",
		suffer:  "receives",
		worse:   "less than alone",
		content: "nobody receives less than alone, and no group could save more by going its own way",
		leave:   "could save %s more by going their own way",
		apart:   "%s and %s save %s more apart than together",
		always:  "some group could save %s or more beyond its share by going its own way",
		convex:  "The larger the group, the more it saves by another member (convex).",
	},
}

func (a *Answer) title() string {
	share := " share "
	if len(a.Members) == 1 {
		share = " has "
	}
	return and(a.Members) + share + fmt.Sprintf(voices[a.Kind].title, decimal(a.Total.Rat, a.table.decimals)) + "."
}

// called is what a rule is called in a sentence.
func (a *Answer) called(rule string) string {
	switch rule {
	case ruleEqual:
		return "equal shares"
	case ruleProportional:
		return "the " + a.key + " key"
	case ruleStandalone:
		return "the stand-alone key"
	case ruleSeparable:
		return "the method of separable costs"
	case ruleGately:
		return "the Gately point"
	case ruleShapley:
		return "the Shapley value"
	case ruleNucleolus:
		return "the nucleolus"
	}
	return "the per-capita nucleolus"
}

// sentences say who would object to which rule, and what holds whatever the rule.
func (a *Answer) sentences() []string {
	words := voices[a.Kind]
	var list, stable []string
	for k, r := range a.rulings {
		name := a.called(r.rule)
		switch {
		case r.shares == nil:
			list = append(list, sentence(fmt.Sprintf("%s has no answer: %s", name, r.reason)))
		case a.worst[k].any.excess.Sign() <= 0:
			stable = append(stable, name)
		default:
			list = append(list, sentence(fmt.Sprintf("under %s %s", name, a.objections(k))))
		}
	}
	if len(stable) > 0 {
		list = append([]string{sentence(fmt.Sprintf("under %s %s", and(stable), words.content))}, list...)
	}
	return append(list, a.general()...)
}

// objections says who fares worse than alone under a rule, and which group has
// the most to gain by itself.
func (a *Answer) objections(k int) string {
	t, words := a.table, voices[a.Kind]
	var members, parts []string
	for i, share := range a.rulings[k].shares {
		if complaint := t.complaint(i, share); complaint.Sign() > 0 {
			amount := t.write(complaint)
			if len(members) == 0 {
				amount = words.suffer + " " + amount
			}
			members = append(members, t.members[i]+" "+amount)
		}
	}
	if len(members) > 0 {
		parts = append(parts, and(members)+" "+words.worse)
	}
	if group := a.worst[k].group; group.coalition != 0 && group.excess.Sign() > 0 {
		parts = append(parts, and(t.names(group.coalition))+" together "+fmt.Sprintf(words.leave, t.write(group.excess)))
	}
	return strings.Join(parts, "; ")
}

// general says what holds of the table whatever the rule.
func (a *Answer) general() []string {
	t, words := a.table, voices[a.Kind]
	units := func(n Number) string {
		return t.write(new(big.Rat).Mul(n.Rat, big.NewRat(pow10(t.decimals), 1)))
	}
	var list []string
	if count := len(a.Violations) + a.Omitted; count > 0 {
		worst := a.Violations[0]
		text := fmt.Sprintf("Warning: to join does not always pay (not superadditive). "+words.apart,
			strings.Join(worst.Coalitions[0], "+"), strings.Join(worst.Coalitions[1], "+"), units(worst.Amount))
		switch {
		case count == 2:
			text += "; there is another such pair"
		case count > 2:
			text += fmt.Sprintf("; there are %d other such pairs", count-1)
		}
		list = append(list, text+".")
	}
	switch {
	case a.CoreEmpty:
		list = append(list, fmt.Sprintf("No division is stable (the core is empty): under every one "+words.always+".", units(a.LeastCore)))
	default:
		list = append(list, "There are divisions under which nobody would go its own way (the core is not empty).")
	}
	if a.Convex {
		list = append(list, words.convex)
	}
	if a.Verified != nil && *a.Verified {
		list = append(list, "The nucleolus is verified by Kohlberg's criterion.")
	}
	return list
}

// and joins names as people do.
func and(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

// sentence begins with a capital and ends with a full stop.
func sentence(text string) string { return strings.ToUpper(text[:1]) + text[1:] + "." }
