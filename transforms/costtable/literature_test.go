package costtable_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/big"
	"strings"
	"testing"

	"samkraft/transforms/coalition"
	"samkraft/transforms/costtable"
)

// A published game with its answers as fractions, one for each player; empty
// means that the rule has no answer.
type known struct {
	name                          string
	n                             int
	values                        []int64 // by size, then by members
	shapley, nucleolus, perCapita string
	leastCore                     string
}

// The savings games of the literature.
var literature = []known{
	{"K1a gloves", 3, []int64{0, 0, 0, 1, 1, 0, 1}, "2/3 1/6 1/6", "1 0 0", "", ""},
	{"K1b gloves", 3, []int64{0, 0, 0, 0, 1, 1, 1}, "1/6 1/6 2/3", "0 0 1", "", ""},
	{"K1c gloves", 10, gloves(10, 1), "9/10 1/90 1/90 1/90 1/90 1/90 1/90 1/90 1/90 1/90", "1 0 0 0 0 0 0 0 0 0", "", ""},
	{"K1d gloves", 5, gloves(5, 0b11), "13/20 13/20 7/30 7/30 7/30", "1 1 0 0 0", "", ""},
	{"K2 majority", 3, []int64{0, 0, 0, 1, 1, 1, 1}, "1/3 1/3 1/3", "1/3 1/3 1/3", "1/3 1/3 1/3", "1/3"},
	{"K7 Talmud 100", 3, []int64{0, 0, 0, 0, 0, 0, 100}, "100/3 100/3 100/3", "100/3 100/3 100/3", "", "-100/3"},
	{"K7 Talmud 200", 3, []int64{0, 0, 0, 0, 0, 100, 200}, "100/3 250/3 250/3", "50 75 75", "", ""},
	{"K7 Talmud 300", 3, []int64{0, 0, 0, 0, 100, 200, 300}, "50 100 150", "50 100 150", "", ""},
	{"K8", 3, []int64{2, 4, 5, 18, 14, 9, 24}, "19/2 8 13/2", "23/2 7 11/2", "", ""},
	{"K9 Ferguson", 3, []int64{-1, 0, 1, 3, 4, 2, 5}, "5/3 7/6 13/6", "8/3 2/3 5/3", "", ""},
	{"K10", 4, []int64{0, 0, 0, 0, 5, 5, 8, 9, 10, 8, 13, 15, 16, 17, 21}, "47/12 21/4 21/4 79/12", "7/2 9/2 11/2 15/2", "", ""},
	{"K12 Ibn Ezra", 4, []int64{120, 60, 40, 30, 120, 120, 120, 60, 60, 40, 120, 120, 120, 60, 120}, "485/6 125/6 65/6 15/2", "", "", ""},
	{"K13 Young", 3, []int64{0, 0, 0, 0, 9, 10, 12}, "13/6 8/3 43/6", "1 3/2 19/2", "2/3 7/6 61/6", ""},
	{"K15 shared flat", 3, []int64{0, 0, 0, 160, 170, 140, 300}, "325/3 280/3 295/3", "350/3 260/3 290/3", "", ""},
}

// The cost games of the literature, with what the players pay.
var costs = []known{
	{"K3 airport 12 18 24 30", 4, airport(12, 18, 24, 30), "3 5 8 14", "6 6 6 12", "", ""},
	{"K3 airport 1 2 3", 3, airport(1, 2, 3), "1/3 5/6 11/6", "1/2 3/4 7/4", "", ""},
	{"K3 airport 5 6 7 20", 4, airport(5, 6, 7, 20), "5/4 19/12 25/12 181/12", "7/4 7/4 7/4 59/4", "", ""},
	{"K13 Young", 3, []int64{15, 20, 55, 35, 61, 65, 78}, "77/6 52/3 287/6", "14 37/2 91/2", "43/3 113/6 269/6", ""},
	{"K15 shared flat", 3, []int64{300, 270, 280, 410, 410, 410, 550}, "575/3 530/3 545/3", "550/3 550/3 550/3", "", ""},
}

// bySize lists the coalitions of n players by size, then by members.
func bySize(n int) []coalition.Mask {
	var list []coalition.Mask
	var grow func(mask coalition.Mask, next, left int)
	grow = func(mask coalition.Mask, next, left int) {
		if left == 0 {
			list = append(list, mask)
			return
		}
		for i := next; i < n; i++ {
			grow(mask|1<<i, i+1, left-1)
		}
	}
	for size := 1; size <= n; size++ {
		grow(0, 0, size)
	}
	return list
}

func tabulated(n int, value func(coalition.Mask) int64) []int64 {
	var list []int64
	for _, mask := range bySize(n) {
		list = append(list, value(mask))
	}
	return list
}

func gloves(n int, left coalition.Mask) []int64 {
	return tabulated(n, func(s coalition.Mask) int64 { return int64(min((s & left).Size(), (s &^ left).Size())) })
}

func airport(costs ...int64) []int64 {
	return tabulated(len(costs), func(s coalition.Mask) int64 {
		largest := int64(0)
		for _, i := range s.Members() {
			largest = max(largest, costs[i])
		}
		return largest
	})
}

// file writes a table of players A, B, C and so on.
func file(kind costtable.Kind, n int, values []int64) string {
	var text strings.Builder
	fmt.Fprintf(&text, "coalition,%s\n", kind)
	for k, mask := range bySize(n) {
		var names []string
		for _, i := range mask.Members() {
			names = append(names, string(rune('A'+i)))
		}
		fmt.Fprintf(&text, "%s,%d\n", strings.Join(names, "+"), values[k])
	}
	return text.String()
}

func allocate(t testing.TB, text string) *costtable.Answer {
	t.Helper()
	table, err := costtable.Read("table.csv", []byte(text), costtable.Options{})
	if err != nil {
		t.Fatal(err)
	}
	answer, err := table.Allocate(nil, "")
	if err != nil {
		t.Fatal(err)
	}
	return answer
}

// exact returns the fractions of a rule, "" without an answer.
func exact(a *costtable.Answer, rule string) string {
	shares, _ := a.Exact.Get(rule)
	var list []string
	for _, member := range a.Members {
		if share, ok := shares.Get(member); ok {
			list = append(list, share)
		}
	}
	return strings.Join(list, " ")
}

func TestLiterature(t *testing.T) {
	check := func(kind costtable.Kind, k known) {
		a := allocate(t, file(kind, k.n, k.values))
		for rule, want := range map[string]string{"shapley": k.shapley, "nucleolus": k.nucleolus, "percapita_nucleolus": k.perCapita} {
			if got := exact(a, rule); got != want && (rule != "percapita_nucleolus" || want != "") {
				t.Errorf("%s %s, %s: got %s, want %s", k.name, kind, rule, got, want)
			}
		}
		if k.leastCore != "" && a.LeastCore.RatString() != k.leastCore {
			t.Errorf("%s %s: least core %s, want %s", k.name, kind, a.LeastCore.RatString(), k.leastCore)
		}
		if a.CoreEmpty != (a.LeastCore.Sign() > 0) {
			t.Errorf("%s %s: core empty %v with a least core of %s", k.name, kind, a.CoreEmpty, a.LeastCore.RatString())
		}
		if k.nucleolus != "" && (a.Verified == nil || !*a.Verified) {
			t.Errorf("%s %s: the nucleolus is not verified", k.name, kind)
		}
	}
	for _, k := range literature {
		check(costtable.Saving, k)
	}
	for _, k := range costs {
		check(costtable.Cost, k)
	}
}

// TestKinds holds that a table of costs, C(S) = sum of a_i - v(S), is charged
// a_i - x_i by every rule that looks at all coalitions, and is judged alike.
func TestKinds(t *testing.T) {
	for _, k := range literature {
		base := func(s coalition.Mask) (sum int64) {
			for _, i := range s.Members() {
				sum += 500 + 70*int64(i)
			}
			return sum
		}
		charged := make([]int64, len(k.values))
		for j, mask := range bySize(k.n) {
			charged[j] = base(mask) - k.values[j]
		}
		saving, cost := allocate(t, file(costtable.Saving, k.n, k.values)), allocate(t, file(costtable.Cost, k.n, charged))
		for _, rule := range []string{"separable", "gately", "shapley", "nucleolus", "percapita_nucleolus"} {
			gains, _ := saving.Exact.Get(rule)
			charges, _ := cost.Exact.Get(rule)
			if len(gains) != len(charges) {
				t.Errorf("%s: %s has an answer in one kind of table only", k.name, rule)
				continue
			}
			for i, member := range saving.Members {
				x, some := gains.Get(member)
				y, _ := charges.Get(member)
				if some && new(big.Rat).Add(rat(t, x), rat(t, y)).Cmp(big.NewRat(base(1<<i), 1)) != 0 {
					t.Errorf("%s: by %s %s gains %s and pays %s", k.name, rule, member, x, y)
				}
			}
			if a, b := judged(t, saving, rule), judged(t, cost, rule); a != b {
				t.Errorf("%s: %s is judged %s as savings and %s as costs", k.name, rule, a, b)
			}
		}
		a, b := *saving, *cost
		if a.Superadditive != b.Superadditive || a.Convex != b.Convex || a.CoreEmpty != b.CoreEmpty || a.LeastCore.Cmp(b.LeastCore.Rat) != 0 || text(t, a.Violations) != text(t, b.Violations) {
			t.Errorf("%s: the properties of the two kinds differ", k.name)
		}
	}
}

func judged(t testing.TB, a *costtable.Answer, rule string) string {
	s, _ := a.Stability.Get(rule)
	return text(t, s)
}

func text(t testing.TB, value any) string {
	t.Helper()
	var out bytes.Buffer
	if err := json.NewEncoder(&out).Encode(value); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func rat(t testing.TB, s string) *big.Rat {
	t.Helper()
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		t.Fatalf("%q is no fraction", s)
	}
	return r
}

func TestStabilityOfKnownGames(t *testing.T) {
	for _, c := range []struct {
		name, rule string
		kind       costtable.Kind
		n          int
		values     []int64
		want       string
	}{
		{"K1a: the Shapley value is outside of the core", "shapley", costtable.Saving, 3, []int64{0, 0, 0, 1, 1, 0, 1}, `{"in_core":false,"individually_rational":true,"max_excess":0.1666666667,"blocking":["A","B"]}`},
		{"K10", "shapley", costtable.Saving, 4, []int64{0, 0, 0, 0, 5, 5, 8, 9, 10, 8, 13, 15, 16, 17, 21}, `{"in_core":false,"individually_rational":true,"max_excess":0.25,"blocking":["A","C","D"]}`},
		{"K2: nothing is stable", "nucleolus", costtable.Saving, 3, []int64{0, 0, 0, 1, 1, 1, 1}, `{"in_core":false,"individually_rational":true,"max_excess":0.3333333333,"blocking":["A","B"]}`},
		{"K3: everybody pays the same", "equal", costtable.Cost, 4, airport(12, 18, 24, 30), `{"in_core":true,"individually_rational":true,"max_excess":-1.5,"blocking":[]}`},
		{"K13", "equal", costtable.Cost, 3, []int64{15, 20, 55, 35, 61, 65, 78}, `{"in_core":false,"individually_rational":false,"max_excess":17,"blocking":["A","B"]}`},
	} {
		if got := strings.TrimSpace(judged(t, allocate(t, file(c.kind, c.n, c.values)), c.rule)); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}
