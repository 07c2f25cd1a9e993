package joint

import (
	"fmt"
	"runtime"
	"slices"
	"sync"

	"samkraft/transforms/coalition"
	"samkraft/transforms/saving"
)

type spread struct {
	deals []*uncertainty // nil without draws
	all   *uncertainty
}

// draws draws the parameters many times and plays every agreement with each draw,
// alone and together with the same values. The discount rate is a choice and not
// a chance, and is not drawn. A draw depends on its number alone, so that threads
// and their order do not matter.
func (w *sampler) draws() (spread, error) {
	e, all := w.e, w.all
	result := spread{deals: make([]*uncertainty, len(e.deals))}
	if e.in.Draws == 0 {
		return result, nil
	}
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
				at, err := d.mechanism.at(st)
				if err != nil {
					return err
				}
				if one[k], err = w.play(k, at); err != nil {
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
