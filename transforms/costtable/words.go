package costtable

import (
	"fmt"
	"math/big"
	"strings"
	"unicode"
	"unicode/utf8"

	"samkraft/pipeline"
	"samkraft/transforms/coalition"
)

// telling is an answer told in a language.
type telling struct {
	*Answer
	language
}

func (a *telling) voice() voice { return a.kinds[a.Kind] }

func (a *telling) title() string {
	share := a.share
	if len(a.Members) == 1 {
		share = a.has
	}
	return fmt.Sprintf(share, a.list(a.Members), fmt.Sprintf(a.voice().title, a.local(decimal(a.Total.Rat, a.table.decimals))))
}

// called is what a rule is called in a sentence.
func (a *telling) called(rule string) string {
	if rule == ruleProportional {
		return fmt.Sprintf(a.keyed, a.key)
	}
	return a.rules[rule]
}

// why says why a rule has no answer.
func (a *telling) why(r reason) string {
	switch r {
	case zeroAlone:
		return a.voice().zeroAlone
	case zeroAdded:
		return a.zeroAdded
	case noImputation:
		t := a.table
		return fmt.Sprintf(a.voice().noImputation, a.write(big.NewRat(t.alone(coalition.All(len(t.members))), 1)), a.write(big.NewRat(t.total(), 1)))
	}
	return a.unverified
}

// sentences say who would object to which rule, and what holds whatever the rule.
func (a *telling) sentences() []string {
	var list, stable []string
	for k, r := range a.rulings {
		name := a.called(r.rule)
		switch {
		case r.shares == nil:
			list = append(list, sentence(fmt.Sprintf(a.noAnswer, name, a.why(r.reason))))
		case a.worst[k].any.excess.Sign() <= 0:
			stable = append(stable, name)
		default:
			list = append(list, sentence(fmt.Sprintf(a.under, name, a.objections(k))))
		}
	}
	if len(stable) > 0 {
		list = append([]string{sentence(fmt.Sprintf(a.under, a.list(stable), a.voice().content))}, list...)
	}
	return append(list, a.general()...)
}

// objections says who fares worse than alone under a rule, and which group has
// the most to gain by itself.
func (a *telling) objections(k int) string {
	t, words := a.table, a.voice()
	var members, parts []string
	for i, share := range a.rulings[k].shares {
		if complaint := t.complaint(i, share); complaint.Sign() > 0 {
			amount := a.write(complaint)
			if len(members) == 0 {
				amount = words.suffer + " " + amount
			}
			members = append(members, t.members[i]+" "+amount)
		}
	}
	if len(members) > 0 {
		parts = append(parts, a.list(members)+" "+words.worse)
	}
	if group := a.worst[k].group; group.coalition != 0 && group.excess.Sign() > 0 {
		parts = append(parts, fmt.Sprintf(words.leave, a.list(t.names(group.coalition)), a.write(group.excess)))
	}
	return strings.Join(parts, "; ")
}

// general says what holds of the table whatever the rule.
func (a *telling) general() []string {
	t, words := a.table, a.voice()
	units := func(n Number) string {
		return a.write(new(big.Rat).Mul(n.Rat, big.NewRat(pow10(t.decimals), 1)))
	}
	var list []string
	if count := len(a.Violations) + a.Omitted; count > 0 {
		worst := a.Violations[0]
		text := fmt.Sprintf(a.warning, fmt.Sprintf(words.apart, strings.Join(worst.Coalitions[0], "+"), strings.Join(worst.Coalitions[1], "+"), units(worst.Amount)))
		switch {
		case count == 2:
			text += a.another
		case count > 2:
			text += fmt.Sprintf(a.others, count-1)
		}
		list = append(list, text+".")
	}
	if a.CoreEmpty {
		list = append(list, fmt.Sprintf(a.noneStable, fmt.Sprintf(words.always, units(a.LeastCore))))
	} else {
		list = append(list, a.someStable)
	}
	if a.Convex {
		list = append(list, a.convex)
	}
	if a.Verified != nil && *a.Verified {
		list = append(list, a.verified)
	}
	return list
}

// list joins names as people do.
func (a *telling) list(names []string) string { return joined(names, a.and) }

// and joins names in errors, which are in English.
func and(names []string) string { return joined(names, english.and) }

func joined(names []string, and string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " " + and + " " + names[len(names)-1]
}

// write writes units of the table as an amount for a sentence.
func (a *telling) write(units *big.Rat) string {
	t := a.table
	amount := t.amount(units)
	text := decimal(amount, t.shown())
	if text == "0" && amount.Sign() != 0 {
		return fmt.Sprintf(a.less, a.local(decimal(big.NewRat(1, pow10(t.shown())), t.shown())))
	}
	return a.local(text)
}

func (a *telling) local(number string) string { return pipeline.LocalNumber(a.id, number) }

// sentence begins with a capital and ends with a full stop.
func sentence(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:] + "."
}
