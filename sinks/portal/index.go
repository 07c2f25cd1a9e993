package portal

import (
	"html/template"
	"slices"

	"samkraft/sinks/tables"
)

// index is the front page: what the members gain together, who gets what, and what
// does most.
type index struct {
	Agreed  bool       // there are agreements; else what is of them is empty
	All     tables.Row // of joint_savings
	Gains   []gain
	Lead    [][]template.HTML // paragraphs of sentences
	Gets    grid
	Ranges  template.HTML
	Map     template.HTML
	Actions []action
	Papers  []entry
}

// gain is one of the three things that are gained.
type gain struct {
	Name        template.HTML
	Value       template.HTML
	Low, High   template.HTML // one in ten of the draws is lower, one higher; "" where there is no range
	Median      template.HTML // of the draws; beside the range, because it may lie far from the value
	Explanation template.HTML
	Beside      template.HTML // what the plan does beside what it is made for, or ""
}

// action is a step of the joint supply curve.
type action struct {
	Name, Stock template.HTML
	Where       string
	Step        tables.Row
}

func indexOf(s *scribe) (any, error) {
	page := index{Map: s.gainMap(), Papers: s.papers()}
	for _, r := range s.strongest(3) {
		page.Actions = append(page.Actions, s.action(r))
	}
	if page.All, page.Agreed = s.table("joint_savings").First("agreement_id", tables.AllAgreements); page.Agreed {
		s.gained(&page)
	}
	return page, nil
}

// gains are what all agreements together bring.
func (s *scribe) gains(all tables.Row) []gain {
	var gains []gain
	for _, kind := range []struct {
		name  string
		write func(figure) template.HTML
	}{{"eur", s.money}, {"mwh", s.energy}, {"t", s.mass}} {
		g := gain{Name: s.say("gain_" + kind.name), Explanation: s.say("gain_" + kind.name + "_about"), Value: kind.write(at(all, "gain_"+kind.name))}
		low, median, high := at(all, "gain_p10_"+kind.name), at(all, "gain_p50_"+kind.name), at(all, "gain_p90_"+kind.name)
		if low.known() && median.known() && high.known() {
			g.Low, g.Median, g.High = kind.write(low), kind.write(median), kind.write(high)
		}
		gains = append(gains, g)
	}
	carbon := &gains[len(gains)-1]
	switch cut, known := all.Number("byproduct_t"); {
	case s.alone: // the document says it in its own words
	case known && cut < 0:
		carbon.Beside = s.say("byproduct_less", "mass", s.mass(at(all, "-byproduct_t")))
	case known && cut > 0:
		carbon.Beside = s.say("byproduct_more", "mass", s.mass(at(all, "byproduct_t")))
	}
	return gains
}

// size says what the members' plans cost or earn alone and with all agreements, beside
// which the gain is large or small; "" where nothing is gained, or a figure is missing.
func (s *scribe) size(all tables.Row) template.HTML {
	gain, known := all.Number("gain_eur")
	alone, some := all.Number("alone_eur")
	joint, more := all.Number("joint_eur")
	switch {
	case !known || !some || !more || wholeEuro(gain) <= 0:
		return ""
	case alone < 0 && joint < 0 && !all.Null("gain_share"):
		return s.say("size_earns", "alone", s.money(at(all, "-alone_eur")), "joint", s.money(at(all, "-joint_eur")), "part", s.percent(at(all, "gain_share")))
	case alone > 0 && joint >= 0 && !all.Null("gain_share"):
		return s.say("size_costs", "alone", s.money(at(all, "alone_eur")), "joint", s.money(at(all, "joint_eur")), "part", s.percent(at(all, "gain_share")))
	case alone >= 0 && joint < 0:
		return s.say("size_turns", "alone", s.money(at(all, "alone_eur")), "joint", s.money(at(all, "-joint_eur")))
	}
	return ""
}

// lead says of all agreements what the cards of the gains do not: who loses, who could do
// better alone, how large the gain is beside the plans, and what it rests on.
func (s *scribe) lead(all tables.Row) [][]template.HTML {
	var first, size []template.HTML
	gain, known := Amount(all, "gain_eur")
	if !known || gain <= 0 {
		first = append(first, s.verdict(all))
	}
	first = append(append(first, s.promise(all)), s.losses()...)
	first = append(first, s.leastSure()...)
	var second []template.HTML
	if known && gain != 0 {
		second = s.objections(all)
	}
	if text := s.size(all); text != "" {
		size = append(size, text)
	}
	rests := append(s.examples(all), s.drawn())
	return [][]template.HTML{first, append(second, s.hangs(all)...), size, rests}
}

// leastSure says which member gains in the fewest draws over all agreements, where that
// is not in nearly all of them.
func (s *scribe) leastSure() []template.HTML {
	var least tables.Row
	var name string
	lowest := 0.9
	for _, m := range s.members {
		r, ok := s.one(m, "agreement_incidence", "agreement_id", tables.AllAgreements)
		if !ok || r.Null("gain_probability") || r.Bool("loses") {
			continue
		}
		if chance, _ := r.Number("gain_probability"); chance < lowest {
			least, name, lowest = r, m.name, chance
		}
	}
	if name == "" {
		return nil
	}
	return []template.HTML{s.say("least_sure", "member", name, "chance", s.percent(at(least, "gain_probability")))}
}

// examples say which targets and agreements, of those that bring the gain, no council has
// decided, and how much of the gain rests on them.
func (s *scribe) examples(all tables.Row) []template.HTML {
	what := s.exampleTargets()
	var deals, proposals []template.HTML
	every := true
	for r := range s.table("agreement").All() {
		status, counts := r.Text("status"), r.Text("gain_nature") == "resource"
		every = every && status == "example"
		switch {
		case counts && status == "example":
			deals = append(deals, s.local(r, "title"))
		case counts && status == "proposed":
			proposals = append(proposals, s.local(r, "title"))
		}
	}
	if every && len(deals) > 1 {
		deals = []template.HTML{s.say("examples_agreements")}
	}
	what = append(what, deals...)
	var said []template.HTML
	switch part, _ := all.Number("example_share"); {
	case len(what) > 0 && part > 0:
		said = append(said, s.say("examples_share", "part", s.percent(at(all, "example_share")), "what", s.enumerate(what)))
	case len(what) > 0:
		said = append(said, s.say("examples", "what", s.enumerate(what)))
	}
	if len(proposals) > 0 {
		said = append(said, s.say("proposals", "titles", s.enumerate(proposals)))
	}
	return said
}

// exampleTargets says whether the targets that agreements are about are examples.
func (s *scribe) exampleTargets() []template.HTML {
	if _, pooled := s.table("agreement").First("mechanism", "pooled_target"); !pooled {
		return nil
	}
	targets := slices.DeleteFunc(slices.Collect(s.table("target").All()), func(r tables.Row) bool { return !actedOn(r) })
	all := len(targets)
	switch n := len(slices.DeleteFunc(targets, func(r tables.Row) bool { return r.Text("status") != "example" })); {
	case n == 0:
		return nil
	case n == all:
		return []template.HTML{s.say("examples_targets")}
	}
	return []template.HTML{s.say("examples_some_targets")}
}

// gained is what all agreements together bring, and to whom.
func (s *scribe) gained(page *index) {
	page.Gains, page.Lead = s.gains(page.All), s.lead(page.All)
	page.Gets = grid{Caption: s.say("index_gets"), Head: s.heads("member", "#gain_year", "#low_end", "#high_end", "#per_head", "#gains_in")}
	for _, m := range s.members {
		row, ok := s.one(m, "agreement_incidence", "agreement_id", tables.AllAgreements)
		if !ok {
			continue
		}
		line := line{Name: plainText(m.name), Cells: []field{num(s.money(at(row, "gain_eur"))), num(s.money(at(row, "low_eur"))), num(s.money(at(row, "high_eur")))}}
		head := s.say("not_known")
		if split, ok := s.one(m, "allocation", "agreement_id", tables.AllAgreements, "rule", "agreed_keys"); ok {
			head = s.perUnit(at(split, "gain_eur_per_capita"), "person")
		}
		line.Cells = append(line.Cells, num(head), num(s.percent(at(row, "gain_probability"))))
		page.Gets.Rows = append(page.Gets.Rows, line)
	}
	page.Ranges = s.gainRanges(tables.AllAgreements, "index_gets_see")
}

// action writes what a step is.
func (s *scribe) action(r tables.Row) action {
	return action{s.measure(r, "home_country", "home_muni_code"), plainText(s.code(r, "stock")), s.memberOf(r.Text("home_country"), r.Text("home_muni_code")), r}
}

// strongest are the steps of the joint curve that bring most money a year.
func (s *scribe) strongest(n int) []tables.Row {
	steps := s.table("supply_curve").Where("scope", "joint")
	worth := func(r tables.Row) float64 {
		mwh, _ := r.Number("step_mwh")
		price, _ := r.Number("step_eur_per_mwh")
		return mwh * price
	}
	slices.SortStableFunc(steps, func(a, b tables.Row) int {
		switch x, y := worth(a), worth(b); {
		case x < y:
			return -1
		case x > y:
			return 1
		}
		return 0
	})
	return slices.DeleteFunc(steps[:min(n, len(steps))], func(r tables.Row) bool { return worth(r) >= 0 })
}
