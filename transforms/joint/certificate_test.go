package joint

import (
	"fmt"
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"samkraft/pipeline"
	"samkraft/transforms/coalition"
)

// drawDeal draws an agreement between some of n members with a core: values from
// nothing up, and of all so much that the core has members.
func drawDeal(t *rapid.T, e *engine, n int) *deal {
	d := &deal{}
	for i, signs := range rapid.SliceOfN(rapid.Bool(), n, n).Draw(t, "signs") {
		if signs {
			d.players = append(d.players, i)
		}
	}
	if len(d.players) < 2 {
		d.players = []int{0, 1}
	}
	players := len(d.players)
	values := make([]int64, 1<<players)
	for s := range values {
		if coalition.Mask(s).Size() > 1 {
			values[s] = rapid.Int64Range(0, 1000).Draw(t, "value")
		}
	}
	g := newGame(t, players, values)
	least, err := coalition.LeastCore(g)
	if err != nil {
		t.Fatal(err)
	}
	if least.Epsilon.Sign() > 0 {
		more := new(big.Int).Quo(least.Epsilon.Num(), least.Epsilon.Denom())
		values[len(values)-1] += int64(players) * (more.Int64() + 1)
		g = newGame(t, players, values)
	}
	d.game = game{money: g, unplayed: [3]bool{mwh: true, tonne: true}}
	if d.shares, err = byRules(e.rules(d.players), d.game); err != nil {
		t.Fatal(err)
	}
	if d.shares, err = certified(g, d.shares); err != nil {
		t.Fatal(err)
	}
	return d
}

func newGame(t *rapid.T, n int, values []int64) coalition.Game {
	g, err := coalition.New(n, values)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// The sum of stable splits is stable over all agreements, whoever has signed which.
func TestPropertyCertificateSumIsInTheCore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 5).Draw(t, "members")
		e := &engine{in: &Input{}}
		for i := range n {
			e.in.Members = append(e.in.Members, Member{Code: fmt.Sprint(i), Population: float64(1000 * (i + 1))})
		}
		all := &portfolio{}
		sum := make([]int64, 1<<n)
		for range rapid.IntRange(1, 4).Draw(t, "agreements") {
			d := drawDeal(t, e, n)
			e.deals, all.counts = append(e.deals, d), append(all.counts, true)
			lifted(n, d.players, d.game.money.Value, sum)
		}
		all.game.money = newGame(t, n, sum)
		got, ok, err := e.certificateSum(all)
		if err != nil || !ok {
			t.Fatalf("there is none (%v)", err)
		}
		excess, group, err := coalition.MaxExcessExact(all.game.money, got.exact)
		if err != nil || excess.Sign() > 0 {
			t.Errorf("group %b could gain %s more apart (%v)", group, excess.RatString(), err)
		}
		if !coalition.Efficient(all.game.money, got.money) {
			t.Errorf("%v does not add up to %d", got.money, all.game.money.Total())
		}
	})
}

// Of an agreement without any stable split there is no sum.
func TestNoCertificateSum(t *testing.T) {
	staff := agree("staff", "scale")
	staff.Parameters = pipeline.Parameters{Kind: "shared_staff", PerPairEUR: number(25e3)}
	got := solve(t, plan(t, fourMembers(), staff, agree("target", "pooled_target")))
	if least := one(t, got["stability"], "agreement_id", "staff", "rule", "by_equal", "game", "eur")["least_core_eur"]; least.(float64) <= 0 {
		t.Fatalf("the staff of four has a core: %v", least)
	}
	same(t, "rows", len(where(got["allocation"], "rule", "certificate_sum")), 0)
	got = solve(t, plan(t, fourMembers(), scaleOf("lamps"), agree("target", "pooled_target")))
	for i, r := range where(got["allocation"], "agreement_id", All, "rule", "certificate_sum") {
		want := 0.0
		for _, id := range []string{"lamps", "target"} {
			rule := one(t, got["joint_savings"], "agreement_id", id)["recommended_rule"]
			want += where(got["allocation"], "agreement_id", id, "rule", rule)[i]["gain_eur"].(float64)
		}
		near(t, "certificate sum", column(t, []row{r}, "gain_eur"), 0.021, want)
	}
	same(t, "stable", one(t, got["stability"], "agreement_id", All, "rule", "certificate_sum", "game", "eur")["in_core"], true)
}

// A nucleolus of four players that gives one of them more when all gain less: it is
// that of package coalition.
func TestMonotoneOfARule(t *testing.T) {
	values := []int64{0, 0, 0, 2, 0, 0, 2, 4, 0, 0, 2, 4, 0, 1, 5, 8}
	g, err := coalition.New(4, values)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]any{"shapley": true, "nucleolus": false, "percapita_nucleolus": true, "gately": true} {
		for _, r := range gameRules {
			if r.name != name {
				continue
			}
			if got, err := monotone(g, sharing{of: r.share, programs: r.programs}); err != nil || got != want {
				t.Errorf("%s: monotone %v (%v), want %v", name, got, err, want)
			}
		}
	}
	if got, err := monotone(g, sharing{rule: "price"}); err != nil || got != nil {
		t.Errorf("a price: monotone %v (%v)", got, err)
	}
	for s := range values {
		values[s] = 0
	}
	if g, err = coalition.New(4, values); err != nil {
		t.Fatal(err)
	}
	nucleolus := gameRules[1]
	if got, err := monotone(g, sharing{of: nucleolus.share}); err != nil || got != nil {
		t.Errorf("%s of nothing: monotone %v (%v)", nucleolus.name, got, err)
	}
}

// Two members with equal amounts are alike, and one with none adds nothing.
func TestNullAndSymmetricMembers(t *testing.T) {
	lamps := scaleOf("lamps")
	lamps.Parameters.Amounts = map[string]float64{"253": 40, "269": 0, "259": 40, "336": 0}
	got := solve(t, plan(t, fourMembers(), lamps))
	for _, r := range where(got["stability"], "agreement_id", "lamps", "game", "eur") {
		same(t, "null members", r["null_members"], "Solrød, Stevns")
		same(t, "symmetric members", r["symmetric_members"], "Greve, Køge; Solrød, Stevns")
	}
	got = solve(t, plan(t, fourMembers(), agree("target", "pooled_target")))
	r := one(t, got["stability"], "agreement_id", "target", "game", "eur", "rule", "shapley")
	same(t, "null members", r["null_members"], nil)
	same(t, "symmetric members", r["symmetric_members"], nil)
	for rule, want := range map[string]any{"shapley": true, "nucleolus": true, "by_equal": true, "agreed_key": true, "price": nil} {
		same(t, rule+" monotone", one(t, got["stability"], "agreement_id", "target", "game", "eur", "rule", rule)["monotone"], want)
	}
}
