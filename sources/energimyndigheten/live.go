package energimyndigheten

import (
	"context"
	"fmt"
	"reflect"
	"time"

	"samkraft/pipeline"
	"samkraft/sources"
	"samkraft/sources/pxweb"
)

var _ pipeline.Live = Source{}

const service = "v1"

// limits are those of one question; services are known to state them under ?config.
var limits = pxweb.Limits{Values: 1000, Cells: 100_000}

// Services is the agency's database, which has version 1 of the interface alone.
func (Source) Services() []pipeline.Service {
	return []pipeline.Service{{
		ID:      service,
		Address: "https://pxexternal.energimyndigheten.se/api/v1/sv/Energimyndighetens_statistikdatabas/Officiell_energistatistik",
		Limits:  []pipeline.Limit{{Requests: 100, Window: 10 * time.Second, Scope: pipeline.PerHost}},
	}}
}

// first is the first year that each table is known to have.
var first = map[string]int{pvAnswer: 2016, windAnswer: 2003}

// Pieces is one for each table, with all years and municipalities: codes move when a
// year is added, so that an answer only stands with the metadata of its own day. The
// agency adds a year in spring, and asking costs three small requests a month.
func (Source) Pieces(dataSet string, w pipeline.Want) []pipeline.Piece {
	from, ok := first[dataSet]
	if !ok || w.Now.Year() <= from {
		return nil
	}
	return []pipeline.Piece{{
		Key:   "all",
		From:  time.Date(from, 1, 1, 0, 0, 0, 0, time.UTC),
		To:    time.Date(w.Now.Year(), 1, 1, 0, 0, 0, 0, time.UTC),
		Again: 30 * 24 * time.Hour,
	}}
}

// Fetch asks for the lists of the table, for the figures, and for the lists once
// more: codes are places in lists, so an answer can be read only if the lists were
// the same before and after it.
func (Source) Fetch(ctx context.Context, dataSet string, _ pipeline.Piece, ask pipeline.Ask) error {
	t, ok := tableOf(dataSet)
	if !ok {
		return &pipeline.Problem{What: "energimyndigheten has no data set " + dataSet + " that can be asked for"}
	}
	path := pxweb.Path(t.path...)
	before, err := t.lists(ctx, ask, pxweb.Lists(service, "", path))
	if err != nil {
		return err
	}
	choices, err := t.choose(before)
	if err != nil {
		return err
	}
	for _, part := range pxweb.Split(choices, limits) {
		if _, err := ask(ctx, pxweb.V1(service, path, "json", part)); err != nil {
			return err
		}
	}
	after, err := t.lists(ctx, ask, pxweb.Lists(service, "metadata", path))
	if err != nil {
		return err
	}
	if reflect.DeepEqual(before.Variables, after.Variables) {
		return nil
	}
	return after.problem("variables", "the table has changed while it was asked for, and its codes may have moved: "+moved(before, after),
		"the same lists before and after the figures", "ask again")
}

func (t pxTable) lists(ctx context.Context, ask pipeline.Ask, r pipeline.Request) (*metadata, error) {
	answer, err := ask(ctx, r)
	if err != nil {
		return nil, err
	}
	return t.readMetadata(answer.Part)
}

// choose names all years and municipalities, both quantities, and the class that
// holds all others, by the codes that their labels have today.
func (t pxTable) choose(m *metadata) ([]pxweb.Choice, error) {
	var choices []pxweb.Choice
	for _, v := range m.Variables {
		c := pxweb.Choice{Variable: v.Code}
		quantities := 0
		for _, value := range v.Values {
			wanted := true
			switch v.Code {
			case "År":
				if _, ok := sources.Year(value.Label); !ok {
					return nil, m.problem("År", fmt.Sprintf("the label %q is no year", value.Label), "a year such as 2024")
				}
			case t.region:
				_, skip, err := municipality(value.Label)
				if err != nil {
					return nil, m.problem(t.region, err.Error(), `a label such as "1380 Halmstad"`)
				}
				wanted = !skip
			case "Kategori":
				if _, wanted = category(value.Label); wanted {
					quantities++
				}
			case t.classes:
				wanted = isTotal(value.Label)
			}
			if wanted {
				c.Codes = append(c.Codes, value.Code)
			}
		}
		if len(c.Codes) == 0 || v.Code == "Kategori" && quantities != 2 || v.Code == t.classes && len(c.Codes) != 1 {
			return nil, m.problem(v.Code, fmt.Sprintf("%d of %d labels are what is asked for", len(c.Codes), len(v.Values)),
				fmt.Sprintf(`years, municipalities, one class "Totalt", %q and "Installerad effekt (MW)"`, t.counted))
		}
		choices = append(choices, c)
	}
	return choices, nil
}

// moved tells the first code that stands for something else now.
func moved(before, after *metadata) string {
	for i, v := range before.Variables {
		if i >= len(after.Variables) || after.Variables[i].Code != v.Code {
			return "the variables are others"
		}
		now := after.Variables[i].Values
		for j, value := range v.Values {
			if j >= len(now) {
				return fmt.Sprintf("%s had %d values and has %d", v.Code, len(v.Values), len(now))
			}
			if now[j] != value {
				return fmt.Sprintf("the place of %q in %s has %q", value.Label, v.Code, now[j].Label)
			}
		}
		if len(now) > len(v.Values) {
			return fmt.Sprintf("%s had %d values and has %d", v.Code, len(v.Values), len(now))
		}
	}
	return "their order or texts are others"
}
