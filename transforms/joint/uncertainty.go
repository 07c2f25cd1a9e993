package joint

import (
	"math"

	"samkraft/transforms/coalition"
)

// quantity is what the draws say of a figure: its 10th, 50th and 90th
// percentile, its mean, and the shares of draws in which it is a cent or more above
// and below nothing.
type quantity struct{ p10, p50, p90, mean, positive, negative float64 }

// uncertainty is what the draws say of an agreement, or of all together.
type uncertainty struct {
	n      int // draws
	money  quantity
	energy quantity                    // of NaN where the mechanism cannot say
	carbon quantity                    // likewise
	groups map[coalition.Mask]quantity // what watched coalitions gain
	keyed  []quantity                  // by player, under the agreed key
	price  []quantity                  // by player, at the common price; nil without one
	stable []float64                   // by way of sharing: share of draws in which it stays in the core; NaN where that has no meaning
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
	if u.energy, err = quantityOf(samples, func(s sample) float64 { return s.energy }); err != nil {
		return nil, err
	}
	if u.carbon, err = quantityOf(samples, func(s sample) float64 { return s.carbon }); err != nil {
		return nil, err
	}
	u.groups = map[coalition.Mask]quantity{}
	for i, mask := range watched {
		if u.groups[mask], err = quantityOf(samples, func(s sample) float64 { return s.value[i] }); err != nil {
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
		parts := u.parts(one, total)
		for _, s := range samples {
			gets := func(i int) float64 {
				switch {
				case one.rule == "price":
					return s.price[i]
				case one.anew():
					return s.keyed[i]
				}
				return parts[i] * s.value[len(s.value)-1]
			}
			if (one.anew() || parts != nil) && stays(s, watched, gets) {
				stable++
			}
		}
		share := float64(stable) / float64(len(samples))
		if !one.anew() && parts == nil {
			share = math.NaN()
		}
		u.stable = append(u.stable, share)
	}
	return u, nil
}

// anew reports whether a way of sharing is applied anew in every draw; by the
// others each player keeps its part of the gain.
func (s sharing) anew() bool {
	return s.rule == "agreed_key" || s.rule == "agreed_keys" || s.rule == "price"
}

// parts are what each player keeps of the gain in every draw: its part at the
// central values, or its weight. Where nothing is shared there and in no draw
// either, nobody gets a part; where something is in some draws, nothing says who
// would get it: nil.
func (u *uncertainty) parts(s sharing, total int64) []float64 {
	parts := make([]float64, len(s.money))
	switch {
	case s.weights != nil:
		return s.weights
	case total > 0:
		for i, cents := range s.money {
			parts[i] = float64(cents) / float64(total)
		}
	case total < 0 || u.money.positive > 0 || u.money.negative > 0:
		return nil
	}
	return parts
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

// times is a part of the figure. A negative part gains where the whole loses.
func (q quantity) times(part float64) quantity {
	switch {
	case part == 0:
		return quantity{}
	case part < 0:
		q = quantity{q.p90, q.p50, q.p10, q.mean, q.negative, q.positive}
	}
	q.p10, q.p50, q.p90, q.mean = part*q.p10, part*q.p50, part*q.p90, part*q.mean
	return q
}

// quantityOf says how a figure is spread over the samples. A gain of less than a
// cent is none. Of a figure that a mechanism does not have nothing can be said.
func quantityOf(samples []sample, of func(sample) float64) (quantity, error) {
	if unknown := of(samples[0]); math.IsNaN(unknown) {
		return quantity{unknown, unknown, unknown, unknown, unknown, unknown}, nil
	}
	values := make([]float64, len(samples))
	sum, positive, negative := 0.0, 0, 0
	for i, s := range samples {
		values[i] = of(s)
		sum += values[i]
		switch sign(values[i]) {
		case 1:
			positive++
		case -1:
			negative++
		}
	}
	q, err := coalition.Quantiles(values, 0.1, 0.5, 0.9)
	if err != nil {
		return quantity{}, err
	}
	n := float64(len(values))
	return quantity{q[0], q[1], q[2], sum / n, float64(positive) / n, float64(negative) / n}, nil
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
