package scb

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"samkraft/pipeline"
	"samkraft/sources/pxweb"
)

var _ pipeline.Live = Source{}

// SCB has two services. A table is asked for where it has a number (TAB3654): version
// 2, the newer one. The one closed table without a number is asked for in version 1.
// Both answer in the format json-stat2, whose codes bring their labels.
const (
	v1 = "v1"
	v2 = "v2"
)

// limits are those of one question. Version 1 counts codes as well, version 2 does
// not say; the same question suits both.
var limits = pxweb.Limits{Values: 110_000, Cells: 150_000}

// Services lists both. Older notes say 10 requests in 10 seconds for version 1; its
// own page for machines says 30 since 2026.
func (Source) Services() []pipeline.Service {
	polite := []pipeline.Limit{{Requests: 30, Window: 10 * time.Second, Scope: pipeline.PerHost}}
	return []pipeline.Service{
		{ID: v1, Address: "https://api.scb.se/OV0104/v1/doris/sv/ssd", Limits: polite},
		{ID: v2, Address: "https://statistikdatabasen.scb.se/api/v2", Limits: polite},
	}
}

// served says where a data set is found, and for which years at most.
type served struct {
	service     string
	lists, data string // paths of metadata and figures
	first, last int    // last 0: it goes on
}

func numbered(id string, first int) served {
	return served{service: v2, lists: "/tables/" + id + "/metadata?lang=sv", data: "/tables/" + id + "/data?lang=sv&outputFormat=json-stat2", first: first}
}

func closed(first, last int, steps ...string) served {
	path := pxweb.Path(steps...)
	return served{service: v1, lists: path, data: path, first: first, last: last}
}

var servedAt = map[string]served{
	slutAnvSektor: numbered("TAB3654", 2009),
	prodbrEl:      numbered("TAB3451", 2009),
	prodbrFj:      numbered("TAB3452", 2009),
	folkmangd:     numbered("TAB628", 1991),
	energiKommKat: closed(1990, 2008, "START", "EN", "EN0203", "EN0203A", "EnergiKommKat"),
}

// Pieces is one for each year that is wanted, up to the last year that has ended: all
// areas, so that a piece serves every plan. That a table does not have a year yet, or
// never had it, is found by asking.
//
// SCB publishes a year of energy one to two years after its end, and mends late
// reports then. Later changes are rare (none of 49 600 figures of 2009-2013 differed
// between downloads of 2015 and 2022), so that old years are asked for once a year. The
// closed table does not change.
func (Source) Pieces(dataSet string, w pipeline.Want) []pipeline.Piece {
	s, ok := servedAt[dataSet]
	if !ok {
		return nil
	}
	newest := w.Now.Year() - 1
	if s.last > 0 {
		newest = min(newest, s.last)
	}
	var pieces []pipeline.Piece
	for y := s.first; y <= newest; y++ {
		begin := time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC)
		end := begin.AddDate(1, 0, 0)
		if !slices.Contains(w.Years, y) && !(begin.Before(w.To) && end.After(w.From)) {
			continue
		}
		again := 365 * 24 * time.Hour
		switch {
		case s.last > 0:
			again = 0
		case w.Now.Year()-y <= 4:
			again = 30 * 24 * time.Hour
		}
		pieces = append(pieces, pipeline.Piece{Key: strconv.Itoa(y), From: begin, To: end, Again: again})
	}
	return pieces
}

// Fetch asks for the lists of the table, and for all its cells of a year with the
// codes found there.
func (Source) Fetch(ctx context.Context, dataSet string, p pipeline.Piece, ask pipeline.Ask) error {
	s, ok := servedAt[dataSet]
	if !ok {
		return &pipeline.Problem{What: "scb has no data set " + dataSet + " that can be asked for"}
	}
	lists, err := ask(ctx, pxweb.Lists(s.service, "", s.lists))
	if err != nil {
		return err
	}
	table, err := pxweb.ReadTable(lists.Part)
	if err != nil {
		return err
	}
	choices, err := choose(dataSet, table, p.Key, lists.Name)
	if err != nil {
		return err
	}
	for _, part := range pxweb.Split(choices, limits) {
		question := pxweb.V2(s.service, s.data, part)
		if s.service == v1 {
			question = pxweb.V1(s.service, s.data, "json-stat2", part)
		}
		answer, err := ask(ctx, question)
		if err != nil {
			return err
		}
		if err := pxweb.Answered(answer.Part); err != nil {
			return err
		}
	}
	return nil
}

// choose names the codes of the cells of a year. ErrNothing says that the table does
// not have it.
func choose(dataSet string, table pxweb.Table, key, name string) ([]pxweb.Choice, error) {
	problem := func(path, what, expected string) error {
		return &pipeline.Problem{File: name, Path: path, What: what, Expected: expected}
	}
	at, counted, wanted, err := parts(dataSet, table, problem)
	if err != nil {
		return nil, err
	}
	var choices []pxweb.Choice
	for i, v := range table.Variables {
		c := pxweb.Choice{Variable: v.Code}
		for _, value := range v.Values {
			take := true
			switch i {
			case at.year:
				n, ok := year(value)
				if !ok {
					return nil, problem(v.Code, fmt.Sprintf("%q (%s) is no year", value.Code, value.Label), "years")
				}
				take = strconv.Itoa(n) == key
			case at.contents:
				take = slices.Contains(counted, value.Code)
			default:
				take = wanted(i, value)
			}
			if take {
				c.Codes = append(c.Codes, value.Code)
			}
		}
		if len(c.Codes) == 0 && i == at.year && len(v.Values) > 0 {
			return nil, pipeline.ErrNothing
		}
		if len(c.Codes) == 0 || i == at.contents && len(c.Codes) > 1 {
			return nil, problem(v.Code, fmt.Sprintf("%d of its %d values are what is asked for", len(c.Codes), len(v.Values)), fmt.Sprintf("the areas, categories and fuels of the table; as contents one of %v", counted))
		}
		choices = append(choices, c)
	}
	return choices, nil
}

// parts tells where the variables of a data set's table stand, what it may count, and
// which values of its other variables are wanted.
func parts(dataSet string, table pxweb.Table, problem func(path, what, expected string) error) (at places, counted []string, wanted func(variable int, v pxweb.Value) bool, err error) {
	if dataSet == folkmangd {
		at, err = placesOf(table, problem, []string{"Region"}, []string{"Kon", "kön"}, nil)
		return at, []string{inhabitants}, func(i int, v pxweb.Value) bool { return i != at.second || isBoth(v) }, err
	}
	t, _ := tableOf(dataSet)
	at, err = t.places(table, problem)
	return at, t.contents, func(int, pxweb.Value) bool { return true }, err
}
