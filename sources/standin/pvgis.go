package standin

import (
	"fmt"
	"io"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"

	"samkraft/pipeline"
)

// PVGIS is the European Commission's calculator of solar power: PVcalc and
// seriescalc in JSON, for any place, from the sun's height and clouds drawn from a
// hash.
type PVGIS struct {
	sea  [][2]float64
	days int
}

// NewPVGIS has figures for every place but these, latitude and longitude to two
// decimals, which lie in the sea.
func NewPVGIS(sea ...[2]float64) *PVGIS { return &PVGIS{sea: sea} }

// FirstDays lets answers by hour end after so many days, for tests that need no
// whole year.
func (p *PVGIS) FirstDays(n int) *PVGIS {
	p.days = n
	return p
}

// Source is pvgis.
func (p *PVGIS) Source() string { return "pvgis" }

// Service has the limit that the service states.
func (p *PVGIS) Service() pipeline.Service {
	return pipeline.Service{ID: "pvgis", Address: "https://re.jrc.ec.europa.eu/api/v5_3", Limits: []pipeline.Limit{{Requests: 30, Window: time.Second, Scope: pipeline.PerHost}}}
}

// Twists are those of one answer: the service has no pages.
func (p *PVGIS) Twists() []Twist {
	return []Twist{ChangedHeader, ExtraColumn, RenamedColumn, DuplicateRows, NoRows}
}

// DataSet is none: the limit counts all requests.
func (p *PVGIS) DataSet(*Request) string { return "" }

// pvgisError has the shape of the service's errors.
func pvgisError(status int, message string) Answer {
	return JSON(status, map[string]any{"message": message, "status": status})
}

// pvgisQuestion is what is asked for.
type pvgisQuestion struct {
	lat, lon, kw, loss float64
	first, last        int // years
	days               int // of them; 0: all
	slope, azimuth     float64
	optimal            bool
	twist              Twist
}

// Answer answers for a place, and says what is missing or wrong in the question.
func (p *PVGIS) Answer(r *Request) Answer {
	tool := strings.TrimPrefix(r.URL.Path, "/")
	if tool != "PVcalc" && tool != "seriescalc" {
		return pvgisError(http.StatusNotFound, "Not Found")
	}
	if r.Method != http.MethodGet {
		return pvgisError(http.StatusMethodNotAllowed, "Method Not Allowed")
	}
	q, wrong := readPVGIS(r, tool)
	if wrong != "" {
		return pvgisError(http.StatusBadRequest, wrong)
	}
	for _, s := range p.sea {
		if math.Abs(s[0]-q.lat) < 0.005 && math.Abs(s[1]-q.lon) < 0.005 {
			return pvgisError(http.StatusBadRequest, "Location over the sea. Please, select another location")
		}
	}
	if tool == "PVcalc" {
		return JSON(0, q.year())
	}
	q.days = p.days
	return Answer{Type: "application/json", Body: q.hours}
}

// readPVGIS reads the parameters, and says in the service's manner what is wrong.
func readPVGIS(r *Request, tool string) (q pvgisQuestion, wrong string) {
	query := r.URL.Query()
	q = pvgisQuestion{first: 2005, last: 2023, twist: r.Twist, optimal: query.Get("optimalangles") == "1"}
	if query.Get("outputformat") != "json" {
		return q, "outputformat: this stand-in writes json"
	}
	for _, n := range []struct {
		name     string
		into     *float64
		low, top float64
		required bool
	}{{"lat", &q.lat, -90, 90, true}, {"lon", &q.lon, -180, 180, true}, {"peakpower", &q.kw, 0, 1e8, true}, {"loss", &q.loss, -5, 100, true},
		{"angle", &q.slope, 0, 90, false}, {"aspect", &q.azimuth, -180, 180, false}} {
		text := query.Get(n.name)
		if text == "" && n.required {
			return q, n.name + " Mandatory"
		}
		if text == "" {
			continue
		}
		v, err := strconv.ParseFloat(text, 64)
		if err != nil || v < n.low || v > n.top {
			return q, "Incorrect value for " + n.name
		}
		*n.into = v
	}
	if q.optimal {
		q.slope, q.azimuth = math.Round(q.lat*0.72), math.Round(float64(seed(query.Get("lat"), query.Get("lon"))%7)-3)
	}
	if tool == "PVcalc" {
		return q, ""
	}
	if query.Get("pvcalculation") != "1" {
		return q, "pvcalculation: this stand-in gives hours with power"
	}
	for name, into := range map[string]*int{"startyear": &q.first, "endyear": &q.last} {
		if text := query.Get(name); text != "" {
			year, err := strconv.Atoi(text)
			if err != nil || year < 2005 || year > 2023 {
				return q, "Incorrect value for startyear or endyear. It must be between 2005 and 2023"
			}
			*into = year
		}
	}
	if q.last < q.first {
		return q, "startyear must not be later than endyear"
	}
	return q, ""
}

// sun is the sine of the sun's height at the place, of which the night has less than 0.
func (q pvgisQuestion) sun(t time.Time) float64 {
	const rad = math.Pi / 180
	declination := 23.44 * rad * math.Sin(2*math.Pi*float64(t.YearDay()-81)/365)
	angle := (float64(t.Hour()*60+t.Minute())/4 + q.lon - 180) * rad
	return math.Sin(q.lat*rad)*math.Sin(declination) + math.Cos(q.lat*rad)*math.Cos(declination)*math.Cos(angle)
}

// at is power (W), sunlight (W/m2), the sun's height and the air's temperature at a time.
func (q pvgisQuestion) at(t time.Time) (power, light, height, degrees float64) {
	sine := q.sun(t)
	drawn := mix(math.Float64bits(q.lat) ^ math.Float64bits(q.lon)<<1 + uint64(t.Unix()))
	if sine > 0 {
		light = pvgisRound(1050 * sine * float64(30+drawn%70) / 100)
	}
	power = pvgisRound(q.kw * light * (1 - q.loss/100) * 0.93)
	return power, light, pvgisRound(max(0, math.Asin(sine)*180/math.Pi)), pvgisRound(8 + 12*sine + float64(drawn%50)/10)
}

func pvgisRound(v float64) float64 { return math.Round(v*100) / 100 }

// hours writes seriescalc's answer: the minute is that of the satellite's picture.
func (q pvgisQuestion) hours(w io.Writer) error {
	rows, power, more := "hourly", "P", ""
	switch q.twist {
	case ChangedHeader:
		rows = "hours"
	case RenamedColumn:
		power = "Power"
	case ExtraColumn:
		more = `, "Quality": 1.0`
	}
	if _, err := fmt.Fprintf(w, `{"inputs": %s, "outputs": {%q: [`, pvgisText(q.inputs()), rows); err != nil {
		return err
	}
	comma := ""
	begin, end := time.Date(q.first, 1, 1, 0, 11, 0, 0, time.UTC), time.Date(q.last+1, 1, 1, 0, 0, 0, 0, time.UTC)
	if q.days > 0 {
		end = begin.AddDate(0, 0, q.days)
	}
	for t := begin; t.Before(end) && q.twist != NoRows; t = t.Add(time.Hour) {
		p, light, height, degrees := q.at(t)
		row := fmt.Sprintf(`%s{"time": %q, %q: %.2f, "G(i)": %.2f, "H_sun": %.2f, "T2m": %.2f, "WS10m": 3.45, "Int": 0.0%s}`, comma, t.Format("20060102:1504"), power, p, light, height, degrees, more)
		comma = ", "
		if q.twist == DuplicateRows && t.Hour() == 12 && t.YearDay() == 1 {
			row += comma + strings.TrimPrefix(row, comma)
		}
		if _, err := io.WriteString(w, row); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(w, `]}, "meta": %s}`, pvgisText(pvgisMeta(map[string]any{"hourly": pvgisUnits("P", "W", "G(i)", "W/m2", "H_sun", "degree", "T2m", "degree Celsius", "WS10m", "m/s")})))
	return err
}
