package notice

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"samkraft/pipeline"
)

// words are the texts of messages in a language.
type words struct {
	events      map[string]string // what happened, in a few words
	fresh, some string            // the same of data sets that are young enough again: all, or not all
	found       string            // when, and in which run
	code        string
	stands      string // the snapshot that does
	none        string // where none does
	was         string // since when there was trouble, and what
	happened    string // heads of lists
	old, young  string
	oldOne      string // a data set that is too old
	todo        string // the head of what there is to do, which depends:
	remedies    map[pipeline.ExitCode]string
	withheld    string
	ask         string
	test        string
}

var allWords = map[string]words{
	"en": {
		events: map[string]string{pipeline.OnFailed: "not published", pipeline.OnWithheld: "withheld, a check failed", pipeline.OnStale: "data are not up to date",
			pipeline.OnRecovered: "well again", pipeline.OnPublished: "new snapshot", eventTest: "a test"},
		fresh:    "data are up to date again",
		some:     "some data are up to date again",
		found:    "%s, run %s",
		code:     "code %d",
		stands:   "The snapshot that stands: %s",
		none:     "There is no snapshot yet.",
		happened: "What happened:",
		todo:     "What to do:",
		old:      "Older than the plan allows:",
		oldOne:   "%s %s: last good %s, may be %s old",
		young:    "Up to date again:",
		was:      "There was trouble since %s (%s).",
		test:     "This is a test. What becomes of the plan is told here: %s.",
		remedies: map[pipeline.ExitCode]string{
			pipeline.Failed: "A file that is needed is bad or missing, or a publisher that never gave anything did not answer. The problem names the file or address, and the place in it.",
			pipeline.Usage:  "The plan file, or what the server was told, is wrong: 'samkraft plans check FILE' says what.",
			pipeline.Busy:   "Another run held the workspace for long: 'samkraft runs' lists it. The next run comes at its time.",
		},
		withheld: "What was made lies in %s of the workspace; the check's message names the rows.",
		ask:      "'samkraft sources' says why. The publishers are asked again by the next run; what is handed in as files has to be handed in anew.",
	},
	"da": {
		events: map[string]string{pipeline.OnFailed: "ikke udgivet", pipeline.OnWithheld: "tilbageholdt, en kontrol slog fejl", pipeline.OnStale: "data er ikke opdaterede",
			pipeline.OnRecovered: "i orden igen", pipeline.OnPublished: "ny udgave", eventTest: "en prøve"},
		fresh:    "data er opdaterede igen",
		some:     "nogle data er opdaterede igen",
		found:    "%s, kørsel %s",
		code:     "kode %d",
		stands:   "Den udgave, der gælder: %s",
		none:     "Der er ingen udgave endnu.",
		happened: "Hvad der skete:",
		todo:     "Hvad der skal gøres:",
		old:      "Ældre, end planen tillader:",
		oldOne:   "%s %s: sidst i orden %s, må være %s gammel",
		young:    "Opdateret igen:",
		was:      "Der var problemer siden %s (%s).",
		test:     "Dette er en prøve. Her fortælles, hvad der sker med planen: %s.",
		remedies: map[pipeline.ExitCode]string{
			pipeline.Failed: "En nødvendig fil er forkert eller mangler, eller en udgiver, der aldrig har givet noget, svarede ikke. Problemet nævner filen eller adressen og stedet i den.",
			pipeline.Usage:  "Planfilen, eller det serveren fik at vide, er forkert: 'samkraft plans check FIL' siger hvad.",
			pipeline.Busy:   "En anden kørsel holdt arbejdsmappen længe: 'samkraft runs' viser den. Den næste kørsel kommer til sin tid.",
		},
		withheld: "Resultatet ligger i %s i arbejdsmappen; kontrollens besked nævner rækkerne.",
		ask:      "'samkraft sources' siger hvorfor. Udgiverne spørges igen ved næste kørsel; det, der afleveres som filer, skal afleveres på ny.",
	},
	"sv": {
		events: map[string]string{pipeline.OnFailed: "inte publicerad", pipeline.OnWithheld: "undanhållen, en kontroll slog fel", pipeline.OnStale: "data är inte uppdaterade",
			pipeline.OnRecovered: "i ordning igen", pipeline.OnPublished: "ny utgåva", eventTest: "ett prov"},
		fresh:    "data är uppdaterade igen",
		some:     "vissa data är uppdaterade igen",
		found:    "%s, körning %s",
		code:     "kod %d",
		stands:   "Den utgåva som gäller: %s",
		none:     "Det finns ingen utgåva än.",
		happened: "Vad som hände:",
		todo:     "Vad som ska göras:",
		old:      "Äldre än planen tillåter:",
		oldOne:   "%s %s: senast i ordning %s, får vara %s gammal",
		young:    "Uppdaterat igen:",
		was:      "Det var problem sedan %s (%s).",
		test:     "Detta är ett prov. Här berättas vad som händer med planen: %s.",
		remedies: map[pipeline.ExitCode]string{
			pipeline.Failed: "En fil som behövs är felaktig eller saknas, eller en utgivare som aldrig har gett något svarade inte. Problemet nämner filen eller adressen och stället i den.",
			pipeline.Usage:  "Planfilen, eller det som servern fick veta, är fel: 'samkraft plans check FIL' säger vad.",
			pipeline.Busy:   "En annan körning höll arbetsmappen länge: 'samkraft runs' visar den. Nästa körning kommer i sin tid.",
		},
		withheld: "Resultatet ligger i %s i arbetsmappen; kontrollens meddelande nämner raderna.",
		ask:      "'samkraft sources' säger varför. Utgivarna frågas igen vid nästa körning; det som lämnas in som filer måste lämnas in på nytt.",
	},
}

// text writes a message for people.
func (t words) text(m Message, c change, r Report, w way, what, news string) string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	list := func(head string, items []string) {
		if len(items) > 0 {
			line("\n%s", head)
		}
		for _, item := range items {
			line("- %s", item)
		}
	}
	at := func(moment time.Time) string { return local(r.Plan, moment) }

	line("%s: %s\n", m.Name, what)
	if c.event == eventTest {
		line(t.test, strings.Join(w.on, ", "))
		return b.String()
	}
	found := fmt.Sprintf(t.found, at(m.Time), cmp.Or(m.Run, "-"))
	if m.Code != 0 {
		found += " (" + fmt.Sprintf(t.code, m.Code) + ")"
	}
	line("%s.", found)
	if c.event == pipeline.OnRecovered {
		var over []string
		for _, e := range c.over {
			over = append(over, t.events[e])
		}
		line(t.was, at(c.trouble), strings.Join(over, "; "))
	}
	if m.Snapshot != "" {
		line(t.stands, m.Snapshot)
	} else {
		line("%s", t.none)
	}
	list(t.happened, m.Problems)
	list(t.young, m.Fresh)
	var old []string
	for _, o := range m.Stale {
		old = append(old, fmt.Sprintf(t.oldOne, o.Source, o.DataSet, at(o.Good), o.MaxAge))
	}
	list(t.old, old)
	if todo := t.todoOf(m, c, r); todo != "" {
		line("\n%s %s", t.todo, todo)
	}
	if news != "" {
		line("\n%s", strings.TrimRight(cut(news, maxNews), "\n"))
	}
	return b.String()
}

// todoOf is what there is to do, or nothing.
func (t words) todoOf(m Message, c change, r Report) string {
	switch {
	case c.event == pipeline.OnWithheld:
		return fmt.Sprintf(t.withheld, r.Outcome.Withheld)
	case c.event == pipeline.OnFailed:
		return t.remedies[r.Outcome.Code]
	case len(m.Stale) > 0:
		return t.ask
	}
	return ""
}

// local writes a moment in the plan's time zone.
func local(p pipeline.Plan, moment time.Time) string {
	if zone, err := time.LoadLocation(p.TimeZone); err == nil {
		moment = moment.In(zone)
	}
	return moment.Format("2006-01-02 15:04 MST")
}
