package standin

import (
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"samkraft/pipeline"
)

// SMHI is the Swedish weather service's metobs: air temperature by hour and as the
// mean of a day, at stations that the test names, drawn from a hash.
type SMHI struct{ stations []SMHIStation }

// SMHIStation is a weather station. Its figures begin with a year, and end with one
// where it has been closed.
type SMHIStation struct {
	ID, Name            string
	Latitude, Longitude float64
	From                time.Time
	To                  time.Time // zero: it measures
	NoArchive           bool      // it has latest months alone
}

// NewSMHI has these stations for both parameters. It publishes at midnight UTC: the
// real one every hour, but then no two answers of a test would be the same.
func NewSMHI(stations ...SMHIStation) *SMHI { return &SMHI{stations} }

// Source is smhi.
func (s *SMHI) Source() string { return "smhi" }

// Service has no limits, since none is known.
func (s *SMHI) Service() pipeline.Service {
	return pipeline.Service{ID: "metobs", Address: "https://opendata-download-metobs.smhi.se/api/version/1.0"}
}

// Twists are those of one answer: the service has no pages.
func (s *SMHI) Twists() []Twist {
	return []Twist{ChangedHeader, ExtraColumn, RenamedColumn, DuplicateRows, NoRows}
}

// DataSet is none: nothing is limited.
func (s *SMHI) DataSet(*Request) string { return "" }

// Answer answers for the list of a parameter's stations, and for the figures of one
// in two periods. What there is not is 404 with a page.
func (s *SMHI) Answer(r *Request) Answer {
	parts := strings.Split(strings.TrimPrefix(r.URL.Path, "/"), "/")
	updated := r.Now.Truncate(24 * time.Hour)
	if r.Method != http.MethodGet || len(parts) < 2 || parts[0] != "parameter" {
		return smhiNothing()
	}
	if parameter, found := strings.CutSuffix(parts[1], ".json"); found && len(parts) == 2 && smhiParameters[parameter].name != "" {
		a := JSON(0, s.list(parameter, updated))
		a.Modified = updated
		return a
	}
	if len(parts) != 7 || parts[2] != "station" || parts[4] != "period" || smhiParameters[parts[1]].name == "" {
		return smhiNothing()
	}
	for _, station := range s.stations {
		if station.ID == parts[3] {
			return station.answer(smhiAsked{parts[1], parts[5], r.Twist, updated}, parts[6])
		}
	}
	return smhiNothing()
}

func smhiNothing() Answer {
	return Text(http.StatusNotFound, "text/html;charset=UTF-8", "<html><head><title>404 Not Found</title></head><body>Not Found</body></html>")
}

// smhiAsked is what is asked of a station, and when.
type smhiAsked struct {
	parameter, period string
	twist             Twist
	updated           time.Time
}

// smhiParameters are the parameters that the stand-in has.
var smhiParameters = map[string]struct {
	name, summary, header string
	step                  time.Duration
}{
	"1": {"Lufttemperatur", "momentanvärde, 1 gång/tim", "Datum;Tid (UTC);Lufttemperatur;Kvalitet;;Tidsutsnitt:", time.Hour},
	"2": {"Lufttemperatur", "medelvärde 1 dygn, 1 gång/dygn, kl 00", "Från Datum Tid (UTC);Till Datum Tid (UTC);Representativt dygn;Lufttemperatur;Kvalitet;;Tidsutsnitt:", 24 * time.Hour},
}

func (s *SMHI) list(parameter string, updated time.Time) map[string]any {
	p := smhiParameters[parameter]
	stations := []map[string]any{}
	for _, x := range s.stations {
		stations = append(stations, map[string]any{"key": x.ID, "name": x.Name, "owner": "SMHI", "ownerCategory": "CLIMATE", "height": 12.0,
			"latitude": x.Latitude, "longitude": x.Longitude, "active": x.To.IsZero(), "from": x.From.UnixMilli(), "to": x.end(updated).UnixMilli(), "updated": x.end(updated).UnixMilli(),
			"title": "Lufttemperatur - " + x.Name, "link": []any{}})
	}
	return map[string]any{"key": parameter, "updated": updated.UnixMilli(), "title": p.name + ": Välj station (sedan tidsutsnitt)", "summary": p.summary, "unit": "celsius", "link": []any{}, "station": stations}
}

func (x SMHIStation) end(now time.Time) time.Time {
	if x.To.IsZero() {
		return now
	}
	return x.To
}

// answer has the period's figures as JSON or CSV; the archive in CSV alone.
func (x SMHIStation) answer(a smhiAsked, file string) Answer {
	month := time.Date(a.updated.Year(), a.updated.Month(), 1, 0, 0, 0, 0, time.UTC)
	from, to := x.From, x.end(a.updated)
	switch {
	case a.period == "corrected-archive" && file == "data.csv" && !x.NoArchive:
		to = smhiEarlier(to, month.AddDate(0, -3, 0))
	case a.period == "latest-months" && (file == "data.csv" || file == "data.json") && x.To.IsZero():
		from = smhiLater(from, month.AddDate(0, -4, 0))
	default:
		return smhiNothing()
	}
	answer := Answer{Type: "text/plain;charset=UTF-8", Modified: a.updated, Body: func(w io.Writer) error { return x.writeCSV(w, a, from, to) }}
	if file == "data.json" {
		answer.Type, answer.Body = "application/json;charset=UTF-8", func(w io.Writer) error { return x.writeJSON(w, a, from, to) }
	}
	return answer
}

func smhiEarlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

func smhiLater(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// each gives the measurements of a period in order; one in a hundred was not made.
func (x SMHIStation) each(a smhiAsked, from, to time.Time, row func(t time.Time, degrees string) error) error {
	if a.twist == NoRows {
		return nil
	}
	step, first, base := smhiParameters[a.parameter].step, true, seed(x.ID, a.parameter)
	for t := from.Truncate(step); !t.Add(step).After(to); t = t.Add(step) {
		drawn := mix(base + uint64(t.Unix()))
		if drawn%100 == 0 {
			continue
		}
		degrees := strconv.FormatFloat(float64(drawn%400)/10-12, 'f', 1, 64)
		if err := row(t, degrees); err != nil {
			return err
		}
		if a.twist == DuplicateRows && first {
			if err := row(t, degrees); err != nil {
				return err
			}
		}
		first = false
	}
	return nil
}
