package eurostat

import (
	"context"
	"time"

	"samkraft/pipeline"
)

var _ pipeline.Live = Source{}

const day = 24 * time.Hour

// again: Eurostat writes the monthly set anew every month, at no fixed day, and may
// correct any month of it; the yearly one once a year.
var again = map[string]time.Duration{monthly: 7 * day, annual: 30 * day}

// Services lists the statistics API. Eurostat states no limit: two requests in a
// second are this program's own.
func (Source) Services() []pipeline.Service {
	return []pipeline.Service{{ID: "statistics", Address: "https://ec.europa.eu/eurostat/api/dissemination/statistics/1.0/data",
		Limits: []pipeline.Limit{{Requests: 2, Window: time.Second, Scope: pipeline.PerHost}}}}
}

// Pieces is one for each country with members: all its regions in all years are a
// small answer, and who joins later changes nothing.
func (Source) Pieces(dataSet string, w pipeline.Want) []pipeline.Piece {
	if again[dataSet] == 0 {
		return nil
	}
	var pieces []pipeline.Piece
	for _, m := range w.Members { // by country
		if n := len(pieces); n > 0 && pieces[n-1].Key == m.Country {
			pieces[n-1].Members = append(pieces[n-1].Members, m)
			continue
		}
		pieces = append(pieces, pipeline.Piece{Key: m.Country, Members: []pipeline.Municipality{m}, Again: again[dataSet]})
	}
	return pieces
}

// Fetch asks for the regions of a country.
func (Source) Fetch(ctx context.Context, dataSet string, p pipeline.Piece, ask pipeline.Ask) error {
	path := "/" + dataSet + "?format=JSON&lang=EN&unit=NR&indic_nrg=HDD&indic_nrg=CDD"
	all := regions(p.Key)
	if len(all) == 0 || again[dataSet] == 0 {
		return &pipeline.Problem{Path: p.Key, What: "is no piece of this source", Expected: "DK or SE"}
	}
	for _, region := range all {
		path += "&geo=" + region
	}
	answer, err := ask(ctx, pipeline.Request{Service: "statistics", Role: "data", Path: path, Accept: []string{"application/json"}})
	if err != nil {
		return err
	}
	c, err := readCube(ctx, answer.Part)
	if err != nil {
		return err
	}
	if len(c.values) == 0 {
		return pipeline.ErrNothing
	}
	return nil
}
