// Package find searches the tables of a snapshot: their names, titles, descriptions and
// columns, in the languages that a snapshot speaks, whatever language the words are in.
package find

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"samkraft/sinks/tables"
	"samkraft/sinks/words"
)

// How much it says of a table that a word is found in it: in its name or title, in the
// name of a column, in a description of either.
const (
	ofName        = 40
	ofColumn      = 12
	ofDescription = 4
	ofColumnText  = 1
)

// Index can be searched, also concurrently.
type Index struct{ entries []entry }

type entry struct {
	table string
	texts []text
}

// text is one text of a table, folded, and what it counts.
type text struct {
	column string // "": of the table
	parts  []string
	weight int
}

// New makes an index of the tables of a snapshot.
func New(headings []tables.Heading) *Index {
	x := &Index{}
	for _, h := range headings {
		e := entry{table: h.Name}
		add := func(column, s string, weight int) {
			if parts := split(s); len(parts) > 0 {
				e.texts = append(e.texts, text{column, parts, weight})
			}
		}
		add("", h.Name, ofName)
		for _, l := range words.All {
			title, description := l.Table(h.Name)
			add("", title, ofName)
			add("", description, ofDescription)
		}
		for _, c := range h.Columns {
			add(c.Name, c.Name, ofColumn)
			for _, l := range words.All {
				label, description := l.Column(h.Name, c.Name)
				add(c.Name, label, ofColumn)
				add(c.Name, description, ofColumnText)
			}
		}
		x.entries = append(x.entries, e)
	}
	return x
}

// Hit is a table in which all words were found.
type Hit struct {
	Table   string
	Columns []string // in which some of them were found, in the table's order
	score   int
}

// mostWords are looked for; more say nothing more.
const mostWords = 8

// Find returns the tables that have all words, those first that say most of them. No
// words find nothing.
func (x *Index) Find(question string) []Hit {
	wanted := split(question)
	wanted = wanted[:min(len(wanted), mostWords)]
	var hits []Hit
	for _, e := range x.entries {
		if h, ok := e.find(wanted); ok {
			hits = append(hits, h)
		}
	}
	slices.SortStableFunc(hits, func(a, b Hit) int { return b.score - a.score })
	return hits
}

func (e entry) find(wanted []string) (Hit, bool) {
	h := Hit{Table: e.table}
	for _, word := range wanted {
		best := 0
		for _, t := range e.texts {
			score := t.score(word)
			best = max(best, score)
			if score > 0 && t.column != "" && !slices.Contains(h.Columns, t.column) {
				h.Columns = append(h.Columns, t.column)
			}
		}
		if best == 0 {
			return h, false
		}
		h.score += best
	}
	return h, len(wanted) > 0
}

// score counts a word in full where it stands as one, less where one begins with it, and
// least where it is inside of one: most words of Danish and Swedish are made of others.
func (t text) score(word string) int {
	best := 0
	for _, part := range t.parts {
		switch {
		case part == word:
			return 4 * t.weight
		case strings.HasPrefix(part, word):
			best = max(best, 3*t.weight)
		case len(word) >= 3 && strings.Contains(part, word):
			best = max(best, 2*t.weight)
		}
	}
	return best
}

// split takes a text apart into words without case and accents.
func split(s string) []string {
	return strings.FieldsFunc(fold(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// fold takes case and accents away, also from letters that Unicode does not take apart.
func fold(s string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(strings.ToLower(s)) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case r == 'ø':
			b.WriteByte('o')
		case r == 'æ':
			b.WriteByte('a') // so that ä of Swedish is the same
		case r == 'ß':
			b.WriteString("ss")
		case r == 'ð':
			b.WriteByte('d')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
