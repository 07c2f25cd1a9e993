package smhi

import (
	"bytes"
	"context"
	"fmt"
	"path"
	"strings"
	"testing"
	"time"

	"samkraft/pipeline"
	"samkraft/sources/sourcetest"
)

// The service may give the values before it says what they are; then the head of
// a long answer does not tell the parameter.
func TestLongAnswerThatBeginsWithItsValues(t *testing.T) {
	answer := func(key, value string) []byte {
		var b bytes.Buffer
		b.WriteString(`{"value":[`)
		for i := range 2000 {
			if i > 0 {
				b.WriteByte(',')
			}
			fmt.Fprintf(&b, `{"date":%d,"value":"%s","quality":"G"}`, 1723251600000+int64(i)*3600000, value)
		}
		b.WriteString(`],"updated":1734480000000,"parameter":{"key":"` + key + `","name":"N","unit":"celsius"},"station":{"key":"62410","name":"Halmstad flygplats"},` +
			`"position":[{"from":0,"latitude":56.7,"longitude":12.8,"height":31.0}]}`)
		return b.Bytes()
	}
	if got := sourcetest.Decode(Source{}, "t.json", answer("1", "16.4")); !strings.Contains(got, "value[1999]") {
		t.Errorf("temperature is not read: %.300s", got)
	}
	if got := sourcetest.Decode(Source{}, "h.json", answer("6", "93")); !strings.HasPrefix(got, "not recognised") {
		t.Errorf("humidity is claimed: %.300s", got)
	}
	if got := sourcetest.Decode(Source{}, "w.json", answer("4", "3.2")); !strings.Contains(got, `the answer is about parameter "4"`) {
		t.Errorf("wind is not refused: %.300s", got)
	}
}

func TestReading(t *testing.T) {
	for _, c := range []struct {
		temperature, quality string
		null, ok             bool
	}{
		{"16.4", "G", false, true},
		{"-0.3", "Y", false, true}, // suspect or aggregated: kept, with its mark
		{"-40.1", "R", true, true}, // rejected: the row without its temperature
		{"16.4", "g", true, false},
		{"16.4", "", true, false},
		{"", "G", true, false}, // what is missing is absent, never empty
		{"..", "G", true, false},
		{"99.9", "G", true, false},
	} {
		value, what, _ := reading(c.temperature, c.quality)
		if (value == nil) != c.null || (what == "") != c.ok {
			t.Errorf("%q, %q is read as %v, %q", c.temperature, c.quality, value, what)
		}
	}
}

func TestRecorded(t *testing.T) {
	mirror := sourcetest.Mirror(t, Source{}, 3)
	humidity := false
	for _, name := range mirror.Unrecognised {
		humidity = humidity || path.Base(name) == "62410_parameter6.json.zst"
	}
	if !humidity {
		t.Error("humidity is claimed")
	}
	type series struct {
		asOf    string
		rows    int
		lon     float64
		degrees [4]float64 // degree days base 17 of 2020 to 2023
		first   string
		last    string
	}
	got := map[string]*series{}
	for _, x := range mirror.Extracts {
		if dir := path.Dir(x.Parts[0].Name); dir != "se-smhi-daily" && dir != "se-smhi-metobs" {
			t.Errorf("a file of %s is claimed", dir)
		}
		s := &series{}
		id := ""
		out := pipeline.Checked(x, sourcetest.Tables(Source{}, x.DataSet), func(table pipeline.Table, _ string, v []any) error {
			switch table.Name {
			case stationHourly, stationDaily:
				s.lon = v[2].(float64)
				id = v[0].(string)
				return nil
			}
			when := v[1].(time.Time)
			if s.rows++; s.rows == 1 {
				s.first = when.Format(time.RFC3339)
			}
			s.last = when.Format(time.RFC3339)
			if y := when.Year() - 2020; table.Name == temperatureDay && y >= 0 && y < 4 {
				s.degrees[y] += max(0, 17-v[2].(float64))
			}
			return nil
		})
		edition, err := Source{}.Decode(context.Background(), x, out)
		if err != nil {
			t.Fatal(err)
		}
		s.asOf = edition.AsOf
		got[id] = s
	}
	for id, want := range map[string]series{
		"62410": {asOf: "2024-12-18", rows: 2872, lon: 12.8167, first: "2024-08-10T01:00:00Z", last: "2024-12-18T16:00:00Z"},
		"71190": {asOf: "2024-11-30", rows: 18829, lon: 11.9049, first: "1969-09-01T00:00:00Z", last: "2024-11-30T00:00:00Z"},
		"71420": {asOf: "2024-11-30", rows: 20405, lon: 11.9924, first: "1961-01-01T00:00:00Z", last: "2024-11-30T00:00:00Z"},
	} {
		s := got[id]
		if s == nil {
			t.Errorf("station %s is missing", id)
			continue
		}
		if s.asOf != want.asOf || s.rows != want.rows || s.lon != want.lon || s.first != want.first || s.last != want.last {
			t.Errorf("station %s: %+v, want %+v", id, *s, want)
		}
	}
	for i, want := range []float64{2506, 2946, 2647, 2794} {
		if d := got["71190"].degrees[i]; d < want-0.5 || d > want+0.5 {
			t.Errorf("Nidingen has %.1f degree days in %d, want %.0f", d, 2020+i, want)
		}
	}
}

func BenchmarkRecorded(b *testing.B) {
	sourcetest.Benchmark(b, Source{}, sourcetest.Mirror(b, Source{}, 3).Extracts...)
}
