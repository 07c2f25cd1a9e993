package portal

import (
	"html/template"

	"samkraft/sinks/tables"
)

// agreement is the page of one agreement.
type agreement struct {
	Agreement  tables.Row
	Joint      tables.Row
	Status     template.HTML
	Mechanism  string
	About      template.HTML
	Signs, Out string
	Nature     string
	Key        template.HTML
	Who        grid
	Ranges     template.HTML
	Rules      *sharing
	Groups     grid
	Leaving    grid
}

func agreementOf(s *scribe, r tables.Row) (any, error) {
	id := r.Text("agreement_id")
	joint, ok := s.table("joint_savings").First("agreement_id", id)
	if !ok {
		return nil, errNoRow("joint_savings", id)
	}
	page := agreement{
		Agreement: r, Joint: joint, Status: s.status(r), Mechanism: s.code(r, "mechanism"), About: s.say("mechanism_" + r.Text("mechanism")),
		Signs: s.signatories(id, true), Out: s.signatories(id, false), Nature: s.code(r, "gain_nature"),
		Key:   s.say("key_says", "key", s.lang.Code("key_type", r.Text("key_type")), "shares", s.lang.Code("key_shares", r.Text("key_shares"))),
		Rules: s.sharing(id),
	}
	page.Who = grid{Caption: s.say("agreement_who"), Head: s.heads("member", "signs_it", "#key_part", "#gain_year", "#low_end", "#high_end", "#gains_in", "#leaving", "joining")}
	for _, m := range s.members {
		if row, ok := s.who(m, id); ok {
			page.Who.Rows = append(page.Who.Rows, row)
		}
	}
	page.Ranges = s.gainRanges(id, "agreement_who_see")
	page.Groups = s.groups(id)
	page.Leaving = s.leaving(id)
	return page, nil
}

// who is what an agreement does to a member.
func (s *scribe) who(m member, id string) (line, bool) {
	r, ok := s.one(m, "agreement_incidence", "agreement_id", id)
	if !ok {
		return line{}, false
	}
	none := num(s.say("no_figure"))
	row := line{Name: plainText(m.name)}
	if !r.Bool("signs") {
		row.Cells = []field{word(s.say("no")), none, none, none, none, none, none, word(s.joining(r))}
		return row, true
	}
	part := none
	if w, ok := s.one(m, "agreement_member", "agreement_id", id); ok {
		part = num(s.share(at(w, "key_weight")))
	}
	row.Cells = []field{word(s.say("yes")), part, num(s.gainOf(r)), num(s.money(at(r, "low_eur"))), num(s.money(at(r, "high_eur"))),
		num(s.percent(at(r, "gain_probability"))), num(s.money(at(r, "exit_value_eur"))), word(s.say("no_figure"))}
	return row, true
}

// joining is what a member would bring, and what it would get of that.
func (s *scribe) joining(r tables.Row) template.HTML {
	return s.say("would_bring", "all", s.money(at(r, "entry_value_eur")), "own", s.money(at(r, "entry_gain_eur")))
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
