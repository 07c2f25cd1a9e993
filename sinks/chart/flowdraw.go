package chart

import (
	"fmt"
	"html/template"
	"strings"
)

const (
	nodeWide   = 10.0
	leastPitch = 96.0 // from one column to the next
	leastLast  = 70.0 // for labels right of the last column
	mostLast   = 150.0
)

// SVG draws the nodes in columns and the links between them, as thick as they are large.
func (f Flow) SVG() template.HTML {
	d := newDrawing("flow", f.Title, f.Desc, f.Grid(), f.Words.withDefaults())
	lay := f.layOut()
	if len(lay.ribbons) == 0 {
		return d.nothing(f.Title, f.Desc)
	}
	gaps := float64(len(lay.layers) - 1)
	last := f.lastRoom(lay)
	d.wide = max(across, gaps*leastPitch+nodeWide+last)
	pitch := (d.wide - nodeWide - last) / gaps
	labels := map[*flowNode][]string{}
	for i, layer := range lay.layers {
		room := pitch - nodeWide - 7
		if i == len(lay.layers)-1 {
			room = last - 4
		}
		for _, n := range layer {
			if n.node >= 0 {
				labels[n] = f.label(n, room)
			}
		}
	}
	lay.order()
	lay.place(func(n *flowNode) float64 { return lineHeight * float64(len(labels[n])) })
	top := d.heading(f.Unit, 0)
	top += f.headings(d, lay.columns, pitch, last, top) + 4
	for _, r := range lay.ribbons {
		f.ribbon(d, lay, r, top, pitch)
	}
	for i, layer := range lay.layers {
		for _, n := range layer {
			f.bar(d, lay, n, float64(i)*pitch, top, labels[n])
		}
	}
	return d.done(f.Title, f.Desc, top+lay.height+4)
}

// label is the name and value of a node, on one line if they fit.
func (f Flow) label(n *flowNode, room float64) []string {
	name, amount := f.Nodes[n.node].Name, f.Format.write(n.value)
	if one := name + "  " + amount; width(one) <= room {
		return []string{name + "\u00a0 " + amount}
	}
	return append(wrap(name, room), wrap(amount, room)...)
}

// lastRoom is the room right of the last column, so that the words of its labels are
// not broken if that can be.
func (f Flow) lastRoom(lay *flowLayout) float64 {
	room := leastLast
	for _, n := range lay.layers[len(lay.layers)-1] {
		room = max(room, widest(strings.Fields(f.Nodes[n.node].Name))+8, width(f.Format.write(n.value))+8)
	}
	return min(room, mostLast)
}

// headings writes the headings of the columns that have one, and gives their height.
func (f Flow) headings(d *drawing, columns []int, pitch, last, top float64) float64 {
	tall := 0.0
	for i, column := range columns {
		if column < 0 || column >= len(f.Columns) || f.Columns[column] == "" {
			continue
		}
		lines := wrap(f.Columns[column], min(pitch, last+nodeWide)-4)
		d.texts(float64(i)*pitch, top+ascent, start, "soft", lines)
		tall = max(tall, lineHeight*float64(len(lines))+4)
	}
	return tall
}

// ribbon draws a link, from the right side of its first node to the left side of its
// last.
func (f Flow) ribbon(d *drawing, lay *flowLayout, r ribbon, top, pitch float64) {
	var path strings.Builder
	for i, s := range r.segments {
		x := float64(s.from.layer)*pitch + nodeWide
		half := x + (pitch-nodeWide)/2
		far := float64(s.to.layer) * pitch
		y1, y2 := coordinate(top+s.fromY), coordinate(top+s.toY)
		if i == 0 {
			fmt.Fprintf(&path, "M%s %s", coordinate(x), y1)
		} else {
			fmt.Fprintf(&path, "H%s", coordinate(x))
		}
		fmt.Fprintf(&path, "C%[1]s %[2]s %[1]s %[3]s %[4]s %[3]s", coordinate(half), y1, y2, coordinate(far))
	}
	l := f.Links[r.link]
	p := f.paint(l.From)
	d.shape("path", fmt.Sprintf(`class="l%d link" fill="none" stroke="%s" stroke-opacity="0.4" stroke-width="%s" d="%s"`,
		p.colour+1, hues[p.colour], coordinate(max(r.segments[0].value*lay.scale, 0.5)), path.String()),
		mark{f.Nodes[l.From].Name + " → " + f.Nodes[l.To].Name + ": " + f.Format.full(l.Value, f.Unit, d.words), l.Value})
}

func (f Flow) paint(node int) paint {
	p := paintOf(f.Nodes[node].Colour, node)
	p.texture = 0 // nodes have their names beside them
	return p
}

// bar draws a node with its label; of a passing link there is nothing to draw.
func (f Flow) bar(d *drawing, lay *flowLayout, n *flowNode, x, top float64, label []string) {
	if n.node < 0 {
		return
	}
	tall := n.value * lay.scale
	d.shape("rect", d.fill(f.paint(n.node))+" "+box(x, top+n.bar(lay.scale), nodeWide, max(tall, 0.5)),
		mark{says: f.Nodes[n.node].Name + ": " + f.Format.full(Known(n.value), f.Unit, d.words)})
	y := top + n.y + (n.tall-lineHeight*float64(len(label)))/2
	d.texts(x+nodeWide+4, y+ascent, start, "ink over", label)
}
