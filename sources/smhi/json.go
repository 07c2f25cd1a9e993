package smhi

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"samkraft/pipeline"
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
	r, err := part.Open()
	if err != nil {
		return 0, &pipeline.Problem{File: part.Name, What: err.Error()}
	}
	defer r.Close()
	b := bufio.NewReader(r)
	for n := 0; n < 1<<16; n++ {
		c, err := b.ReadByte()
		if err != nil {
			return 0, nil // an empty file is told by the reader of its form
		}
		if !strings.ContainsRune(" \t\r\n\xef\xbb\xbf", rune(c)) {
			return c, nil
		}
	}
	return 0, nil
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
	if part.Bytes > maxJSON {
		return nil, &pipeline.Problem{File: part.Name, What: fmt.Sprintf("holds %d bytes", part.Bytes), Expected: "an answer of a few months"}
	}
	body, err := part.Open()
	if err != nil {
		return nil, &pipeline.Problem{File: part.Name, What: err.Error()}
	}
	defer body.Close()
	buffered := bufio.NewReader(body)
	if bom, _ := buffered.Peek(3); string(bom) == "\ufeff" {
		buffered.Discard(3)
	}
	d := json.NewDecoder(buffered)
	var a answer
	fields := map[string]any{"updated": &a.updated, "parameter": &a.parameter, "station": &a.station, "position": &a.positions}
	seen := map[string]bool{}
	if err := delim(part, d, "", '{'); err != nil {
		return nil, err
	}
	for d.More() {
		token, err := d.Token()
		if err != nil {
			return nil, jsonProblem(part, "", err)
		}
		key, _ := token.(string) // within an object the reader gives nothing else
		if seen[key] {
			return nil, &pipeline.Problem{File: part.Name, Path: key, What: "the key stands twice"}
		}
		seen[key] = true
		var skipped json.RawMessage
		switch target := fields[key]; {
		case key == "value":
			err = a.readValues(ctx, part, d)
		case target != nil:
			err = jsonProblem(part, key, d.Decode(target))
		default:
			err = jsonProblem(part, key, d.Decode(&skipped))
		}
		if err != nil {
			return nil, err
		}
	}
	if err := delim(part, d, "", '}'); err != nil {
		return nil, err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, &pipeline.Problem{File: part.Name, What: "something follows the answer", Expected: "the end of the file"}
	}
	for _, key := range []string{"updated", "parameter", "station", "position", "value"} {
		if !seen[key] {
			return nil, &pipeline.Problem{File: part.Name, Path: key, What: "is missing", Expected: "an answer as the service gives it"}
		}
	}
	for _, text := range []string{a.station.Name, a.parameter.Name} {
		if strings.ContainsRune(text, utf8.RuneError) {
			return nil, &pipeline.Problem{File: part.Name, Path: "station", What: fmt.Sprintf("%q is not UTF-8 text", text), Expected: "UTF-8, as the publisher writes it"}
		}
	}
	return &a, nil
}

func (a *answer) readValues(ctx context.Context, part pipeline.Part, d *json.Decoder) error {
	if err := delim(part, d, "value", '['); err != nil {
		return err
	}
	for i := 0; d.More(); i++ {
		if i%4096 == 0 && ctx.Err() != nil {
			return &pipeline.Problem{File: part.Name, What: ctx.Err().Error()}
		}
		path := fmt.Sprintf("value[%d]", i)
		var v struct {
			Date    *int64  `json:"date"`
			Value   *string `json:"value"`
			Quality *string `json:"quality"`
		}
		if err := jsonProblem(part, path, d.Decode(&v)); err != nil {
			return err
		}
		if v.Date == nil || v.Value == nil || v.Quality == nil {
			return &pipeline.Problem{File: part.Name, Path: path, What: "date, value or quality is missing", Expected: "all three"}
		}
		t := time.UnixMilli(*v.Date).UTC()
		if !plausible(t) || !t.Equal(t.Truncate(time.Hour)) {
			return &pipeline.Problem{File: part.Name, Path: path + ".date", What: fmt.Sprintf("%d is not an hour", *v.Date), Expected: "milliseconds since 1970 of a full hour"}
		}
		value, what, expected := reading(*v.Value, *v.Quality)
		if what != "" {
			return &pipeline.Problem{File: part.Name, Path: path, What: what, Expected: expected}
		}
		a.values = append(a.values, measurement{t, value, *v.Quality})
	}
	return delim(part, d, "value", ']')
}

// delim reads a bracket or brace.
func delim(part pipeline.Part, d *json.Decoder, path string, want json.Delim) error {
	token, err := d.Token()
	if err == nil && token != want {
		return &pipeline.Problem{File: part.Name, Path: path, What: fmt.Sprintf("%v stands there", token), Expected: fmt.Sprintf("%q, as in an answer of the service", want.String())}
	}
	return jsonProblem(part, path, err)
}

// jsonProblem tells an error of the JSON reader.
func jsonProblem(part pipeline.Part, path string, err error) error {
	var kind *json.UnmarshalTypeError
	p := &pipeline.Problem{File: part.Name, Path: path}
	switch {
	case err == nil:
		return nil
	case errors.As(err, &kind):
		p.What, p.Expected = fmt.Sprintf("%q is a %s", kind.Field, kind.Value), "a "+kind.Type.String()
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		p.What, p.Expected, p.Remedy = "the file ends in the middle", "a whole file", "copy or download it again"
	default:
		p.What, p.Expected = "cannot be read further: "+err.Error(), "the service's answer in JSON"
	}
	return p
}
