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
	n       int // draws
	money   quantity
	energy  quantity
	keyed   []quantity // by player, under the agreed key
	price   []quantity // by player, at the common price; nil without one
	stable  []float64  // by way of sharing: share of draws in which it stays in the core; NaN where that has no meaning
	byShare []bool     // by way of sharing: a member gets the same part of the gain in every draw
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
