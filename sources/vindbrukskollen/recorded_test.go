package vindbrukskollen

import (
	"context"
	"strings"
	"testing"
	"time"

	"samkraft/pipeline"
	"samkraft/sources/sourcetest"
)

func TestRecorded(t *testing.T) {
	mirror := sourcetest.Mirror(t, Source{}, 1)
	if !strings.HasPrefix(mirror.Extracts[0].Parts[0].Name, "se-vindbrukskollen/vindkraftverk") {
		t.Fatalf("extracts: %v", mirror.Extracts)
	}
	x := mirror.Extracts[0]
	type tally struct {
		turbines, withoutCapacity int
		capacity                  int64 // W
	}
	tallies := map[string]tally{} // by municipality and status
	zones := map[any]int{}
	rows, placed, at := 0, 0, turbineTable.Column
	out := pipeline.Checked(x, []pipeline.Table{turbineTable}, func(_ pipeline.Table, location string, v []any) error {
		rows++
		code, _ := v[at("muni_code")].(string)
		key := code + " " + v[at("status")].(string)
		n := tallies[key]
		n.turbines++
		if w, ok := v[at("capacity_mw")].(int64); ok {
			n.capacity += w
		} else {
			n.withoutCapacity++
		}
		tallies[key] = n
		zones[v[at("zone")]]++
		if code == "1278" || code == "1315" || code == "1380" || code == "1381" || code == "1382" {
			zones["Goda grannar "+v[at("zone")].(string)]++
		}
		if lon, ok := v[at("lon_deg")].(float64); ok {
			placed++
			// Halland and Skåne, with the sea before them.
			if lat := v[at("lat_deg")].(float64); lon < 11.9 || lon > 14.7 || lat < 55.2 || lat > 57.6 {
				t.Errorf("%s lies at %v, %v", location, lon, lat)
			}
		} else if v[at("x_m")] != nil {
			t.Errorf("%s lies outside Sweden", location)
		}
		return nil
	})
	started := time.Now()
	edition, err := Source{}.Decode(context.Background(), x, out)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d rows in %v", rows, time.Since(started))
	if rows != 2568 || placed != 2568-109 || edition.AsOf != "2020-09-16" {
		t.Errorf("%d rows, %d with a position, as of %s", rows, placed, edition.AsOf)
	}
	// Varberg and Kungsbacka, the north of Halland, lie in SE3.
	if len(zones) != 3 || zones["SE4"] != 2452 || zones["SE3"] != 116 || zones["Goda grannar SE4"] != 547 {
		t.Errorf("turbines by bidding zone: %v", zones)
	}
	for key, want := range map[string]tally{
		"1278 standing":     {3, 0, 1_660_000},
		"1315 standing":     {18, 0, 44_700_000},
		"1380 standing":     {22, 0, 34_370_000},
		"1381 standing":     {102, 0, 161_410_000},
		"1382 standing":     {84, 0, 175_920_000},
		"1382 permitted":    {50, 50, 0},
		"1380 under_appeal": {2, tallies["1380 under_appeal"].withoutCapacity, tallies["1380 under_appeal"].capacity},
	} {
		if tallies[key] != want {
			t.Errorf("%s: %v, expected %v", key, tallies[key], want)
		}
	}
	states := map[string]int{}
	for key, n := range tallies {
		states[key[5:]] += n.turbines
	}
	for state, want := range map[string]int{"standing": 697, "permitted": 95, "under_review": 6, "under_appeal": 10, "refused": 471, "decommissioned": 57, "dropped": 1232} {
		if states[state] != want {
			t.Errorf("%d %s, expected %d", states[state], state, want)
		}
	}
}
