package joint

import (
	"slices"

	"samkraft/transforms/coalition"
)

// sample is what one draw comes to for one agreement, EUR, MWh and t.
type sample struct {
	energy, carbon float64
	keyed          []float64 // by player
	price          []float64
	value          []float64 // gains of the coalitions of the watch list; the last is that of all
}

// sampler plays the deals at any state.
type sampler struct {
	e     *engine
	all   *portfolio
	watch [][]coalition.Mask // by deal
	whole []coalition.Mask   // of all together
	parts [][]int            // by deal and whole coalition: place of its signatories in watch, -1 for none
}

func (e *engine) sampler(all *portfolio) *sampler {
	w := &sampler{e: e, all: all, watch: make([][]coalition.Mask, len(e.deals)), parts: make([][]int, len(e.deals))}
	watched := e.watchedPlayers()
	w.whole = watch(all.game.money, all.shares, watched)
	for k, d := range e.deals {
		if d.gap != nil {
			continue
		}
		list := watch(d.game.money, d.shares, watched)
		within := make([]coalition.Mask, len(w.whole))
		for i, s := range w.whole {
			for at, member := range d.players {
				if s.Has(member) {
					within[i] |= 1 << at
				}
			}
			if within[i] != 0 {
				list = append(list, within[i])
			}
		}
		slices.Sort(list)
		list = slices.Compact(list)
		w.watch[k] = list
		for _, s := range within {
			at, found := slices.BinarySearch(list, s)
			if !found {
				at = -1
			}
			w.parts[k] = append(w.parts[k], at)
		}
	}
	return w
}

// play plays one deal at one state of its mechanism.
func (w *sampler) play(k int, at solved) (sample, error) {
	d := w.e.deals[k]
	out := sample{value: make([]float64, len(w.watch[k])), keyed: make([]float64, len(d.players))}
	var err error
	alone := make([]float64, len(d.players))
	for i := range alone {
		if alone[i], err = costOf(at, 1<<i); err != nil {
			return out, err
		}
	}
	for i, s := range w.watch[k] {
		if s.Size() < max(2, d.Quorum) {
			continue
		}
		joint, err := costOf(at, s)
		if err != nil {
			return out, err
		}
		out.value[i] = -joint
		for _, p := range s.Members() {
			out.value[i] += alone[p]
		}
	}
	gain := out.value[len(out.value)-1]
	if d.weights != nil && d.inForce() {
		joint := -gain
		for _, c := range alone {
			joint += c
		}
		for i := range out.keyed {
			out.keyed[i] = d.weights[i] * gain
			if d.Key.Shares == "cost" {
				out.keyed[i] = alone[i] - d.weights[i]*joint
			}
		}
	}
	if d.inForce() {
		if out.energy, err = moreOf(at.energy, len(d.players)); err != nil {
			return out, err
		}
		if out.carbon, err = moreOf(at.carbon, len(d.players)); err != nil {
			return out, err
		}
		out.price, _, err = at.price(eur)
	}
	return out, err
}

// moreOf is how much of an amount all together have more than each alone.
func moreOf(amount func(coalition.Mask) (float64, error), n int) (float64, error) {
	more, err := amount(coalition.All(n))
	for i := range n {
		one, e := amount(1 << i)
		if e != nil {
			return 0, e
		}
		more -= one
	}
	return more, err
}

// together adds up the deals that count: gains of the watched coalitions, energy
// of pooled targets, CO2, and what each member gets under the agreed keys.
func (w *sampler) together(samples []sample) sample {
	out := sample{value: make([]float64, len(w.whole)), keyed: make([]float64, len(w.e.in.Members))}
	for k, d := range w.e.deals {
		if !w.all.counts[k] {
			continue
		}
		for i, at := range w.parts[k] {
			if at >= 0 {
				out.value[i] += samples[k].value[at]
			}
		}
		if d.Mechanism == "pooled_target" {
			out.energy += samples[k].energy
		}
		out.carbon += samples[k].carbon
		for i, member := range d.players {
			out.keyed[member] += samples[k].keyed[i]
		}
	}
	return out
}
