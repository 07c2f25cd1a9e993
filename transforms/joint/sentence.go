package joint

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// said is what a sentence about an agreement, or about all together, needs to know.
type said struct {
	agreement                          *deal // nil for all together
	all                                *portfolio
	engine                             *engine
	players                            int
	alone, joint, gain, energy, target float64 // EUR and MWh
	cut, byproduct, coverGain          float64 // t, t, EUR
	assumption                         float64 // share of the gain
	selfTogether, selfAlone            float64
	hours                              int
	groups                             []string
	backstop, complete                 bool
	example, exampleTarget             bool
	uncertainty                        *uncertainty
}

func (l language) sentence(s said) string {
	text := ""
	if s.agreement == nil {
		text = l.together(s)
	} else {
		text = l.alone(s)
	}
	text += l.remark(s)
	if !s.complete {
		text = l.incomplete + text
	}
	return text
}

// gap says why there is no figure.
func (l language) gap(d *deal, why string) string {
	return fmt.Sprintf(l.without, l.title(d), why) + l.remark(said{agreement: d, example: d.example})
}

// remark says what is not signed or adopted.
func (l language) remark(s said) string {
	if s.agreement == nil {
		switch {
		case s.example:
			return l.examples
		case s.engine.proposes(s.all):
			return l.proposals
		}
		return ""
	}
	switch {
	case s.agreement.Status == "example" && s.exampleTarget:
		return l.targetAndDeal
	case s.agreement.Status == "example":
		return l.deal
	}
	text := ""
	if s.agreement.Status == "proposed" {
		text = l.proposal
	}
	if s.exampleTarget {
		text += l.target
	}
	return text
}

// proposes reports whether an agreement that counts has yet to be signed.
func (e *engine) proposes(all *portfolio) bool {
	for k, d := range e.deals {
		if all.counts[k] && d.Status == "proposed" {
			return true
		}
	}
	return false
}

// alone is about one agreement.
func (l language) alone(s said) string {
	d := s.agreement
	switch {
	case s.players == 1:
		return fmt.Sprintf(l.single, l.title(d))
	case !d.inForce():
		return fmt.Sprintf(l.absent, l.title(d), s.players, d.Quorum)
	}
	text := fmt.Sprintf(l.members, l.title(d), s.players)
	if d.Mechanism == "netting" {
		return text + l.hours(s)
	}
	if wants := l.wants(s); wants != nil {
		text += fmt.Sprintf(l.targets, l.list(wants))
	}
	text += l.money(s)
	if d.Mechanism == "pooled_target" && s.energy > 0.05 {
		text += fmt.Sprintf(l.energy, l.number(s.energy/1000, 2))
	}
	return text + l.likely(s) + l.carbon(s) + l.depends(s)
}

// wants are the targets: energy, CO2 or both.
func (l language) wants(s said) []string {
	var list []string
	if s.target > 0 {
		list = append(list, l.number(s.target/1000, 1)+" GWh")
	}
	if s.cut > 0 {
		list = append(list, fmt.Sprintf(l.ofCO2, l.number(s.cut, 0)))
	}
	return list
}

func (l language) hours(s said) string {
	text := fmt.Sprintf(l.netted, l.number(100*s.selfTogether, 1), l.number(100*s.selfAlone, 1), l.number(s.energy/1000, 1), l.number(float64(s.hours), 0))
	if nature(s.agreement.Agreement) == "transfer" {
		return text + l.transfer
	}
	return text + l.accounting
}

// money says what is paid or earned. Where the members earn, that reads better
// than a negative cost.
func (l language) money(s said) string {
	with, without := l.cost, l.noCost
	switch {
	case s.joint == 0 && s.alone == 0:
		return l.nothing
	case s.joint < 0 && s.alone <= 0:
		with, without = l.earn, l.noEarn
	case s.joint < 0:
		with = l.turn
	}
	joint, alone := l.number(math.Abs(s.joint)/1000, 1), l.number(math.Abs(s.alone)/1000, 1)
	switch {
	case s.gain >= 0.005:
		return fmt.Sprintf(with, joint, alone, l.number(s.gain/1000, 1))
	case s.gain > -0.005:
		return fmt.Sprintf(without, joint)
	default:
		return fmt.Sprintf(l.dearer, l.number(s.joint/1000, 1), l.number(s.alone/1000, 1), l.number(-s.gain/1000, 1))
	}
}

// likely is the range of the gain, where any is drawn.
func (l language) likely(s said) string {
	if u := s.uncertainty; u != nil && (u.money.p90 >= 0.005 || u.money.p10 <= -0.005) {
		return fmt.Sprintf(l.between, l.number(u.money.p10/1000, 1), l.number(u.money.p90/1000, 1))
	}
	return ""
}

func (l language) carbon(s said) string {
	switch {
	case s.byproduct < -0.5:
		return fmt.Sprintf(l.less, l.number(-s.byproduct, 0))
	case s.byproduct > 0.5:
		return fmt.Sprintf(l.more, l.number(s.byproduct, 0))
	}
	return ""
}

// depends says what the gain hangs on: assumptions, the backstop price, and all acting as one
// group where smaller ones would do better.
func (l language) depends(s said) string {
	text := ""
	if s.gain >= 0.005 && s.assumption >= 0.005 {
		text = fmt.Sprintf(l.rests, l.number(100*s.assumption, 0))
	}
	if s.backstop {
		text += l.backstop
	}
	if len(s.groups) > 0 {
		text += fmt.Sprintf(l.split, l.number(s.coverGain/1000, 1), strings.Join(s.groups, "; "))
	}
	return text
}

// together is about all agreements, and what the agreed keys do to each member.
func (l language) together(s said) string {
	text := ""
	switch {
	case s.gain >= 0.005:
		text = fmt.Sprintf(l.all, l.number(s.gain/1000, 1))
	case s.gain > -0.005:
		text = l.allNothing
	default:
		text = fmt.Sprintf(l.allDearer, l.number(-s.gain/1000, 1))
	}
	return text + l.likely(s) + l.carbon(s) + l.depends(s) + l.promise(s)
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
			overall = append(overall, fmt.Sprintf(l.losesOverall, m.Name, l.number(-euro(p.total[i])/1000, 1)))
		}
		for k, d := range s.engine.deals {
			if s.all.counts[k] && s.all.keyed[k][i] < 0 {
				single = append(single, fmt.Sprintf(l.loses, m.Name, l.title(d)))
			}
		}
	}
	switch {
	case len(overall) > 0 && p.individual == nil:
		return fmt.Sprintf(l.broken, l.list(overall)) + l.noPayments
	case len(overall) > 0:
		return fmt.Sprintf(l.broken, l.list(overall)) + fmt.Sprintf(l.payments, l.number(euro(paid(p.individual))/1000, 1))
	case len(single) > 0:
		return fmt.Sprintf(l.keptThough, l.list(single))
	}
	return l.kept
}

// list joins names as a sentence does: "a, b and c".
func (l language) list(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " " + l.and + " " + names[len(names)-1]
}

// number writes a number the local way.
func (l language) number(f float64, decimals int) string {
	if math.Abs(f) < 0.5*math.Pow10(-decimals) {
		f = 0
	}
	whole, fraction, _ := strings.Cut(strconv.FormatFloat(math.Abs(f), 'f', decimals, 64), ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + l.group + whole[i:]
	}
	if fraction != "" {
		whole += l.mark + fraction
	}
	if f < 0 {
		whole = "-" + whole
	}
	return whole
}
