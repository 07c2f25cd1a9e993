package notice

import (
	"fmt"
	"strings"
	"time"
	"unicode"

	"samkraft/pipeline"
)

// Message is what is told, and the body of what is posted to a webhook: these fields
// are a promise, and docs/server.md lists them. All times are in UTC.
type Message struct {
	ID       string    `json:"id"`    // the same when a message comes again
	Event    string    `json:"event"` // failed, withheld, stale, recovered, published or test
	Plan     string    `json:"plan"`
	Name     string    `json:"name"`                   // of the plan
	Time     time.Time `json:"time"`                   // when it was found
	Over     []string  `json:"over"`                   // of recovered: which events it ends
	Trouble  time.Time `json:"trouble_since,omitzero"` // of recovered: since when
	Run      string    `json:"run"`                    // "" where none came about
	Code     int       `json:"code"`                   // the plan's exit code in that run
	Snapshot string    `json:"snapshot"`               // that stands; "" where there is none
	Problems []string  `json:"problems"`
	Stale    []Old     `json:"stale"` // all data sets that are too old now
	Fresh    []string  `json:"fresh"` // those that are no more
	Lang     string    `json:"lang"`
	Subject  string    `json:"subject"`
	Text     string    `json:"text"`
}

// Bounds of what is told, so that no publisher's page ends up in somebody's chat.
const (
	maxProblems = 10
	maxProblem  = 400  // runes
	maxNews     = 8000 // runes
	maxSubject  = 150  // runes
)

// newMessage writes a message about a change for a way. The news are what a new
// snapshot says, in the way's language.
func newMessage(c change, r Report, w way, news string, now time.Time) Message {
	o, lang := r.Outcome, w.lang
	m := Message{
		Event: c.event, Plan: r.Plan.ID, Name: name(r.Plan, lang), Time: now.UTC().Truncate(time.Second), Run: r.Run, Code: int(o.Code), Snapshot: o.Snapshot,
		Over: append([]string{}, c.over...), Trouble: c.trouble, Problems: []string{}, Stale: append([]Old{}, c.stale...), Fresh: append([]string{}, c.fresh...), Lang: lang,
	}
	m.ID = pipeline.Hash([]any{m.Plan, c.kind, m.Event, m.Time, m.Run})[:16]
	if c.kind == ofPlan {
		m.Problems = append(m.Problems, problems(o)...)
	}
	t := allWords[lang]
	what := t.events[c.event]
	if c.kind == ofData && c.event == pipeline.OnRecovered {
		if what = t.fresh; c.troubled {
			what = t.some
		}
	}
	m.Subject = clean("Samkraft: "+m.Name+": "+what, maxSubject)
	m.Text = t.text(m, c, r, w, what, news)
	return m
}

// name is a plan's name in a language, on one line.
func name(p pipeline.Plan, lang string) string {
	return clean(map[string]string{"da": p.Name.DA, "sv": p.Name.SV, "en": p.Name.EN}[lang], 100)
}

// problems lists why a plan was not published.
func problems(o pipeline.PlanOutcome) []string {
	all := append([]string{}, o.Problems...)
	for _, c := range o.Checks {
		if c.Severity == "error" {
			all = append(all, fmt.Sprintf("%s (%d): %s", c.ID, c.Offences, strings.Join(c.Messages, "; ")))
		}
	}
	if more := len(all) - maxProblems; more > 0 {
		all = append(all[:maxProblems], fmt.Sprintf("… (+%d)", more))
	}
	for i := range all {
		all[i] = clean(all[i], maxProblem)
	}
	return all
}

// clean puts a text on one line, without what could end a line of a mail's head or
// steer a terminal, and cuts it.
func clean(text string, runes int) string {
	steers := func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.In(r, unicode.Zl, unicode.Zp, unicode.Bidi_Control)
	}
	return cut(strings.Join(strings.FieldsFunc(text, steers), " "), runes)
}

// cut shortens a text to so many runes.
func cut(text string, runes int) string {
	text = strings.ToValidUTF8(text, "�")
	if all := []rune(text); len(all) > runes {
		return string(all[:runes-1]) + "…"
	}
	return text
}
