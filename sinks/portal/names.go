package portal

import (
	"fmt"
	"html/template"
	"strings"
	"unicode"
	"unicode/utf8"

	"samkraft/sinks/tables"
)

func errNoRow(table, key string) error { return fmt.Errorf("table %s has no row %s", table, key) }

// plainMeasure is what a step of a curve is called in a chart.
func (s *scribe) plainMeasure(r tables.Row) string {
	id := r.Text("measure_id")
	if own, ok := s.table("own_measure").First("country", r.Text("home_country"), "muni_code", r.Text("home_muni_code"), "measure_id", id); ok {
		return own.Text("name")
	}
	if parts, ok := s.partNames(id); ok {
		return parts
	}
	if named, ok := s.table("measure_catalogue").First("measure_id", id); ok {
		return named.Text("name")
	}
	return id
}

// partNames are the words for the parts of a package, where there are any.
func (s *scribe) partNames(id string) (string, bool) {
	var parts []string
	for _, part := range strings.Split(id, "+") {
		name := s.lang.Code("measure_id", part)
		if name == part {
			return "", false
		}
		parts = append(parts, name)
	}
	return strings.Join(parts, " + "), true
}

// measure writes what a measure is called: a member's own as the member calls it, one
// of the catalogue by the words for each of its parts. The columns say at whom it is.
func (s *scribe) measure(r tables.Row, country, code string) template.HTML {
	id := r.Text("measure_id")
	if own, ok := s.table("own_measure").First("country", r.Text(country), "muni_code", r.Text(code), "measure_id", id); ok {
		return s.quote(own, "name")
	}
	if parts, ok := s.partNames(id); ok {
		return template.HTML(`<span class="definition">` + template.HTMLEscapeString(parts) + `</span>`)
	}
	if named, ok := s.table("measure_catalogue").First("measure_id", r.Text("measure_id")); ok {
		return s.english(named, "name")
	}
	return s.quote(r, "measure_id")
}

// named writes what a code of carriers or sectors is called: in words, or by the
// English name that its own table has.
func (s *scribe) named(table, column, id string) template.HTML {
	if name := s.lang.Code(column, id); name != id {
		return plainText(name)
	}
	if r, ok := s.table(table).First(column, id); ok {
		return s.english(r, "name")
	}
	return plainText(id)
}

// plainName is named for charts.
func (s *scribe) plainName(table, column, id string) string {
	if name := s.lang.Code(column, id); name != id {
		return name
	}
	if r, ok := s.table(table).First(column, id); ok {
		return r.Text("name")
	}
	return id
}

// lowerFirst is a name within a sentence: it begins with a small letter, unless it is an
// abbreviation.
func lowerFirst(name string) string {
	first, size := utf8.DecodeRuneInString(name)
	second, _ := utf8.DecodeRuneInString(name[size:])
	if name == "" || unicode.IsUpper(second) {
		return name
	}
	return string(unicode.ToLower(first)) + name[size:]
}

// titleOf is an agreement's title.
func (s *scribe) titleOf(id string) template.HTML {
	if id == tables.AllAgreements {
		return s.say("all_agreements")
	}
	if r, ok := s.table("agreement").First("agreement_id", id); ok {
		return s.local(r, "title")
	}
	return plainText(id)
}
