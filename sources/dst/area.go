package dst

import (
	"context"
	"fmt"

	"samkraft/pipeline"
	"samkraft/sources"
)

var areaColumns = []string{"OMRÅDE", "TID", "INDHOLD"}

func decodeArea(ctx context.Context, part pipeline.Part, out pipeline.Output) (pipeline.Edition, error) {
	a, err := open(part, areaColumns)
	if err != nil {
		return pipeline.Edition{}, err
	}
	defer a.Close()
	where, when, what := a.column["OMRÅDE"], a.column["TID"], a.column["INDHOLD"]
	latest := 0
	err = a.each(ctx, func(cells []string) error {
		m, isMunicipality, err := a.territory(cells[where])
		if err != nil {
			return err
		}
		year, ok := parseYear(cells[when])
		if !ok {
			return a.problem("TID", fmt.Sprintf("%q is no year", cells[when]), "a year from 2007, the first of today's municipalities")
		}
		value, status, err := withoutZero(cells[what])
		if err != nil {
			return a.problem("INDHOLD", err.Error(), "square kilometres with a decimal comma")
		}
		if !isMunicipality {
			return nil
		}
		if km2, ok := value.(pipeline.Decimal); ok && !isAreaOf(m.Code, km2.Float()) {
			p := a.problem("INDHOLD", fmt.Sprintf("%s is not the area of %s in km2", cells[what], m), fmt.Sprintf("about %g", referenceArea[m.Code]))
			p.Remedy = "ask for table ARE207; tables of before 2007 have other municipalities under the same names"
			return p
		}
		latest = max(latest, year)
		return out.Row(areaTable, a.Location(), m.Country, m.Code, year, value, status)
	})
	if err != nil {
		return pipeline.Edition{}, err
	}
	if latest == 0 {
		return pipeline.Edition{}, &pipeline.Problem{File: part.Name, What: "no row is of a municipality", Expected: "municipalities", Remedy: "ask for them too"}
	}
	return pipeline.Edition{AsOf: fmt.Sprintf("%d-01-01", latest)}, nil
}

// parseYear reads a year of today's municipalities.
func parseYear(cell string) (int, bool) {
	year, ok := sources.Year(cell)
	return year, ok && year >= 2007
}
