package report

import (
	"html/template"

	"samkraft/sinks/portal"
	"samkraft/sinks/tables"
)

// answer is the first section: what is gained together, what that rests on, and what is
// asked of the council.
type answer struct {
	Sentences []template.HTML
	Gains     template.HTML
	Rests     []template.HTML
	Asked     []template.HTML
	Ranges    template.HTML
}

func (r *report) answer() answer {
	a := answer{Sentences: r.verdict(), Rests: r.Caveats(), Asked: r.asked()}
	if !r.some {
		return a
	}
	a.Gains, a.Ranges = r.Gains(r.all), r.GainRanges(tables.AllAgreements)
	if len(a.Rests) == 0 {
		a.Rests = []template.HTML{r.say("rests_firm")}
	}
	return a
}

// verdict says what is gained together and how sure that is.
func (r *report) verdict() []template.HTML {
	if !r.some {
		return []template.HTML{r.say("answer_none")}
	}
	all := []template.HTML{r.Verdict(r.all)}
	if _, known := portal.Amount(r.all, "gain_eur"); !known {
		return all
	}
	all = append(all, r.Spread(r.all)...)
	if size := r.Size(r.all); size != "" {
		all = append(all, size)
	}
	return append(all, r.Carbon(r.all)...)
}

// asked is what the council is asked to decide, in the order of the plan: targets,
// agreements, sharing, and what is worth finding out.
func (r *report) asked() []template.HTML {
	var all []template.HTML
	for t := range r.Table("target").All() {
		if t.Text("status") != "adopted" {
			all = append(all, r.say("ask_targets"))
			break
		}
	}
	for a := range r.Table("agreement").All() {
		if ask := r.askedOf(a); ask != "" {
			all = append(all, ask)
		}
	}
	if !r.some {
		return all
	}
	if s, ok := r.stability("agreed_keys"); ok && !s.Null("in_core") && !s.Bool("in_core") && !s.Null("blocking_members") {
		all = append(all, r.say("ask_share", "members", r.Blocking(s), "money", r.Money("max_excess_eur", s)))
	}
	_, carbon := r.Table("target").First("counts", "co2")
	if cut, _ := portal.Amount(r.all, "byproduct_t"); cut < 0 && !carbon {
		all = append(all, r.say("ask_co2"))
	}
	if swings := r.Swings(1); len(swings) > 0 {
		all = append(all, r.say("ask_find", "parameter", r.Parameter(swings[0])))
	}
	if len(all) == 0 {
		all = append(all, r.say("ask_nothing"))
	}
	return all
}

// askedOf is what is asked about an agreement, "" for nothing: to sign it, to leave it,
// or to agree on another key.
func (r *report) askedOf(a tables.Row) template.HTML {
	id, title := a.Text("agreement_id"), r.Local("title", a)
	joint, ok := r.Table("joint_savings").First("agreement_id", id)
	losers, lose := r.Names(r.losers(id)), len(r.losers(id)) > 0
	gain, known := 0.0, false
	if ok {
		gain, known = portal.Amount(joint, "gain_eur")
	}
	switch {
	case known && gain < 0:
		return r.say("ask_costs", "title", title, "money", r.Money("-gain_eur", joint))
	case a.Text("status") == "signed" && lose:
		return r.say("ask_key", "title", title, "members", losers)
	case a.Text("status") == "signed":
		return ""
	case !known:
		return r.say("ask_unknown", "title", title)
	case gain == 0:
		return r.say("ask_no_money", "title", title)
	}
	text := r.say("ask_sign", "title", title, "members", r.Names(r.signatories(id)), "money", r.Money("gain_eur", joint))
	if lose {
		text += " " + r.say("ask_key_too", "members", losers)
	}
	return text
}
