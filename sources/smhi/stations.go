package smhi

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"time"

	"samkraft/pipeline"
	"samkraft/sources"
)

// maxStations is many times the service's longest list, of about a thousand.
const maxStations = 20000

// quiet is how long ago a station's last figure may be for it to count as measuring
// today: the service has marked stations as active that had fallen silent.
const quiet = 60 * day

// listed is a station in the list of a parameter.
type listed struct {
	id       string
	lat, lon float64
	from     time.Time // begin of its series
	active   bool      // it measures today
	km       float64   // from where it is wanted
}

// readStations reads the list of the stations that measure a parameter.
func readStations(ctx context.Context, part pipeline.Part, parameter string) ([]listed, error) {
	j, err := sources.OpenJSON(part, maxJSON, "a list of about a thousand stations", "the service's list of stations in JSON")
	if err != nil {
		return nil, err
	}
	defer j.Close()
	var updated int64
	var key string
	var all []entry
	err = j.Object("", func(name string) error {
		var skipped json.RawMessage
		switch name {
		case "key":
			return decode(j, name, &key)
		case "updated":
			return decode(j, name, &updated)
		case "station":
			all, err = readEntries(ctx, j)
			return err
		}
		return decode(j, name, &skipped)
	})
	if err != nil {
		return nil, err
	}
	if key != parameter {
		return nil, j.Problem("key", fmt.Sprintf("the list is about parameter %q", key), "parameter "+parameter)
	}
	now := time.UnixMilli(updated).UTC()
	if now.Year() < 1990 || now.Year() > 2100 {
		return nil, j.Problem("updated", fmt.Sprintf("%d is not the time of a list", updated), "milliseconds since 1970")
	}
	if len(all) == 0 {
		return nil, j.Problem("station", "there is no station", "the stations that measure the parameter")
	}
	stations := make([]listed, len(all))
	for i, e := range all {
		if what := e.check(); what != "" {
			return nil, j.Problem(fmt.Sprintf("station[%d]", i), what, "number, position, begin and end of the series, and whether it is active")
		}
		stations[i] = listed{id: e.Key, lat: *e.Latitude, lon: *e.Longitude, from: time.UnixMilli(*e.From).UTC(), active: *e.Active && now.Sub(time.UnixMilli(*e.To)) <= quiet}
	}
	return stations, nil
}

// entry is what is read of a station in the list.
type entry struct {
	Key                 string
	Latitude, Longitude *float64
	From, To            *int64
	Active              *bool
}

func readEntries(ctx context.Context, j *sources.JSON) ([]entry, error) {
	if err := j.Delim("station", '['); err != nil {
		return nil, err
	}
	var all []entry
	for i := 0; j.More(); i++ {
		path := fmt.Sprintf("station[%d]", i)
		if i == maxStations || ctx.Err() != nil {
			return nil, j.Problem(path, "the list does not end, or reading was stopped", "about a thousand stations")
		}
		var e entry
		if err := decode(j, path, &e); err != nil {
			return nil, err
		}
		all = append(all, e)
	}
	return all, j.Delim("station", ']')
}

// check returns what is wrong with an entry, or "". Stations stand outside Sweden
// too (on ships, in the Antarctic): they are only far away.
func (e entry) check() string {
	switch {
	case !sources.Digits(e.Key) || len(e.Key) > 10:
		return fmt.Sprintf("the station's number %q is none", e.Key)
	case e.Latitude == nil || e.Longitude == nil || e.From == nil || e.To == nil || e.Active == nil:
		return "latitude, longitude, from, to or active is missing"
	case math.Abs(*e.Latitude) > 90 || math.Abs(*e.Longitude) > 180:
		return fmt.Sprintf("%v, %v is not a place", *e.Latitude, *e.Longitude)
	}
	return ""
}

// earthRadius is the mean one, in km.
const earthRadius = 6371.0088

// distance is the great circle between two points in degrees, in km (haversine).
func distance(lat1, lon1, lat2, lon2 float64) float64 {
	rad := math.Pi / 180
	sinLat, sinLon := math.Sin((lat2-lat1)*rad/2), math.Sin((lon2-lon1)*rad/2)
	return 2 * earthRadius * math.Asin(math.Min(1, math.Sqrt(sinLat*sinLat+math.Cos(lat1*rad)*math.Cos(lat2*rad)*sinLon*sinLon)))
}
