package coalition

import (
	"fmt"

	"pgregory.net/rapid"
)

// The generators draw plain numbers, from which a property builds what it is
// about: when it fails, the numbers are made small and printed as they are. They
// are whole, so that ties are common and money is exact to the cent.

// players draws how many there are, from 2 to 8. The smaller of two draws makes
// large games rare, because they are slow.
func players(t *rapid.T) int {
	some := rapid.IntRange(2, 8)
	return min(some.Draw(t, "players"), some.Draw(t, "players at most"))
}

// drawCoalition draws any coalition of n players, nobody and everybody included.
func drawCoalition(t *rapid.T, n int) Mask {
	return Mask(rapid.Uint64Range(0, uint64(All(n))).Draw(t, "coalition"))
}

// tables are the values of games of at least two players in which nobody is worth anything alone;
// superadditive or not.
func tables(n int) *rapid.Generator[[]int64] {
	return rapid.Custom(func(t *rapid.T) []int64 {
		values := make([]int64, 1<<n)
		for s := range values {
			if size := int64(Mask(s).Size()); size > 1 {
				values[s] = rapid.Int64Range(0, 100*size*size).Draw(t, "value")
			}
		}
		return values
	})
}

// drawGame draws a table, or the game of a pooled target, whose core has members.
func drawGame(t *rapid.T) Game {
	n := players(t)
	if rapid.Bool().Draw(t, "pooled") {
		return moneyGame(t, pools(n, 5).Draw(t, "pool").build(t))
	}
	return newGame(t, tables(n).Draw(t, "values"))
}

// newGame builds a game from its values by mask.
func newGame(t rapid.TB, values []int64) Game {
	t.Helper()
	return game(t, values[1:]...)
}

// pool is what a [PooledTarget] is built from, so that properties can change it.
type pool struct {
	targets    []float64 // MWh
	increments []Increment
	backstop   float64 // EUR/MWh, 0 for none
}

func (p pool) build(t rapid.TB) *PooledTarget {
	t.Helper()
	built, err := NewPooledTarget(p.targets, p.increments, p.backstop)
	if err != nil {
		t.Fatal(err)
	}
	return built
}

// abatements are the CO2 of the increments at their whole cost.
func (p pool) abatements() []Abatement {
	var list []Abatement
	for _, m := range p.increments {
		list = append(list, Abatement{ID: m.ID, Member: m.Member, CO2: m.CO2, Cost: m.UnitCost * m.Energy})
	}
	return list
}

// pools have as many increments at each of n members, of which some pay for
// themselves. Without a backstop every member reaches its target alone.
func pools(n, each int) *rapid.Generator[pool] {
	return rapid.Custom(func(t *rapid.T) pool {
		p := pool{backstop: rapid.SampledFrom([]float64{0, 150}).Draw(t, "backstop")}
		for i := range n {
			reach := 0
			for range each {
				m := increments(i, len(p.increments)).Draw(t, "increment")
				p.increments = append(p.increments, m)
				reach += int(m.Energy)
			}
			if p.backstop > 0 {
				reach += reach / 4
			}
			p.targets = append(p.targets, float64(reach*rapid.IntRange(0, 100).Draw(t, "percent")/100))
		}
		return p
	})
}

// increments are one member's; their number makes their ids differ.
func increments(member, number int) *rapid.Generator[Increment] {
	return rapid.Custom(func(t *rapid.T) Increment {
		price := rapid.IntRange(0, 120).Draw(t, "price")
		if rapid.IntRange(0, 7).Draw(t, "pays for itself") == 7 {
			price = -price
		}
		return Increment{
			ID: fmt.Sprintf("m%03d", number), Member: member, UnitCost: float64(price),
			Energy: float64(rapid.IntRange(0, 2000).Draw(t, "energy")), CO2: float64(rapid.IntRange(0, 300).Draw(t, "CO2")),
		}
	})
}

// whole are count whole numbers from 0.
func whole(count, most int) *rapid.Generator[[]float64] {
	return rapid.SliceOfN(rapid.Map(rapid.IntRange(0, most), func(i int) float64 { return float64(i) }), count, count)
}

// drawNetting draws some hours of n members.
func drawNetting(t *rapid.T, n int) *Netting {
	hours := rapid.IntRange(1, 24).Draw(t, "hours")
	series := rapid.SliceOfN(whole(hours, 50), n, n)
	c, err := NewNetting(series.Draw(t, "consumption"), series.Draw(t, "production"), whole(hours, 60).Draw(t, "wedge"))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// drawScale draws a joint purchase of n members without costs of coordination.
func drawScale(t *rapid.T, n int) Scale {
	return Scale{
		Amounts: whole(n, 100).Draw(t, "amounts"), Cost: 1e6, Reference: 100,
		Exponent: float64(rapid.IntRange(1, 100).Draw(t, "exponent in percent")) / 100,
		Fixed:    float64(rapid.IntRange(0, 100_000).Draw(t, "fixed")),
	}
}

// drawPlants draws the resources of n members along a road.
func drawPlants(t *rapid.T, n int) Plants {
	place := whole(n, 50).Draw(t, "place")
	p := Plants{
		Amounts: whole(n, 100).Draw(t, "amounts"), Transport: 0.1, Cost: 1000, Reference: 100, Exponent: 0.7,
		Revenue: float64(rapid.IntRange(0, 40).Draw(t, "revenue")),
	}
	for i := range n {
		p.Distance = append(p.Distance, make([]float64, n))
		for k := range n {
			p.Distance[i][k] = max(place[i]-place[k], place[k]-place[i])
		}
	}
	return p
}

// drawNetwork draws the links between a source and n members.
func drawNetwork(t *rapid.T, n int) *Network {
	links := make([][]int64, n+1)
	for i := range links {
		links[i] = make([]int64, n+1)
		for j, cost := range rapid.SliceOfN(rapid.Int64Range(0, 50), i, i).Draw(t, "links") {
			links[i][j], links[j][i] = cost, cost
		}
	}
	c, err := NewNetwork(links)
	if err != nil {
		t.Fatal(err)
	}
	return c
}
