package suppression

// infinite is the room of a pipe without a limit. It is far above what all figures
// of a table can add up to, and far below what an int64 holds.
const infinite int64 = 1 << 60

// network is a residual graph. Its arcs stand in pairs, one for each direction: of
// arc a, the other is a^1. What flows through a pipe is not stored: it is the start
// that it was given and what its arcs have lost or won since.
type network struct {
	out  [][]int // by node: arcs that leave it
	to   []int   // by arc
	room []int64 // by arc: what can still flow
}

func newNetwork(nodes int) *network { return &network{out: make([][]int, nodes)} }

// add adds a pipe and returns its forward arc.
func (n *network) add(from, to int, forward, backward int64) int {
	arc := len(n.to)
	n.to = append(n.to, to, from)
	n.room = append(n.room, forward, backward)
	n.out[from] = append(n.out[from], arc)
	n.out[to] = append(n.out[to], arc+1)
	return arc
}

// push sends up to limit from one node to another, along shortest ways first, and
// returns how much it sent. It stops when limit is reached or nothing more can
// flow.
func (n *network) push(from, to int, limit int64) int64 {
	sent := int64(0)
	for sent < limit {
		way := n.way(from)
		if way[to] < 0 {
			break
		}
		amount := limit - sent
		for node := to; node != from; node = n.to[way[node]^1] {
			amount = min(amount, n.room[way[node]])
		}
		for node := to; node != from; node = n.to[way[node]^1] {
			n.room[way[node]] -= amount
			n.room[way[node]^1] += amount
		}
		sent += amount
	}
	return sent
}

// way returns for each node the arc by which a shortest way from a node reaches
// it, or -1.
func (n *network) way(from int) []int {
	by := make([]int, len(n.out))
	for i := range by {
		by[i] = -1
	}
	seen := make([]bool, len(n.out))
	seen[from] = true
	for queue := []int{from}; len(queue) > 0; queue = queue[1:] {
		for _, arc := range n.out[queue[0]] {
			if next := n.to[arc]; !seen[next] && n.room[arc] > 0 {
				seen[next] = true
				by[next] = arc
				queue = append(queue, next)
			}
		}
	}
	return by
}

// without returns a copy of the network in which a pipe is closed.
func (n *network) without(arc int) *network {
	c := *n
	c.room = append([]int64(nil), n.room...)
	c.room[arc], c.room[arc^1] = 0, 0
	return &c
}
