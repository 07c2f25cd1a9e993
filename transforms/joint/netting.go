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
	netting *coalition.Netting
	game    coalition.Game // kWh netted
	point   []float64      // MWh by player at the hourly price
	wedge   figure
}

func (e *engine) netting(a pipeline.Agreement, players []int) (mechanism, *gap, error) {
	if e.in.Hours == nil {
		return nil, &gap{"hourly use and production are not known for all", "forbrug og produktion time for time kendes ikke for alle", "användning och produktion timme för timme är inte kända för alla"}, nil
	}
	if len(players) > coalition.MaxNettingPlayers {
		return nil, &gap{
			fmt.Sprintf("more than %d members are too many for every hour and every group", coalition.MaxNettingPlayers),
			fmt.Sprintf("flere end %d medlemmer er for mange til hver time og hver gruppe", coalition.MaxNettingPlayers),
			fmt.Sprintf("fler än %d medlemmar är för många för varje timme och varje grupp", coalition.MaxNettingPlayers)}, nil
	}
	m := &netting{}
	var err error
	if m.netting, err = e.in.Hours.between(players); err != nil {
		return nil, nil, err
	}
	if m.game, err = m.netting.EnergyGame(); err != nil {
		return nil, nil, err
	}
	m.point, _ = m.netting.PricePoint()
	m.wedge = own(0)
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

type nettingAt struct {
	*netting
	wedge float64 // EUR/MWh
}

func (m *nettingAt) netted(s coalition.Mask) float64 { return float64(m.game.Value(s)) / 1000 }

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
