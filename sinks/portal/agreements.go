package portal

import (
	"html/template"

	"samkraft/sinks/tables"
)

// agreements is the page of all agreements side by side.
type agreements struct {
	Agreed  bool       // there are agreements; else the rest is empty
	All     tables.Row // of joint_savings
	List    grid
	Whole   grid
	Promise template.HTML
	Rules   *sharing
}

func agreementsOf(s *scribe) (any, error) {
	all, ok := s.table("joint_savings").First("agreement_id", tables.AllAgreements)
	if !ok {
		return agreements{}, nil
	}
	page := agreements{Agreed: true, All: all, List: grid{
		Caption: s.say("agreements_list"), Class: "tight", Head: s.heads("agreement", "signs", "#gain_year", "#low_end", "#high_end", "nature"),
	}}
	for r := range s.table("agreement").All() {
		id := r.Text("agreement_id")
		row := line{Name: template.HTML(`<a href="` + agreementFile(id) + `.html">` + string(s.local(r, "title")) + `</a>`)}
		row.Name += "<small>" + plainText(s.lang.Code("mechanism", r.Text("mechanism"))) + "</small>" + s.status(r)
		joint, ok := s.table("joint_savings").First("agreement_id", id)
		if !ok {
			return nil, errNoRow("joint_savings", id)
		}
		row.Cells = []field{
			word(plainText(s.signatories(id, true))),
			num(s.money(at(joint, "gain_eur"))), num(s.money(at(joint, "gain_p10_eur"))), num(s.money(at(joint, "gain_p90_eur"))), word(plainText(s.code(r, "gain_nature"))),
		}
		page.List.Rows = append(page.List.Rows, row)
	}
	page.Whole = s.whole()
	page.Promise = s.promise(all)
	page.Rules = s.sharing(tables.AllAgreements)
	return page, nil
}

// promise says whether the whole is better for each under the agreed keys.
func (s *scribe) promise(all tables.Row) template.HTML {
	switch {
	case all.Null("good_neighbour_ok"):
		return s.say("promise_unknown")
	case all.Bool("good_neighbour_ok"):
		return s.say("promise_kept")
	case all.Null("transfer_individual_eur"):
		return s.say("promise_broken_for_good")
	}
	return s.say("promise_broken", "sum", s.money(at(all, "transfer_individual_eur")))
}

// status writes whether an agreement is signed, with a mark that needs no colour.
func (s *scribe) status(r tables.Row) template.HTML {
	status := r.Text("status")
	return template.HTML(`<span class="badge ` + template.HTMLEscapeString(status) + `">` + string(s.say("status_"+status)) + `</span>`)
}

// signatories lists who has signed an agreement, or who has not.
func (s *scribe) signatories(id string, signed bool) string {
	var names []string
	for _, m := range s.members {
		if r, ok := s.one(m, "agreement_incidence", "agreement_id", id); ok && r.Bool("signs") == signed {
			names = append(names, m.name)
		}
	}
	return s.list(names)
}

// whole is what all agreements together do to each member: a column for each of them.
func (s *scribe) whole() grid {
	g := grid{Caption: s.say("agreements_whole"), Class: "tight", Head: []field{word(s.say("member"))}}
	var ids []string
	for r := range s.table("agreement").All() {
		if r.Text("gain_nature") == "resource" {
			ids = append(ids, r.Text("agreement_id"))
			g.Head = append(g.Head, num(s.local(r, "title")))
		}
	}
	g.Head = append(g.Head, num(s.say("all_together")), num(s.say("low_end")), num(s.say("high_end")), num(s.say("leaving")))
	for _, m := range s.members {
		row := line{Name: plainText(m.name)}
		for _, id := range ids {
			row.Cells = append(row.Cells, num(s.gainUnder(m, id)))
		}
		if all, ok := s.one(m, "agreement_incidence", "agreement_id", tables.AllAgreements); ok {
			row.Cells = append(row.Cells, num(s.gainOf(all)), num(s.money(at(all, "low_eur"))), num(s.money(at(all, "high_eur"))), num(s.money(at(all, "exit_value_eur"))))
		}
		g.Rows = append(g.Rows, row)
	}
	return g
}

// gainUnder is what a member gains under an agreement, or that it has not signed.
func (s *scribe) gainUnder(m member, id string) template.HTML {
	r, ok := s.one(m, "agreement_incidence", "agreement_id", id)
	switch {
	case !ok:
		return s.say("not_known")
	case !r.Bool("signs"):
		return s.say("has_not_signed")
	}
	return s.gainOf(r)
}

// gainOf writes a gain, and says so in words where it is a loss.
func (s *scribe) gainOf(r tables.Row) template.HTML {
	text := s.money(at(r, "gain_eur"))
	if r.Bool("loses") {
		return template.HTML(`<strong class="loss">`) + s.say("loses") + ` ` + text + `</strong>`
	}
	return text
}

// enumerate is list of what is already written.
func (s *scribe) enumerate(parts []template.HTML) template.HTML {
	var all []string
	for _, p := range parts {
		all = append(all, string(p))
	}
	return template.HTML(s.list(all))
}

// list joins names as the language does.
func (s *scribe) list(names []string) string {
	switch n := len(names); n {
	case 0:
		return s.text("nobody")
	case 1:
		return names[0]
	default:
		text := names[0]
		for _, name := range names[1 : n-1] {
			text += ", " + name
		}
		return text + " " + s.text("and") + " " + names[n-1]
	}
}
