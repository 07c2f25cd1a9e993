package coalition

import (
	"fmt"
	"math"
)

// MaxNettingPlayers bounds the members of [NewNetting]: every hour is added up
// over all coalitions, and a year has 8760 hours.
const MaxNettingPlayers = 16

// Netting is the third mechanism: in every hour, members with more renewable
// production than consumption cover others that have less. With the net position
// p_ih = production - consumption,
//
//	m_h(S) = min( sum of surpluses, sum of deficits ),
//	v(S)   = sum over h of m_h(S)          in energy,
//	v(S)   = sum over h of w_h m_h(S)      in money.
//
// It is a sum of glove-market games, so its core is never empty. The gain is one
// of accounting unless dispatch or investment changes: electricity flows the
// same way with and without the contract, and the money is there only where
// netting across borders is a right.
//
// A Netting is not changed after it is built.
type Netting struct {
	net         [][]int64 // by hour and member, in grains
	wedge       []float64
	imports     []int64 // by coalition
	exports     []int64
	money       []float64
	consumption []int64 // by member
	production  []int64
}

// NewNetting takes the consumption and the production of each member in each
// hour (MWh; the same hours for all, in universal time, so that hours do not
// shift in spring and autumn) and the value of a MWh netted in each hour (EUR).
//
// It fails with [ErrPlayers] outside 1 to [MaxNettingPlayers] members, and on
// series of unequal length or with numbers that are not amounts.
func NewNetting(consumption, production [][]float64, wedge []float64) (*Netting, error) {
	n := len(consumption)
	if n < 1 || n > MaxNettingPlayers {
		return nil, fmt.Errorf("%w: %d, expected 1 to %d", ErrPlayers, n, MaxNettingPlayers)
	}
	if len(production) != n {
		return nil, fmt.Errorf("coalition: consumption of %d members and production of %d", n, len(production))
	}
	c := &Netting{
		net:         make([][]int64, len(wedge)),
		wedge:       append([]float64(nil), wedge...),
		imports:     make([]int64, 1<<n),
		exports:     make([]int64, 1<<n),
		money:       make([]float64, 1<<n),
		consumption: make([]int64, n),
		production:  make([]int64, n),
	}
	for h, value := range wedge {
		if !finite(value) || value < 0 {
			return nil, fmt.Errorf("coalition: value of hour %d is %v EUR/MWh, expected a number from 0", h, value)
		}
		c.net[h] = make([]int64, n)
	}
	// The sum over all hours and members must fit an int64 in grains.
	limit := largestAmount / float64(max(1, n*len(wedge)))
	for i := range n {
		if len(consumption[i]) != len(wedge) || len(production[i]) != len(wedge) {
			return nil, fmt.Errorf("coalition: member %d has %d hours of consumption and %d of production, expected %d",
				i, len(consumption[i]), len(production[i]), len(wedge))
		}
		for h := range wedge {
			d, g := consumption[i][h], production[i][h]
			if !(d >= 0 && d <= limit && g >= 0 && g <= limit) {
				return nil, fmt.Errorf("coalition: member %d, hour %d: consumption %v and production %v MWh, expected numbers from 0 to %g", i, h, d, g, limit)
			}
			used, made := int64(math.Round(d*grain)), int64(math.Round(g*grain))
			c.net[h][i] = made - used
			c.consumption[i] += used
			c.production[i] += made
		}
	}
	c.addUp(n)
	return c, nil
}

// addUp runs once over all hours and coalitions.
func (c *Netting) addUp(n int) {
	position := make([]int64, 1<<n)
	surplus := make([]int64, 1<<n)
	for h, net := range c.net {
		for s := Mask(1); s < Mask(len(position)); s++ {
			own, rest := net[lowest(s)], s&(s-1)
			position[s] = position[rest] + own
			surplus[s] = surplus[rest] + max(0, own)
			if position[s] < 0 {
				c.imports[s] -= position[s]
			} else {
				c.exports[s] += position[s]
			}
			netted := min(surplus[s], surplus[s]-position[s])
			c.money[s] += c.wedge[h] * toUnits(netted)
		}
	}
}

// NettingResult is what coalition s exchanges with the rest of the world.
type NettingResult struct {
	Import float64 // MWh
	Export float64 // MWh
	// SelfSufficiency is the part of consumption covered by own production in
	// the same hour, and SelfConsumption the part of production used in the same
	// hour; NaN where there is no consumption or production.
	SelfSufficiency, SelfConsumption float64
}

// Of returns the exchange of coalition s. Players outside the mechanism are
// left out.
func (c *Netting) Of(s Mask) NettingResult {
	s &= All(len(c.consumption))
	var consumption, production int64
	for _, i := range s.Members() {
		consumption += c.consumption[i]
		production += c.production[i]
	}
	return NettingResult{
		Import:          toUnits(c.imports[s]),
		Export:          toUnits(c.exports[s]),
		SelfSufficiency: 1 - float64(c.imports[s])/float64(consumption),
		SelfConsumption: 1 - float64(c.exports[s])/float64(production),
	}
}

// EnergyGame returns the energy netted in kWh.
func (c *Netting) EnergyGame() (Game, error) {
	n := len(c.consumption)
	kwh, err := tabulate(n, 1000, func(s Mask) float64 { return toUnits(c.imports[s]) })
	if err != nil {
		return Game{}, err
	}
	return FromCosts(n, kwh)
}

// MoneyGame returns the value of the energy netted in cents.
func (c *Netting) MoneyGame() (Game, error) {
	n := len(c.consumption)
	cents, err := tabulate(n, 100, func(s Mask) float64 { return c.money[s] })
	if err != nil {
		return Game{}, err
	}
	return New(n, cents)
}

// PricePoint returns the hourly price allocation, in MWh and in EUR for each
// member: in each hour the scarce side, surplus or deficit, gets the whole value
// of what is netted. It is in the core of both games. Where both sides are equal
// the surplus side counts as scarce.
func (c *Netting) PricePoint() (energy, money []float64) {
	n := len(c.consumption)
	grains := make([]int64, n)
	money = make([]float64, n)
	for h, net := range c.net {
		position := int64(0)
		for _, own := range net {
			position += own
		}
		for i, own := range net {
			if position > 0 {
				own = -own
			}
			if own > 0 {
				grains[i] += own
				money[i] += c.wedge[h] * toUnits(own)
			}
		}
	}
	energy = make([]float64, n)
	for i, amount := range grains {
		energy[i] = toUnits(amount)
	}
	return energy, money
}
