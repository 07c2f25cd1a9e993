package coalition

import "fmt"

// Network is a group of members that are connected to one source, for example
// by heat mains. A coalition pays for the cheapest tree that connects its
// members with the source, through its own members only. The core of this cost
// game is never empty.
//
// A Network is not changed after it is built.
type Network struct {
	links [][]int64 // cents per year; node 0 is the source, node i+1 is member i
}

// NewNetwork takes the cost of every link in cents per year: links[0] for the
// source and links[i+1] for member i, to all nodes in the same order. The table
// must be symmetric. A link that cannot be built gets a high price.
//
// It fails with [ErrPlayers] without members, and with [ErrTable] on a table
// that is not square, not symmetric or holds negative costs.
func NewNetwork(links [][]int64) (*Network, error) {
	if len(links) < 2 {
		return nil, fmt.Errorf("%w: no members", ErrPlayers)
	}
	c := &Network{links: make([][]int64, len(links))}
	for i, row := range links {
		if len(row) != len(links) {
			return nil, fmt.Errorf("%w: node %d has %d links, expected %d", ErrTable, i, len(row), len(links))
		}
		for j, cost := range row {
			if cost < 0 || cost > MaxValue/int64(len(links)) || len(links[j]) != len(links) || cost != links[j][i] {
				return nil, fmt.Errorf("%w: link from node %d to node %d costs %d, expected the same both ways, from 0", ErrTable, i, j, cost)
			}
		}
		c.links[i] = append([]int64(nil), row...)
	}
	return c, nil
}

// Members returns the number of members.
func (c *Network) Members() int { return len(c.links) - 1 }

// Link is one link of a tree. From is the end towards the source; -1 is the
// source itself.
type Link struct {
	From, To int
	Cost     int64 // cents per year
}

// Tree returns the cheapest tree that connects the given members with the
// source, by Prim's algorithm from the source; of equal links the one to the
// lower member, from the node connected first. Members may be more than a mask
// holds; they must be distinct.
//
// It fails with [ErrPlayers] on unknown or repeated members.
func (c *Network) Tree(members []int) ([]Link, error) {
	in := make([]bool, c.Members())
	for _, i := range members {
		if i < 0 || i >= len(in) || in[i] {
			return nil, fmt.Errorf("%w: members %v of %d", ErrPlayers, members, len(in))
		}
		in[i] = true
	}
	return c.tree(in, len(members)), nil
}

func (c *Network) tree(in []bool, count int) []Link {
	// nearest holds, for each member to be connected, its cheapest link so far.
	nearest := make([]Link, len(in))
	waiting := append([]bool(nil), in...)
	for i := range nearest {
		nearest[i] = Link{From: -1, To: i, Cost: c.links[0][i+1]}
	}
	tree := make([]Link, 0, count)
	for len(tree) < count {
		next := -1
		for i, wait := range waiting {
			if wait && (next < 0 || nearest[i].Cost < nearest[next].Cost) {
				next = i
			}
		}
		tree = append(tree, nearest[next])
		waiting[next] = false
		for i, wait := range waiting {
			if cost := c.links[next+1][i+1]; wait && cost < nearest[i].Cost {
				nearest[i] = Link{From: next, To: i, Cost: cost}
			}
		}
	}
	return tree
}

// Costs returns the cost of the cheapest tree of every coalition in cents per
// year, indexed by [Mask].
//
// It fails with [ErrPlayers] above [MaxPlayers].
func (c *Network) Costs() ([]int64, error) {
	n := c.Members()
	if err := checkPlayers(n); err != nil {
		return nil, err
	}
	table := make([]int64, 1<<n)
	in := make([]bool, n)
	for s := range Mask(len(table)) {
		for i := range in {
			in[i] = s.Has(i)
		}
		for _, link := range c.tree(in, s.Size()) {
			table[s] += link.Cost
		}
	}
	return table, nil
}

// Bird returns Bird's allocation of the tree of all members: each pays the link
// that connects it towards the source. The charges are in the core of the cost
// game. Source: Bird (1976).
func (c *Network) Bird() []int64 {
	in := make([]bool, c.Members())
	for i := range in {
		in[i] = true
	}
	charges := make([]int64, len(in))
	for _, link := range c.tree(in, len(in)) {
		charges[link.To] = link.Cost
	}
	return charges
}
