package dmi

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"samkraft/pipeline"
	"samkraft/sources/sourcetest"
)

// service answers requests for one parameter by a function, and those for others
// with 404.
type service struct {
	parameter, resolution string
	answer                func(query url.Values) string
	probe                 func(query url.Values) string // of a value alone; nil: as answer
	asked                 []url.Values
}

func (s *service) ask(_ context.Context, r pipeline.Request) (pipeline.Answer, error) {
	path, query, _ := strings.Cut(r.Path, "?")
	q, err := url.ParseQuery(query)
	if err != nil || path != "/collections/municipalityValue/items" || !r.Absent || (r.Role == "data") == (q.Get("limit") == "2") {
		return pipeline.Answer{}, fmt.Errorf("%+v: %v", r, err)
	}
	if q.Get("parameterId") != s.parameter || q.Get("timeResolution") != s.resolution {
		return pipeline.Answer{Absent: true}, nil
	}
	s.asked = append(s.asked, q)
	text := s.answer(q)
	if q.Get("limit") == "2" && s.probe != nil {
		text = s.probe(q)
	}
	if text == "" {
		return pipeline.Answer{Absent: true}, nil
	}
	return pipeline.Answer{Part: sourcetest.Part("answer", []byte(text))}, nil
}

// collection writes an answer with so many days from a number on.
func collection(first, n int, more string) string {
	var features []string
	for i := first; i < first+n; i++ {
		day := time.Date(2025, 1, 1+i, 0, 0, 0, 0, time.UTC)
		features = append(features, fmt.Sprintf(`{"id":"id-%d","properties":{"municipalityId":"0253","parameterId":"mean_radiation","timeResolution":"day","from":%q,"to":%q,"value":1,"validity":true}}`,
			i, day.Format(time.RFC3339), day.AddDate(0, 0, 1).Format(time.RFC3339)))
	}
	return fmt.Sprintf(`{"type":"FeatureCollection","features":[%s],"numberReturned":%d%s}`, strings.Join(features, ","), n, more)
}

func link(query string) string {
	return fmt.Sprintf(`,"links":[{"rel":"self","href":"https://elsewhere.example/"},{"rel":"next","href":"https://opendataapi.dmi.dk/v2/climateData/collections/municipalityValue/items?%s"}]`, query)
}

const nextPage = "municipalityId=0253&parameterId=mean_radiation&timeResolution=day&limit=3&offset=3"

func greve2025(t *testing.T) pipeline.Piece {
	greve, err := pipeline.FindMunicipality("DK", "253")
	if err != nil {
		t.Fatal(err)
	}
	return pipeline.Piece{Key: "253/2025/radiation", Members: []pipeline.Municipality{greve}, From: newYear(2025), To: newYear(2026)}
}

func TestFetchPages(t *testing.T) {
	s := &service{parameter: "mean_radiation", resolution: "day"}
	s.answer = func(q url.Values) string {
		if q.Get("offset") == "0" {
			return collection(0, 3, link(nextPage))
		}
		return collection(3, 2, "")
	}
	s.probe = func(url.Values) string { return collection(2, 2, "") }
	if err := (Source{}).Fetch(context.Background(), valueSet, greve2025(t), s.ask); err != nil {
		t.Fatal(err)
	}
	var offsets []string
	for _, q := range s.asked {
		offsets = append(offsets, q.Get("offset"))
		if q.Get("municipalityId") != "0253" || q.Get("datetime") != "2024-12-31T23:00:00Z/2026-01-01T00:00:00Z" || q.Get("limit") != "1000" && q.Get("offset") != "2" {
			t.Errorf("asked %v", q)
		}
	}
	if !slices.Equal(offsets, []string{"0", "3", "2"}) {
		t.Errorf("asked from %v", offsets)
	}
}

func TestFetchNothing(t *testing.T) {
	for name, answer := range map[string]string{"404": "", "an empty list": collection(0, 0, "")} {
		s := &service{parameter: "mean_radiation", resolution: "day", answer: func(url.Values) string { return answer }}
		if err := (Source{}).Fetch(context.Background(), valueSet, greve2025(t), s.ask); !errors.Is(err, pipeline.ErrNothing) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestFetchProblems(t *testing.T) {
	for name, c := range map[string]struct {
		first, second, want string
	}{
		"a value on two pages":         {collection(0, 3, link(nextPage)), collection(2, 3, ""), "stands there already"},
		"a value gone":                 {collection(0, 3, link(nextPage)), collection(4, 2, ""), `from 3 on are ["id-3" "id-4"], and were ["id-2" "id-4"]`},
		"a total that changes":         {collection(0, 3, `,"numberMatched":5`+link(nextPage)), collection(3, 2, `,"numberMatched":6`), "another than on the page before"},
		"a total that is not reached":  {collection(0, 3, `,"numberMatched":6`+link(nextPage)), collection(3, 2, `,"numberMatched":6`), "6 values were announced and 5 came"},
		"a page that is empty for now": {collection(0, 3, link(nextPage)), collection(0, 0, ""), `were ["id-2"] when`},
		"a page gone":                  {collection(0, 3, link(nextPage)), "", "announced is gone"},
		"a link to another list":       {collection(0, 3, link(strings.Replace(nextPage, "0253", "0259", 1))), "", `municipalityId="0259"`},
		"a link to another place":      {collection(0, 3, link(strings.Replace(nextPage, "offset=3", "offset=30", 1))), "", `offset="30"`},
		"a link that never moves":      {collection(0, 3, link(strings.Replace(nextPage, "offset=3", "offset=0", 1))), "", `offset="0"`},
		"another parameter":            {strings.ReplaceAll(collection(0, 3, ""), "mean_radiation", "mean_pressure"), "", "was not asked for"},
		"no id":                        {strings.ReplaceAll(collection(0, 3, ""), `"id":"id-1",`, ""), "", "features[1].id: is missing"},
		"numberReturned is another":    {strings.Replace(collection(0, 3, ""), `"numberReturned":3`, `"numberReturned":4`, 1), "", "says 4"},
		"an error with status 200":     {`{"http_status_code":400,"message":"Invalid query parameter"}`, "", "DMI says: Invalid query parameter"},
		"a page of HTML":               {"<html><body>Maintenance</body></html>", "", "a page came"},
		"something that is no feature": {`{"type":"Feature","properties":{}}`, "", "FeatureCollection"},
		"cut":                          {collection(0, 3, "")[:200], "", "ends in the middle"},
	} {
		s := &service{parameter: "mean_radiation", resolution: "day"}
		s.answer = func(q url.Values) string {
			if q.Get("offset") == "0" {
				return c.first
			}
			return c.second
		}
		s.probe = func(url.Values) string { return collection(3, 2, "") }
		err := Source{}.Fetch(context.Background(), valueSet, greve2025(t), s.ask)
		var p *pipeline.Problem
		if !errors.As(err, &p) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v; expected %q", name, err, c.want)
		}
	}
}

// TestWhole holds the lists of a subject against each other.
func TestWhole(t *testing.T) {
	for name, c := range map[string]struct {
		temp, degrees, tempMonth, degreesMonth int
		want                                   string
	}{
		"all":                            {365, 365, 12, 12, ""},
		"January":                        {20, 20, 0, 0, ""},
		"none":                           {0, 0, 0, 0, pipeline.ErrNothing.Error()},
		"no degree days":                 {365, 0, 12, 12, "acc_heating_degree_days_17 by day of 0253 has no values"},
		"months without days":            {0, 0, 12, 12, "mean_temp by day of 0253 has no values"},
		"many days and no month":         {200, 200, 0, 0, "by month of 0253 has no values"},
		"months of one of two and a day": {20, 20, 1, 0, "acc_heating_degree_days_17 by month"},
	} {
		var lists []*list
		for i, n := range []int{c.temp, c.degrees, c.tempMonth, c.degreesMonth} {
			lists = append(lists, &list{series: subjects[0].series[i], municipality: "0253", count: n})
		}
		if err := whole(lists); (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v; expected %q", name, err, c.want)
		}
	}
}

func TestPieces(t *testing.T) {
	greve, _ := pipeline.FindMunicipality("DK", "253")
	koege, _ := pipeline.FindMunicipality("DK", "259")
	halmstad, _ := pipeline.FindMunicipality("SE", "1380")
	w := pipeline.Want{Members: []pipeline.Municipality{greve, koege, halmstad}, Years: []int{2009, 2020}, From: newYear(2023), To: newYear(2027), Now: time.Date(2026, 2, 22, 0, 0, 0, 0, time.UTC)}
	var got []string
	for _, p := range (Source{}).Pieces(valueSet, w) {
		got = append(got, fmt.Sprintf("%s %gd", p.Key, p.Again.Hours()/24))
		if len(p.Members) != 1 || p.To.Sub(p.From) < 365*24*time.Hour {
			t.Errorf("%+v", p)
		}
	}
	var want []string
	for _, code := range []string{"253", "259"} {
		for _, year := range []string{"2020 0d", "2023 0d", "2024 91d", "2025 7d", "2026 7d"} {
			y, again, _ := strings.Cut(year, " ")
			want = append(want, code+"/"+y+"/temperature "+again, code+"/"+y+"/radiation "+again, code+"/"+y+"/wind "+again)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("pieces %v, expected %v", got, want)
	}
}

func TestPeriod(t *testing.T) {
	for _, c := range []struct{ resolution, from, to, begin, end, date string }{
		{"day", "2025-03-29T23:00:00Z", "2025-03-30T22:00:00Z", "2025-03-29T23:00:00Z", "2025-03-30T22:00:00Z", "2025-03-30"},
		{"day", "2025-03-29T23:00:00Z", "2025-03-30T23:00:00Z", "2025-03-29T23:00:00Z", "2025-03-30T22:00:00Z", "2025-03-30"},
		{"day", "2025-10-26T00:00:00Z", "2025-10-27T00:00:00Z", "2025-10-25T22:00:00Z", "2025-10-26T23:00:00Z", "2025-10-26"},
		{"day", "2025-07-01T00:00:00+02:00", "2025-07-02T00:00:00+02:00", "2025-06-30T22:00:00Z", "2025-07-01T22:00:00Z", "2025-07-01"},
		{"month", "2025-02-28T23:00:00.001Z", "2025-03-31T22:00:00Z", "2025-02-28T23:00:00Z", "2025-03-31T22:00:00Z", "2025-03-01"},
		{"year", "2023-12-31T23:00:00Z", "2024-12-31T23:00:00Z", "2023-12-31T23:00:00Z", "2024-12-31T23:00:00Z", "2024-01-01"},
		{"hour", "2025-10-26T00:00:00Z", "2025-10-26T01:00:00Z", "2025-10-26T00:00:00Z", "2025-10-26T01:00:00Z", "2025-10-26"},
	} {
		begin, end, date, what := period(c.resolution, c.from, c.to)
		if what != "" || begin.Format(time.RFC3339) != c.begin || end.Format(time.RFC3339) != c.end || date.Format(time.DateOnly) != c.date {
			t.Errorf("%s %s to %s is %v to %v on %v %s", c.resolution, c.from, c.to, begin, end, date, what)
		}
	}
	for _, c := range [][3]string{
		{"day", "2025-03-29T23:00:00Z", "2025-03-31T22:00:00Z"}, {"day", "2025-03-29T12:00:00Z", "2025-03-30T12:00:00Z"}, {"day", "2025-03-30", "2025-03-31"},
		{"month", "2025-03-14T23:00:00Z", "2025-04-14T22:00:00Z"}, {"year", "2025-01-31T23:00:00Z", "2026-01-31T23:00:00Z"}, {"decade", "2019-12-31T23:00:00Z", "2029-12-31T23:00:00Z"},
		{"hour", "2025-03-29T12:30:00Z", "2025-03-29T13:30:00Z"}, {"hour", "2025-03-29T12:00:00Z", "2025-03-29T14:00:00Z"}, {"day", "0001-01-01T00:00:00Z", "0001-01-02T00:00:00Z"},
	} {
		if _, _, _, what := period(c[0], c[1], c[2]); what == "" {
			t.Errorf("%v is read", c)
		}
	}
}

func TestStopsWhenAsked(t *testing.T) {
	sourcetest.StopsWhenAsked(t, Source{}, valueSet, sourcetest.Part("a", []byte(collection(0, 1, ""))))
}

func TestForeign(t *testing.T) {
	sourcetest.Unclaimed(t, Source{}, map[string]string{
		"a station's values":  `{"type":"FeatureCollection","features":[{"properties":{"stationId":"06181","parameterId":"mean_temp","timeResolution":"day","calculatedAt":"x"}}]}`,
		"boundaries":          `{"type":"FeatureCollection","features":[{"properties":{"lau_1":"253"},"geometry":{"type":"Polygon"}}]}`,
		"an answer of others": `{"total":1,"records":[{"MunicipalityNo":"253"}]}`,
	})
}
