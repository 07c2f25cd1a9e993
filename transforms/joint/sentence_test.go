package joint

import (
	"flag"
	"fmt"
	"math"
	"os"
	"strings"
	"testing"

	"samkraft/pipeline"
)

var update = flag.Bool("update", false, "write the golden sentences anew")

// TestSentences holds every form of a sentence, in three languages, to
// testdata/joint/sentences.txt, which people have read.
func TestSentences(t *testing.T) {
	title := pipeline.Texts{EN: "Common target", DA: "Fælles mål", SV: "Gemensamt mål"}
	deals := func(mechanism, status string) *deal {
		d := &deal{Agreement: agree("target", mechanism), players: []int{0, 1, 2, 3}}
		d.Title, d.Status, d.Quorum = title, status, 3
		return d
	}
	drawn := &uncertainty{money: quantity{p10: -12340, p50: 301250, p90: 412340}}
	assumed := &portfolio{basis: basis{assumption: 1}}
	target := said{agreement: deals("pooled_target", "signed"), all: assumed, players: 4, target: 103e3, alone: 3744e3, joint: 3364e3, gain: 380e3, energy: 8200, byproduct: -1280, complete: true, uncertainty: drawn}
	with := func(s said, change func(*said)) said { change(&s); return s }
	staff := said{agreement: deals("scale", "signed"), all: assumed, players: 4, alone: 360e3, joint: 156e3, gain: 204e3, complete: true}
	straw := said{agreement: deals("shared_plant", "signed"), all: assumed, players: 4, alone: -20e3, joint: -81e3, gain: 61e3, byproduct: 1234.4, complete: true}
	netted := said{agreement: deals("netting", "signed"), players: 4, energy: 132e3, hours: &Hours{Year: 2017, Volumes: [2]int{2021, 2023}, Consumption: [][]float64{make([]float64, 8759)}}, selfTogether: 0.752656, selfAlone: 0.552352, complete: true}
	assuming := func(share float64) *deal { d := deals("pooled_target", "signed"); d.assumption = share; return d }
	exemplary := func(status string) *deal { d := deals("pooled_target", status); d.exampleTarget = true; return d }
	calm := func(rule string) *objection { return &objection{rule: rule, stable: true, often: 0.5} }
	seldom := func(rule string, often float64) *objection { return &objection{rule: rule, stable: true, often: often} }
	objects := func(rule string) *objection {
		return &objection{rule: rule, group: []string{"Solrød", "Køge", "Stevns"}, more: 103228}
	}
	lawful := deals("netting", "signed")
	lawful.Parameters.LegalBasis = "a law"

	e := &engine{in: &Input{}, deals: []*deal{deals("pooled_target", "signed"), deals("scale", "signed")}}
	e.deals[1].Title = pipeline.Texts{EN: "Street lighting", DA: "Gadebelysning", SV: "Gatubelysning"}
	for _, m := range fourMembers() {
		e.in.Members = append(e.in.Members, m.Member)
	}
	together := func(gain float64, keyed [][]int64, payments []int64) said {
		p := &promise{total: make([]int64, 4), individual: payments}
		for _, cents := range keyed {
			for i := range cents {
				p.total[i] += cents[i]
			}
		}
		return said{all: &portfolio{counts: []bool{true, true}, keyed: keyed, promise: p}, engine: e, players: 4, gain: gain, complete: true}
	}
	nobody := [][]int64{{100, 100, 100, 100}, {0, 0, 0, 0}}

	cases := []struct {
		what string
		said
	}{
		{"pooled target", target},
		{"pooled targets of energy and CO2", with(target, func(s *said) { s.cut, s.energy = 7456.4, 0 })},
		{"pooled target of CO2", with(target, func(s *said) { s.target, s.cut, s.energy = 0, 7456.4, 0 })},
		{"without gain", with(target, func(s *said) { s.joint, s.gain, s.energy, s.byproduct, s.uncertainty = s.alone, 0, 0, 0.4, nil })},
		{"measures that pay for themselves, together only", with(target, func(s *said) { s.alone, s.joint, s.gain = 40e3, -10e3, 50e3 })},
		{"measures that pay for themselves", with(target, func(s *said) { s.alone, s.joint, s.gain = -40e3, -90e3, 50e3 })},
		{"backstop", with(target, func(s *said) { s.backstop = true })},
		{"assumptions: not said twice", with(target, func(s *said) { s.agreement = assuming(1) })},
		{"assumptions: a part", with(target, func(s *said) { s.agreement = assuming(0.625) })},
		{"assumptions: other than of all", with(target, func(s *said) { s.agreement, s.all = assuming(1), &portfolio{basis: basis{assumption: 0.8}} })},
		{"draws below the central figure", with(staff, func(s *said) { s.uncertainty = &uncertainty{money: quantity{p10: 150e3, p50: 170e3, p90: 203.9e3}} })},
		{"draws above the central figure", with(staff, func(s *said) { s.uncertainty = &uncertainty{money: quantity{p10: 204.2e3, p50: 230e3, p90: 300e3}} })},
		{"draws that end at the central figure", with(staff, func(s *said) { s.uncertainty = &uncertainty{money: quantity{p10: 150e3, p50: 170e3, p90: 203.99e3}} })},
		{"key: nobody objects", with(staff, func(s *said) { s.key, s.best = calm("agreed_key"), calm("shapley") })},
		{"key: a group objects", with(staff, func(s *said) { s.key, s.best = objects("agreed_key"), calm("nucleolus") })},
		{"key: one objects, and to the nucleolus too", with(staff, func(s *said) {
			s.key, s.best = &objection{rule: "agreed_key", group: []string{"Greve"}, more: 1234e3}, objects("nucleolus")
		})},
		{"key: stable in few draws", with(staff, func(s *said) { s.key = seldom("agreed_key", 0.196) })},
		{"key: a group objects, and what would be stable is so in few draws", with(staff, func(s *said) { s.key, s.best = objects("agreed_key"), seldom("shapley", 0.4949) })},
		{"key: the nucleolus is stable in no draw", with(staff, func(s *said) { s.key, s.best = objects("agreed_key"), seldom("nucleolus", 0) })},
		{"key: nothing is drawn", with(staff, func(s *said) { s.key = seldom("agreed_key", math.NaN()) })},
		{"key unknown", with(staff, func(s *said) { s.best = calm("shapley") })},
		{"small energy", with(target, func(s *said) { s.target, s.energy = 950, 2.53 })},
		{"example target", with(target, func(s *said) { s.agreement = exemplary("signed") })},
		{"example target and agreement", with(target, func(s *said) { s.agreement = exemplary("example") })},
		{"incomplete", with(target, func(s *said) { s.complete = false })},
		{"purchase", staff},
		{"example purchase", with(staff, func(s *said) { s.agreement = deals("scale", "example") })},
		{"proposed purchase", with(staff, func(s *said) { s.agreement = deals("scale", "proposed") })},
		{"purchase that costs more", with(staff, func(s *said) {
			s.joint, s.gain, s.groups, s.coverGain = 402e3, -42e3, []string{"Greve, Køge", "Solrød, Stevns"}, 146e3
			s.uncertainty = &uncertainty{money: quantity{p10: -60e3, p50: -30e3, p90: -3e3}}
		})},
		{"plants", straw},
		{"plants without gain", with(straw, func(s *said) { s.joint, s.gain, s.byproduct = s.alone, 0, 0 })},
		{"plants that nobody builds", with(straw, func(s *said) { s.joint, s.alone, s.gain, s.byproduct = 0, 0, 0, 0 })},
		{"netting", netted},
		{"netting of little, metered", with(netted, func(s *said) { s.energy, s.hours = 2.533, &Hours{Year: 2023, Consumption: s.hours.Consumption} })},
		{"netting, volumes of another year", with(netted, func(s *said) {
			s.energy, s.hours = 999.6, &Hours{Year: 2017, Volumes: [2]int{2023, 2023}, Consumption: s.hours.Consumption}
		})},
		{"netting by law", with(netted, func(s *said) { s.agreement = lawful })},
		{"one member", with(staff, func(s *said) { s.players = 1 })},
		{"below the quorum", with(staff, func(s *said) {
			s.agreement = &deal{Agreement: staff.agreement.Agreement, players: []int{0, 1}}
			s.players = 2
		})},
		{"all: nobody loses", together(380e3, nobody, nil)},
		{"all: loses on one", together(380e3, [][]int64{{-5, 100, 100, 100}, {6, 0, 0, -1}}, nil)},
		{"all: several lose on one", together(380e3, [][]int64{{-5, 100, 100, 100}, {6, -2, -3, -1}}, nil)},
		{"all: loses", together(380e3, [][]int64{{-5e6, 90e6, 100, 100}, {6, 0, -12345678, -1}}, []int64{4999994, -17345572, 12345578, 0})},
		{"all: all lose", together(-42e3, [][]int64{{-1050000, -1050000, -1050000, -1050000}, {0, 0, 0, 0}}, nil)},
		{"all: unknown key", with(together(380e3, nobody, nil), func(s *said) { s.all = &portfolio{counts: []bool{true, true}} })},
		{"all: nothing to gain", together(0, [][]int64{{0, 0, 0, 0}, {0, 0, 0, 0}}, nil)},
		{"all: backstop, smaller groups, carbon, draws", with(together(380e3, nobody, nil), func(s *said) {
			s.backstop, s.byproduct, s.uncertainty, s.apart, s.coverGain = true, 5000, drawn, e.deals, 390e3
		})},
		{"all: one agreement too large, a group objects", with(together(380e3, nobody, nil), func(s *said) {
			s.apart, s.coverGain, s.key, s.best = e.deals[1:], 390e3, objects("agreed_keys"), calm("nucleolus")
		})},
		{"all: nobody objects", with(together(380e3, nobody, nil), func(s *said) { s.key = calm("agreed_keys") })},
		{"all: assumptions", with(together(380e3, nobody, nil), func(s *said) { s.all.basis.assumption = 0.81 })},
		{"all: assumptions only", with(together(380e3, nobody, nil), func(s *said) { s.all.basis.assumption = 1 })},
		{"all: examples", with(together(380e3, nobody, nil), func(s *said) {
			s.all.basis, s.complete = basis{example: 1, deals: e.deals, targets: true, every: true}, false
		})},
		{"all: an example agreement", with(together(380e3, nobody, nil), func(s *said) { s.all.basis = basis{example: 0.0721, deals: e.deals[1:]} })},
		{"all: an example agreement of little", with(together(380e3, nobody, nil), func(s *said) { s.all.basis = basis{example: 0.0021, deals: e.deals[1:]} })},
		{"all: example targets", with(together(380e3, nobody, nil), func(s *said) { s.all.basis = basis{example: 0.995, targets: true} })},
		{"all: example targets and agreement", with(together(380e3, nobody, nil), func(s *said) { s.all.basis = basis{example: 0.9, targets: true, deals: e.deals[1:]} })},
		{"all: examples that gain nothing", with(together(0, [][]int64{{0, 0, 0, 0}, {0, 0, 0, 0}}, nil), func(s *said) { s.all.example = true })},
		{"all: proposals", with(together(380e3, nobody, nil), func(s *said) {
			s.engine = &engine{in: e.in, deals: []*deal{deals("pooled_target", "proposed"), e.deals[1]}}
		})},
	}
	var text strings.Builder
	for _, c := range cases {
		fmt.Fprintf(&text, "%s\n  %s\n  %s\n  %s\n", c.what, english.sentence(c.said), danish.sentence(c.said), swedish.sentence(c.said))
	}
	for _, g := range gaps(t) {
		fmt.Fprintf(&text, "gap: %s\n  %s\n  %s\n  %s\n", g.what, g.sentences[0], g.sentences[1], g.sentences[2])
	}
	file := "../../testdata/joint/sentences.txt"
	if *update {
		if err := os.WriteFile(file, []byte(text.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got := text.String(); got != string(want) {
		t.Errorf("the sentences differ from %s: run the test with -update and read them\n%s", file, got)
	}
}

// broken is an agreement without a figure, and what is said of it.
type broken struct {
	what      string
	row       row
	sentences [3]any
}

// gaps are plans with what agreements cannot do without taken away.
func gaps(t *testing.T) []broken {
	counting := func(amount string) pipeline.Agreement {
		a := scaleOf("a", "253", "269", "259", "336")
		a.Parameters.Amounts, a.Parameters.Amount = nil, amount
		return a
	}
	plants := agree("a", "shared_plant")
	plants.Parameters = pipeline.Parameters{Amount: "wood", PlantEUR: number(1), Reference: number(1), MarginEUR: number(1)}
	straw := agree("a", "shared_plant")
	straw.Parameters.Amount = "straw"
	network := agree("a", "network")
	network.Parameters = pipeline.Parameters{Amount: "district_heat", Source: "259", MainEUR: number(1), MarginEUR: number(1)}
	example, proposed := agree("a", "pooled_target"), counting("final_energy")
	example.Status, proposed.Status = "example", "proposed"
	everywhere := func(in *Input) {
		for _, kind := range []string{"straw", "wood", "district_heat"} {
			in.Amounts[kind] = []float64{1, 1, 1, 1}
		}
	}
	var list []broken
	for _, c := range []struct {
		what    string
		a       pipeline.Agreement
		without func(*Input)
	}{
		{"no target", agree("a", "pooled_target"), func(in *Input) { in.Members[1].HasTarget, in.Members[1].Target = false, math.NaN() }},
		{"no target in an example", example, func(in *Input) { in.Members[1].HasTarget, in.Members[1].Target = false, math.NaN() }},
		{"no hours", agree("a", "netting"), func(in *Input) {}},
		{"no use in any hour", agree("a", "netting"), func(in *Input) {
			in.Hours = &Hours{Year: 2023, Consumption: [][]float64{{0}, {0}, {0}, {0}}, Production: [][]float64{{0}, {1}, {2}, {3}}}
		}},
		{"no population", counting("population"), func(in *Input) { in.Members[3].Population = math.NaN() }},
		{"no energy, a proposal", proposed, func(in *Input) { in.Members[3].Energy = math.NaN() }},
		{"no straw", straw, func(in *Input) { everywhere(in); in.Amounts["straw"][2] = math.NaN() }},
		{"no wood", plants, func(in *Input) { everywhere(in); delete(in.Amounts, "wood") }},
		{"no district heat", network, func(in *Input) { everywhere(in); in.Amounts["district_heat"][0] = math.NaN() }},
		{"no place", network, func(in *Input) { everywhere(in); in.Members[0].Lat = math.NaN() }},
		{"too many for plants", straw, func(in *Input) { crowd(in, 11); in.Amounts["straw"] = make([]float64, 11) }},
		{"too many for a network", network, func(in *Input) { crowd(in, 17); in.Amounts["district_heat"] = make([]float64, 17) }},
		{"too many for netting", agree("a", "netting"), func(in *Input) {
			crowd(in, 17)
			in.Hours = &Hours{Year: 2023}
			for range in.Members {
				in.Hours.Consumption, in.Hours.Production = append(in.Hours.Consumption, []float64{1}), append(in.Hours.Production, []float64{0})
			}
		}},
	} {
		in := plan(t, fourMembers(), c.a)
		c.without(&in)
		e, err := newEngine(&in)
		if err == nil {
			err = e.play()
		}
		if err != nil {
			t.Fatal(err)
		}
		if e.deals[0].gap == nil {
			t.Errorf("%s: no gap", c.what)
			continue
		}
		rows := Rows{}
		e.gapRow(rows, e.deals[0])
		names, cells := columns(t, "joint_savings"), rows["joint_savings"][0]
		if len(cells) != len(names) {
			t.Fatalf("a gap has %d cells for %d columns", len(cells), len(names))
		}
		r := row{}
		for i, name := range names {
			r[name] = cells[i]
		}
		list = append(list, broken{c.what, r, [3]any{r["sentence_en"], r["sentence_da"], r["sentence_sv"]}})
	}
	return list
}

// crowd makes a plan one of n members, alike but for their codes.
func crowd(in *Input, n int) {
	for i := len(in.Members); i < n; i++ {
		m := in.Members[0]
		m.Code, m.Name = fmt.Sprint(400+i), fmt.Sprint("Member ", i)
		in.Members = append(in.Members, m)
	}
}

// An agreement without a figure has a row with nulls and what is known all the same.
func TestGapRow(t *testing.T) {
	for _, g := range gaps(t) {
		for _, name := range columns(t, "joint_savings") {
			switch name {
			case "plan":
				same(t, name, g.row[name], "toy")
			case "scenario_id":
				same(t, name, g.row[name], "PLAN")
			case "agreement_id":
				same(t, name, g.row[name], "a")
			case "gain_nature":
				if got := g.row[name]; got != "resource" && got != "accounting" {
					t.Errorf("%s: nature %v", g.what, got)
				}
			case "price_base_year":
				same(t, name, g.row[name], 2025)
			case "complete":
				same(t, name, g.row[name], false)
			case "example":
				same(t, name, g.row[name], g.what == "no target in an example")
			case "sentence_en", "sentence_da", "sentence_sv":
			default:
				same(t, g.what+": "+name, g.row[name], nil)
			}
		}
	}
	// Beside it the others have their figures, and all together are incomplete unless
	// what lacks one would not count: hours are netted without any gain.
	for _, gap := range []struct {
		mechanism string
		complete  bool
	}{{"netting", true}, {"shared_plant", false}} {
		a := agree("gap", gap.mechanism, "253", "259")
		a.Parameters = pipeline.Parameters{Amount: "straw"}
		got := solve(t, plan(t, fourMembers(), a, staff("staff")))
		same(t, "figures of the gap", len(where(got["coalition_value"], "agreement_id", "gap")), 0)
		all := one(t, got["joint_savings"], "agreement_id", "ALL")
		same(t, gap.mechanism+": complete", all["complete"], gap.complete)
		same(t, "gain", all["gain_eur"], 204e3)
		// Who has signed is known, and nothing else.
		for i, r := range where(got["agreement_incidence"], "agreement_id", "gap") {
			same(t, "signs", r["signs"], i == 0 || i == 2)
			same(t, "key", r["key_type"], "final_energy")
			same(t, "over all agreements", r["portfolio_gain_eur"] != nil, true)
			for _, name := range []string{"gain_eur", "loses", "low_eur", "median_eur", "high_eur", "gain_probability", "exit_value_eur", "stays", "entry_value_eur", "entry_gain_eur"} {
				same(t, name, r[name], nil)
			}
		}
		same(t, "members of the gap", len(where(got["agreement_incidence"], "agreement_id", "gap")), 4)
	}
}
