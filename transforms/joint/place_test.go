package joint

import (
	"math"
	"testing"

	"samkraft/pipeline"
	"samkraft/transforms/coalition"
	"samkraft/transforms/saving"
)

// apart is the distance of two members, km, by the law of cosines on the sphere:
// another formula than the engine's.
func apart(a, b toy) float64 {
	const radian = math.Pi / 180
	if a.Code == b.Code {
		return 0
	}
	return 6371 * math.Acos(math.Sin(a.Lat*radian)*math.Sin(b.Lat*radian)+math.Cos(a.Lat*radian)*math.Cos(b.Lat*radian)*math.Cos((b.Lon-a.Lon)*radian))
}

// byHand is what a group earns with one plant at the best of its places, or none.
func byHand(members []toy, amounts []float64, group []int, margin, transport, cost, reference, exponent float64) float64 {
	best := 0.0
	for _, site := range group {
		sum, way := 0.0, 0.0
		for _, i := range group {
			sum += amounts[i]
			way += amounts[i] * apart(members[i], members[site])
		}
		best = max(best, margin*sum-cost*math.Pow(sum/reference, exponent)-transport*way)
	}
	return best
}

func TestSharedPlantOfOwnFigures(t *testing.T) {
	a := agree("wood", "shared_plant", "253", "269", "336")
	a.Key = pipeline.CostKey{Type: "use", Shares: "cost"}
	a.Parameters = pipeline.Parameters{Amounts: map[string]float64{"253": 8000, "269": 3000, "336": 20000}, Share: number(0.5), PlantEUR: number(150e3), Reference: number(10e3),
		MarginEUR: number(15), TransportEUR: number(0.1), Exponent: number(0.6)}
	members := fourMembers()
	got := solve(t, plan(t, members, a))
	amounts := []float64{4000, 1500, 0, 10000}
	earn := func(group ...int) float64 { return byHand(members, amounts, group, 15, 0.13, 150e3, 10e3, 0.6) }
	// Of three, all in one plant, or two in one and the third by itself.
	best := max(earn(0, 1, 3), earn(0)+earn(1, 3), earn(1)+earn(0, 3), earn(3)+earn(0, 1), earn(0)+earn(1)+earn(3))
	headline := one(t, got["joint_savings"], "agreement_id", "wood")
	near(t, "profit", column(t, []row{headline}, "joint_eur"), 0.01, -best)
	near(t, "profit alone", column(t, []row{headline}, "alone_eur"), 0.01, -earn(0)-earn(1)-earn(3))
	if best <= earn(0)+earn(1)+earn(3) {
		t.Fatal("the example has no gain")
	}
	// A key of the cost shares the profit: each gets its part less what it earns alone.
	near(t, "by use", column(t, where(got["agreement_incidence"], "agreement_id", "wood", "signs", true), "gain_eur"), 0.02,
		best*4/15.5-earn(0), best*1.5/15.5-earn(1), best*10/15.5-earn(3))
	if want := "together earn"; !contains(headline["sentence_en"], want) {
		t.Errorf("%v, expected %q", headline["sentence_en"], want)
	}
}

// With straw the plant's figures are the factor file's: what the heat would cost
// from natural gas, with its CO2, less the straw.
func TestSharedPlantOfStraw(t *testing.T) {
	a := agree("straw", "shared_plant", "253", "269", "259", "336")
	a.Parameters = pipeline.Parameters{Amount: "straw"}
	members := fourMembers()
	in := uncertain(t, members, 0, []saving.Factor{fixed("price_natural_gas", 50)}, a)
	amounts := []float64{600, 500, 9000, 22000}
	in.Amounts["straw"] = amounts
	got := solve(t, in)
	// 50 + 0.2 t * 80 EUR - 1 - 22 = 43 EUR/MWh; 4 MEUR * (1/25 + 0.05) a year at 25 GWh.
	distances := make([][]float64, 4)
	for i := range distances {
		for k := range members {
			distances[i] = append(distances[i], apart(members[i], members[k]))
		}
	}
	want, err := coalition.Plants{Amounts: amounts, Distance: distances, Transport: 0.06 * 1.3, Revenue: 43, Cost: 360e3, Reference: 25e3, Exponent: 0.7}.Solve()
	if err != nil {
		t.Fatal(err)
	}
	for mask, cents := range want.Profit {
		if mask > 0 {
			near(t, "profit", column(t, where(got["coalition_value"], "agreement_id", "straw", "coalition_mask", uint64(mask)), "cost_eur"), 0.01, -float64(cents)/100)
		}
	}
	// Whoever would build no plant alone burns its straw with the others, and 0.2 t
	// of CO2 less are emitted for every MWh.
	more := 0.0
	for i := range amounts {
		if want.Profit[1<<i] == 0 {
			more += amounts[i]
		}
	}
	headline := one(t, got["joint_savings"], "agreement_id", "straw")
	if more == 0 {
		t.Fatal("everybody has a plant of its own")
	}
	// Burnt for another fuel it saves no energy: nothing is shared or certified of it.
	same(t, "energy", headline["gain_mwh"], nil)
	same(t, "energy games", len(where(got["stability"], "game", "mwh", "agreement_id", "straw")), 0)
	same(t, "energy of a member", where(got["allocation"], "agreement_id", "straw")[0]["gain_mwh"], nil)
	near(t, "CO2", column(t, []row{headline}, "gain_t"), 0.001, more/5)
	near(t, "by-product", column(t, []row{headline}, "byproduct_t"), 0.001, more/5)

	// Together with a target: of energy what the target saves, of CO2 both.
	in.Agreements = append(in.Agreements, agree("target", "pooled_target"))
	got = solve(t, in)
	target, all := one(t, got["joint_savings"], "agreement_id", "target"), one(t, got["joint_savings"], "agreement_id", "ALL")
	if target["gain_mwh"].(float64) <= 0 || target["gain_t"].(float64) <= 0 {
		t.Fatal("the target saves no energy and cuts no CO2")
	}
	near(t, "energy of all", column(t, []row{all}, "gain_mwh"), 0.001, target["gain_mwh"].(float64))
	near(t, "CO2 of all", column(t, []row{all}, "gain_t"), 0.002, target["gain_t"].(float64)+more/5)
}

func TestNetwork(t *testing.T) {
	a := agree("heat", "network")
	a.Key = pipeline.CostKey{Type: "use", Shares: "gain"}
	a.Parameters = pipeline.Parameters{Amounts: map[string]float64{"253": 90e3, "269": 40e3, "259": 70e3, "336": 500}, Source: "253", MarginEUR: number(5), MainEUR: number(15e3)}
	members := fourMembers()
	got := solve(t, plan(t, members, a))
	link := func(i, k int) float64 { return apart(members[i], members[k]) * 1.3 * 15e3 }
	g, s, k, v := 0, 1, 2, 3
	// Greve supplies; Stevns' 500 MWh never pay for a main.
	if 500*5 > min(link(g, v), link(s, v), link(k, v)) {
		t.Fatal("Stevns would pay for itself")
	}
	solrød, køge := max(0, 40e3*5-link(g, s)), max(0, 70e3*5-link(g, k))
	both := max(solrød, køge, 110e3*5-min(link(g, s)+link(s, k), link(g, k)+link(k, s), link(g, s)+link(g, k)))
	if both <= solrød+køge {
		t.Fatal("the two do not share a main")
	}
	gain := func(mask uint64) []float64 {
		return column(t, where(got["coalition_value"], "agreement_id", "heat", "coalition_mask", mask), "gain_eur")
	}
	near(t, "Greve and Solrød", gain(3), 0.02, solrød)
	near(t, "Greve and Køge", gain(5), 0.02, køge)
	near(t, "without the source", gain(14), 0, 0)
	near(t, "all", gain(15), 0.02, both)
	near(t, "by use", column(t, where(got["agreement_incidence"], "agreement_id", "heat"), "gain_eur"), 0.02, both*90/200.5, both*40/200.5, both*70/200.5, both*0.5/200.5)
	// Bird: Solrød is nearer to Greve, and Køge is connected through it.
	if link(g, s) > link(g, k) || link(s, k) > link(g, k) {
		t.Fatal("the main does not pass through Solrød")
	}
	near(t, "Bird", column(t, where(got["allocation"], "agreement_id", "heat", "rule", "bird"), "gain_eur"), 0.02, 0, 40e3*5-link(g, s), 70e3*5-link(s, k), 0)
	bird := one(t, got["stability"], "agreement_id", "heat", "rule", "bird", "game", "eur")
	same(t, "Bird in the core", bird["in_core"], true)
	same(t, "who adds nothing", bird["null_members"], "Stevns")
}

// District heat that the members use is what a network moves without own amounts.
func TestNetworkOfDistrictHeat(t *testing.T) {
	a := agree("heat", "network", "253", "269")
	a.Parameters = pipeline.Parameters{Amount: "district_heat", Share: number(0.25), Source: "269", MarginEUR: number(8), MainEUR: number(1000)}
	members := fourMembers()
	in := plan(t, members, a)
	in.Amounts["district_heat"] = []float64{80e3, 10e3, math.NaN(), 1}
	got := solve(t, in)
	near(t, "gain", column(t, where(got["joint_savings"], "agreement_id", "heat"), "gain_eur"), 0.02, 20e3*8-1300*apart(members[0], members[1]))
}
