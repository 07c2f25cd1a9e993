package portal

import (
	"html/template"
	"strings"

	"samkraft/sinks/tables"
)

// This file has the sentences about a gain that pages and the report have in common.

// Amount is the number of a cell and whether it is known. Parts of a euro, or of a
// tonne, are nothing: they are the rounding of a game that is solved on whole cents.
func Amount(r tables.Row, column string) (value float64, known bool) {
	v, known := r.Number(column)
	return wholeEuro(v), known
}

// verdict says what all agreements together bring.
func (s *scribe) verdict(all tables.Row) template.HTML {
	switch gain, known := Amount(all, "gain_eur"); {
	case !known:
		return s.say("verdict_unknown")
	case gain > 0:
		return s.say("verdict_gain", "money", s.money(at(all, "gain_eur")))
	case gain < 0:
		return s.say("verdict_loss", "money", s.money(at(all, "-gain_eur")))
	}
	return s.say("verdict_nothing")
}

// spread says how sure a gain is.
func (s *scribe) spread(joint tables.Row) []template.HTML {
	low, some := Amount(joint, "gain_p10_eur")
	high, more := Amount(joint, "gain_p90_eur")
	gain, _ := Amount(joint, "gain_eur")
	switch {
	case !some || !more:
		return []template.HTML{s.say("range_none")}
	case low == gain && high == gain:
		return []template.HTML{s.say("range_flat")}
	}
	said := []template.HTML{s.say("range", "low", s.money(at(joint, "gain_p10_eur")), "high", s.money(at(joint, "gain_p90_eur")))}
	if !joint.Null("gain_probability") {
		said = append(said, s.say("range_chance", "chance", s.percent(at(joint, "gain_probability"))))
	}
	return said
}

// drawn says what the ranges of all agreements come from.
func (s *scribe) drawn() template.HTML {
	if all, ok := s.table("joint_savings").First("agreement_id", tables.AllAgreements); ok && !all.Null("n_draws") {
		return s.say("ranges_from", "draws", s.count(at(all, "n_draws")))
	}
	return s.say("range_none")
}

// carbon says what the plan that saves the money does to CO2; nothing where that is no
// other than by the plans alone.
func (s *scribe) carbon(joint tables.Row) []template.HTML {
	switch cut, _ := Amount(joint, "byproduct_t"); {
	case cut < 0:
		return []template.HTML{s.say("co2_less", "mass", s.mass(at(joint, "-byproduct_t")))}
	case cut > 0:
		return []template.HTML{s.say("co2_more", "mass", s.mass(at(joint, "byproduct_t")))}
	}
	return nil
}

// assumed says how much of the joint plan rests on assumptions.
func (s *scribe) assumed(joint tables.Row) []template.HTML {
	if part, _ := joint.Number("assumption_share"); part > 0 {
		return []template.HTML{s.say("assumed", "part", s.percent(at(joint, "assumption_share")))}
	}
	return nil
}

// losses say who loses on which agreement, and on all together.
func (s *scribe) losses() []template.HTML {
	var said []template.HTML
	known := true
	for _, id := range append(s.table("agreement").Distinct("agreement_id"), tables.AllAgreements) {
		more, all := s.lossesOn(id, false)
		said, known = append(said, more...), known && all
	}
	if len(said) == 0 && known {
		said = append(said, s.say("loss_none"))
	}
	return said
}

// lossesOn say who loses on an agreement, by its title but on its own page, and whether it
// is known of all who sign it.
func (s *scribe) lossesOn(id string, here bool) (said []template.HTML, known bool) {
	known = true
	for _, m := range s.members {
		switch r, ok := s.one(m, "agreement_incidence", "agreement_id", id); {
		case !ok || !r.Bool("signs"):
		case r.Null("gain_eur"):
			known = false
		case r.Bool("loses") && id == tables.AllAgreements:
			said = append(said, s.say("loss_in_all", "member", m.name, "money", s.money(at(r, "-gain_eur"))))
		case r.Bool("loses") && here:
			said = append(said, s.say("loss_here", "member", m.name, "money", s.money(at(r, "-gain_eur"))))
		case r.Bool("loses"):
			said = append(said, s.say("loss", "member", m.name, "money", s.money(at(r, "-gain_eur")), "title", s.titleOf(id)))
		}
	}
	return said, known
}

// keyHolds says whether a group of members could do better alone under the key of an
// agreement, or under those of all of them.
func (s *scribe) keyHolds(id string) []template.HTML {
	rule := agreedRule(id)
	key := lowerFirst(s.lang.Code("rule", rule))
	r, ok := s.stability(id, rule)
	switch {
	case !ok || r.Null("in_core"):
		return []template.HTML{s.say("key_unknown", "key", key)}
	case r.Bool("in_core"):
		return append([]template.HTML{s.say("key_holds", "key", key)}, s.often(r)...)
	case r.Null("blocking_members"):
		return []template.HTML{s.say("key_fails", "key", key)}
	}
	said := []template.HTML{s.say("key_breaks", "key", key, "members", s.blocking(r), "money", s.money(at(r, "max_excess_eur")))}
	if losers := s.losers(id); id != tables.AllAgreements && len(losers) == 1 && r.Text("blocking_members") == losers[0] {
		said[0] = s.say("key_breaks_loser") // by as much as it loses, which was said last; of all together more may be
	}
	if !r.Null("in_core_probability") {
		said = append(said, s.say("key_breaks_often", "chance", s.percent(at(r, "in_core_probability"))))
	}
	return said
}

// losers are the names of those who lose on an agreement.
func (s *scribe) losers(id string) []string {
	var names []string
	for _, m := range s.members {
		if r, ok := s.one(m, "agreement_incidence", "agreement_id", id); ok && r.Bool("signs") && r.Bool("loses") {
			names = append(names, m.name)
		}
	}
	return names
}

// agreedRule is the way of sharing that the key of an agreement is.
func agreedRule(id string) string {
	if id == tables.AllAgreements {
		return "agreed_keys"
	}
	return "agreed_key"
}

// stability is the certificate of a way of sharing money.
func (s *scribe) stability(id, rule string) (tables.Row, bool) {
	return s.table("stability").First("agreement_id", id, "game", "eur", "rule", rule)
}

// blocking names the group that could do better alone.
func (s *scribe) blocking(r tables.Row) string {
	return s.list(strings.Split(r.Text("blocking_members"), ", "))
}

// often says in how many draws a way of sharing holds that does with the most likely
// figures.
func (s *scribe) often(r tables.Row) []template.HTML {
	switch chance, known := r.Number("in_core_probability"); {
	case !known:
		return nil
	case chance < 0.5:
		return []template.HTML{s.say("holds_seldom", "chance", s.percent(at(r, "in_core_probability")))}
	}
	return []template.HTML{s.say("holds_often", "chance", s.percent(at(r, "in_core_probability")))}
}
