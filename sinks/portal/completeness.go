package portal

import (
	"fmt"
	"html/template"
	"slices"
	"strconv"
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
			word(plainText(s.code(r, "severity"))), word(s.rounded(r, "observed")), word(s.rounded(r, "expected")), word(s.wrong(r)),
		}})
	}
	return page, nil
}

// ofEnergy are the checks that find MWh; the last number of what they expect is of MWh
// too. What the others find is a share, or has its unit beside what they expect.
var ofEnergy = []string{"C02b", "P02", "P03", "P22"}

// rounded writes what a check found or expected with three significant digits, and with
// a unit where it is energy. All of its digits are in the title.
func (s *scribe) rounded(r tables.Row, column string) template.HTML {
	text := r.Text(column)
	left := 0 // numbers that are still to be written
	s.lang.ReasonWith(text, func(number string) string {
		left++
		return number
	})
	said, known := s.lang.ReasonWith(text, func(number string) string {
		left--
		v, err := strconv.ParseFloat(number, 64)
		whole, fraction, _ := strings.Cut(number, ".")
		switch {
		case err != nil:
			return number
		case left == 0 && slices.Contains(ofEnergy, r.Text("check_id")):
			return s.lang.Energy(v)
		case len(strings.Trim(whole+fraction, "-0")) > digits:
			return s.lang.Significant(v, digits)
		default:
			return s.lang.Number(v, len(strings.TrimRight(fraction, "0")))
		}
	})
	if !known {
		return s.quote(r, column)
	}
	return template.HTML(fmt.Sprintf(`<span class="definition" title="%s">%s</span>`, template.HTMLEscapeString(text), template.HTMLEscapeString(said)))
}

// wrong says what is wrong with a row. A check may begin with a code for it, which
// stands beside the sentence and not in it.
func (s *scribe) wrong(r tables.Row) template.HTML {
	said, known := s.lang.Reason(r.Text("message"))
	code, sentence, found := strings.Cut(said, ": ")
	if !known || !found || strings.Trim(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_") != "" {
		return s.reason(r, "message")
	}
	return s.said(r, "message", sentence) + template.HTML(` <small><code>`+template.HTMLEscapeString(code)+`</code></small>`)
}

// keyOfRow writes the key of a row that a check found, with names in the place of codes:
// the member, the agreement, the carrier. The key itself is in its title.
func (s *scribe) keyOfRow(r tables.Row) template.HTML {
	key := r.Text("row_key")
	var names []string
	parts := strings.Split(key, "|")
	for i := 0; i < len(parts); i++ {
		if i+1 < len(parts) {
			if name := s.memberOf(parts[i], parts[i+1]); name != parts[i+1] {
				names = append(names, name)
				i++
				continue
			}
		}
		names = append(names, s.nameInKey(parts[i]))
	}
	return template.HTML(fmt.Sprintf(`<span class="key" title="%s">%s</span>`, template.HTMLEscapeString(key), template.HTMLEscapeString(strings.Join(names, ", "))))
}

// nameInKey is what a part of a key is called, or the part itself.
func (s *scribe) nameInKey(part string) string {
	if title := s.plainTitle(part); title != part {
		return title
	}
	if country, code, found := strings.Cut(part, "-"); found { // a network, named after its municipality
		if name := s.memberOf(country, code); name != code {
			return name
		}
	}
	for _, column := range []string{"sector_id", "carrier_id", "resource", "stock", "level", "case"} {
		if name := s.lang.Code(column, part); name != part {
			return lowerFirst(name)
		}
	}
	return part
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
