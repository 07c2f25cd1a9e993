package dst

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"samkraft/pipeline"
	"samkraft/sources"
)

var _ pipeline.Live = Source{}

// Services: the StatBank publishes no rate. The one here is what its clients keep
// of themselves.
func (Source) Services() []pipeline.Service {
	return []pipeline.Service{{
		ID: "statbank", Address: "https://api.statbank.dk/v1",
		Limits: []pipeline.Limit{{Requests: 1, Window: 700 * time.Millisecond, Scope: pipeline.PerHost}},
	}}
}

// maxCells is how many cells are asked for at once: half of the million that the
// publisher allows, because it counts more cells than it sends rows.
const maxCells = 500_000

// Pieces asks for all municipalities at once, so that plans share what is fetched:
// area and population in one piece of all years, the tables of buildings and
// dwellings in one of each year.
//
// The publisher says no day of revision. Tables get a new period once a quarter or
// year; figures of the last two years are corrected now and then (footnotes of
// FOLK1A, the buildings' register), older ones hardly.
func (Source) Pieces(dataSet string, w pipeline.Want) []pipeline.Piece {
	const week = 7 * 24 * time.Hour
	l, ok := layouts[dataSet]
	if !ok || !slices.ContainsFunc(w.Members, func(m pipeline.Municipality) bool { return m.Country == "DK" }) {
		return nil
	}
	if !l.yearly {
		return []pipeline.Piece{{Key: "all", Again: week}}
	}
	years := slices.Clone(w.Years)
	for y := w.From.Year(); w.To.After(w.From) && y <= w.To.Add(-1).Year(); y++ {
		years = append(years, y)
	}
	slices.Sort(years)
	var pieces []pipeline.Piece
	for _, y := range slices.Compact(years) {
		if y < l.first || y > w.Now.Year() {
			continue
		}
		p := pipeline.Piece{Key: strconv.Itoa(y), From: day(y, 1), To: day(y, 2), Again: week}
		if y < w.Now.Year()-1 {
			p.Again = 26 * week
		}
		pieces = append(pieces, p)
	}
	return pieces
}

// day is a day of January: the tables count on the first.
func day(year, n int) time.Time { return time.Date(year, time.January, n, 0, 0, 0, 0, time.UTC) }

// extract is what is posted for an extract of a table.
type extract struct {
	Table             string      `json:"table"`
	Format            string      `json:"format"`
	Lang              string      `json:"lang"`
	ValuePresentation string      `json:"valuePresentation"`
	Delimiter         string      `json:"delimiter"`
	Variables         []selection `json:"variables"`
}

type selection struct {
	Code   string   `json:"code"`
	Values []string `json:"values"`
}

// Fetch asks for the table's description, checks it, and asks for the figures by
// the codes that it names, in as many requests as the limit of cells needs.
func (Source) Fetch(ctx context.Context, dataSet string, p pipeline.Piece, ask pipeline.Ask) error {
	l, ok := layouts[dataSet]
	if !ok {
		return &pipeline.Problem{What: fmt.Sprintf("data set %q cannot be asked for", dataSet)}
	}
	described := pipeline.Request{Service: "statbank", Path: "/tableinfo/" + dataSet + "?lang=da&format=JSON", Accept: []string{"application/json", "text/json"}, Max: maxInfo}
	if l.described {
		described.Role = "tableinfo"
	}
	answer, err := ask(ctx, described)
	if err != nil {
		return err
	}
	t, err := readInfo(answer.Part, dataSet)
	if err != nil {
		return err
	}
	areas, rest, err := l.choose(t, p.Key)
	if err != nil {
		return err
	}
	cells := 1
	for _, s := range rest {
		cells *= len(s.Values)
	}
	if cells > maxCells {
		return t.changed("variables", fmt.Sprintf("the table has %d figures for each municipality", cells), fmt.Sprintf("at most %d", maxCells))
	}
	filled := false
	for codes := range slices.Chunk(areas.Values, maxCells/cells) {
		body, err := json.Marshal(extract{dataSet, "CSV", "da", "Code", "Semicolon", append([]selection{{areas.Code, codes}}, rest...)})
		if err != nil {
			return &pipeline.Problem{What: err.Error()}
		}
		answer, err := ask(ctx, pipeline.Request{
			Service: "statbank", Role: "data", Method: "POST", Path: "/data", Body: body,
			Header: []pipeline.Header{{Name: "Content-Type", Value: "application/json"}},
			Accept: []string{"text/csv", "text/plain", "application/octet-stream", "application/json"},
		})
		if err != nil {
			return err
		}
		some, err := checkExtract(ctx, answer.Part, append([]selection{{areas.Code, codes}}, rest...))
		if err != nil {
			return err
		}
		filled = filled || some
	}
	if !filled {
		return pipeline.ErrNothing
	}
	return nil
}

// checkExtract reports whether an answer has rows. One that is no extract, has
// other variables, or codes that were not asked for is an error.
func checkExtract(ctx context.Context, part pipeline.Part, asked []selection) (bool, error) {
	if err := refused(part); err != nil {
		return false, err
	}
	columns := make([]string, 0, len(asked)+1)
	for _, s := range asked {
		columns = append(columns, strings.ToUpper(s.Code))
	}
	a, err := open(part, append(columns, "INDHOLD"))
	if err != nil {
		return false, err
	}
	defer a.Close()
	head, err := sources.Head(part, 4096)
	if err != nil {
		return false, err
	}
	if begin := strings.TrimRight(string(head), "\r\n"); len(head) < 4096 && !strings.Contains(begin, "\n") {
		return false, nil // the header alone
	}
	missing := make([]map[string]bool, len(asked)) // by code, whether no row has had it
	for i, s := range asked {
		missing[i] = map[string]bool{}
		for _, v := range s.Values {
			missing[i][v] = true
		}
	}
	err = a.each(ctx, func(cells []string) error {
		for i, name := range columns {
			cell := cells[a.column[name]]
			if _, ok := missing[i][cell]; !ok {
				return a.problem(name, fmt.Sprintf("%q was not asked for", cell), "the codes that were asked for, such as "+asked[i].Values[0])
			}
			missing[i][cell] = false
		}
		return nil
	})
	if err != nil {
		return false, err
	}
	// The publisher leaves rows out, and no municipality or period altogether: then
	// the answer has been cut.
	for _, i := range []int{0, len(asked) - 1} {
		for _, v := range asked[i].Values {
			if missing[i][v] && v != christiansoe {
				return false, &pipeline.Problem{File: part.Name, Column: columns[i], What: fmt.Sprintf("%s was asked for and has no row", v), Expected: "rows of every municipality and period that the table has", Remedy: "the answer may have been cut short: ask again"}
			}
		}
	}
	return true, nil
}

// choose says what is asked of a table: the variable of areas with its
// municipalities, and the others.
func (l layout) choose(t *info, key string) (areas selection, rest []selection, err error) {
	found := map[string]bool{}
	area, err := t.find(l.area, "område")
	if err != nil {
		return areas, nil, err
	}
	found[area.ID] = true
	areas.Code = area.ID
	if areas.Values, err = t.municipalities(area); err != nil {
		return areas, nil, err
	}
	for _, c := range l.choices {
		v, err := t.find(c.code, c.text)
		if err != nil {
			return areas, nil, err
		}
		values, err := c.values(t, v)
		if err != nil {
			return areas, nil, err
		}
		found[v.ID] = true
		rest = append(rest, selection{v.ID, values})
	}
	when, err := t.find("Tid", "tid")
	if err != nil {
		return areas, nil, err
	}
	found[when.ID] = true
	var times []string
	for _, x := range when.Values {
		year, ok := parseYear(x.ID[:min(len(x.ID), 4)])
		if ok && year >= l.first && (!l.yearly || x.ID == key) {
			times = append(times, x.ID)
		}
	}
	if len(times) == 0 {
		return areas, nil, pipeline.ErrNothing
	}
	for _, v := range t.variables {
		if !found[v.ID] && !v.Elimination {
			return areas, nil, t.changed("variables."+v.ID, fmt.Sprintf("table %s has the new variable %s (%s), which cannot be left out", t.id, v.ID, v.Text), "variables that are known, or that can be left out")
		}
	}
	return areas, append(rest, selection{when.ID, times}), nil
}
