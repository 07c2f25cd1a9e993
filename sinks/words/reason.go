package words

import (
	_ "embed"
	"fmt"
	"regexp"
	"strings"
	"sync"

	"samkraft/pipeline"
)

//go:embed reasons.csv
var reasonFile string

// reason is a sentence that tables have in English, with what stands in it by name.
type reason struct {
	pattern *regexp.Regexp
	names   []string
	said    said
}

// What may stand in a reason: a number, another reason, several with commas between,
// names as they are.
var slots = map[string]string{
	"n": number, "m": number, "k": number, "y": number,
	"reason": `.+`,
	"parts":  `.+`,
	"list":   `.+`,
}

// Bounds of what is looked at: a longer text, or one of more parts within parts, is
// somebody's own.
const (
	longestReason = 1000
	deepestReason = 4
)

const number = `[-−]?\d+(?:\.\d+)?`

// reasons are read when one is first asked for. They are part of the program and tested
// with it, like the dictionary.
var reasons = sync.OnceValue(func() []reason {
	rows, err := readCSV(reasonFile, "en", "da", "sv")
	if err != nil {
		panic(fmt.Sprintf("reasons.csv: %v", err))
	}
	var all []reason
	for _, row := range rows {
		all = append(all, newReason(said{row["da"], row["sv"], row["en"]}))
	}
	return all
})

func newReason(s said) reason {
	r := reason{said: s}
	var b strings.Builder
	at := 0
	for _, slot := range placeholder.FindAllStringIndex(s.en, -1) {
		name := s.en[slot[0]+1 : slot[1]-1]
		if slots[name] == "" {
			panic("reasons.csv: " + s.en + ": nothing is called {" + name + "}")
		}
		r.names = append(r.names, name)
		b.WriteString(regexp.QuoteMeta(s.en[at:slot[0]]) + "(" + slots[name] + ")")
		at = slot[1]
	}
	b.WriteString(regexp.QuoteMeta(s.en[at:]))
	r.pattern = regexp.MustCompile("^" + b.String() + "$")
	return r
}

// Reason says in the language what the program's tables say in English: why a figure is
// as it is, or what a check found. Its numbers stay, written as the language does.
// It reports whether it knows the sentence, or each of several with semicolons between.
func (l Language) Reason(text string) (said string, known bool) {
	if l != Danish && l != Swedish {
		return text, true
	}
	return l.ReasonWith(text, l.numeral)
}

// ReasonWith is Reason with each number, as the table has it, written by write. Years are
// not such numbers. In English too it is for sentences of the program alone.
func (l Language) ReasonWith(text string, write func(number string) string) (said string, known bool) {
	if len(text) > longestReason {
		return text, false
	}
	return l.each(text, "; ", deepestReason, write)
}

// each says sentences with something between them.
func (l Language) each(text, between string, deep int, write func(string) string) (said string, known bool) {
	parts := strings.Split(text, between)
	for i, part := range parts {
		if parts[i], known = l.reason(part, deep, write); !known {
			return text, false
		}
	}
	return strings.Join(parts, between), true
}

// reason says one sentence, with others in it down to a depth.
func (l Language) reason(text string, deep int, write func(string) string) (said string, known bool) {
	for _, r := range reasons() {
		if said, known := l.fill(r, text, deep, write); known {
			return said, true
		}
	}
	return text, false
}

// fill says a reason with what stands in the text.
func (l Language) fill(r reason, text string, deep int, write func(string) string) (string, bool) {
	found := r.pattern.FindStringSubmatch(text)
	if found == nil || deep == 0 {
		return "", false
	}
	var pairs []string
	for i, name := range r.names {
		value, known := found[i+1], true
		switch name {
		case "reason":
			value, known = l.reason(value, deep-1, write)
		case "parts":
			value, known = l.each(value, ", ", deep-1, write)
		case "list":
			value = strings.ReplaceAll(value, " and ", " "+l.pick("og", "och", "and")+" ")
		case "y":
		default:
			value = write(value)
		}
		if !known {
			return "", false
		}
		pairs = append(pairs, "{"+name+"}", value)
	}
	return strings.NewReplacer(pairs...).Replace(l.say(r.said)), true
}

// numeral writes a number with all of its digits. One of four digits may be a year, and
// has no mark between them.
func (l Language) numeral(text string) string {
	if whole, _, _ := strings.Cut(strings.TrimLeft(text, "-−"), "."); len(whole) < 5 {
		return strings.Replace(text, ".", ",", 1)
	}
	return strings.ReplaceAll(pipeline.LocalNumber(string(l), text), " ", noBreak)
}
