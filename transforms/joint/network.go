package joint

import (
	"fmt"
	"math"
	"slices"

	"samkraft/pipeline"
	"samkraft/transforms/coalition"
)

// network is the mechanism of drawing heat from one member through mains: the
// cheapest tree that connects those for whom it pays.
type network struct {
	source   int // player
	others   []int
	sizes    []float64
	distance [][]float64 // km, straight
	detour   figure
	margin   float64 // EUR/MWh
	main     figure  // EUR/km
}

func (e *engine) network(a pipeline.Agreement, players []int) (mechanism, *gap, error) {
	if len(players) > coalition.MaxPartitionPlayers {
		return nil, &gap{
			fmt.Sprintf("more than %d members are too many for a network", coalition.MaxPartitionPlayers),
			fmt.Sprintf("flere end %d medlemmer er for mange til et net", coalition.MaxPartitionPlayers),
			fmt.Sprintf("fler än %d medlemmar är för många för ett nät", coalition.MaxPartitionPlayers)}, nil
	}
	sizes, missing := e.sizes(a, players)
	if missing != nil {
		return nil, missing, nil
	}
	apart, missing := e.distances(players)
	if missing != nil {
		return nil, missing, nil
	}
	m := &network{sizes: sizes, distance: apart, margin: *a.Parameters.MarginEUR, main: own(*a.Parameters.MainEUR)}
	m.source = slices.IndexFunc(players, func(i int) bool { return e.in.Members[i].Code == a.Parameters.Source })
	for i := range players {
		if i != m.source {
			m.others = append(m.others, i)
		}
	}
	var err error
	m.detour, err = e.factor("road_detour", e.country(a))
	return m, nil, err
}

func (m *network) assumption(solved) (float64, error) { return 1, nil }

func (m *network) at(s *state) (solved, error) {
	n := len(m.others)
	at := &networkAt{network: m, best: make([]float64, 1<<n), drawn: make([]coalition.Mask, 1<<n), perKm: m.main.of(s.values) * m.detour.of(s.values) * 100}
	if n > 0 {
		tree, err := at.mains(m.others)
		if err != nil {
			return nil, err
		}
		costs, err := tree.Costs()
		if err != nil {
			return nil, err
		}
		for t := 1; t < 1<<n; t++ {
			mask := coalition.Mask(t)
			heat := 0.0
			for _, i := range mask.Members() {
				heat += m.sizes[m.others[i]]
			}
			at.best[t], at.drawn[t] = heat*m.margin-float64(costs[t])/100, mask
			// Those for whom it does not pay stay out.
			for _, i := range mask.Members() {
				if without := t &^ (1 << i); at.best[without] > at.best[t] {
					at.best[t], at.drawn[t] = at.best[without], at.drawn[without]
				}
			}
		}
	}
	return at, nil
}

type networkAt struct {
	*network
	perKm float64          // cents
	best  []float64        // EUR earned, by mask of the others
	drawn []coalition.Mask // those of them to whom mains are laid
}

// mains are the mains that can be laid between the source and some players.
func (m *networkAt) mains(players []int) (*coalition.Network, error) {
	nodes := append([]int{m.source}, players...)
	links := make([][]int64, len(nodes))
	for i, a := range nodes {
		for _, b := range nodes {
			links[i] = append(links[i], int64(math.Round(m.distance[a][b]*m.perKm)))
		}
	}
	return coalition.NewNetwork(links)
}

// bird is what each player gains, EUR, where everybody to whom a main is laid pays
// the one that connects it towards the source. The source gains nothing, and nor
// does who is left out.
func (m *networkAt) bird() ([]float64, error) {
	gains := make([]float64, len(m.sizes))
	var players []int
	for _, k := range m.drawn[len(m.drawn)-1].Members() {
		players = append(players, m.others[k])
	}
	if len(players) == 0 {
		return gains, nil
	}
	tree, err := m.mains(players)
	if err != nil {
		return nil, err
	}
	for k, cents := range tree.Bird() {
		i := players[k]
		gains[i] = m.sizes[i]*m.margin - float64(cents)/100
	}
	return gains, nil
}

// reach is the players of a coalition that the source can supply.
func (m *networkAt) reach(s coalition.Mask) coalition.Mask {
	var t coalition.Mask
	if !s.Has(m.source) {
		return t
	}
	for k, i := range m.others {
		if s.Has(i) {
			t |= 1 << k
		}
	}
	return t
}

func (m *networkAt) outcome(s coalition.Mask) (outcome, error) {
	return outcome{cost: -m.best[m.reach(s)]}, nil
}

// Heat that is moved is neither saved nor, here, known to cut CO2.
func (m *networkAt) energy(coalition.Mask) (float64, error) { return 0, nil }
func (m *networkAt) carbon(coalition.Mask) (float64, error) { return 0, nil }

func (m *networkAt) price(currency) ([]float64, bool, error) { return nil, false, nil }
