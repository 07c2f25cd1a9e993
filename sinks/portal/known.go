package portal

import (
	"html/template"
	"time"

	"samkraft/pipeline"
	"samkraft/sinks/tables"
)

// known is what only a server knows of a snapshot: when it was published, and when
// its files came and from where. It is not part of the snapshot, whose bytes do not
// depend on when it was made.
type known struct {
	now       time.Time
	zone      *time.Location
	published time.Time                   // zero where no record says
	previous  string                      // id of the snapshot before; "" where none is known
	receipts  map[string]pipeline.Receipt // by extract
}

// age says when the snapshot was published and how long ago that is.
func (s *scribe) age() template.HTML {
	k := s.stage.known
	if k == nil || k.published.IsZero() {
		return ""
	}
	return s.say("published", "time", s.clock(k.published), "age", s.ago(k.published))
}

// clock writes a time by the clocks of the server's zone.
func (s *scribe) clock(t time.Time) template.HTML {
	return template.HTML(`<time datetime="` + t.UTC().Format(time.RFC3339) + `">` + template.HTMLEscapeString(s.lang.Time(t, s.stage.known.zone)) + `</time>`)
}

// ago writes how long ago a day was, in days, months or years.
func (s *scribe) ago(t time.Time) template.HTML {
	days := int(day(s.stage.known.now, s.stage.known.zone).Sub(day(t, s.stage.known.zone)).Hours()/24 + 0.5)
	key, n := "ago_days", days
	switch {
	case days <= 0:
		return s.say("ago_today")
	case days == 1:
		return s.say("ago_yesterday")
	case days >= 2*365:
		key, n = "ago_years", days/365
	case days >= 60:
		key, n = "ago_months", days/30
	}
	text := texts.Text(s.lang, key, "n", s.lang.Number(float64(n), 0))
	return template.HTML(`<time datetime="` + t.UTC().Format(time.DateOnly) + `">` + template.HTMLEscapeString(text) + `</time>`)
}

// day is the beginning of a day in a zone, as a day of UTC: days differ by whole ones.
func day(t time.Time, zone *time.Location) time.Time {
	year, month, d := t.In(zone).Date()
	return time.Date(year, month, d, 0, 0, 0, 0, time.UTC)
}

// retrieved says when an extract came, and from which address.
func (s *scribe) retrieved(x tables.Row) template.HTML {
	receipt, ok := s.stage.known.receipts[x.Text("extract_sha256")]
	if !ok {
		return s.say("not_known")
	}
	text := s.clock(receipt.FirstSeen) + ", " + s.ago(receipt.FirstSeen)
	for _, part := range receipt.Parts {
		place := func(from string) template.HTML {
			return template.HTML(`<span class="place">` + template.HTMLEscapeString(from) + `</span>`)
		}
		switch {
		case part.Answer != nil:
			return text + "<br>" + place(part.Answer.Address)
		case part.Name != "":
			return text + "<br>" + s.say("handed_in", "file", place(part.Name))
		}
	}
	return text
}

// published finds when a snapshot was published, and which one stood before it.
func published(records []pipeline.Record, plan, id string) (at time.Time, previous string) {
	for _, r := range records {
		for _, p := range r.Outcome.Plans {
			if p.Plan == plan && p.Snapshot == id && p.New {
				at, previous = r.Ended, p.Previous
			}
		}
	}
	return at, previous
}
