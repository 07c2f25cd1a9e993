package joint

import (
	"fmt"
	"math"
	"runtime"
	"slices"
	"sync"

	"samkraft/transforms/coalition"
	"samkraft/transforms/saving"
)

// quantity is what the draws say of a figure: its 10th, 50th and 90th
// percentile, its mean, and the share of draws in which it is positive.
type quantity struct{ p10, p50, p90, mean, positive float64 }

// uncertainty is what the draws say of an agreement, or of all together.
type uncertainty struct {
	n       int // draws
	money   quantity
	energy  quantity
	keyed   []quantity // by player, under the agreed key
	price   []quantity // by player, at the common price; nil without one
	stable  []float64  // by way of sharing: share of draws in which it stays in the core; NaN where that has no meaning
	byShare []bool     // by way of sharing: a member gets the same part of the gain in every draw
}

type spread struct {
	deals []*uncertainty // nil without draws
	all   *uncertainty
}

// sample is what one draw comes to for one agreement, EUR and MWh.
type sample struct {
	energy float64
	keyed  []float64 // by player
	price  []float64
	value  []float64 // gains of the coalitions of the watch list; the last is that of all
}

// watch lists the coalitions of n players whose gains are found in each draw: all
// of them up to some number of players; above, those that the central solution makes tight
// under one of the published ways of sharing, and those that lack one player.
func watch(g coalition.Game, shares []sharing, all int) []coalition.Mask {
	n := g.Players()
	grand := coalition.All(n)
	var list []coalition.Mask
	if n <= all {
		for s := coalition.Mask(1); s <= grand; s++ {
			list = append(list, s)
		}
		return list
	}
	list = append(list, grand)
	for i := range n {
		list = append(list, 1<<i, grand&^(1<<i))
	}
	for _, one := range shares {
		list = append(list, one.blocking)
		list = append(list, tightest(g, one.money, 16)...)
	}
	list = slices.DeleteFunc(list, func(s coalition.Mask) bool { return s == 0 })
	slices.Sort(list)
	return slices.Compact(list)
}

// tightest returns the coalitions with the largest excess under some shares.
func tightest(g coalition.Game, shares []int64, count int) []coalition.Mask {
	type one struct {
		excess int64
		mask   coalition.Mask
	}
	var best []one
	for s := coalition.Mask(1); s < coalition.All(g.Players()); s++ {
		excess := g.Value(s)
		for _, i := range s.Members() {
			excess -= shares[i]
		}
		if len(best) == count && excess <= best[count-1].excess {
			continue
		}
		at, _ := slices.BinarySearchFunc(best, excess, func(o one, x int64) int { return -compare(o.excess, x) })
		best = slices.Insert(best, at, one{excess, s})
		best = best[:min(len(best), count)]
	}
	var masks []coalition.Mask
	for _, o := range best {
		masks = append(masks, o.mask)
	}
	return masks
}

func compare(a, b int64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
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

// play plays one deal at a state.
func (w *sampler) play(k int, st *state, want currency) (sample, error) {
	d := w.e.deals[k]
	out := sample{value: make([]float64, len(w.watch[k])), keyed: make([]float64, len(d.players))}
	at, err := d.mechanism.at(st)
	if err != nil {
		return out, err
	}
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
	if d.inForce() && len(d.players) > 1 {
		if out.energy, err = moreOf(at, len(d.players), want); err != nil {
			return out, err
		}
		out.price, _, err = at.price(eur)
	}
	return out, err
}

// moreOf is what all together have more of for the same money.
func moreOf(at solved, n int, want currency) (float64, error) {
	amount := at.energy
	if want == tonne {
		amount = at.carbon
	}
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
// of pooled targets, and what each member gets under the agreed keys.
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
		for i, member := range d.players {
			out.keyed[member] += samples[k].keyed[i]
		}
	}
	return out
}

// value of a parameter in a draw.
func drawn(p saving.Param, u float64) float64 {
	switch p.Distribution {
	case "fix":
		return p.Spread.Mode
	case "pert":
		return p.Spread.PERT(u)
	default:
		return p.Spread.Triangular(u)
	}
}

// draws draws the parameters many times and plays every agreement with each draw,
// alone and together with the same values. The discount rate is a choice and not
// a chance, and is not drawn. A draw depends on its number alone, so that threads
// and their order do not matter.
func (e *engine) draws(all *portfolio) (spread, error) {
	result := spread{deals: make([]*uncertainty, len(e.deals))}
	if e.in.Draws == 0 {
		return result, nil
	}
	w := e.sampler(all)
	draws := w.affordable(e.in.Draws)
	if draws == 0 {
		return result, nil
	}
	samples := make([][]sample, len(e.deals)+1) // by deal and draw; the last all together
	for k := range samples {
		samples[k] = make([]sample, draws)
	}
	stream := coalition.Stream{Seed: e.in.Seed, Scenario: Scenario}
	err := parallel(draws, func(from, to int) error {
		var st *state
		values := slices.Clone(e.params.central)
		one := make([]sample, len(e.deals))
		for draw := from; draw < to; draw++ {
			for i, p := range e.params.list {
				if p.ID != discountRate {
					values[i] = drawn(p, stream.Uniform(draw, p.ID))
				}
			}
			var err error
			if st, err = e.state(values, st); err != nil {
				return err
			}
			for k, d := range e.deals {
				if d.gap != nil {
					continue
				}
				if one[k], err = w.play(k, st, mwh); err != nil {
					return err
				}
				samples[k][draw] = one[k]
			}
			samples[len(e.deals)][draw] = w.together(one)
		}
		return nil
	})
	if err != nil {
		return result, err
	}
	for k, d := range e.deals {
		if d.gap == nil {
			if result.deals[k], err = d.uncertain(samples[k], w.watch[k]); err != nil {
				return result, fmt.Errorf("agreement %s: %w", d.ID, err)
			}
		}
	}
	result.all, err = summed(samples[len(e.deals)], w.whole, all.shares, all.game.money.Total())
	return result, err
}

const discountRate = "discount_rate"

// parallel splits the numbers below n among the processors.
func parallel(n int, work func(from, to int) error) error {
	threads := min(n, runtime.GOMAXPROCS(0))
	errs := make([]error, threads)
	var wait sync.WaitGroup
	for t := range threads {
		wait.Add(1)
		go func() {
			defer wait.Done()
			errs[t] = work(n*t/threads, n*(t+1)/threads)
		}()
	}
	wait.Wait()
	for _, err := range errs {
		if err != nil {
			return err // of the lowest numbers, whichever came first
		}
	}
	return nil
}

func (d *deal) uncertain(samples []sample, watched []coalition.Mask) (*uncertainty, error) {
	u, err := summed(samples, watched, d.shares, d.game.money.Total())
	if err != nil || samples[0].price == nil {
		return u, err
	}
	u.price = make([]quantity, len(d.players))
	for i := range u.price {
		if u.price[i], err = quantityOf(samples, func(s sample) float64 { return s.price[i] }); err != nil {
			return nil, err
		}
	}
	return u, nil
}

// summed says what the samples come to. Shares of rules are held to the part of
// the gain that they give at the central values.
func summed(samples []sample, watched []coalition.Mask, shares []sharing, total int64) (*uncertainty, error) {
	u := &uncertainty{n: len(samples), keyed: make([]quantity, len(samples[0].keyed))}
	var err error
	if u.money, err = quantityOf(samples, func(s sample) float64 { return s.value[len(s.value)-1] }); err != nil {
		return nil, err
	}
	u.energy = quantity{p10: math.NaN(), p90: math.NaN()}
	if !math.IsNaN(samples[0].energy) { // else nobody can say
		if u.energy, err = quantityOf(samples, func(s sample) float64 { return s.energy }); err != nil {
			return nil, err
		}
	}
	for i := range u.keyed {
		if u.keyed[i], err = quantityOf(samples, func(s sample) float64 { return s.keyed[i] }); err != nil {
			return nil, err
		}
	}
	for _, one := range shares {
		stable := 0
		byShare := one.rule != "agreed_key" && one.rule != "agreed_keys" && one.rule != "price"
		for _, s := range samples {
			gets := func(i int) float64 {
				switch {
				case one.rule == "price":
					return s.price[i]
				case !byShare:
					return s.keyed[i]
				}
				return float64(one.money[i]) / float64(total) * s.value[len(s.value)-1]
			}
			if stays(s, watched, gets) {
				stable++
			}
		}
		share := float64(stable) / float64(len(samples))
		if byShare && total <= 0 {
			share = math.NaN() // nothing is shared, so there are no parts to hold on to
		}
		u.stable = append(u.stable, share)
		u.byShare = append(u.byShare, byShare)
	}
	return u, nil
}

// stays reports whether no watched coalition would gain more by itself, up to a
// cent a member.
func stays(s sample, watched []coalition.Mask, gets func(int) float64) bool {
	for at, mask := range watched[:len(watched)-1] {
		got := 0.0
		for _, i := range mask.Members() {
			got += gets(i)
		}
		if s.value[at] > got+0.01*float64(mask.Size()) {
			return false
		}
	}
	return true
}

// quantityOf says how a figure is spread over the samples. A gain of less than a
// cent is none.
func quantityOf(samples []sample, of func(sample) float64) (quantity, error) {
	values := make([]float64, len(samples))
	sum, positive := 0.0, 0
	for i, s := range samples {
		values[i] = of(s)
		sum += values[i]
		if values[i] >= 0.005 {
			positive++
		}
	}
	q, err := coalition.Quantiles(values, 0.1, 0.5, 0.9)
	if err != nil {
		return quantity{}, err
	}
	n := float64(len(values))
	return quantity{q[0], q[1], q[2], sum / n, float64(positive) / n}, nil
}
