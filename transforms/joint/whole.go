package joint

import (
	"fmt"
	"strings"
)

// together is about all agreements, and what the agreed keys do to each member.
func (l language) together(s said) string {
	text := ""
	switch {
	case s.gains() > 0:
		text = fmt.Sprintf(l.all, l.thousands(s.gain))
	case s.gains() == 0:
		text = l.allNothing
	default:
		text = fmt.Sprintf(l.allDearer, l.thousands(-s.gain))
	}
	text += l.likely(s) + l.carbon(s)
	if s.gains() > 0 {
		text += l.assumed(s.all.basis.assumption)
	}
	if s.backstop {
		text += l.backstop
	}
	if len(s.apart) > 0 {
		text += fmt.Sprintf(l.splitAll, l.list(l.titles(s.apart)), l.thousands(s.coverGain))
	}
	return text + l.promise(s) + l.stable(s, l.keysBlocked, l.keyStables)
}

// promise says whether the whole is better for each.
func (l language) promise(s said) string {
	p := s.all.promise
	if p == nil {
		return l.unknownKey
	}
	var overall, single []string
	for i, m := range s.engine.in.Members {
		if p.total[i] < 0 {
			overall = append(overall, fmt.Sprintf(l.losesOverall, m.Name, l.thousands(-euro(p.total[i]))))
		}
	}
	for k, d := range s.engine.deals {
		if losers := s.losers(k); len(losers) == 1 {
			single = append(single, fmt.Sprintf(l.loses, losers[0], l.title(d)))
		} else if len(losers) > 1 {
			single = append(single, fmt.Sprintf(l.lose, l.list(losers), l.title(d)))
		}
	}
	switch {
	case len(overall) > 0 && p.individual == nil:
		return fmt.Sprintf(l.broken, l.list(overall)) + l.noPayments
	case len(overall) > 0:
		return fmt.Sprintf(l.broken, l.list(overall)) + fmt.Sprintf(l.payments, l.thousands(euro(paid(p.individual))))
	case len(single) > 0:
		return fmt.Sprintf(l.keptThough, l.clauses(single))
	}
	return l.kept
}

// losers are the members that lose on an agreement that counts.
func (s said) losers(k int) []string {
	var names []string
	for i, m := range s.engine.in.Members {
		if s.all.counts[k] && s.all.keyed[k][i] < 0 {
			names = append(names, m.Name)
		}
	}
	return names
}

// unsigned says how much of the gain of all agreements rests on examples, what they
// are, and that some are proposals.
func (l language) unsigned(s said) string {
	b := s.all.basis
	var what []string
	if b.targets {
		what = append(what, l.exampleTargets)
	}
	if len(b.deals) > 0 {
		deals := l.exampleDeals
		if !b.every {
			deals += " (" + strings.Join(l.titles(b.deals), ", ") + ")"
		}
		what = append(what, deals)
	}
	text := ""
	switch {
	case len(what) > 0:
		text = fmt.Sprintf(l.examples, l.parts(b.example), l.clauses(what))
	case s.all.example:
		text = l.examplesOfNothing
	}
	for k, d := range s.engine.deals {
		if s.all.counts[k] && d.Status == "proposed" {
			return text + l.proposals
		}
	}
	return text
}

func (l language) titles(deals []*deal) []string {
	var titles []string
	for _, d := range deals {
		titles = append(titles, l.title(d))
	}
	return titles
}
