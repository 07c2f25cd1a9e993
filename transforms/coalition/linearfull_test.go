package coalition

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// The program written out in full, with a constraint for each group, has the same
// optimum, and what is taken keeps every constraint.
func TestPropertyLinearEqualsTheFullProgram(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := drawLinear(t)
		l := in.build(t)
		s := drawCoalition(t, l.Members())
		got := solved(t, l, s)
		full, err := solve(floating{}, fullProgram(in, s))
		if err != nil {
			t.Fatal(err)
		}
		if !near(got.Cost, full.value, 1e-8) {
			t.Errorf("coalition %b: %v, in full %v", s, got.Cost, full.value)
		}
		shares := map[string]float64{}
		cost, used := 0.0, make([]float64, len(in.resources))
		met := slices.Clone(got.Backstop)
		for m, c := range in.choices {
			share := got.Taken[m]
			if share < 0 || share > 1 || share > 0 && !s.Has(c.Member) {
				t.Errorf("share %v of choice %s in coalition %b", share, c.ID, s)
			}
			if c.Group != "" {
				shares[fmt.Sprint(c.Member, c.Group)] += share
			}
			cost += share * c.Cost
			for r, amount := range c.Toward {
				met[r] += share * amount
			}
			for q, amount := range c.Uses {
				used[q] += share * amount
			}
		}
		for group, sum := range shares {
			if sum > 1+1e-12 {
				t.Errorf("group %s is used %v times", group, sum)
			}
		}
		for r, row := range in.targets {
			cost += row.Backstop * got.Backstop[r]
			if met[r] < sumOf(row.Targets, s.Members())-1e-9 {
				t.Errorf("row %s: %v met", row.ID, met[r])
			}
		}
		for q, row := range in.resources {
			if used[q] > sumOf(row.Available, s.Members())+1e-9 {
				t.Errorf("row %s: %v used", row.ID, used[q])
			}
		}
		sameFloats(t, "met", got.Met, met, 1e-12)
		sameFloats(t, "used", got.Used, used, 1e-12)
		if !near(cost, got.Cost, 1e-12) {
			t.Errorf("what is taken costs %v, not %v", cost, got.Cost)
		}
	})
}

// fullProgram has the columns: choices and a slack for each group, backstops,
// slacks of the rows.
func fullProgram(in linearInput, s Mask) program[float64] {
	var p program[float64]
	rows := len(in.targets) + len(in.resources)
	groups := map[string]int{}
	for _, c := range in.choices {
		if name := fmt.Sprint(c.Member, "|", c.Group, "|", c.ID); c.Group == "" {
			groups[name] = rows + len(groups)
		} else if name = fmt.Sprint(c.Member, "|", c.Group); groups[name] == 0 {
			groups[name] = rows + len(groups)
		}
	}
	p.rhs = make([]float64, rows+len(groups))
	add := func(cost float64) []int64 {
		p.columns = append(p.columns, make([]int64, len(p.rhs)))
		p.cost = append(p.cost, cost)
		return p.columns[len(p.columns)-1]
	}
	for _, c := range in.choices {
		if !s.Has(c.Member) {
			continue
		}
		column := add(c.Cost)
		for r, amount := range c.Toward {
			column[r] = int64(amount)
		}
		for q, amount := range c.Uses {
			column[len(in.targets)+q] = int64(amount)
		}
		name := fmt.Sprint(c.Member, "|", c.Group)
		if c.Group == "" {
			name += "|" + c.ID
		}
		column[groups[name]] = 1
	}
	for k := range groups {
		add(0)[groups[k]] = 1
		p.rhs[groups[k]] = 1
	}
	for r, row := range in.targets {
		add(row.Backstop)[r] = 1
		add(0)[r] = -1
		p.rhs[r] = sumOf(row.Targets, s.Members())
	}
	for q, row := range in.resources {
		add(0)[len(in.targets)+q] = 1
		p.rhs[len(in.targets)+q] = sumOf(row.Available, s.Members())
	}
	return p
}
