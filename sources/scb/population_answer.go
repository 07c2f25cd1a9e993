package scb

import (
	"context"
	"fmt"
	"strings"
	"time"

	"samkraft/pipeline"
	"samkraft/sources"
	"samkraft/sources/pxweb"
)

const (
	bothSexes   = "1+2"
	inhabitants = "BE0101U2"
)

// isBoth knows the value of the axis of sexes that holds both.
func isBoth(v pxweb.Value) bool {
	return v.Code == bothSexes || strings.HasPrefix(strings.ToLower(v.Label), "total")
}

// decodePopulationAnswers reads inhabitants from answers of the service.
func decodePopulationAnswers(ctx context.Context, parts []pipeline.Part, out pipeline.Output) (pipeline.Edition, error) {
	updated, last, rows := "", 0, 0
	for _, part := range parts {
		f, err := pxweb.ReadFigures(part)
		if err != nil {
			return pipeline.Edition{}, err
		}
		updated = max(updated, f.Updated)
		a, err := placesOf(f.Table, f.Problem, []string{"Region"}, []string{"Kon", "kön"}, nil)
		if err != nil {
			return pipeline.Edition{}, err
		}
		err = f.Each(ctx, func(c pxweb.Cell) error {
			y, wrote, err := populationCell(f, a, c, out)
			if wrote {
				rows++
				last = max(last, y)
			}
			return err
		})
		if err != nil {
			return pipeline.Edition{}, err
		}
	}
	if rows == 0 {
		return pipeline.Edition{}, &pipeline.Problem{File: parts[0].Name, What: "there is no municipality with inhabitants of both sexes", Expected: "cells of municipalities, sex " + bothSexes}
	}
	if updated != "" {
		return pipeline.Edition{AsOf: updated}, nil
	}
	return pipeline.Edition{AsOf: sources.EndOfYear(last)}, nil
}

// populationCell writes the row of a municipality and leaves nation, counties, one
// sex alone, and codes that were not in use.
func populationCell(f *pxweb.Figures, a places, c pxweb.Cell, out pipeline.Output) (y int, wrote bool, err error) {
	if a.contents >= 0 {
		if err := isContents(c.Values[a.contents], []string{inhabitants}, ""); err != nil {
			return 0, false, f.Problem(c.At, err.Error(), "inhabitants")
		}
		if label := c.Values[a.contents].Label; label != "" && !strings.Contains(strings.ToLower(label), "folkmängd") {
			return 0, false, f.Problem(c.At, fmt.Sprintf("%s is %q", inhabitants, label), "Folkmängd")
		}
	}
	area := c.Values[a.region]
	r, wrong := areaOf(area)
	if wrong != "" {
		return 0, false, f.Problem(c.At, fmt.Sprintf("%q (%s) %s", area.Code, area.Label, wrong), "a code such as 1380, 13 or 00")
	}
	y, ok := year(c.Values[a.year])
	if !ok {
		return 0, false, f.Problem(c.At, fmt.Sprintf("%q is no year", c.Values[a.year].Code), "a year such as 2020")
	}
	if r.muni == nil || !isBoth(c.Values[a.second]) || y < r.from || y > r.to {
		return y, false, nil
	}
	n, err := pipeline.ParseDecimal(c.Text, '.')
	count, scaleErr := n.Rescale(0)
	if err != nil || scaleErr != nil || n.Exponent < 0 || count < 0 || count > 100_000_000 {
		return y, false, f.Problem(c.At, fmt.Sprintf("%q is no number of inhabitants", c.Text), "a whole number")
	}
	return y, true, out.Row(populationTable.Name, c.At, "SE", r.muni, time.Date(y, 12, 31, 0, 0, 0, 0, time.UTC), count)
}
