package dmi

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"samkraft/pipeline"
	"samkraft/sources"
)

func decode(ctx context.Context, x pipeline.Extract, out pipeline.Output) (pipeline.Edition, error) {
	asOf, rows := "", 0
	var last time.Time
	for i, part := range x.Parts {
		p, err := readPage(part, func(path string, f feature, j *sources.JSON) error {
			if rows%4096 == 0 && ctx.Err() != nil {
				return ctx.Err()
			}
			rows++
			end, err := f.row(path, j, i, len(x.Parts), out)
			if end.After(last) {
				last = end
			}
			return err
		})
		if err != nil {
			return pipeline.Edition{}, err
		}
		asOf = max(asOf, p.day())
	}
	if rows == 0 {
		return pipeline.Edition{}, &pipeline.Problem{File: x.Parts[0].Name, Path: "features", What: "there is no value", Expected: "values"}
	}
	if asOf == "" {
		asOf = dateOf(last).AddDate(0, 0, -1).Format(time.DateOnly)
	}
	return pipeline.Edition{AsOf: asOf}, nil
}

// row writes the row of a feature, and returns the end of its period.
func (f feature) row(path string, j *sources.JSON, part, parts int, out pipeline.Output) (end time.Time, err error) {
	v := f.Properties
	code := v.MunicipalityID
	m, err := pipeline.FindMunicipality("DK", code)
	if err != nil || len(code) != 4 || !sources.Digits(code) {
		return end, j.Problem(path+".properties.municipalityId", fmt.Sprintf("%q is no municipality", code), "four digits, such as 0253")
	}
	p, ok := find(v.ParameterID, v.TimeResolution)
	if !ok {
		problem := j.Problem(path+".properties.parameterId", fmt.Sprintf("%q by %q is not read: its unit is not known here", v.ParameterID, v.TimeResolution), "one of "+strings.Join(slices.Sorted(maps.Keys(parameters)), ", "))
		problem.Remedy = "take the file out of the folder"
		return end, problem
	}
	begin, end, date, what := period(v.TimeResolution, v.From, v.To)
	if what != "" {
		return end, j.Problem(path+".properties.from", what, "an hour, or a day, month or year of the Danish calendar")
	}
	value, status, what := f.value(p)
	if what != "" {
		return end, j.Problem(path+".properties.value", what, v.ParameterID+" in "+p.unit+" with its validity")
	}
	location := path
	if parts > 1 {
		location = fmt.Sprintf("page %d, %s", part+1, path)
	}
	return end, out.Row(valueTable, location, m.Country, m.Code, v.ParameterID, v.TimeResolution, date, begin, end, value, p.unit, status, *v.Validity, text(v.QCStatus), text(v.CalculatedAt))
}

// text is nil where there is none.
func text(s string) any {
	if s == "" {
		return nil
	}
	return s
}
