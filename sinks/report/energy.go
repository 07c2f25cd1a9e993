package report

import (
	"fmt"
	"html/template"
	"maps"
	"slices"

	"samkraft/sinks/portal"
	"samkraft/sinks/tables"
)

// energy is the section of where the energy goes today.
type energy struct {
	Sentences []template.HTML
	Use       template.HTML // drawing
	Members   template.HTML // table
}

func (r *report) energy() energy {
	e := energy{Use: r.UseChart()}
	all := rows(r.Table("end_use"))
	whole := r.ofAll("end_use")
	if _, known := sum(all, "energy_mwh"); whole && known {
		e.Sentences = append(e.Sentences, r.say("energy_sum", "energy", r.Energy("energy_mwh", all...)))
		e.Sentences = append(e.Sentences, r.rough(all)...)
	} else {
		e.Sentences = append(e.Sentences, r.say("energy_unknown"))
	}
	if _, known := sum(all, "normalised_mwh"); whole && known {
		e.Sentences = append(e.Sentences, r.say("energy_normal", "energy", r.Energy("normalised_mwh", all...)))
	} else {
		e.Sentences = append(e.Sentences, r.say("energy_normal_unknown"))
	}
	var cells [][]template.HTML
	var most portal.Member
	greatest, countries := 0.0, map[string]bool{}
	for _, m := range r.Members() {
		own := r.of(m, "end_use")
		if v, known := sum(own, "energy_mwh"); known && v > greatest {
			greatest, most = v, m
		}
		countries[m.Country] = true
		cells = append(cells, []template.HTML{plainText(m.Name), r.Energy("energy_mwh", own...), r.Energy("normalised_mwh", own...), r.targetOf(m)})
	}
	if greatest > 0 && len(cells) > 1 {
		e.Sentences = append(e.Sentences, r.say("energy_most", "member", most.Name, "energy", r.Energy("energy_mwh", r.of(most, "end_use")...)))
	}
	if len(countries) > 1 {
		e.Sentences = append(e.Sentences, r.say("energy_both"))
	}
	if whole {
		cells = append(cells, []template.HTML{r.say("all_together"), r.Energy("energy_mwh", all...), r.Energy("normalised_mwh", all...), r.Energy("target_mwh", r.targets()...)})
	}
	e.Sentences = append(e.Sentences, r.ofYears()...)
	e.Members = r.Grid(r.say("energy_table"), r.heads("member", "#as_measured", "#in_normal_weather", "#target"), cells)
	return e
}

// rough says how much of the energy has a grade of an estimate, and between which
// bounds the whole lies.
func (r *report) rough(use []tables.Row) []template.HTML {
	var rough []tables.Row
	for _, u := range use {
		if grade := u.Text("grade"); grade == "D" || grade == "E" {
			rough = append(rough, u)
		}
	}
	all := []template.HTML{r.say("energy_rough_none")}
	if len(rough) > 0 {
		all[0] = r.say("energy_rough", "energy", r.Energy("energy_mwh", rough...))
	}
	low, some := sum(use, "low_mwh")
	high, more := sum(use, "high_mwh")
	if some && more && r.lang.Energy(low) != r.lang.Energy(high) {
		all = append(all, r.say("energy_range", "low", r.Energy("low_mwh", use...), "high", r.Energy("high_mwh", use...)))
	}
	return all
}

// ofYears says of which years the figures are: of each member's account, which the
// drawing shows, and of what the plan can change. Members of the same years are named
// together.
func (r *report) ofYears() []template.HTML {
	var order []string
	names, said := map[string][]string{}, map[string][2]template.HTML{}
	for _, m := range r.Members() {
		account, use := r.accountYear(m), years(r.of(m, "end_use"))
		same := fmt.Sprint(slices.Sorted(maps.Keys(account)), slices.Sorted(maps.Keys(use)))
		if names[same] == nil {
			order, said[same] = append(order, same), [2]template.HTML{r.listYears(account), r.listYears(use)}
		}
		names[same] = append(names[same], m.Name)
	}
	var all []template.HTML
	for _, same := range order {
		all = append(all, r.say("energy_years", "members", r.Names(names[same]), "account", said[same][0], "years", said[same][1]))
	}
	return all
}

// accountYear is the year of a member's energy account, which the drawing shows, with a
// row of it; none where it has no account.
func (r *report) accountYear(m portal.Member) map[int64]tables.Row {
	plan, _ := r.Table("plan").First()
	all := r.of(m, "energy_balance")
	of, known := tables.AccountYear(plan, all)
	found := years(all)
	maps.DeleteFunc(found, func(year int64, _ tables.Row) bool { return !known || year != of })
	return found
}

// years are those of rows, each with one of its rows.
func years(rows []tables.Row) map[int64]tables.Row {
	found := map[int64]tables.Row{}
	for _, row := range rows {
		if year, known := row.Int("year"); known {
			found[year] = row
		}
	}
	return found
}

// listYears writes years, the newest first.
func (r *report) listYears(years map[int64]tables.Row) template.HTML {
	if len(years) == 0 {
		return r.say("not_known")
	}
	var all []template.HTML
	for _, year := range slices.Backward(slices.Sorted(maps.Keys(years))) {
		all = append(all, r.Year("year", years[year]))
	}
	return r.Enumerate(all)
}

// ofAll reports whether a table has something of every member, so that a sum of it is
// that of all.
func (r *report) ofAll(table string) bool {
	for _, m := range r.Members() {
		if len(r.of(m, table)) == 0 {
			return false
		}
	}
	return true
}

// targets are the members' targets of energy.
func (r *report) targets() []tables.Row { return r.Table("target").Where("counts", "energy") }

// targetOf is what a member's target of energy asks to be saved.
func (r *report) targetOf(m portal.Member) template.HTML {
	if own := r.of(m, "target", "counts", "energy"); len(own) > 0 {
		return r.Energy("target_mwh", own[0])
	}
	return r.say("no_target")
}

// rows are all rows of a table.
func rows(t *tables.Table) []tables.Row { return t.Where() }

// sum adds up a column, and reports whether all of it is known.
func sum(rows []tables.Row, column string) (float64, bool) {
	total := 0.0
	for _, r := range rows {
		v, known := r.Number(column)
		if !known {
			return 0, false
		}
		total += v
	}
	return total, len(rows) > 0
}
