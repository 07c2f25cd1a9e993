package joint

import (
	"fmt"
	"math"

	"samkraft/pipeline"
	"samkraft/transforms/coalition"
	"samkraft/transforms/saving"
)

// maxPlantPlayers bounds shared plants: their best partitions take 3^n steps,
// and are found again for every draw.
const maxPlantPlayers = 10

// plant is the mechanism of shared plants: groups of players burn a resource
// that each has, at the place of one of them, where a larger plant is cheaper
// and transport is dearer.
type plant struct {
	sizes     []float64
	distance  [][]float64 // km, straight
	detour    figure
	transport figure // EUR/MWh and km
	exponent  figure
	margin    func(values []float64) float64                  // EUR/MWh of fuel
	cost      func(values []float64) (eur, reference float64) // EUR a year at the reference amount
	cut       func(values []float64) float64                  // t of CO2 per MWh of fuel
	rests     bool
}

func (e *engine) plant(a pipeline.Agreement, players []int) (mechanism, *gap, error) {
	if len(players) > maxPlantPlayers {
		return nil, &gap{
			fmt.Sprintf("more than %d members are too many for shared plants", maxPlantPlayers),
			fmt.Sprintf("flere end %d medlemmer er for mange til fælles værker", maxPlantPlayers),
			fmt.Sprintf("fler än %d medlemmar är för många för gemensamma verk", maxPlantPlayers)}, nil
	}
	p, country := a.Parameters, e.country(a)
	sizes, missing := e.sizes(a, players)
	if missing != nil {
		return nil, missing, nil
	}
	apart, missing := e.distances(players)
	if missing != nil {
		return nil, missing, nil
	}
	m := &plant{sizes: sizes, distance: apart, rests: true, cut: func([]float64) float64 { return 0 }}
	var err error
	if m.detour, err = e.factor("road_detour", country); err != nil {
		return nil, nil, err
	}
	if m.transport, err = e.stated(p.TransportEUR, "transport_straw", country); err != nil {
		return nil, nil, err
	}
	if m.exponent, err = e.stated(p.Exponent, "beta_plant", country); err != nil {
		return nil, nil, err
	}
	if p.Amount == "straw" {
		if err := e.strawBoiler(m, country); err != nil {
			return nil, nil, err
		}
	}
	if p.MarginEUR != nil {
		m.margin = func([]float64) float64 { return *p.MarginEUR }
	}
	if p.PlantEUR != nil {
		m.cost = func([]float64) (float64, float64) { return *p.PlantEUR, *p.Reference }
	}
	return m, nil, nil
}

// strawBoiler is a heat plant that burns straw instead of natural gas. The value
// of its heat is what the gas boiler's would cost, with the price of its CO2.
func (e *engine) strawBoiler(m *plant, country string) error {
	found := map[string]figure{}
	for _, id := range []string{"price_natural_gas", "price_co2_quota", "eff_boiler_natural_gas_dh", "price_straw", "measure_p7_efficiency",
		"measure_p7_investment", "measure_p7_lifetime", "measure_p7_fom", "measure_p7_vom", "straw_boiler_mw", "straw_boiler_full_load_hours", "ef_natural_gas"} {
		f, err := e.factor(id, country)
		if err != nil {
			return err
		}
		found[id] = f
	}
	rate := figure{at: e.params.at["discount_rate"]}
	get := func(values []float64, id string) float64 { return found[id].of(values) }
	m.cut = func(v []float64) float64 {
		return get(v, "measure_p7_efficiency") * get(v, "ef_natural_gas") / get(v, "eff_boiler_natural_gas_dh") / 1000
	}
	m.margin = func(v []float64) float64 {
		heat := (get(v, "price_natural_gas") + get(v, "ef_natural_gas")/1000*get(v, "price_co2_quota")) / get(v, "eff_boiler_natural_gas_dh")
		return get(v, "measure_p7_efficiency")*(heat-get(v, "measure_p7_vom")) - get(v, "price_straw")
	}
	m.cost = func(v []float64) (float64, float64) {
		kw := get(v, "straw_boiler_mw") * 1000
		annual := saving.CRF(rate.of(v), get(v, "measure_p7_lifetime")) + get(v, "measure_p7_fom")
		return kw * get(v, "measure_p7_investment") * annual, kw / 1000 * get(v, "straw_boiler_full_load_hours") / get(v, "measure_p7_efficiency")
	}
	return nil
}

func (m *plant) assumption(solved) (float64, error) { return share(m.rests), nil }

func (m *plant) at(s *state) (solved, error) {
	cost, reference := m.cost(s.values)
	result, err := coalition.Plants{
		Amounts: m.sizes, Distance: m.distance,
		Transport: m.transport.of(s.values) * m.detour.of(s.values),
		Revenue:   max(0, m.margin(s.values)),
		Cost:      cost, Reference: reference, Exponent: m.exponent.of(s.values),
	}.Solve()
	return &plantAt{result, m.cut(s.values)}, err
}

type plantAt struct {
	coalition.PlantsResult
	cut float64
}

func (m *plantAt) outcome(s coalition.Mask) (outcome, error) {
	return outcome{cost: -float64(m.Profit[s]) / 100, co2: m.burnt(s) * m.cut}, nil
}

func (m *plantAt) burnt(s coalition.Mask) float64 {
	sum := 0.0
	for _, p := range m.Plants(s) {
		sum += p.Amount
	}
	return sum
}

// Plants that nobody would build alone burn more of the resource. That cuts CO2, and
// is fuel for another fuel: no energy is gained by it.
func (m *plantAt) energy(coalition.Mask) (float64, error)   { return math.NaN(), nil }
func (m *plantAt) carbon(s coalition.Mask) (float64, error) { return m.burnt(s) * m.cut, nil }

func (m *plantAt) price(currency) ([]float64, bool, error) { return nil, false, nil }
