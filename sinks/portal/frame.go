package portal

import (
	"html/template"
	"strings"

	"samkraft/sinks/chart"
	"samkraft/sinks/tables"
	"samkraft/sinks/words"
)

// frame is what stands around every page.
type frame struct {
	scribe     *scribe
	Body       template.HTML
	Navigation []entry
}

// Lang is the language of the page.
func (f frame) Lang() words.Language { return f.scribe.lang }

// Name is the name of the plan.
func (f frame) Name() string { return f.scribe.name(f.scribe.lang) }

// Front reports whether it is the plan's first page.
func (f frame) Front() bool { return f.scribe.sheet.file == "index" }

// Title is the title of the page: of the first one the plan's name.
func (f frame) Title() template.HTML {
	if f.Front() {
		return plainText(f.Name())
	}
	return f.scribe.sheet.title
}

// ID is the snapshot, where the page is not part of it.
func (f frame) ID() string { return f.scribe.id }

// StyleMark embeds the style or leads to it.
func (f frame) StyleMark() template.HTML {
	if f.scribe.stage.style != "" {
		return template.HTML(`<link rel="stylesheet" href="` + template.HTMLEscapeString(f.scribe.stage.style) + `">`)
	}
	return template.HTML("<style>\n" + styleSheet() + "</style>")
}

// IconMark holds the icon or leads to it.
func (f frame) IconMark() template.HTML { return iconMark(f.scribe.stage.style != "") }

// styleSheet is the style of pages and of the charts on them.
func styleSheet() string { return style + string(chart.CSS()) }

type tongue struct {
	Code    words.Language
	Title   string
	Address string
	Here    bool
}

// Languages lead to the same page in each language.
func (f frame) Languages() []tongue {
	var all []tongue
	for _, l := range words.All {
		all = append(all, tongue{l, texts.Text(l, "language"), "../" + f.scribe.up() + string(l) + "/" + f.scribe.sheet.file + ".html", l == f.scribe.lang})
	}
	return all
}

// Warnings are what nobody may miss who reads a figure of the plan.
func (f frame) Warnings() []template.HTML { return f.scribe.warnings() }

func (s *scribe) warnings() []template.HTML {
	all := s.caveats()
	if failed := s.failedChecks(); len(failed) > 0 {
		all = append(all, s.say("warn_checks", "checks", template.HTML(strings.Join(failed, ", "))))
	}
	return all
}

// caveats are what is made up, an example, assumed or missing in the gain.
func (s *scribe) caveats() []template.HTML {
	var all []template.HTML
	if s.snapshot.Sample {
		all = append(all, s.say("warn_sample"))
	}
	if row, ok := s.table("joint_savings").First("agreement_id", tables.AllAgreements); ok {
		if part := at(row, "example_share"); row.Bool("example") {
			if v, known := part.value(); known && v > 0 {
				all = append(all, s.say("warn_examples", "part", s.percent(part)))
			} else {
				all = append(all, s.say("warn_some_examples"))
			}
		}
		if v, known := at(row, "assumption_share").value(); known && v > 0 {
			all = append(all, s.say("warn_assumptions", "part", s.percent(at(row, "assumption_share"))))
		}
		if !row.Bool("complete") {
			all = append(all, s.say("warn_incomplete"))
		}
	}
	return all
}

// failedChecks lead to the checks that found fault with something, by what they ask for.
func (s *scribe) failedChecks() []string {
	var all []string
	seen := map[string]bool{}
	for r := range s.table("check_result").All() {
		if id := r.Text("check_id"); r.Text("state") == "failed" && !seen[id] {
			seen[id] = true
			all = append(all, `<a href="`+s.up()+`completeness.html#`+template.HTMLEscapeString(id)+`">`+string(s.quote(r, "check_id"))+`</a> (`+string(s.mustHold(r))+`)`)
		}
	}
	return all
}

// RateSentence says at which rate money is shown, and of when it is.
func (f frame) RateSentence() template.HTML { return f.scribe.rateSentence() }

func (s *scribe) rateSentence() template.HTML {
	if s.rate.currency == "" {
		return ""
	}
	row := s.rate.row
	when := s.say("rate_fixed")
	if year, _ := row.Int("year"); year != 0 {
		when = s.say("rate_mean", "year", s.year(row, "year"))
	}
	seen := lowerFirst(s.lang.Code("mark", row.Text("mark")))
	return s.say("rate", "rate", s.rateFigure(), "currency", s.rate.currency, "when", when, "mark", seen, "price_year", s.year(s.plan, "price_year"))
}

// rateFigure writes the rate with all of its digits.
func (s *scribe) rateFigure() template.HTML {
	return s.write(at(s.rate.row, "value"), "", func(v float64) string { return s.lang.Number(v, decimals(exact(v))) })
}

// Age says how old the snapshot is, where that can be known.
func (f frame) Age() template.HTML { return f.scribe.age() }
