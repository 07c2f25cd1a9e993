package joint

import (
	"math"
	"strings"

	"samkraft/transforms/coalition"
)

// headline writes the row of joint_savings of an agreement.
func (e *engine) headline(rows Rows, d *deal, all *portfolio, u *uncertainty) {
	g := d.game
	grand := coalition.All(len(d.players))
	alone := g.standalone(len(d.players))
	s := said{agreement: d, all: all, players: len(d.players), alone: euro(alone), joint: euro(g.cost[grand]), gain: euro(g.money.Total()),
		energy: thousand(g.energy.Total()), byproduct: thousand(g.byproduct[grand]), backstop: g.backstop(), complete: true, uncertainty: u}
	var target, cut any
	if d.Mechanism == "pooled_target" {
		for _, member := range d.players {
			s.complete = s.complete && e.in.Members[member].Complete
		}
	}
	for _, aim := range aimsOf(d.mechanism) {
		sum := 0.0
		for _, amount := range aim.targets {
			sum += amount
		}
		if aim.of == tonne {
			s.cut, cut = sum, round(sum, 3)
		} else {
			s.target, target = sum, round(sum, 3)
		}
	}
	if n, ok := d.mechanism.(*netting); ok {
		s.selfTogether, s.selfAlone = n.selfSufficiency()
		s.hours = e.in.Hours
	}
	var share any
	if alone != 0 {
		share = round(s.gain/math.Abs(euro(alone)), 6)
	}
	cover, groups := any(nil), any(nil)
	if g.cover != nil {
		cover = euro(g.cover.Game.Total())
		groups = strings.Join(e.best(d.players, g), "; ")
		s.groups, s.coverGain = e.smaller(d.players, g)
	}
	s.key, s.best = e.objections(d.players, d.shares, u)
	example := 0.0
	if d.example {
		example = 1
	}
	rows.add("joint_savings", e.savingsRow(d.ID, u, []any{euro(alone), s.joint, s.gain, share},
		[]any{g.value(mwh, grand), g.value(tonne, grand), thousand(g.byproduct[grand]), target, cut, nature(d.Agreement), s.backstop, recommended(d.shares), cover, groups},
		[]any{nil, nil, nil, nil, nil}, []any{round(d.assumption, 6), example, d.example, s.complete}, s)...)
}

// best are the names of the groups in which players gain most: smaller ones only
// if that is more than rounding can make, a cent a member.
func (e *engine) best(players []int, g game) []string {
	grand := coalition.All(len(players))
	groups := g.cover.Partition(grand)
	if g.cover.Game.Total() <= g.money.Total()+int64(len(players)) {
		groups = []coalition.Mask{grand}
	}
	var names []string
	for _, group := range groups {
		names = append(names, strings.Join(e.in.names(players, group), ", "))
	}
	return names
}

// smaller are those groups and their gain, where it is more than that of all.
func (e *engine) smaller(players []int, g game) ([]string, float64) {
	if names := e.best(players, g); len(names) > 1 {
		return names, euro(g.cover.Game.Total())
	}
	return nil, 0
}

// savingsRow puts the cells of a row in order: what the draws say stands between
// the parts.
func (e *engine) savingsRow(id string, u *uncertainty, money, rest, promise, quality []any, s said) []any {
	draws, energy, carbon, n := make([]any, 5), make([]any, 3), make([]any, 3), any(nil)
	if u != nil {
		draws = []any{cents(u.money.p10), cents(u.money.p50), cents(u.money.p90), cents(u.money.mean), round(u.money.positive, 6)}
		if rest[0] != nil {
			energy = []any{round(u.energy.p10, 3), round(u.energy.p50, 3), round(u.energy.p90, 3)}
		}
		if rest[1] != nil {
			carbon = []any{round(u.carbon.p10, 3), round(u.carbon.p50, 3), round(u.carbon.p90, 3)}
		}
		n = u.n
	}
	row := []any{e.in.Plan, Scenario, id}
	row = append(row, money...)
	row = append(row, draws...)
	row = append(row, rest[0])
	row = append(row, energy...)
	row = append(row, rest[1])
	row = append(row, carbon...)
	row = append(row, rest[2:]...)
	row = append(row, promise...)
	row = append(row, n)
	row = append(row, quality...)
	return append(row, e.in.PriceYear, english.sentence(s), danish.sentence(s), swedish.sentence(s))
}

// gapRow says why an agreement has no figure.
func (e *engine) gapRow(rows Rows, d *deal) {
	row := make([]any, 36)
	row[0], row[1], row[2] = e.in.Plan, Scenario, d.ID
	row = append(row, d.example, false, e.in.PriceYear,
		english.gap(d, d.gap.en), danish.gap(d, d.gap.da), swedish.gap(d, d.gap.sv))
	row[23] = nature(d.Agreement)
	rows.add("joint_savings", row...)
}

// portfolioRows writes all agreements together.
func (e *engine) portfolioRows(rows Rows, all *portfolio, spread spread) error {
	counted := false
	for _, counts := range all.counts {
		counted = counted || counts
	}
	if !counted {
		return nil // no agreement has a figure that counts
	}
	n := len(e.in.Members)
	players := make([]int, n)
	for i := range players {
		players[i] = i
	}
	t := together{All, players, all.game, all.shares, all.example}
	if err := e.gameRows(rows, t, spread.all); err != nil {
		return err
	}
	e.promiseRows(rows, all, spread.all)

	alone := all.game.standalone(n)
	grand := coalition.All(n)
	s := said{all: all, engine: e, players: n, alone: euro(alone), joint: euro(all.game.cost[grand]), gain: euro(all.game.money.Total()),
		energy: thousand(all.game.energy.Total()), byproduct: thousand(all.game.byproduct[grand]), backstop: all.game.backstop(), complete: true, uncertainty: spread.all}
	for k, d := range e.deals {
		s.complete = s.complete && (d.gap == nil || nature(d.Agreement) != "resource")
		if all.counts[k] && d.Mechanism == "pooled_target" {
			for _, member := range d.players {
				s.complete = s.complete && e.in.Members[member].Complete
			}
		}
	}
	var share any
	if alone != 0 {
		share = round(s.gain/math.Abs(euro(alone)), 6)
	}
	kept := []any{nil, nil, nil, nil, nil}
	if p := all.promise; p != nil {
		kept[0], kept[3], kept[4] = p.kept, euro(p.once.Lost), euro(p.stable.Lost)
		if p.individual != nil {
			kept[1] = euro(paid(p.individual))
		}
		if p.core != nil {
			kept[2] = euro(paid(p.core))
		}
	}
	cover := any(nil)
	if smaller, most, known := e.apart(all); known {
		cover = euro(most)
		s.apart, s.coverGain = smaller, euro(most)
	}
	s.key, s.best = e.objections(players, all.shares, spread.all)
	rows.add("joint_savings", e.savingsRow(All, spread.all, []any{euro(alone), s.joint, s.gain, share},
		[]any{all.game.value(mwh, grand), all.game.value(tonne, grand), s.byproduct, nil, nil, "resource", s.backstop, recommended(all.shares), cover, nil},
		kept, []any{round(all.basis.assumption, 6), round(all.basis.example, 6), all.example, s.complete}, s)...)
	return nil
}

// promiseRows says what all agreements together do to each member.
func (e *engine) promiseRows(rows Rows, all *portfolio, u *uncertainty) {
	exit := coalition.ExitValues(all.game.money)
	for i, m := range e.in.Members {
		signs := false
		for k, d := range e.deals {
			signs = signs || all.counts[k] && d.Signatories.Has(m.Code)
		}
		row := []any{e.in.Plan, Scenario, All, m.Country, m.Code, signs, "-", "-", nil, nil, nil, nil, nil, nil, euro(exit[i]), nil, nil, nil, nil, nil, nil, e.in.PriceYear, all.example}
		if p := all.promise; p != nil {
			row[8], row[9], row[18] = euro(p.total[i]), p.total[i] < 0, euro(p.total[i])
			if u != nil {
				copy(row[10:], u.keyed[i].cells())
			}
			if p.individual != nil {
				row[19] = euro(p.individual[i])
			}
			if p.core != nil {
				row[20] = euro(p.core[i])
			}
		}
		rows.add("agreement_incidence", row...)
	}
}
