package dmi

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
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

// subjects are what is asked of each municipality and year, a piece each, so that
// one of which the publisher has nothing does not hold up the others: by day what
// makes an account of heating and sunshine, by month what serves to compare years.
var subjects = []subject{
	{"temperature", []series{{"mean_temp", "day"}, {"acc_heating_degree_days_17", "day"}, {"mean_temp", "month"}, {"acc_heating_degree_days_17", "month"}}},
	{"radiation", []series{{"mean_radiation", "day"}, {"mean_radiation", "month"}}},
	{"wind", []series{{"mean_wind_speed", "month"}}},
}

type subject struct {
	id     string
	series []series
}

type series struct{ parameter, resolution string }

func (s series) String() string { return s.parameter + " by " + s.resolution }

const (
	// firstYear is the first whose values are computed for municipalities.
	firstYear = 2011
	// pageSize holds the days of a year, so that there is one page as a rule.
	pageSize = 1000
	// maxPages bounds a list that never ends.
	maxPages = 100
)

// Pieces are a municipality, a year and a subject each: "253/2024/wind". The publisher says no day
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
			for _, s := range subjects {
				p := pipeline.Piece{Key: fmt.Sprintf("%s/%d/%s", m.Code, y, s.id), Members: []pipeline.Municipality{m}, From: newYear(y), To: newYear(y + 1)}
				switch {
				case w.Now.Before(p.To.AddDate(0, 3, 0)):
					p.Again = week
				case w.Now.Before(p.To.AddDate(2, 0, 0)):
					p.Again = 13 * week
				}
				pieces = append(pieces, p)
			}
		}
	}
	return pieces
}

func newYear(year int) time.Time { return time.Date(year, time.January, 1, 0, 0, 0, 0, time.UTC) }

// Fetch asks for each series page by page.
func (Source) Fetch(ctx context.Context, dataSet string, p pipeline.Piece, ask pipeline.Ask) error {
	i := slices.IndexFunc(subjects, func(s subject) bool { return strings.HasSuffix(p.Key, "/"+s.id) })
	if dataSet != valueSet || len(p.Members) != 1 || i < 0 {
		return &pipeline.Problem{File: p.Key, What: fmt.Sprintf("cannot be asked for from data set %q", dataSet), Expected: "a municipality, a year and a subject of " + valueSet}
	}
	var lists []*list
	for _, s := range subjects[i].series {
		l := &list{series: s, municipality: "0" + p.Members[0].Code, from: p.From, to: p.To, seen: map[string]bool{}}
		if err := l.fetch(ctx, ask); err != nil {
			return err
		}
		lists = append(lists, l)
	}
	return whole(lists)
}

// whole refuses a subject of which a part is missing that the rest says must be
// there: a list may be empty for a moment, and its figures of before would be lost.
func whole(lists []*list) error {
	some := false
	for _, l := range lists {
		some = some || l.count > 0
	}
	if !some {
		return pipeline.ErrNothing
	}
	for _, l := range lists {
		for _, other := range lists {
			months := other.count > 62 && l.resolution == "month" // so many days hold a month that has ended
			if l.count == 0 && other.count > 0 && (l.resolution == other.resolution || l.resolution == "day" || months) {
				return &pipeline.Problem{File: l.address, What: fmt.Sprintf("%s of %s has no values, and %s has %d", l.series, l.municipality, other.series, other.count), Expected: "values of both", Remedy: "ask again"}
			}
		}
	}
	return nil
}

// list is the values of a series on their way, page by page.
type list struct {
	series
	municipality string
	from, to     time.Time
	address      string          // of the last page, for errors
	count        int             // values so far
	matched      *int            // how many there are, where the publisher says it
	first, last  string          // the ids of the first value of the last page, and of the last
	seen         map[string]bool // ids and begins of periods
}

// query asks for a page. The period begins and ends with the Danish year and is an
// hour longer, which serves whether the publisher compares begins or ends and in
// which zone it labels: at worst a neighbouring day or month comes too.
func (l *list) query(offset, limit int) url.Values {
	return url.Values{
		"municipalityId": {l.municipality}, "parameterId": {l.parameter}, "timeResolution": {l.resolution},
		"datetime": {l.from.Add(-time.Hour).Format(time.RFC3339) + "/" + l.to.Format(time.RFC3339)},
		"limit":    {strconv.Itoa(limit)}, "offset": {strconv.Itoa(offset)},
	}
}

func (l *list) fetch(ctx context.Context, ask pipeline.Ask) error {
	for range maxPages {
		before, last := l.count, l.last
		answer, err := l.ask(ctx, ask, "data", l.query(before, pageSize))
		if err != nil {
			return err
		}
		if answer.Absent && before > 0 {
			return l.moved("a page that was announced is gone")
		}
		if answer.Absent {
			return nil
		}
		more, err := l.read(answer.Part)
		if err != nil {
			return err
		}
		if before > 0 {
			want := []string{last}
			if l.count > before {
				want = append(want, l.first)
			}
			if err := l.unmoved(ctx, ask, before-1, want); err != nil {
				return err
			}
		}
		if !more {
			return nil
		}
	}
	return &pipeline.Problem{File: l.address, What: fmt.Sprintf("%s of %s has more than %d pages", l.series, l.municipality, maxPages), Expected: "the values of a year"}
}

func (l *list) ask(ctx context.Context, ask pipeline.Ask, role string, query url.Values) (pipeline.Answer, error) {
	path := "/collections/municipalityValue/items?" + query.Encode()
	answer, err := ask(ctx, pipeline.Request{Service: "climateData", Role: role, Path: path, Accept: []string{"application/json", "application/geo+json"}, Absent: true})
	if l.address = answer.Name; l.address == "" {
		l.address = path
	}
	return answer, err
}

// unmoved asks, behind a page, for the two values where it meets the page before:
// the last there, and the first of this one unless it is empty. Where they are
// others, the list has moved in between, and a value may have slipped through.
func (l *list) unmoved(ctx context.Context, ask pipeline.Ask, offset int, want []string) error {
	answer, err := l.ask(ctx, ask, "", l.query(offset, 2))
	if err != nil {
		return err
	}
	var found []string
	if !answer.Absent {
		_, err = readPage(answer.Part, func(_ string, f feature, _ *sources.JSON) error {
			found = append(found, f.ID)
			return nil
		})
	}
	if err == nil && !slices.Equal(found, want) {
		return l.moved(fmt.Sprintf("the values from %d on are %q, and were %q when their pages were read", offset+1, found, want))
	}
	return err
}

// read checks a page, and reports whether another follows.
func (l *list) read(part pipeline.Part) (more bool, err error) {
	before := l.count
	p, err := readPage(part, func(path string, f feature, j *sources.JSON) error {
		v := f.Properties
		if v.MunicipalityID != l.municipality || v.ParameterID != l.parameter || v.TimeResolution != l.resolution {
			return j.Problem(path+".properties", fmt.Sprintf("%s of %s by %s was not asked for", v.ParameterID, v.MunicipalityID, v.TimeResolution), fmt.Sprintf("%s of %s", l.series, l.municipality))
		}
		if f.ID == "" {
			return j.Problem(path+".id", "is missing", "the id of the value")
		}
		for _, key := range []string{f.ID, "from " + v.From} {
			if l.seen[key] {
				return l.moved(fmt.Sprintf("%s stands there already (%s)", path, key))
			}
			l.seen[key] = true
		}
		if l.count == before {
			l.first = f.ID
		}
		l.count++
		l.last = f.ID
		return nil
	})
	if err != nil {
		return false, err
	}
	if before > 0 && (p.Matched == nil) != (l.matched == nil) || p.Matched != nil && l.matched != nil && *p.Matched != *l.matched {
		return false, l.moved("the number of values is another than on the page before")
	}
	l.matched = p.Matched
	href := ""
	for _, link := range p.Links {
		if link.Rel == "next" {
			href = link.Href
		}
	}
	if l.count == before || href == "" && p.features < pageSize {
		if p.Matched != nil && *p.Matched != l.count {
			return false, l.moved(fmt.Sprintf("%d values were announced and %d came", *p.Matched, l.count))
		}
		return false, nil
	}
	return true, l.follows(href)
}

// follows holds the publisher's link to the next page, where there is one, to what
// is asked then: the same list, from where this page ended. Nothing is asked at its
// address.
func (l *list) follows(href string) error {
	problem := func(what string) error {
		return &pipeline.Problem{File: l.address, Path: "links", What: what, Expected: fmt.Sprintf("a link to the same list from offset %d", l.count)}
	}
	u, err := url.Parse(href)
	if err != nil {
		return problem(fmt.Sprintf("%q is no link", words(href)))
	}
	want := l.query(l.count, pageSize)
	for _, key := range []string{"municipalityId", "parameterId", "timeResolution", "offset"} {
		if linked := u.Query().Get(key); href != "" && linked != want.Get(key) {
			return problem(fmt.Sprintf("the link to the next page has %s=%q", key, words(linked)))
		}
	}
	return nil
}

// moved tells of a list that changed while it was read.
func (l *list) moved(what string) error {
	return &pipeline.Problem{File: l.address, What: what, Expected: fmt.Sprintf("%s of %s, every value once", l.series, l.municipality), Remedy: "the list changed while it was read: ask again"}
}
