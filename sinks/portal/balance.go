package portal

import (
	"slices"

	"samkraft/sinks/tables"
)

// balance is the energy account of a member in one year.
type balance struct {
	member member
	year   int64
	rows   []tables.Row // of energy_balance
}

// balanceOf is a member's account of the base year, or of the year nearest to it in
// which final use is known.
func (b *book) balanceOf(m member) balance {
	all := b.of(m, "energy_balance")
	year, known := tables.AccountYear(b.plan, all)
	if !known {
		year, _ = b.plan.Int("base_year")
	}
	found := balance{member: m, year: year}
	for _, r := range all {
		if year, _ := r.Int("year"); year == found.year {
			found.rows = append(found.rows, r)
		}
	}
	return found
}

// pick are the rows that have these values, given as column and value in turn.
func pick(rows []tables.Row, pairs ...any) []tables.Row {
	var found []tables.Row
	for _, r := range rows {
		has := true
		for i := 0; i < len(pairs); i += 2 {
			has = has && r.Value(pairs[i].(string)) == pairs[i+1]
		}
		if has {
			found = append(found, r)
		}
	}
	return found
}

// parts are the flows of a kind that are no totals.
func (b balance) parts(flow string, pairs ...any) []tables.Row {
	return pick(b.rows, append([]any{"flow", flow, "is_total", false}, pairs...)...)
}

// use is the final use of a carrier: the publisher's own total of sectors, which has
// what is secret in it, or else the sum of the sectors.
func (b balance) use(carrier string) figure {
	for _, r := range pick(b.rows, "flow", "FINAL", "is_total", true, "carrier_id", carrier, "sector_id", "TOTAL") {
		if !r.Null("energy_mwh") {
			return at(r, "energy_mwh")
		}
	}
	return sum(b.parts("FINAL", "carrier_id", carrier), "energy_mwh")
}

// useOf is the final use of a sector, as use.
func (b balance) useOf(sector string) figure {
	for _, r := range pick(b.rows, "flow", "FINAL", "is_total", true, "carrier_id", "TOTAL", "sector_id", sector) {
		if !r.Null("energy_mwh") {
			return at(r, "energy_mwh")
		}
	}
	return sum(b.parts("FINAL", "sector_id", sector), "energy_mwh")
}

// plants is what plants take or give of a carrier: the sum over plants, or the
// publisher's totals where one of them is secret.
func (b balance) plants(flow, carrier string) figure {
	all := sum(b.parts(flow, "carrier_id", carrier), "energy_mwh")
	if all.known() {
		return all
	}
	var totals []tables.Row
	for _, r := range pick(b.rows, "flow", flow, "is_total", true, "carrier_id", carrier) {
		if id := r.Text("plant_id"); id == "heat:TOTAL" || id == "power:TOTAL" {
			totals = append(totals, r)
		}
	}
	if whole := sum(totals, "energy_mwh"); whole.known() {
		return whole
	}
	return all
}

// The order in which carriers and sectors are shown; others come after them.
var (
	carrierOrder = []string{"electricity", "district_heat", "GAS_F", "GAS_R", "LIQ_F", "LIQ_R", "SOL_F", "SOL_R", "ambient_heat"}
	sectorOrder  = []string{"HOUS", "HOUS_DET", "HOUS_APT", "HOUS_SUM", "SERV", "SERV_PUB", "SERV_PRV", "BUS", "IND", "AGR", "TRA", "TRA_ROAD", "TRA_OTHER", "ALL"}
)

// fuelled reports whether a publisher states the use of anything but electricity and
// district heat.
func (b balance) fuelled() bool {
	return slices.ContainsFunc(b.parts("FINAL"), func(r tables.Row) bool { return !slices.Contains(network, r.Text("carrier_id")) })
}

// inOrder lists the texts of a column, those of the order first.
func inOrder(rows []tables.Row, column string, order []string) []string {
	var found []string
	for _, r := range rows {
		if id := r.Text(column); !slices.Contains(found, id) {
			found = append(found, id)
		}
	}
	place := func(id string) int {
		if i := slices.Index(order, id); i >= 0 {
			return i
		}
		return len(order)
	}
	slices.SortStableFunc(found, func(a, b string) int {
		if d := place(a) - place(b); d != 0 {
			return d
		}
		if a < b {
			return -1
		}
		return 1
	})
	return found
}

// used are the carriers of which something is used, or may be.
func (b balance) used() []string { return inOrder(b.some(), "carrier_id", carrierOrder) }

// users are the sectors that use something, or may.
func (b balance) users() []string { return inOrder(b.some(), "sector_id", sectorOrder) }

// some are the final uses that are not zero.
func (b balance) some() []tables.Row {
	var some []tables.Row
	for _, r := range b.parts("FINAL") {
		if v, known := r.Number("energy_mwh"); !known || v != 0 {
			some = append(some, r)
		}
	}
	return some
}
