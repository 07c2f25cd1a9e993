package standin

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
)

// answered asks a stand-in with no limits.
func answered(t *testing.T, d Dialect, path string) (status int, contents string) {
	t.Helper()
	c := &clock{now: start}
	s, err := Listen(d, Options{Clock: c.Now, NoLimits: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	r, content, err := get(t, bare(), s.Address()+path)
	if err != nil {
		t.Fatal(err)
	}
	return r.StatusCode, string(content)
}

func TestSMHIAnswers(t *testing.T) {
	d := NewSMHI(SMHIStation{ID: "1", Name: "Ålö", Latitude: 57, Longitude: 12, From: start.AddDate(-1, 0, 0)},
		SMHIStation{ID: "2", Name: "Closed", Latitude: 57, Longitude: 12, From: start.AddDate(-9, 0, 0), To: start.AddDate(-8, 0, 0)},
		SMHIStation{ID: "3", Name: "New", Latitude: 57, Longitude: 12, From: start.AddDate(0, -2, 0), NoArchive: true})
	for path, want := range map[string]struct {
		status int
		text   string
	}{
		"/parameter/1.json": {200, `"active":false`},
		"/parameter/2/station/1/period/corrected-archive/data.csv":  {200, "Representativt dygn;Lufttemperatur;Kvalitet;;Tidsutsnitt:\r\n"},
		"/parameter/1/station/1/period/corrected-archive/data.json": {404, "Not Found"},
		"/parameter/1/station/1/period/latest-months/data.json":     {200, `"parameter":{"key":"1"`},
		"/parameter/1/station/2/period/latest-months/data.csv":      {404, "Not Found"},
		"/parameter/1/station/2/period/corrected-archive/data.csv":  {200, "Closed;2;"},
		"/parameter/1/station/3/period/corrected-archive/data.csv":  {404, "Not Found"},
		"/parameter/1/station/4/period/latest-months/data.csv":      {404, "Not Found"},
		"/parameter/6.json": {404, "Not Found"},
	} {
		if status, contents := answered(t, d, path); status != want.status || !strings.Contains(contents, want.text) {
			t.Errorf("%s: %d %.200s", path, status, contents)
		}
	}
	// The archive ends three months back, and latest months begin before that.
	_, archive := answered(t, d, "/parameter/2/station/1/period/corrected-archive/data.csv")
	_, latest := answered(t, d, "/parameter/2/station/1/period/latest-months/data.csv")
	if !strings.Contains(archive, ";2026-06-") || strings.Contains(archive, ";2026-07-01;") || !strings.Contains(latest, ";2026-06-") || !strings.Contains(latest, ";2026-10-") {
		t.Errorf("%s\n%s", archive[len(archive)-200:], latest[len(latest)-200:])
	}
}

func TestPVGISAnswersAndRefuses(t *testing.T) {
	const whole = "peakpower=1&loss=14&optimalangles=1&outputformat=json"
	d := NewPVGIS([2]float64{56, 11})
	for path, want := range map[string]struct {
		status int
		text   string
	}{
		"/PVcalc?lat=57&lon=13&" + whole: {200, `"E_y":`},
		"/seriescalc?lat=57&lon=13&pvcalculation=1&startyear=2020&endyear=2020&" + whole: {200, `"time": "20201231:2311"`},
		"/PVcalc?lat=56&lon=11&" + whole:                                                 {400, "Location over the sea"},
		"/PVcalc?lat=57&lon=13&loss=14&outputformat=json":                                {400, `"message":"peakpower Mandatory"`},
		"/PVcalc?lon=13&" + whole:                                                        {400, "lat Mandatory"},
		"/seriescalc?lat=57&lon=13&pvcalculation=1&startyear=2024&endyear=2024&" + whole: {400, "between 2005 and 2023"},
		"/tmy?lat=57&lon=13&outputformat=json":                                           {404, "Not Found"},
	} {
		if status, contents := answered(t, d, path); status != want.status || !strings.Contains(contents, want.text) || !json.Valid([]byte(contents)) {
			t.Errorf("%s: %d %.200s", path, status, contents)
		}
	}
	// By day panels give power, and by night none.
	q := pvgisQuestion{lat: 57, lon: 13, kw: 1}
	noon, _, _, _ := q.at(time.Date(2020, 6, 21, 11, 11, 0, 0, time.UTC))
	night, _, _, _ := q.at(time.Date(2020, 12, 21, 23, 11, 0, 0, time.UTC))
	if noon < 200 || noon > 1000 || night != 0 {
		t.Errorf("noon %v W, night %v W", noon, night)
	}
}

func TestEurostatAnswersAndRefuses(t *testing.T) {
	for path, want := range map[string]struct {
		status int
		text   string
	}{
		"/nrg_chddr2_a?format=JSON&geo=DK021&geo=SE231":               {200, `"size":[1,1,2,2,5]`},
		"/nrg_chddr2_m?format=JSON&geo=DK021&sinceTimePeriod=2026-01": {200, `"size":[1,1,2,1,8]`},
		"/nrg_chddr2_a?format=JSON&geo=XX000":                         {400, `"label":"Invalid value XX000 for dimension geo"`},
		"/nrg_chddr2_a?format=JSON&land=DK":                           {400, "Dimension land does not exist"},
		"/nrg_chdd_a?format=JSON":                                     {404, "not found"},
	} {
		if status, contents := answered(t, NewEurostat(2021), path); status != want.status || !strings.Contains(contents, want.text) {
			t.Errorf("%s: %d %.300s", path, status, contents)
		}
	}
}
