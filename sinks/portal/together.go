package portal

import (
	"html/template"
	"slices"
	"strings"

	"samkraft/sinks/tables"
)

// together says of an agreement, in paragraphs of short sentences, what its members reach
// and earn by it, how sure that is, and who loses or would do better otherwise.
func (s *scribe) together(agreement, joint tables.Row) [][]template.HTML {
	id := agreement.Text("agreement_id")
	gain, known := Amount(joint, "gain_eur")
	if !known || agreement.Text("mechanism") == "netting" {
		// Why there is no figure, and what is netted of which years, stand nowhere else.
		first := []template.HTML{s.local(joint, "sentence")}
		if gain > 0 {
			first = append(first, s.say("together_transfer", "money", s.money(at(joint, "gain_eur"))))
		}
		return [][]template.HTML{first, s.who(joint)}
	}
	signed := int64(0)
	for _, m := range s.members {
		if s.takesPart(m, id) {
			signed++
		}
	}
	var first, sure []template.HTML
	switch quorum, _ := agreement.Int("quorum"); {
	case signed == 1:
		first = append(first, s.say("together_single"))
	case signed < quorum:
		first = append(first, s.say("together_absent", "quorum", s.count(at(agreement, "quorum"))))
	default:
		first, sure = s.earned(agreement, joint), s.sure(joint)
	}
	return [][]template.HTML{first, sure, append(s.who(joint), s.undecided(agreement)...)}
}

// earned is what the members reach and pay or earn together, and what alone.
func (s *scribe) earned(agreement, joint tables.Row) []template.HTML {
	var said []template.HTML
	if mwh, _ := joint.Number("target_mwh"); mwh > 0 {
		said = append(said, s.say("together_target", "energy", s.energy(at(joint, "target_mwh"))))
	}
	if t, _ := joint.Number("target_t"); t > 0 {
		said = append(said, s.say("together_target_co2", "mass", s.mass(at(joint, "target_t"))))
	}
	cost, _ := Amount(joint, "joint_eur")
	alone, _ := Amount(joint, "alone_eur")
	if cost == 0 && alone == 0 {
		return append(said, s.say("together_nobody"))
	}
	if cost < 0 {
		said = append(said, s.say("together_earn", "money", s.money(at(joint, "-joint_eur"))))
	} else {
		said = append(said, s.say("together_pay", "money", s.money(at(joint, "joint_eur"))))
	}
	if alone < 0 {
		said = append(said, s.say("alone_earn", "money", s.money(at(joint, "-alone_eur"))))
	} else {
		said = append(said, s.say("alone_pay", "money", s.money(at(joint, "alone_eur"))))
	}
	switch gain, _ := Amount(joint, "gain_eur"); {
	case gain > 0:
		said = append(said, s.say("together_gain", "money", s.money(at(joint, "gain_eur"))))
	case gain < 0:
		said = append(said, s.say("together_dearer", "money", s.money(at(joint, "-gain_eur"))))
	default:
		said = append(said, s.say("together_no_gain"))
	}
	if more, _ := joint.Number("gain_mwh"); agreement.Text("mechanism") == "pooled_target" && more > 0.05 {
		said = append(said, s.say("together_energy", "energy", s.energy(at(joint, "gain_mwh"))))
		if !joint.Null("gain_p10_mwh") && !joint.Null("gain_p90_mwh") {
			said = append(said, s.say("together_energy_range", "low", s.energy(at(joint, "gain_p10_mwh")), "high", s.energy(at(joint, "gain_p90_mwh"))))
		}
	}
	return said
}

// sure is how sure the gain of an agreement is, what it hangs on, and what comes with it.
func (s *scribe) sure(joint tables.Row) []template.HTML {
	said := s.spread(joint)
	low, _ := Amount(joint, "gain_p10_eur")
	high, _ := Amount(joint, "gain_p90_eur")
	if low < high && !joint.Null("gain_p50_eur") {
		said = append(said, s.say("range_median", "median", s.money(at(joint, "gain_p50_eur"))))
		gain, _ := Amount(joint, "gain_eur")
		written := s.lang.Euro // nobody sees a smaller difference
		switch {
		case gain > high && written(gain) != written(high):
			said = append(said, s.say("range_above"))
		case gain < low && written(gain) != written(low):
			said = append(said, s.say("range_below"))
		}
	}
	return slices.Concat(said, s.carbon(joint), s.hangs(joint))
}

// hangs says where a gain hangs on the price of what no measure reaches, and where
// smaller groups would gain more.
func (s *scribe) hangs(joint tables.Row) []template.HTML {
	var said []template.HTML
	if joint.Bool("backstop_used") {
		said = append(said, s.say("backstop"))
	}
	if joint.Null("cover_gain_eur") {
		return said
	}
	more := s.money(at(joint, "cover_gain_eur"))
	switch apart := s.apart(); {
	case joint.Text("agreement_id") != tables.AllAgreements && inGroups(joint):
		said = append(said, s.say("smaller_groups", "money", more, "groups", s.quote(joint, "best_groups")))
	case joint.Text("agreement_id") == tables.AllAgreements && len(apart) > 0:
		said = append(said, s.say("smaller_groups_all", "money", more, "titles", s.enumerate(apart)))
	}
	return said
}

// apart are the titles of the agreements in which smaller groups would gain more, of
// those that count among all.
func (s *scribe) apart() []template.HTML {
	var titles []template.HTML
	for r := range s.table("agreement").All() {
		id := r.Text("agreement_id")
		if joint, ok := s.table("joint_savings").First("agreement_id", id); ok && inGroups(joint) && r.Text("gain_nature") == "resource" {
			titles = append(titles, s.titleOf(id))
		}
	}
	return titles
}

// inGroups reports whether the members gain most in smaller groups.
func inGroups(joint tables.Row) bool { return strings.Contains(joint.Text("best_groups"), ";") }

// who says who loses on an agreement, and, where there is something to share, which group
// would do better under which key.
func (s *scribe) who(joint tables.Row) []template.HTML {
	losses, known := s.lossesOn(joint.Text("agreement_id"), true)
	if gain, _ := Amount(joint, "gain_eur"); gain == 0 {
		return losses
	}
	if len(losses) == 0 && known {
		losses = append(losses, s.say("loss_none_here"))
	}
	return append(losses, s.objections(joint)...)
}

// objections say whether a group could do better alone under the agreed key, and where
// one could, under which other way of sharing none could.
func (s *scribe) objections(joint tables.Row) []template.HTML {
	id := joint.Text("agreement_id")
	said := s.keyHolds(id)
	if agreed, ok := s.stability(id, agreedRule(id)); ok && agreed.Bool("in_core") {
		return said
	}
	rule := joint.Text("recommended_rule")
	other, ok := s.stability(id, rule)
	switch gain, _ := Amount(joint, "gain_eur"); {
	case gain <= 0 || !ok || other.Null("in_core"):
		return said
	case !other.Bool("in_core"): // the nucleolus, which holds where anything does
		return append(said, s.say("other_none"))
	}
	said = append(said, s.say("other_holds", "rule", s.lang.Code("rule", rule)))
	said = append(said, s.often(other)...)
	seldom, known := other.Number("in_core_probability")
	if most, chance := s.mostOften(id); known && seldom < 0.5 && chance >= 0.5 {
		said = append(said, s.say("other_most", "rule", s.lang.Code("rule", most.Text("rule")), "chance", s.percent(at(most, "in_core_probability"))))
	}
	return said
}

// mostOften is the certificate of the way of sharing money that holds in most draws, of
// those that hold with the most likely figures, and in how many it does.
func (s *scribe) mostOften(id string) (most tables.Row, best float64) {
	for r := range s.table("stability").All() {
		chance, _ := r.Number("in_core_probability")
		if r.Text("agreement_id") == id && r.Text("game") == "eur" && r.Bool("in_core") && chance > best {
			most, best = r, chance
		}
	}
	return most, best
}

// undecided says of an agreement that it, or a target that it is about, is an example or
// a proposal.
func (s *scribe) undecided(agreement tables.Row) []template.HTML {
	target := agreement.Text("mechanism") == "pooled_target" && slices.ContainsFunc(s.members, func(m member) bool {
		return s.takesPart(m, agreement.Text("agreement_id")) && slices.ContainsFunc(s.of(m, "target", "status", "example"), actedOn)
	})
	var said []template.HTML
	switch status := agreement.Text("status"); {
	case status == "example" && target:
		return append(said, s.say("example_both"))
	case status == "example":
		return append(said, s.say("example_agreement"))
	case status == "proposed":
		said = append(said, s.say("proposed_agreement"))
	}
	if target {
		said = append(said, s.say("example_target"))
	}
	return said
}

// actedOn reports whether agreements act on a target: on those of energy and of CO2.
func actedOn(target tables.Row) bool { return target.Text("counts") != "renewable_electricity" }
