package portal

import (
	"html/template"
	"strings"

	"samkraft/sinks/tables"
)

// completeness is the page of what is missing and what the checks found.
type completeness struct {
	State   grid
	Missing grid
	Found   []found
	Checks  grid
}

// found is a check that found fault with something.
type found struct {
	ID    string
	Name  template.HTML
	Holds template.HTML
	Rows  grid
}

// states are the states of a data set, the worst first.
var states = []string{"missing", "suppressed", "partial", "complete", "not_applicable"}

func completenessOf(s *scribe) (any, error) {
	page := completeness{
		Missing: grid{Caption: s.say("completeness_missing"), Head: s.heads("data_set", "member", "of_year", "state", "#figures", "#unknown_figures", "newest", "reason_why")},
		Checks:  grid{Caption: s.say("checks_all"), Head: s.heads("check", "severity", "outcome", "must_hold")},
	}
	page.State = s.states()
	for r := range s.table("completeness").All() {
		if state := r.Text("state"); state == "complete" || state == "not_applicable" {
			continue
		}
		page.Missing.Rows = append(page.Missing.Rows, line{Name: s.dataSet(r), Cells: []field{
			word(s.whose(r)), word(s.yearOrNone(r)), word(plainText(s.code(r, "state"))), num(s.count(at(r, "n_rows"))), num(s.count(at(r, "n_unknown"))),
			word(s.dayOrNone(r, "as_of")), word(s.reason(r, "reason")),
		}})
	}
	place := map[string]int{}
	for r := range s.table("check_result").All() {
		id := r.Text("check_id")
		if r.Text("state") != "failed" {
			page.Checks.Rows = append(page.Checks.Rows, line{Name: s.quote(r, "check_id"), Cells: []field{
				word(plainText(s.code(r, "severity"))), word(plainText(s.code(r, "state"))), word(s.mustHold(r)),
			}})
			continue
		}
		i, there := place[id]
		if !there {
			i = len(page.Found)
			place[id] = i
			page.Found = append(page.Found, found{id, s.quote(r, "check_id"), s.mustHold(r), grid{Caption: s.say("check_found", "check", s.quote(r, "check_id")), Head: s.heads("row", "severity", "observed", "expected", "what_is_wrong")}})
		}
		page.Found[i].Rows.Rows = append(page.Found[i].Rows.Rows, line{Name: s.keyOfRow(r), Cells: []field{
			word(plainText(s.code(r, "severity"))), word(s.observed(r)), word(s.reason(r, "expected")), word(s.reason(r, "message")),
		}})
	}
	return page, nil
}

// observed writes what a check found in a row: a number as the language does, else the
// text as it stands there.
func (s *scribe) observed(r tables.Row) template.HTML {
	if _, known := s.lang.Reason(r.Text("observed")); known {
		return s.reason(r, "observed")
	}
	return s.quote(r, "observed")
}

// keyOfRow writes the key of a row that a check found, behind the name of the member
// that it begins with.
func (s *scribe) keyOfRow(r tables.Row) template.HTML {
	key := s.quote(r, "row_key")
	parts := strings.SplitN(r.Text("row_key"), "|", 3)
	if len(parts) < 2 {
		return key
	}
	for _, m := range s.members {
		if m.country == parts[0] && m.code == parts[1] {
			return plainText(m.name) + " <small>" + key + "</small>"
		}
	}
	return key
}

// mustHold says what a check asks for.
func (s *scribe) mustHold(r tables.Row) template.HTML {
	if text := s.code(r, "check_id"); text != r.Text("check_id") {
		return template.HTML(`<span class="definition">` + template.HTMLEscapeString(text) + `</span>`)
	}
	return s.reason(r, "message")
}

// dataSet writes which data set, or which published table, a row is about.
func (s *scribe) dataSet(r tables.Row) template.HTML {
	if r.Text("source_id") == ourselves {
		title, _ := s.lang.Table(r.Text("dataset"))
		if title != r.Text("dataset") {
			return s.say("table_of", "table", title)
		}
	}
	return template.HTML(string(s.quote(r, "source_id")) + " " + string(s.quote(r, "dataset")))
}

// ourselves stands for the program where a publisher is named.
const ourselves = "samkraft"

// whose is the member that a row is about, or all.
func (s *scribe) whose(r tables.Row) template.HTML {
	if r.Text("muni_code") == "-" {
		return s.say("all_members")
	}
	return plainText(s.memberOf(r.Text("country"), r.Text("muni_code")))
}

func (s *scribe) yearOrNone(r tables.Row) template.HTML {
	if year, _ := r.Int("year"); year == 0 {
		return s.say("no_figure")
	}
	return s.year(r, "year")
}

func (s *scribe) dayOrNone(r tables.Row, column string) template.HTML {
	if r.Null(column) {
		return s.say("no_figure")
	}
	return s.year(r, column)
}

// states is the worst state of each data set at each member, over all years.
func (s *scribe) states() grid {
	g := grid{Caption: s.say("completeness_states"), Head: []field{word(s.say("data_set"))}}
	for _, m := range s.members {
		g.Head = append(g.Head, word(plainText(m.name)))
	}
	type key struct{ source, set string }
	var order []key
	first := map[key]tables.Row{}
	worst := map[key]map[string]int{}
	for r := range s.table("completeness").All() {
		k := key{r.Text("source_id"), r.Text("dataset")}
		if r.Text("muni_code") == "-" {
			continue
		}
		if worst[k] == nil {
			order = append(order, k)
			first[k] = r
			worst[k] = map[string]int{}
		}
		who := r.Text("country") + r.Text("muni_code")
		now := rank(r.Text("state"))
		if before, there := worst[k][who]; !there || now < before {
			worst[k][who] = now
		}
	}
	for _, k := range order {
		row := line{Name: s.dataSet(first[k])}
		for _, m := range s.members {
			if state, there := worst[k][m.country+m.code]; there {
				row.Cells = append(row.Cells, word(plainText(s.lang.Code("state", states[state]))))
			} else {
				row.Cells = append(row.Cells, word(s.say("no_figure")))
			}
		}
		g.Rows = append(g.Rows, row)
	}
	return g
}

// rank is the place of a state; one that is not known comes first, so that it is seen.
func rank(state string) int {
	for i, one := range states {
		if one == state {
			return i
		}
	}
	return 0
}
