package costtable

import (
	"fmt"
	"math/big"
	"strings"
	"unicode"
	"unicode/utf8"
)

// speech tells an answer in one language.
type speech struct {
	*Answer
	*words
	// decimals of all amounts in the sentences: those of the table, or more where an
	// amount needs them, which wanting notes.
	decimals int
	wanting  bool
}

func (a *Answer) speech(language string) *speech {
	s := &speech{Answer: a, words: english, decimals: a.table.decimals}
	if other := languages[language]; other != nil {
		s.words = other
	}
	return s
}

// Notice says in a language how many numbers of the file were rounded; "" when
// none was.
func (a *Answer) Notice(language string) string {
	if a.Rounded == nil {
		return ""
	}
	return a.speech(language).notice()
}

func (s *speech) notice() string {
	return fmt.Sprintf(s.rounded, s.Rounded.Decimals, s.Rounded.Numbers, s.table.numbers)
}

func (s *speech) title() string {
	form := s.kinds[s.Kind].share
	if len(s.Members) == 1 {
		form = s.kinds[s.Kind].has
	}
	return fmt.Sprintf(form, s.list(s.Members), s.local(decimal(s.Total.Rat, s.table.decimals)))
}

// called is what a rule is called in a sentence.
func (s *speech) called(rule string) string {
	if rule == ruleProportional && s.Answer.key != "" && s.Answer.key != ruleProportional {
		return fmt.Sprintf(s.words.key, s.Answer.key)
	}
	return s.words.rules[rule]
}

// sentences say who would object to which rule, and what holds whatever the rule.
// All their amounts have the same decimals.
func (s *speech) sentences() []string {
	list := s.told()
	if s.wanting {
		s.decimals = s.table.shown()
		list = s.told()
	}
	if s.Rounded != nil {
		list = append(list, s.notice())
	}
	return list
}

func (s *speech) told() []string {
	var list, stable []string
	for k, r := range s.rulings {
		name := s.called(r.rule)
		switch {
		case r.shares == nil:
			list = append(list, sentence(fmt.Sprintf(s.no, name, s.table.reason(s.words, r.why, s.write))))
		case s.worst[k].any.excess.Sign() <= 0:
			stable = append(stable, name)
		default:
			list = append(list, sentence(fmt.Sprintf(s.under, name, s.objections(k))))
		}
	}
	if len(stable) > 0 {
		list = append([]string{sentence(fmt.Sprintf(s.under, s.list(stable), s.kinds[s.Kind].content))}, list...)
	}
	return append(list, s.general()...)
}

// objections says who fares worse than alone under a rule, and which group has
// the most to gain by itself.
func (s *speech) objections(k int) string {
	t, voice := s.table, s.kinds[s.Kind]
	var members, parts []string
	for i, share := range s.rulings[k].shares {
		if complaint := t.complaint(i, share); complaint.Sign() > 0 {
			amount := s.write(complaint)
			if len(members) == 0 {
				amount = voice.suffer + " " + amount
			}
			members = append(members, t.members[i]+" "+amount)
		}
	}
	if len(members) > 0 {
		parts = append(parts, s.list(members)+" "+voice.worse)
	}
	if group := s.worst[k].group; group.coalition != 0 && group.excess.Sign() > 0 {
		parts = append(parts, fmt.Sprintf(voice.leave, s.list(t.names(group.coalition)), s.write(group.excess)))
	}
	return strings.Join(parts, "; ")
}

// general says what holds of the table whatever the rule.
func (s *speech) general() []string {
	t, voice := s.table, s.kinds[s.Kind]
	units := func(n Number) string {
		return s.write(new(big.Rat).Mul(n.Rat, big.NewRat(pow10(t.decimals), 1)))
	}
	var list []string
	if count := len(s.Violations) + s.Omitted; count > 0 {
		worst := s.Violations[0]
		text := fmt.Sprintf(s.warning, fmt.Sprintf(voice.apart, strings.Join(worst.Coalitions[0], "+"), strings.Join(worst.Coalitions[1], "+"), units(worst.Amount)))
		switch {
		case count == 2:
			text += s.another
		case count > 2:
			text += fmt.Sprintf(s.others, count-1)
		}
		list = append(list, text+".")
	}
	switch {
	case s.CoreEmpty:
		list = append(list, fmt.Sprintf(s.empty, fmt.Sprintf(voice.always, units(s.LeastCore))))
	default:
		list = append(list, s.core)
	}
	if s.Convex {
		list = append(list, s.words.convex)
	}
	if s.Verified != nil && *s.Verified {
		list = append(list, s.certified)
	}
	return list
}

// write writes units of the table as an amount for a sentence.
func (s *speech) write(units *big.Rat) string {
	if s.decimals == s.table.decimals && !units.IsInt() {
		s.wanting = true
	}
	text := s.table.fixed(units, s.decimals)
	if units.Sign() != 0 && strings.Trim(text, "-0.") == "" {
		return fmt.Sprintf(s.less, s.local(big.NewRat(1, pow10(s.decimals)).FloatString(s.decimals)))
	}
	return s.local(text)
}

// local writes a number with the decimal mark of the language.
func (s *speech) local(number string) string { return strings.Replace(number, ".", s.mark, 1) }

// list joins names as people do.
func (s *speech) list(names []string) string { return joined(names, s.and) }

func joined(names []string, and string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " " + and + " " + names[len(names)-1]
}

// and joins the names of a message.
func and(names []string) string { return joined(names, english.and) }

// sentence begins with a capital and ends with a full stop.
func sentence(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:] + "."
}

// reason says why a rule has no answer.
func (t *Table) reason(w *words, why reason, write func(*big.Rat) string) string {
	switch why {
	case nothingAlone:
		return w.kinds[t.kind].zero
	case nothingAdded:
		return w.added
	case noImputation:
		all := int64(0) // what the members pay alone
		for i := range t.members {
			all += t.values[1<<i]
		}
		return fmt.Sprintf(w.kinds[t.kind].impossible, write(big.NewRat(all, 1)), write(big.NewRat(t.total(), 1)))
	}
	return w.unsure
}
