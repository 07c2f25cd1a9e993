package joint

import (
	"cmp"
	"slices"
	"strings"

	"samkraft/transforms/coalition"
)

// shownParameters is how many parameters the tornado shows, those with the
// largest swing of the joint gain first.
const shownParameters = 12

// switches are parameters that are always shown: choices and assumptions that a
// council may want to see turned.
var switches = []string{"discount_rate", "price_backstop", "saving_realisation_rho", "ef_electricity", "beta_", "coordination_"}

func isSwitch(id string) bool {
	return slices.ContainsFunc(switches, func(s string) bool { return strings.HasPrefix(id, s) })
}

// turned is what all agreements together come to at one end of a parameter's range.
type turned struct {
	gain           int64   // cents
	keyed          []int64 // by member, cents
	energy, carbon float64
	rules          []bool // by deal: whether Shapley is in the core, so that it is recommended
}

// tornado sets each parameter to the ends of its range, the others at their most
// likely values.
func (w *sampler) tornado(rows Rows) error {
	e, all := w.e, w.all
	if !slices.Contains(all.counts, true) {
		return nil // nothing that a parameter could change
	}
	base, err := w.turn(slices.Clone(e.params.central))
	if err != nil {
		return err
	}
	base.gain = all.game.money.Total() // what is published
	if all.promise != nil {
		base.keyed = all.promise.total
	}
	var uncertain []coalition.Parameter
	var places []int // of them in the vector
	for i, p := range e.params.list {
		if p.Distribution != "fix" && p.Spread.Low < p.Spread.High {
			uncertain = append(uncertain, coalition.Parameter{ID: p.ID, Spread: p.Spread})
			places = append(places, i)
		}
	}
	swings, err := coalition.Tornado(uncertain, base, func(values []float64) (turned, error) {
		all := slices.Clone(e.params.central)
		for k, i := range places {
			all[i] = values[k]
		}
		return w.turn(all)
	}, func(t turned) float64 { return float64(t.gain) })
	if err != nil {
		return err
	}
	var shown []coalition.Swing[turned]
	for rank, s := range swings {
		if rank < shownParameters && s.Width > 0 || isSwitch(s.ID) {
			shown = append(shown, s)
		}
	}
	e.tornadoRows(rows, shown, base, all.promise != nil)
	return nil
}

// turn plays all that counts at a vector of parameters.
func (w *sampler) turn(values []float64) (turned, error) {
	out := turned{keyed: make([]int64, len(w.e.in.Members))}
	st, err := w.e.state(values, nil)
	if err != nil {
		return out, err
	}
	samples := make([]sample, len(w.e.deals))
	for k, d := range w.e.deals {
		if !w.all.counts[k] {
			continue
		}
		at, err := d.mechanism.at(st)
		if err != nil {
			return out, err
		}
		if samples[k], err = w.play(k, at); err != nil {
			return out, err
		}
		gain, keyed, err := d.settle(at)
		if err != nil {
			return out, err
		}
		out.gain += gain
		for i, member := range d.players {
			out.keyed[member] += keyed[i]
		}
		out.rules = append(out.rules, shapleyStays(len(d.players), w.watch[k], samples[k].value))
	}
	sum := w.together(samples)
	out.energy, out.carbon = sum.energy, sum.carbon
	return out, nil
}

// settle rounds and shares what all players gain as it is published, so that the
// parts add up to the cent: the gain, and each player's by the key.
func (d *deal) settle(at solved) (gain int64, keyed []int64, err error) {
	keyed = make([]int64, len(d.players))
	grand := coalition.All(len(d.players))
	if len(d.players) < max(2, d.Quorum) {
		return 0, keyed, nil
	}
	cost, err := costOf(at, grand)
	if err != nil {
		return 0, nil, err
	}
	gain = -whole(cost * 100)
	alone := make([]int64, len(d.players))
	for i := range alone {
		if cost, err = costOf(at, 1<<i); err != nil {
			return 0, nil, err
		}
		alone[i] = whole(cost * 100)
		gain += alone[i]
	}
	gain = rounded(gain, grand)
	if d.weights != nil {
		keyed, err = d.split(grand.Members(), alone, gain)
	}
	return gain, keyed, err
}

// shapleyStays reports whether the Shapley value is in the core of a game whose
// coalitions are all watched; of larger games nothing is asked.
func shapleyStays(n int, watched []coalition.Mask, value []float64) bool {
	if len(watched) < 1<<n-1 {
		return true
	}
	cents := make([]int64, 1<<n)
	for i, s := range watched {
		cents[s] = rounded(whole(value[i]*100), s)
	}
	g, err := coalition.New(n, cents)
	if err != nil {
		return false
	}
	excess, _, err := coalition.MaxExcessExact(g, coalition.Shapley(g))
	if err != nil {
		return false
	}
	loss, _ := excess.Float64()
	return loss <= float64(n)
}

// flips says for each member whether it turns from gaining to losing or back, and
// at last whether anybody does or another rule is recommended.
func flips(base turned, ends ...turned) []bool {
	out := make([]bool, len(base.keyed)+1)
	last := len(base.keyed)
	for _, end := range ends {
		for i := range base.keyed {
			out[i] = out[i] || cmp.Compare(end.keyed[i], 0) != cmp.Compare(base.keyed[i], 0)
			out[last] = out[last] || out[i]
		}
		out[last] = out[last] || !slices.Equal(end.rules, base.rules)
	}
	return out
}

func (e *engine) tornadoRows(rows Rows, shown []coalition.Swing[turned], base turned, promised bool) {
	for rank, s := range shown {
		p := e.params.list[e.params.at[s.ID]]
		flip := flips(base, s.Low, s.High)
		head := []any{e.in.Plan, Scenario, p.ID}
		tail := []any{rank + 1, isSwitch(p.ID), round(p.Spread.Low, 6), round(p.Spread.Mode, 6), round(p.Spread.High, 6), p.Unit, p.Mark}
		rows.add("tornado", slices.Concat(head, []any{"-", "-"}, tail, gains(s.Low.gain, base.gain, s.High.gain),
			[]any{round(s.Low.energy, 3), round(s.High.energy, 3), round(s.Low.carbon, 3), round(s.High.carbon, 3), flip[len(flip)-1]})...)
		for i, m := range e.in.Members {
			turns, sums := any(nil), []any{nil, nil, nil, nil}
			if promised {
				turns, sums = flip[i], gains(s.Low.keyed[i], base.keyed[i], s.High.keyed[i])
			}
			rows.add("tornado", slices.Concat(head, []any{m.Country, m.Code}, tail, sums, []any{nil, nil, nil, nil, turns})...)
		}
	}
}

// gains are cells of a gain at the low end, the most likely value and the high end,
// and of the distance between the largest and the smallest of the three.
func gains(low, base, high int64) []any {
	return []any{euro(low), euro(base), euro(high), euro(max(low, base, high) - min(low, base, high))}
}
