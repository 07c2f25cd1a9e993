package joint

import (
	"math"
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
	gain, energy, carbon float64
	keyed                []float64 // by member
	rules                []bool    // by deal: whether Shapley is in the core, so that it is recommended
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
	var uncertain []coalition.Parameter
	var places []int // of them in the vector
	for i, p := range e.params.list {
		if p.Distribution != "fix" && p.Spread.Low < p.Spread.High {
			uncertain = append(uncertain, coalition.Parameter{ID: p.ID, Spread: p.Spread})
			places = append(places, i)
		}
	}
	swings, err := coalition.Tornado(uncertain, func(values []float64) (turned, error) {
		all := slices.Clone(e.params.central)
		for k, i := range places {
			all[i] = values[k]
		}
		return w.turn(all)
	}, func(t turned) float64 { return t.gain })
	if err != nil {
		return err
	}
	var shown []coalition.Swing[turned]
	for rank, s := range swings {
		if rank < shownParameters && s.Width >= 0.005 || isSwitch(s.ID) {
			shown = append(shown, s)
		}
	}
	e.tornadoRows(rows, shown, base, all.promise != nil)
	return nil
}

// turn plays all that counts at a vector of parameters.
func (w *sampler) turn(values []float64) (turned, error) {
	st, err := w.e.state(values, nil)
	if err != nil {
		return turned{}, err
	}
	var out turned
	samples := make([]sample, len(w.e.deals))
	for k, d := range w.e.deals {
		if !w.all.counts[k] {
			continue
		}
		if samples[k], err = w.play(k, st, tonne); err != nil {
			return turned{}, err
		}
		out.carbon += samples[k].energy
		if samples[k].energy, err = w.energyAt(k, st); err != nil {
			return turned{}, err
		}
		out.rules = append(out.rules, shapleyStays(len(d.players), w.watch[k], samples[k].value))
	}
	sum := w.together(samples)
	out.gain, out.energy, out.keyed = sum.value[len(sum.value)-1], sum.energy, sum.keyed
	return out, nil
}

func (w *sampler) energyAt(k int, st *state) (float64, error) {
	d := w.e.deals[k]
	if !d.inForce() {
		return 0, nil
	}
	at, err := d.mechanism.at(st)
	if err != nil {
		return 0, err
	}
	return moreOf(at, len(d.players), mwh)
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
			out[i] = out[i] || sign(end.keyed[i]) != sign(base.keyed[i])
			out[last] = out[last] || out[i]
		}
		out[last] = out[last] || !slices.Equal(end.rules, base.rules)
	}
	return out
}

// sign of a sum of money; less than a cent is nothing.
func sign(x float64) int {
	switch {
	case x >= 0.005:
		return 1
	case x <= -0.005:
		return -1
	}
	return 0
}

func (e *engine) tornadoRows(rows Rows, shown []coalition.Swing[turned], base turned, promised bool) {
	for rank, s := range shown {
		p := e.params.list[e.params.at[s.ID]]
		flip := flips(base, s.Low, s.High)
		head := []any{e.in.Plan, Scenario, p.ID}
		tail := []any{rank + 1, isSwitch(p.ID), round(p.Spread.Low, 6), round(p.Spread.Mode, 6), round(p.Spread.High, 6), p.Unit, p.Mark}
		rows.add("tornado", slices.Concat(head, []any{"-", "-"}, tail, []any{cents(s.Low.gain), cents(base.gain), cents(s.High.gain), cents(s.Width),
			round(s.Low.energy, 3), round(s.High.energy, 3), round(s.Low.carbon, 3), round(s.High.carbon, 3), flip[len(flip)-1]})...)
		for i, m := range e.in.Members {
			var low, mid, high, width, turns any
			if promised {
				low, mid, high, width, turns = cents(s.Low.keyed[i]), cents(base.keyed[i]), cents(s.High.keyed[i]), cents(math.Abs(s.High.keyed[i]-s.Low.keyed[i])), flip[i]
			}
			rows.add("tornado", slices.Concat(head, []any{m.Country, m.Code}, tail, []any{low, mid, high, width, nil, nil, nil, nil, turns})...)
		}
	}
}
