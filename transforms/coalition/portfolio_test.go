package coalition

import (
	"errors"
	"math/big"
	"slices"
	"testing"
)

// costOf builds the worth of a cost agreement from its costs by mask.
func costOf(t testing.TB, costs ...int64) Game {
	for s := range costs {
		costs[s] = -costs[s]
	}
	return game(t, costs[1:]...)
}

// Three members and two agreements, invented. Under the first, charged equally,
// member 2 loses; the second, a profit shared by key, makes up for it.
func twoAgreements(t testing.TB) *Portfolio {
	t.Helper()
	p, err := NewPortfolio(3, []Agreement{
		{
			ID: "procurement", Worth: costOf(t, 0, 100, 100, 160, 40, 120, 120, 180), Signatories: 0b111, Quorum: 2,
			Key: []float64{1, 1, 1},
		},
		{
			ID: "biogas", Worth: game(t, 10, 0, 40, 0, 60, 30, 110), Signatories: 0b110, Quorum: 2,
			Key: []float64{5, 1, 2},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestPortfolio(t *testing.T) {
	p := twoAgreements(t)
	g, err := p.Game()
	if err != nil || !slices.Equal(g.Values(), []int64{0, 0, 0, 40, 0, 20, 50, 90}) {
		t.Fatalf("game %v (%v)", g.Values(), err)
	}
	got, err := p.Incidence()
	if err != nil {
		t.Fatal(err)
	}
	sameRats(t, "procurement", got.ByAgreement[0], rats(t, "40 40 -20"))
	sameRats(t, "biogas", got.ByAgreement[1], rats(t, "0 10 20"))
	sameRats(t, "total", got.Total, rats(t, "40 50 0"))
	once, err := p.CherryPickOnce()
	if err != nil || once.Lost != 20 || once.Stay[0] != 0b011 || once.Stay[1] != 0b110 || once.Rounds != 1 {
		t.Errorf("cherry-picking %+v (%v), want 20 lost", once, err)
	}
	stable, err := p.CherryPick()
	if err != nil || stable.Lost != 20 || stable.Rounds != 1 {
		t.Errorf("cherry-picking until stable %+v (%v)", stable, err)
	}
	if exit := ExitValues(g); !slices.Equal(exit, []int64{40, 70, 50}) {
		t.Errorf("exit values %v", exit)
	}
}

// Each member that leaves makes the agreement dearer for the next.
func TestCherryPickingUntilStable(t *testing.T) {
	// Amounts 10, 20, 40 and a fixed part of 60; charged equally.
	p, err := NewPortfolio(3, []Agreement{{
		ID: "unravels", Worth: costOf(t, 0, 50, 80, 90, 140, 150, 180, 160), Signatories: 0b111, Quorum: 2, Key: []float64{1, 1, 1},
	}})
	if err != nil {
		t.Fatal(err)
	}
	once, err := p.CherryPickOnce()
	if err != nil || once.Stay[0] != 0b110 || once.Lost != 110-40 {
		t.Errorf("one round %+v (%v)", once, err)
	}
	stable, err := p.CherryPick()
	if err != nil || stable.Stay[0] != 0b100 || stable.Lost != 110 || stable.Rounds != 2 {
		t.Errorf("until stable %+v (%v)", stable, err)
	}
}

func TestCompensation(t *testing.T) {
	r := Incidence{Total: rats(t, "30 -5 10 -3")}
	transfers, paid, err := r.Compensation()
	if err != nil || paid.RatString() != "8" {
		t.Fatalf("paid %v (%v)", paid, err)
	}
	sameRats(t, "transfers", transfers, rats(t, "-6 5 -2 3"))
	if _, _, err := (Incidence{Total: rats(t, "1 -5")}).Compensation(); !errors.Is(err, ErrShares) {
		t.Errorf("got %v, want %v", err, ErrShares)
	}
}

func TestCoreCompensation(t *testing.T) {
	g := moneyGame(t, fourMembers(t))
	// Charged by target, Køge loses 234 and Solrød 2; the core asks for more.
	shares, err := GainsFromCharges([]int64{1130e5, 488e5, 1072e5, 1054e5}, 3364e5, []float64{30, 15, 40, 18})
	if err != nil {
		t.Fatal(err)
	}
	check := func(g Game, shares []*big.Rat) *big.Rat {
		t.Helper()
		transfers, paid, err := CoreCompensation(g, shares)
		if err != nil {
			t.Fatal(err)
		}
		after, sum := zeros(len(shares)), new(big.Rat)
		for i := range after {
			after[i].Add(shares[i], transfers[i])
			sum.Add(sum, transfers[i])
		}
		if excess, _, _ := MaxExcessExact(g, after); excess.Sign() > 0 || sum.Sign() != 0 {
			t.Errorf("excess %s after transfers that add up to %s", excess.RatString(), sum.RatString())
		}
		return paid
	}
	paid := check(g, shares)
	_, least, err := (Incidence{Total: shares}).Compensation()
	if err != nil || paid.Cmp(least) < 0 {
		t.Errorf("the core needs %s, individual rationality %s (%v)", paid.RatString(), least.RatString(), err)
	}
	if paid := check(g, Shapley(g)); paid.Cmp(big.NewRat(centsPerThousand, 3)) != 0 {
		t.Errorf("the Shapley value needs %s, want 1/3 kEUR", paid.RatString())
	}
	if _, _, err := CoreCompensation(bySize(t, 3, 0, 0, 0, 1, 1, 1, 1), rats(t, "1/3 1/3 1/3")); !errors.Is(err, ErrEmptyCore) {
		t.Errorf("got %v, want %v", err, ErrEmptyCore)
	}
	if _, _, err := CoreCompensation(g, rats(t, "1 2 3 4")); !errors.Is(err, ErrShares) {
		t.Errorf("got %v, want %v", err, ErrShares)
	}
	large := moneyGame(t, pools(10, 8).Example(12).build(t))
	equal, err := Equal(large.Total(), 10)
	if err != nil {
		t.Fatal(err)
	}
	transfers, _, err := CoreCompensation(large, equal)
	if err != nil {
		t.Fatal(err)
	}
	after := Floats(equal)
	for i := range after {
		f, _ := transfers[i].Float64()
		after[i] += f
	}
	if excess, _, _ := MaxExcessFloat(large, after); excess > 1e-6*float64(large.Total()) {
		t.Errorf("excess %v after transfers", excess)
	}
}

func TestPortfolioRejects(t *testing.T) {
	worth := game(t, 0, 0, 1)
	for name, a := range map[string]Agreement{
		"players":   {Worth: game(t, 1), Signatories: 1, Key: []float64{1}},
		"key":       {Worth: worth, Signatories: 3, Key: []float64{1}},
		"negative":  {Worth: worth, Signatories: 3, Key: []float64{1, -1}},
		"nobody":    {Worth: worth, Key: []float64{1, 1}},
		"strangers": {Worth: worth, Signatories: 5, Key: []float64{1, 1}},
	} {
		if _, err := NewPortfolio(2, []Agreement{a}); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	p, err := NewPortfolio(2, []Agreement{
		{ID: "a", Worth: worth, Signatories: 3, Quorum: 3, Key: []float64{1, 1}},
		{ID: "b", Worth: worth, Signatories: 3, Key: []float64{1, 1}},
	})
	if err != nil {
		t.Fatal(err)
	}
	// The quorum of a is never reached.
	if g, err := p.Game(); err != nil || g.Total() != 1 {
		t.Errorf("total %d, want 1 (%v)", g.Total(), err)
	}
}

// Who leaves loses a whole unit, and a key in which nobody left has a part binds
// nobody.
func TestCherryPickingOfOnePayer(t *testing.T) {
	worth := game(t, -100, -100, -150, -100, -150, -150, -199) // two pay 150, three 199
	for _, test := range []struct {
		key  []float64
		lost int64
		stay Mask
	}{
		{[]float64{1, 1, 1}, 0, 7},   // a third of a unit beyond 66 is no loss
		{[]float64{1, 0, 0}, 101, 0}, // the one that pays leaves, and the others will not
		{[]float64{2, 1, 1}, 0, 7},   // 99.5 instead of 100
		{[]float64{3, 1, 1}, 51, 6},  // 119.4 instead of 100: two remain
	} {
		p, err := NewPortfolio(3, []Agreement{{ID: "a", Worth: worth, Signatories: 7, Quorum: 2, Key: test.key}})
		if err != nil {
			t.Fatal(err)
		}
		got, err := p.CherryPick()
		if err != nil {
			t.Fatal(err)
		}
		if got.Lost != test.lost || got.Stay[0] != test.stay {
			t.Errorf("key %v: lost %d, stay %b; expected %d and %b", test.key, got.Lost, got.Stay[0], test.lost, test.stay)
		}
	}
}
