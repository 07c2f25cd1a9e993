package portal

import (
	"html/template"
	"slices"

	"samkraft/sinks/tables"
)

// agreement is the page of one agreement.
type agreement struct {
	Agreement  tables.Row
	Lead       [][]template.HTML // paragraphs of sentences
	Status     template.HTML
	Mechanism  string
	About      template.HTML
	Signs, Out string
	Nature     string
	Key        string
	Shares     string // what the key shares
	Who        grid
	Outside    grid
	Ranges     template.HTML
	Rules      *sharing
	Groups     grid
	Leaving    grid
	Nothing    bool // nobody gains or loses by it, alone or in a group: the rest would be zeros
}

func agreementOf(s *scribe, r tables.Row) (any, error) {
	id := r.Text("agreement_id")
	joint, ok := s.table("joint_savings").First("agreement_id", id)
	if !ok {
		return nil, errNoRow("joint_savings", id)
	}
	page := agreement{
		Agreement: r, Lead: s.together(r, joint), Status: s.status(r), Mechanism: s.code(r, "mechanism"), About: s.say("mechanism_" + r.Text("mechanism")),
		Signs: s.signatories(id, true), Out: s.signatories(id, false), Nature: s.code(r, "gain_nature"),
		Key: s.code(r, "key_type"), Shares: s.code(r, "key_shares"),
		Rules: s.sharing(id),
	}
	page.Who = grid{Caption: s.say("agreement_who"), Head: s.heads("member", "#key_part", "#gain_year", "#low_end", "#high_end", "#gains_in", "#leaving")}
	page.Outside = grid{Caption: s.say("agreement_outside"), Head: s.heads("member", "#brings_all", "#brings_own")}
	for _, m := range s.members {
		incidence, ok := s.one(m, "agreement_incidence", "agreement_id", id)
		switch {
		case !ok:
			continue
		case incidence.Bool("signs"):
			page.Who.Rows = append(page.Who.Rows, s.signatory(m, id, incidence))
		default:
			page.Outside.Rows = append(page.Outside.Rows, line{Name: plainText(m.name), Cells: []field{num(s.money(at(incidence, "entry_value_eur"))), num(s.money(at(incidence, "entry_gain_eur")))}})
		}
	}
	if page.Nothing = s.bringsNothing(joint, id); page.Nothing {
		return page, nil
	}
	page.Ranges = s.gainRanges(id, "agreement_who_see")
	page.Groups = s.groups(id)
	page.Leaving = s.leaving(id)
	return page, nil
}

// bringsNothing reports whether all that is known of an agreement's gain is zero, and
// nothing is unknown.
func (s *scribe) bringsNothing(joint tables.Row, id string) bool {
	figures := []figure{at(joint, "gain_eur"), at(joint, "gain_p10_eur"), at(joint, "gain_p90_eur")}
	of := func(table string, columns ...string) {
		for _, r := range s.table(table).Where("agreement_id", id) {
			for _, column := range columns {
				figures = append(figures, at(r, column))
			}
		}
	}
	of("coalition_value", "gain_eur", "gain_p10_eur", "gain_p90_eur")
	of("exit_loss", "loss_eur")
	for _, r := range s.table("agreement_incidence").Where("agreement_id", id) {
		if r.Bool("signs") {
			figures = append(figures, at(r, "gain_eur"), at(r, "low_eur"), at(r, "high_eur"))
		} else {
			figures = append(figures, at(r, "entry_value_eur"))
		}
	}
	return !slices.ContainsFunc(figures, func(f figure) bool {
		v, known := f.value()
		return !known || wholeEuro(v) != 0
	})
}

// signatory is what an agreement does to a member that signs it.
func (s *scribe) signatory(m member, id string, r tables.Row) line {
	part := s.say("no_figure")
	if w, ok := s.one(m, "agreement_member", "agreement_id", id); ok {
		part = s.share(at(w, "key_weight"))
	}
	return line{Name: plainText(m.name), Cells: []field{
		num(part), num(s.gainOf(r)), num(s.money(at(r, "low_eur"))), num(s.money(at(r, "high_eur"))), num(s.percent(at(r, "gain_probability"))), num(s.money(at(r, "exit_value_eur"))),
	}}
}

// mostGroups is how many groups of members a page lists.
const mostGroups = 40

// groups is what each group of signatories could gain by itself.
func (s *scribe) groups(id string) grid {
	g := grid{Caption: s.say("agreement_groups"), Head: s.heads("group", "#gain_year", "#low_end", "#high_end")}
	for _, r := range s.table("coalition_value").Where("agreement_id", id) {
		if n, _ := r.Int("n_members"); n < 2 || len(g.Rows) == mostGroups {
			continue
		}
		g.Rows = append(g.Rows, line{Name: s.quote(r, "members"), Cells: []field{num(s.money(at(r, "gain_eur"))), num(s.money(at(r, "gain_p10_eur"))), num(s.money(at(r, "gain_p90_eur")))}})
	}
	return g
}

// leaving is what the others lose when one leaves.
func (s *scribe) leaving(id string) grid {
	g := grid{Caption: s.say("agreement_leaving"), Head: []field{word(s.say("who_leaves"))}}
	var signed []member
	for _, m := range s.members {
		if s.takesPart(m, id) {
			signed = append(signed, m)
			g.Head = append(g.Head, num(s.say("loss_of", "member", m.name)))
		}
	}
	for _, leaver := range signed {
		row := line{Name: plainText(leaver.name)}
		for _, m := range signed {
			cell := num(s.say("no_figure"))
			if r, ok := s.one(m, "exit_loss", "agreement_id", id, "leaver_country", leaver.country, "leaver_muni_code", leaver.code); ok {
				cell = num(s.money(at(r, "loss_eur")))
			}
			row.Cells = append(row.Cells, cell)
		}
		g.Rows = append(g.Rows, row)
	}
	return g
}
