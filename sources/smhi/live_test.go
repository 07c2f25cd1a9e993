package smhi

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"samkraft/pipeline"
	"samkraft/sources/sourcetest"
)

func date(year int) time.Time { return time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC) }

func want(t *testing.T, members ...string) pipeline.Want {
	w := pipeline.Want{Years: []int{2022}, From: date(2020), To: date(2025), Now: date(2025)}
	for _, m := range members {
		country, code, _ := strings.Cut(m, " ")
		found, err := pipeline.FindMunicipality(country, code)
		if err != nil {
			t.Fatal(err)
		}
		w.Members = append(w.Members, found)
	}
	return w
}

// list writes a list of stations: number, latitude, longitude, year of the first
// figure, whether active, year of the last.
func list(parameter string, stations ...string) string {
	text := fmt.Sprintf(`{"key":%q,"updated":%d,"title":"Lufttemperatur","link":[],"station":[`, parameter, date(2025).UnixMilli())
	for i, s := range stations {
		var key string
		var lat, lon float64
		var from, to int
		var active bool
		fmt.Sscan(s, &key, &lat, &lon, &from, &active, &to)
		if i > 0 {
			text += ","
		}
		text += fmt.Sprintf(`{"name":"S%s","key":%q,"id":%s,"latitude":%v,"longitude":%v,"height":5.0,"active":%v,"from":%d,"to":%d}`, key, key, key, lat, lon, active, date(from).UnixMilli(), date(to).UnixMilli())
	}
	return text + "]}"
}

// Hylte lies at 57.0 N, 13.2 E.
var stations = []string{
	"10 57.0 13.2 2021 true 2025",   // at the place, too young
	"20 57.1 13.2 2010 true 2025",   // near, early enough for what is wanted
	"30 57.3 13.2 1961 true 2025",   // farther, with a normal year
	"40 57.05 13.2 1950 false 2025", // closed
	"50 57.05 13.2 1950 true 2024",  // silent for a year
	"60 62.0 13.2 1900 true 2025",   // far away
}

func TestStationsThatServe(t *testing.T) {
	for name, c := range map[string]struct {
		stations []string
		absent   []string
		asked    string
	}{
		"the nearest that is old enough, and one with a normal year": {stations, nil, "20 30"},
		"the next where one has no archive":                          {stations, []string{"20"}, "20 30"},
		"none has a normal year: the longest series":                 {stations[:2], nil, "20"},
		"none is old enough":                                         {stations[:1], nil, "10"},
		"none is within reach":                                       {stations[3:], nil, ""},
		"none has the period":                                        {stations[:2], []string{"10", "20"}, "20 10"},
	} {
		t.Run(name, func(t *testing.T) {
			asked, found := []string{}, 0
			p := Source{}.Pieces(daily, want(t, "SE 1315"))[0]
			err := Source{}.Fetch(context.Background(), daily, p, func(_ context.Context, r pipeline.Request) (pipeline.Answer, error) {
				if r.Path == "/parameter/2.json" && r.Role == "" {
					return pipeline.Answer{Part: sourcetest.Part("list", []byte(list("2", c.stations...)))}, nil
				}
				station, ok := strings.CutPrefix(r.Path, "/parameter/2/station/")
				station, end := strings.CutSuffix(station, "/period/corrected-archive/data.csv")
				if !ok || !end || !r.Absent || r.Role != "data" {
					t.Fatalf("asks %+v", r)
				}
				asked = append(asked, station)
				absent := slices.Contains(c.absent, station)
				if !absent {
					found++
				}
				return pipeline.Answer{Absent: absent}, nil
			})
			if strings.Join(asked, " ") != c.asked {
				t.Errorf("asked stations %v, want %s", asked, c.asked)
			}
			if (found == 0) != errors.Is(err, pipeline.ErrNothing) || found > 0 && err != nil {
				t.Errorf("%d stations gave an archive: %v", found, err)
			}
		})
	}
}

func TestPieces(t *testing.T) {
	var keys []string
	for _, p := range (Source{}).Pieces(hourly, want(t, "DK 253", "DK 561", "SE 1278")) {
		keys = append(keys, fmt.Sprint(p.Key, " ", p.Again.Hours()/24))
	}
	// Greve lies across the Sound; no Swedish station is near Esbjerg.
	if got := strings.Join(keys, ", "); got != "253/corrected-archive 30, 253/latest-months 1, 1278/corrected-archive 30, 1278/latest-months 1" {
		t.Error(got)
	}
	if (Source{}).Pieces("metobs_6", want(t, "SE 1278")) != nil {
		t.Error("humidity is not asked for")
	}
}

func TestLatestMonths(t *testing.T) {
	for dataSet, path := range map[string]string{hourly: "/parameter/1/station/20/period/latest-months/data.json", daily: "/parameter/2/station/20/period/latest-months/data.csv"} {
		asked := ""
		p := Source{}.Pieces(dataSet, want(t, "SE 1315"))[1]
		err := Source{}.Fetch(context.Background(), dataSet, p, func(_ context.Context, r pipeline.Request) (pipeline.Answer, error) {
			if r.Role == "" {
				return pipeline.Answer{Part: sourcetest.Part("list", []byte(list(dataSet[7:], stations[:2]...)))}, nil
			}
			asked += r.Path
			return pipeline.Answer{}, nil
		})
		if err != nil || asked != path {
			t.Errorf("asks %s: %v", asked, err)
		}
	}
}

func TestListThatIsNone(t *testing.T) {
	for name, c := range map[string]struct{ list, what string }{
		"another parameter":    {list("6", stations...), `the list is about parameter "6"`},
		"no stations":          {list("1"), "there is no station"},
		"no begin":             {strings.ReplaceAll(list("1", stations[0]), `"from"`, `"begin"`), "station[0]: latitude, longitude, from, to or active is missing"},
		"a path as number":     {strings.ReplaceAll(list("1", stations[0]), `"key":"10"`, `"key":"../x"`), `the station's number "../x" is none`},
		"a place that is none": {list("1", "10 97 13 2000 true 2025"), "97, 13 is not a place"},
		"cut":                  {list("1", stations...)[:400], "the file ends in the middle"},
		"a page":               {"<html>", "cannot be read further"},
		"the time of none":     {strings.Replace(list("1", stations[0]), `"updated":1`, `"updated":0, "x":1`, 1), "0 is not the time of a list"},
	} {
		p := Source{}.Pieces(hourly, want(t, "SE 1315"))[0]
		err := Source{}.Fetch(context.Background(), hourly, p, func(_ context.Context, r pipeline.Request) (pipeline.Answer, error) {
			return pipeline.Answer{Part: sourcetest.Part("list", []byte(c.list))}, nil
		})
		var problem *pipeline.Problem
		if !errors.As(err, &problem) || !strings.Contains(err.Error(), c.what) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// What is fetched for a municipality can be the answers of two stations.
func TestTwoStations(t *testing.T) {
	one := sourcetest.Case(t, Source{}, "days-csv/in/71190.csv")
	two := []byte(strings.NewReplacer("71190", "71420", "Nidingen A", "Göteborg A", "2024-11-30;6.7", "2024-11-30;5.9").Replace(string(one)))
	x := pipeline.Extract{Source: "smhi", DataSet: daily, Parts: []pipeline.Part{sourcetest.Part("one", one), sourcetest.Part("two", two)}}
	rows := map[string]int{}
	out := pipeline.Checked(x, sourcetest.Tables(Source{}, daily), func(table pipeline.Table, _ string, v []any) error {
		rows[table.Name+" "+v[0].(string)]++
		return nil
	})
	edition, err := Source{}.Decode(context.Background(), x, out)
	if err != nil || edition.AsOf != "2024-11-30" {
		t.Fatal(edition, err)
	}
	for _, key := range []string{"smhi_temperature_day 71190", "smhi_temperature_day 71420"} {
		if rows[key] != 7 {
			t.Errorf("%s: %d rows", key, rows[key])
		}
	}
	if rows["smhi_station_daily 71190"] != 1 || rows["smhi_station_daily 71420"] != 1 {
		t.Errorf("%v", rows)
	}
}

func FuzzStations(f *testing.F) {
	f.Add([]byte(list("1", stations...)))
	f.Add([]byte(list("1")))
	f.Fuzz(func(t *testing.T, b []byte) {
		_, err := readStations(context.Background(), sourcetest.Part("fuzz", b), "1")
		if _, ok := err.(*pipeline.Problem); err != nil && !ok {
			t.Errorf("%T %v", err, err)
		}
	})
}
