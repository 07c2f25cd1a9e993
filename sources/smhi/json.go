package smhi

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"samkraft/pipeline"
	"samkraft/sources"
)

// maxJSON is far above the service's longest answer in JSON, four months of
// hours in half a megabyte, and bounds what is held in memory.
const maxJSON = 64 << 20

// answer is the part of a JSON answer that is read. Other keys are passed over:
// the service has added some in the course of time (owner, ownerCategory).
type answer struct {
	updated   int64
	parameter struct{ Key, Name, Unit string }
	station   struct{ Key, Name string }
	positions []struct {
		From                        int64
		Latitude, Longitude, Height *float64
	}
	values []measurement
}

type measurement struct {
	time    time.Time
	value   any
	quality string
}

func firstByte(part pipeline.Part) (byte, error) {
	head, err := sources.Head(part, 1<<12)
	if err != nil {
		return 0, err
	}
	if text := sources.Begin(head); len(text) > 0 {
		return text[0], nil
	}
	return 0, nil // an empty file is told by the reader of its form
}

func decodeJSON(ctx context.Context, part pipeline.Part, out pipeline.Output) (pipeline.Edition, error) {
	fail := func(path, what, expected string) (pipeline.Edition, error) {
		return pipeline.Edition{}, &pipeline.Problem{File: part.Name, Path: path, What: what, Expected: expected}
	}
	a, err := readAnswer(ctx, part)
	if err != nil {
		return pipeline.Edition{}, err
	}
	if a.parameter.Key != "1" {
		return pipeline.Edition{}, &pipeline.Problem{File: part.Name, Path: "parameter.key", What: fmt.Sprintf("the answer is about parameter %q (%s)", a.parameter.Key, a.parameter.Name),
			Expected: "parameter 1, air temperature by hour", Remedy: "take the file out of the folder"}
	}
	if what := checkUnit(a.parameter.Unit); what != "" {
		return fail("parameter.unit", what, "celsius")
	}
	updated := time.UnixMilli(a.updated).UTC()
	if updated.Year() < 1990 || updated.Year() > 2100 {
		return fail("updated", fmt.Sprintf("%d is not the time of an answer", a.updated), "milliseconds since 1970")
	}
	s := station{id: a.station.Key, name: a.station.Name}
	for i, p := range a.positions {
		if p.Longitude == nil || p.Latitude == nil || p.Height == nil {
			return fail(fmt.Sprintf("position[%d]", i), "longitude, latitude or height is missing", "all three")
		}
		if from := time.UnixMilli(p.From); i == 0 || from.After(s.position.from) {
			s.position = position{*p.Longitude, *p.Latitude, *p.Height, from}
		}
	}
	if len(a.positions) == 0 {
		return fail("position", "is missing", "the station's positions")
	}
	if what := s.check(); what != "" {
		return fail("station", what, "a station in Sweden")
	}
	if len(a.values) == 0 {
		return fail("value", "there is no measurement", "values")
	}
	if err := out.Row(stationHourly, "station", s.id, s.name, s.position.lon, s.position.lat, s.position.height); err != nil {
		return pipeline.Edition{}, err
	}
	for i, m := range a.values {
		if err := out.Row(temperatureHour, fmt.Sprintf("value[%d]", i), s.id, m.time, s.name, m.value, m.quality); err != nil {
			return pipeline.Edition{}, err
		}
	}
	return pipeline.Edition{AsOf: updated.Format(time.DateOnly)}, nil
}

// readAnswer reads the whole answer before anything is written, because the
// station may stand behind the values.
func readAnswer(ctx context.Context, part pipeline.Part) (*answer, error) {
	j, err := sources.OpenJSON(part, maxJSON, "an answer of a few months", "the service's answer in JSON")
	if err != nil {
		return nil, err
	}
	defer j.Close()
	var a answer
	fields := map[string]any{"updated": &a.updated, "parameter": &a.parameter, "station": &a.station, "position": &a.positions}
	seen := map[string]bool{}
	if err := j.Delim("", '{'); err != nil {
		return nil, err
	}
	for j.More() {
		key, err := j.Key("")
		if err != nil {
			return nil, err
		}
		if seen[key] {
			return nil, j.Problem(key, "the key stands twice", "")
		}
		seen[key] = true
		var skipped json.RawMessage
		switch target := fields[key]; {
		case key == "value":
			err = a.readValues(ctx, j)
		case target != nil:
			err = decode(j, key, target)
		default:
			err = decode(j, key, &skipped)
		}
		if err != nil {
			return nil, err
		}
	}
	if err := j.Delim("", '}'); err != nil {
		return nil, err
	}
	if err := j.End("the answer"); err != nil {
		return nil, err
	}
	for _, key := range []string{"updated", "parameter", "station", "position", "value"} {
		if !seen[key] {
			return nil, j.Problem(key, "is missing", "an answer as the service gives it")
		}
	}
	for _, text := range []string{a.station.Name, a.parameter.Name} {
		if strings.ContainsRune(text, utf8.RuneError) {
			return nil, j.Problem("station", fmt.Sprintf("%q is not UTF-8 text", text), "UTF-8, as the publisher writes it")
		}
	}
	return &a, nil
}

func (a *answer) readValues(ctx context.Context, j *sources.JSON) error {
	if err := j.Delim("value", '['); err != nil {
		return err
	}
	for i := 0; j.More(); i++ {
		if i%4096 == 0 && ctx.Err() != nil {
			return j.Problem("", ctx.Err().Error(), "")
		}
		path := fmt.Sprintf("value[%d]", i)
		var v struct {
			Date    *int64  `json:"date"`
			Value   *string `json:"value"`
			Quality *string `json:"quality"`
		}
		if err := decode(j, path, &v); err != nil {
			return err
		}
		if v.Date == nil || v.Value == nil || v.Quality == nil {
			return j.Problem(path, "date, value or quality is missing", "all three")
		}
		t := time.UnixMilli(*v.Date).UTC()
		if !plausible(t) || !t.Equal(t.Truncate(time.Hour)) {
			return j.Problem(path+".date", fmt.Sprintf("%d is not an hour", *v.Date), "milliseconds since 1970 of a full hour")
		}
		value, what, expected := reading(*v.Value, *v.Quality)
		if what != "" {
			return j.Problem(path, what, expected)
		}
		a.values = append(a.values, measurement{t, value, *v.Quality})
	}
	return j.Delim("value", ']')
}

// decode reads the value at a path.
func decode(j *sources.JSON, path string, value any) error {
	err := j.Decode(value)
	var kind *json.UnmarshalTypeError
	if errors.As(err, &kind) {
		return j.Problem(path, fmt.Sprintf("%q is a %s", kind.Field, kind.Value), "a "+kind.Type.String())
	}
	return j.Broken(path, err)
}
