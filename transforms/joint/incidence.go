package joint

import (
	"slices"

	"samkraft/transforms/coalition"
)

// incidenceRows says what an agreement does to every member of the plan under the
// key that was agreed: those who signed, and those who might.
func (e *engine) incidenceRows(rows Rows, d *deal, all *portfolio, u *uncertainty) error {
	grand := coalition.All(len(d.players))
	gains, err := d.byKey(grand)
	if err != nil {
		return err
	}
	exit := coalition.ExitValues(d.game.money)
	stays := map[int]bool{}
	if all.promise != nil {
		counted := -1
		for k, other := range e.deals {
			if all.counts[k] {
				counted++
			}
			if other == d && all.counts[k] {
				for _, i := range all.promise.stable.Stay[counted].Members() {
					stays[i] = true
				}
			}
		}
	}
	counted := slices.Index(e.deals, d)
	for i := range e.in.Members {
		at := slices.Index(d.players, i)
		head, tail := e.incidenceEnds(d, i, all)
		if at < 0 {
			entrant, ok, err := e.entry(d, i)
			if err != nil {
				return err
			}
			var adds, gets any
			if ok {
				adds, gets = cents(entrant.adds), cents(entrant.gets)
			}
			rows.add("agreement_incidence", slices.Concat(head, []any{nil, nil, nil, nil, nil, nil, nil, nil, adds, gets}, tail)...)
			continue
		}
		var gain, loses, stay any
		drawn := []any{nil, nil, nil, nil}
		if d.weights != nil {
			gain, loses = euro(gains[at]), gains[at] < 0
			if u != nil {
				drawn = u.keyed[at].cells()
			}
		}
		if all.counts[counted] && all.promise != nil {
			stay = stays[i]
		}
		rows.add("agreement_incidence", slices.Concat(head, []any{gain, loses}, drawn, []any{euro(exit[at]), stay, nil, nil}, tail)...)
	}
	return e.exitRows(rows, d, gains)
}

// incidenceEnds are the first and the last cells of a member's row.
func (e *engine) incidenceEnds(d *deal, member int, all *portfolio) (head, tail []any) {
	m := e.in.Members[member]
	portfolio := any(nil)
	if all.promise != nil {
		portfolio = euro(all.promise.total[member])
	}
	return []any{e.in.Plan, Scenario, d.ID, m.Country, m.Code, slices.Contains(d.players, member), d.Key.Type, d.Key.Shares},
		[]any{portfolio, nil, nil, e.in.PriceYear, d.example}
}

// gapIncidence says of an agreement without a figure who has signed it.
func (e *engine) gapIncidence(rows Rows, d *deal, all *portfolio) {
	for i := range e.in.Members {
		head, tail := e.incidenceEnds(d, i, all)
		rows.add("agreement_incidence", slices.Concat(head, make([]any, 10), tail)...)
	}
}

// exitRows says what each signatory loses when another leaves.
func (e *engine) exitRows(rows Rows, d *deal, gains []int64) error {
	if d.weights == nil {
		return nil
	}
	grand := coalition.All(len(d.players))
	for at, leaver := range d.players {
		after, err := d.byKey(grand &^ (1 << at))
		if err != nil {
			return err
		}
		for other, member := range d.players {
			if other != at {
				x, y := e.in.Members[leaver], e.in.Members[member]
				rows.add("exit_loss", e.in.Plan, Scenario, d.ID, x.Country, x.Code, y.Country, y.Code, euro(gains[other]-after[other]), e.in.PriceYear, d.example)
			}
		}
	}
	return nil
}
