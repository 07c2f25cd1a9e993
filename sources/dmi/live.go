package dmi

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"time"

	"samkraft/pipeline"
	"samkraft/sources"
)

// Services: no key since 2 December 2025; fair use is 500 requests in 5 seconds.
func (Source) Services() []pipeline.Service {
	return []pipeline.Service{{
		ID: "climateData", Address: "https://opendataapi.dmi.dk/v2/climateData",
		Limits: []pipeline.Limit{{Requests: 500, Window: 5 * time.Second, Scope: pipeline.PerHost}},
	}}
}

// asked is what is asked of each municipality and year: by day what makes a
// heating and solar account, by month what serves to compare years.
var asked = []struct{ parameter, resolution string }{
	{"mean_temp", "day"}, {"acc_heating_degree_days_17", "day"}, {"mean_radiation", "day"},
	{"mean_temp", "month"}, {"acc_heating_degree_days_17", "month"}, {"mean_radiation", "month"}, {"mean_wind_speed", "month"}, {"acc_precip", "month"},
}

const (
	// firstYear is the first whose values are computed for municipalities.
	firstYear = 2011
	// pageSize holds the days of a year, so that there is one page as a rule.
	pageSize = 1000
	// maxPages bounds a list that never ends.
	maxPages = 100
)

// Pieces are a municipality and a year each: "253/2024". The publisher says no day
// of revision; its values carry the time of their computation and a mark of being
// checked by hand, which comes weeks later. So a year is asked for once a week until
// three months after its end, then once a quarter for two years.
func (Source) Pieces(dataSet string, w pipeline.Want) []pipeline.Piece {
	const week = 7 * 24 * time.Hour
	if dataSet != valueSet {
		return nil
	}
	years := slices.Clone(w.Years)
	for y := w.From.Year(); w.To.After(w.From) && y <= w.To.Add(-1).Year(); y++ {
		years = append(years, y)
	}
	slices.Sort(years)
	var pieces []pipeline.Piece
	for _, m := range w.Members {
		if m.Country != "DK" {
			continue
		}
		for _, y := range slices.Compact(slices.Clone(years)) {
			if y < firstYear || y > w.Now.Year() {
				continue
			}
			p := pipeline.Piece{Key: fmt.Sprintf("%s/%d", m.Code, y), Members: []pipeline.Municipality{m}, From: newYear(y), To: newYear(y + 1)}
			switch {
			case w.Now.Before(p.To.AddDate(0, 3, 0)):
				p.Again = week
			case w.Now.Before(p.To.AddDate(2, 0, 0)):
				p.Again = 13 * week
			}
			pieces = append(pieces, p)
		}
	}
	return pieces
}

func newYear(year int) time.Time { return time.Date(year, time.January, 1, 0, 0, 0, 0, time.UTC) }

// Fetch asks for each parameter page by page. A parameter may have nothing; where
// none has anything, there is nothing for the piece.
func (Source) Fetch(ctx context.Context, dataSet string, p pipeline.Piece, ask pipeline.Ask) error {
	if dataSet != valueSet || len(p.Members) != 1 {
		return &pipeline.Problem{What: fmt.Sprintf("data set %q with %d municipalities cannot be asked for", dataSet, len(p.Members)), Expected: valueSet + " of one municipality"}
	}
	some := false
	for _, a := range asked {
		l := list{municipality: "0" + p.Members[0].Code, parameter: a.parameter, resolution: a.resolution, from: p.From, to: p.To, seen: map[string]bool{}}
		if err := l.fetch(ctx, ask); err != nil {
			return err
		}
		some = some || len(l.seen) > 0
	}
	if !some {
		return pipeline.ErrNothing
	}
	return nil
}

// list is the values of a parameter on their way, page by page.
type list struct {
	municipality, parameter, resolution string
	from, to                            time.Time
	offset                              int
	matched                             *int            // where the publisher says it
	seen                                map[string]bool // ids and begins of periods
}

// query asks for a page. The period begins and ends with the Danish year and is an
// hour longer, which serves whether the publisher compares begins or ends and in
// which zone it labels: at worst a neighbouring day or month comes too.
func (l *list) query() url.Values {
	return url.Values{
		"municipalityId": {l.municipality}, "parameterId": {l.parameter}, "timeResolution": {l.resolution},
		"datetime": {l.from.Add(-time.Hour).Format(time.RFC3339) + "/" + l.to.Format(time.RFC3339)},
		"limit":    {strconv.Itoa(pageSize)}, "offset": {strconv.Itoa(l.offset)},
	}
}

func (l *list) fetch(ctx context.Context, ask pipeline.Ask) error {
	query := l.query()
	for range maxPages {
		answer, err := ask(ctx, pipeline.Request{
			Service: "climateData", Role: "data", Path: "/collections/municipalityValue/items?" + query.Encode(),
			Accept: []string{"application/json", "application/geo+json"}, Absent: true,
		})
		if err != nil {
			return err
		}
		if answer.Absent && l.offset > 0 {
			return l.moved(answer.Part, "a page that was announced is gone")
		}
		if answer.Absent {
			return nil
		}
		next, err := l.read(answer.Part)
		if err != nil || next == nil {
			return err
		}
		query = next
	}
	return &pipeline.Problem{What: fmt.Sprintf("%s of %s by %s has more than %d pages", l.parameter, l.municipality, l.resolution, maxPages), Expected: "the values of a year"}
}

// read checks a page and gives the query of the next one, nil behind the last.
func (l *list) read(part pipeline.Part) (next url.Values, err error) {
	p, err := readPage(part, func(path string, f feature, j *sources.JSON) error {
		v := f.Properties
		if v.MunicipalityID != l.municipality || v.ParameterID != l.parameter || v.TimeResolution != l.resolution {
			return j.Problem(path+".properties", fmt.Sprintf("%s of %s by %s was not asked for", v.ParameterID, v.MunicipalityID, v.TimeResolution), fmt.Sprintf("%s of %s by %s", l.parameter, l.municipality, l.resolution))
		}
		if f.ID == "" {
			return j.Problem(path+".id", "is missing", "the id of the value")
		}
		for _, key := range []string{f.ID, "from " + v.From} {
			if l.seen[key] {
				return l.moved(part, fmt.Sprintf("%s stands twice among the pages (%s)", path, key))
			}
			l.seen[key] = true
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if l.matched != nil && (p.Matched == nil || *p.Matched != *l.matched) {
		return nil, l.moved(part, "the number of values is another than on the page before")
	}
	l.matched = p.Matched
	l.offset += p.features
	href := ""
	for _, link := range p.Links {
		if link.Rel == "next" {
			href = link.Href
		}
	}
	if p.features == 0 || href == "" && p.features < pageSize {
		if p.Matched != nil && *p.Matched != l.offset {
			return nil, l.moved(part, fmt.Sprintf("%d values were announced and %d came", *p.Matched, l.offset))
		}
		return nil, nil
	}
	if href != "" {
		if err := l.follows(part, href); err != nil {
			return nil, err
		}
	}
	return l.query(), nil
}

// follows holds the publisher's link to the next page to what is asked then: the
// same list, from where this page ended. Nothing is asked at its address.
func (l *list) follows(part pipeline.Part, href string) error {
	problem := func(what string) error {
		return &pipeline.Problem{File: part.Name, Path: "links", What: what, Expected: fmt.Sprintf("a link to the same list from offset %d", l.offset)}
	}
	u, err := url.Parse(href)
	if err != nil {
		return problem(fmt.Sprintf("%q is no link", words(href)))
	}
	linked, want := u.Query(), l.query()
	for _, key := range []string{"municipalityId", "parameterId", "timeResolution", "offset"} {
		if linked.Get(key) != want.Get(key) {
			return problem(fmt.Sprintf("the link to the next page has %s=%q", key, words(linked.Get(key))))
		}
	}
	return nil
}

// moved tells of a list that changed while it was read.
func (l *list) moved(part pipeline.Part, what string) error {
	return &pipeline.Problem{File: part.Name, What: what, Expected: fmt.Sprintf("%s of %s by %s, every value once", l.parameter, l.municipality, l.resolution), Remedy: "the list changed while it was read: ask again"}
}
