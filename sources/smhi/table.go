package smhi

import (
	"fmt"
	"time"

	"samkraft/pipeline"
	"samkraft/sources"
)

const (
	temperatureHour = "smhi_temperature_hour"
	temperatureDay  = "smhi_temperature_day"
	stationHourly   = "smhi_station_hourly"
	stationDaily    = "smhi_station_daily"
)

const qualityText = "SMHI's mark of quality: G controlled and approved, Y roughly controlled, suspect or aggregated, R rejected (then there is no temperature)"

var hourTable = pipeline.Table{
	Name:        temperatureHour,
	Description: "Air temperature at a weather station, measured once every hour. An hour without a measurement has no row.",
	Key:         []string{"station_id", "hour_utc"},
	Columns: []pipeline.Column{
		{Name: "station_id", Kind: pipeline.Text, Description: "SMHI's number of the weather station"},
		{Name: "hour_utc", Kind: pipeline.Instant, Description: "Time of the measurement, UTC"},
		{Name: "station_name", Kind: pipeline.Text, Description: "SMHI's name of the weather station"},
		{Name: "temperature_degc", Kind: pipeline.Number, Unit: "degC", Description: "Air temperature at that time"},
		{Name: "quality", Kind: pipeline.Text, Description: qualityText},
	},
}

var dayTable = pipeline.Table{
	Name:        temperatureDay,
	Description: "Mean air temperature of a day at a weather station. A day without a mean has no row.",
	Key:         []string{"station_id", "day"},
	Columns: []pipeline.Column{
		{Name: "station_id", Kind: pipeline.Text, Description: "SMHI's number of the weather station"},
		{Name: "day", Kind: pipeline.Date, Description: "The day, from midnight to midnight UTC"},
		{Name: "temperature_degc", Kind: pipeline.Number, Unit: "degC", Description: "Mean air temperature of the day"},
		{Name: "quality", Kind: pipeline.Text, Description: qualityText + "; daily means are aggregated, so Y is the normal mark"},
	},
}

func stationTable(name, resolution string) pipeline.Table {
	return pipeline.Table{
		Name:        name,
		Description: "Weather stations with " + resolution + " temperatures, at their latest position.",
		Key:         []string{"station_id"},
		Columns: []pipeline.Column{
			{Name: "station_id", Kind: pipeline.Text, Description: "SMHI's number of the weather station"},
			{Name: "name", Kind: pipeline.Text, Description: "SMHI's name of the weather station"},
			{Name: "lon_deg", Kind: pipeline.Number, Unit: "deg", Description: "Longitude, degrees east"},
			{Name: "lat_deg", Kind: pipeline.Number, Unit: "deg", Description: "Latitude, degrees north"},
			{Name: "height_m", Kind: pipeline.Number, Unit: "m", Description: "Height of the station above sea level"},
		},
	}
}

// station is what both forms tell about where was measured.
type station struct {
	id, name string
	position position
}

type position struct {
	lon, lat, height float64
	from             time.Time
}

// check returns what is wrong with a station, or "".
func (s station) check() string {
	if !sources.Digits(s.id) || len(s.id) > 10 {
		return fmt.Sprintf("the station's number %q is none", s.id)
	}
	if s.name == "" {
		return "the station has no name"
	}
	p := s.position
	if p.lon < 10 || p.lon > 25 || p.lat < 54.5 || p.lat > 69.5 {
		return fmt.Sprintf("the station stands at %v degrees north and %v degrees east, which is outside Sweden", p.lat, p.lon)
	}
	if p.height < -50 || p.height > 2200 {
		return fmt.Sprintf("the station stands %v m above sea level", p.height)
	}
	return ""
}

// reading reads a temperature with its mark of quality. SMHI says that it does
// not deliver values that are marked R; should one come, it is a measurement
// that was rejected, so the row stays and its temperature does not. A text that
// is no number is never a missing value here: what is missing is absent.
func reading(temperature, quality string) (value any, what, expected string) {
	switch quality {
	case "G", "Y", "R":
	default:
		return nil, fmt.Sprintf("unknown mark of quality %q", quality), "G, Y or R"
	}
	d, err := pipeline.ParseDecimal(temperature, '.')
	if err != nil {
		return nil, err.Error(), "degrees Celsius with a decimal point"
	}
	if f := d.Float(); f < -60 || f > 60 {
		return nil, fmt.Sprintf("%s is no air temperature", temperature), "-60 to 60 degrees Celsius"
	}
	if quality == "R" {
		return nil, "", ""
	}
	return d, "", ""
}

// checkUnit: the service has called the same unit by two names.
func checkUnit(unit string) string {
	if unit == "celsius" || unit == "degree celsius" {
		return ""
	}
	return fmt.Sprintf("the unit is %q", unit)
}

// SMHI's oldest series begin in the eighteenth century.
func plausible(t time.Time) bool { return t.Year() >= 1700 && t.Year() <= 2100 }
