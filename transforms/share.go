package transforms

import (
	"fmt"
	"math"

	"samkraft/transforms/coalition"
)

// sharing is one way of sharing the gain, in cents by signatory.
type sharing struct {
	rule, method string
	cents        []int64
	inCore       bool
}

// share divides the gain by every rule; the recommended one comes first.
func (j *joint) share(a jointAgreement, g game, pooled *coalition.PooledTarget) ([]sharing, error) {
	total := g.money.Total()
	exact := coalition.Shapley(g.money)
	shapley, err := coalition.Round(exact, total)
	if err != nil {
		return nil, err
	}
	shares := []sharing{{rule: "shapley", method: "exact", cents: shapley}}
	nucleolus, err := coalition.Nucleolus(g.money)
	if err != nil {
		return nil, err
	}
	if !nucleolus.Verified {
		return nil, fmt.Errorf("the nucleolus fails its own check (Kohlberg's criterion)")
	}
	stable, err := coalition.Round(nucleolus.Shares, total)
	if err != nil {
		return nil, err
	}
	shares = append(shares, sharing{rule: "nucleolus", method: "exact", cents: stable})
	point, err := pooled.PricePoint()
	if err != nil {
		return nil, err
	}
	scaled := make([]float64, len(point.Gain))
	for i, gain := range point.Gain {
		scaled[i] = gain * 100
	}
	if int64(len(a.signs)) >= a.quorum {
		price, err := coalition.RoundFloats(scaled, total)
		if err != nil {
			return nil, err
		}
		shares = append(shares, sharing{rule: "price", method: "price", cents: price})
	}
	keyed, err := j.byKey(a, g)
	if err != nil {
		return nil, err
	}
	shares = append(shares, keyed...)
	for i := range shares {
		excess, _, err := coalition.MaxExcess(g.money, shares[i].cents)
		if err != nil {
			return nil, err
		}
		// Rounding to cents can cost a group a cent a member, and no more.
		shares[i].inCore = excess <= int64(len(a.signs))
	}
	if !shares[0].inCore {
		shares[0], shares[1] = shares[1], shares[0]
	}
	return shares, nil
}

// byKey shares by the agreement's own key: the gain itself, and the joint cost
// where there is one. Where the joint plan pays for itself there is nothing to
// charge, and a key would hand one member's own profit to another.
func (j *joint) byKey(a jointAgreement, g game) ([]sharing, error) {
	if len(a.weights) != len(a.signs) {
		return nil, nil // the key's figures are missing for somebody
	}
	total := g.money.Total()
	exact, err := coalition.Proportional(total, a.weights)
	if err != nil {
		return nil, err
	}
	gain, err := coalition.Round(exact, total)
	if err != nil {
		return nil, err
	}
	shares := []sharing{{rule: "key_gain", method: "exact", cents: gain}}
	joint := int64(math.Round(g.cost[len(g.cost)-1] * 100))
	if joint <= 0 {
		return shares, nil
	}
	alone := make([]int64, len(a.signs))
	for i := range alone {
		alone[i] = int64(math.Round(g.cost[1<<i] * 100))
	}
	charged, err := coalition.GainsFromCharges(alone, joint, a.weights)
	if err != nil {
		return nil, err
	}
	cost, err := coalition.Round(charged, total)
	if err != nil {
		return nil, err
	}
	return append(shares, sharing{rule: "key_cost", method: "exact", cents: cost}), nil
}

func (j *joint) allocationRows(a jointAgreement, g game, shares []sharing) [][]string {
	var rows [][]string
	for _, s := range shares {
		for i, bit := range a.signs {
			m := j.members[bit]
			gain := float64(s.cents[i]) / 100
			var head, unit any
			if m.population != nil && *m.population > 0 {
				head = round(gain/float64(*m.population), 6)
			}
			if m.energy != nil && *m.energy > 0 {
				unit = round(gain / *m.energy, 6)
			}
			rows = append(rows, literals(j.plan, "PLAN", a.id, s.rule, m.country, m.code, gain, cents(g.cost[1<<i]-gain), head, unit, s.method, s.inCore, j.priceYear, j.example(a)))
		}
	}
	return rows
}
