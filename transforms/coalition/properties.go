package coalition

// Pair is two coalitions that break a property, and by how much.
type Pair struct {
	S, T Mask
	Lack int64 // in the unit of the game; 0 when the property holds
}

// Superadditive reports whether two coalitions without common members are never
// worth more apart than together, v(S) + v(T) <= v(S and T). It also returns the
// number of pairs that break this and the worst of them. Published cost tables
// often do; work with the [SuperadditiveCover] then as well. Time grows as 3^n.
func Superadditive(g Game) (ok bool, broken int, worst Pair) {
	for union := Mask(1); union < Mask(len(g.v)); union++ {
		// Each pair once: s holds the lowest member of the union.
		low := union & -union
		rest := union &^ low
		for t := rest; t != 0; t = (t - 1) & rest {
			s := union &^ t
			if lack := g.v[s] + g.v[t] - g.v[union]; lack > 0 {
				broken++
				if lack > worst.Lack {
					worst = Pair{S: s, T: t, Lack: lack}
				}
			}
		}
	}
	return broken == 0, broken, worst
}

// Convex reports whether joining a larger coalition never brings less,
// v(S) + v(T) <= v(S or T) + v(S and T), and returns the worst pair that breaks
// it. In a convex game the Shapley value is in the core. It suffices to look at
// coalitions that differ by one player each way. Time grows as n^2 2^n. Source:
// Shapley (1971).
func Convex(g Game) (ok bool, worst Pair) {
	for s := range Mask(len(g.v)) {
		for i := range g.n {
			for j := i + 1; j < g.n; j++ {
				a, b := Mask(1)<<i, Mask(1)<<j
				if s&(a|b) != 0 {
					continue
				}
				if lack := g.v[s|a] + g.v[s|b] - g.v[s|a|b] - g.v[s]; lack > worst.Lack {
					worst = Pair{S: s | a, T: s | b, Lack: lack}
				}
			}
		}
	}
	return worst.Lack == 0, worst
}

// Balanced reports whether the core has members, which is the theorem of
// Bondareva (1963) and Shapley (1967).
//
// It fails as [LeastCore] does.
func Balanced(g Game) (bool, error) {
	least, err := LeastCore(g)
	if err != nil {
		return false, err
	}
	return least.Epsilon.Sign() <= 0, nil
}

// NullPlayers lists the players that change no coalition by joining it. The
// Shapley value and every vector of the core give them nothing.
func NullPlayers(g Game) []int {
	var list []int
	for i := range g.n {
		null := true
		for s := range Mask(len(g.v)) {
			if g.v[s|1<<i] != g.v[s&^(1<<i)] {
				null = false
				break
			}
		}
		if null {
			list = append(list, i)
		}
	}
	return list
}

// SymmetricPlayers groups the players that can be exchanged for each other in
// every coalition. The Shapley value and the nucleolus give them equal shares.
// Each player is in one group; groups and members are in rising order.
func SymmetricPlayers(g Game) [][]int {
	var groups [][]int
	for i := range g.n {
		placed := false
		for k := range groups {
			// To be exchangeable is transitive: the first member speaks for all.
			if exchangeable(g, groups[k][0], i) {
				groups[k] = append(groups[k], i)
				placed = true
				break
			}
		}
		if !placed {
			groups = append(groups, []int{i})
		}
	}
	return groups
}

func exchangeable(g Game, i, j int) bool {
	a, b := Mask(1)<<i, Mask(1)<<j
	for s := range Mask(len(g.v)) {
		if s&(a|b) == 0 && g.v[s|a] != g.v[s|b] {
			return false
		}
	}
	return true
}
