package joint

import (
	"cmp"
	"slices"
	"strings"

	"samkraft/pipeline"
	"samkraft/transforms/coalition"
)

// supplyCurves writes the steps of each member, and of all together: of each
// stock the lower convex hull of its packages, of which one can be chosen.
func (e *engine) supplyCurves(rows Rows) error {
	var players []int
	for i, m := range e.in.Members {
		if m.HasTarget && e.inScope(i, mwh) > 0 {
			players = append(players, i)
		}
	}
	if len(players) == 0 {
		return nil
	}
	m, _, err := e.pooled(pipeline.Agreement{Signatories: pipeline.Who{All: true}}, players)
	if err != nil {
		return err
	}
	// Building has added the backstop price, should there be no agreement that needs it.
	if e.central, err = e.state(e.params.central, e.central); err != nil {
		return err
	}
	solved, err := m.at(e.central)
	if err != nil {
		return err
	}
	steps := solved.(*pooledAt).steps
	slices.SortStableFunc(steps, func(a, b coalition.Increment) int {
		return cmp.Or(cmp.Compare(a.UnitCost, b.UnitCost), cmp.Compare(a.ID, b.ID))
	})
	curve := func(scope, country, code string, belongs func(player int) bool) {
		rank, sum := 0, 0.0
		for _, s := range steps {
			if !belongs(s.Member) {
				continue
			}
			rank++
			sum += s.Energy
			home := e.in.Members[players[s.Member]]
			parts := strings.Split(s.ID, "/")
			var abatement any
			if cost := s.UnitCost * s.Energy; cost >= 0 && s.CO2 > 0 {
				abatement = round(cost/s.CO2, 6)
			}
			rows.add("supply_curve", e.in.Plan, scope, country, code, "REF", rank, home.Country, home.Code, parts[0], parts[1],
				round(s.UnitCost, 6), round(s.Energy, 3), round(sum, 3), round(s.CO2, 3), abatement)
		}
	}
	curve("joint", "-", "-", func(int) bool { return true })
	for k, i := range players {
		curve("member", e.in.Members[i].Country, e.in.Members[i].Code, func(player int) bool { return player == k })
	}
	return nil
}

// nettingRows writes what each group of members exchanges with the rest of the
// world in the hours of a year.
func (e *engine) nettingRows(rows Rows) error {
	n := len(e.in.Members)
	if e.in.Hours == nil || n > coalition.MaxNettingPlayers {
		return nil
	}
	players := make([]int, n)
	for i := range players {
		players[i] = i
	}
	netting, err := e.in.Hours.between(players)
	if err != nil {
		return err
	}
	game, err := netting.EnergyGame()
	if err != nil {
		return err
	}
	for s := 1; s < 1<<n; s++ {
		mask := coalition.Mask(s)
		if !shown(mask.Size(), n) {
			continue
		}
		of := netting.Of(mask)
		rows.add("netting", e.in.Plan, uint64(mask), e.in.Hours.Year, mask.Size(), strings.Join(e.in.names(players, mask), ", "), round(of.Import, 3), round(of.Export, 3),
			thousand(game.Value(mask)), round(of.SelfSufficiency, 6), round(of.SelfConsumption, 6), len(e.in.Hours.Consumption[0]))
	}
	return nil
}
