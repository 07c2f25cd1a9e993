package eurostat

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"samkraft/pipeline"
	"samkraft/sources"
)

// marks: a value is a number or absent. Eurostat's sign for what is not available
// stands among the flags, and in a value where the writer has put it there too.
var marks = sources.Marks{":": pipeline.NotAvailable}

// flags are Eurostat's, with the status that they give a figure; the others leave it
// as it is. Several can stand together.
var flags = map[rune]pipeline.Status{
	'b': "", 'd': "", 'n': "", 'p': "", 'r': "", 'u': "",
	'e': pipeline.Estimated, 'f': pipeline.Estimated, 's': pipeline.Estimated, 'i': pipeline.Estimated,
	'c': pipeline.Suppressed, 'z': pipeline.NotApplicable, ':': pipeline.NotAvailable, 'm': pipeline.NotAvailable,
}

// dimensions of the data set, which may stand in any order.
var dimensions = []string{"freq", "unit", "indic_nrg", "geo", "time"}

func decode(ctx context.Context, dataSet string, part pipeline.Part, out pipeline.Output) (pipeline.Edition, error) {
	c, err := readCube(ctx, part)
	if err != nil {
		return pipeline.Edition{}, err
	}
	place, err := c.places(dataSet)
	if err != nil {
		return pipeline.Edition{}, err
	}
	if len(c.values) == 0 {
		return pipeline.Edition{}, c.json.Problem("value", "there is no figure", "the degree days of regions")
	}
	regions := regions("DK", "SE")
	codes := make([]string, len(c.dimensions))
	for flat := range c.cells {
		if flat%4096 == 0 && ctx.Err() != nil {
			return pipeline.Edition{}, c.json.Problem("", ctx.Err().Error(), "")
		}
		c.codes(flat, codes)
		region, indicator, path := codes[place["geo"]], codes[place["indic_nrg"]], fmt.Sprintf("value.%d", flat)
		if !slices.Contains(regions, region) {
			if len(region) == 5 && (strings.HasPrefix(region, "DK") || strings.HasPrefix(region, "SE")) {
				return pipeline.Edition{}, c.json.Problem("dimension.geo", fmt.Sprintf("unknown region %q", region), "a region of NUTS 2021")
			}
			continue // countries, larger regions, and those of others
		}
		value, status, what := figure(c.values[flat], c.flags[flat])
		if what != "" {
			return pipeline.Edition{}, c.json.Problem(path, what, "degree days, and Eurostat's flags")
		}
		year, month, ok := period(dataSet, codes[place["time"]])
		if !ok {
			return pipeline.Edition{}, c.json.Problem("dimension.time", fmt.Sprintf("%q is not a period", codes[place["time"]]), "2023 in the yearly set, 2023-01 in the monthly one")
		}
		row := []any{region, indicator, year}
		if dataSet == monthly {
			row = append(row, month)
		}
		var flag any
		if f := c.flags[flat]; f != "" {
			flag = f
		}
		if err := out.Row(tables[dataSet], path, append(row, value, status, flag)...); err != nil {
			return pipeline.Edition{}, err
		}
	}
	return pipeline.Edition{AsOf: c.updated.Format(time.DateOnly)}, nil
}

var tables = map[string]string{annual: yearTable, monthly: monthTable}

// places finds the dimensions and checks those that have one meaning here.
func (c *cube) places(dataSet string) (map[string]int, error) {
	place := map[string]int{}
	for _, id := range dimensions {
		if place[id] = c.dimension(id); place[id] < 0 {
			return nil, c.json.Problem("id", fmt.Sprintf("the dimension %q is missing", id), strings.Join(dimensions, ", "))
		}
	}
	if len(c.dimensions) != len(dimensions) {
		return nil, c.json.Problem("id", fmt.Sprintf("there are %d dimensions", len(c.dimensions)), strings.Join(dimensions, ", "))
	}
	frequency := map[string]string{annual: "A", monthly: "M"}[dataSet]
	for _, meaning := range [][]string{{"freq", frequency}, {"unit", "NR"}, {"indic_nrg", "HDD", "CDD"}} {
		id, allowed := meaning[0], meaning[1:]
		for _, code := range c.dimensions[place[id]].codes {
			if !slices.Contains(allowed, code) {
				return nil, c.json.Problem("dimension."+id, fmt.Sprintf("has %q", code), strings.Join(allowed, ", "))
			}
		}
	}
	return place, nil
}

// period reads a year, or a month of one.
func period(dataSet, text string) (year, month int, ok bool) {
	first, second, cut := strings.Cut(text, "-")
	year, ok = sources.Year(first)
	if dataSet == annual || !ok {
		return year, 0, ok && !cut
	}
	month, err := strconv.Atoi(second)
	return year, month, err == nil && len(second) == 2 && month >= 1 && month <= 12
}

// figure reads a cell and its flags. A cell that is absent is not known.
func figure(text, flagged string) (value any, status pipeline.Status, what string) {
	status = pipeline.NotAvailable
	if text != "" {
		var err error
		if value, status, err = marks.Read(text, '.'); err != nil {
			return nil, "", err.Error()
		}
	}
	if d, ok := value.(pipeline.Decimal); ok && (d.Coefficient < 0 || d.Float() > 20000) {
		return nil, "", text + " are no degree days"
	}
	for _, f := range flagged {
		means, known := flags[f]
		switch {
		case f == ' ':
		case !known:
			return nil, "", fmt.Sprintf("unknown flag %q", flagged)
		case value == nil && (means == pipeline.Suppressed || means == pipeline.NotApplicable):
			status = means
		case value != nil && means == pipeline.Estimated:
			status = means
		case value != nil && means != "" && means != pipeline.Estimated:
			return nil, "", fmt.Sprintf("there is a figure, %s, and the flag %q that says there is none", text, flagged)
		}
	}
	return value, status, ""
}

// regions lists the NUTS 3 regions of countries, in order.
func regions(countries ...string) []string {
	var all []string
	for _, m := range pipeline.Municipalities() {
		if slices.Contains(countries, m.Country) && m.NUTS3 != "" && !slices.Contains(all, m.NUTS3) {
			all = append(all, m.NUTS3)
		}
	}
	slices.Sort(all)
	return all
}
