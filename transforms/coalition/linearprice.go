package coalition

import (
	"fmt"
	"math/big"
)

// LinearSupply is how a coalition meets its targets at least cost. Amounts are in
// the unit of their row per year.
type LinearSupply struct {
	Cost           float64   // EUR per year
	Taken          []float64 // share of each choice, 0 to 1, in the order in which they were given
	Met            []float64 // by target row, the backstop included
	Backstop       []float64 // by target row: bought at the backstop price
	Used           []float64 // by resource row
	TargetPrices   []float64 // dual prices of the target rows, EUR per unit
	ResourcePrices []float64 // dual prices of the resource rows, EUR per unit
	BackstopUsed   bool      // the cost, and so every gain, depends on a backstop price
}

// LinearShares is an allocation by common prices, see [Linear.PricePoint].
type LinearShares struct {
	TargetPrices   []float64 // by target row, EUR per unit
	ResourcePrices []float64 // by resource row, EUR per unit
	Charge         []float64 // per member: EUR per year to pay
	Gain           []float64 // per member: EUR per year less than it pays alone
}

// Solve returns how coalition s meets the sum of its targets at least cost.
// Players beyond the members are not allowed. The solution is exact and verified:
// every row holds, and the prices prove that no plan costs less. Where prices are
// not unique they are the lowest ones, of the first row first.
//
// It fails with [ErrTarget] where a row has no backstop, and with [ErrPrecision].
func (l *Linear) Solve(s Mask) (LinearSupply, error) {
	if l.members < 64 && s > All(l.members) {
		return LinearSupply{}, fmt.Errorf("%w: coalition %b with %d members", ErrPlayers, s, l.members)
	}
	m, err := l.cheapest(s.Members())
	if err != nil {
		return LinearSupply{}, err
	}
	if err := m.lowerPrices(); err != nil {
		return LinearSupply{}, err
	}
	supply := LinearSupply{Cost: units(m.cost), Taken: l.taken(m), BackstopUsed: m.backstopUsed()}
	supply.TargetPrices, supply.ResourcePrices = l.prices(m)
	for r := range l.rows {
		amount := m.met(r)
		if r >= l.targets {
			supply.Used = append(supply.Used, units(amount.Neg(amount)))
			continue
		}
		supply.Backstop = append(supply.Backstop, units(m.backstop[r]))
		supply.Met = append(supply.Met, units(amount.Add(amount, m.backstop[r])))
	}
	return supply, nil
}

// taken adds up the shares of the plans by choice.
func (l *Linear) taken(m *mixture) []float64 {
	shares := make([]*big.Rat, l.choices)
	for k, share := range m.share {
		for _, choice := range m.plans[k].taken {
			if shares[choice] == nil {
				shares[choice] = new(big.Rat)
			}
			shares[choice].Add(shares[choice], share)
		}
	}
	taken := make([]float64, l.choices)
	for choice, share := range shares {
		if share != nil {
			taken[choice], _ = share.Float64()
		}
	}
	return taken
}

// prices splits the prices into those of targets and of resources.
func (l *Linear) prices(m *mixture) (targets, resources []float64) {
	all := Floats(m.price)
	return all[:l.targets:l.targets], all[l.targets:]
}

// units turns grains into units.
func units(grains *big.Rat) float64 {
	value, _ := new(big.Rat).Mul(grains, big.NewRat(1, grain)).Float64()
	return value
}

// PricePoint shares the joint cost by the dual prices lambda of the targets and
// mu of the resources of everybody together: each member pays for its targets,
// and is paid for its resources and for the rent of its choices,
//
//	y_i = sum of lambda_r T_ri - sum of mu_q R_qi - sum over own groups of the largest gain
//	      sum of lambda_r a_rm - sum of mu_q u_qm - c_m of a choice, or 0,
//	x_i = C({i}) - y_i.
//
// The gains x are in the core for any number of members, and so are those of any
// other dual prices; the lowest ones are used, as [Linear.Solve] says. Source:
// Owen (1975).
//
// It fails as [Linear.Solve] does.
func (l *Linear) PricePoint() (LinearShares, error) {
	everybody := make([]int, l.members)
	for i := range everybody {
		everybody[i] = i
	}
	joint, err := l.cheapest(everybody)
	if err != nil {
		return LinearShares{}, err
	}
	if err := joint.lowerPrices(); err != nil {
		return LinearShares{}, err
	}
	var shares LinearShares
	shares.TargetPrices, shares.ResourcePrices = l.prices(joint)
	for i, charge := range joint.charges() {
		alone, err := l.cheapest(everybody[i : i+1])
		if err != nil {
			return LinearShares{}, err
		}
		shares.Charge = append(shares.Charge, units(charge))
		shares.Gain = append(shares.Gain, units(alone.cost.Sub(alone.cost, charge)))
	}
	return shares, nil
}

// lowerPrices moves to the lowest prices that prove the cost, row after row: the
// dual program once more, now minimising one price where the value is the cost
// and the prices found before are ceilings. It makes the prices, and so the
// charges, independent of the path of the solver.
func (m *mixture) lowerPrices() error {
	for r := range m.need {
		if m.price[r].Sign() > 0 {
			if _, err := generate(rational{}, m, r); err != nil {
				return err
			}
		}
		m.ceiling[r] = m.price[r]
	}
	return m.verify()
}
