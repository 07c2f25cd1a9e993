package report

import (
	"html/template"
	"slices"
	"strings"

	"samkraft/sinks/tables"
)

// certainty is the section of how sure the result is: what it depends on, what is
// missing, and what the checks found.
type certainty struct {
	Sentences []template.HTML
	Turned    []template.HTML // what moves the gain most, in words
	Tornado   template.HTML   // drawing; "" where nothing was turned
	Missing   template.HTML   // table; "" where nothing is missing
	Checks    []template.HTML
}

// mostTurned is how many figures the drawing of what decides the result has, and
// mostSaid how many are said in words.
const mostTurned, mostSaid = 8, 3

func (r *report) certainty() certainty {
	page := certainty{Sentences: []template.HTML{r.Drawn()}, Missing: r.missing(), Checks: r.checks()}
	if !r.some {
		return page
	}
	page.Sentences = append(page.Sentences, r.Assumed(r.all)...)
	swings := r.Swings(mostTurned)
	for _, s := range swings[:min(len(swings), mostSaid)] {
		page.Turned = append(page.Turned, r.swing(s))
	}
	if len(swings) > 0 {
		page.Tornado = r.Tornado(swings)
	}
	return page
}

// swing says what turning a figure does to the gain.
func (r *report) swing(s tables.Row) template.HTML {
	if s.Null("low_gain_eur") || s.Null("gain_eur") || s.Null("high_gain_eur") {
		return r.say("sure_swing_unknown", "parameter", r.Parameter(s))
	}
	text := r.say("sure_swing", "parameter", r.Parameter(s), "low", r.Money("low_gain_eur", s), "central", r.Money("gain_eur", s), "high", r.Money("high_gain_eur", s))
	if s.Bool("decision_flip") {
		text += " " + r.flips(s)
	}
	return text
}

// flips says which decision a figure turns: that of members who lose with it, or, where
// nobody does, how to share.
func (r *report) flips(s tables.Row) template.HTML {
	var who []string
	known := true
	for _, m := range r.Members() {
		own := r.of(m, "tornado", "param_id", s.Text("param_id"))
		switch {
		case len(own) == 0 || own[0].Null("decision_flip"):
			known = false
		case own[0].Bool("decision_flip"):
			who = append(who, m.Name)
		}
	}
	switch {
	case len(who) > 0:
		return r.say("sure_flips_members", "members", r.Names(who))
	case known:
		return r.say("sure_flips_rule")
	}
	return r.say("sure_flips")
}

// missing lists the publishers whose figures are not complete, and of whom.
func (r *report) missing() template.HTML {
	var cells [][]template.HTML
	for s := range r.Table("source").All() {
		gone, partial := r.places(s.Text("source_id"), "missing"), r.places(s.Text("source_id"), "partial", "suppressed")
		if len(gone)+len(partial) > 0 {
			cells = append(cells, []template.HTML{r.English("title", s), r.whose(gone), r.whose(partial)})
		}
	}
	if len(cells) == 0 {
		return ""
	}
	return r.Grid(r.say("missing_table"), r.heads("source", "missing_at", "partial_at"), cells)
}

// places are the codes of those of whom a publisher's figures are in one of these
// states in some data set and year.
func (r *report) places(source string, states ...string) []string {
	var found []string
	for _, c := range r.Table("completeness").Where("source_id", source) {
		if place := c.Text("country") + c.Text("muni_code"); slices.Contains(states, c.Text("state")) && !slices.Contains(found, place) {
			found = append(found, place)
		}
	}
	return found
}

// whose names members; what is about no municipality is about all.
func (r *report) whose(places []string) template.HTML {
	if len(places) == 0 {
		return r.say("nothing")
	}
	var names []string
	for _, m := range r.Members() {
		if slices.Contains(places, m.Country+m.Code) {
			names = append(names, m.Name)
		}
	}
	if len(names) == 0 || len(names) == len(r.Members()) {
		return r.say("all_members")
	}
	return plainText(r.Names(names))
}

// checks are what must hold and does not everywhere, and where it does not.
func (r *report) checks() []template.HTML {
	var all []template.HTML
	var seen []string
	failed := r.Table("check_result").Where("state", "failed")
	for _, c := range failed {
		id := c.Text("check_id")
		if slices.Contains(seen, id) {
			continue
		}
		seen = append(seen, id)
		var keys []string
		for _, other := range failed {
			if other.Text("check_id") == id {
				keys = append(keys, other.Text("row_key"))
			}
		}
		text := r.MustHold(c)
		if found := r.found(keys); len(found) > 0 {
			text += ": " + r.Enumerate(found)
		}
		all = append(all, text)
	}
	return all
}

// found are the members and agreements whose rows have these keys. Where all agreements
// together are among them, the single ones say nothing more.
func (r *report) found(keys []string) []template.HTML {
	var places []template.HTML
	for _, m := range r.Members() {
		own := func(key string) bool {
			return strings.HasPrefix(key, m.Country+"|"+m.Code+"|") || strings.HasPrefix(key, m.Country+"-"+m.Code+"|") // the latter of a heat network
		}
		if slices.ContainsFunc(keys, own) {
			places = append(places, plainText(m.Name))
		}
	}
	if slices.Contains(keys, tables.AllAgreements) {
		return append(places, r.say("checks_all"))
	}
	for a := range r.Table("agreement").All() {
		if slices.Contains(keys, a.Text("agreement_id")) {
			places = append(places, r.Local("title", a))
		}
	}
	return places
}
