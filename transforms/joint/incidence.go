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
	for i, m := range e.in.Members {
		at := slices.Index(d.players, i)
		head := []any{e.in.Plan, Scenario, d.ID, m.Country, m.Code, at >= 0, d.Key.Type, d.Key.Shares}
		portfolio := any(nil)
		if all.promise != nil {
			portfolio = euro(all.promise.total[i])
		}
		tail := []any{portfolio, nil, nil, e.in.PriceYear, d.example}
		if at < 0 {
			entrant, ok, err := e.entry(d, i)
			if err != nil {
				return err
			}
			var adds, gets any
			if ok {
				adds, gets = cents(entrant.adds), cents(entrant.gets)
			}
			rows.add("agreement_incidence", slices.Concat(head, []any{nil, nil, nil, nil, nil, nil, nil, adds, gets}, tail)...)
			continue
		}
		var gain, loses, low, high, positive, stay any
		if d.weights != nil {
			gain, loses = euro(gains[at]), gains[at] < 0
			if u != nil {
				low, high, positive = cents(u.keyed[at].p10), cents(u.keyed[at].p90), round(u.keyed[at].positive, 6)
			}
		}
		if all.counts[counted] && all.promise != nil {
			stay = stays[i]
		}
		rows.add("agreement_incidence", slices.Concat(head, []any{gain, loses, low, high, positive, euro(exit[at]), stay, nil, nil}, tail)...)
	}
	return e.exitRows(rows, d, gains)
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
