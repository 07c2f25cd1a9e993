package transforms

import (
	"slices"

	"samkraft/transforms/suppression"
)

// seed is what the hidden cells of a table are first thought to be. Of each, from
// the first place that prints it and where it is not zero:
//
//   - the same member, in the nearest year, the earlier of two equally near,
//   - its county, in the same year or the nearest,
//   - the nation, likewise,
//
// scaled by the trend from there to here. It fails when none prints a cell that is
// hidden here.
func (u *use) seed(t *useTable) ([][]float64, bool) {
	county := t.code[:min(2, len(t.code))]
	var places []*useTable
	for _, area := range []string{t.code, county, scbNation} {
		years := slices.Clone(u.areas[area])
		slices.SortStableFunc(years, func(a, b *useTable) int { return int(distance(a.year, t.year) - distance(b.year, t.year)) })
		places = append(places, years...)
	}
	seed := make([][]float64, len(t.Rows))
	for i, sector := range t.Rows {
		seed[i] = make([]float64, len(t.Columns))
		for j, carrier := range t.Columns {
			if t.Cells[i][j] != suppression.Hidden {
				continue
			}
			for _, from := range places {
				if v := from.printed(sector, carrier); v > 0 && seed[i][j] == 0 {
					seed[i][j] = float64(v) * trend(from, t, sector)
				}
			}
			if seed[i][j] == 0 {
				return nil, false
			}
		}
	}
	return seed, true
}

// scbNation is SCB's code of the whole country.
const scbNation = "00"

// distance orders years by how near they are, the earlier of two first.
func distance(year, to int64) int64 {
	if year > to {
		return 2*(year-to) + 1
	}
	return 2 * (to - year)
}

// trend says by what a sector's use has to be multiplied to get from one table to
// another: the ratio of its totals, else of the carriers that both print of it,
// else of all cells that both print. It is 0 where there is nothing to compare.
func trend(from, to *useTable, sector string) float64 {
	if a, b := from.printed(sector, useTotal), to.printed(sector, useTotal); a > 0 && b > 0 {
		return float64(b) / float64(a)
	}
	for _, sectors := range [][]string{{sector}, to.Rows} {
		var a, b int64
		for _, s := range sectors {
			for _, c := range to.Columns {
				if x, y := from.printed(s, c), to.printed(s, c); x != suppression.Hidden && y != suppression.Hidden {
					a += x
					b += y
				}
			}
		}
		if a > 0 && b > 0 {
			return float64(b) / float64(a)
		}
	}
	return 0
}

// printed returns a figure that may be published, or Hidden.
func (t *useTable) printed(sector, carrier string) int64 {
	i, j := slices.Index(t.Rows, sector), slices.Index(t.Columns, carrier)
	switch {
	case i >= 0 && j >= 0:
		return t.Cells[i][j]
	case i >= 0 && carrier == useTotal:
		return t.RowTotals[i]
	case j >= 0 && sector == useTotal:
		return t.ColumnTotals[j]
	}
	return suppression.Hidden
}
