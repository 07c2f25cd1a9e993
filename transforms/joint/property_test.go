package joint

import (
	"fmt"
	"math"
	"math/rand"
	"reflect"
	"regexp"
	"testing"

	"samkraft/pipeline"
	"samkraft/transforms/saving"
)

// randomPlan is a small plan of either country or both, with agreements of every
// mechanism, keys of every type, and some figures missing.
func randomPlan(t *testing.T, r *rand.Rand) Input {
	t.Helper()
	pool := append(fourMembers(), fiveMembers()[4])
	r.Shuffle(len(pool), func(i, k int) { pool[i], pool[k] = pool[k], pool[i] })
	members := pool[:2+r.Intn(4)]
	n := len(members)
	for i := range members {
		m := &members[i]
		m.ladder = m.ladder[:1+r.Intn(len(m.ladder))]
		for k := range m.ladder {
			m.ladder[k].gwh = 1 + 30*r.Float64()
			m.ladder[k].price = 100 * r.Float64()
		}
		m.Target = math.Round(50e3 * r.Float64())
		m.Population = float64(1000 + r.Intn(100000))
		m.ExampleTarget = r.Intn(4) == 0
		if r.Intn(12) == 0 {
			m.Population = math.NaN()
		}
	}
	changed := []saving.Factor{ranged("coordination_kappa2", 1, 20*r.Float64()+1, 90), ranged("shared_staff_fixed", 70, 90, 120), ranged("price_electricity_delivered", -5, 30*r.Float64(), 40),
		ranged("price_natural_gas", 20, 50, 90), of("DK", ranged("beta_plant", 0.6, 0.76, 1)), of("SE", fixed("beta_plant", 0.7))}
	some := func() pipeline.Who {
		if r.Intn(3) == 0 {
			return pipeline.Who{All: true}
		}
		var codes []string
		for _, m := range members {
			if r.Intn(4) > 0 {
				codes = append(codes, m.Code)
			}
		}
		if codes == nil {
			codes = []string{members[0].Code}
		}
		return pipeline.Who{Codes: codes}
	}
	var agreements []pipeline.Agreement
	add := func(mechanism string, p pipeline.Parameters) {
		a := agree(mechanism+"-"+string(rune('a'+len(agreements))), mechanism)
		a.Parameters, a.Signatories, a.Quorum = p, some(), 1+r.Intn(min(n, 3))
		a.Status = []string{"signed", "proposed", "example"}[r.Intn(3)]
		a.Key = randomKey(r, a, members)
		agreements = append(agreements, a)
	}
	amounts := map[string]float64{}
	for _, m := range members {
		amounts[m.Code] = math.Round(20e3*r.Float64()) * float64(r.Intn(4)) // some have nothing
	}
	add("pooled_target", pipeline.Parameters{})
	add("scale", pipeline.Parameters{Kind: "shared_staff"})
	add("scale", pipeline.Parameters{Kind: "procurement", Amount: "population", CostEUR: number(1e6 * r.Float64()), Reference: number(1e5)})
	add("shared_plant", pipeline.Parameters{Amount: "straw", Share: number(0.1 + 0.9*r.Float64())})
	add("network", pipeline.Parameters{Amounts: amounts, Source: members[0].Code, MarginEUR: number(10 * r.Float64()), MainEUR: number(2e4 * r.Float64())})
	agreements[len(agreements)-1].Signatories = pipeline.Who{All: true}
	wedge := pipeline.Parameters{}
	if r.Intn(2) == 0 {
		wedge = pipeline.Parameters{WedgeEUR: number(300 * r.Float64()), LegalBasis: "a law"}
	}
	add("netting", wedge)
	r.Shuffle(len(agreements), func(i, k int) { agreements[i], agreements[k] = agreements[k], agreements[i] })

	in := uncertain(t, members, 0.3*r.Float64(), changed, agreements[:1+r.Intn(len(agreements))]...)
	in.Draws, in.Seed = r.Intn(6), r.Int63()
	in.Hours = &Hours{Year: 2023, Consumption: make([][]float64, n), Production: make([][]float64, n)}
	for i := range members {
		in.Amounts["straw"] = append(in.Amounts["straw"], 20e3*r.Float64())
		for range 5 {
			in.Hours.Consumption[i], in.Hours.Production[i] = append(in.Hours.Consumption[i], 10*r.Float64()), append(in.Hours.Production[i], 15*r.Float64())
		}
	}
	if r.Intn(8) == 0 {
		in.Amounts["straw"][0] = math.NaN()
	}
	return in
}

func randomKey(r *rand.Rand, a pipeline.Agreement, members []toy) pipeline.CostKey {
	k := pipeline.CostKey{Shares: []string{"cost", "gain"}[r.Intn(2)], Type: []string{"final_energy", "population", "target", "equal", "mixed", "own"}[r.Intn(6)]}
	switch k.Type {
	case "mixed":
		k.Mix = map[string]float64{"equal": 0.3, "final_energy": 0.5, "population": 0.2}
	case "own":
		k.Own = map[string]float64{}
		for _, m := range members {
			if a.Signatories.Has(m.Code) {
				k.Own[m.Code] = float64(r.Intn(3))
			}
		}
	}
	return k
}

var minusNothing = regexp.MustCompile(`-0([.,]0+)?([^0-9.,]|[.,](\D|$)|$)`)

// TestRandomPlans holds what must be true of every plan: checks C13 to C16 and
// C22, efficiency of every way of sharing, and sentences that people can read.
func TestRandomPlans(t *testing.T) {
	for seed := range int64(24) {
		in := randomPlan(t, rand.New(rand.NewSource(seed)))
		got := solve(t, in)
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			readable(t, got)
			sums(t, in, got)
			turns(t, got)
			ranges(t, got)
			if seed%10 == 0 && !reflect.DeepEqual(got, solve(t, in)) {
				t.Error("a second time gives other rows")
			}
		})
	}
}

func readable(t *testing.T, tables map[string][]row) {
	for table, rows := range tables {
		for _, r := range rows {
			for name, cell := range r {
				switch x := cell.(type) {
				case float64:
					if math.IsNaN(x) || math.IsInf(x, 0) || x == 0 && math.Signbit(x) {
						t.Errorf("%s: %s is %v", table, name, x)
					}
				case string:
					if contains(x, "%!") || contains(x, "NaN") || contains(x, "Inf") || minusNothing.MatchString(x) {
						t.Errorf("%s: %s is %q", table, name, x)
					}
				}
			}
		}
	}
}

// units is a published figure in cents, kWh or kg.
func units(cell any, of float64) int64 {
	x, _ := cell.(float64)
	return int64(math.Round(x * of))
}

func sums(t *testing.T, in Input, tables map[string][]row) {
	mechanism := map[any]string{All: "scale"}
	for _, a := range in.Agreements {
		mechanism[a.ID] = a.Mechanism
	}
	for _, r := range tables["coalition_value"] { // C13
		eur, mwh, tonnes := units(r["gain_eur"], 100), units(r["gain_mwh"], 1000), units(r["gain_t"], 1000)
		if least := min(eur, mwh, tonnes); r["n_members"] == 1 && (eur != 0 || mwh != 0 || tonnes != 0) || mechanism[r["agreement_id"]] != "scale" && least < 0 || r["cover_gain_eur"].(float64) < 0 {
			t.Errorf("C13: a gain that cannot be: %v", r)
		}
	}
	for _, r := range tables["stability"] {
		// Of shared plants the money alone: the best plants need not burn the most.
		plants := mechanism[r["agreement_id"]] == "shared_plant" && r["game"] != "eur"
		if mechanism[r["agreement_id"]] != "scale" && !plants && r["superadditive"] != true {
			t.Errorf("P2: %v", r)
		}
	}
	for _, r := range where(tables["stability"], "rule", "certificate_sum") {
		if r["in_core"] != true {
			t.Errorf("a sum of stable splits is not stable: %v", r)
		}
	}
	for _, r := range tables["coalition_value"] {
		if r["cover_gain_eur"].(float64) > r["gain_eur"].(float64) && one(t, tables["stability"], "agreement_id", r["agreement_id"], "rule", "shapley", "game", "eur")["superadditive"] == true {
			t.Errorf("smaller groups are better in a superadditive game: %v", r)
		}
	}
	for _, r := range tables["joint_savings"] {
		if mechanism[r["agreement_id"]] != "scale" && (contains(r["best_groups"], ";") || contains(r["sentence_en"], "smaller groups")) {
			t.Errorf("smaller groups are better by rounding alone: %v", r)
		}
	}
	shapley := map[string]int64{}
	counted := int64(0)
	for _, j := range tables["joint_savings"] {
		id := j["agreement_id"]
		if j["gain_eur"] == nil {
			continue
		}
		gain := units(j["gain_eur"], 100)
		if units(j["alone_eur"], 100)-units(j["joint_eur"], 100) != gain {
			t.Errorf("%v: alone %v, joint %v, gain %v", id, j["alone_eur"], j["joint_eur"], j["gain_eur"])
		}
		rules := map[string][3]int64{}
		for _, r := range where(tables["allocation"], "agreement_id", id) { // C14
			rule := r["rule"].(string)
			s := rules[rule]
			rules[rule] = [3]int64{s[0] + units(r["gain_eur"], 100), s[1] + units(r["gain_mwh"], 1000), s[2] + units(r["gain_t"], 1000)}
			if rule == "shapley" && j["gain_nature"] == "resource" {
				if id == All {
					if d := units(r["gain_eur"], 100) - shapley[r["muni_code"].(string)]; d > counted+1 || d < -counted-1 {
						t.Errorf("C16: the Shapley values of %v do not add up, by %d cents", r["muni_code"], d)
					}
				} else {
					shapley[r["muni_code"].(string)] += units(r["gain_eur"], 100)
				}
			}
		}
		if j["gain_nature"] == "resource" {
			counted++
		}
		for rule, s := range rules {
			if s[0] != gain || s[1] != 0 && s[1] != units(j["gain_mwh"], 1000) || s[2] != 0 && s[2] != units(j["gain_t"], 1000) {
				t.Errorf("C14: %v by %s adds up to %v", id, rule, s)
			}
		}
		if len(rules) == 0 {
			t.Errorf("%v is not shared", id)
		}
		incidence, known := int64(0), false
		var individual, core int64
		for _, r := range where(tables["agreement_incidence"], "agreement_id", id) { // C15, C22
			known = known || r["gain_eur"] != nil
			incidence += units(r["gain_eur"], 100)
			individual += units(r["transfer_individual_eur"], 100)
			core += units(r["transfer_core_eur"], 100)
			if r["loses"] == true != (units(r["gain_eur"], 100) < 0) {
				t.Errorf("%v: loses with %v", id, r["gain_eur"])
			}
		}
		if known && incidence != gain {
			t.Errorf("C15: %v: the signatories' gains add up to %d cents, expected %d", id, incidence, gain)
		}
		if individual != 0 || core != 0 {
			t.Errorf("C22: side payments add up to %d and %d", individual, core)
		}
		if rule := j["recommended_rule"]; rule != nil {
			// What is recommended gives nobody less than alone, but for a cent of rounding.
			for _, r := range where(tables["allocation"], "agreement_id", id, "rule", rule) {
				if units(r["gain_eur"], 100) < -1 {
					t.Errorf("%v by %v: %v loses %v", id, rule, r["muni_code"], r["gain_eur"])
				}
			}
		}
	}
}

// turns holds the tornado to the cent: its base is what is published, and the
// members' rows add up to that of all.
func turns(t *testing.T, tables map[string][]row) {
	for _, r := range where(tables["tornado"], "country", "-") {
		same(t, "tornado's base", r["gain_eur"], one(t, tables["joint_savings"], "agreement_id", All)["gain_eur"])
		for _, name := range []string{"low_gain_eur", "gain_eur", "high_gain_eur"} {
			sum, known := int64(0), false
			for _, m := range where(tables["tornado"], "param_id", r["param_id"]) {
				if m["country"] != "-" && m[name] != nil {
					sum, known = sum+units(m[name], 100), true
				}
			}
			if all := units(r[name], 100); known && sum != all {
				t.Errorf("tornado: %s of %v is %d cents for the members and %d for all", name, r["param_id"], sum, all)
			}
		}
		low, mid, high := units(r["low_gain_eur"], 100), units(r["gain_eur"], 100), units(r["high_gain_eur"], 100)
		if units(r["swing_eur"], 100) != max(low, mid, high)-min(low, mid, high) {
			t.Errorf("tornado: a swing of %v for %v", r["swing_eur"], r)
		}
	}
}

func ranges(t *testing.T, tables map[string][]row) {
	for table, rows := range tables {
		for _, r := range rows {
			for _, name := range []string{"gain_probability", "in_core_probability", "key_weight", "assumption_share"} {
				if x, ok := r[name].(float64); ok && !(x >= 0 && x <= 1) {
					t.Errorf("%s: %s is %v", table, name, x)
				}
			}
			for _, pair := range [][2]string{{"gain_p10_eur", "gain_p50_eur"}, {"gain_p50_eur", "gain_p90_eur"}, {"gain_p10_mwh", "gain_p50_mwh"}, {"gain_p50_mwh", "gain_p90_mwh"},
				{"gain_p10_t", "gain_p50_t"}, {"gain_p50_t", "gain_p90_t"}, {"low_eur", "median_eur"}, {"median_eur", "high_eur"}, {"least_core_eur", "max_excess_eur"}} {
				low, ok := r[pair[0]].(float64)
				high, too := r[pair[1]].(float64)
				slack := 0.0
				if pair[0] == "least_core_eur" {
					slack = 0.011 // the least core is not rounded to whole cents
				}
				if ok && too && low > high+slack {
					t.Errorf("%s: %s %v above %s %v: %v", table, pair[0], low, pair[1], high, r)
				}
			}
		}
	}
}

// The published groups of ALL are those of the agreements together.
func TestAllIsTheSum(t *testing.T) {
	for seed := range int64(8) {
		in := randomPlan(t, rand.New(rand.NewSource(1000+seed)))
		got := solve(t, in)
		for _, r := range where(got["coalition_value"], "agreement_id", All) {
			sum := int64(0)
			for _, j := range got["joint_savings"] {
				if j["gain_nature"] != "resource" || j["agreement_id"] == All || j["gain_eur"] == nil {
					continue
				}
				signed := uint64(0)
				for i, m := range in.Members {
					for _, a := range in.Agreements {
						if a.ID == j["agreement_id"] && a.Signatories.Has(m.Code) {
							signed |= 1 << i
						}
					}
				}
				if part := signed & r["coalition_mask"].(uint64); part != 0 {
					sum += units(one(t, got["coalition_value"], "agreement_id", j["agreement_id"], "coalition_mask", part)["gain_eur"], 100)
				}
			}
			if units(r["gain_eur"], 100) != sum {
				t.Errorf("seed %d: %v gain %v, expected %d cents", seed, r["members"], r["gain_eur"], sum)
			}
		}
	}
}
