package dst

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"samkraft/pipeline"
)

var populationColumns = []string{"OMRÅDE", "KØN", "ALDER", "TID", "INDHOLD"}

// maxPopulation bounds a figure: Denmark has six million inhabitants.
const maxPopulation = 20_000_000

func decodePopulation(ctx context.Context, part pipeline.Part, out pipeline.Output) (pipeline.Edition, error) {
	a, err := open(part, populationColumns, "CIVILSTAND")
	if err != nil {
		return pipeline.Edition{}, err
	}
	defer a.Close()
	where, when, what := a.column["OMRÅDE"], a.column["TID"], a.column["INDHOLD"]
	var latest time.Time
	err = a.each(ctx, func(cells []string) error {
		m, isMunicipality, err := a.territory(cells[where])
		if err != nil {
			return err
		}
		total, err := a.isTotal(cells)
		if err != nil {
			return err
		}
		date, ok := period(cells[when])
		if !ok {
			return a.problem("TID", fmt.Sprintf("%q is no quarter or month", cells[when]), "for example 2025K1 or 2024M01, from 2007, the first year of today's municipalities")
		}
		value, status, err := withoutZero(cells[what])
		if err != nil {
			return a.problem("INDHOLD", err.Error(), "inhabitants")
		}
		if !isMunicipality || !total {
			return nil
		}
		if d, ok := value.(pipeline.Decimal); ok {
			n, err := d.Rescale(0)
			if err != nil || n < 1 || n > maxPopulation || float64(n) != d.Float() {
				return a.problem("INDHOLD", fmt.Sprintf("%q is no number of inhabitants", cells[what]), "a whole number")
			}
			value = n
		}
		if date.After(latest) {
			latest = date
		}
		return out.Row(populationTable, a.Location(), m.Country, m.Code, date, value, status)
	})
	if err != nil {
		return pipeline.Edition{}, err
	}
	if latest.IsZero() {
		return pipeline.Edition{}, &pipeline.Problem{File: part.Name, What: "no row has a municipality's population of all sexes and ages", Expected: "rows with KØN TOT (I alt) and ALDER IALT (Alder i alt)", Remedy: "ask for the totals too; parts are not added up"}
	}
	return pipeline.Edition{AsOf: latest.Format(time.DateOnly)}, nil
}

// isTotal reports whether a row is the population of all sexes, ages and marital
// statuses. A word that is in none of the lists is an error, so that a renamed
// total does not vanish among the parts.
func (a *answer) isTotal(cells []string) (bool, error) {
	total := true
	for _, name := range []string{"KØN", "ALDER", "CIVILSTAND"} {
		i, ok := a.column[name]
		if !ok {
			continue
		}
		all, known := kindOf(name, cells[i])
		if !known {
			return false, a.problem(name, fmt.Sprintf("%q is unknown", cells[i]), "a value of this variable in Danish or as a code, such as "+totals[name])
		}
		total = total && all
	}
	return total, nil
}

// totals names the words for all, for errors.
var totals = map[string]string{"KØN": "I alt or TOT", "ALDER": "Alder i alt or IALT", "CIVILSTAND": "I alt or TOT"}

// kindOf tells of a value of a variable whether it is all of it, and whether it
// is known at all. Answers of before about 2023 have "I alt" for all ages.
func kindOf(variable, cell string) (all, known bool) {
	switch variable {
	case "KØN":
		switch cell {
		case "TOT", "I alt":
			return true, true
		case "1", "2", "M", "K", "Mænd", "Kvinder":
			return false, true
		}
	case "ALDER":
		if cell == "IALT" || cell == "Alder i alt" || cell == "I alt" {
			return true, true
		}
		return false, isAge(cell)
	case "CIVILSTAND":
		switch cell {
		case "TOT", "I alt":
			return true, true
		case "U", "G", "E", "F", "Ugift", "Gift/separeret", "Enke/enkemand", "Fraskilt":
			return false, true
		}
	}
	return false, false
}

// isAge knows one age or a group: "0", "0 år", "0-4 år", "105 år og derover".
func isAge(cell string) bool {
	cell = strings.TrimSuffix(strings.TrimSuffix(cell, " og derover"), " år")
	from, to, _ := strings.Cut(cell, "-")
	for _, s := range []string{from, to} {
		if n, err := strconv.Atoi(s); s != "" && (err != nil || n < 0 || n > 130 || len(s) > 3) {
			return false
		}
	}
	return from != ""
}

// period gives the first day of a quarter ("2025K1") or month ("2024M01").
func period(cell string) (time.Time, bool) {
	if len(cell) < 6 {
		return time.Time{}, false
	}
	year, ok := parseYear(cell[:4])
	if !ok {
		return time.Time{}, false
	}
	month := 0
	switch n, err := strconv.Atoi(cell[5:]); {
	case err != nil || n < 1 || cell[5] == '+':
	case cell[4] == 'K' && len(cell) == 6 && n <= 4:
		month = 3*n - 2
	case cell[4] == 'M' && len(cell) == 7 && n <= 12:
		month = n
	}
	return time.Date(year, time.Month(month), 1, 0, 0, 0, 0, time.UTC), month > 0
}
