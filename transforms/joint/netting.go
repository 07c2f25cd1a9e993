package joint

import (
	"fmt"

	"samkraft/pipeline"
	"samkraft/transforms/coalition"
)

// netting is the mechanism of covering, hour by hour, one player's need with
// another's surplus. Electricity flows the same way with and without it, so it
// is accounting; where a law gives it a value in money, that is somebody else's
// loss, a transfer.
type netting struct {
	hours       *coalition.Netting
	alone       []float64 // MWh that a player imports by itself
	consumption float64   // MWh, of all players
	point       []float64 // MWh by player at the hourly price
	wedge       figure
}

func (e *engine) netting(a pipeline.Agreement, players []int) (mechanism, *gap, error) {
	m := &netting{wedge: own(0)}
	if e.in.Hours != nil {
		for _, i := range players {
			for _, used := range e.in.Hours.Consumption[i] {
				m.consumption += used
			}
		}
	}
	if m.consumption == 0 {
		return nil, &gap{"hourly use and production are not known for all", "forbrug og produktion time for time kendes ikke for alle", "användning och produktion timme för timme är inte kända för alla"}, nil
	}
	if len(players) > coalition.MaxNettingPlayers {
		return nil, &gap{
			fmt.Sprintf("more than %d members are too many for every hour and every group", coalition.MaxNettingPlayers),
			fmt.Sprintf("flere end %d medlemmer er for mange til hver time og hver gruppe", coalition.MaxNettingPlayers),
			fmt.Sprintf("fler än %d medlemmar är för många för varje timme och varje grupp", coalition.MaxNettingPlayers)}, nil
	}
	var err error
	if m.hours, err = e.in.Hours.between(players); err != nil {
		return nil, nil, err
	}
	for i := range players {
		m.alone = append(m.alone, m.hours.Of(1<<i).Import)
	}
	m.point, _ = m.hours.PricePoint()
	if a.Parameters.WedgeEUR != nil {
		m.wedge = own(*a.Parameters.WedgeEUR)
	}
	return m, nil, nil
}

// between nets the hours of some members.
func (h *Hours) between(players []int) (*coalition.Netting, error) {
	var consumption, production [][]float64
	for _, i := range players {
		consumption = append(consumption, h.Consumption[i])
		production = append(production, h.Production[i])
	}
	// A MWh netted counts once in every hour; its value is the same in all.
	worth := make([]float64, len(consumption[0]))
	return coalition.NewNetting(consumption, production, worth)
}

func (m *netting) assumption(solved) (float64, error) { return 1, nil }

func (m *netting) at(s *state) (solved, error) { return &nettingAt{m, m.wedge.of(s.values)}, nil }

// selfSufficiency is the part of use that own production covers in the same
// hour: of all together, and of each alone on the whole.
func (m *netting) selfSufficiency() (together, alone float64) {
	imports := 0.0
	for _, mwh := range m.alone {
		imports += mwh
	}
	return m.hours.Of(coalition.All(len(m.alone))).SelfSufficiency, 1 - imports/m.consumption
}

type nettingAt struct {
	*netting
	wedge float64 // EUR/MWh
}

// netted is what a coalition imports less than its members by themselves, MWh.
func (m *nettingAt) netted(s coalition.Mask) float64 {
	netted := -m.hours.Of(s).Import
	for _, i := range s.Members() {
		netted += m.alone[i]
	}
	return netted
}

func (m *nettingAt) outcome(s coalition.Mask) (outcome, error) {
	return outcome{cost: -m.wedge * m.netted(s)}, nil
}

func (m *nettingAt) energy(s coalition.Mask) (float64, error) { return m.netted(s), nil }
func (m *nettingAt) carbon(coalition.Mask) (float64, error)   { return 0, nil }

func (m *nettingAt) price(of currency) ([]float64, bool, error) {
	gains := make([]float64, len(m.point))
	for i, energy := range m.point {
		switch of {
		case eur:
			gains[i] = m.wedge * energy
		case mwh:
			gains[i] = energy
		}
	}
	return gains, true, nil
}
