package standin

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"samkraft/pipeline"
)

// Eurostat is the statistics API with the degree days of regions, drawn from a hash:
// every seventieth cell is not known.
type Eurostat struct {
	regions []string
	first   int
}

// NewEurostat has the NUTS 3 regions of Denmark and Sweden from a year on: the real
// one begins with 1979.
func NewEurostat(first int) *Eurostat {
	var regions []string
	for _, m := range pipeline.Municipalities() {
		if !slices.Contains(regions, m.NUTS3) {
			regions = append(regions, m.NUTS3)
		}
	}
	slices.Sort(regions)
	return &Eurostat{regions, first}
}

// Source is eurostat.
func (e *Eurostat) Source() string { return "eurostat" }

// Service has no limits, since none is known.
func (e *Eurostat) Service() pipeline.Service {
	return pipeline.Service{ID: "statistics", Address: "https://ec.europa.eu/eurostat/api/dissemination/statistics/1.0/data"}
}

// Twists are those of one answer: the service has no pages.
func (e *Eurostat) Twists() []Twist {
	return []Twist{ChangedHeader, ExtraColumn, RenamedColumn, NoRows}
}

// DataSet is none: nothing is limited.
func (e *Eurostat) DataSet(*Request) string { return "" }

// eurostatDimension is one side of the answer's cube.
type eurostatDimension struct {
	id    string
	codes []string
}

// Answer answers for the degree days by year and by month.
func (e *Eurostat) Answer(r *Request) Answer {
	set := strings.ToLower(strings.TrimPrefix(r.URL.Path, "/"))
	label := map[string]string{"nrg_chddr2_a": "annual", "nrg_chddr2_m": "monthly"}[set]
	if label == "" || r.Method != http.MethodGet {
		return eurostatError(http.StatusNotFound, "Dataflow "+set+" not found")
	}
	updated := time.Date(r.Now.Year(), r.Now.Month(), 7, 23, 0, 0, 0, time.FixedZone("", 3600)).AddDate(0, -1, 0)
	cube := []eurostatDimension{
		{"freq", []string{strings.ToUpper(label[:1])}}, {"unit", []string{"NR"}}, {"indic_nrg", []string{"CDD", "HDD"}}, {"geo", e.regions}, {"time", e.times(label, updated)}}
	cube, wrong := eurostatSelect(cube, r.URL.Query())
	if wrong != "" {
		return eurostatError(http.StatusBadRequest, wrong)
	}
	return JSON(0, eurostatCube(cube, set, label, updated, r.Twist))
}

func eurostatError(status int, label string) Answer {
	return JSON(status, map[string]any{"error": []map[string]any{{"status": status, "id": 100, "label": label}}})
}

// times are the periods from the first to the one before the last update.
func (e *Eurostat) times(label string, updated time.Time) []string {
	var times []string
	for t := time.Date(e.first, 1, 1, 0, 0, 0, 0, time.UTC); ; {
		end, layout := t.AddDate(0, 1, 0), "2006-01"
		if label == "annual" {
			end, layout = t.AddDate(1, 0, 0), "2006"
		}
		if end.After(updated) {
			return times
		}
		times = append(times, t.Format(layout))
		t = end
	}
}

// eurostatSelect keeps the codes that are asked for, in the order of the data set.
func eurostatSelect(cube []eurostatDimension, q url.Values) (selected []eurostatDimension, wrong string) {
	if q.Get("format") != "JSON" {
		return nil, "Unsupported format"
	}
	for name := range q {
		if name != "format" && name != "lang" && name != "sinceTimePeriod" && !slices.ContainsFunc(cube, func(d eurostatDimension) bool { return d.id == name }) {
			return nil, "Dimension " + name + " does not exist"
		}
	}
	for _, d := range cube {
		kept := eurostatDimension{id: d.id}
		for _, code := range d.codes {
			if (q[d.id] == nil || slices.Contains(q[d.id], code)) && (d.id != "time" || code >= q.Get("sinceTimePeriod")) {
				kept.codes = append(kept.codes, code)
			}
		}
		for _, code := range q[d.id] {
			if !slices.Contains(d.codes, code) {
				return nil, "Invalid value " + code + " for dimension " + d.id
			}
		}
		selected = append(selected, kept)
	}
	return selected, ""
}

// eurostatCube writes cells sparsely, and the last period as provisional.
func eurostatCube(cube []eurostatDimension, set, label string, updated time.Time, twist Twist) map[string]any {
	switch twist {
	case ChangedHeader: // the dimension of regions has another name
		cube[3].id = "region"
	case ExtraColumn: // one dimension more
		cube = append(cube, eurostatDimension{"statinfo", []string{"MEAN"}})
	case RenamedColumn: // an indicator of another definition
		cube[2].codes = []string{"CDD_21", "HDD_18"}
	}
	cells := 1
	ids, sizes, dimensions := []string{}, []int{}, map[string]any{}
	for _, d := range cube {
		cells *= len(d.codes)
		index, labels := map[string]int{}, map[string]string{}
		for i, code := range d.codes {
			index[code], labels[code] = i, code
		}
		ids, sizes = append(ids, d.id), append(sizes, len(d.codes))
		dimensions[d.id] = map[string]any{"label": d.id, "category": map[string]any{"index": index, "label": labels}}
	}
	values, flags, base := map[string]float64{}, map[string]string{}, seed(append(ids, set)...)
	times := len(cube[4].codes)
	for i := range cells {
		drawn, key := mix(base+uint64(i)), strconv.Itoa(i)
		if twist == NoRows || drawn%70 == 0 {
			continue
		}
		values[key] = float64(drawn%40000) / 100
		if i%times == times-1 {
			flags[key] = "p"
		}
	}
	answer := map[string]any{"version": "2.0", "class": "dataset", "label": "Cooling and heating degree days by NUTS 3 regions - " + label + " data", "source": "ESTAT",
		"updated": updated.Format("2006-01-02T15:04:05-0700"), "value": values, "id": ids, "size": sizes, "dimension": dimensions,
		"extension": map[string]any{"lang": "EN", "id": strings.ToUpper(set), "agencyId": "ESTAT", "version": "1.0"}}
	if len(flags) > 0 {
		answer["status"] = flags
	}
	return answer
}
