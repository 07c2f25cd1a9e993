package smhi

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"samkraft/pipeline"
)

var _ pipeline.Live = Source{}

const service = "metobs"

// The service's periods. They overlap, so that nothing is lost between them.
const (
	correctedArchive = "corrected-archive" // all but the last three months, controlled; in CSV only
	latestMonths     = "latest-months"     // about four
)

const day = 24 * time.Hour

// reach is how far a station may stand from the centre of a municipality to be
// asked for, in km: no plan's choice of stations goes farther.
const reach = 150

// shore widens reach where only the centres of municipalities are known, in km: a
// station on the coast stands beyond the centre of its municipality.
const shore = 50

// normalYears is the length of a series from which a normal year can be made.
const normalYears = 30

// tries bounds how many stations are asked that turn out to have no such period.
const tries = 5

// Services lists the open data service. SMHI states no limit: five requests in a
// second are this program's own.
func (Source) Services() []pipeline.Service {
	return []pipeline.Service{{ID: service, Address: "https://opendata-download-metobs.smhi.se/api/version/1.0",
		Limits: []pipeline.Limit{{Requests: 5, Window: time.Second, Scope: pipeline.PerHost}}}}
}

// Pieces asks, for each member, for the stations near it: their archive, to which
// the service adds a month's controlled figures at a time, and their latest months,
// which grow by the hour. From and To are what is asked for: they decide which
// stations serve.
func (Source) Pieces(dataSet string, w pipeline.Want) []pipeline.Piece {
	var pieces []pipeline.Piece
	if dataSet != hourly && dataSet != daily {
		return nil
	}
	for _, m := range w.Members {
		if !nearSweden(m) {
			continue
		}
		for _, period := range []struct {
			name  string
			again time.Duration
		}{{correctedArchive, 30 * day}, {latestMonths, day}} {
			pieces = append(pieces, pipeline.Piece{Key: m.Code + "/" + period.name, Members: []pipeline.Municipality{m}, From: w.From, To: w.To, Again: period.again})
		}
	}
	return pieces
}

// nearSweden reports whether a Swedish station can be within reach.
func nearSweden(m pipeline.Municipality) bool {
	return m.Country == "SE" || slices.ContainsFunc(pipeline.Municipalities(), func(s pipeline.Municipality) bool {
		return s.Country == "SE" && distance(m.Latitude, m.Longitude, s.Latitude, s.Longitude) <= reach+shore
	})
}

// Fetch finds the stations in the parameter's list, then asks for the period of up
// to two: the nearest whose series begins early enough for what is wanted, and the
// nearest with enough years for a normal year, which often is the same.
func (Source) Fetch(ctx context.Context, dataSet string, p pipeline.Piece, ask pipeline.Ask) error {
	_, period, _ := strings.Cut(p.Key, "/")
	if len(p.Members) != 1 || period != correctedArchive && period != latestMonths {
		return &pipeline.Problem{Path: p.Key, What: "is no piece of this source", Expected: "a municipality and a period"}
	}
	parameter := strings.TrimPrefix(dataSet, "metobs_")
	list, err := ask(ctx, pipeline.Request{Service: service, Path: "/parameter/" + parameter + ".json", Accept: []string{"application/json"}})
	if err != nil {
		return err
	}
	stations, err := readStations(ctx, list.Part, parameter)
	if err != nil {
		return err
	}
	near := within(stations, p.Members[0])
	has := map[string]bool{} // the stations that were asked
	found := false
	for _, since := range []time.Time{p.From, p.To.AddDate(-normalYears, 0, 0)} {
		ordered := bySeries(near, since)
		for _, s := range ordered[:min(tries, len(ordered))] {
			if _, asked := has[s.id]; !asked {
				answer, err := ask(ctx, question(parameter, s.id, period))
				if err != nil {
					return err
				}
				has[s.id] = !answer.Absent
			}
			if has[s.id] {
				found = true
				break
			}
		}
	}
	if !found {
		return pipeline.ErrNothing
	}
	return nil
}

// question asks for a period of a station, which some stations do not have. The
// recorded JSON of latest months is by the hour; of daily means CSV is what is known.
func question(parameter, station, period string) pipeline.Request {
	r := pipeline.Request{Service: service, Role: "data", Path: "/parameter/" + parameter + "/station/" + station + "/period/" + period + "/data.csv",
		Accept: []string{"text/csv", "text/plain"}, Absent: true}
	if parameter == "1" && period == latestMonths {
		r.Path, r.Accept = strings.TrimSuffix(r.Path, "csv")+"json", []string{"application/json"}
	}
	return r
}

// within returns the stations that measure today and stand within reach, nearest
// first.
func within(stations []listed, m pipeline.Municipality) []listed {
	var near []listed
	for _, s := range stations {
		s.km = distance(m.Latitude, m.Longitude, s.lat, s.lon)
		if s.active && s.km <= reach {
			near = append(near, s)
		}
	}
	slices.SortFunc(near, func(a, b listed) int { return cmp.Or(cmp.Compare(a.km, b.km), strings.Compare(a.id, b.id)) })
	return near
}

// bySeries puts first the stations whose series begin early enough, nearest first,
// then the others, the longest series first.
func bySeries(near []listed, since time.Time) []listed {
	ordered := slices.Clone(near)
	slices.SortStableFunc(ordered, func(a, b listed) int {
		return later(a.from, since).Compare(later(b.from, since))
	})
	return ordered
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
