package joint

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"samkraft/pipeline"
	"samkraft/transforms/coalition"
)

// round rounds to a stated number of decimals, which is how published numbers
// are rounded, once. What is not a number is null.
func round(f float64, decimals int) any {
	if math.IsNaN(f) {
		return nil
	}
	scale := math.Pow10(decimals)
	r := math.Round(f*scale) / scale
	if r == 0 {
		return 0.0 // not minus zero
	}
	return r
}

func cents(f float64) any { return round(f, 2) }

// euro, megawatthours and tonnes write whole cents, kWh and kg.
func euro(cents int64) float64 { return float64(cents) / 100 }
func thousand(x int64) float64 { return float64(x) / 1000 }

// together is a game that several have played: an agreement's, or that of all.
type together struct {
	id      string
	players []int
	game    game
	shares  []sharing
	example bool
}

func (e *engine) memberRows(rows Rows, d *deal) {
	for at, member := range d.players {
		m := e.in.Members[member]
		var weight any
		if d.weights != nil {
			weight = round(d.weights[at], 9)
		}
		rows.add("agreement_member", e.in.Plan, d.ID, m.Country, m.Code, weight)
	}
}

// gameRows writes the tables of a game and of the ways of sharing it.
func (e *engine) gameRows(rows Rows, t together, u *uncertainty) error {
	e.coalitionRows(rows, t)
	e.allocationRows(rows, t, u)
	return e.stabilityRows(rows, t, u)
}

func (e *engine) coalitionRows(rows Rows, t together) {
	n, g := len(t.players), t.game
	for s := 1; s < 1<<n; s++ {
		mask := coalition.Mask(s)
		if !shown(mask.Size(), n) {
			continue
		}
		var lambda, lambdaT, cover any
		if g.lambda != nil && g.lambda[s] > 0 {
			lambda = round(g.lambda[s], 6)
		}
		if g.lambdaT != nil && g.lambdaT[s] > 0 {
			lambdaT = round(g.lambdaT[s], 6)
		}
		if g.cover != nil {
			cover = euro(g.cover.Game.Value(mask))
		}
		rows.add("coalition_value", e.in.Plan, Scenario, t.id, uint64(global(t.players, mask)), mask.Size(), strings.Join(e.in.names(t.players, mask), ", "),
			euro(g.cost[s]), euro(g.money.Value(mask)), cover, g.value(mwh, mask), g.value(tonne, mask), thousand(g.byproduct[s]),
			lambda, lambdaT, g.short[s], e.in.PriceYear, t.example)
	}
}

func (e *engine) allocationRows(rows Rows, t together, u *uncertainty) {
	alone := func(i int) int64 { return t.game.cost[1<<i] }
	for k, s := range t.shares {
		for i, member := range t.players {
			m := e.in.Members[member]
			gain := euro(s.money[i])
			var energy, carbon any
			if s.energy != nil {
				energy = thousand(s.energy[i])
			}
			if s.carbon != nil {
				carbon = thousand(s.carbon[i])
			}
			low, high, positive := u.member(k, i, s, t.game.money.Total())
			rows.add("allocation", e.in.Plan, Scenario, t.id, s.rule, m.Country, m.Code, gain, euro(alone(i)-s.money[i]), energy, carbon,
				perhaps(gain/m.Population, 6), perhaps(gain/m.Energy, 6), low, high, positive, s.method, s.inCore, e.in.PriceYear, t.example)
		}
	}
}

// perhaps rounds a quotient; null where the divisor is unknown or nothing.
func perhaps(f float64, decimals int) any {
	if math.IsInf(f, 0) {
		return nil
	}
	return round(f, decimals)
}

// member is what a way of sharing gives a player in the draws: the 10th and 90th
// percentile and how often it gains; null without draws, and where nothing is
// shared at the central values, so that there are no parts to hold on to.
func (u *uncertainty) member(k, i int, s sharing, total int64) (low, high, positive any) {
	if u == nil {
		return nil, nil, nil
	}
	var q quantity
	switch {
	case s.rule == "price":
		q = u.price[i]
	case !u.byShare[k]:
		q = u.keyed[i]
	case total <= 0:
		return nil, nil, nil
	default:
		part := float64(s.money[i]) / float64(total)
		q = quantity{p10: part * u.money.p10, p90: part * u.money.p90}
		if part < 0 {
			q.p10, q.p90 = q.p90, q.p10
		}
		if part > 0 {
			q.positive = u.money.positive
		}
	}
	return cents(q.p10), cents(q.p90), round(q.positive, 6)
}

// stabilityRows certifies every way of sharing.
func (e *engine) stabilityRows(rows Rows, t together, u *uncertainty) error {
	for _, of := range t.game.currencies() {
		g := t.game.of(of)
		superadditive, _, _ := coalition.Superadditive(g)
		convex, _ := coalition.Convex(g)
		total := g.Total()
		var least any
		var leastShare any
		if g.Players() > 1 {
			core, err := coalition.LeastCore(g)
			if err != nil {
				return err
			}
			epsilon, _ := core.Epsilon.Float64()
			if of == eur {
				least = cents(epsilon / 100)
			}
			if total > 0 {
				leastShare = round(epsilon/float64(total), 6)
			}
		}
		for k, s := range t.shares {
			part := *s.part(of)
			if part == nil {
				continue
			}
			var excess, share, blocking, stable any
			inCore := true
			if g.Players() > 1 {
				most, mask, err := coalition.MaxExcess(g, part)
				if err != nil {
					return err
				}
				inCore = most <= int64(g.Players())
				if total > 0 {
					share = round(float64(most)/float64(total), 6)
				}
				if of == eur {
					excess = euro(most)
				}
				if !inCore {
					blocking = strings.Join(e.in.names(t.players, mask), ", ")
				}
			}
			if of == eur && u != nil {
				stable = round(u.stable[k], 6)
			}
			// The nucleolus is verified: sharing has failed otherwise.
			rows.add("stability", e.in.Plan, Scenario, t.id, of.String(), s.rule, coalition.Efficient(g, part), coalition.IndividuallyRational(g, part), inCore, stable,
				share, excess, blocking, leastShare, leastShare, least, superadditive, convex, true, t.example)
		}
	}
	return nil
}

func (c currency) String() string { return [...]string{"eur", "mwh", "t"}[c] }

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

// supplyCurves writes the steps of each member, and of all together: of each
// stock the lower convex hull of its packages, of which one can be chosen.
func (e *engine) supplyCurves(rows Rows) error {
	var players []int
	for i, m := range e.in.Members {
		if m.HasTarget {
			players = append(players, i)
		}
	}
	if len(players) == 0 {
		return nil
	}
	m, _, err := e.pooled(pipeline.Agreement{}, players)
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
