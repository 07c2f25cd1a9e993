package transforms

import (
	"context"
	"slices"

	"samkraft/transforms/suppression"
)

// scbUnit is what SCB rounds its figures to, in the kWh that tables are held in.
const scbUnit = 1000

const useTotal = "TOTAL"

// use is what SCB says of the members, their counties and the nation.
type use struct {
	tables []*useTable // by area, then year
	areas  map[string][]*useTable
	// share is how close a hidden cell may be known, of its largest possible value;
	// widthC and widthD how wide the bounds of an estimate of grade C or D may be, of
	// the estimate.
	share, widthC, widthD float64
}

// useTable is the final use of an area in a year. Its table has the figures in kWh
// as they may be published, once protect has gone over it.
type useTable struct {
	country, code string
	year          int64
	member        bool
	suppression.Table
	scb       map[figureOf]int64 // as SCB prints them; what it hides is Hidden
	own       map[figureOf]int64 // what the plan states of hidden figures
	hidden    int                // figures that SCB hides
	negative  bool               // one is below zero: check C07 withholds the plan
	protected map[figureOf]bool
	fault     string
}

type figureOf struct{ sector, carrier string }

func readUse(ctx context.Context, b *build) (*use, error) {
	u := &use{areas: map[string][]*useTable{}}
	err := b.conn.QueryRowContext(ctx, `SELECT max(value) FILTER (factor_id = 'suppression_protection_share'),
		max(value) FILTER (factor_id = 'quality_interval_c'), max(value) FILTER (factor_id = 'quality_interval_d') FROM registry.factor`).Scan(&u.share, &u.widthC, &u.widthD)
	if err != nil {
		return nil, err
	}
	type row struct {
		country, code, sector, carrier string
		year                           int64
		member                         bool
		kwh, own                       *int64
	}
	rows, err := scan(ctx, b, `SELECT u.country, u.region_code, u.year, u.sector_id, u.carrier_id, u.muni_code IS NOT NULL, (u.energy_mwh * 1000)::BIGINT, (o.own_value * 1000)::BIGINT
		FROM scb_use u LEFT JOIN own_cell o ON o.table_name = 'energy_balance' AND o.country = u.country AND o.muni_code = u.muni_code AND o.cell = concat_ws('|', u.year, u.carrier_id, u.sector_id)
		WHERE u.value_status <> 'not_applicable' ORDER BY u.region_code, u.year, u.sector_id, u.carrier_id`, func(r *row) []any {
		return []any{&r.country, &r.code, &r.year, &r.sector, &r.carrier, &r.member, &r.kwh, &r.own}
	})
	if err != nil {
		return nil, err
	}
	for len(rows) > 0 {
		first := rows[0]
		t := &useTable{country: first.country, code: first.code, year: first.year, member: first.member, scb: map[figureOf]int64{}, own: map[figureOf]int64{}}
		t.Unit = scbUnit
		for len(rows) > 0 && rows[0].code == first.code && rows[0].year == first.year {
			r := rows[0]
			rows = rows[1:]
			t.scb[figureOf{r.sector, r.carrier}] = suppression.Hidden
			if r.kwh != nil {
				t.scb[figureOf{r.sector, r.carrier}] = *r.kwh
				t.negative = t.negative || *r.kwh < 0
			} else {
				t.hidden++
				if r.own != nil {
					t.own[figureOf{r.sector, r.carrier}] = *r.own
				}
			}
			if r.sector != useTotal && !slices.Contains(t.Rows, r.sector) {
				t.Rows = append(t.Rows, r.sector)
			}
			if r.carrier != useTotal && !slices.Contains(t.Columns, r.carrier) {
				t.Columns = append(t.Columns, r.carrier)
			}
		}
		t.lay()
		u.tables = append(u.tables, t)
		u.areas[t.code] = append(u.areas[t.code], t)
	}
	return u, nil
}

// lay puts the figures into the table. A figure that is not in the file is hidden.
func (t *useTable) lay() {
	get := func(i, j int) int64 {
		if v, stated := t.scb[t.place(i, j)]; stated {
			return v
		}
		return suppression.Hidden
	}
	for i := range t.Rows {
		var cells []int64
		for j := range t.Columns {
			cells = append(cells, get(i, j))
		}
		t.Cells = append(t.Cells, cells)
		t.RowTotals = append(t.RowTotals, get(i, suppression.All))
	}
	for j := range t.Columns {
		t.ColumnTotals = append(t.ColumnTotals, get(suppression.All, j))
	}
	t.Total = get(suppression.All, suppression.All)
}

// place names the figure in a row and column of the table.
func (t *useTable) place(i, j int) figureOf {
	p := figureOf{useTotal, useTotal}
	if i != suppression.All {
		p.sector = t.Rows[i]
	}
	if j != suppression.All {
		p.carrier = t.Columns[j]
	}
	return p
}
