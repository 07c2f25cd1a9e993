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
	selfTogether, selfAlone            float64
	hours                              *Hours
	groups                             []string // smaller ones in which the members of an agreement would gain more
	apart                              []*deal  // of all together the agreements with such groups
	backstop, complete                 bool
	key, best                          *objection // to the agreed key and the recommended rule; nil without them
	uncertainty                        *uncertainty
}

func (l language) sentence(s said) string {
	text := ""
	if s.agreement == nil {
		text = l.together(s) + l.unsigned(s)
	} else {
		text = l.alone(s) + l.remark(s.agreement)
	}
	if !s.complete {
		text = l.incomplete + text
	}
	return text
}

// gap says why there is no figure.
func (l language) gap(d *deal, why string) string {
	without := *d
	without.exampleTarget = false // nothing rests on a target here
	return fmt.Sprintf(l.without, l.title(d), why) + l.remark(&without)
}

// remark says what of an agreement is not signed or adopted.
func (l language) remark(d *deal) string {
	switch {
	case d.Status == "example" && d.exampleTarget:
		return l.targetAndDeal
	case d.Status == "example":
		return l.deal
	}
	text := ""
	if d.Status == "proposed" {
		text = l.proposal
	}
	if d.exampleTarget {
		text += l.target
	}
	return text
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
		return text + l.netting(s)
	}
	if wants := l.wants(s); wants != nil {
		text += fmt.Sprintf(l.targets, l.list(wants))
	}
	text += l.money(s)
	if d.Mechanism == "pooled_target" && s.energy > 0.05 {
		text += fmt.Sprintf(l.energy, l.megawatthours(s.energy))
	}
	return text + l.likely(s) + l.carbon(s) + l.depends(s) + l.stable(s, l.keyBlocked, l.keyStable)
}

// wants are the targets: energy, CO2 or both.
func (l language) wants(s said) []string {
	var list []string
	if s.target > 0 {
		list = append(list, l.megawatthours(s.target))
	}
	if s.cut > 0 {
		list = append(list, fmt.Sprintf(l.ofCO2, l.number(s.cut, 0)))
	}
	return list
}

func (l language) netting(s said) string {
	volumes := ""
	switch first, last := s.hours.Volumes[0], s.hours.Volumes[1]; {
	case first != last:
		volumes = fmt.Sprintf(l.volumes, fmt.Sprintf(l.years, first, last))
	case first != 0 && first != s.hours.Year:
		volumes = fmt.Sprintf(l.volumes, strconv.Itoa(first))
	}
	text := fmt.Sprintf(l.netted, l.number(100*s.selfTogether, 1), l.number(100*s.selfAlone, 1),
		l.megawatthours(s.energy), l.number(float64(len(s.hours.Consumption[0])), 0), s.hours.Year, volumes)
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
	joint, alone := l.thousands(math.Abs(s.joint)), l.thousands(math.Abs(s.alone))
	switch {
	case s.gains() > 0:
		return fmt.Sprintf(with, joint, alone, l.thousands(s.gain))
	case s.gains() == 0:
		return fmt.Sprintf(without, joint)
	default:
		return fmt.Sprintf(l.dearer, l.thousands(s.joint), l.thousands(s.alone), l.thousands(-s.gain))
	}
}

// gains is the sign of the gain. Less than a cent for each player is what rounding the
// costs may leave.
func (s said) gains() int {
	switch cents := 0.01 * float64(s.players); {
	case s.gain >= cents:
		return 1
	case s.gain <= -cents:
		return -1
	}
	return 0
}

// likely is the range of the gain, where any is drawn, and on which side of it the
// central figure is if it is outside.
func (l language) likely(s said) string {
	u := s.uncertainty
	if u == nil || u.money.p90 < 0.005 && u.money.p10 > -0.005 {
		return ""
	}
	text := fmt.Sprintf(l.between, l.thousands(u.money.p10), l.thousands(u.money.p90), l.thousands(u.money.p50))
	written := func(f float64) float64 { return math.Round(f / 100) } // nobody sees a smaller difference
	switch {
	case written(s.gain) > written(u.money.p90):
		text += l.above
	case written(s.gain) < written(u.money.p10):
		text += l.below
	}
	return text
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

// depends says what the gain of an agreement hangs on: assumptions, unless those of
// all agreements are said to be all there is; the backstop price; and all acting as
// one group where smaller ones would do better.
func (l language) depends(s said) string {
	text := ""
	if a := s.agreement.assumption; s.gains() > 0 && !(a >= 0.995 && s.all.basis.assumption >= 0.995) {
		text = l.assumed(a)
	}
	if s.backstop {
		text += l.backstop
	}
	if len(s.groups) > 0 {
		text += fmt.Sprintf(l.split, l.thousands(s.coverGain), strings.Join(s.groups, "; "))
	}
	return text
}

// assumed says which part of a gain rests on what nobody has seen in a source.
func (l language) assumed(share float64) string {
	if share >= 0.005 {
		return fmt.Sprintf(l.rests, l.parts(share))
	}
	return ""
}

// stable says whether a group would do better alone under the agreed key, and, if
// so, under the recommended rule.
func (l language) stable(s said, blocked, stable string) string {
	if s.gains() <= 0 {
		return ""
	}
	text := ""
	if s.key != nil {
		if s.key.stable {
			return stable + l.seldom(s.key)
		}
		text = fmt.Sprintf(blocked, l.list(s.key.group), l.thousands(s.key.more))
	}
	switch {
	case s.best == nil:
	case !s.best.stable: // a nucleolus outside of the core says that there is none
		text += l.noneStable
	case s.best.rule == "shapley":
		text += fmt.Sprintf(l.ruleStable, l.shapley) + l.seldom(s.best)
	default:
		text += fmt.Sprintf(l.ruleStable, l.nucleolus) + l.seldom(s.best)
	}
	return text
}

// seldom says in how few draws a way of sharing is stable that is so at the most
// likely figures, where that is less than half of them.
func (l language) seldom(o *objection) string {
	if o.often < 0.5 { // not of NaN
		return fmt.Sprintf(l.fewDraws, l.number(100*o.often, 0))
	}
	return ""
}
