package pvgis

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"samkraft/pipeline"
	"samkraft/sources"
)

var _ pipeline.Live = Source{}

// version of the service. It stands in the keys of pieces: another version has
// another database, and is another answer.
const version = "v5_3"

// The years that version 5.3's database covers.
const firstYear, lastYear = 2005, 2023

// question is what is asked of every place: one kW of crystalline panels at the
// angles that are best there, with the losses that PVGIS itself proposes.
const question = "&peakpower=1&loss=14&optimalangles=1&outputformat=json"

// Services lists PVGIS. It takes thirty requests in a second; ten are asked.
func (Source) Services() []pipeline.Service {
	return []pipeline.Service{{ID: "pvgis", Address: "https://re.jrc.ec.europa.eu/api/" + version,
		Limits: []pipeline.Limit{{Requests: 10, Window: time.Second, Scope: pipeline.PerHost}}}}
}

// Pieces are, for each member, the mean year, or the base years by hour as far as
// the database covers them. A version's database does not change, so nothing is
// asked for again.
func (Source) Pieces(dataSet string, w pipeline.Want) []pipeline.Piece {
	var pieces []pipeline.Piece
	for _, m := range w.Members {
		key, members := version+"/"+m.Code, []pipeline.Municipality{m}
		switch dataSet {
		case calc:
			pieces = append(pieces, pipeline.Piece{Key: key, Members: members})
		case series:
			for _, y := range w.Years {
				if y >= firstYear && y <= lastYear {
					begin := time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC)
					pieces = append(pieces, pipeline.Piece{Key: key + "/" + strconv.Itoa(y), Members: members, From: begin, To: begin.AddDate(1, 0, 0)})
				}
			}
		}
	}
	return pieces
}

// Fetch asks for the centre of a municipality. Where that lies in the sea, as the
// centre of some islands does, PVGIS has nothing for it: no other place is taken in
// its stead, because an answer is known by its place.
func (Source) Fetch(ctx context.Context, dataSet string, p pipeline.Piece, ask pipeline.Ask) error {
	if len(p.Members) != 1 || dataSet != calc && dataSet != series {
		return &pipeline.Problem{Path: p.Key, What: "is no piece of this source", Expected: "one municipality"}
	}
	m := p.Members[0]
	path := fmt.Sprintf("/%s?lat=%.2f&lon=%.2f", dataSet, m.Latitude, m.Longitude)
	if dataSet == series {
		path += fmt.Sprintf("&startyear=%d&endyear=%d&pvcalculation=1", p.From.Year(), p.From.Year())
	}
	answer, err := ask(ctx, pipeline.Request{Service: "pvgis", Role: "data", Path: path + question, Accept: []string{"application/json"}})
	var problem *pipeline.Problem
	if errors.As(err, &problem) && overSea(problem.What) {
		return pipeline.ErrNothing
	}
	if err != nil {
		return err
	}
	return refused(answer.Part)
}

// overSea knows the service's words for a place that its database does not cover.
func overSea(words string) bool { return strings.Contains(strings.ToLower(words), "over the sea") }

// refused returns the service's own words where it has answered with a message in
// place of figures.
func refused(part pipeline.Part) error {
	head, err := sources.Head(part, 4<<10)
	if err != nil {
		return err
	}
	text := sources.Begin(head)
	if bytes.Contains(text, []byte(`"inputs"`)) {
		return nil
	}
	var message struct{ Message string }
	if json.Unmarshal(text, &message) != nil || message.Message == "" {
		return nil // the decoder says what is wrong with it
	}
	if overSea(message.Message) {
		return pipeline.ErrNothing
	}
	words := []rune(message.Message)
	return &pipeline.Problem{File: part.Name, What: "the service says: " + string(words[:min(200, len(words))]), Expected: "figures"}
}
