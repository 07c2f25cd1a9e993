package chart

import (
	"cmp"
	"slices"
)

// The layout of a flow follows Sugiyama, Tagawa and Toda (1981): nodes in layers, a
// place kept free in every layer that a link passes, and nodes sorted by the mean place
// of their neighbours, to and fro, keeping the order with the fewest crossings. It
// chooses nothing at random: the same flow always looks the same.

// flowNode is a node in the layout, or the place where a link passes a layer.
type flowNode struct {
	node    int // index of Flow.Nodes; -1 for a passing link
	layer   int
	in, out []*segment
	value   float64 // the larger of what comes in and goes out
	y, tall float64 // of its slot, with room for its label
	centre  float64 // wanted while placing
}

// segment is a piece of a link between neighbouring layers.
type segment struct {
	from, to *flowNode
	value    float64
	fromY    float64 // where its middle leaves and arrives, from the top of the node
	toY      float64
}

// ribbon is a link with its segments.
type ribbon struct {
	link     int
	segments []*segment
}

type flowLayout struct {
	columns []int // the column of each layer
	layers  [][]*flowNode
	ribbons []ribbon
	scale   float64 // height per value
	height  float64
}

// layOut sorts what can be drawn into layers.
func (f Flow) layOut() *flowLayout {
	lay := &flowLayout{}
	for _, l := range f.Links {
		if f.drawn(l) {
			lay.columns = append(lay.columns, f.Nodes[l.From].Column, f.Nodes[l.To].Column)
		}
	}
	slices.Sort(lay.columns)
	lay.columns = slices.Compact(lay.columns)
	lay.layers = make([][]*flowNode, len(lay.columns))
	nodes := make([]*flowNode, len(f.Nodes))
	for i, n := range f.Nodes {
		if slices.ContainsFunc(f.Links, func(l Link) bool { return f.drawn(l) && (l.From == i || l.To == i) }) {
			layer, _ := slices.BinarySearch(lay.columns, n.Column)
			nodes[i] = lay.add(i, layer)
		}
	}
	for i, l := range f.Links {
		if !f.drawn(l) {
			continue
		}
		value, _ := l.Value.number()
		r := ribbon{link: i}
		at := nodes[l.From]
		for layer := at.layer + 1; layer <= nodes[l.To].layer; layer++ {
			next := nodes[l.To]
			if layer < next.layer {
				next = lay.add(-1, layer)
			}
			s := &segment{from: at, to: next, value: value}
			at.out, next.in = append(at.out, s), append(next.in, s)
			r.segments = append(r.segments, s)
			at = next
		}
		lay.ribbons = append(lay.ribbons, r)
	}
	for _, layer := range lay.layers {
		for _, n := range layer {
			n.value = max(sumOf(n.in), sumOf(n.out))
		}
	}
	return lay
}

// drawn says whether a link can be drawn.
func (f Flow) drawn(l Link) bool {
	number, known := l.Value.number()
	return known && number > 0 && l.From >= 0 && l.To >= 0 && l.From < len(f.Nodes) && l.To < len(f.Nodes) &&
		f.Nodes[l.From].Column < f.Nodes[l.To].Column
}

func (lay *flowLayout) add(node, layer int) *flowNode {
	n := &flowNode{node: node, layer: layer}
	lay.layers[layer] = append(lay.layers[layer], n)
	return n
}

func sumOf(segments []*segment) float64 {
	sum := 0.0
	for _, s := range segments {
		sum += s.value
	}
	return sum
}

// sweeps are enough: orders hardly change after a few.
const sweeps = 8

// order sorts the layers so that links cross as little as the sweeps find.
func (lay *flowLayout) order() {
	best, least := lay.copyOrder(), lay.crossings()
	for i := range sweeps {
		lay.number()
		if i%2 == 0 {
			for l := 1; l < len(lay.layers); l++ {
				sortByNeighbours(lay.layers[l], func(n *flowNode) []*segment { return n.in }, func(s *segment) float64 { return s.from.y })
			}
		} else {
			for l := len(lay.layers) - 2; l >= 0; l-- {
				sortByNeighbours(lay.layers[l], func(n *flowNode) []*segment { return n.out }, func(s *segment) float64 { return s.to.y })
			}
		}
		if c := lay.crossings(); c < least {
			best, least = lay.copyOrder(), c
		}
	}
	lay.layers = best
	lay.number()
}

func (lay *flowLayout) copyOrder() [][]*flowNode {
	var copied [][]*flowNode
	for _, layer := range lay.layers {
		copied = append(copied, slices.Clone(layer))
	}
	return copied
}

// number gives each node its place in its layer as y, until heights are known.
func (lay *flowLayout) number() {
	for _, layer := range lay.layers {
		for i, n := range layer {
			n.y = float64(i)
		}
	}
}

// sortByNeighbours sorts a layer by the mean place of what its nodes are linked to; one
// without links stays where it is. The places are those of this sweep.
func sortByNeighbours(layer []*flowNode, links func(*flowNode) []*segment, place func(*segment) float64) {
	for _, n := range layer {
		sum, weight := 0.0, 0.0
		for _, s := range links(n) {
			sum, weight = sum+place(s)*s.value, weight+s.value
		}
		n.centre = n.y
		if weight > 0 {
			n.centre = sum / weight
		}
	}
	slices.SortStableFunc(layer, func(a, b *flowNode) int { return cmp.Compare(a.centre, b.centre) })
	for i, n := range layer {
		n.y = float64(i)
	}
}

// crossings weighs every crossing of two links by the smaller of them.
func (lay *flowLayout) crossings() float64 {
	lay.number()
	sum := 0.0
	for _, layer := range lay.layers {
		var segments []*segment
		for _, n := range layer {
			segments = append(segments, n.out...)
		}
		for i, a := range segments {
			for _, b := range segments[i+1:] {
				if (a.from.y-b.from.y)*(a.to.y-b.to.y) < 0 {
					sum += min(a.value, b.value)
				}
			}
		}
	}
	return sum
}

const (
	flowTall  = 300.0 // the nodes of the fullest layer together
	flowGap   = 8.0
	flowMoves = 6
)

// place gives every slot its height and y. A node's slot is as tall as its label at
// least, which takes what label says.
func (lay *flowLayout) place(label func(*flowNode) float64) {
	most := 0.0
	for _, layer := range lay.layers {
		sum := 0.0
		for _, n := range layer {
			sum += n.value
		}
		most = max(most, sum)
	}
	lay.scale = flowTall / most
	talls := make([]float64, len(lay.layers))
	for i, layer := range lay.layers {
		for _, n := range layer {
			n.tall = max(n.value*lay.scale, label(n))
			talls[i] += n.tall + flowGap
		}
		lay.height = max(lay.height, talls[i]-flowGap)
	}
	for i, layer := range lay.layers {
		y := (lay.height - talls[i] + flowGap) / 2
		for _, n := range layer {
			n.y = y
			y += n.tall + flowGap
		}
	}
	for i := range flowMoves {
		for l := range lay.layers {
			if i%2 == 1 {
				l = len(lay.layers) - 1 - l
			}
			lay.settle(lay.layers[l], i%2 == 0)
		}
	}
	for _, layer := range lay.layers {
		for _, n := range layer {
			fan(n.out, n.bar(lay.scale), lay.scale, func(s *segment) *flowNode { return s.to }, func(s *segment, y float64) { s.fromY = y })
			fan(n.in, n.bar(lay.scale), lay.scale, func(s *segment) *flowNode { return s.from }, func(s *segment, y float64) { s.toY = y })
		}
	}
}

// bar is the top of the node itself, in the middle of its slot.
func (n *flowNode) bar(scale float64) float64 { return n.y + (n.tall-n.value*scale)/2 }

// settle moves the nodes of a layer towards what they are linked to, without changing
// their order or overlapping.
func (lay *flowLayout) settle(layer []*flowNode, fromLeft bool) {
	for _, n := range layer {
		sum, weight := 0.0, 0.0
		if fromLeft {
			for _, s := range n.in {
				sum, weight = sum+(s.from.y+s.from.tall/2)*s.value, weight+s.value
			}
		} else {
			for _, s := range n.out {
				sum, weight = sum+(s.to.y+s.to.tall/2)*s.value, weight+s.value
			}
		}
		if weight > 0 {
			n.y = sum/weight - n.tall/2
		}
	}
	free := 0.0
	for _, n := range layer {
		n.y = max(n.y, free)
		free = n.y + n.tall + flowGap
	}
	limit := lay.height
	for _, n := range slices.Backward(layer) {
		n.y = min(n.y, limit-n.tall)
		limit = n.y - flowGap
	}
}

// fan places segments at a node below each other, in the order of their other ends.
func fan(segments []*segment, top, scale float64, other func(*segment) *flowNode, set func(*segment, float64)) {
	sorted := slices.Clone(segments)
	slices.SortStableFunc(sorted, func(a, b *segment) int { return cmp.Compare(other(a).y, other(b).y) })
	for _, s := range sorted {
		tall := s.value * scale
		set(s, top+tall/2)
		top += tall
	}
}
