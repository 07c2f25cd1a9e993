package standin

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"samkraft/pipeline"
)

// DMI is the climate data of the Danish weather service by municipality, by day,
// month and year, drawn from a hash.
type DMI struct {
	places []string // four digits
	most   int

	mu       sync.Mutex
	revision int
}

// NewDMI has values of the municipalities with these codes of three digits, and
// gives at most so many on a page, whatever is asked for.
func NewDMI(most int, municipalities ...string) *DMI {
	d := &DMI{most: most}
	for _, code := range municipalities {
		d.places = append(d.places, "0"+code)
	}
	return d
}

// Revise computes all values anew.
func (d *DMI) Revise() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.revision++
}

// Source is dmi.
func (d *DMI) Source() string { return "dmi" }

// Service has the fair use that DMI asks for.
func (d *DMI) Service() pipeline.Service {
	return pipeline.Service{ID: "climateData", Address: "https://opendataapi.dmi.dk/v2/climateData", Limits: []pipeline.Limit{
		{Requests: 500, Window: 5 * time.Second, Scope: pipeline.PerHost},
	}}
}

// Twists are those that a list of features can have.
func (d *DMI) Twists() []Twist {
	return []Twist{ExtraColumn, RenamedColumn, DuplicateRows, MovingRows, NoRows}
}

// DataSet is the collection.
func (d *DMI) DataSet(r *Request) string {
	collection, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/collections/"), "/")
	return collection
}

// dmiMean is about what a parameter is in Denmark.
var dmiMean = map[string]float64{"mean_temp": 9, "acc_heating_degree_days_17": 8, "mean_radiation": 10, "mean_wind_speed": 5, "acc_precip": 2}

const dmiPath = "/collections/municipalityValue/items"

// Answer answers for a page of values; with 404 where there is none for all that was
// asked.
func (d *DMI) Answer(r *Request) Answer {
	if r.URL.Path != dmiPath || r.Method != http.MethodGet {
		return dmiError(http.StatusNotFound, "Resource not found")
	}
	q := r.URL.Query()
	values, err := d.values(q, r.Now)
	if err != nil {
		return dmiError(http.StatusBadRequest, err.Error())
	}
	limit, offset := 1000, 0
	for name, target := range map[string]*int{"limit": &limit, "offset": &offset} {
		if !q.Has(name) {
			continue
		}
		if *target, err = strconv.Atoi(q.Get(name)); err != nil || *target < 0 || *target > 300_000 {
			return dmiError(http.StatusBadRequest, "Invalid value of "+name)
		}
	}
	if len(values) == 0 {
		return dmiError(http.StatusNotFound, "No items found")
	}
	if r.Twist == MovingRows && offset > 0 {
		values = values[1:] // the newest was withdrawn
	}
	rest := values[min(offset, len(values)):]
	page := slices.Clone(rest[:min(limit, d.most, len(rest))])
	if r.Twist == NoRows {
		page, rest = nil, nil
	}
	if r.Twist == DuplicateRows && len(page) > 0 {
		page = append(page, page[0])
	}
	features := []any{}
	for _, v := range page {
		features = append(features, v.feature(r))
	}
	links := []any{dmiLink("self", r, offset)}
	if len(rest) > len(page) {
		links = append(links, dmiLink("next", r, offset+len(page)))
	}
	return JSON(0, map[string]any{"type": "FeatureCollection", "features": features, "timeStamp": r.Now.UTC().Format("2006-01-02T15:04:05Z"), "numberReturned": len(features), "links": links})
}

// dmiValue is one value. Its period is that of the Danish calendar.
type dmiValue struct {
	place, parameter, resolution string
	from, to                     time.Time
	seed                         uint64
}

// values lists what a question is about, the latest first.
func (d *DMI) values(q url.Values, now time.Time) ([]dmiValue, error) {
	begin, end, _ := strings.Cut(q.Get("datetime"), "/")
	from, err := time.Parse(time.RFC3339, begin)
	if err != nil {
		return nil, err
	}
	to, err := time.Parse(time.RFC3339, end)
	if err != nil {
		return nil, err
	}
	parameter, resolution, place := q.Get("parameterId"), q.Get("timeResolution"), q.Get("municipalityId")
	years, months, days := 0, 0, 0
	switch resolution {
	case "year":
		years = 1
	case "month":
		months = 1
	case "day":
		days = 1
	default:
		return nil, fmt.Errorf("timeResolution %q is invalid", resolution)
	}
	if dmiMean[parameter] == 0 {
		return nil, fmt.Errorf("parameterId %q is unknown", parameter)
	}
	if !slices.Contains(d.places, place) {
		return nil, nil
	}
	d.mu.Lock()
	revision := d.revision
	d.mu.Unlock()
	var all []dmiValue
	for date := time.Date(from.Year()-1, time.January, 1, 0, 0, 0, 0, time.UTC); ; {
		next := date.AddDate(years, months, days)
		v := dmiValue{place: place, parameter: parameter, resolution: resolution, from: fromDanish(date), to: fromDanish(next)}
		if v.from.After(to) || v.to.After(now.Add(-6*time.Hour)) {
			break
		}
		v.seed = seed(place, parameter, resolution, v.from.String(), strconv.Itoa(revision))
		if !v.from.Before(from) {
			all = append(all, v)
		}
		date = next
	}
	slices.Reverse(all)
	return all, nil
}

// feature writes a value as the service does: one in sixty is invalid, and some have
// labels with a fraction of a second.
func (v dmiValue) feature(r *Request) any {
	share := float64(v.seed>>11) / (1 << 53)
	scale := 1.0
	if v.resolution == "month" && strings.HasPrefix(v.parameter, "acc_") {
		scale = 30
	}
	label := "2006-01-02T15:04:05+00:00"
	if v.seed%3 == 0 {
		label = "2006-01-02T15:04:05.001000+00:00"
	}
	value := float64(int(dmiMean[v.parameter]*scale*2*share*10)) / 10
	m, _ := pipeline.FindMunicipality("DK", v.place) // codes are given by tests
	properties := map[string]any{
		"municipalityId": v.place, "municipalityName": m.Name, "parameterId": v.parameter, "timeResolution": v.resolution,
		"from": v.from.Format(label), "to": v.to.Format("2006-01-02T15:04:05+00:00"), "value": value,
		"calculatedAt": v.to.Add(3 * time.Hour).Format("2006-01-02T15:04:05.000000"), "created": v.to.Add(3 * time.Hour).Format("2006-01-02T15:04:05.000000"),
		"validity": v.seed%60 != 0, "qcStatus": []string{"none", "manual"}[v.seed%2], "noValuesInCalculation": 24,
	}
	switch r.Twist {
	case ExtraColumn:
		properties["method"] = "interpolated"
	case RenamedColumn:
		delete(properties, "value")
		properties["mean"] = value
	}
	return map[string]any{"type": "Feature", "id": fmt.Sprintf("%08x-0000-4000-8000-%012x", v.seed>>32, v.seed&0xffffffff),
		"geometry": map[string]any{"type": "Point", "coordinates": []float64{m.Longitude, m.Latitude}}, "properties": properties}
}

// dmiLink names the real address of the service, wherever the answer comes from.
func dmiLink(rel string, r *Request, offset int) any {
	q := r.URL.Query()
	q.Set("offset", strconv.Itoa(offset))
	return map[string]any{"rel": rel, "type": "application/geo+json", "href": "https://opendataapi.dmi.dk/v2/climateData" + dmiPath + "?" + q.Encode()}
}

func dmiError(status int, message string) Answer {
	return JSON(status, map[string]any{"http_status_code": status, "message": message})
}
