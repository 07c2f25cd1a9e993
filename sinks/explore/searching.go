package explore

import (
	"net/http"
	"net/url"
	"unicode/utf8"
)

// listPage is what the page of all tables shows.
type listPage struct {
	Question string
	Tables   []listed
	None     bool
	Fault    string
}

type listed struct {
	Name, Title, Description, Rows string
	Columns                        []string // that were found, with what they are called
}

// mostFound is how many columns of a hit are listed.
const mostFound = 6

// searching answers with the list of tables, or of those that were found.
func (v *visit) searching() error {
	question := v.form.Get("q")
	if len(question) > longest || !utf8.ValidString(question) {
		http.Error(v.w, "the question is too long", http.StatusBadRequest)
		return nil
	}
	return v.listing(http.StatusOK, question, "")
}

// listing shows the tables that a question finds, or all of them.
func (v *visit) listing(status int, question, fault string) error {
	p := listPage{Question: question, Fault: fault}
	add := func(name string, columns []string) {
		h := v.asked.headings[name]
		t := listed{Name: name, Rows: v.hasRows(float64(h.Rows))}
		t.Title, t.Description = v.lang.Table(name)
		for _, c := range columns[:min(len(columns), mostFound)] {
			label, _ := v.lang.Column(name, c)
			t.Columns = append(t.Columns, label+" ("+c+")")
		}
		p.Tables = append(p.Tables, t)
	}
	if question == "" {
		for _, name := range v.asked.Names() {
			add(name, nil)
		}
	}
	for _, hit := range v.asked.index.Find(question) {
		add(hit.Table, hit.Columns)
	}
	p.None = len(p.Tables) == 0
	return v.show(status, "list", v.say("explore"), p)
}

// hasRows says how many rows a table has.
func (v *visit) hasRows(n float64) string {
	if n == 1 {
		return v.say("has_row")
	}
	return v.say("has_rows", "rows", v.lang.Number(n, 0))
}

// missing answers that the snapshot of the address is not there, and leads to the one
// that readers have.
func (v *visit) missing() error {
	v.fixed = false
	now := v.with("snapshot", "")
	v.form = url.Values{}
	return v.show(http.StatusNotFound, "gone", v.say(v.page), now)
}
