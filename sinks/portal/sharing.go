package portal

import (
	"html/template"

	"samkraft/sinks/tables"
)

// sharing is the ways of sharing the gain of an agreement side by side, and which of
// them would hold.
type sharing struct {
	Joint       tables.Row
	Recommended template.HTML // "" where none is
	Shares      grid
	Holds       grid
}

// rules is the order in which ways of sharing are shown: what was agreed, what is
// usually voted on, and what theory has.
var rules = []string{"agreed_keys", "agreed_key", "price", "bird", "by_equal", "by_population", "by_final_energy", "by_target", "shapley", "nucleolus",
	"percapita_nucleolus", "population_nucleolus", "gately", "certificate_sum"}

// sharing gathers it for an agreement; nil where there is nothing to share.
func (s *scribe) sharing(id string) *sharing {
	joint, ok := s.table("joint_savings").First("agreement_id", id)
	if !ok {
		return nil
	}
	if gain, known := at(joint, "gain_eur").value(); !known || gain == 0 {
		return nil
	}
	page := &sharing{Joint: joint}
	if !joint.Null("recommended_rule") {
		page.Recommended = plainText(s.lang.Code("rule", joint.Text("recommended_rule")))
	}
	page.Shares = grid{Caption: s.say("sharing_shares"), Class: "wide", Head: []field{word(s.say("rule"))}}
	for _, m := range s.members {
		if s.takesPart(m, id) {
			page.Shares.Head = append(page.Shares.Head, num(plainText(m.name)))
		}
	}
	page.Holds = grid{Caption: s.say("sharing_holds"), Head: s.heads("rule", "stable", "blocking", "#blocking_gain", "#stable_in")}
	for _, rule := range rules {
		if len(s.table("allocation").Where("agreement_id", id, "rule", rule)) == 0 {
			continue
		}
		name := plainText(s.lang.Code("rule", rule))
		row := line{Name: name, Class: "rule-" + rule}
		for _, m := range s.members {
			if !s.takesPart(m, id) {
				continue
			}
			share := s.say("not_known")
			if r, ok := s.one(m, "allocation", "agreement_id", id, "rule", rule); ok {
				share = s.money(at(r, "gain_eur"))
			}
			row.Cells = append(row.Cells, num(share))
		}
		page.Shares.Rows = append(page.Shares.Rows, row)
		if r, ok := s.stability(id, rule); ok {
			page.Holds.Rows = append(page.Holds.Rows, s.holds(name, r))
		}
	}
	return page
}

// takesPart reports whether a member has signed.
func (s *scribe) takesPart(m member, id string) bool {
	r, ok := s.one(m, "agreement_incidence", "agreement_id", id)
	return ok && r.Bool("signs")
}

// holds says of a way of sharing whether a group could do better alone.
func (s *scribe) holds(name template.HTML, r tables.Row) line {
	stable, group, more := s.say("yes"), s.say("nobody"), s.say("nothing")
	switch {
	case r.Null("in_core"):
		stable, group, more = s.say("not_known"), s.say("not_known"), s.say("not_known")
	case !r.Bool("in_core"):
		stable, group, more = s.say("no"), plainText(s.blocking(r)), s.money(at(r, "max_excess_eur"))
	}
	often := s.say("not_known")
	if at(r, "in_core_probability").known() {
		often = s.percent(at(r, "in_core_probability"))
	}
	return line{Name: name, Cells: []field{word(stable), word(group), num(more), num(often)}}
}
