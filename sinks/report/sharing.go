package report

import (
	"html/template"

	"samkraft/sinks/portal"
	"samkraft/sinks/tables"
)

// rules are the ways of sharing that the report shows, in the order in which they
// stand: what was agreed, and the best known ones of theory. The pages have all.
var rules = []string{"agreed_keys", "shapley", "nucleolus", "gately"}

// stability is the certificate of a way of sharing the gain of all agreements.
func (r *report) stability(rule string) (tables.Row, bool) {
	return r.Table("stability").First("agreement_id", tables.AllAgreements, "game", "eur", "rule", rule)
}

// sharing says which ways of sharing hold, and shows what each member gets under them.
func (r *report) sharing(page *agreements) {
	switch gain, known := portal.Amount(r.all, "gain_eur"); {
	case !known:
		page.Sharing = r.KeysHold()
		return
	case gain == 0:
		page.Sharing = []template.HTML{r.say("sharing_nothing")}
		return
	}
	page.Sharing = append([]template.HTML{r.say("sharing_see")}, r.KeysHold()...)
	page.Sharing = append(page.Sharing, r.recommended())
	page.Shares = r.shares()
}

// recommended says which way of sharing is recommended, and how far that is to be
// trusted: it is chosen by the most likely figures, with which it may hold though it
// does not in most of the draws.
func (r *report) recommended() template.HTML {
	if r.all.Null("recommended_rule") {
		return r.say("sharing_none")
	}
	rule := r.all.Text("recommended_rule")
	name := r.lang.Code("rule", rule)
	s, ok := r.stability(rule)
	switch {
	case !ok || s.Null("in_core"):
		return r.say("sharing_recommended", "rule", name)
	case !s.Bool("in_core"):
		return r.say("sharing_recommended_closest", "rule", name)
	}
	switch often, known := s.Number("in_core_probability"); {
	case !known:
		return r.say("sharing_recommended_holds", "rule", name)
	case often < 0.5:
		return r.say("sharing_recommended_seldom", "rule", name, "chance", r.Percent("in_core_probability", s))
	}
	return r.say("sharing_recommended_often", "rule", name, "chance", r.Percent("in_core_probability", s))
}

// shares is what each member gets under each way of sharing, a column for each, and
// below it whether that way holds, and how often.
func (r *report) shares() template.HTML {
	head := r.heads("member")
	holds, often, blocking := []template.HTML{r.say("holds")}, []template.HTML{r.say("holds_in")}, []template.HTML{r.say("blocking")}
	var cells [][]template.HTML
	for _, m := range r.Members() {
		cells = append(cells, []template.HTML{plainText(m.Name)})
	}
	for _, rule := range rules {
		if len(r.Table("allocation").Where("agreement_id", tables.AllAgreements, "rule", rule)) == 0 {
			continue
		}
		head = append(head, portal.Heading{Text: plainText(r.lang.Code("rule", rule)), Figures: true})
		for i, m := range r.Members() {
			cells[i] = append(cells[i], r.Money("gain_eur", r.of(m, "allocation", "agreement_id", tables.AllAgreements, "rule", rule)...))
		}
		yes, who := r.holds(rule)
		holds, often, blocking = append(holds, yes), append(often, r.holdsIn(rule)), append(blocking, who)
	}
	return r.Grid(r.say("sharing_table"), head, append(cells, holds, often, blocking))
}

// holds says of a way of sharing whether it holds, and who could do better alone.
func (r *report) holds(rule string) (holds, blocking template.HTML) {
	s, ok := r.stability(rule)
	switch {
	case !ok || s.Null("in_core"):
		return r.say("not_known"), r.say("not_known")
	case s.Bool("in_core"):
		return r.say("yes"), r.say("nothing")
	case s.Null("blocking_members"):
		return r.say("no"), r.say("not_known")
	}
	return r.say("no"), plainText(r.Blocking(s)) + ": " + r.Money("max_excess_eur", s)
}

// holdsIn is in how many of the draws a way of sharing holds.
func (r *report) holdsIn(rule string) template.HTML {
	if s, ok := r.stability(rule); ok && !s.Null("in_core_probability") {
		return r.Percent("in_core_probability", s)
	}
	return r.say("not_known")
}
