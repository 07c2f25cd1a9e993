package coalition

import "slices"

// CherryPicking is what is lost when members keep to the agreements that pay for
// them and leave the others.
type CherryPicking struct {
	Lost   int64  // joint gain lost, in the unit of the games
	Stay   []Mask // members that stay, for each agreement
	Rounds int    // rounds in which somebody left
}

// CherryPickOnce lets every member leave, at the same time, the agreements under
// which it loses a unit or more.
func (p *Portfolio) CherryPickOnce() (CherryPicking, error) { return p.cherryPick(1) }

// CherryPick repeats this, the key applied to those who stay, until nobody wants
// to leave. It ends, because agreements only become smaller.
func (p *Portfolio) CherryPick() (CherryPicking, error) { return p.cherryPick(1 << 30) }

func (p *Portfolio) cherryPick(rounds int) (CherryPicking, error) {
	agreements := slices.Clone(p.agreements)
	var result CherryPicking
	for result.Rounds < rounds {
		left := false
		for k := range agreements {
			leave, err := agreements[k].leavers()
			if err != nil {
				return CherryPicking{}, err
			}
			agreements[k].Signatories &^= leave
			left = left || leave != 0
		}
		if !left {
			break
		}
		result.Rounds++
	}
	for k, a := range agreements {
		result.Lost += p.agreements[k].gain(p.agreements[k].Signatories) - a.gain(a.Signatories)
		result.Stay = append(result.Stay, a.Signatories)
	}
	return result, nil
}

// leavers are the signatories that lose under the key, in whole units as shares
// are paid. Where none of them has a part in the key, nobody bears the cost, and
// all leave.
func (a Agreement) leavers() (Mask, error) {
	var leave Mask
	parts := 0.0
	for _, i := range a.Signatories.Members() {
		parts += a.Key[i]
	}
	if parts == 0 {
		return a.Signatories, nil
	}
	exact, err := a.incidence()
	if err != nil {
		return 0, err
	}
	gains, err := Round(exact, a.gain(a.Signatories))
	if err != nil {
		return 0, err
	}
	for i, gain := range gains {
		if gain < 0 {
			leave |= 1 << i
		}
	}
	return leave, nil
}

// ExitValues returns what the group would lose with each member,
// v(N) - v(N without i): no member can ask for more.
func ExitValues(g Game) []int64 {
	values := make([]int64, g.n)
	for i := range values {
		values[i] = g.Total() - g.Value(g.grand()&^(1<<i))
	}
	return values
}
