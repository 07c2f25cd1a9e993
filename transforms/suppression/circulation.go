package suppression

// span is what a figure may be: between low and high, start being what it is
// thought to be.
type span struct{ low, start, high int64 }

// spanOf is what is known of a figure that may be off by half a unit.
func spanOf(value, half int64) span {
	if value == Hidden {
		return span{0, 0, infinite}
	}
	return span{max(value-half, 0), value, value + half}
}

// circulation is a table's network with figures in it that fulfil all sums which
// hold a hidden figure.
type circulation struct {
	*network
	figures []figure
	spans   []span
	arcs    []int // by figure; -1 where it stands in no such sum
}

// circulate looks for figures within their spans that fulfil all sums of the table
// in which a figure is hidden. Sums of printed figures alone are closed off: they
// bind nothing, and may be off by what their figures are rounded by. Printed
// figures are left as they start where hidden ones can make up for everything, and
// moved by no more than is lacking where they cannot.
func (t *Table) circulate(spans []span) (circulation, error) {
	figures := t.figures()
	open := make([]bool, t.sums())
	for _, f := range figures {
		if *f.value == Hidden {
			from, to := t.ends(f)
			open[from], open[to] = true, true
		}
	}
	outside := t.sums() // where figures go that stand in an open sum and in a closed one
	node := func(sum int) int {
		if open[sum] {
			return sum
		}
		return outside
	}
	c := circulation{network: newNetwork(outside + 3), figures: figures, spans: spans, arcs: make([]int, len(figures))}
	surplus := make([]int64, outside+1)
	for k, f := range figures {
		from, to := t.ends(f)
		from, to = node(from), node(to)
		c.arcs[k] = -1
		if from != to {
			s := spans[k]
			c.arcs[k] = c.add(from, to, s.high-s.start, s.start-s.low)
			if *f.value != Hidden {
				c.room[c.arcs[k]], c.room[c.arcs[k]^1] = 0, 0
			}
			surplus[from] -= s.start
			surplus[to] += s.start
		}
	}
	source, sink := outside+1, outside+2
	wanted := int64(0)
	for v, s := range surplus {
		if s > 0 {
			c.add(source, v, s, 0)
			wanted += s
		} else if s < 0 {
			c.add(v, sink, -s, 0)
		}
	}
	wanted -= c.push(source, sink, wanted)
	for k, f := range figures {
		if arc := c.arcs[k]; arc >= 0 && *f.value != Hidden {
			c.room[arc], c.room[arc^1] = spans[k].high-spans[k].start, spans[k].start-spans[k].low
		}
	}
	if c.push(source, sink, wanted) < wanted {
		return c, t.cut(c.network, source, open)
	}
	return c, nil
}

// cut names the sums that cannot be fulfilled together: those whose figures have
// too much in them and cannot pass it on.
func (t *Table) cut(n *network, source int, open []bool) error {
	way := n.way(source)
	wrong := &Contradiction{What: "the printed figures leave no room for the hidden ones; expected totals that are the sums of their parts, hidden ones included"}
	for sum := range open {
		if open[sum] && way[sum] >= 0 {
			wrong.Sums = append(wrong.Sums, t.sumName(sum))
		}
	}
	if len(wrong.Sums) == 0 { // the surplus is outside: whatever is open lacks it
		for sum := range open {
			if open[sum] {
				wrong.Sums = append(wrong.Sums, t.sumName(sum))
			}
		}
	}
	return wrong
}

// value is what a figure is in the circulation.
func (c circulation) value(k int) int64 {
	s := c.spans[k]
	if c.arcs[k] < 0 {
		return s.start
	}
	return s.low + c.room[c.arcs[k]^1]
}

// bounds returns what a figure can be at least and at most: what it is now, and
// what more or less can go around through it.
func (c circulation) bounds(k int) Range {
	arc := c.arcs[k]
	from, to := c.to[arc^1], c.to[arc]
	low := c.value(k) - c.without(arc).push(from, to, c.room[arc^1])
	more := c.without(arc).push(to, from, c.room[arc])
	if more >= infinite/2 {
		return Range{low, Unbounded}
	}
	return Range{low, c.value(k) + more}
}
